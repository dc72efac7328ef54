//! Which store the app keeps its facts in: two copies in the browser, or memory where tests run on the host.

pub use super::copies::Copies;
use perron_ledger::StoreError;
pub use perron_store_pair::{Mended, Opening};

/// The store of this device.
#[cfg(target_arch = "wasm32")]
pub type DeviceStore = super::device::DeviceStore;
/// The store of this device.
#[cfg(not(target_arch = "wasm32"))]
pub type DeviceStore = super::device_on_host::DeviceStore;

/// An opened store.
pub struct Opened {
    /// The store.
    pub store: DeviceStore,
    /// In how many places it keeps a step.
    pub copies: Copies,
    /// What was found of both copies, when there are two and the log has been read.
    pub found: Option<Opening>,
}

/// What a person must know of a copy that was made anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remade {
    /// The other copy certainly had everything.
    Whole,
    /// The other one may have lacked the last steps, or certainly did.
    PerhapsNot,
}

impl Remade {
    /// Returns what was found at opening; nothing when both copies were as they should be.
    #[must_use]
    pub fn of(found: &Opening) -> Option<Self> {
        let mended = found.mended?;
        // Only the log is written before a step is called saved; the database follows.
        let whole = matches!(mended, Mended::Second(_)) && found.lost == 0 && found.damage.is_empty();
        Some(if whole { Self::Whole } else { Self::PerhapsNot })
    }
}

/// Opens the store of this device: for a tab that writes, or for one that only reads.
///
/// # Errors
/// [`StoreError`] says why nothing can be kept here.
#[cfg(target_arch = "wasm32")]
pub async fn open(writes: bool) -> Result<Opened, StoreError> {
    let (store, copies, found) = super::device::open(writes).await?;
    Ok(Opened { store, copies, found })
}

/// Opens the store of this device.
///
/// # Errors
/// None on the host; the browser's store has some.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::unused_async, reason = "the browser's store opens asynchronously")]
pub async fn open(_: bool) -> Result<Opened, StoreError> {
    Ok(Opened { store: DeviceStore::default(), copies: Copies::Two, found: None })
}

/// Lets the files of the log go without waiting: for a page that is left.
#[cfg(target_arch = "wasm32")]
pub fn let_go() {
    super::log_files::let_go();
}

/// There are no files to let go.
#[cfg(not(target_arch = "wasm32"))]
pub const fn let_go() {}
