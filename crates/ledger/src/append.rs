//! What may be appended to a chain, and the judgement that every store makes inside its transaction.
//!
//! The judgement is written once, here, and is pure: a store reads the stretch of the chain that overlaps, asks
//! [`judge`], writes what it says and commits. So memory, SQLite and IndexedDB cannot disagree about a fork.

use crate::chain::{Chain, Head, SignedHead, leaf};
use crate::hash::Hash;
use minicbor::{Decode, Encode};
use perron_domain::time::Wall;

/// Why a fact stands in quarantine: kept in its place, not applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Quarantine {
    /// Its bytes are not an envelope that this version can read.
    #[n(1)]
    Unreadable,
    /// Its author or device was not allowed to write it.
    #[n(2)]
    NotAllowed,
    /// It names a person, a vial or another thing that its scope does not have.
    #[n(3)]
    Meaningless,
    /// It is larger than [`crate::MAX_FACT_BYTES`]; only its leaf is kept here, its author keeps the bytes.
    #[n(4)]
    TooLarge,
}

/// A fact on its way into a chain: its exact bytes, or only its leaf where they were erased.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct NewFact {
    /// The hash of the bytes.
    #[n(0)]
    pub leaf: Hash,
    /// The exact bytes of the author; `None` when they were erased.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bytes: Option<Vec<u8>>,
    /// Set when the fact goes into quarantine.
    #[n(2)]
    pub quarantine: Option<Quarantine>,
}

impl NewFact {
    /// A fact with its bytes.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { leaf: leaf(&bytes), bytes: Some(bytes), quarantine: None }
    }

    /// A fact of which only the leaf is left.
    #[must_use]
    pub const fn erased(leaf: Hash) -> Self {
        Self { leaf, bytes: None, quarantine: None }
    }

    /// The same fact, in quarantine.
    #[must_use]
    pub fn quarantined(mut self, why: Quarantine) -> Self {
        self.quarantine = Some(why);
        self
    }
}

/// Whether facts were written on this device or came from another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Origin {
    /// Written here: they go to the outbox until somebody acknowledges them.
    #[n(0)]
    Here,
    /// Received: the sender has them already.
    #[n(1)]
    Elsewhere,
}

/// A stretch of one chain to be stored in one short transaction.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Append {
    /// The chain.
    #[n(0)]
    pub chain: Chain,
    /// The head that the first fact follows: the expected head. Number 0 is the chain's start ([`Head::start`]).
    #[n(1)]
    pub after: Head,
    /// The facts, in order.
    #[n(2)]
    pub facts: Vec<NewFact>,
    /// The signed head at the end of the facts (or later on the way), kept in the same transaction.
    #[n(3)]
    pub signed: Option<SignedHead>,
    /// Written here, or received.
    #[n(4)]
    pub origin: Origin,
    /// The wall clock of this device now: the time of receipt.
    #[n(5)]
    pub received: Wall,
}

/// The answer to an append. Never a silent success.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Appended {
    /// At least one fact is new and is durable now.
    Stored {
        /// The chain's head after the append.
        head: Head,
        /// The number of the first fact that is new.
        first_new: u32,
        /// The arrival number of that fact; those after it follow without a gap.
        first_arrival: u64,
    },
    /// Every fact was there already, with the same leaf.
    Identical {
        /// The chain's head, which may lie further than the facts given.
        head: Head,
    },
    /// Refused: the chain has different content (a fork). Nothing was written.
    Different {
        /// The first number known to differ; when the chains differ before the facts given, the number of `after`.
        at: u32,
        /// The chain's head.
        head: Head,
    },
    /// Refused: the facts do not join the end of the chain. Nothing was written.
    Hole {
        /// The chain's head, or `None` when no fact of the chain is known.
        head: Option<Head>,
    },
}

/// What a store knows of one fact when it judges an append.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
    /// Its leaf.
    pub leaf: Hash,
    /// The running hash after it.
    pub head: Hash,
}

/// What a store must do with an append.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Write the facts from this index on; the first of them follows `head`.
    Write {
        /// The index in [`Append::facts`] of the first new fact.
        skip: usize,
        /// The chain's head now.
        head: Head,
    },
    /// Write nothing and answer this.
    Answer(Appended),
}

/// Judges an append against a chain, whose head is `head` (`None`: no fact yet, nothing known of its start).
///
/// `overlap` must answer for each number from `append.after.number` (when above 0) to `head.number` what is stored
/// there, and for number 0 the chain's start as head (its leaf is not looked at); `None` counts as different.
pub fn judge(append: &Append, head: Option<Head>, overlap: impl Fn(u32) -> Option<Known>) -> Verdict {
    let Some(head) = head else {
        return match append.after.number {
            0 if append.facts.is_empty() => Verdict::Answer(Appended::Identical { head: append.after }),
            0 => Verdict::Write { skip: 0, head: append.after },
            _ => Verdict::Answer(Appended::Hole { head: None }),
        };
    };
    if append.after.number > head.number {
        return Verdict::Answer(Appended::Hole { head: Some(head) });
    }
    let joined = if append.after.number == head.number {
        Some(head.hash)
    } else {
        overlap(append.after.number).map(|known| known.head)
    };
    if joined != Some(append.after.hash) {
        return Verdict::Answer(Appended::Different { at: append.after.number, head });
    }
    let mut number = append.after.number;
    for (index, fact) in append.facts.iter().enumerate() {
        if number == head.number {
            return Verdict::Write { skip: index, head };
        }
        number += 1;
        if overlap(number).map(|known| known.leaf) != Some(fact.leaf) {
            return Verdict::Answer(Appended::Different { at: number, head });
        }
    }
    Verdict::Answer(Appended::Identical { head })
}
