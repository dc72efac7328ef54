//! Which rounds this device holds, and which one it opens by itself.

use perron_domain::date::Day;
use perron_domain::name::{DeviceId, FactName, Scope};
use perron_domain::state::{Common, Round, State, Timer};
use perron_domain::time::Wall;
use perron_domain::{door, order};
use perron_ledger::{Store, StoreError};
use perron_tablet::{Identity, Keeper};

/// A round of this device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoundEntry {
    /// Its number, from 1.
    pub number: u32,
    /// Its day.
    pub on: Day,
    /// What people call it.
    pub label: String,
    /// Why the relay gave it up, where it did: then nobody opens it any more.
    pub cancelled: Option<String>,
}

impl RoundEntry {
    /// Returns the round's scope.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        Scope::round(self.number)
    }
}

/// Somebody who is watched on a round that is not the one on the screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObservedElsewhere {
    /// The round.
    pub round: u32,
    /// The dossier there.
    pub person: FactName,
    /// The name that the bar shows.
    pub who: String,
    /// Until when, on the scale of the hub.
    pub until: Wall,
}

/// Returns the name by which the bar calls somebody who is watched.
#[must_use]
pub fn watched_name(round: &Round, person: FactName) -> String {
    round.people.get(&person).map_or_else(String::new, |visit| {
        let record = &visit.record;
        record.used_name.as_ref().unwrap_or(&record.birth_name).clone()
    })
}

/// Returns who is watched on a round that is about to leave the screen, or is read beside the one that is on it.
#[must_use]
pub fn observed(number: u32, round: &Round) -> Vec<ObservedElsewhere> {
    let one = |timer: Timer| ObservedElsewhere {
        round: number,
        person: timer.person,
        who: watched_name(round, timer.person),
        until: timer.until,
    };
    round.timers().into_iter().map(one).collect()
}

/// Returns the other rounds whose observations may still run: those of yesterday, today and tomorrow.
#[must_use]
pub fn about_today(rounds: &[RoundEntry], open: Option<u32>, today: Day) -> Vec<u32> {
    let near = |round: &&RoundEntry| (round.on.0 - today.0).num_days().abs() <= 1 && Some(round.number) != open;
    rounds.iter().filter(near).map(|round| round.number).collect()
}

/// Returns the rounds that `device` holds, by day and number, those that were given up among them.
#[must_use]
pub fn of_device(common: &Common, device: DeviceId) -> Vec<RoundEntry> {
    let assigned = common.rounds.values().filter(|assigned| assigned.devices.contains(&device));
    let entry = |assigned: &perron_domain::fact::RoundAssigned| RoundEntry {
        number: assigned.round,
        on: assigned.on,
        label: assigned.label.clone(),
        cancelled: assigned.cancelled.clone(),
    };
    let mut rounds: Vec<RoundEntry> = assigned.map(entry).collect();
    order::sort_by_key(&mut rounds, |round| (round.on, round.number));
    rounds
}

/// Says whether a team has begun a round: it then stays open on its tablet, even where the relay gave it up without knowing.
#[must_use]
pub fn begun(round: &Round) -> bool {
    round.departed.is_some() || !round.loads.is_empty() || round.acts.values().any(|act| !act.given.is_empty())
}

/// Returns the rounds that the relay gave up and nobody here has read of yet; those of days long past say nothing any more.
#[must_use]
pub fn given_up(rounds: &[RoundEntry], read: &[u32], today: Day) -> Vec<RoundEntry> {
    let tell = |round: &&RoundEntry| {
        round.cancelled.is_some() && !read.contains(&round.number) && today.days_since(round.on) <= 1
    };
    rounds.iter().filter(tell).cloned().collect()
}

/// Returns the round to open: the one chosen last if it is still here, else today's, else the next, else the latest. None that was
/// given up.
#[must_use]
pub fn to_open(rounds: &[RoundEntry], chosen: Option<u32>, today: Day) -> Option<u32> {
    let rounds: Vec<&RoundEntry> = rounds.iter().filter(|round| round.cancelled.is_none()).collect();
    let chosen = chosen.filter(|number| rounds.iter().any(|round| round.number == *number));
    let coming = || rounds.iter().find(|round| round.on >= today);
    chosen.or_else(|| coming().or(rounds.last()).map(|round| round.number))
}

/// Returns the round to open: one that a team has begun although the relay gave it up, or else the one that is next.
pub(super) async fn begun_or_next<S: Store>(
    keeper: &Keeper<S>,
    me: Option<&Identity>,
    held: &[RoundEntry],
    chosen: Option<u32>,
    common: &Common,
    now: Wall,
) -> Result<Option<u32>, StoreError> {
    let today = door::today(&Round::default(), common, now);
    let near = |round: &&RoundEntry| round.cancelled.is_some() && (round.on.days_since(today)).abs() <= 1;
    for round in held.iter().filter(near) {
        let read: State<Round> = keeper.load(Scope::round(round.number), me, now).await?;
        if begun(&read) && read.closed_at.is_none() {
            return Ok(Some(round.number));
        }
    }
    Ok(to_open(held, chosen, today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::fact::RoundAssigned;

    #[test]
    fn only_rounds_about_today_are_read_beside_the_open_one() {
        let entry = |number, on: &str| RoundEntry { number, on: day(on), label: String::new(), cancelled: None };
        let rounds = [entry(1, "2021-12-01"), entry(2, "2021-12-15"), entry(3, "2021-12-16"), entry(4, "2021-12-16")];
        assert_eq!(about_today(&rounds, Some(3), day("2021-12-16")), [2, 4]);
    }

    #[test]
    fn somebody_watched_on_a_round_that_leaves_the_screen_stays_known() {
        use perron_testkit::world;
        let mut tablet = world::tablet_with(vec![world::person("Parapluie", "1937-05-04", &[world::VIAL])]);
        let (_, vial) = tablet.open_vial(1);
        let who = tablet.people()[0];
        let act = tablet.prepare(who);
        tablet.run(perron_domain::Command::Give(world::give(act, vial, tablet.now))).unwrap();
        let left = observed(7, &tablet.round);
        assert_eq!((left[0].round, left[0].person, left[0].who.as_str()), (7, who, "Parapluie"));
        assert_eq!(left[0].until, tablet.now.plus_minutes(20));
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn common() -> Common {
        let assigned = |round, on: &str, devices: &[u32]| {
            let devices = devices.iter().copied().map(DeviceId).collect();
            (round, RoundAssigned { round, on: day(on), label: format!("T{round}"), devices, cancelled: None })
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
    fn a_round_given_up_is_not_opened_and_is_told_until_it_was_read() {
        let mut common = common();
        common.rounds.get_mut(&1).unwrap().cancelled = Some("Neige".into());
        let rounds = of_device(&common, DeviceId(3));
        let today = day("2021-12-16");
        assert_eq!(to_open(&rounds, Some(1), today), Some(2), "chosen before, and given up since");
        let told = given_up(&rounds, &[], today);
        assert_eq!((told[0].number, told[0].cancelled.as_deref()), (1, Some("Neige")));
        assert!(given_up(&rounds, &[1], today).is_empty());
        assert!(given_up(&rounds, &[], day("2021-12-25")).is_empty());
    }

    #[test]
    fn a_round_that_a_team_has_begun_stays_open() {
        use perron_testkit::world;
        let mut tablet = world::tablet_with(vec![world::person("Parapluie", "1937-05-04", &[world::VIAL])]);
        assert!(!begun(&tablet.round));
        tablet.ok(perron_domain::Command::Load(world::vial_load("V1", 1)));
        assert!(begun(&tablet.round));
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
