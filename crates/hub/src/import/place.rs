//! Addresses: one cell or the columns of the Base Adresse Nationale.

use perron_domain::people::Address;

/// The cells that say where somebody lives.
#[derive(Debug, Default)]
pub struct PlaceCells<'a> {
    /// The whole address in one cell.
    pub whole: &'a str,
    /// House number.
    pub number: &'a str,
    /// bis, ter.
    pub repetition: &'a str,
    /// Street.
    pub street: &'a str,
    /// Postcode.
    pub postcode: &'a str,
    /// Town.
    pub town: &'a str,
}

/// Returns the address without coordinates; its line is empty when no street can be read.
#[must_use]
pub fn read(cells: &PlaceCells<'_>) -> Address {
    let mut address = Address { postcode: postcode(cells.postcode), city: cells.town.to_owned(), ..Address::default() };
    if cells.street.is_empty() {
        split(cells.whole, &mut address);
    } else {
        let parts = [cells.number, cells.repetition, cells.street];
        address.line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    }
    if !address.line.chars().any(char::is_alphabetic) {
        address.line.clear();
    }
    address
}

/// A spreadsheet drops the first zero of 06000.
fn postcode(text: &str) -> String {
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) { format!("0{text}") } else { text.to_owned() }
}

/// Splits «12 bis rue de l’Est, 93140 Bondy» into line, postcode and town.
fn split(whole: &str, address: &mut Address) {
    let words: Vec<&str> = whole.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_postcode = |word: &&str| word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit());
    let Some(at) = words.iter().position(is_postcode) else {
        address.line = whole.trim_end_matches([' ', ',']).to_owned();
        return;
    };
    address.line = words[..at].join(" ");
    if address.postcode.is_empty() {
        words[at].clone_into(&mut address.postcode);
    }
    if address.city.is_empty() {
        address.city = words[at + 1..].join(" ");
    }
}

/// Returns the street of an address line, without its number: «12 bis Rue de l’Est» gives «Rue de l’Est».
#[must_use]
pub fn street(line: &str) -> &str {
    let mut rest = line.trim();
    let Some((first, after)) = rest.split_once(' ') else { return rest };
    if !first.starts_with(|c: char| c.is_ascii_digit()) {
        return rest;
    }
    rest = after.trim_start();
    match rest.split_once(' ') {
        Some((word, after))
            if matches!(word.to_lowercase().as_str(), "bis" | "ter" | "quater" | "a" | "b" | "c" | "d") =>
        {
            after.trim_start()
        }
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> (String, String, String) {
        let address = read(&PlaceCells { whole: text, ..PlaceCells::default() });
        (address.line, address.postcode, address.city)
    }

    fn parts(line: &str, postcode: &str, city: &str) -> (String, String, String) {
        (line.to_owned(), postcode.to_owned(), city.to_owned())
    }

    #[test]
    fn an_address_in_one_cell_is_split_at_its_postcode() {
        assert_eq!(whole("12 bis rue de l’Est, 93140 Bondy"), parts("12 bis rue de l’Est", "93140", "Bondy"));
        assert_eq!(whole("Allée Alice"), parts("Allée Alice", "", ""));
        assert_eq!(whole("93140 Bondy"), parts("", "93140", "Bondy"), "a town is no street");
    }

    #[test]
    fn ban_columns_are_joined() {
        let cells = PlaceCells {
            number: "7",
            repetition: "bis",
            street: "Rue Noémie",
            postcode: "6000",
            ..PlaceCells::default()
        };
        let address = read(&cells);
        assert_eq!((address.line.as_str(), address.postcode.as_str()), ("7 bis Rue Noémie", "06000"));
    }

    #[test]
    fn the_street_stands_after_the_number() {
        assert_eq!(street("12 bis Rue de l’Est"), "Rue de l’Est");
        assert_eq!(street("7 Rue Noémie"), "Rue Noémie");
        assert_eq!(street("Place B"), "Place B");
    }
}
