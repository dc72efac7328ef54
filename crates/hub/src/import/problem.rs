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
    /// An error of a formula in the place of what somebody typed.
    FormulaError,
    /// A program's word for «nothing».
    Void,
    /// A number of which only the first digits are left.
    NumberCut,
    /// Letters were lost before the file came here.
    TextDamaged,
    /// A postcode that none is.
    PostcodeUnknown,
    /// A house number that stands for «none».
    NumberNone,
    /// An IRIS code that none is.
    IrisUnknown,
    /// More than one telephone, or words beside it: the first one is dialled.
    PhoneMore,
    /// Words of an address that the other cells of the address do not say.
    AddressRest,
    /// A cell of a column without a heading.
    NoHeading,
    /// A rank without a vaccine.
    RankAlone,
    /// No coordinates: the relay's file of addresses does not have it.
    PlaceUnknown,
    /// Months stand before days in the whole file.
    DatesMonthFirst,
    /// In some rows months stand before days, in others after them.
    DatesMixed,
    /// Dates are day numbers of a spreadsheet.
    DatesNumbered,
    /// Dates are day numbers of a spreadsheet that counts from 1904.
    DatesNumberedSince1904,
    /// A line above the headings.
    AboveHeadings,
}

/// One thing that is wrong with one row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// The column, when it is one cell.
    pub column: Option<Column>,
    /// Why, as a code.
    pub code: Code,
    /// What stood there, shortened to 60 characters.
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
        Code::FormulaError => (
            format!("« {value} » est une erreur du tableur : rien n’est lu ici"),
            format!("“{value}” is an error of the spreadsheet: nothing is read here"),
        ),
        Code::Void => {
            (format!("« {value} » est lu comme une case vide"), format!("“{value}” is read as an empty cell"))
        }
        Code::NumberCut => (
            format!("« {value} » : le tableur a abrégé ce nombre, des chiffres sont perdus"),
            format!("“{value}”: the spreadsheet shortened this number, digits are lost"),
        ),
        Code::TextDamaged => (
            format!("« {value} » : des lettres sont perdues, à corriger"),
            format!("“{value}”: letters are lost, to be corrected"),
        ),
        Code::PostcodeUnknown => {
            (format!("« {value} » n’est pas un code postal français"), format!("“{value}” is not a French postcode"))
        }
        Code::NumberNone => (
            format!("« {value} » veut dire « sans numéro » : l’adresse est lue sans lui"),
            format!("“{value}” means “no number”: the address is read without it"),
        ),
        Code::IrisUnknown => (format!("« {value} » n’est pas un code IRIS"), format!("“{value}” is not an IRIS code")),
        Code::PhoneMore => (
            format!("« {value} » : le premier numéro est appelé, le tout est gardé dans les notes"),
            format!("“{value}”: the first number is dialled, all of it is kept in the notes"),
        ),
        Code::AddressRest => (
            format!("« {value} » est gardé dans les notes, car d’autres cases disent l’adresse"),
            format!("“{value}” is kept in the notes, for other cells say the address"),
        ),
        Code::NoHeading => (
            format!("« {value} » se trouve dans une colonne sans titre et n’est pas lu"),
            format!("“{value}” stands in a column without a heading and is not read"),
        ),
        Code::RankAlone => (
            format!("« {value} » n’est pas lu, car la ligne ne dit pas quel vaccin"),
            format!("“{value}” is not read, for the row does not say which vaccine"),
        ),
        Code::PlaceUnknown => (
            format!("« {value} » n’est pas dans le fichier d’adresses : pas de coordonnées"),
            format!("“{value}” is not in the file of addresses: no coordinates"),
        ),
        Code::DatesMonthFirst => (
            format!(
                "« {value} » : dans ce fichier, le mois est écrit avant le jour ; toutes ses dates sont lues ainsi"
            ),
            format!("“{value}”: in this file the month stands before the day; all its dates are read so"),
        ),
        Code::DatesMixed => (
            format!("« {value} » : le mois semble écrit avant le jour, ailleurs après lui ; vérifiez les dates"),
            format!("“{value}”: the month seems to stand before the day, elsewhere after it; check the dates"),
        ),
        Code::DatesNumbered => (
            format!(
                "« {value} » : dates écrites comme numéros de jour d’un tableur, comptés depuis 1900 ; comptées depuis \
                 1904, elles tomberaient quatre ans et un jour plus tard"
            ),
            format!(
                "“{value}”: dates written as day numbers of a spreadsheet, counted from 1900; counted from 1904 they \
                 would be four years and a day later"
            ),
        ),
        Code::DatesNumberedSince1904 => (
            format!(
                "« {value} » : dates écrites comme numéros de jour d’un tableur, comptés depuis 1904, car comptées depuis \
                 1900 des infections ou des doses seraient d’avant le COVID-19"
            ),
            format!(
                "“{value}”: dates written as day numbers of a spreadsheet, counted from 1904, because counted from 1900 \
                 infections or doses would be older than COVID-19"
            ),
        ),
        Code::AboveHeadings => (
            format!("« {value} » se trouve au-dessus des titres et n’est pas lu"),
            format!("“{value}” stands above the headings and is not read"),
        ),
    };
    if title.is_empty() { (fr, en) } else { (format!("{title} : {fr}"), format!("{title}: {en}")) }
}
