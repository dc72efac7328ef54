//! Addresses: one cell or the columns of the Base Adresse Nationale.

use super::columns::Column;
use super::fold::{fold, squeeze};
use super::problem::Code;
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

/// An address as a row says it, and what of its cells did not go into it.
#[derive(Debug, Default)]
pub struct Place {
    /// The address, without coordinates; its line is empty when no street can be read.
    pub address: Address,
    /// What is to be told: where it stood, why, and what stood there.
    pub told: Vec<(Column, Code, String)>,
}

/// Reads the cells that say where somebody lives.
#[must_use]
pub fn read(cells: &PlaceCells<'_>) -> Place {
    let mut place = Place::default();
    let (number, none) = house_number(cells.number);
    if none {
        place.told.push((Column::HouseNumber, Code::NumberNone, cells.number.to_owned()));
    }
    place.address.city = cells.town.to_owned();
    if !cells.postcode.is_empty() {
        match postcode(cells.postcode) {
            Some(code) => place.address.postcode = code,
            None => place.told.push((Column::Postcode, Code::PostcodeUnknown, cells.postcode.to_owned())),
        }
    }
    if cells.street.is_empty() {
        let rest = split(cells.whole, &mut place.address);
        if !rest.is_empty() {
            place.told.push((Column::Address, Code::AddressRest, rest));
        }
        let line = &place.address.line;
        if !number.is_empty() && !line.is_empty() && !line.starts_with(|c: char| c.is_ascii_digit()) {
            place.address.line = joined([number, cells.repetition, line]);
        }
    } else {
        place.address.line = joined([number, cells.repetition, cells.street]);
        if !cells.whole.is_empty() && !squeeze(cells.whole).contains(&squeeze(&place.address.line)) {
            place.told.push((Column::Address, Code::AddressRest, cells.whole.to_owned()));
        }
    }
    if !place.address.line.chars().any(char::is_alphabetic) {
        place.address.line.clear();
    }
    place
}

fn joined(parts: [&str; 3]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns a house number, and whether it says that there is none: the addresses' files write 99999 then, others 0.
fn house_number(text: &str) -> (&str, bool) {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse::<u32>() {
        Ok(0 | 10_000..) if digits => ("", true),
        _ => (text, false),
    }
}

/// Returns a French postcode: a spreadsheet drops the first zero of 06000, people write «F-93140» and «93140 CEDEX».
#[must_use]
pub fn postcode(text: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches(['F', 'f', 'R', 'r']).trim_start_matches(['-', ' ']);
    let digits: String =
        bare.chars().take_while(|c| c.is_ascii_digit() || *c == ' ').filter(char::is_ascii_digit).collect();
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if !rest.is_empty() && !rest.to_uppercase().starts_with("CEDEX") {
        return None;
    }
    let code = match digits.len() {
        4 => format!("0{digits}"),
        // «93140 CEDEX 9» has one digit more.
        5 => digits,
        _ => return None,
    };
    // 01 to 95, overseas 97 and 98; 00 is the army's, and no place that somebody goes to.
    let department: u32 = code.get(..2)?.parse().ok()?;
    matches!(department, 1..=95 | 97 | 98).then_some(code)
}

/// Returns an IRIS code: nine digits, of which a spreadsheet drops a first zero; Corsica writes 2A and 2B.
#[must_use]
pub fn iris(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| *c != ' ').map(|c| c.to_ascii_uppercase()).collect();
    let code = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) { format!("0{text}") } else { text };
    let plain = |(at, c): (usize, char)| c.is_ascii_digit() || (at == 1 && matches!(c, 'A' | 'B'));
    (code.len() == 9 && code.char_indices().all(plain)).then_some(code)
}

/// Splits «12 bis rue de l’Est, 93140 Bondy» into line, postcode and town, and returns what of it contradicts the cells that
/// say the postcode and the town already.
fn split(whole: &str, address: &mut Address) -> String {
    let words: Vec<&str> = whole.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let found = words.iter().enumerate().find_map(|(at, word)| {
        let five = word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit());
        Some((at, postcode(word).filter(|_| five)?))
    });
    let Some((at, code)) = found else {
        address.line = whole.trim_end_matches([' ', ',']).to_owned();
        return String::new();
    };
    // What stands before keeps its commas.
    let line = whole.find(words[at]).and_then(|end| whole.get(..end)).unwrap_or_default();
    address.line = line.trim_end_matches([' ', ',']).to_owned();
    let town = words[at + 1..].join(" ");
    let mut rest = Vec::new();
    if address.postcode.is_empty() {
        address.postcode = code;
    } else if address.postcode != code {
        rest.push(code);
    }
    if address.city.is_empty() {
        address.city = town;
    } else if !squeeze(&address.city).contains(&squeeze(&town)) {
        rest.push(town);
    }
    rest.join(" ")
}

/// Returns the street of an address line, without its number: «12 bis Rue de l’Est» gives «Rue de l’Est».
#[must_use]
pub fn street(line: &str) -> &str {
    house(line).map_or(line.trim(), |(_, _, street)| street)
}

/// Returns number, repetition in small letters, and street of an address line: «12B, Rue de l’Est» is 12, `b` and «Rue de
/// l’Est». None when it does not start with a number.
#[must_use]
pub fn house(line: &str) -> Option<(&str, String, &str)> {
    let line = line.trim();
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let (number, rest) = line.split_at_checked(digits).filter(|(number, _)| !number.is_empty())?;
    let rest = rest.trim_start_matches([' ', ',']);
    let end = rest.find([' ', ',']).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    let word = word.to_lowercase();
    // «1 r Noémie» is a street written short.
    let letter = word.len() == 1 && word != "r" && word.starts_with(|c: char| c.is_ascii_lowercase());
    let repeated =
        matches!(word.as_str(), "bis" | "ter" | "quater" | "quinquies") || (letter && !after.trim().is_empty());
    if repeated {
        Some((number, word, after.trim_start_matches([' ', ','])))
    } else {
        Some((number, String::new(), rest))
    }
}

/// Words that are written short before a street's name, folded.
const SHORT: [(&str, &str); 27] = [
    ("all", "allee"),
    ("allees", "allee"),
    ("av", "avenue"),
    ("ave", "avenue"),
    ("bd", "boulevard"),
    ("bld", "boulevard"),
    ("blvd", "boulevard"),
    ("boul", "boulevard"),
    ("ch", "chemin"),
    ("che", "chemin"),
    ("chem", "chemin"),
    ("crs", "cours"),
    ("fg", "faubourg"),
    ("fbg", "faubourg"),
    ("imp", "impasse"),
    ("pas", "passage"),
    ("pass", "passage"),
    ("pl", "place"),
    ("qu", "quai"),
    ("r", "rue"),
    ("res", "residence"),
    ("rpt", "rond point"),
    ("rte", "route"),
    ("sq", "square"),
    ("vla", "villa"),
    ("za", "zone d activites"),
    ("zi", "zone industrielle"),
];

/// Returns what a street is known by, however it was written: «AV. DE L’EST» and «Avenue de l'Est» are one.
#[must_use]
pub fn street_key(street: &str) -> String {
    let folded = fold(street);
    let (first, rest) = folded.split_once(' ').unwrap_or((folded.as_str(), ""));
    let first = SHORT.iter().find(|(short, _)| *short == first && !rest.is_empty()).map_or(first, |(_, long)| *long);
    let rest = rest.split(' ').map(|word| match word {
        "st" => "saint",
        "ste" => "sainte",
        "gal" | "gl" => "general",
        "mal" => "marechal",
        "dr" => "docteur",
        word => word,
    });
    [first].into_iter().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> (String, String, String) {
        let address = read(&PlaceCells { whole: text, ..PlaceCells::default() }).address;
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
        let address = read(&cells).address;
        assert_eq!((address.line.as_str(), address.postcode.as_str()), ("7 bis Rue Noémie", "06000"));
    }

    #[test]
    fn the_street_stands_after_the_number() {
        assert_eq!(street("12 bis Rue de l’Est"), "Rue de l’Est");
        assert_eq!(street("7 Rue Noémie"), "Rue Noémie");
        assert_eq!(street("Place B"), "Place B");
        assert_eq!(street("12B, Rue de l’Est"), "Rue de l’Est");
        assert_eq!(house("12 BIS rue A"), Some(("12", "bis".to_owned(), "rue A")));
    }

    #[test]
    fn postcodes_are_french_ones_or_none() {
        for (text, code) in [
            ("93140", Some("93140")),
            ("6000", Some("06000")),
            ("93 140", Some("93140")),
            ("F-93140", Some("93140")),
            ("93140 CEDEX", Some("93140")),
            ("97400", Some("97400")),
            ("20090", Some("20090")),
            ("99999", None),
            ("00000", None),
            ("0", None),
            ("123", None),
            ("931400", None),
            ("SW1A 1AA", None),
            ("Bondy", None),
        ] {
            assert_eq!(postcode(text).as_deref(), code, "{text}");
        }
    }

    #[test]
    fn a_number_that_means_none_is_left_out_and_told() {
        for number in ["99999", "0"] {
            let read = read(&PlaceCells { number, street: "Rue Noémie", ..PlaceCells::default() });
            assert_eq!(read.address.line, "Rue Noémie");
            assert_eq!(read.told, [(Column::HouseNumber, Code::NumberNone, number.to_owned())]);
        }
    }

    #[test]
    fn what_other_cells_contradict_is_told() {
        let cells =
            PlaceCells { whole: "1 rue A, 75011 Paris", postcode: "93140", town: "Bondy", ..PlaceCells::default() };
        let read = read(&cells);
        assert_eq!(read.address.line, "1 rue A");
        assert_eq!(read.told, [(Column::Address, Code::AddressRest, "75011 Paris".to_owned())]);
    }

    #[test]
    fn a_street_is_one_however_it_was_written() {
        for same in ["Avenue de l’Est", "AVENUE DE L'EST", "Av. de l'Est", "av de l’ Est"] {
            assert_eq!(street_key(same), street_key("Avenue de l’Est"), "{same}");
        }
        assert_ne!(street_key("Rue de l’Est"), street_key("Avenue de l’Est"));
        assert_eq!(street_key("R. Noemie"), street_key("Rue Noémie"));
        assert_eq!(street_key("rue St-Just"), street_key("Rue Saint Just"));
    }
}
