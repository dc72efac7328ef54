//! Opening: both copies are read, the right one counts, and what the other lacks is noted for [`Pair::catch_up`].

use crate::mark::{Brought, Mark};
use crate::pair::{Due, Pair};
use crate::plan::{Decide, LogState, Mended, Plan, decide};
use perron_ledger::operated::Copied;
use perron_ledger::operation::Operation;
use perron_ledger::{MemoryStore, Seal, StoreError};
use perron_store_log::log::Found;
use perron_store_log::store::{erases, replay};
use perron_store_log::{Damage, Files, Log, LogStore, Reading};
use std::collections::VecDeque;

/// How a pair is opened. Anything but the default is a fault, which tests must find.
#[derive(Clone, Copy, Debug)]
pub struct Ways {
    /// How the log is read.
    pub reading: Reading,
    /// How it is decided which copy is right.
    pub decide: Decide,
}

impl Default for Ways {
    fn default() -> Self {
        Self { reading: Reading::default(), decide }
    }
}

/// What was found at opening.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Opening {
    /// Which copy had to be mended, and why; `None` when both were as they should be.
    pub mended: Option<Mended>,
    /// Neither copy held anything: the store begins.
    pub begins: bool,
    /// How many changes neither copy has any more, or do not join without those.
    pub lost: u64,
    /// What of the log could not be read, its torn end included.
    pub damage: Vec<Damage>,
}

fn state(found: &Found, mark: Option<Mark>) -> Option<LogState> {
    let header = found.header?;
    let brought = mark.and_then(|mark| mark.brought);
    let other = |(number, change): &(u64, Operation)| {
        brought.is_some_and(|brought| brought.number == *number && Brought::by(*number, change) != Some(brought))
    };
    Some(LogState {
        era: header.era,
        base: header.base,
        whole_to: found.is_begun_whole().then(|| found.whole_to()),
        last: found.last(),
        contradicts: found.changes.iter().any(other),
    })
}

/// Returns how many changes after `number` are not there, up to the last one that is.
fn missing(found: &Found, number: u64) -> u64 {
    let there = found.changes.iter().filter(|(change, _)| *change > number).count() as u64;
    found.last().saturating_sub(number).saturating_sub(there)
}

/// Takes away how far scopes were pulled, where that was noted behind the first change that is missing after `number`: what is
/// lost must be asked for again.
fn forget_cursors(found: &mut Found, number: u64) {
    let is_cursor = |operation: &Operation| matches!(operation, Operation::SetCursor(..));
    let mut reached = number;
    if !found.is_begun_whole() && found.header.is_some_and(|header| number <= header.base) {
        found.parts.retain(|part| !is_cursor(part));
        // Nothing joins without the parts.
        reached = 0;
    }
    found.changes.retain(|(change, operation)| {
        if *change == reached + 1 {
            reached = *change;
        }
        *change <= reached.max(number) || !is_cursor(operation)
    });
}

/// Opens the pair of the log in `files`, whose bytes pass through `seal`, and of `second`. A log that lacks nothing is enough:
/// the second copy then stays behind while it cannot be read.
///
/// # Errors
/// [`StoreError`] when the copy that counts cannot be read, or the log cannot be written.
pub async fn open<F: Files, S: Seal, B: Copied>(
    files: F,
    seal: S,
    second: B,
    ways: Ways,
) -> Result<(Pair<F, S, B>, Opening), StoreError> {
    let (mut log, mut found) = Log::open(files, ways.reading).await?;
    // A second copy whose mark cannot be read is no copy.
    let (mark, there) = match Mark::of(&second).await {
        Err(StoreError::Damaged(_)) => (None, true),
        Err(_) if found.is_whole() => (None, false),
        other => (other?, true),
    };
    let plan = (ways.decide)(state(&found, mark), mark);
    let mut opening = Opening { damage: std::mem::take(&mut found.damage), ..Opening::default() };
    let memory = MemoryStore::sealed_by(seal);
    let mut due = Due { whole: false, mark, changes: VecDeque::new() };
    let outdated = found.changes.iter().any(|(_, operation)| erases(operation));
    match plan {
        Plan::CatchUp(from) => {
            for (number, change) in found.changes.iter().filter(|(number, _)| *number > from) {
                due.changes.push_back((*number, change.clone().opened(memory.seal())?));
            }
            replay(log.files(), &memory, all(found)).await;
        }
        Plan::Mend(Mended::Second(_)) => {
            let begun = found.header.map_or(0, |header| header.base);
            let parts = found.header.map_or(0, |header| u64::from(header.parts));
            let holes = missing(&found, begun) + parts.saturating_sub(found.parts.len() as u64);
            forget_cursors(&mut found, begun);
            opening.lost = replay(log.files(), &memory, all(found)).await + holes;
            due.whole = true;
            if holes > 0 {
                log.rewrite(log.era() + 1, log.last(), &memory.sealed_export()).await?;
            }
        }
        Plan::Begin | Plan::Mend(Mended::Log(_)) => {
            let Mark { era, number, alone, .. } = mark.unwrap_or_default();
            for part in second.export().await? {
                if !Mark::is_set_by(&part) {
                    memory.apply(part.sealed(memory.seal())?);
                }
            }
            // Numbers of another era are of other changes.
            let of_later_era = found.header.is_some_and(|header| header.era > era);
            if of_later_era && !alone {
                // What its torn beginning held beyond the second copy is not known: something may be lost.
                opening.lost = 1 + found.changes.len() as u64;
            } else if !alone && found.header.is_some_and(|header| header.era == era) {
                opening.lost = missing(&found, number);
                forget_cursors(&mut found, number);
                for (number, change) in found.changes.into_iter().filter(|(change, _)| *change > number) {
                    due.changes.push_back((number, change.clone().opened(memory.seal())?));
                    opening.lost += replay(log.files(), &memory, [change]).await;
                }
            }
            let (era, last) = (era.max(log.era()) + 1, number.max(log.last()));
            log.rewrite(era, last, &memory.sealed_export()).await?;
        }
    }
    opening.mended = match plan {
        // What is not there is not mended either.
        Plan::Mend(mended) => there.then_some(mended),
        Plan::Begin | Plan::CatchUp(_) => None,
    };
    opening.begins = plan == Plan::Begin && mark.is_none();
    let era = log.era();
    Ok((Pair::of(LogStore::of(log, memory, outdated), second, era, due), opening))
}

fn all(found: Found) -> impl Iterator<Item = Operation> {
    found.parts.into_iter().chain(found.changes.into_iter().map(|(_, change)| change))
}
