//! From the replica to what the shell shows: the state of the exchange in words, the observations in seconds.

use leptos::prelude::*;
use perron_domain::{
    time::Wall,
    zone::{PARIS, Zone},
};

use super::ShellState;
use crate::{
    components::{SyncView, TimerView, fr},
    i18n::{I18n, t_string, use_i18n},
    state::{Replica, StuckReason, SyncState, use_replica},
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
        StuckReason::Refused(code) => t_string!(i18n, common.stuck_refused, code = format!("{code:?}")),
        StuckReason::UpdateNeeded => t_string!(i18n, common.stuck_update).to_owned(),
        StuckReason::FalseFacts(_) => t_string!(i18n, common.stuck_false).to_owned(),
        StuckReason::NotTheHub(_) => t_string!(i18n, common.stuck_not_hub).to_owned(),
        StuckReason::HubFails(_) => t_string!(i18n, common.stuck_hub_fails).to_owned(),
        StuckReason::Store(_) => t_string!(i18n, common.stuck_store).to_owned(),
    }
}

fn timers(replica: Replica) -> Vec<TimerView> {
    let running = replica.see_round(|round| {
        let named = |timer: perron_domain::state::Timer| {
            let who = round.people.get(&timer.person).map_or_else(String::new, |visit| {
                let record = &visit.record;
                record.used_name.as_ref().unwrap_or(&record.birth_name).clone()
            });
            (timer.person, who, timer.until)
        };
        round.timers().into_iter().map(named).collect::<Vec<_>>()
    });
    if running.is_empty() {
        // Without observations the bar does not follow the seconds.
        return Vec::new();
    }
    let now = replica.now().get();
    running
        .into_iter()
        .map(|(person, who, until)| TimerView {
            key: person.to_string(),
            who,
            // Rounded up: the last second counts until it is over.
            left: (until.since(now) + 999).div_euclid(1000),
            href: format!("/visite/{person}"),
        })
        .collect()
}
