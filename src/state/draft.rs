//! A form half filled comes back: after a kill of the browser, an update of the app, a look at another page.
//!
//! What is typed is written to the store a moment later, through the same seal as facts, and deleted when the form is
//! done. A draft is never a fact: nothing but its own form reads it.

use super::replica::{Phase, Replica};
use crate::browser::timers;
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_ledger::Store;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

const PREFIX: &str = "draft/";
/// How long typing may pause before it is written.
const SETTLE: Duration = Duration::from_millis(250);

/// A form's content that survives.
pub struct Draft<T: Send + Sync + 'static> {
    /// The content: bind it to the form's fields.
    pub value: RwSignal<T>,
    /// Whether something was found of an earlier time, so that the form can say so.
    pub restored: RwSignal<bool>,
    key: StoredValue<String>,
    open: StoredValue<bool>,
    replica: Replica,
}

impl<T: Send + Sync + 'static> Clone for Draft<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Draft<T> {}

impl<T: Send + Sync + 'static> Draft<T> {
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
    pub fn draft<T>(&self, key: impl Into<String>) -> Draft<T>
    where
        T: Serialize + DeserializeOwned + Default + Clone + PartialEq + Send + Sync + 'static,
    {
        let replica = *self;
        let key = format!("{PREFIX}{}", key.into());
        let value = RwSignal::new(T::default());
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
                let found: Option<T> = replica.read_draft(&key).await.and_then(|text| serde_json::from_str(&text).ok());
                // The person may have begun to type meanwhile: that counts more.
                let untouched = value.try_with_untracked(|now| *now == T::default()).unwrap_or(false);
                if let Some(found) = found.filter(|_| untouched) {
                    let _ = value.try_set(found);
                    let _ = restored.try_set(true);
                }
                let _ = looked.try_set(true);
            }
        });
        // Writing is an effect outside the screen, which is what effects are for.
        Effect::new(move |before: Option<Option<T>>| {
            let now = value.get();
            let looked = looked.get();
            let changed = before.flatten().is_none_or(|before| before != now);
            if looked && changed && open.get_value() && (restored.get_untracked() || now != T::default()) {
                replica.put_draft(key.clone(), serde_json::to_string(&now).ok());
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
