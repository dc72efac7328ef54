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
        // With large text a line may be longer than the screen: whoever saw its beginning and its end has scrolled past it.
        let ends = StoredValue::new((false, false));
        let watch = timers::every(LOOK, move || {
            let Some(node) = node.try_get_untracked().flatten() else { return };
            let (begins, ends_here) = sight::ends_in_sight(&node);
            ends.try_update_value(|ends| *ends = (ends.0 || begins, ends.1 || ends_here));
            if ends.try_get_value() == Some((true, true)) {
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
