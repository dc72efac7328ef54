//! Which copy is right, decided from numbers alone.
//!
//! | What is found | Which counts |
//! |---|---|
//! | one copy is missing or empty | the other |
//! | the second copy was used alone | the second copy |
//! | the log's beginning is torn | the second copy, however far it has come: without its beginning a log gives nothing |
//! | another era | the copy of the later era: the other contradicted it before and was not mended |
//! | other facts under the same number | the second copy: the log was put back to an earlier day |
//! | the log is whole, the second copy lags by changes that the log has | the log; nothing was lost |
//! | the log is whole, the second copy lags by more than the log still has one by one | the log; the second copy is written anew |
//! | the second copy is ahead | the second copy: the log lost its end |
//! | the log misses changes that the second copy has | the second copy, and then the log's later changes |
//! | the log misses changes that the second copy has not | the log, as far as its changes still join |
//!
//! Because changes stand in the order of each chain, this gives for each chain the longest prefix whose running hash holds:
//! a store refuses a change that does not join.

use crate::mark::Mark;

/// What the log says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogState {
    /// Its era.
    pub era: u64,
    /// The last change before those that it still has one by one.
    pub base: u64,
    /// The number up to which nothing is missing; `None` when its beginning is torn.
    pub whole_to: Option<u64>,
    /// The number of its last change.
    pub last: u64,
    /// It has other facts under a number than those that the second copy was given.
    pub contradicts: bool,
}

/// Why a copy must be mended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// It is gone, or empty.
    Lost,
    /// It ends before the other one: it lost its end, or was put back to an earlier day.
    Behind,
    /// A part of it cannot be read.
    Damaged,
    /// It is of an earlier era.
    Earlier,
}

/// Which copy is mended from the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mended {
    /// The log.
    Log(Why),
    /// The second copy.
    Second(Why),
}

/// What is done at opening.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plan {
    /// There is no log yet: it begins with what the second copy holds.
    Begin,
    /// The log counts; the second copy is given the changes after this number.
    CatchUp(u64),
    /// One copy is mended.
    Mend(Mended),
}

/// A way to decide. Anything but [`decide`] is a fault, which tests must find.
pub type Decide = fn(Option<LogState>, Option<Mark>) -> Plan;

/// Decides from what the log says of itself (`None`: there is none) and the mark of the second copy.
#[must_use]
pub fn decide(log: Option<LogState>, mark: Option<Mark>) -> Plan {
    let (log, mark) = match (log, mark) {
        (None, None) => return Plan::Begin,
        (None, Some(mark)) if mark.alone => return Plan::Begin,
        (None, Some(_)) => return Plan::Mend(Mended::Log(Why::Lost)),
        (Some(_), None) => return Plan::Mend(Mended::Second(Why::Lost)),
        (Some(log), Some(mark)) => (log, mark),
    };
    let Some(whole_to) = log.whole_to else { return Plan::Mend(Mended::Log(Why::Damaged)) };
    if mark.alone || mark.era > log.era {
        return Plan::Mend(Mended::Log(Why::Earlier));
    }
    if mark.era < log.era {
        return Plan::Mend(Mended::Second(Why::Earlier));
    }
    if log.contradicts {
        return Plan::Mend(Mended::Log(Why::Behind));
    }
    let whole = whole_to == log.last;
    if mark.number < log.base {
        return Plan::Mend(Mended::Second(Why::Behind));
    }
    if mark.number > log.last {
        return Plan::Mend(Mended::Log(if whole { Why::Behind } else { Why::Damaged }));
    }
    if whole {
        return Plan::CatchUp(mark.number);
    }
    if mark.number >= whole_to {
        return Plan::Mend(Mended::Log(Why::Damaged));
    }
    Plan::Mend(Mended::Second(Why::Damaged))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: LogState = LogState { era: 2, base: 10, whole_to: Some(20), last: 20, contradicts: false };

    fn mark(era: u64, number: u64) -> Mark {
        Mark { era, number, ..Mark::default() }
    }

    fn with(number: u64) -> Plan {
        decide(Some(LOG), Some(mark(2, number)))
    }

    #[test]
    fn a_second_copy_that_lags_is_given_what_it_lacks() {
        assert_eq!(with(20), Plan::CatchUp(20));
        assert_eq!(with(10), Plan::CatchUp(10));
        assert_eq!(with(9), Plan::Mend(Mended::Second(Why::Behind)));
    }

    #[test]
    fn the_longer_copy_counts() {
        assert_eq!(with(21), Plan::Mend(Mended::Log(Why::Behind)));
    }

    #[test]
    fn a_hole_is_filled_by_the_copy_that_has_it() {
        let holed = Some(LogState { whole_to: Some(14), ..LOG });
        let at = |number| decide(holed, Some(mark(2, number)));
        assert_eq!(at(14), Plan::Mend(Mended::Log(Why::Damaged)));
        assert_eq!(at(20), Plan::Mend(Mended::Log(Why::Damaged)));
        assert_eq!(at(13), Plan::Mend(Mended::Second(Why::Damaged)));
    }

    #[test]
    fn a_log_without_its_beginning_gives_nothing() {
        let torn = Some(LogState { whole_to: None, ..LOG });
        for mark in [mark(2, 9), mark(2, 10), mark(2, 20), mark(1, 3)] {
            assert_eq!(decide(torn, Some(mark)), Plan::Mend(Mended::Log(Why::Damaged)));
        }
        assert_eq!(decide(torn, None), Plan::Mend(Mended::Second(Why::Lost)));
    }

    #[test]
    fn a_log_that_was_put_back_contradicts_the_second_copy() {
        let other = Some(LogState { contradicts: true, ..LOG });
        assert_eq!(decide(other, Some(mark(2, 20))), Plan::Mend(Mended::Log(Why::Behind)));
    }

    #[test]
    fn what_was_used_alone_counts_more_than_an_old_log() {
        let alone = Some(Mark { alone: true, ..mark(2, 12) });
        assert_eq!(decide(Some(LOG), alone), Plan::Mend(Mended::Log(Why::Earlier)));
        assert_eq!(decide(None, alone), Plan::Begin);
    }

    #[test]
    fn what_is_gone_comes_from_the_other_and_a_later_era_counts_more_than_a_higher_number() {
        assert_eq!(decide(None, None), Plan::Begin);
        assert_eq!(decide(None, Some(mark(1, 1))), Plan::Mend(Mended::Log(Why::Lost)));
        assert_eq!(decide(Some(LOG), None), Plan::Mend(Mended::Second(Why::Lost)));
        assert_eq!(decide(Some(LOG), Some(mark(3, 4))), Plan::Mend(Mended::Log(Why::Earlier)));
        assert_eq!(decide(Some(LOG), Some(mark(1, 99))), Plan::Mend(Mended::Second(Why::Earlier)));
    }
}
