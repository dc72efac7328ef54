//! From the replica to what the shell shows: the state of the exchange in words, the observations in seconds.

use leptos::prelude::*;
use perron_domain::{
    order,
    time::Wall,
    zone::{PARIS, Zone},
};

use super::ShellState;
use crate::{
    browser::enrolled_mark,
    components::{SyncView, TimerView, fr},
    i18n::{I18n, t_string, use_i18n},
    state::{Phase, Replica, StuckReason, SyncState, rounds::watched_name, use_replica},
};

/// Gives the shells below what they show on every screen.
pub fn provide_shell_state() {
    let i18n = use_i18n();
    let replica = use_replica();
    provide_context(ShellState {
        sync: Signal::derive(move || sync_view(i18n, replica)),
        timers: Signal::derive(move || timers(replica)),
        // Until access control and sealing exist, no real person may be entered.
        demo: Signal::stored(true),
    });
}

fn sync_view(i18n: I18n, replica: Replica) -> SyncView {
    let hour = |at: Wall| {
        let zone = replica.see_common(|common| common.relay.as_ref().map_or(PARIS, Zone::of));
        let minute = u32::from(zone.minute(at));
        fr::time(i18n.get_locale(), minute / 60, minute % 60)
    };
    match replica.phase().get() {
        Phase::Ready => {}
        Phase::NotEnrolled if enrolled_mark::read().is_some() => return SyncView::Lost,
        Phase::NotEnrolled => return SyncView::Never,
        Phase::Opening | Phase::Failed(_) => return SyncView::Opening,
    }
    match replica.sync_state().get() {
        SyncState::Never => SyncView::Never,
        SyncState::Offline { since, waiting } => SyncView::Offline { since: since.map(hour), waiting },
        SyncState::Working { done, total } => SyncView::Working { done, total },
        SyncState::Waiting { waiting } => SyncView::Waiting { waiting },
        SyncState::Synced { at } => SyncView::Synced { at: hour(at) },
        SyncState::Stuck { reason, .. } => SyncView::Stuck { reason: why_stuck(i18n, &reason) },
    }
}

/// Returns why synchronising does not go on, in words.
#[must_use]
pub fn why_stuck(i18n: I18n, reason: &StuckReason) -> String {
    match reason {
        StuckReason::Refused(_) => t_string!(i18n, common.stuck_refused).to_owned(),
        StuckReason::UpdateNeeded => t_string!(i18n, common.stuck_update).to_owned(),
        StuckReason::FalseFacts(_) => t_string!(i18n, common.stuck_false).to_owned(),
        StuckReason::NotTheHub(_) => t_string!(i18n, common.stuck_not_hub).to_owned(),
        StuckReason::HubFails(_) => t_string!(i18n, common.stuck_hub_fails).to_owned(),
        StuckReason::Store(_) => t_string!(i18n, common.stuck_store).to_owned(),
    }
}

/// Returns the observations of every round of this tablet, the one that ends first at the front: opening another round ends
/// none of them.
fn timers(replica: Replica) -> Vec<TimerView> {
    let running = replica.see_round(|round| {
        let named =
            |timer: perron_domain::state::Timer| (timer.person, watched_name(round, timer.person), timer.until, None);
        round.timers().into_iter().map(named).collect::<Vec<_>>()
    });
    let elsewhere = replica.observed_elsewhere().with(|elsewhere| {
        elsewhere.iter().map(|one| (one.person, one.who.clone(), one.until, Some(one.round))).collect::<Vec<_>>()
    });
    let mut running: Vec<_> = running.into_iter().chain(elsewhere).collect();
    order::sort_by_key(&mut running, |(person, _, until, round)| (*until, *round, *person));
    if running.is_empty() {
        // Without observations the bar does not follow the seconds.
        return Vec::new();
    }
    let now = replica.steady(replica.now().get());
    running
        .into_iter()
        .map(|(person, who, until, round)| TimerView {
            key: round.map_or_else(|| person.to_string(), |round| format!("{round}/{person}")),
            who,
            // Rounded up: the last second counts until it is over.
            left: (until.since(now) + 999).div_euclid(1000),
            href: round.map_or_else(|| format!("/visite/{person}"), |round| format!("/retour/{round}/{person}")),
            elsewhere: round.is_some(),
        })
        .collect()
}
