//! Small texts in the browser's local storage: preferences, and what says nothing about anybody.
//!
//! Where it is denied it throws as soon as it is looked at: then nothing is read and nothing kept, and the app goes on.

use super::js;
use gloo_storage::{LocalStorage, Storage};

fn storage() -> Option<web_sys::Storage> {
    // gloo panics where the browser denies it: it is asked for first.
    js::get(&js_sys::global(), "localStorage")?;
    Some(LocalStorage::raw())
}

/// Returns the text that was kept under this name.
#[must_use]
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps a text; none where the browser denies it, or has no room.
#[must_use]
pub fn set(key: &str, text: &str) -> Option<()> {
    storage()?.set_item(key, text).ok()
}
