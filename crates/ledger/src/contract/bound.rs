//! A seal for tests of stores.

use crate::Hash;
use crate::seal::{Seal, SealError, Slot};

/// A seal that binds bytes to their slot: it shows that the store passes every byte through it, and at the right place.
#[derive(Clone, Copy, Default)]
pub struct Bound;

impl Bound {
    fn mask(slot: Slot<'_>, bytes: &[u8]) -> Vec<u8> {
        let address = slot.address();
        bytes.iter().zip(address.iter().cycle()).map(|(byte, mask)| byte ^ mask ^ 0x5a).collect()
    }
}

impl Seal for Bound {
    fn seal(&self, slot: Slot<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut sealed = Hash::of("test", &[&slot.address()]).0[..4].to_vec();
        sealed.extend(Self::mask(slot, plain));
        Ok(sealed)
    }

    fn open(&self, slot: Slot<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let tag = Hash::of("test", &[&slot.address()]);
        let body = sealed.strip_prefix(&tag.0[..4]).ok_or(SealError::DoesNotOpen)?;
        Ok(Self::mask(slot, body))
    }
}
