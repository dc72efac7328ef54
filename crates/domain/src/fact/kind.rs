//! What is known of a kind of fact, whoever reads it: the columns of the one table in `fact/mod.rs`.
//!
//! Encoding, rights, whom a fact is about, the refusal of corrections, the page of the protocol and the fuzzers read
//! their answers here, so that none of them can tell another story.

use super::KINDS;
use crate::name::{DeviceId, Scope};

/// One line of the table of kinds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kind {
    /// Its number, never used twice.
    pub number: u16,
    /// Its name.
    pub name: &'static str,
    /// What such a fact says, in a sentence.
    pub says: &'static str,
    /// Where it may stand.
    pub home: Home,
    /// Who may write it.
    pub writer: Writer,
    /// Whether it is about one person: then it carries a salt, and its bytes may be erased.
    pub personal: bool,
    /// Who may correct it.
    pub corrected: Corrector,
    /// What a device does that does not know it.
    pub unknown: Unknown,
}

/// Where facts of a kind may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Home {
    /// In `common`, which every device holds.
    Common,
    /// Among the people, whom the hub alone holds.
    People,
    /// In a round.
    Round,
    /// In any scope.
    Any,
}

impl Home {
    /// Says whether a scope is of this sort.
    #[must_use]
    pub fn holds(self, scope: Scope) -> bool {
        match self {
            Self::Common => scope == Scope::COMMON,
            Self::People => scope == Scope::PEOPLE,
            Self::Round => scope.round_number().is_some(),
            Self::Any => true,
        }
    }
}

/// Who may write facts of a kind. The hub carries the desk's pen, so that its chains may hold what either writes; late
/// entries are made at the desk, so that it may write what a team writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Writer {
    /// The hub, of itself.
    Hub,
    /// The relay's desk, through the hub.
    Desk,
    /// A team, on its tablet.
    Team,
    /// A team or the desk.
    Both,
}

impl Writer {
    /// Says whether a device may write what this writer writes.
    #[must_use]
    pub const fn may_be(self, device: DeviceId) -> bool {
        device.is_hub() || matches!(self, Self::Team | Self::Both)
    }
}

/// Who may correct or withdraw facts of a kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Corrector {
    /// Nobody: another fact says what is so now.
    No,
    /// The relay's desk.
    Desk,
    /// The desk, and a team where a team wrote the fact.
    Team,
}

/// What a device does with a fact of a kind that it does not know. It keeps and forwards it in any case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unknown {
    /// It forbids what depends on it (`must_understand`).
    Forbid,
    /// It goes on without it.
    Skip,
}

impl Kind {
    /// Returns the line of a number; none for a kind that this version does not know.
    #[must_use]
    pub fn of(number: u16) -> Option<&'static Self> {
        let place = KINDS.partition_point(|kind| kind.number < number);
        KINDS.get(place).filter(|kind| kind.number == number)
    }

    /// Says whether `device` may write facts of this number into `scope`.
    ///
    /// In `common` and among the people only the hub writes. Of a kind that this version does not know, the numbers up to
    /// 30 are the relay's.
    #[must_use]
    pub fn may_stand(number: u16, device: DeviceId, scope: Scope) -> bool {
        let there = device.is_hub() || scope.round_number().is_some();
        there && Self::of(number).is_none_or(|kind| kind.home.holds(scope)) && Self::may_write(number, device)
    }

    /// Says whether `device` may write facts of this number where they are at home.
    #[must_use]
    pub fn may_write(number: u16, device: DeviceId) -> bool {
        match Self::of(number) {
            Some(kind) => kind.writer.may_be(device),
            None => device.is_hub() || number > LAST_OF_THE_RELAY,
        }
    }
}

/// The last number of the kinds that the relay writes; the others begin in a round.
const LAST_OF_THE_RELAY: u16 = 30;

// The numbers ascend, so that none stands twice and a line is found by halving.
const _: () = {
    let mut place = 1;
    while place < KINDS.len() {
        assert!(KINDS[place - 1].number < KINDS[place].number, "the table of kinds must ascend");
        place += 1;
    }
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_by_its_number_and_no_other() {
        for kind in KINDS {
            assert_eq!(Kind::of(kind.number), Some(kind));
        }
        assert_eq!(Kind::of(0), None);
        assert_eq!(Kind::of(60_000), None);
    }

    #[test]
    fn a_kind_stands_where_it_is_at_home_and_a_team_writes_its_own() {
        let (hub, tablet, round) = (DeviceId::HUB, DeviceId(2), Scope::round(1));
        assert!(Kind::may_stand(69, tablet, round), "a dose, on a tablet");
        assert!(!Kind::may_stand(69, hub, Scope::COMMON), "a dose belongs to a round");
        assert!(!Kind::may_stand(38, tablet, round) && Kind::may_stand(38, hub, round), "the relay cancels a round");
        assert!(!Kind::may_stand(20, tablet, Scope::PEOPLE) && Kind::may_stand(20, hub, Scope::PEOPLE));
        assert!(!Kind::may_stand(20, tablet, round), "the people are in no round");
    }

    #[test]
    fn of_an_unknown_kind_a_team_writes_in_its_round_above_the_relays_numbers() {
        let tablet = DeviceId(2);
        assert!(Kind::may_stand(60_000, tablet, Scope::round(1)));
        assert!(!Kind::may_stand(29, tablet, Scope::round(1)));
        assert!(!Kind::may_stand(60_000, tablet, Scope::COMMON) && !Kind::may_stand(114, tablet, Scope::COMMON));
        assert!(Kind::may_stand(29, DeviceId::HUB, Scope::COMMON));
    }
}
