//! The one hash of the ledger: SHA-256, always over a tagged text so that no two uses can be confused.

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};
use std::fmt;

/// A SHA-256 value: a leaf, or a running head.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Hash(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl Hash {
    /// Returns SHA-256 over `tag` followed by the `parts`, without separators: every part but the last has a fixed width.
    #[must_use]
    pub fn of(tag: &str, parts: &[&[u8]]) -> Self {
        let mut sha = Sha256::new();
        sha.update(tag.as_bytes());
        for part in parts {
            sha.update(part);
        }
        Self(sha.finalize().into())
    }

    /// Returns the 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Returns the hash that these bytes are, or `None` when they are not 32.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

/// Lower-case hexadecimal, 64 digits.
impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The first eight digits: enough to tell two hashes apart in a failing test.
impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(4).try_for_each(|byte| write!(f, "{byte:02x}"))?;
        f.write_str("…")
    }
}
