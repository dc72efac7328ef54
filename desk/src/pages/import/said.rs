//! What the hub says of a row, in the language of the page.

use crate::browser::prefs::Language;
use perron_desk_api::RowProblem;

/// Returns what is said of a row: the hub says it in both languages.
pub fn said(language: Language, problem: &RowProblem) -> String {
    match language {
        Language::Fr => problem.fr.clone(),
        Language::En => problem.en.clone(),
    }
}
