//! Which rounds this device holds, and which one it opens by itself.

use perron_domain::date::Day;
use perron_domain::name::{DeviceId, Scope};
use perron_domain::order;
use perron_domain::state::Common;

/// A round of this device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoundEntry {
    /// Its number, from 1.
    pub number: u32,
    /// Its day.
    pub on: Day,
    /// What people call it.
    pub label: String,
}

impl RoundEntry {
    /// Returns the round's scope.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        Scope::round(self.number)
    }
}

/// Returns the rounds that `device` holds, by day and number.
#[must_use]
pub fn of_device(common: &Common, device: DeviceId) -> Vec<RoundEntry> {
    let assigned = common.rounds.values().filter(|assigned| assigned.devices.contains(&device));
    let entry = |assigned: &perron_domain::fact::RoundAssigned| RoundEntry {
        number: assigned.round,
        on: assigned.on,
        label: assigned.label.clone(),
    };
    let mut rounds: Vec<RoundEntry> = assigned.map(entry).collect();
    order::sort_by_key(&mut rounds, |round| (round.on, round.number));
    rounds
}

/// Returns the round to open: the one chosen last if it is still here, else today's, else the next, else the latest.
#[must_use]
pub fn to_open(rounds: &[RoundEntry], chosen: Option<u32>, today: Day) -> Option<u32> {
    let chosen = chosen.filter(|number| rounds.iter().any(|round| round.number == *number));
    let coming = || rounds.iter().find(|round| round.on >= today);
    chosen.or_else(|| coming().or(rounds.last()).map(|round| round.number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::fact::RoundAssigned;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn common() -> Common {
        let assigned = |round, on: &str, devices: &[u32]| {
            let devices = devices.iter().copied().map(DeviceId).collect();
            (round, RoundAssigned { round, on: day(on), label: format!("T{round}"), devices })
        };
        let rounds =
            [assigned(1, "2021-12-16", &[3]), assigned(2, "2021-12-15", &[3, 4]), assigned(3, "2021-12-17", &[4])];
        Common { rounds: rounds.into_iter().collect(), ..Common::default() }
    }

    #[test]
    fn a_tablet_sees_its_own_rounds_by_day() {
        let numbers: Vec<u32> = of_device(&common(), DeviceId(3)).iter().map(|round| round.number).collect();
        assert_eq!(numbers, [2, 1]);
        assert!(of_device(&common(), DeviceId(9)).is_empty());
    }

    #[test]
    fn todays_round_opens_by_itself_unless_another_was_chosen() {
        let rounds = of_device(&common(), DeviceId(3));
        assert_eq!(to_open(&rounds, None, day("2021-12-16")), Some(1));
        assert_eq!(to_open(&rounds, None, day("2021-12-14")), Some(2));
        assert_eq!(to_open(&rounds, None, day("2022-01-01")), Some(1));
        assert_eq!(to_open(&rounds, Some(2), day("2021-12-16")), Some(2));
        assert_eq!(to_open(&rounds, Some(8), day("2021-12-16")), Some(1), "a round that went away is not kept");
        assert_eq!(to_open(&[], None, day("2021-12-16")), None);
    }
}
