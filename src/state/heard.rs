//! What the relay did to this tablet's rounds and somebody here must hear: a round given up, a round changed. It is told until it
//! was read, also after the app was closed.

use super::replica::Replica;
use super::rounds::{self, RoundEntry};
use leptos::prelude::*;
use perron_domain::changes::{self, Changes};
use perron_domain::door;
use perron_domain::name::{DeviceId, FactName};
use perron_domain::state::Round;
use perron_ledger::{Store, StoreError};

/// The rounds given up of which somebody has read, in the store.
const GIVEN_UP: &str = "given_up";

/// The release of a round that somebody read last, in the store.
fn release(round: u32) -> String {
    format!("release/{round}")
}

impl Replica {
    /// Returns the rounds that the relay gave up, until somebody here has read it.
    #[must_use]
    pub fn given_up(&self) -> Signal<Vec<RoundEntry>> {
        let me = *self;
        Signal::derive(move || {
            let today = me.common().with(|common| door::today(&Round::default(), common, me.now().get_untracked()));
            me.held().with(|held| me.read_given_up.with(|read| rounds::given_up(held, read, today)))
        })
    }

    /// Somebody has read that these rounds were given up.
    pub async fn read_given_up(&self, numbers: Vec<u32>) {
        self.read_given_up.update(|read| read.extend(numbers));
        let kept = minicbor::to_vec(self.read_given_up.get_untracked()).unwrap_or_default();
        if let Ok(keeper) = self.keeper() {
            // What could not be kept is told once more when the app is opened again.
            let _ = keeper.store().set_named(GIVEN_UP, &kept).await;
        }
    }

    /// Returns what the relay changed of the open round since somebody here last read it.
    #[must_use]
    pub fn changes(&self) -> Signal<Changes> {
        let me = *self;
        Signal::derive(move || me.round().with(|round| changes::since(round, me.read_release.get())))
    }

    /// Somebody has read what changed up to a release.
    pub async fn read_changes(&self, last: FactName) {
        self.read_release.set(Some(last));
        let kept = minicbor::to_vec((last.device.0, last.number)).unwrap_or_default();
        if let (Ok(keeper), Some(round)) = (self.keeper(), self.round_number().get_untracked()) {
            let _ = keeper.store().set_named(&release(round), &kept).await;
        }
    }

    /// Reads what was read before.
    pub(super) async fn recall_heard<S: Store>(&self, store: &S, round: Option<u32>) -> Result<(), StoreError> {
        let read = store.named(GIVEN_UP).await?.and_then(|bytes| minicbor::decode(&bytes).ok());
        self.read_given_up.set(read.unwrap_or_default());
        let kept = match round {
            Some(round) => store.named(&release(round)).await?,
            None => None,
        };
        let kept: Option<(u32, u32)> = kept.and_then(|bytes| minicbor::decode(&bytes).ok());
        self.read_release.set(kept.map(|(device, number)| FactName::new(DeviceId(device), number)));
        Ok(())
    }

    /// Says whether the open round was given up and nobody has begun it: then it leaves the screen.
    pub(super) fn open_is_given_up(&self) -> bool {
        let open = self.round_number().get_untracked();
        let cancelled = |round: &RoundEntry| Some(round.number) == open && round.cancelled.is_some();
        self.held().with_untracked(|held| held.iter().any(cancelled))
            && !self.round().with_untracked(|round| rounds::begun(round))
    }
}
