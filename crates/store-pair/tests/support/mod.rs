//! What the tests of the pair share.

use perron_ledger::seal::{SealError, Slot};
use perron_ledger::{Hash, MemoryStore, Seal};
use perron_store_log::MemoryFiles;
use perron_store_pair::{Opening, Pair, Ways};

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

/// A pair in memory.
pub type Memory = Pair<MemoryFiles, Bound, MemoryStore<Bound>>;

/// Opens a pair.
pub async fn open(files: MemoryFiles, second: MemoryStore<Bound>) -> (Memory, Opening) {
    perron_store_pair::open(files, Bound, second, Ways::default()).await.unwrap()
}
