//! What of a page stands in its address, so that a reload and the way back find it again: filters and what is open. Never what
//! is typed in a search, nor anybody's name.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::query_signal_with_options;

/// Returns a text that stands in the address under `key`; an empty one does not stand there.
pub fn in_address(key: &'static str) -> RwSignal<String> {
    // A filter is no page of its own: the way back leads to the page before.
    let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
    let (read, write) = query_signal_with_options::<String>(key, options);
    let value = RwSignal::new(read.get_untracked().unwrap_or_default());
    Effect::new(move |before: Option<String>| {
        let now = value.get();
        if before.is_some_and(|before| before != now) {
            write.set(Some(now.clone()).filter(|text| !text.is_empty()));
        }
        now
    });
    Effect::new(move |before: Option<Option<String>>| {
        let there = read.get();
        let changed = before.is_some_and(|before| before != there);
        let text = there.clone().unwrap_or_default();
        if changed && value.with_untracked(|value| *value != text) {
            value.set(text);
        }
        there
    });
    value
}

/// Returns whether something is open, as the address says under `key`.
pub fn open_in_address(key: &'static str) -> RwSignal<bool> {
    let text = in_address(key);
    let open = RwSignal::new(text.with_untracked(|text| !text.is_empty()));
    Effect::new(move |_| {
        let now = if open.get() { "oui" } else { "" };
        if text.with_untracked(|text| text != now) {
            text.set(now.to_owned());
        }
    });
    Effect::new(move |_| {
        let now = text.with(|text| !text.is_empty());
        if open.get_untracked() != now {
            open.set(now);
        }
    });
    open
}
