//! The relay's file of addresses, an extract of the Base Adresse Nationale: coordinates of an address that has none.
//!
//! Only the same number of the same street gives its point. A street that the file knows under several towns gives one only
//! where the address says which town.

use super::columns::{Column, Columns};
use super::encoding;
use super::fold::squeeze;
use super::headings;
use super::place::{house, postcode, street_key};
use super::reader::{Record, Records, named_separator, sniff_separator};
use super::text::Decoder;
use super::{lambert, values};
use perron_domain::people::Address;
use std::collections::HashMap;

/// An address of the file.
#[derive(Clone, PartialEq, Debug)]
struct Point {
    postcode: String,
    city: String,
    insee: String,
    lon: f64,
    lat: f64,
    iris: Option<String>,
}

/// Addresses by number and street.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    points: HashMap<String, Vec<Point>>,
}

/// Why a file of addresses cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the file of addresses names no number, street and coordinates: an extract of the Base Adresse Nationale is needed"
)]
pub struct NoAddresses;

impl Addresses {
    /// Reads an extract of the BAN, or a commune's own file (BAL).
    ///
    /// # Errors
    /// [`NoAddresses`] when it is neither.
    pub fn read(bytes: &[u8]) -> Result<Self, NoAddresses> {
        let (bytes, utf16) = encoding::without_mark(bytes);
        let (separator, start) = named_separator(&bytes).unwrap_or_else(|| (sniff_separator(&bytes), 0));
        let mut decoder = Decoder::new(utf16, encoding::detect(&bytes));
        let records = || Records::after(&bytes, separator, (start, 0));
        let headings = headings::find(records(), &mut decoder).ok_or(NoAddresses)?;
        let columns = Columns::read(&headings.cells);
        let has = |column| columns.index(column).is_some();
        let degrees = has(Column::Longitude) && has(Column::Latitude);
        if !has(Column::HouseNumber) || !has(Column::Street) || !(degrees || has(Column::East)) {
            return Err(NoAddresses);
        }
        let mut addresses = Self::default();
        for record in records().skip(headings.records) {
            let Record::Cells(_, cells) = record else { continue };
            let mut cell = |column| {
                columns.index(column).and_then(|at| cells.get(at)).map(|cell| decoder.cell(cell)).unwrap_or_default()
            };
            let line = [cell(Column::HouseNumber), cell(Column::Repetition), cell(Column::Street)].join(" ");
            let point = |a: &str, b: &str| values::degrees(a).zip(values::degrees(b));
            let (lon, lat) = (cell(Column::Longitude), cell(Column::Latitude));
            let (east, north) = (cell(Column::East), cell(Column::North));
            let found = point(&lon, &lat).or_else(|| point(&east, &north).map(|(x, y)| lambert::degrees(x, y)));
            let Some((lon, lat)) = found.filter(|(lon, lat)| values::in_france(*lon, *lat)) else { continue };
            let code = cell(Column::Postcode);
            let point = Point {
                postcode: postcode(&code).unwrap_or_default(),
                city: cell(Column::Town),
                insee: cell(Column::Insee),
                lon,
                lat,
                iris: Some(cell(Column::Iris)).filter(|iris| !iris.is_empty()),
            };
            if let Some(key) = key(&line) {
                addresses.points.entry(key).or_default().push(point);
            }
        }
        if addresses.points.is_empty() { Err(NoAddresses) } else { Ok(addresses) }
    }

    /// Returns how many addresses there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.points.values().map(Vec::len).sum()
    }

    /// Returns whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Gives an address what it lacks: coordinates, IRIS, and a postcode or a town that it does not say. `insee` is the code of
    /// the town, where the list says it. Returns whether the file has the address.
    pub fn complete(&self, address: &mut Address, insee: &str) -> bool {
        let Some(point) = self.find(address, insee) else { return false };
        if address.lon.is_none() || address.lat.is_none() {
            (address.lon, address.lat) = (Some(point.lon), Some(point.lat));
            address.iris = address.iris.take().or_else(|| point.iris.clone());
        }
        if address.postcode.is_empty() {
            address.postcode.clone_from(&point.postcode);
        }
        if address.city.is_empty() {
            address.city.clone_from(&point.city);
        }
        true
    }

    fn find(&self, address: &Address, insee: &str) -> Option<&Point> {
        let points = self.points.get(&key(&address.line)?)?;
        let says = |theirs: &str, ours: &str| ours.is_empty() || theirs.is_empty() || squeeze(theirs) == squeeze(ours);
        let mut found = points.iter().filter(|point| {
            says(&point.postcode, &address.postcode) && says(&point.insee, insee)
                // One postcode may have several towns, one town several postcodes; a town named «CEDEX» has one.
                && (!insee.is_empty() || !address.postcode.is_empty() || says(&point.city, &address.city))
        });
        let first = found.next()?;
        // The same number may stand there twice, as two doors of one house.
        let near = |other: &Point| other.insee == first.insee && other.postcode == first.postcode;
        found.all(near).then_some(first)
    }
}

/// Returns what an address is found by: number, repetition and street.
fn key(line: &str) -> Option<String> {
    let (number, repetition, street) = house(line)?;
    Some(format!("{number}{repetition} {}", street_key(street)))
}

/// Returns the lines of the demonstration's extract, without its headings.
#[cfg(test)]
pub(super) fn demo_lines() -> impl Iterator<Item = &'static str> {
    include_str!("../../../../demo/ban_bondy_93010.csv").lines().skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bondy() -> Addresses {
        Addresses::read(include_bytes!("../../../../demo/ban_bondy_93010.csv")).expect("an extract of the BAN")
    }

    fn found(addresses: &Addresses, line: &str, postcode: &str, city: &str) -> Option<(f64, f64)> {
        let mut address =
            Address { line: line.into(), postcode: postcode.into(), city: city.into(), ..Address::default() };
        addresses.complete(&mut address, "");
        address.lon.zip(address.lat)
    }

    #[test]
    fn an_address_is_found_however_it_is_written() {
        let addresses = bondy();
        assert_eq!(addresses.len(), 8_413);
        let there = Some((2.488881, 48.893494));
        for line in [
            "1 Allée Marguerite Duras",
            "1 ALLEE MARGUERITE DURAS",
            "1, all. Marguerite Duras",
            "1 allee marguerite-duras",
        ] {
            assert_eq!(found(&addresses, line, "93140", "Bondy"), there, "{line}");
            assert_eq!(found(&addresses, line, "", ""), there, "{line}");
            assert_eq!(found(&addresses, line, "", "BONDY"), there, "{line}");
        }
    }

    #[test]
    fn what_the_file_does_not_have_is_not_guessed() {
        let addresses = bondy();
        for (line, postcode, city) in [
            ("4000 Allée Marguerite Duras", "93140", "Bondy"),
            ("1 Allée Marguerite Duras", "75011", "Paris"),
            ("1 Allée Marguerite Duras", "", "Paris"),
            ("Allée Marguerite Duras", "93140", "Bondy"),
            ("1 Rue Qui N’Existe Pas", "93140", "Bondy"),
        ] {
            assert_eq!(found(&addresses, line, postcode, city), None, "{line} {postcode} {city}");
        }
    }

    #[test]
    fn every_address_of_the_file_finds_itself() {
        let addresses = bondy();
        let mut decoder = Decoder::default();
        for line in demo_lines() {
            let cells: Vec<String> = line.split(';').map(|cell| decoder.cell(cell.as_bytes())).collect();
            let written = [cells[1].as_str(), &cells[2], &cells[3]].join(" ").replace("  ", " ");
            assert!(found(&addresses, &written, &cells[4], &cells[6]).is_some(), "{written}");
        }
    }

    #[test]
    fn a_communes_own_file_serves_too_and_another_list_does_not() {
        let bal = "cle_interop;commune_insee;commune_nom;voie_nom;numero;suffixe;x;y\n\
            93010_0001_00012_bis;93010;Bondy;Rue du Test;12;bis;662524.1;6866064.08\n";
        let addresses = Addresses::read(bal.as_bytes()).expect("a BAL");
        let (lon, lat) = found(&addresses, "12 bis rue du Test", "93140", "Bondy").expect("the address");
        assert!((lon - 2.488_881).abs() < 1e-5 && (lat - 48.893_494).abs() < 1e-5);
        assert!(Addresses::read(b"Nom;Adresse\nA;1 rue A\n").is_err());
    }
}
