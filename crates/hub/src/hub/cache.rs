//! The relay folded in memory, kept up with the store.
//!
//! Nothing is ever written here that is not read back from the store: after each append the cache takes what arrived
//! since it last looked. So a request that is cut between commit and fold loses nothing, and several hub processes of
//! one installation would each find what another one wrote.

use perron_domain::fact::Fact;
use perron_domain::name::{DeviceId, Scope};
use perron_domain::state::{CommonState, Log, PeopleState, RoundState};
use perron_domain::time::{Hlc, MAX_AHEAD_MS, Wall};
use perron_ledger::{Record, Store, StoreError, written};
use std::collections::BTreeMap;

/// How many facts are read from the store at a time.
const STEP: usize = 2_000;

/// Every scope of the relay, folded.
#[derive(Debug, Default)]
pub struct Cache {
    /// Devices, staff, lots, rules.
    pub common: CommonState,
    /// The people of the relay.
    pub people: PeopleState,
    /// Rounds by number.
    pub rounds: BTreeMap<u32, RoundState>,
    /// How far the clock of a tablet was ahead of the hub's when facts of a round arrived, in milliseconds, where it was
    /// too far to be followed: what it says stands over what others say later.
    pub ahead: BTreeMap<(u32, DeviceId), i64>,
    /// The arrival of the last fact of the relay's own in each round: whoever has that one has heard all that the relay says.
    pub told: BTreeMap<u32, u64>,
    /// The last arrival taken into account, by scope.
    taken: BTreeMap<Scope, u64>,
    /// The hub's clock: never far ahead of its wall clock because of what others wrote, or of what it answered to them.
    clock: Hlc,
}

impl Cache {
    /// Returns the log of a scope; none for a scope that nothing is known of.
    #[must_use]
    pub fn log(&self, scope: Scope) -> Option<&Log> {
        match scope.round_number() {
            Some(round) => self.rounds.get(&round).map(|round| round.log()),
            None if scope == Scope::PEOPLE => Some(self.people.log()),
            None => Some(self.common.log()),
        }
    }

    /// Returns how far the cache has followed `scope`: an arrival number, 0 for nothing yet.
    #[must_use]
    pub fn taken(&self, scope: Scope) -> u64 {
        self.taken.get(&scope).copied().unwrap_or(0)
    }

    /// Returns the clock that the hub's next fact ticks from.
    #[must_use]
    pub fn clock(&self) -> Hlc {
        self.clock
    }

    /// Takes in what arrived in a scope, at wall clock `now`.
    pub fn take(&mut self, scope: Scope, arrived: Arrived, now: Wall) {
        for fact in &arrived.facts {
            self.clock = self.clock.receive(fact.hlc, now);
        }
        let taken = self.taken.entry(scope).or_default();
        *taken = arrived.last.max(*taken);
        match (scope, scope.round_number()) {
            (Scope::COMMON, _) => self.common.apply_all(arrived.facts),
            (Scope::PEOPLE, _) => self.people.apply_all(arrived.facts),
            (_, Some(round)) => {
                for (device, ms) in arrived.ahead {
                    let known = self.ahead.entry((round, device)).or_default();
                    *known = ms.max(*known);
                }
                let told = self.told.entry(round).or_default();
                *told = arrived.told.max(*told);
                self.rounds.entry(round).or_default().apply_all(arrived.facts)
            }
            (_, None) => false,
        };
    }

    /// Forgets one scope, to be folded again from its first fact: after facts left quarantine or lost their bytes.
    pub fn forget(&mut self, scope: Scope) {
        self.taken.remove(&scope);
        match scope {
            Scope::COMMON => self.common = CommonState::default(),
            Scope::PEOPLE => self.people = PeopleState::default(),
            round => {
                let number = round.round_number().unwrap_or(0);
                self.rounds.remove(&number);
                self.ahead.retain(|(round, _), _| *round != number);
            }
        }
    }
}

/// Returns the fact that a record counts as; `None` while it stands in quarantine, or when it cannot be read.
fn counted(record: &Record) -> Option<Fact> {
    if record.quarantine.is_some() {
        return None;
    }
    written::read(record.place, record.bytes.as_deref()).ok()
}

/// Facts of one scope, in order of arrival.
#[derive(Debug)]
pub struct Arrived {
    /// Those that count: readable and not in quarantine.
    pub facts: Vec<Fact>,
    /// Tablets whose clock was too far ahead of the hub's to be followed, and by how many milliseconds.
    ahead: Vec<(DeviceId, i64)>,
    /// The arrival number of the last one that the hub wrote; 0 for none.
    told: u64,
    /// The arrival number of the last one, whether it counts or not.
    pub last: u64,
}

/// Reads what arrived in `scope` after arrival number `after`; `None` when there is nothing.
///
/// # Errors
/// [`StoreError`] when the store cannot be read.
pub async fn arrived(store: &impl Store, scope: Scope, after: u64) -> Result<Option<Arrived>, StoreError> {
    let mut facts = Vec::new();
    let mut ahead = Vec::new();
    let mut told = 0;
    let mut last = after;
    loop {
        let records = store.arrivals(scope, last, STEP).await?;
        let Some(newest) = records.last() else { break };
        last = newest.arrival;
        for (record, fact) in records.iter().filter_map(|record| Some((record, counted(record)?))) {
            let ms = fact.hlc.ms.saturating_sub(record.received.0);
            if fact.name.device.is_hub() {
                told = record.arrival;
            }
            if ms > MAX_AHEAD_MS && !fact.name.device.is_hub() {
                ahead.push((fact.name.device, ms));
            }
            facts.push(fact);
        }
        if records.len() < STEP {
            break;
        }
    }
    Ok((last > after).then_some(Arrived { facts, ahead, told, last }))
}
