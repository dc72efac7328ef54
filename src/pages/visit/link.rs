//! The visit's way to the replica: what it reads, and one way to write that says what went wrong.

use leptos::{ev, prelude::*, task::spawn_local};
use perron_domain::{
    command::Command,
    date::Day,
    door,
    fact::AccountNo,
    name::{DeviceId, FactName},
    rules::{Answer, Case},
    state::{Act, CommonState, RoundState, Visit},
    time::Wall,
};

use crate::{
    components::{ErrorBlock, Notice, Tone, live},
    i18n::{I18n, use_i18n},
    pages::{form::Form, words},
    state::{Failure, Replica, use_replica},
};

/// What a page of the visit needs of the rest of the app.
#[derive(Clone, Copy)]
pub struct Link {
    replica: Replica,
    /// The words.
    pub i18n: I18n,
    /// Whether something is being saved.
    pub busy: RwSignal<bool>,
    /// Why the last step was not saved.
    pub problem: RwSignal<Option<Failure>>,
}

impl Link {
    /// Returns a link for the component that calls this.
    #[must_use]
    pub fn find() -> Self {
        Self { replica: use_replica(), i18n: use_i18n(), busy: RwSignal::new(false), problem: RwSignal::new(None) }
    }

    /// Returns the same way for a card or a dialog that writes by itself: what it could not save is said there, and nowhere
    /// else on the page.
    #[must_use]
    pub fn apart(self) -> Self {
        Self { busy: RwSignal::new(false), problem: RwSignal::new(None), ..self }
    }

    /// Looks at the round, and is called again when it changes.
    pub fn round<T>(self, look: impl FnOnce(&RoundState) -> T) -> T {
        self.replica.see_round(look)
    }

    /// Looks at the relay's common part, and is called again when it changes.
    pub fn common<T>(self, look: impl FnOnce(&CommonState) -> T) -> T {
        self.replica.see_common(look)
    }

    /// Looks at both.
    pub fn both<T>(self, look: impl FnOnce(&RoundState, &CommonState) -> T) -> T {
        self.round(|round| self.common(|common| look(round, common)))
    }

    /// Looks at both once, without being called again.
    pub fn glance<T>(self, look: impl FnOnce(&RoundState, &CommonState) -> T) -> T {
        untrack(|| self.both(look))
    }

    /// Returns the wall clock, ticking each second.
    #[must_use]
    pub fn now(self) -> Wall {
        self.replica.now().get()
    }

    /// Returns the wall clock once.
    #[must_use]
    pub fn now_once(self) -> Wall {
        self.replica.now().get_untracked()
    }

    /// Returns the present on the scale of the hub, ticking each second: what countdowns are counted by.
    #[must_use]
    pub fn steady(self) -> Wall {
        self.replica.steady(self.now())
    }

    /// Returns the present on the scale of the hub once.
    #[must_use]
    pub fn steady_once(self) -> Wall {
        untrack(|| self.replica.steady(self.now_once()))
    }

    /// Returns an hour, with its day where that is not today.
    #[must_use]
    pub fn moment(self, at: Wall) -> String {
        self.common(|common| words::moment(self.i18n, common, at, self.now_once()))
    }

    /// Returns the account that acts.
    #[must_use]
    pub fn account(self) -> AccountNo {
        self.replica.author().get()
    }

    /// Returns this tablet's number; 0 before it is enrolled.
    #[must_use]
    pub fn device(self) -> DeviceId {
        self.replica.me().with(|me| me.as_ref().map(|me| me.device)).unwrap_or_default()
    }

    /// Returns the day that the rules look at.
    #[must_use]
    pub fn today(self) -> Day {
        self.both(|round, common| door::today(round, common, self.now_once()))
    }

    /// Returns a person's visit, as it changes.
    #[must_use]
    pub fn visit(self, person: FactName) -> Memo<Option<Visit>> {
        Memo::new(move |_| self.round(|round| round.people.get(&person).cloned()))
    }

    /// Returns an act, as it changes.
    #[must_use]
    pub fn act(self, act: Option<FactName>) -> Memo<Option<Act>> {
        Memo::new(move |_| self.round(|round| round.acts.get(&act?).cloned()))
    }

    /// Returns what the rules answer for an act, worked out again at each change.
    #[must_use]
    pub fn answer(self, act: Option<FactName>) -> Memo<Option<(Case, Answer)>> {
        Memo::new(move |_| {
            let nurse = self.account();
            self.both(|round, common| door::answer(round, common, act?, nurse, self.now_once()))
        })
    }

    /// Returns a form that comes back as it was left.
    #[must_use]
    pub fn form(self, key: impl Into<String>) -> Form {
        Form::of(self.replica.draft(&key.into()))
    }

    /// Writes commands one after the other, then calls `then`. At the first that fails the rest is not tried, the form
    /// stays as it is, and [`Problem`] says why.
    pub fn write(self, commands: Vec<Command>, then: impl FnOnce() + 'static) {
        self.write_all(commands, Box::new(then));
    }

    /// Writes a command of a screen that is being left. What cannot be kept is told by the storage itself, on every screen.
    pub fn write_behind(self, command: Command) {
        let replica = self.replica;
        spawn_local(async move {
            let _ = replica.dispatch(command).await;
        });
    }

    fn write_all(self, commands: Vec<Command>, then: Box<dyn FnOnce()>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        spawn_local(async move {
            for command in commands {
                if let Err(failure) = self.replica.dispatch(command).await {
                    self.problem.try_set(Some(failure));
                    self.busy.try_set(false);
                    return;
                }
            }
            self.busy.try_set(false);
            then();
        });
    }
}

/// Says why the last step was not saved: a refusal of the work's own rules, or a device that could not keep it. A refusal is
/// about what stood in the fields: once something else is typed, it is not said any more.
#[component]
pub fn Problem(
    /// Whose last step.
    link: Link,
) -> impl IntoView {
    let typed = window_event_listener(ev::input, move |_| {
        if link.problem.try_with_untracked(|problem| matches!(problem, Some(Failure::Refused(_)))) == Some(true) {
            link.problem.set(None);
        }
    });
    on_cleanup(move || typed.remove());
    let text = move |failure: &Failure| link.common(|common| words::failure_text(link.i18n, common, failure));
    live(move || {
        link.problem.get().map(|failure| {
            let text = text(&failure);
            match failure {
                Failure::Refused(_) => view! {
                    <Notice tone=Tone::Warning>
                        <p data-testid="refusal">{text}</p>
                    </Notice>
                }
                .into_any(),
                Failure::NotEnrolled | Failure::NotOpen => view! { <ErrorBlock message=text unsure=true /> }.into_any(),
                _ => view! { <ErrorBlock message=text /> }.into_any(),
            }
        })
    })
}
