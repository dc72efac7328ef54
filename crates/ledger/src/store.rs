//! What a store of facts must promise, whether it is memory, SQLite or IndexedDB.
//!
//! A handle holds the facts of one relay. Every promise below is a sentence of the contract suite
//! (`contract`, behind the feature of that name), which each store runs. Futures carry no `Send` bound, because
//! IndexedDB's cannot; a concrete store used from axum has `Send` futures of its own.

use crate::append::{Append, Appended, Quarantine};
use crate::chain::{Chain, Head, Place, SignedHead};
use crate::hash::Hash;
use crate::seal::SealError;
use crate::sync::Code;
use minicbor::{Decode, Encode};
use perron_domain::name::DeviceId;
pub use perron_domain::name::Scope;
use perron_domain::time::Wall;

/// A fact as it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Where it stands.
    pub place: Place,
    /// The how-manieth fact that arrived in this store, over all scopes, from 1.
    pub arrival: u64,
    /// The wall clock of the storing device when it arrived.
    pub received: Wall,
    /// The hash of its bytes.
    pub leaf: Hash,
    /// The running hash after it.
    pub head: Hash,
    /// Its exact bytes; `None` when they were erased.
    pub bytes: Option<Vec<u8>>,
    /// Set while it stands in quarantine.
    pub quarantine: Option<Quarantine>,
}

/// A number drawn at random by the hub at its first start and at every restore.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Epoch(#[n(0)] pub u64);

/// How far a scope was pulled from the hub: valid only in the epoch that it was noted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Cursor {
    /// The hub's epoch.
    #[n(0)]
    pub epoch: Epoch,
    /// The hub's arrival number of the last fact received.
    #[n(1)]
    pub arrival: u64,
}

/// Why a chain of the outbox does not get through.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Stuck {
    /// The refusal of the other side.
    #[n(0)]
    pub why: Code,
    /// The first fact that was refused.
    #[n(1)]
    pub number: u32,
    /// Since when, by this device's wall clock.
    #[n(2)]
    pub since: Wall,
}

/// A chain written here, and how much of it the hub has acknowledged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outgoing {
    /// The chain.
    pub chain: Chain,
    /// Its head here.
    pub head: Head,
    /// The number of the last fact that was acknowledged, 0 for none.
    pub acknowledged: u32,
    /// Set when the hub refused and somebody must look.
    pub stuck: Option<Stuck>,
}

impl Outgoing {
    /// Returns how many facts still wait for an acknowledgement.
    #[must_use]
    pub const fn waiting(&self) -> u32 {
        self.head.number.saturating_sub(self.acknowledged)
    }
}

/// A batch that cannot be joined to its chain yet. Its signature was checked, its running hash could not be.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Waiting {
    /// The chain.
    #[n(0)]
    pub chain: Chain,
    /// The number of the first fact.
    #[n(1)]
    pub from: u32,
    /// The leaves and bytes of the facts, in order.
    #[cbor(n(2), with = "entries")]
    pub facts: Vec<(Hash, Option<Vec<u8>>)>,
    /// Leaves of facts after these, up to the signed head.
    #[n(3)]
    pub ahead: Vec<Hash>,
    /// The head that the facts and leaves must lead to.
    #[n(4)]
    pub signed: SignedHead,
}

/// The form of leaves with their bytes: byte strings, not lists of numbers.
mod entries {
    use crate::hash::Hash;
    use minicbor::decode::{Decoder, Error as DecodeError};
    use minicbor::encode::{Encoder, Error as EncodeError, Write};

    type Entry = (Hash, Option<Vec<u8>>);

    pub fn encode<C, W: Write>(facts: &[Entry], e: &mut Encoder<W>, c: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.array(facts.len() as u64)?;
        for (leaf, bytes) in facts {
            e.array(2)?.encode_with(leaf, c)?;
            minicbor::bytes::encode(bytes, e, c)?;
        }
        Ok(())
    }

    pub fn decode<'b, C>(d: &mut Decoder<'b>, c: &mut C) -> Result<Vec<Entry>, DecodeError> {
        let count = d.array()?.ok_or_else(|| DecodeError::message("a list without a length"))?;
        let mut facts = Vec::new();
        for _ in 0..count {
            d.array()?;
            facts.push((d.decode_with(c)?, minicbor::bytes::decode(d, c)?));
        }
        Ok(facts)
    }
}

/// A chain that appeared twice with different content.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Fork {
    /// The chain, whose name the first known branch keeps.
    #[n(0)]
    pub chain: Chain,
    /// The first number at which the branches differ.
    #[n(1)]
    pub at: u32,
    /// The signed head of the other branch, under its old name, as far as it is known.
    #[n(2)]
    pub branch: SignedHead,
    /// The device number under which the other branch is kept.
    #[n(3)]
    pub kept_as: DeviceId,
    /// The branch that this one shares more with than with the chain, and where it parts from that, by its numbers.
    #[n(4)]
    pub within: Option<Within>,
}

/// A place in the chain that keeps a branch, where another branch parts from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Within {
    /// The device number under which the first branch is kept.
    #[n(0)]
    pub device: DeviceId,
    /// The first number there that differs.
    #[n(1)]
    pub at: u32,
}

/// Why a store could not do what it was asked. Nothing was written, unless the sentence says otherwise.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StoreError {
    /// The device has no room left, or the browser gives no more.
    #[error("no room left to store")]
    Full,
    /// The store was closed, by another tab or by the system.
    #[error("the store was closed")]
    Closed,
    /// Another tab holds an older version open.
    #[error("another tab holds the store")]
    Blocked,
    /// The browser or the system refuses storage.
    #[error("storage is refused")]
    Denied,
    /// The stored form is newer than this program.
    #[error("the store was written by a newer version")]
    TooNew,
    /// What is stored cannot be read as what was written.
    #[error("the stored data is damaged: {0}")]
    Damaged(String),
    /// The bytes could not be sealed or opened.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Anything else, in the words of the storage engine.
    #[error("storage failed: {0}")]
    Failed(String),
}

/// Durable storage of the facts of one relay.
///
/// A method that writes returns only after what it wrote is durable. Methods that take a [`Place`] or a
/// [`Chain`] answer for unknown ones with nothing, not with an error.
#[allow(async_fn_in_trait, reason = "futures of a browser store cannot be Send; each store's own futures decide")]
pub trait Store {
    /// Appends facts to one chain, in one short transaction that compares the expected head ([`crate::append::judge`]).
    ///
    /// Stores all facts that are new, or none. Arrival numbers are given in the same transaction and have no gap.
    /// `append.signed`, when given, is kept too unless the answer is a refusal. With [`crate::Origin::Here`] the
    /// chain is in the outbox from then on.
    ///
    /// # Errors
    /// [`StoreError`] when nothing could be written.
    async fn append(&self, append: Append) -> Result<Appended, StoreError>;

    /// Returns the facts `from..=to` of a chain, in order, as far as there are any.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    async fn chain(&self, chain: Chain, from: u32, to: u32) -> Result<Vec<Record>, StoreError>;

    /// Returns the facts of a scope that arrived after arrival number `after`, at most `limit`, in order of arrival.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    async fn arrivals(&self, scope: Scope, after: u64, limit: usize) -> Result<Vec<Record>, StoreError>;

    /// Returns the arrival number of the last fact that arrived in any scope, 0 for none.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    async fn last_arrival(&self) -> Result<u64, StoreError>;

    /// Returns every chain of a scope with its head, by device.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    async fn heads(&self, scope: Scope) -> Result<Vec<(Chain, Head)>, StoreError>;

    /// Returns the head of a chain, or `None` when it has no fact.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    async fn head(&self, chain: Chain) -> Result<Option<Head>, StoreError>;

    /// Returns the head of a chain as it was after fact `number` (0: its start), or `None` when it does not reach there.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    async fn head_at(&self, chain: Chain, number: u32) -> Result<Option<Head>, StoreError>;

    /// Returns every scope that has a fact, in ascending order.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    async fn scopes(&self) -> Result<Vec<Scope>, StoreError>;

    /// Erases the bytes of one fact for good, leaf and place kept. Returns whether there were bytes.
    ///
    /// # Errors
    /// [`StoreError`] when nothing could be erased.
    async fn erase(&self, place: Place) -> Result<bool, StoreError>;

    /// Puts a stored fact into quarantine, or takes it out. Returns whether the fact is here.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be noted.
    async fn set_quarantine(&self, place: Place, quarantine: Option<Quarantine>) -> Result<bool, StoreError>;

    /// Returns the facts of a scope that stand in quarantine, in order of arrival.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    async fn quarantined(&self, scope: Scope) -> Result<Vec<Record>, StoreError>;

    /// Deletes everything of a scope: facts, heads, signatures, what waits, outbox, forks and cursor.
    ///
    /// # Errors
    /// [`StoreError`] when nothing was deleted.
    async fn forget(&self, scope: Scope) -> Result<(), StoreError>;

    /// Keeps a signed head, beside all others of its chain. Keeping one twice changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    async fn keep_signed(&self, signed: SignedHead) -> Result<(), StoreError>;

    /// Returns the signed heads of a chain with a number of at least `from`, by number, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    async fn signed(&self, chain: Chain, from: u32, limit: usize) -> Result<Vec<SignedHead>, StoreError>;

    /// Returns the chains written here, acknowledged or not, by scope and device.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    async fn outbox(&self) -> Result<Vec<Outgoing>, StoreError>;

    /// Notes that the hub has a chain written here up to `number`, and that it is not stuck.
    ///
    /// `number` may go down: after a restore the hub may have less than it acknowledged. Beyond the head it counts
    /// as the head. Returns whether the chain is in the outbox.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be noted.
    async fn acknowledge(&self, chain: Chain, number: u32) -> Result<bool, StoreError>;

    /// Notes why a chain written here does not get through; `None` when it may be tried again. Returns whether it is in
    /// the outbox.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be noted.
    async fn set_stuck(&self, chain: Chain, stuck: Option<Stuck>) -> Result<bool, StoreError>;

    /// Keeps a batch that stands behind a hole. The same batch (chain, first number, signed head) is kept once.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    async fn hold(&self, waiting: Waiting) -> Result<(), StoreError>;

    /// Returns the batches of a chain that wait, by first number.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    async fn held(&self, chain: Chain) -> Result<Vec<Waiting>, StoreError>;

    /// Deletes one batch that waited, by its first number and its signed head's hash.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be deleted.
    async fn drop_held(&self, chain: Chain, from: u32, signed: Hash) -> Result<(), StoreError>;

    /// Keeps a fork; one with the same `kept_as` in its scope replaces what was known of it.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    async fn keep_fork(&self, fork: Fork) -> Result<(), StoreError>;

    /// Returns the forks of a scope, by the device number they are kept under.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    async fn forks(&self, scope: Scope) -> Result<Vec<Fork>, StoreError>;

    /// Moves the end of a chain written here under a new device number, in one transaction.
    ///
    /// Appends `new` as [`Store::append`] does, and deletes the facts of `old` from number `at` on, with its signed
    /// heads from there and all its held batches. `old` leaves the outbox: it is not written here any more. The leaves that are deleted must be those of `new.facts`
    /// from its second fact on, in order (the first one names the fork): otherwise the answer is
    /// [`Appended::Different`] and nothing changes. When `old` ends before `at` already, only the append is done.
    ///
    /// # Errors
    /// [`StoreError`] when nothing could be moved.
    async fn rehome(&self, old: Chain, at: u32, new: Append) -> Result<Appended, StoreError>;

    /// Returns how far a scope was pulled.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    async fn cursor(&self, scope: Scope) -> Result<Option<Cursor>, StoreError>;

    /// Notes how far a scope was pulled.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be noted.
    async fn set_cursor(&self, scope: Scope, cursor: Cursor) -> Result<(), StoreError>;

    /// Returns a small named value: identity, epoch, a form half filled.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    async fn named(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Keeps a small named value, in place of what was there.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    async fn set_named(&self, name: &str, value: &[u8]) -> Result<(), StoreError>;

    /// Deletes a small named value. Returns whether it was there.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be deleted.
    async fn delete_named(&self, name: &str) -> Result<bool, StoreError>;

    /// Returns the names that begin with `prefix`, in ascending order of their bytes.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError>;
}
