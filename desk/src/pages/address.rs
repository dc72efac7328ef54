//! What of a page stands in its address, so that a reload and the way back find it again: filters and what is open. Never what
//! is typed in a search, nor anybody's name.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{query_signal_with_options, use_location};
use std::cell::RefCell;
use std::collections::BTreeMap;

thread_local! {
    /// What stood behind the question mark of a list when it was left, by its path: nobody's name stands there.
    static LEFT: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// Remembers how a list is filtered, for the way back to it; belongs to the page of the list.
pub fn remember_for_the_way_back() {
    let location = use_location();
    // The page's own path: what is left behind is told last by another one.
    let path = location.pathname.get_untracked();
    Effect::new(move |_| {
        let search = location.search.get();
        if location.pathname.with_untracked(|now| *now == path) {
            LEFT.with_borrow_mut(|left| left.insert(path.clone(), search));
        }
    });
}

/// Returns the address of a list as it was left in this tab.
pub fn back_to(path: &str) -> String {
    let search = LEFT.with_borrow(|left| left.get(path).cloned()).unwrap_or_default();
    let search = search.trim_start_matches('?');
    if search.is_empty() { path.to_owned() } else { format!("{path}?{search}") }
}

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
