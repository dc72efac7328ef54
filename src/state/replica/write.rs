//! What pages do: a command is decided, written durably and shown; rounds and accounts are chosen.

use super::{AUTHOR, CHOSEN, Me, Phase, Replica};
use crate::browser::{clock, enrolled_mark};
use crate::state::failure::{Failure, Saved};
use crate::state::rounds::{self, ObservedElsewhere};
use crate::state::sync::schedule::Trigger;
use crate::state::writer::Writer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_domain::command::Command;
use perron_domain::fact::{AccountNo, Fact};
use perron_domain::name::{FactName, Scope};
use perron_domain::state::{Common, Round, State, View};
use perron_domain::{Context, decide, door};
use perron_ledger::{Store, StoreError};
use perron_tablet::{Identity, Moment};

impl Replica {
    /// Does what a person wants: decides, writes durably, then shows it. Commands are done one after another.
    ///
    /// # Errors
    /// [`Failure`]: nothing was written, and the form's content is still good.
    pub async fn dispatch(&self, command: Command) -> Result<Saved, Failure> {
        let core = self.core();
        let _turn = core.turn.lock().await;
        // The store may just be opened again.
        drop(core.opening.lock().await);
        let done = self.write(command).await;
        match &done {
            Err(Failure::Overtaken) => {
                let _ = self.load().await;
            }
            Err(Failure::Store(StoreError::Closed)) => self.reopen(),
            _ => {}
        }
        done
    }

    async fn write(&self, command: Command) -> Result<Saved, Failure> {
        let keeper = self.keeper()?;
        let me = self.identity().ok_or(Failure::NotEnrolled)?;
        let scope = Scope::round(self.number.get_untracked().ok_or(Failure::NoRound)?);
        if self.writer.get_untracked() != Writer::Here {
            return Err(Failure::Elsewhere);
        }
        let moment = Moment { now: clock::wall(), author: self.author.get_untracked() };
        let head = keeper.head(&me, scope).await?;
        let next = head.number.saturating_add(1);
        let context = Context { device: me.writes_as(scope), next, now: moment.now, author: moment.author };
        let decided = self
            .common
            .with_untracked(|common| self.round.with_untracked(|round| decide(round, common, command, &context)));
        let facts = keeper.append(&me, scope, head, decided?, moment).await?;
        let names: Vec<FactName> = facts.iter().map(|fact| fact.name).collect();
        let count = u32::try_from(facts.len()).unwrap_or(u32::MAX);
        self.clock_noted(&facts);
        self.apply(scope, facts);
        self.saved(count);
        Ok(Saved { facts: names })
    }

    /// Takes facts that are durable into the state on the screen.
    pub(in crate::state) fn apply(&self, scope: Scope, facts: Vec<Fact>) {
        if scope == Scope::COMMON {
            self.common.update(|common| take(common, facts));
        } else if self.number.get_untracked().map(Scope::round) == Some(scope) {
            self.round.update(|round| take(round, facts));
        } else if let Some(number) =
            self.rounds.with_untracked(|held| held.iter().find(|one| one.scope() == scope).map(|one| one.number))
        {
            // Another tablet may have begun or ended an observation there.
            let me = *self;
            spawn_local(async move { me.look_elsewhere(number).await });
        }
    }

    /// Reads the common part and the open round anew.
    pub(in crate::state) async fn load(&self) -> Result<(), StoreError> {
        let Ok(keeper) = self.keeper() else { return Ok(()) };
        keeper.forget_heads();
        let (now, store) = (clock::wall(), keeper.store());
        let me = Identity::load(store).await?;
        let common: State<Common> = keeper.load(Scope::COMMON, me.as_ref(), now).await?;
        let author = store.named(AUTHOR).await?.and_then(|bytes| minicbor::decode(&bytes).ok());
        let chosen = store.named(CHOSEN).await?.and_then(|bytes| minicbor::decode(&bytes).ok());
        let held = me.as_ref().map(|me| rounds::of_device(&common, me.device)).unwrap_or_default();
        let today = door::today(&Round::default(), &common, now);
        let number = rounds::begun_or_next(&keeper, me.as_ref(), &held, chosen, &common, now).await?;
        self.recall_heard(store, number).await?;
        let beside = rounds::about_today(&held, number, today);
        let round: State<Round> = match number {
            Some(number) => keeper.load(Scope::round(number), me.as_ref(), now).await?,
            None => State::default(),
        };
        if let Some(me) = &me {
            self.remember_enrolments(store, me).await;
        }
        let shown = me.as_ref().map(|me| Me { device: me.device, label: me.label.clone() });
        self.core().me.replace(me);
        self.author.set(author.unwrap_or_default());
        self.common.set(common);
        self.number.set(number);
        self.round.set(round);
        self.phase.set(match &shown {
            Some(_) => Phase::Ready,
            // What this tab reads is gone; the one that writes may have everything.
            None if self.writer.get_untracked() == Writer::Elsewhere && enrolled_mark::read().is_some() => {
                Phase::Failed(StoreError::Blocked)
            }
            None => Phase::NotEnrolled,
        });
        self.me.set(shown);
        if let Some(number) = number {
            self.observed_on(number, Vec::new());
        }
        if !beside.is_empty() {
            let me = *self;
            spawn_local(async move {
                for number in beside {
                    me.look_elsewhere(number).await;
                }
            });
        }
        Ok(())
    }

    /// Reads who is watched on a round that is not the one on the screen. What cannot be read keeps what was known.
    async fn look_elsewhere(&self, number: u32) {
        let Ok(keeper) = self.keeper() else { return };
        let me = self.identity();
        let Ok(round) = keeper.load::<Round>(Scope::round(number), me.as_ref(), clock::wall()).await else { return };
        if self.number.get_untracked() != Some(number) {
            self.observed_on(number, rounds::observed(number, &round));
        }
    }

    fn observed_on(&self, number: u32, observed: Vec<ObservedElsewhere>) {
        let known = self.elsewhere.with_untracked(|all| all.iter().any(|one| one.round == number));
        if known || !observed.is_empty() {
            self.elsewhere.update(|all| {
                all.retain(|one| one.round != number);
                all.extend(observed);
            });
        }
    }

    /// Opens another of this device's rounds, and remembers the choice. Who is watched on the one before stays in sight.
    ///
    /// # Errors
    /// [`Failure`] when it cannot be read; then the round before stays open.
    pub async fn open_round(&self, number: u32) -> Result<(), Failure> {
        let keeper = self.keeper()?;
        let me = self.identity();
        let round = keeper.load(Scope::round(number), me.as_ref(), clock::wall()).await?;
        if let Some(before) = self.number.get_untracked().filter(|before| *before != number) {
            let observed = self.round.with_untracked(|round| rounds::observed(before, round));
            self.observed_on(before, observed);
        }
        self.observed_on(number, Vec::new());
        self.recall_heard(keeper.store(), Some(number)).await?;
        self.number.set(Some(number));
        self.round.set(round);
        let kept = minicbor::to_vec(number).unwrap_or_default();
        keeper.store().set_named(CHOSEN, &kept).await?;
        self.take_over_doses().await;
        Ok(())
    }

    /// Opens a round by itself when none is open and this device holds one by now, or in place of one that the relay gave up.
    pub(in crate::state) async fn open_if_none(&self) -> Result<(), StoreError> {
        let open = self.number.get_untracked().is_some();
        let any = self.rounds.with_untracked(|held| held.iter().any(|one| one.cancelled.is_none()));
        if self.open_is_given_up() || !open && any {
            return self.load().await;
        }
        Ok(())
    }

    /// Says who acts on this device from now on.
    ///
    /// # Errors
    /// [`Failure`] when it could not be kept.
    pub async fn set_author(&self, author: AccountNo) -> Result<(), Failure> {
        let kept = minicbor::to_vec(author).unwrap_or_default();
        self.keeper()?.store().set_named(AUTHOR, &kept).await?;
        self.author.set(author);
        Ok(())
    }

    /// Notes that facts were saved that the hub does not have, and asks for a run.
    fn saved(&self, count: u32) {
        self.sync.update(|state| *state = state.with_more(count));
        self.ask_for(Trigger::Saved);
    }
}

/// Takes facts into a state: one by one when few, folded once when many came at a time.
fn take<V: View>(state: &mut State<V>, facts: Vec<Fact>) {
    if facts.len() <= 8 {
        for fact in facts {
            state.apply(fact);
        }
    } else {
        let all: Vec<Fact> = state.log().iter().cloned().chain(facts).collect();
        *state = State::of(all);
    }
}
