//! What to send and what to ask for, from what both sides say they have. Pure: it decides, others do.

use super::message::{BatchAnswer, ChainHead, FactAnswer, Gap, Reached};
use crate::chain::{Chain, Head};
use crate::store::{Cursor, Epoch, Outgoing};
use perron_domain::name::Scope;
use std::collections::BTreeMap;

/// How many facts a tablet sends in one batch, so that an interruption costs little.
pub const PUSH_BATCH: u32 = 200;

/// How many facts a tablet asks for in one answer.
pub const PULL_LIMIT: u32 = 1000;

/// Returns what to push next of the chains written here: one stretch for each that is not stuck, oldest first.
///
/// After the answer, ask again: the plan follows what was acknowledged, so it resumes wherever it was interrupted.
#[must_use]
pub fn next_push(outbox: &[Outgoing], most: u32) -> Vec<Gap> {
    let open = outbox.iter().filter(|outgoing| outgoing.stuck.is_none() && outgoing.waiting() > 0);
    open.map(|outgoing| {
        let from = outgoing.acknowledged.saturating_add(1);
        let to = outgoing.head.number.min(outgoing.acknowledged.saturating_add(most.max(1)));
        Gap { chain: outgoing.chain, from, to }
    })
    .collect()
}

/// What the tablet does with the answer to one of its batches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterPush {
    /// The hub has the chain up to this number; go on.
    Acknowledged(u32),
    /// The hub asks for earlier facts: push from this number.
    PushFrom(u32),
    /// The branch is kept under another device number: fetch that chain, then move there ([`crate::fork::go_on`]).
    GoOnAs(super::ForkAnswer),
    /// Refused for a reason that passes: try again later.
    Later(super::Code),
    /// Refused for a reason that somebody must look at, from this fact on.
    Stuck(super::Code, u32),
}

/// Reads the answer to a batch whose first fact was `from` of a chain whose head here is `ours`.
///
/// A head of the hub counts only as far as ours goes; that it is the same chain the hub has checked.
#[must_use]
pub fn after_push(answer: &BatchAnswer, from: u32, ours: Head) -> AfterPush {
    if let Some(fork) = answer.fork {
        return AfterPush::GoOnAs(fork);
    }
    if let Some(missing) = answer.missing {
        return AfterPush::PushFrom(missing.max(1));
    }
    if let Some(code) = answer.refusal {
        let refused = answer.facts.iter().position(|fact| *fact == FactAnswer::Refused);
        let number = from.saturating_add(u32::try_from(refused.unwrap_or_default()).unwrap_or_default());
        return if code.is_passing() { AfterPush::Later(code) } else { AfterPush::Stuck(code, number) };
    }
    AfterPush::Acknowledged(answer.head.map_or(0, |head| head.number.min(ours.number)))
}

/// How a chain here and the same chain there differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// They have less: send these.
    Push(Gap),
    /// We have less: ask for these, from the first that is missing.
    Ask(Gap),
    /// As many facts, another head: a fork. Push from the first fact, so that the hub finds where they part.
    Fork(Chain),
}

/// Compares heads on both sides of the scopes given and returns what to do, chain by chain.
#[must_use]
pub fn compare(ours: &[ChainHead], theirs: &[ChainHead]) -> Vec<Step> {
    let mut both: BTreeMap<Chain, (Option<Head>, Option<Head>)> = BTreeMap::new();
    for each in ours {
        both.entry(each.chain).or_default().0 = Some(each.head);
    }
    for each in theirs {
        both.entry(each.chain).or_default().1 = Some(each.head);
    }
    let number = |head: Option<Head>| head.map_or(0, |head| head.number);
    both.into_iter()
        .filter_map(|(chain, (ours, theirs))| {
            let (here, there) = (number(ours), number(theirs));
            match here.cmp(&there) {
                std::cmp::Ordering::Greater => Some(Step::Push(Gap { chain, from: there.saturating_add(1), to: here })),
                std::cmp::Ordering::Less => Some(Step::Ask(Gap { chain, from: here.saturating_add(1), to: there })),
                std::cmp::Ordering::Equal if ours != theirs => Some(Step::Fork(chain)),
                std::cmp::Ordering::Equal => None,
            }
        })
        .collect()
}

/// Returns where to pull a scope from: after the cursor in its own epoch, from the start in a new one.
#[must_use]
pub fn pull_from(scope: Scope, cursor: Option<Cursor>, epoch: Epoch) -> Reached {
    let arrival = cursor.filter(|cursor| cursor.epoch == epoch).map_or(0, |cursor| cursor.arrival);
    Reached { scope, arrival }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Hash;
    use perron_domain::name::DeviceId;

    fn chain(device: u32) -> Chain {
        Chain::new(Scope::round(1), DeviceId(device))
    }

    fn head(device: u32, number: u32, mark: u8) -> ChainHead {
        ChainHead { chain: chain(device), head: Head { number, hash: Hash([mark; 32]) } }
    }

    fn outgoing(number: u32, acknowledged: u32) -> Outgoing {
        Outgoing { chain: chain(3), head: head(3, number, 1).head, acknowledged, stuck: None }
    }

    #[test]
    fn a_push_goes_on_after_what_was_acknowledged_and_ends() {
        let (mut outgoing, mut sent) = (outgoing(350, 0), Vec::new());
        while let Some(gap) = next_push(&[outgoing], 100).first().copied() {
            sent.push((gap.from, gap.to));
            outgoing.acknowledged = gap.to;
        }
        assert_eq!(sent, [(1, 100), (101, 200), (201, 300), (301, 350)]);
    }

    #[test]
    fn what_is_stuck_is_not_pushed() {
        let stuck =
            crate::store::Stuck { why: super::super::Code::DeviceBlocked, number: 1, since: Default::default() };
        assert!(next_push(&[Outgoing { stuck: Some(stuck), ..outgoing(5, 0) }], 100).is_empty());
    }

    #[test]
    fn heads_are_compared_chain_by_chain() {
        let ours = [head(1, 5, 1), head(2, 5, 1), head(3, 9, 1), head(4, 7, 1)];
        let theirs = [head(1, 5, 1), head(2, 5, 2), head(3, 4, 1), head(5, 2, 1)];
        let expected = [
            Step::Fork(chain(2)),
            Step::Push(Gap { chain: chain(3), from: 5, to: 9 }),
            Step::Push(Gap { chain: chain(4), from: 1, to: 7 }),
            Step::Ask(Gap { chain: chain(5), from: 1, to: 2 }),
        ];
        assert_eq!(compare(&ours, &theirs), expected);
    }

    #[test]
    fn a_cursor_of_another_epoch_is_not_used() {
        let cursor = Some(Cursor { epoch: Epoch(1), arrival: 40 });
        assert_eq!(pull_from(Scope::COMMON, cursor, Epoch(1)).arrival, 40);
        assert_eq!(pull_from(Scope::COMMON, cursor, Epoch(2)).arrival, 0);
        assert_eq!(pull_from(Scope::COMMON, None, Epoch(2)).arrival, 0);
    }
}
