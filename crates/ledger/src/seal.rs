//! The one narrow way by which bytes enter and leave a store.
//!
//! A store passes everything it keeps through a [`Seal`] and never looks inside what comes out. The place is bound
//! into the sealed bytes: a record that is moved or copied to another place must not open.

use crate::chain::Place;
use crate::hash::Hash;

/// Where sealed bytes are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slot<'a> {
    /// A fact of a chain.
    Fact(Place),
    /// A fact that waits behind a hole, of a batch that ends in this head.
    Waiting(Place, Hash),
    /// A small named value.
    Named(&'a str),
}

impl Slot<'_> {
    /// Returns the slot's address as bytes, different for different slots: what a cipher binds its output to.
    #[must_use]
    pub fn address(&self) -> Vec<u8> {
        let place = |tag: u8, place: &Place| {
            let mut bytes = vec![tag];
            bytes.extend_from_slice(&place.chain.scope.0.to_be_bytes());
            bytes.extend_from_slice(&place.chain.device.0.to_be_bytes());
            bytes.extend_from_slice(&place.number.to_be_bytes());
            bytes
        };
        match self {
            Self::Fact(at) => place(1, at),
            Self::Waiting(at, head) => {
                let mut bytes = place(2, at);
                bytes.extend_from_slice(&head.0);
                bytes
            }
            Self::Named(name) => {
                let mut bytes = vec![3];
                bytes.extend_from_slice(name.as_bytes());
                bytes
            }
        }
    }
}

/// Why bytes could not be sealed or opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SealError {
    /// The key is not here: the tablet is locked.
    #[error("the key is locked")]
    Locked,
    /// The bytes were sealed for another place or by another key, or were changed.
    #[error("the sealed bytes do not open at this place")]
    DoesNotOpen,
}

/// Seals bytes for a place and opens them there. Synchronous, so that it can never be awaited inside a transaction.
pub trait Seal {
    /// Returns the bytes to keep for `plain` in `slot`.
    ///
    /// # Errors
    /// [`SealError::Locked`] without a key.
    fn seal(&self, slot: Slot<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError>;

    /// Returns the plain bytes of what is kept in `slot`.
    ///
    /// # Errors
    /// [`SealError`] without a key, or when the bytes do not belong to this slot.
    fn open(&self, slot: Slot<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError>;
}

/// No sealing: bytes are kept as they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clear;

impl Seal for Clear {
    fn seal(&self, _: Slot<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        Ok(plain.to_vec())
    }

    fn open(&self, _: Slot<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        Ok(sealed.to_vec())
    }
}
