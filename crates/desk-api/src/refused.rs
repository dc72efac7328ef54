//! Why the hub refuses: the domain's refusal, whole, or a code of the hub's own; and one sentence.

use perron_domain::Refusal;
use serde::{Deserialize, Serialize};

/// A code of the hub's own. Its name never changes between versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// What is sent is not JSON, or not the JSON that is asked for.
    BadJson,
    /// What stands behind the question mark cannot be read.
    BadQuery,
    /// The file of a list holds nothing.
    EmptyFile,
    /// The hub is asked under another name than this machine's.
    ForeignHost,
    /// The request comes from a page of another site.
    ForeignOrigin,
    /// Something failed inside.
    Internal,
    /// A link that does not begin with `https://`.
    Link,
    /// The address is asked in another way.
    Method,
    /// Columns of a list are missing.
    MissingColumns,
    /// No such account at the relay.
    NoSuchAccount,
    /// No such tablet at the relay.
    NoSuchTablet,
    /// There is no such thing.
    NotFound,
    /// Something is missing before a round can be published.
    NotReady,
    /// The file of a list is no text.
    NotText,
    /// A form or a file cannot be written as a directive.
    NotWritten,
    /// The number is the hub's own.
    OwnNumber,
    /// The round cannot be published with somebody on it.
    PeopleRefused,
    /// Checks of a directive do not pass.
    Problems,
    /// The round is published.
    Published,
    /// Not the name of a territory.
    Territory,
    /// A file or a text is too large.
    TooLarge,
    /// A list has too many rows.
    TooManyRows,
    /// The file has more columns than are read.
    TooManyColumns,
    /// Where a file comes from is not said.
    Unattributed,
    /// Somebody else saved meanwhile.
    Version,
    /// A code of a later hub.
    #[serde(other)]
    Other,
}

/// Why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Why {
    /// The work's rules refuse it.
    Work(Refusal),
    /// The hub refuses it.
    Hub {
        /// For programs.
        code: Code,
    },
}

/// What the hub answers when it refuses: `code`, what the code speaks of, and `message`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Refused {
    /// Why.
    #[serde(flatten)]
    pub why: Why,
    /// One sentence: in French where the code is the hub's own, for programmers where the desk has the words.
    pub message: String,
}

impl Refused {
    /// Reads it back; none when it is something else.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Own {
            code: Code,
            message: String,
        }
        let own: Own = serde_json::from_slice(body).ok()?;
        let why = serde_json::from_slice(body).map_or(Why::Hub { code: own.code }, Why::Work);
        Some(Self { why, message: own.message })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use perron_domain::refusal::Field;

    #[test]
    fn a_refusal_comes_back_whole() {
        let long = Refusal::OutOfRange { field: Field::Lot, min: 1, max: 20 };
        for refusal in [long, Refusal::NotRpps, Refusal::SetApart] {
            let sent = Refused { why: Why::Work(refusal), message: "…".into() };
            assert_eq!(Refused::read(&serde_json::to_vec(&sent).unwrap()), Some(sent));
        }
    }

    #[test]
    fn a_code_of_the_hubs_own_comes_back_with_its_sentence_and_a_later_one_too() {
        let version = Refused { why: Why::Hub { code: Code::Version }, message: "Rechargez.".into() };
        let json = serde_json::to_string(&version).unwrap();
        assert_eq!(json, r#"{"code":"version","message":"Rechargez."}"#);
        assert_eq!(Refused::read(json.as_bytes()), Some(version));
        let later = Refused::read(br#"{"code":"some_new_one","message":"Nouveau."}"#).unwrap();
        assert_eq!(later, Refused { why: Why::Hub { code: Code::Other }, message: "Nouveau.".into() });
        assert_eq!(Refused::read(b"<html>"), None);
    }
}
