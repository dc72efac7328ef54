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
    /// One sentence, in English.
    pub message: String,
    /// The same in French, for the desk.
    pub fr: String,
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

/// A sentence in both languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Sentence {
    pub(crate) en: String,
    pub(crate) fr: String,
}

/// Makes a sentence.
pub(crate) fn say(en: impl Into<String>, fr: impl AsRef<str>) -> Sentence {
    Sentence { en: en.into(), fr: crate::typography::french(fr.as_ref()) }
}

/// Makes a sentence of what the reader of the file says, in English.
pub(crate) fn quoted(en: impl Into<String>) -> Sentence {
    let en = en.into();
    Sentence { fr: crate::typography::french(&crate::syntax::french(&en)), en }
}

/// A file being read: makes problems that name it.
pub(crate) struct Place<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
}

impl Place<'_> {
    /// Returns the line of byte `offset`, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }

    /// Returns a problem at byte `offset` of the file.
    pub(crate) fn at(&self, offset: Option<usize>, place: impl Into<String>, said: Sentence) -> Problem {
        let line = offset.map(|offset| self.line(offset));
        Problem { file: self.file.to_owned(), line, place: place.into(), message: said.en, fr: said.fr }
    }
}
