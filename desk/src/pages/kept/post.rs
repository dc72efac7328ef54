//! The way of a draft to the hub: one sending after the other, the last word wins, and what fails is sent again. What is on
//! its way stays in the memory of this tab, and nowhere else of the browser.

use super::window;
use crate::browser::timers::sleep;
use crate::client::{Answer, DeskError, ask, routes};
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_desk_api::TypedForm;
use perron_domain::time::Wall;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

/// How long after a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(4);

thread_local! {
    /// What was typed in this tab and not saved, by form: there at once when somebody comes back.
    static TYPED: RefCell<BTreeMap<String, (Value, Option<Wall>)>> = const { RefCell::new(BTreeMap::new()) };
}

/// Returns what was typed in a form of this tab, and when the hub kept it.
pub(super) fn remembered(key: &str) -> Option<(Value, Option<Wall>)> {
    TYPED.with_borrow(|typed| typed.get(key).cloned())
}

/// What the hub is to be told.
enum Told {
    Keep(Value),
    Forget,
}

/// What is to be sent of one form.
pub(super) struct Post {
    key: String,
    next: RefCell<Option<Told>>,
    busy: Cell<bool>,
    at: RwSignal<Option<Wall>>,
    failing: RwSignal<bool>,
}

impl Post {
    pub(super) fn new(key: String, at: RwSignal<Option<Wall>>, failing: RwSignal<bool>) -> Self {
        Self { key, next: RefCell::default(), busy: Cell::new(false), at, failing }
    }

    /// Returns the key of the form.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Returns what was typed in this tab before.
    pub(super) fn remembered(&self) -> Option<(Value, Option<Wall>)> {
        remembered(&self.key)
    }

    /// Says whether something typed waits to be saved.
    pub(super) fn has_draft(&self) -> bool {
        self.remembered().is_some()
    }

    /// Remembers it in this tab.
    pub(super) fn remember(&self, said: &Value, at: Option<Wall>) {
        TYPED.with_borrow_mut(|typed| typed.insert(self.key.clone(), (said.clone(), at)));
    }

    /// Keeps what stands in the form, with the next sending.
    pub(super) fn keep(&self, said: Value) {
        self.remember(&said, self.at.try_get_untracked().flatten());
        self.next.replace(Some(Told::Keep(said)));
    }

    /// Forgets what stood in the form, with the next sending.
    pub(super) fn forget(&self) {
        let known = TYPED.with_borrow_mut(|typed| typed.remove(&self.key)).is_some();
        if known || self.busy.get() {
            self.next.replace(Some(Told::Forget));
        }
    }

    /// Sends what there is to send, unless something is on its way: then it follows.
    pub(super) fn send(self: &Rc<Self>) {
        if self.busy.get() || self.next.borrow().is_none() {
            return;
        }
        self.busy.set(true);
        let post = Rc::clone(self);
        spawn_local(async move {
            while let Some(told) = post.next.take() {
                if let Err(error) = post.tell(&told).await {
                    post.failing.try_set(true);
                    // What is too long stays too long; what did not arrive may arrive later.
                    if !matches!(error, DeskError::Refused(_)) {
                        let newer = post.next.take();
                        post.next.replace(Some(newer.unwrap_or(told)));
                        sleep(AGAIN).await;
                    }
                }
            }
            post.busy.set(false);
        });
    }

    async fn tell(&self, told: &Told) -> Answer<()> {
        let key = (self.key.clone(), window::id());
        let at = match told {
            Told::Keep(said) => {
                let typed = TypedForm { fields: said.clone(), ..TypedForm::default() };
                ask(routes::KEEP_TYPED, key, typed).await?.at
            }
            Told::Forget => {
                ask(routes::DROP_TYPED, key, ()).await?;
                None
            }
        };
        TYPED.with_borrow_mut(|typed| {
            if let Some((_, kept)) = typed.get_mut(&self.key) {
                *kept = at;
            }
        });
        self.at.try_set(at);
        self.failing.try_set(false);
        Ok(())
    }
}
