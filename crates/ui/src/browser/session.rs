//! Small texts of one window: there again after it was loaded anew, gone with it, and never seen by another window. Nothing that
//! says anything about anybody.

use super::js;
use gloo_storage::{SessionStorage, Storage};

fn storage() -> Option<web_sys::Storage> {
    // gloo panics where the browser denies it: it is asked for first.
    js::get(&js_sys::global(), "sessionStorage")?;
    Some(SessionStorage::raw())
}

/// Returns the text that this window kept under this name.
#[must_use]
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps a text for this window; none where the browser denies it.
#[must_use]
pub fn set(key: &str, text: &str) -> Option<()> {
    storage()?.set_item(key, text).ok()
}
