//! The draft that a page shows, and how each change of it is kept at once.

use crate::client::{DeskError, ask, routes};
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_desk_api::{DraftView, RoundDraft};

/// The draft on this page and the way it is kept.
#[derive(Clone, Copy)]
pub struct Editor {
    /// The draft as the hub last saw it, looked up.
    pub view: RwSignal<Option<DraftView>>,
    /// The draft as it stands on the page.
    pub(super) draft: RwSignal<Option<RoundDraft>>,
    /// Whether something is on its way.
    pub saving: RwSignal<bool>,
    /// Whether something was changed while another saving was on its way.
    again: RwSignal<bool>,
    /// Why the last saving failed.
    pub(super) error: RwSignal<Option<DeskError>>,
}

impl Editor {
    pub(super) fn new() -> Self {
        Self {
            view: RwSignal::new(None),
            draft: RwSignal::new(None),
            saving: RwSignal::new(false),
            again: RwSignal::new(false),
            error: RwSignal::new(None),
        }
    }

    /// Takes what the hub answers. Says whether the page is still there.
    fn take(self, answer: Result<DraftView, DeskError>) -> bool {
        match answer {
            Ok(view) => {
                let version = view.draft.version;
                // What was changed meanwhile on the page stays; only the version moves on.
                if self.again.try_get_untracked() == Some(true) {
                    self.draft.try_update(|draft| draft.iter_mut().for_each(|draft| draft.version = version));
                } else {
                    self.draft.try_set(Some(view.draft.clone()));
                }
                self.view.try_set(Some(view)).is_none()
            }
            Err(error) => {
                self.error.try_set(Some(error));
                false
            }
        }
    }

    /// Reads the draft from the hub.
    pub(super) fn load(self, number: u32) {
        self.error.set(None);
        spawn_local(async move {
            let answer = ask(routes::DRAFT, (number,), ()).await;
            self.take(answer);
        });
    }

    /// Changes the draft and saves it; a change made during a saving is saved right after it.
    pub fn change(self, change: impl FnOnce(&mut RoundDraft)) {
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                change(draft);
            }
        });
        if self.saving.get_untracked() {
            self.again.set(true);
            return;
        }
        self.saving.set(true);
        self.error.set(None);
        spawn_local(async move {
            loop {
                let Some(Some(draft)) = self.draft.try_get_untracked() else { return };
                self.again.try_set(false);
                let answer = ask(routes::SAVE_DRAFT, (draft.number,), draft).await;
                let good = self.take(answer);
                if !good || self.again.try_get_untracked() != Some(true) {
                    break;
                }
            }
            self.saving.try_set(false);
        });
    }

    /// Lets the hub change the draft, unless a saving is on its way.
    pub fn ask(self, what: impl Future<Output = Result<DraftView, DeskError>> + 'static) {
        if self.saving.get_untracked() {
            return;
        }
        self.saving.set(true);
        self.error.set(None);
        spawn_local(async move {
            let answer = what.await;
            self.take(answer);
            self.saving.try_set(false);
        });
    }
}
