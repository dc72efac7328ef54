//! What the log asks of the files that it lies in.

use perron_ledger::StoreError;

/// One of the two files of a log. Both exist from the beginning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum File {
    /// The first file.
    First,
    /// The second file.
    Second,
}

impl File {
    /// Both files.
    pub const BOTH: [Self; 2] = [Self::First, Self::Second];

    /// Returns the other file.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// The two files of a log. What is asked is done in the order in which it is asked, also when the one who asks does not
/// wait for the answer before.
#[allow(async_fn_in_trait, reason = "futures of a browser's files cannot be Send")]
pub trait Files {
    /// Returns how many bytes a file has.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be told.
    async fn length(&self, file: File) -> Result<u64, StoreError>;

    /// Returns at most `count` bytes from a place of a file on: fewer where it ends.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    async fn read(&self, file: File, at: u64, count: usize) -> Result<Vec<u8>, StoreError>;

    /// Lets others go on, when it is time to: asked now and then by whoever reads a long log.
    async fn breathe(&self) {}

    /// Writes bytes at a place of a file, over what was there; the file grows as it must. Not durable before [`Files::flush`].
    ///
    /// # Errors
    /// [`StoreError`] when not everything was written: what stands at that place is then unknown.
    async fn write(&self, file: File, at: u64, bytes: &[u8]) -> Result<(), StoreError>;

    /// Cuts a file to a length, and makes that durable.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be cut.
    async fn truncate(&self, file: File, length: u64) -> Result<(), StoreError>;

    /// Returns once everything written to a file is durable.
    ///
    /// # Errors
    /// [`StoreError`] when that is not certain.
    async fn flush(&self, file: File) -> Result<(), StoreError>;
}
