//! What happens to one of the two copies of a tablet's store while the browser is closed.

use anyhow::{Context, ensure};
use perron_e2e::Result;
use perron_store_log::frame;
use perron_store_log::header::{self, Header};
use perron_testkit::Rng;
use std::path::{Path, PathBuf};

/// What becomes of one of the two copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hurt {
    /// The folder of the browser's database is deleted.
    DatabaseDeleted,
    /// The log ends somewhere.
    LogTruncated,
    /// One byte of the log is another.
    ByteFlipped,
}

impl Hurt {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::DatabaseDeleted, Self::LogTruncated, Self::ByteFlipped];

    /// Hurts a copy in the profile of a browser that is closed.
    pub fn happens(self, profile: &Path, rng: &Rng) -> Result<()> {
        if self == Self::DatabaseDeleted {
            let databases = below(profile, &|path| path.is_dir() && is_database(path))?;
            ensure!(!databases.is_empty(), "the profile holds no database");
            return databases.into_iter().try_for_each(|path| Ok(std::fs::remove_dir_all(path)?));
        }
        let logs = log_files(profile)?.into_iter().filter_map(|file| Some((file.header?.generation, file.path)));
        let (_, log) = logs.max().context("no file of the profile holds a log")?;
        let mut bytes = std::fs::read(&log)?;
        let at = rng.below(bytes.len());
        if self == Self::LogTruncated {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 1 << rng.below(8);
        }
        Ok(std::fs::write(log, bytes)?)
    }
}

/// One of the two files of the log, as it lies in a profile; the empty one is not told.
pub struct LogFile {
    /// Where.
    pub path: PathBuf,
    /// What it says of itself; none while it is being written.
    pub header: Option<Header>,
}

/// Returns the files of the log in a profile. A file that is being written begins with its frames behind an empty place.
pub fn log_files(profile: &Path) -> Result<Vec<LogFile>> {
    let holds_log = |path: &Path| std::fs::read(path).is_ok_and(|bytes| of_the_log(&bytes));
    let found = below(profile, &holds_log)?.into_iter().map(|path| {
        let bytes = std::fs::read(&path)?;
        Ok(LogFile { path, header: Header::read(&bytes) })
    });
    found.collect()
}

fn of_the_log(bytes: &[u8]) -> bool {
    let unfinished = |bytes: &[u8]| {
        let (head, rest) = bytes.split_at(header::LENGTH);
        head.iter().all(|byte| *byte == 0) && rest.starts_with(&frame::MARKER)
    };
    Header::read(bytes).is_some() || (bytes.len() > header::LENGTH && unfinished(bytes))
}

/// Chromium keeps databases in folders that end in `.leveldb`, Firefox in a folder `idb` of each site.
fn is_database(folder: &Path) -> bool {
    let parts = || folder.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let of_chromium = folder.extension().is_some_and(|end| end == "leveldb") && parts().any(|part| part == "IndexedDB");
    of_chromium || (folder.ends_with("idb") && parts().any(|part| part.starts_with("http+++")))
}

/// Returns every file and folder below `folder` that `wanted` says yes to.
fn below(folder: &Path, wanted: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if wanted(&path) {
            found.push(path);
        } else if path.is_dir() && !path.is_symlink() {
            found.extend(below(&path, wanted)?);
        }
    }
    Ok(found)
}
