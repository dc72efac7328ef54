//! A form half filled comes back: after a kill of the browser, an update of the app, a look at another page.
//!
//! What is typed is written to the store a moment later, through the same seal as facts, and deleted when the form is
//! done. A draft is never a fact: nothing but its own form reads it.

use super::replica::{Phase, Replica};
use crate::browser::{texts, timers};
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_ledger::Store;
use std::collections::BTreeMap;
use std::time::Duration;

const PREFIX: &str = "draft/";
/// How long typing may pause before it is written.
const SETTLE: Duration = Duration::from_millis(250);

/// What is typed into a form, by the names of its fields.
pub type Texts = BTreeMap<String, String>;

/// A form's content that survives.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The content: bind it to the form's fields.
    pub value: RwSignal<Texts>,
    /// Whether something was found of an earlier time, so that the form can say so.
    pub restored: RwSignal<bool>,
    key: StoredValue<String>,
    open: StoredValue<bool>,
    replica: Replica,
}

impl Draft {
    /// Forgets the draft: the form was saved, or thrown away.
    pub fn done(&self) {
        self.open.set_value(false);
        self.restored.set(false);
        self.replica.put_draft(self.key.get_value(), None);
        self.replica.flush_drafts();
    }
}

impl Replica {
    /// Returns the draft of form `key` (`box/reading`, `visit/3-17/consent`), empty or as it was left.
    #[must_use]
    pub fn draft(&self, key: &str) -> Draft {
        let replica = *self;
        let key = format!("{PREFIX}{key}");
        let value = RwSignal::new(Texts::new());
        let restored = RwSignal::new(false);
        let open = StoredValue::new(true);
        let draft = Draft { value, restored, key: StoredValue::new(key.clone()), open, replica };
        let looked = RwSignal::new(false);
        spawn_local({
            let key = key.clone();
            async move {
                while replica.phase().get_untracked() == Phase::Opening {
                    timers::sleep(Duration::from_millis(10)).await;
                }
                let found = replica.read_draft(&key).await.and_then(|text| texts::read(&text));
                // The person may have begun to type meanwhile: that counts more.
                let untouched = value.try_with_untracked(Texts::is_empty).unwrap_or(false);
                if let Some(found) = found.filter(|_| untouched) {
                    let _ = value.try_set(found);
                    let _ = restored.try_set(true);
                }
                let _ = looked.try_set(true);
            }
        });
        // Writing is an effect outside the screen, which is what effects are for.
        Effect::new(move |before: Option<Option<Texts>>| {
            let now = value.get();
            let looked = looked.get();
            let changed = before.flatten().is_none_or(|before| before != now);
            if looked && changed && open.get_value() && (restored.get_untracked() || !now.is_empty()) {
                replica.put_draft(key.clone(), texts::write(&now));
            }
            looked.then_some(now)
        });
        draft
    }

    async fn read_draft(&self, key: &str) -> Option<String> {
        if let Some(waiting) = self.core().drafts.borrow().get(key) {
            return waiting.clone();
        }
        let kept = self.keeper().ok()?.store().named(key).await.ok()??;
        String::from_utf8(kept).ok()
    }

    fn put_draft(&self, key: String, text: Option<String>) {
        let core = self.core();
        core.drafts.borrow_mut().insert(key, text);
        if core.flushing.replace(true) {
            return;
        }
        let replica = *self;
        spawn_local(async move {
            timers::sleep(SETTLE).await;
            replica.core().flushing.set(false);
            replica.flush_drafts_now().await;
        });
    }

    /// Writes what was typed, without waiting for the pause.
    pub(super) fn flush_drafts(&self) {
        let replica = *self;
        spawn_local(async move { replica.flush_drafts_now().await });
    }

    pub(super) async fn flush_drafts_now(&self) {
        let Ok(keeper) = self.keeper() else { return };
        let waiting = std::mem::take(&mut *self.core().drafts.borrow_mut());
        for (key, text) in waiting {
            let kept = match &text {
                Some(text) => keeper.store().set_named(&key, text.as_bytes()).await,
                None => keeper.store().delete_named(&key).await.map(|_| ()),
            };
            if kept.is_err() {
                // Not lost: what is still in memory is written at the next pause, unless it changed since.
                self.core().drafts.borrow_mut().entry(key).or_insert(text);
            }
        }
    }
}
