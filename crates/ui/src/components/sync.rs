//! Whether the tablet and the relay know the same things, on every screen.

use leptos::prelude::*;

use super::{
    icon::{Glyph, Icon},
    status::Tone,
};
use crate::i18n::{t_string, use_i18n};

/// What the badge says. Hours are already written («18 h 42»).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum SyncView {
    /// Not known yet: the store was not read.
    Opening,
    /// What was stored is gone.
    Lost,
    /// Nothing was ever exchanged.
    #[default]
    Never,
    /// No answer from the hub.
    Offline {
        /// Since when.
        since: Option<String>,
        /// Facts not yet acknowledged.
        waiting: u32,
    },
    /// Under way.
    Working {
        /// Facts acknowledged so far.
        done: u32,
        /// Of how many.
        total: u32,
    },
    /// Reached, but something is still to be sent.
    Waiting {
        /// Facts not yet acknowledged.
        waiting: u32,
    },
    /// Everything is acknowledged.
    Synced {
        /// When.
        at: String,
    },
    /// Something cannot be sent, and why.
    Stuck {
        /// The sentence.
        reason: String,
    },
}

impl SyncView {
    const fn shape(&self) -> (Tone, Glyph) {
        match self {
            Self::Opening | Self::Never => (Tone::Neutral, Glyph::Cloud),
            Self::Offline { .. } => (Tone::Neutral, Glyph::Offline),
            Self::Working { .. } => (Tone::Info, Glyph::Sync),
            Self::Waiting { .. } => (Tone::Info, Glyph::Cloud),
            Self::Synced { .. } => (Tone::Good, Glyph::CloudDone),
            Self::Lost | Self::Stuck { .. } => (Tone::Danger, Glyph::Octagon),
        }
    }
}

/// The badge. A tap leads to the state in detail, where a page gives an address.
#[component]
pub fn SyncBadge(
    /// What it says.
    #[prop(into)]
    state: Signal<SyncView>,
    /// Where a tap leads.
    #[prop(into, optional)]
    href: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let waiting = move |count: u32| {
        if super::fr::several(i18n.get_locale(), count) {
            t_string!(i18n, common.sync_waiting_several, count = count)
        } else {
            t_string!(i18n, common.sync_waiting_single, count = count)
        }
    };
    let words = move || match state.get() {
        SyncView::Opening => t_string!(i18n, common.sync_opening).to_owned(),
        SyncView::Lost => t_string!(i18n, common.sync_lost).to_owned(),
        SyncView::Never => t_string!(i18n, common.sync_never).to_owned(),
        SyncView::Offline { since: Some(time), waiting: 0 } => {
            t_string!(i18n, common.sync_offline_since, time = time)
        }
        SyncView::Offline { waiting: 0, .. } => t_string!(i18n, common.sync_offline).to_owned(),
        SyncView::Offline { waiting: count, .. } => {
            format!("{} · {}", t_string!(i18n, common.sync_offline), waiting(count))
        }
        SyncView::Working { done, total } => t_string!(i18n, common.sync_working, done = done, total = total),
        SyncView::Waiting { waiting: count } => waiting(count),
        SyncView::Synced { at } => t_string!(i18n, common.sync_done, time = at),
        SyncView::Stuck { reason } => t_string!(i18n, common.sync_stuck, reason = reason),
    };
    let tone = move || state.with(|state| state.shape().0.name());
    let glyph = Signal::derive(move || state.with(|state| state.shape().1));
    let turning = move || state.with(|state| matches!(state, SyncView::Working { .. }));
    let inside = move || {
        view! {
            <Icon glyph=glyph />
            <span role="status">{words}</span>
        }
    };
    match href {
        Some(href) => view! {
            <a class="sync" class:sync-turning=turning data-tone=tone data-testid="sync" href=href>
                {inside()}
            </a>
        }
        .into_any(),
        None => view! {
            <div class="sync" class:sync-turning=turning data-tone=tone data-testid="sync">
                {inside()}
            </div>
        }
        .into_any(),
    }
}
