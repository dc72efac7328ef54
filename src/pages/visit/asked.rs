//! One question of the doorstep, as a screen asks it.

use crate::components::Glyph;
use perron_domain::rules;

/// A question as it is put to the person.
#[derive(Clone, PartialEq)]
pub struct Asked {
    /// Its code.
    pub code: String,
    /// It, in the language of the screens.
    pub text: String,
    /// What it is about, for who does not read.
    pub picture: Option<Glyph>,
    /// It in other languages.
    pub translations: Vec<rules::Translation>,
    /// Other vaccines to which the answer was «oui» once.
    pub elsewhere: Vec<String>,
}

impl Asked {
    /// Returns what makes it the same question on the screen: one that an urgent directive words anew is read anew.
    pub(super) fn key(&self) -> String {
        let translated = self.translations.iter().map(|one| one.text.as_str());
        [self.code.as_str(), &self.text].into_iter().chain(translated).collect::<Vec<_>>().join("\n")
    }
}
