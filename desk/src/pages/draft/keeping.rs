//! The draft that a page shows, and how each change of it is kept at once.

use crate::client::{DeskError, ask, routes};
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_desk_api::together::{settled, together};
use perron_desk_api::{Code, DraftView, Refused, RoundDraft, Why};
use perron_domain::name::FactName;
use std::collections::{BTreeMap, BTreeSet};

/// What another window changed otherwise, while something was changed here.
#[derive(Clone)]
pub struct Other {
    /// What the hub has.
    pub there: DraftView,
    /// In which fields.
    pub names: Vec<String>,
}

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
    /// What another window changed otherwise, until somebody chooses.
    pub(super) other: RwSignal<Option<Other>>,
    /// What another window changed was taken over; each time the fields are filled anew.
    pub(super) joined: RwSignal<u32>,
    /// Fields of the page that cannot be read, and so are not in the draft.
    pub(super) unread: RwSignal<BTreeSet<String>>,
    /// Hours of addresses that cannot be kept as they were typed, by the first person there: they stay to be corrected.
    pub(super) hours: RwSignal<BTreeMap<FactName, (String, String)>>,
}

impl Editor {
    pub(super) fn new() -> Self {
        Self {
            view: RwSignal::new(None),
            draft: RwSignal::new(None),
            saving: RwSignal::new(false),
            again: RwSignal::new(false),
            error: RwSignal::new(None),
            other: RwSignal::new(None),
            joined: RwSignal::new(0),
            unread: RwSignal::new(BTreeSet::new()),
            hours: RwSignal::new(BTreeMap::new()),
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

    /// Tries again what failed: what was typed is saved; nothing of it is read over.
    pub(super) fn retry(self, number: u32) {
        let changed = self.draft.with_untracked(|draft| {
            self.view.with_untracked(|view| draft.as_ref() != view.as_ref().map(|view| &view.draft))
        });
        if changed { self.save() } else { self.load(number) }
    }

    /// Changes the draft and saves it; a change made during a saving is saved right after it.
    pub fn change(self, change: impl FnOnce(&mut RoundDraft)) {
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                change(draft);
            }
        });
        if self.other.with_untracked(Option::is_some) {
            // Somebody must choose first; what is changed meanwhile is saved with the choice.
            return;
        }
        self.save();
    }

    fn save(self) {
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
                let number = draft.number;
                let answer = ask(routes::SAVE_DRAFT, (number,), draft).await;
                let overtaken =
                    matches!(&answer, Err(DeskError::Refused(Refused { why: Why::Hub { code: Code::Version }, .. })));
                let good = if overtaken { self.join(number).await } else { self.take(answer) };
                if !good || !overtaken && self.again.try_get_untracked() != Some(true) {
                    break;
                }
            }
            self.saving.try_set(false);
        });
    }

    /// Another window saved first: what it changed is taken over, unless both changed the same. Says whether to go on saving.
    async fn join(self, number: u32) -> bool {
        let there = match ask(routes::DRAFT, (number,), ()).await {
            Ok(there) => there,
            Err(error) => {
                self.error.try_set(Some(error));
                return false;
            }
        };
        let (Some(Some(now)), Some(Some(before))) = (self.draft.try_get_untracked(), self.view.try_get_untracked())
        else {
            return false;
        };
        match together(&before.draft, &now, &there.draft) {
            Ok(both) => {
                self.view.try_set(Some(there));
                self.draft.try_set(Some(both));
                self.joined.try_update(|times| *times += 1);
                true
            }
            Err(names) => {
                self.other.try_set(Some(Other { there, names }));
                false
            }
        }
    }

    /// Somebody has chosen: in the fields that differ what stands here counts, or what the other window says.
    pub(super) fn choose(self, here: bool) {
        let Some(Other { there, .. }) = self.other.get_untracked() else { return };
        let (Some(now), Some(before)) = (self.draft.get_untracked(), self.view.get_untracked()) else { return };
        self.draft.set(Some(settled(&before.draft, &now, &there.draft, here)));
        self.view.set(Some(there));
        self.other.set(None);
        self.joined.update(|times| *times += 1);
        self.save();
    }

    /// Says whether all that is on the page is at the hub, and can be published as it stands there.
    pub(super) fn whole(self) -> bool {
        !self.saving.get()
            && self.error.with(Option::is_none)
            && self.other.with(Option::is_none)
            && self.unread.with(BTreeSet::is_empty)
    }

    /// Says whether a field of the page can be read.
    pub(super) fn reads(self, field: &str, reads: bool) {
        let known = self.unread.with_untracked(|unread| unread.contains(field));
        if known == reads {
            self.unread.update(|unread| {
                if reads {
                    unread.remove(field)
                } else {
                    unread.insert(field.to_owned())
                };
            });
        }
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
