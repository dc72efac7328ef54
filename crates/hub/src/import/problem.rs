//! What is wrong with a row, in one sentence that a coordinator can act on.

use super::{columns::Column, dates::DateProblem};
use serde::Serialize;

/// Why a cell or a row cannot be used. The screen chooses its words by this code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// A cell that is needed is empty.
    Missing,
    /// A date that is not written like one.
    DateUnreadable,
    /// A day that the calendar does not have.
    DateImpossible,
    /// A date later than today.
    DateFuture,
    /// A year of two digits.
    DateTwoDigitYear,
    /// More than 125 years ago.
    DateTooOld,
    /// An earlier dose before the birth.
    BeforeBirth,
    /// A product that Perron does not know.
    ProductUnknown,
    /// A rank that is not a number from 1 to 20.
    RankUnreadable,
    /// A word that this column does not know.
    WordUnknown,
    /// A telephone number that cannot be dialled.
    PhoneUnreadable,
    /// Coordinates that are no place in France.
    PlaceUnreadable,
    /// More than 2,000 characters in one cell.
    TooLong,
    /// A quotation mark that is never closed.
    QuoteOpen,
    /// More cells than headings.
    TooManyCells,
    /// The same person stands on an earlier line of this file.
    Repeated,
}

/// One thing that is wrong with one row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// The column, when it is one cell.
    pub column: Option<Column>,
    /// Why, as a code.
    pub code: Code,
    /// What stood there, shortened to 60 characters; for `repeated`, the earlier line.
    pub value: String,
    /// Why, in French.
    pub fr: String,
    /// Why, in English.
    pub en: String,
}

impl Problem {
    /// Says what is wrong with `value` in `column`.
    #[must_use]
    pub fn new(column: impl Into<Option<Column>>, code: Code, value: &str) -> Self {
        let column = column.into();
        let value: String = value.chars().take(60).collect();
        let (fr, en) = sentence(column, code, &value);
        Self { column, code, value, fr, en }
    }

    /// Says why a date cannot be used.
    #[must_use]
    pub fn date(column: Column, problem: DateProblem, value: &str) -> Self {
        let code = match problem {
            DateProblem::Unreadable => Code::DateUnreadable,
            DateProblem::Impossible => Code::DateImpossible,
            DateProblem::Future => Code::DateFuture,
            DateProblem::TwoDigitYear => Code::DateTwoDigitYear,
            DateProblem::TooOld => Code::DateTooOld,
        };
        Self::new(column, code, value)
    }
}

fn sentence(column: Option<Column>, code: Code, value: &str) -> (String, String) {
    let title = column.map_or("", Column::title);
    let (fr, en) = match code {
        Code::Missing => ("case vide, or cette information est indispensable".into(), "empty, but it is needed".into()),
        Code::DateUnreadable => (
            format!("« {value} » n’est pas une date ; écrire 12/03/1950, 03/1950 ou 1950"),
            format!("“{value}” is not a date; write 12/03/1950, 03/1950 or 1950"),
        ),
        Code::DateImpossible => {
            (format!("« {value} » n’existe pas au calendrier"), format!("“{value}” is not in the calendar"))
        }
        Code::DateFuture => (format!("« {value} » est dans le futur"), format!("“{value}” is in the future")),
        Code::DateTwoDigitYear => (
            format!("« {value} » : année sur deux chiffres, siècle inconnu"),
            format!("“{value}”: a year of two digits, the century is unknown"),
        ),
        Code::DateTooOld => {
            (format!("« {value} » remonte à plus de 125 ans"), format!("“{value}” is more than 125 years ago"))
        }
        Code::BeforeBirth => {
            (format!("« {value} » est antérieur à la naissance"), format!("“{value}” is before the birth"))
        }
        Code::ProductUnknown => {
            (format!("« {value} » n’est pas un vaccin connu"), format!("“{value}” is not a known vaccine"))
        }
        Code::RankUnreadable => (
            format!("« {value} » n’est pas un rang de dose (1 à 20)"),
            format!("“{value}” is not the rank of a dose (1 to 20)"),
        ),
        Code::WordUnknown => {
            (format!("« {value} » n’est pas compris ici"), format!("“{value}” is not understood here"))
        }
        Code::PhoneUnreadable => {
            (format!("« {value} » ne peut pas être appelé"), format!("“{value}” cannot be dialled"))
        }
        Code::PlaceUnreadable => {
            (format!("« {value} » n’est pas un lieu de France"), format!("“{value}” is not a place in France"))
        }
        Code::TooLong => {
            ("plus de 2 000 caractères dans une case".into(), "more than 2,000 characters in a cell".into())
        }
        Code::QuoteOpen => {
            ("guillemet \" ouvert et jamais refermé".into(), "a quotation mark is opened and never closed".into())
        }
        Code::TooManyCells => (
            "plus de cases que de titres de colonne : un séparateur de trop ?".into(),
            "more cells than headings: one separator too many?".into(),
        ),
        Code::Repeated => (
            format!("même personne qu’à la ligne {value} de ce fichier"),
            format!("the same person as on line {value} of this file"),
        ),
    };
    if title.is_empty() { (fr, en) } else { (format!("{title} : {fr}"), format!("{title}: {en}")) }
}
