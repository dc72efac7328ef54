//! Contacts with the hub: when they are made, and what the screen says of each.

use super::lifecycle::SYNCED;
use super::replica::Replica;
use super::sync::schedule::{Patience, SETTLE, Trigger};
use super::sync::{Outcome, SyncError, SyncState};
use super::writer::Writer;
use crate::browser::{clock, enrolled_mark, timers};
use futures::channel::mpsc::UnboundedReceiver;
use futures::future::{Either, select};
use futures::{FutureExt, StreamExt};
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_domain::fact::Fact;
use perron_domain::name::{DeviceId, Scope};
use perron_domain::time::Wall;
use perron_ledger::{Store, StoreError};
use perron_tablet::{Compared, Courier, DeviceTrust, Enrolment, Identity, Keeper, Replicated};
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

impl Replica {
    pub(super) async fn synchronise(self, mut triggers: UnboundedReceiver<Trigger>) {
        let mut patience = Patience::default();
        let mut pause = Duration::ZERO;
        loop {
            let mut asked = next(&mut triggers, pause).await;
            if asked == Some(Trigger::Saved) {
                timers::sleep(SETTLE).await;
            }
            while let Some(Some(more)) = triggers.next().now_or_never() {
                asked = if more == Trigger::Asked { Some(more) } else { asked };
            }
            let run = self.run(asked == Some(Trigger::Asked)).await;
            pause = patience.after(&run);
        }
    }

    /// Makes one run and shows how it ended.
    async fn run(self, again: bool) -> Result<Outcome, SyncError> {
        let (Ok(keeper), Some(me)) = (self.keeper(), self.identity()) else { return Ok(Outcome::default()) };
        if self.writer.get_untracked() != Writer::Here {
            return Ok(Outcome::default());
        }
        let jumps = self.core().jumps.get();
        let common = self.common();
        let trust = DeviceTrust::new(me.clone(), move |device: DeviceId| {
            common.with_untracked(|common| common.devices.get(&device).cloned())
        });
        let wire = self.wire();
        let seen = Seen { replica: self, keeper: Rc::clone(&keeper), me: me.clone() };
        let run = Courier::new(&keeper, &wire, &trust, &seen, me).run(again).await;
        let opened = self.open_if_none().await.map_err(SyncError::from);
        let run = run.and_then(|outcome| opened.map(|()| outcome));
        self.show(&keeper, &run).await;
        self.take_over_doses().await;
        if let Some(found) = run.as_ref().ok().and_then(|outcome| outcome.clock) {
            let offset_ms = clock::as_the_hub_has_it(found.offset_ms);
            self.compare_clock(Compared { offset_ms, ..found }, jumps).await;
        }
        if matches!(run, Err(SyncError::Store(StoreError::Closed))) {
            self.reopen();
        }
        run
    }

    async fn show<S: Store>(&self, keeper: &Keeper<S>, run: &Result<Outcome, SyncError>) {
        let now = clock::wall();
        let core = self.core();
        let offline = matches!(run, Err(SyncError::Network(_)));
        core.offline_since.set(offline.then(|| core.offline_since.get().unwrap_or(now)));
        // Facts may have been saved while the run was on its way: what counts is the outbox now, and no step is counted twice.
        let _turn = core.turn.lock().await;
        let outbox = keeper.store().outbox().await.unwrap_or_default();
        let waiting = outbox.iter().map(perron_ledger::store::Outgoing::waiting).sum();
        let state = SyncState::after(run, waiting, now, core.offline_since.get());
        if let SyncState::Synced { at } = state {
            let _ = keeper.store().set_named(SYNCED, &minicbor::to_vec(at).unwrap_or_default()).await;
            if let Some(me) = self.identity() {
                enrolled_mark::keep(Enrolment::of(&me), Some(at), self.zone());
            }
        }
        self.sync.set(state);
    }
}

/// Waits for a trigger, at most `pause`.
async fn next(triggers: &mut UnboundedReceiver<Trigger>, pause: Duration) -> Option<Trigger> {
    match select(triggers.next(), pin!(timers::sleep(pause))).await {
        Either::Left((trigger, _)) => trigger,
        Either::Right(_) => None,
    }
}

/// The replica, as a run sees it.
struct Seen<S> {
    replica: Replica,
    keeper: Rc<Keeper<S>>,
    me: Identity,
}

impl<S: Store> Replicated for Seen<S> {
    fn scopes(&self) -> Vec<Scope> {
        let rounds = self.replica.held().get_untracked();
        std::iter::once(Scope::COMMON).chain(rounds.iter().map(super::RoundEntry::scope)).collect()
    }

    fn received(&self, scope: Scope, facts: Vec<Fact>) {
        self.keeper.see(scope, &facts, Some(&self.me), self.now());
        self.replica.apply(scope, facts);
    }

    fn fold_again(&self, _: Scope) {
        let replica = self.replica;
        spawn_local(async move {
            let _ = replica.load().await;
        });
    }

    fn renumbered(&self, scope: Scope, _: DeviceId) {
        self.fold_again(scope);
    }

    /// What was given once stays on this device: it may hold facts that nobody else has yet.
    fn closed(&self, _: Scope) {}

    fn progress(&self, done: u32, total: u32) {
        if done < total {
            self.replica.sync.set(SyncState::Working { done, total });
        }
    }

    fn now(&self) -> Wall {
        clock::wall()
    }
}
