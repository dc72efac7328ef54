//! Imports the vaccine presentations of the Base de données publique des médicaments, and compares our products with them.
//!
//! The import can be repeated with each new file: it changes nothing by itself. Withdrawn presentations are kept, because
//! dated rules and earlier doses name them, and `compare` finds a product that could still be taken although it is gone.

use crate::problem::Problem;
use perron_domain::date::Day;
use perron_domain::rules::Product;
use serde::{Deserialize, Serialize};

/// A presentation (a box) of a vaccine.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Presentation {
    /// CIS code of the medicine.
    pub cis: String,
    /// Its full name.
    pub name: String,
    /// CIP13 of the box.
    pub cip13: String,
    /// GTIN-14 of the box.
    pub gtin14: String,
    /// What the box holds.
    pub presentation: String,
    /// Doses in one vial, where the text says it.
    pub doses_per_vial: Option<u8>,
    /// The day that the market was declared entered or left.
    pub declared_on: Option<Day>,
    /// It can still be bought.
    pub marketed: bool,
}

/// Where a product of ours disagrees with the file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// No presentation has this CIP13.
    UnknownCode {
        /// The code of the product.
        product: String,
        /// The CIP13.
        cip13: String,
    },
    /// Nothing of it is marketed any more, and it could be taken on the day of the comparison.
    StillTakeable {
        /// The code of the product.
        product: String,
    },
    /// Another number of doses in a vial.
    Doses {
        /// The code of the product.
        product: String,
        /// What our file says.
        ours: u8,
        /// What the presentation says.
        theirs: u8,
    },
}

#[derive(Deserialize)]
struct Row {
    cis: String,
    denomination: String,
    etat_commercialisation: String,
    cip13: String,
    gtin14: String,
    presentation: String,
    etat_commercialisation_presentation: String,
    date_declaration: String,
}

/// Returns the presentations of a BDPM file (`;`, UTF-8, a header line).
///
/// # Errors
/// The line that cannot be read, or whose codes fail their check.
pub fn import(file: &str, bytes: &[u8]) -> Result<Vec<Presentation>, Problem> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes);
    let mut found = Vec::new();
    for (index, row) in reader.deserialize::<Row>().enumerate() {
        let line = Some(index + 2);
        let wrong = |message: String| Problem {
            file: file.to_owned(),
            line,
            place: String::new(),
            fr: message.clone(),
            message,
        };
        let row = row.map_err(|error| wrong(error.to_string()))?;
        if !crate::is_cip13(&row.cip13) || row.gtin14 != format!("0{}", row.cip13) {
            return Err(wrong(format!("{} or {} fails its check digit", row.cip13, row.gtin14)));
        }
        let stopped = row.etat_commercialisation_presentation.to_lowercase().contains("arrêt");
        found.push(Presentation {
            marketed: row.etat_commercialisation.trim() == "Commercialisée" && !stopped,
            doses_per_vial: doses(&row.presentation),
            declared_on: french_day(&row.date_declaration),
            cis: row.cis,
            name: row.denomination,
            cip13: row.cip13,
            gtin14: row.gtin14,
            presentation: row.presentation,
        });
    }
    Ok(found)
}

/// Returns where `products` disagree with the presentations, on the day of the file.
#[must_use]
pub fn compare(products: &[&Product], presentations: &[Presentation], on: Day) -> Vec<Difference> {
    let mut differences = Vec::new();
    for product in products {
        let mut own = Vec::new();
        for cip13 in &product.cip13 {
            match presentations.iter().find(|presentation| &presentation.cip13 == cip13) {
                Some(presentation) => own.push(presentation),
                None => {
                    differences.push(Difference::UnknownCode { product: product.code.clone(), cip13: cip13.clone() })
                }
            }
        }
        if !own.is_empty() && own.iter().all(|presentation| !presentation.marketed) && product.takeable(on) {
            differences.push(Difference::StillTakeable { product: product.code.clone() });
        }
        let theirs = own.iter().find_map(|presentation| presentation.doses_per_vial);
        if let Some(theirs) = theirs.filter(|theirs| *theirs != product.doses_per_vial) {
            let ours = product.doses_per_vial;
            differences.push(Difference::Doses { product: product.code.clone(), ours, theirs });
        }
    }
    differences
}

/// Returns the doses of one vial: the number of the first «de N dose…» of the text.
fn doses(presentation: &str) -> Option<u8> {
    let words: Vec<&str> = presentation.split_whitespace().collect();
    words.windows(3).find_map(|three| match three {
        ["de", number, dose] if dose.starts_with("dose") => number.parse().ok(),
        _ => None,
    })
}

fn french_day(text: &str) -> Option<Day> {
    let mut parts = text.trim().splitn(3, '/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_doses_of_one_vial_are_read_and_not_those_of_the_box() {
        assert_eq!(doses("195 flacons multidoses en verre de 6 doses ( abrogée le 03/07/2024)"), Some(6));
        assert_eq!(doses("2 flacons multidoses en verre de 2,5 mL de 5 doses (10 doses)"), Some(5));
        assert_eq!(doses("10 flacon(s) multidose(s) en verre de 10 dose(s)"), Some(10));
        assert_eq!(doses("1 seringue préremplie en verre de 0,5 mL"), None);
    }

    #[test]
    fn a_code_that_fails_its_check_is_refused_with_its_line() {
        let header = "cis;denomination;etat_commercialisation;cip13;gtin14;presentation;etat_commercialisation_presentation;date_declaration\n";
        let row =
            "1;X;Commercialisée;3400930275574;03400930275574;1 flacon;Déclaration de commercialisation;28/08/2024\n";
        let problem = import("bdpm.csv", format!("{header}{row}").as_bytes()).unwrap_err();
        assert_eq!(problem.line, Some(2));
    }
}
