//! The log itself: which of the two files counts, what stands in it, and how it is written anew into the other one.
//!
//! A file begins with its header, then come the parts (operations that make the content as it was when the file was
//! begun, all under the number of the last change in them), then changes, each under the next number. Writing anew: the
//! other file is emptied, the parts are written and flushed, and only then the header, flushed too. From that moment the
//! other file counts, because its generation is higher; the one before is overwritten with zeros and emptied. Killed at
//! any point, one complete file is left.

use crate::files::{File, Files};
use crate::frame::{self, Damage, Frames, Reading};
use crate::header::{self, Header};
use futures::future::join;
use perron_ledger::StoreError;
use perron_ledger::operation::Operation;

/// How many bytes are handed over at a time when a file is written anew.
const PIECE: usize = 256 * 1024;
/// How many bytes are asked for at a time when a file is read.
const READ: usize = 4 * 1024 * 1024;
/// How much of the end of a file is looked at to know its last change.
const END: usize = 64 * 1024;
/// How many frames are read, or changes done, until others are let go on.
pub(crate) const AT_ONCE: usize = 256;

/// What a log held when it was opened.
#[derive(Debug, Default)]
pub struct Found {
    /// What the file says of itself; `None` when no file counts: the log is new, or was lost.
    pub header: Option<Header>,
    /// The parts that were readable.
    pub parts: Vec<Operation>,
    /// The changes that were readable, by number.
    pub changes: Vec<(u64, Operation)>,
    /// What was not readable.
    pub damage: Vec<Damage>,
}

impl Found {
    /// Returns whether every part is there.
    #[must_use]
    pub fn is_begun_whole(&self) -> bool {
        self.header.is_some_and(|header| u32::try_from(self.parts.len()).is_ok_and(|count| count == header.parts))
    }

    /// Returns whether there is a log that lacks nothing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_begun_whole() && self.whole_to() == self.last()
    }

    /// Returns the number up to which no change is missing; 0 when a part is.
    #[must_use]
    pub fn whole_to(&self) -> u64 {
        if !self.is_begun_whole() {
            return 0;
        }
        let mut reached = self.header.map_or(0, |header| header.base);
        for (number, _) in &self.changes {
            if *number != reached + 1 {
                break;
            }
            reached = *number;
        }
        reached
    }

    /// Returns the number of the last change that is there.
    #[must_use]
    pub fn last(&self) -> u64 {
        let base = self.header.map_or(0, |header| header.base);
        self.changes.last().map_or(base, |(number, _)| *number)
    }
}

/// An open log.
#[derive(Debug)]
pub struct Log<F> {
    files: F,
    /// The file that counts.
    file: File,
    header: Header,
    /// The number of the last change.
    last: u64,
    end: u64,
    /// How long the file was when it was begun.
    begun: u64,
    /// Nothing more is written until the log is opened again: what stands at its end is not known.
    broken: bool,
}

fn decode(content: &[u8]) -> Result<Operation, StoreError> {
    // Its checksum is right: a later version wrote what this one cannot read.
    minicbor::decode(content).map_err(|_| StoreError::TooNew)
}

fn encode(operation: &Operation) -> Result<Vec<u8>, StoreError> {
    minicbor::to_vec(operation).map_err(|error| StoreError::Failed(error.to_string()))
}

/// The file that counts, and what it says of itself.
struct Counting {
    file: File,
    header: Header,
    /// How many bytes it has.
    length: u64,
    /// How many bytes the other file still has.
    rest: u64,
}

/// Returns which file counts; none when neither is complete.
async fn counting(files: &impl Files) -> Result<Option<Counting>, StoreError> {
    let beginnings = join(files.read(File::First, 0, header::LENGTH), files.read(File::Second, 0, header::LENGTH));
    let lengths = join(files.length(File::First), files.length(File::Second));
    let ((first, second), (first_length, second_length)) = join(beginnings, lengths).await;
    let (first, second) = (Header::read(&first?), Header::read(&second?));
    let (first_length, second_length) = (first_length?, second_length?);
    let generation = |header: Option<Header>| header.map_or(0, |header| header.generation);
    let (file, header, length, rest) = if generation(first) >= generation(second) {
        (File::First, first, first_length, second_length)
    } else {
        (File::Second, second, second_length, first_length)
    };
    Ok(header.map(|header| Counting { file, header, length, rest }))
}

async fn whole(files: &impl Files, file: File, length: u64) -> Result<Vec<u8>, StoreError> {
    let length = usize::try_from(length).map_err(|_| StoreError::Full)?;
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        let piece = files.read(file, bytes.len() as u64, READ.min(length - bytes.len())).await?;
        if piece.is_empty() {
            break;
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// What two files hold.
struct Seen {
    /// The file that counts.
    file: File,
    found: Found,
    last: u64,
    begun: u64,
    end: u64,
    /// How many bytes the other file still has.
    rest: u64,
}

async fn look(files: &impl Files, how: Reading) -> Result<Seen, StoreError> {
    let Some(Counting { file, header, length, rest }) = counting(files).await? else {
        // The next file to be written is the first.
        return Ok(Seen { file: File::Second, found: Found::default(), last: 0, begun: 0, end: 0, rest: 0 });
    };
    let bytes = whole(files, file, length).await?;
    let start = header::LENGTH as u64;
    let mut seen = Seen { file, found: Found::default(), last: header.base, begun: start, end: start, rest };
    seen.found.header = Some(header);
    let frames = Frames::of(bytes.get(header::LENGTH..).unwrap_or_default(), start, header.generation, how);
    for (count, frame) in frames.enumerate() {
        if count % AT_ONCE == 0 {
            files.breathe().await;
        }
        match frame {
            Err(damage) => seen.found.damage.push(damage),
            Ok(frame) => {
                seen.end = frame.end();
                if frame.number == header.base {
                    seen.found.parts.push(decode(frame.content)?);
                    seen.begun = seen.end;
                } else if frame.number > seen.last {
                    seen.last = frame.number;
                    seen.found.changes.push((seen.last, decode(frame.content)?));
                }
            }
        }
    }
    Ok(seen)
}

/// What both ends of a log tell, without reading it.
#[derive(Debug)]
pub struct Glance {
    /// What the file says of itself.
    pub header: Header,
    /// How many bytes it has.
    pub length: u64,
    /// The number of its last change.
    pub last: u64,
    /// The last changes, by number.
    pub changes: Vec<(u64, Operation)>,
}

/// Looks at both ends of the log in these files. Nothing, when its end is not as it was written: then it must be read.
///
/// # Errors
/// [`StoreError`] when the files cannot be read, or were written by a later version.
pub async fn glance(files: &impl Files) -> Result<Option<Glance>, StoreError> {
    let Some(Counting { file, header, length, .. }) = counting(files).await? else { return Ok(None) };
    let from = length.saturating_sub(END as u64).max(header::LENGTH as u64);
    let bytes = files.read(file, from, END).await?;
    let mut glance = Glance { header, length, last: header.base, changes: Vec::new() };
    let mut end = header::LENGTH as u64;
    // Before the first frame stands the rest of one that begins before these bytes.
    let frames = Frames::of(&bytes, from, header.generation, Reading::default());
    for frame in frames.skip_while(|seen| seen.is_err_and(|damage| damage.at == from)) {
        let Ok(frame) = frame else { return Ok(None) };
        end = frame.end();
        glance.last = frame.number;
        if frame.number > header.base {
            glance.changes.push((frame.number, decode(frame.content)?));
        }
    }
    Ok((end == length).then_some(glance))
}

/// Returns whether there is a log in these files that lacks nothing, without changing them.
///
/// # Errors
/// [`StoreError`] when the files cannot be read, or were written by a later version.
pub async fn is_whole(files: &impl Files) -> Result<bool, StoreError> {
    Ok(look(files, Reading::default()).await?.found.is_whole())
}

impl<F: Files> Log<F> {
    /// Opens the log in these files and returns what it holds. A torn end is cut; anything else is left as it is.
    ///
    /// # Errors
    /// [`StoreError`] when the files cannot be read, or were written by a later version.
    pub async fn open(files: F, how: Reading) -> Result<(Self, Found), StoreError> {
        let Seen { file, found, last, begun, end, rest } = look(&files, how).await?;
        let Some(header) = found.header else {
            let header = Header { generation: 0, era: 0, base: 0, parts: 0 };
            return Ok((Self { files, file, header, last: 0, end: 0, begun: 0, broken: true }, found));
        };
        let log = Self { files, file, header, last, end, begun, broken: false };
        if found.damage.iter().any(|damage| damage.at_end) {
            log.files.truncate(file, end).await?;
        }
        if rest > 0 {
            log.scrub(file.other(), rest).await?;
        }
        Ok((log, found))
    }

    /// Returns the era that the log is in.
    #[must_use]
    pub const fn era(&self) -> u64 {
        self.header.era
    }

    /// Returns the number of the last change.
    #[must_use]
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// Returns how many bytes the log takes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.end
    }

    /// Returns whether so much was added since it was begun that writing it anew makes it much shorter.
    #[must_use]
    pub const fn is_long(&self) -> bool {
        const SHORT: u64 = 1024 * 1024;
        self.end > SHORT && self.end > self.begun.saturating_mul(2)
    }

    /// Returns the files.
    #[must_use]
    pub const fn files(&self) -> &F {
        &self.files
    }

    /// Returns the files and ends the log.
    #[must_use]
    pub fn into_files(self) -> F {
        self.files
    }

    /// Adds one change and returns its number once it is durable.
    ///
    /// # Errors
    /// [`StoreError`]; then it is not in the log, and nothing half written is left in it.
    pub async fn append(&mut self, operation: &Operation) -> Result<u64, StoreError> {
        if self.broken {
            return Err(StoreError::Closed);
        }
        let number = self.last + 1;
        let mut bytes = Vec::new();
        frame::write(&mut bytes, self.header.generation, self.end, number, &encode(operation)?);
        // Both are asked at once: the answer is worth waiting for only when both are given.
        let (written, flushed) = join(self.files.write(self.file, self.end, &bytes), self.files.flush(self.file)).await;
        if let Err(error) = written.and(flushed) {
            // What was not said to be saved must not be found later.
            self.broken = self.files.truncate(self.file, self.end).await.is_err();
            return Err(error);
        }
        self.end += bytes.len() as u64;
        self.last = number;
        Ok(number)
    }

    /// Writes the log anew into the other file: these parts, as the content after change `base`, in `era`.
    ///
    /// # Errors
    /// [`StoreError`]; the log before still counts, unless only emptying the old file failed, which is then done at the next
    /// opening.
    pub async fn rewrite(&mut self, era: u64, base: u64, parts: &[Operation]) -> Result<(), StoreError> {
        let (old, new) = (self.file, self.file.other());
        let (header, end) = match self.write_file(new, era, base, parts).await {
            Ok(written) => written,
            Err(error) => {
                // It must neither take room nor count at the next opening, when this file has gone on.
                self.broken |= self.files.truncate(new, 0).await.is_err();
                return Err(error);
            }
        };
        let old_length = self.end;
        (self.file, self.header, self.last) = (new, header, base);
        (self.end, self.begun, self.broken) = (end, end, false);
        self.scrub(old, old_length).await
    }

    /// Writes a whole file, its header last. Returns the header, and where the file ends.
    async fn write_file(
        &self,
        file: File,
        era: u64,
        base: u64,
        parts: &[Operation],
    ) -> Result<(Header, u64), StoreError> {
        let generation = self.header.generation + 1;
        self.files.truncate(file, 0).await?;
        let mut at = header::LENGTH as u64;
        let mut piece = Vec::with_capacity(PIECE);
        for part in parts {
            let place = at + piece.len() as u64;
            frame::write(&mut piece, generation, place, base, &encode(part)?);
            if piece.len() >= PIECE {
                self.files.write(file, at, &piece).await?;
                at += piece.len() as u64;
                piece.clear();
            }
        }
        self.files.write(file, at, &piece).await?;
        at += piece.len() as u64;
        self.files.flush(file).await?;
        let parts = u32::try_from(parts.len()).map_err(|_| StoreError::Full)?;
        let header = Header { generation, era, base, parts };
        self.files.write(file, 0, &header.written()).await?;
        self.files.flush(file).await?;
        Ok((header, at))
    }

    /// Overwrites a file with zeros and empties it: what was erased is gone from the disk, not only from sight.
    async fn scrub(&self, file: File, length: u64) -> Result<(), StoreError> {
        let length = usize::try_from(length).unwrap_or(0);
        let zeros = vec![0; length.min(PIECE)];
        let mut at = 0;
        while at < length {
            let piece = &zeros[..zeros.len().min(length - at)];
            self.files.write(file, at as u64, piece).await?;
            at += piece.len();
        }
        self.files.flush(file).await?;
        self.files.truncate(file, 0).await
    }
}
