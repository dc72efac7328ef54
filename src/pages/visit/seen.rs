//! What was truly on the screen: a button that answers for all of it waits until each line was.

use std::{collections::BTreeSet, time::Duration};

use leptos::{html, prelude::*};

use crate::browser::{sight, timers};

/// How often it is looked whether a line is on the screen.
const LOOK: Duration = Duration::from_millis(150);

/// The lines that were on the screen, by their keys.
#[derive(Clone, Copy)]
pub struct Seen(RwSignal<BTreeSet<String>>);

impl Seen {
    /// Returns a watch that has seen nothing yet.
    #[must_use]
    pub fn nothing() -> Self {
        Self(RwSignal::new(BTreeSet::new()))
    }

    /// Says whether every line was on the screen, and is called again when one was.
    pub fn all(self, mut keys: impl Iterator<Item = String>) -> bool {
        self.0.with(|seen| keys.all(|key| seen.contains(&key)))
    }

    /// Watches a line for as long as it is drawn; returns the place where it is drawn.
    #[must_use]
    pub fn watch(self, key: String) -> NodeRef<html::Div> {
        let node = NodeRef::<html::Div>::new();
        let watch = timers::every(LOOK, move || {
            if node.get_untracked().is_some_and(|node| sight::on_screen(&node)) {
                self.0.try_update(|seen| seen.insert(key.clone()));
            }
        });
        let watch = StoredValue::new_local(Some(watch));
        on_cleanup(move || {
            watch.try_update_value(|watch| drop(watch.take()));
        });
        node
    }
}
