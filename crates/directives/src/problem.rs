//! What is wrong with a directive file: where, and in one sentence.

use std::fmt;

/// One problem of one file.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Problem {
    /// The name of the file, as it was given.
    pub file: String,
    /// The line, from 1, when it is known.
    pub line: Option<usize>,
    /// What it is about: `rule under-30`, `example Parapluie`.
    pub place: String,
    /// One sentence.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.place.is_empty() {
            write!(f, ": {}", self.place)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for Problem {}

/// A file being read: makes problems that name it.
pub(crate) struct Place<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
}

impl Place<'_> {
    /// Returns a problem at byte `offset` of the file.
    pub(crate) fn at(&self, offset: Option<usize>, place: impl Into<String>, message: impl Into<String>) -> Problem {
        let line = offset.map(|offset| self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1);
        Problem { file: self.file.to_owned(), line, place: place.into(), message: message.into() }
    }
}
