//! `perron import --check`: what the import of a list would read, without a hub, so that a partner tries a list before she
//! sends it.

use crate::clock;
use crate::demo::directive_files;
use crate::desk::import::preview::{Shown, preview};
use crate::desk::import::read;
use crate::desk::import::snapshot::Snapshot;
use crate::import::Unreadable;
use crate::import::addresses::{Addresses, NoAddresses};
use crate::import::reading::Mended;
use perron_directives::{Problem, load_dir_bytes};
use perron_domain::zone::PARIS;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a list cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A file cannot be read.
    #[error("{path} cannot be used: {source}")]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Nothing of the list can be read.
    #[error(transparent)]
    List(#[from] Unreadable),
    /// The file of addresses is none.
    #[error(transparent)]
    Addresses(#[from] NoAddresses),
    /// The directives that travel with the program have problems.
    #[error("the directives cannot be used: {0:?}")]
    Directives(Vec<Problem>),
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Output(#[from] io::Error),
}

/// Writes on `output`, as JSON, the preview of a list against nobody, with every person in its sample.
///
/// # Errors
/// [`CheckError`], as one sentence.
pub fn check(list: &Path, ban: Option<&Path>, mut output: impl Write) -> Result<(), CheckError> {
    let bytes = |path: &Path| std::fs::read(path).map_err(|source| CheckError::File { path: path.to_owned(), source });
    let addresses = ban.map(|path| Ok::<_, CheckError>(Addresses::read(&bytes(path)?)?)).transpose()?;
    let directives = load_dir_bytes(&directive_files()).map_err(CheckError::Directives)?;
    let snapshot = Snapshot::alone(&directives, PARIS.day(clock::now()));
    let import = read(&snapshot, addresses.as_ref(), &bytes(list)?, &Mended::new())?;
    let preview = preview(&snapshot, &import, Shown::ALL);
    serde_json::to_writer_pretty(&mut output, &preview).map_err(io::Error::from)?;
    writeln!(output)?;
    Ok(())
}
