//! What somebody typed in a form of the desk and has not saved yet.

use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// The largest draft of a form, in bytes of JSON: the text of a directive has room in it.
pub const LARGEST_TYPED: usize = 256 * 1024;

/// The draft of a form, as its page wrote it. It belongs to the account that typed it, and to the window in which it was typed:
/// two windows on one form do not write over each other.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypedForm {
    /// When it was kept. The hub says so: what a page sends here is not looked at.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub at: Option<Wall>,
    /// In which window it was typed: its path says so, what a page sends here is not looked at.
    #[serde(default)]
    pub window: String,
    /// The fields by their names.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub fields: serde_json::Value,
}

/// Says whether a text is the key of a form: the form's name, a hyphen, what it is about (`person-1-45`); or that of a window.
#[must_use]
pub fn is_form(key: &str) -> bool {
    let plain = |one: u8| one.is_ascii_alphanumeric() || matches!(one, b'-' | b'.' | b'_');
    (1..=80).contains(&key.len()) && key.bytes().all(plain)
}

/// Returns the key of the form of a person who is known.
#[must_use]
pub fn person_form(person: perron_domain::name::FactName) -> String {
    format!("person-{person}")
}
