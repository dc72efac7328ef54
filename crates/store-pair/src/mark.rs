//! How far the second copy has come: kept in it, beside what it holds.

use minicbor::{Decode, Encode};
use perron_ledger::operation::Operation;
use perron_ledger::{Hash, Store, StoreError};

/// The name that it is kept under.
const NAME: &str = "copy/mark";

/// How far the second copy has come. It may have come further: the mark is written after the changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Mark {
    /// The era of the log that the number belongs to.
    #[n(0)]
    pub era: u64,
    /// The number of the last change that is certainly in it.
    #[n(1)]
    pub number: u64,
    /// It was used without the log since: what it was given then counts more than what an old log may hold.
    #[n(2)]
    pub alone: bool,
    /// The last change up to there that brought facts. A log that has other facts under its number was put back to an earlier
    /// day: a number is given twice in an era only when the log lost the change before the second copy had it.
    #[n(3)]
    pub brought: Option<Brought>,
}

/// A change that brought facts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Brought {
    /// The change.
    #[n(0)]
    pub number: u64,
    /// The first bytes of a hash over its facts.
    #[n(1)]
    pub facts: u64,
}

impl Brought {
    /// Returns what a change brought; `None` when it brought no fact.
    #[must_use]
    pub fn by(number: u64, operation: &Operation) -> Option<Self> {
        let (Operation::Append { append, .. } | Operation::Rehome { new: append, .. }) = operation else { return None };
        let (scope, device) = (append.chain.scope.0.to_be_bytes(), append.chain.device.0.to_be_bytes());
        let leaves = append.facts.iter().map(|fact| fact.leaf.0.as_slice());
        let all: Vec<&[u8]> = [scope.as_slice(), device.as_slice()].into_iter().chain(leaves).collect();
        let Hash([a, b, c, d, e, f, g, h, ..]) = Hash::of("perron/brought", &all);
        Some(Self { number, facts: u64::from_be_bytes([a, b, c, d, e, f, g, h]) })
    }
}

impl Mark {
    /// Returns the mark of a store; `None` when it never was a second copy, or was emptied.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn of(store: &impl Store) -> Result<Option<Self>, StoreError> {
        let kept = store.named(NAME).await?;
        let read = kept.map(|kept| minicbor::decode(&kept).map_err(|error| StoreError::Damaged(error.to_string())));
        read.transpose()
    }

    /// Keeps the mark in a store.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    pub async fn keep(self, store: &impl Store) -> Result<(), StoreError> {
        let bytes = minicbor::to_vec(self).map_err(|error| StoreError::Failed(error.to_string()))?;
        store.set_named(NAME, &bytes).await
    }

    /// Returns whether an operation sets the mark: it belongs to one copy and is never taken into the other.
    #[must_use]
    pub fn is_set_by(operation: &Operation) -> bool {
        matches!(operation, Operation::SetNamed(name, _) if name == NAME)
    }
}

/// Says that a store is used without a log: what it is given now counts more than what an old log may hold.
///
/// # Errors
/// [`StoreError`] when it could not be kept.
pub async fn goes_alone(store: &impl Store) -> Result<(), StoreError> {
    let mark = Mark::of(store).await?.unwrap_or_default();
    if mark.alone {
        return Ok(());
    }
    Mark { alone: true, ..mark }.keep(store).await
}
