//! What a store is asked to change, as a value: it can be written down, and done again elsewhere.
//!
//! A log keeps operations in the order in which they were done; a second copy of a store does them again. Done a second
//! time in the same order, operations lead to the same content.

use crate::append::{Append, Appended, Quarantine};
use crate::chain::{Chain, Place, SignedHead};
use crate::hash::Hash;
use crate::seal::{Seal, SealError, Slot};
use crate::store::{Cursor, Fork, Store, StoreError, Stuck, Waiting};
use minicbor::{Decode, Encode};
use perron_domain::name::Scope;

/// One change of a store: each variant is the method of [`Store`] of that name.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Operation {
    /// [`Store::append`].
    #[n(0)]
    Append {
        /// The facts.
        #[n(0)]
        append: Append,
        /// The arrival number of the first new fact; `None`: the next one.
        #[n(1)]
        arrival: Option<u64>,
    },
    /// [`Store::erase`].
    #[n(1)]
    Erase(#[n(0)] Place),
    /// [`Store::set_quarantine`].
    #[n(2)]
    SetQuarantine(#[n(0)] Place, #[n(1)] Option<Quarantine>),
    /// [`Store::forget`].
    #[n(3)]
    Forget(#[n(0)] Scope),
    /// [`Store::keep_signed`].
    #[n(4)]
    KeepSigned(#[n(0)] SignedHead),
    /// [`Store::acknowledge`].
    #[n(5)]
    Acknowledge(#[n(0)] Chain, #[n(1)] u32),
    /// [`Store::set_stuck`].
    #[n(6)]
    SetStuck(#[n(0)] Chain, #[n(1)] Option<Stuck>),
    /// [`Store::hold`].
    #[n(7)]
    Hold(#[n(0)] Waiting),
    /// [`Store::drop_held`].
    #[n(8)]
    DropHeld(#[n(0)] Chain, #[n(1)] u32, #[n(2)] Hash),
    /// [`Store::keep_fork`].
    #[n(9)]
    KeepFork(#[n(0)] Fork),
    /// [`Store::rehome`].
    #[n(10)]
    Rehome {
        /// The chain that loses its end.
        #[n(0)]
        old: Chain,
        /// The first number that it loses.
        #[n(1)]
        at: u32,
        /// The facts under their new number.
        #[n(2)]
        new: Append,
        /// The arrival number of the first new fact; `None`: the next one.
        #[n(3)]
        arrival: Option<u64>,
    },
    /// [`Store::set_cursor`].
    #[n(11)]
    SetCursor(#[n(0)] Scope, #[n(1)] Cursor),
    /// [`Store::set_named`].
    #[n(12)]
    SetNamed(#[n(0)] String, #[cbor(n(1), with = "minicbor::bytes")] Vec<u8>),
    /// [`Store::delete_named`].
    #[n(13)]
    DeleteNamed(#[n(0)] String),
    /// Arrival numbers up to this one were given, also those whose facts are forgotten since.
    #[n(14)]
    ArrivalsTo(#[n(0)] u64),
}

/// What a store answers to an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// To an append or a move.
    Appended(Appended),
    /// Whether what it is about was there.
    Changed(bool),
    /// Nothing to say.
    Done,
}

impl Answer {
    /// Returns the answer to an append; for anything else one that no append gives.
    pub fn appended(self) -> Appended {
        match self {
            Self::Appended(appended) => appended,
            Self::Changed(_) | Self::Done => Appended::Hole { head: None },
        }
    }

    /// Returns whether what the operation is about was there.
    #[must_use]
    pub const fn changed(self) -> bool {
        matches!(self, Self::Changed(true))
    }

    /// Returns whether the store refuses the facts.
    #[must_use]
    pub const fn refuses(self) -> bool {
        matches!(self, Self::Appended(Appended::Different { .. } | Appended::Hole { .. }))
    }
}

/// Seals or opens bytes.
type Pass<'a> = &'a dyn Fn(Slot<'_>, &[u8]) -> Result<Vec<u8>, SealError>;

fn seal_append(append: &mut Append, pass: Pass<'_>) -> Result<(), SealError> {
    let mut number = append.after.number;
    for fact in &mut append.facts {
        number = number.saturating_add(1);
        if let Some(bytes) = &mut fact.bytes {
            *bytes = pass(Slot::Fact(append.chain.at(number)), bytes)?;
        }
    }
    Ok(())
}

impl Operation {
    fn passed(mut self, pass: Pass<'_>) -> Result<Self, SealError> {
        match &mut self {
            Self::Append { append, .. } => seal_append(append, pass)?,
            // What a move deletes is found by leaves; what it appends has places of its own.
            Self::Rehome { new, .. } => seal_append(new, pass)?,
            Self::Hold(waiting) => {
                for (number, (_, bytes)) in (waiting.from..).zip(&mut waiting.facts) {
                    if let Some(bytes) = bytes {
                        *bytes = pass(Slot::Waiting(waiting.chain.at(number), waiting.signed.head.hash), bytes)?;
                    }
                }
            }
            Self::SetNamed(name, value) => *value = pass(Slot::Named(name), value)?,
            _ => {}
        }
        Ok(self)
    }

    /// Returns the same operation with its bytes sealed: done before anything is written, where a failure costs nothing.
    ///
    /// # Errors
    /// [`SealError`] without a key.
    pub fn sealed(self, seal: &impl Seal) -> Result<Self, SealError> {
        self.passed(&|slot, plain| seal.seal(slot, plain))
    }

    /// Returns the same operation with its bytes opened.
    ///
    /// # Errors
    /// [`SealError`] without a key, or when bytes do not belong where they are.
    pub fn opened(self, seal: &impl Seal) -> Result<Self, SealError> {
        self.passed(&|slot, sealed| seal.open(slot, sealed))
    }

    /// Does this operation, its bytes open, at a store.
    ///
    /// # Errors
    /// [`StoreError`] when nothing was written.
    pub async fn carry_out(self, store: &impl Store) -> Result<Answer, StoreError> {
        Ok(match self {
            Self::Append { append, .. } => Answer::Appended(store.append(append).await?),
            Self::Erase(place) => Answer::Changed(store.erase(place).await?),
            Self::SetQuarantine(place, why) => Answer::Changed(store.set_quarantine(place, why).await?),
            Self::Forget(scope) => done(store.forget(scope).await?),
            Self::KeepSigned(signed) => done(store.keep_signed(signed).await?),
            Self::Acknowledge(chain, number) => Answer::Changed(store.acknowledge(chain, number).await?),
            Self::SetStuck(chain, stuck) => Answer::Changed(store.set_stuck(chain, stuck).await?),
            Self::Hold(waiting) => done(store.hold(waiting).await?),
            Self::DropHeld(chain, from, signed) => done(store.drop_held(chain, from, signed).await?),
            Self::KeepFork(fork) => done(store.keep_fork(fork).await?),
            Self::Rehome { old, at, new, .. } => Answer::Appended(store.rehome(old, at, new).await?),
            Self::SetCursor(scope, cursor) => done(store.set_cursor(scope, cursor).await?),
            Self::SetNamed(name, value) => done(store.set_named(&name, &value).await?),
            Self::DeleteNamed(name) => Answer::Changed(store.delete_named(&name).await?),
            // Each store counts its own arrivals.
            Self::ArrivalsTo(_) => Answer::Done,
        })
    }
}

const fn done((): ()) -> Answer {
    Answer::Done
}
