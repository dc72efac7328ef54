//! One row of the list: a person to visit, or what is wrong with the row.

use super::cells::Cells;
use super::columns::{Column, Columns};
use super::problem::{Code, Problem};
use super::reading::Reading;
use super::words::{self, meaning};
use super::{lambert, past, place, values};
use perron_domain::people::{Address, PersonRecord, Priority, Sex, Wish};

/// A person to visit, as one row of the list gives her.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The line of the file where the row starts, from 1.
    pub line: u64,
    /// What the row says of the person.
    pub record: PersonRecord,
    /// What was not understood, although the row can go in.
    pub remarks: Vec<Problem>,
}

/// Reads one row.
///
/// # Errors
/// Returns everything that is wrong with it, at least one problem.
pub fn read_row(line: u64, columns: &Columns, cells: &[String], reading: &Reading<'_>) -> Result<Row, Vec<Problem>> {
    let mut row = Cells::read(columns, cells);
    let birth_name = row.needed(Column::BirthName);
    let given_names = row.needed(Column::GivenNames);
    let birth_text = row.needed(Column::BirthDate);
    let birth_date = if birth_text.is_empty() {
        None
    } else {
        row.date(Column::BirthDate, &birth_text, reading.today, reading.dates)
    };
    let address = read_address(&mut row, reading);
    let worker_text = row.text(Column::HealthWorker);
    let health_worker = worker_text.as_deref().and_then(values::yes_no);
    if let (Some(text), None) = (&worker_text, health_worker) {
        row.remark(Column::HealthWorker, Code::WordUnknown, text);
    }
    let record = PersonRecord {
        used_name: row.text(Column::UsedName).filter(|name| *name != birth_name),
        birth_name,
        given_names,
        birth: birth_date,
        sex: row.word(Column::Sex, words::SEXES).unwrap_or(Sex::Unknown),
        phone: read_phone(&mut row),
        address,
        floor: row.text(Column::Floor),
        door_code: row.text(Column::DoorCode),
        household: row.text(Column::Household),
        priorities: read_priorities(&mut row),
        audience: read_audience(&mut row),
        origin: row.word(Column::Origin, words::ORIGINS),
        health_worker: health_worker.unwrap_or(false),
        family_doctor: row.text(Column::Doctor),
        language: row.text(Column::Language),
        mobility: row.text(Column::Mobility),
        protection: read_protection(&mut row),
        unable: false,
        wishes: read_wishes(&mut row, reading),
        infections: past::infections(&mut row, reading, birth_date),
        traits: past::traits(&row, health_worker),
        ..past::doses(&mut row, reading, birth_date)
    };
    if !row.problems.is_empty() {
        return Err(row.problems);
    }
    row.notes.extend(row.text(Column::AddressMore));
    row.notes.extend(row.text(Column::Notes));
    let notes = Some(row.notes.join("\n")).filter(|notes| !notes.is_empty());
    Ok(Row { line, record: PersonRecord { notes, ..record }, remarks: row.remarks })
}

/// Returns the first number of the row that can be dialled. Whatever else its cells say of telephones is kept in the notes.
fn read_phone(row: &mut Cells) -> Option<String> {
    let mut phone = None;
    for column in [Column::Phone, Column::OtherPhone] {
        let Some(text) = row.text(column) else { continue };
        match (perron_domain::phone::first_in(&text), &phone) {
            (None, _) => row.remark(column, Code::PhoneUnreadable, &text),
            (Some(found), None) => {
                if found.more {
                    row.remark(column, Code::PhoneMore, &text);
                }
                phone = Some(found.number);
            }
            (Some(found), Some(known)) if found.number == *known && !found.more => {}
            (Some(_), Some(_)) => row.notes.push(format!("{} : {text}", column.title())),
        }
    }
    phone
}

/// «Aucune» is an answer, and no word that nobody understands.
fn read_priorities(row: &mut Cells) -> Vec<Priority> {
    if past::is_none(row.get(Column::Priority)) { Vec::new() } else { row.words(Column::Priority, words::PRIORITIES) }
}

/// One audience is counted; the others that the cell names are kept as notes.
fn read_audience(row: &mut Cells) -> Option<perron_domain::people::Audience> {
    let text = row.text(Column::Audience).unwrap_or_default();
    let found = row.words(Column::Audience, words::AUDIENCES);
    if found.len() > 1 {
        row.notes.push(format!("{} : {text}", Column::Audience.title()));
    }
    found.first().copied()
}

/// Who may agree depends on this word: a row that does not say it clearly does not go in.
fn read_protection(row: &mut Cells) -> perron_domain::people::Protection {
    let Some(text) = row.text(Column::Protection) else { return Default::default() };
    meaning(words::PROTECTIONS, &text).unwrap_or_else(|| {
        row.problems.push(Problem::new(Column::Protection, Code::WordUnknown, &text));
        Default::default()
    })
}

fn read_address(row: &mut Cells, reading: &Reading<'_>) -> Address {
    let read = place::read(&place::PlaceCells {
        whole: row.get(Column::Address),
        number: row.get(Column::HouseNumber),
        repetition: row.get(Column::Repetition),
        street: row.get(Column::Street),
        postcode: row.get(Column::Postcode),
        town: row.get(Column::Town),
    });
    let mut address = read.address;
    if address.line.is_empty() {
        let written = row.get(Column::Address).to_owned();
        row.problems.push(Problem::new(Column::Address, Code::Missing, &written));
    }
    for (column, code, value) in read.told {
        match code {
            Code::NumberNone => row.remarks.push(Problem::new(column, code, &value)),
            _ => row.remark(column, code, &value),
        }
    }
    address.iris = row.text(Column::Iris).and_then(|text| {
        let iris = place::iris(&text);
        if iris.is_none() {
            row.remarks.push(Problem::new(Column::Iris, Code::IrisUnknown, &text));
        }
        iris
    });
    read_point(row, &mut address);
    if let Some(addresses) = reading.addresses.filter(|_| !address.line.is_empty())
        && !addresses.complete(&mut address, row.get(Column::Insee))
        && address.lon.is_none()
    {
        row.remarks.push(Problem::new(Column::Address, Code::PlaceUnknown, &address.line));
    }
    address
}

/// Reads longitude and latitude, or the two metres of Lambert-93 in their place.
fn read_point(row: &mut Cells, address: &mut Address) {
    let (lon, lat) = (row.get(Column::Longitude).to_owned(), row.get(Column::Latitude).to_owned());
    let (east, north) = (row.get(Column::East).to_owned(), row.get(Column::North).to_owned());
    let measured = |a: &str, b: &str| values::degrees(a).zip(values::degrees(b));
    let france = |(lon, lat): &(f64, f64)| values::in_france(*lon, *lat);
    let degrees = measured(&lon, &lat).filter(france);
    let metres = || measured(&east, &north).map(|(east, north)| lambert::degrees(east, north)).filter(france);
    if let Some((lon, lat)) = degrees.or_else(metres) {
        (address.lon, address.lat) = (Some(lon), Some(lat));
    }
    for (column, a, b, read) in [
        (Column::Longitude, &lon, &lat, degrees.is_some()),
        (Column::East, &east, &north, degrees.is_some() || address.lon.is_some()),
    ] {
        let written = !a.is_empty() || !b.is_empty();
        if written && !read {
            row.remarks.push(Problem::new(column, Code::PlaceUnreadable, format!("{a} {b}").trim()));
        }
    }
}

/// The rank stands for the first wished product; of the others it is unknown.
fn read_wishes(row: &mut Cells, reading: &Reading<'_>) -> Vec<Wish> {
    let rank = read_rank(row);
    let text = row.text(Column::Wishes).unwrap_or_default();
    let mut wishes: Vec<Wish> = Vec::new();
    // A product may be called «a et b» or «a/b» itself.
    let known = reading.products.wished(&text).is_some();
    let names: Vec<&str> = if known { vec![&text] } else { values::list(&text).collect() };
    for name in names {
        match reading.products.wished(name) {
            Some(code) if wishes.iter().any(|wish| wish.product == code) => {}
            Some(code) => {
                let rank = rank.filter(|_| wishes.is_empty());
                wishes.push(Wish { product: code.to_owned(), rank });
            }
            None => row.problems.push(Problem::new(Column::Wishes, Code::ProductUnknown, name)),
        }
    }
    if wishes.is_empty() && text.is_empty() && rank.is_some() {
        let text = row.get(Column::Rank).to_owned();
        row.remark(Column::Rank, Code::RankAlone, &text);
    }
    wishes
}

fn read_rank(row: &mut Cells) -> Option<u8> {
    let text = row.text(Column::Rank)?;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let others: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let known = matches!(
        others.as_str(),
        "" | "d"
            | "e"
            | "ᵉ"
            | "r"
            | "re"
            | "er"
            | "ère"
            | "ere"
            | "eme"
            | "ème"
            | "dose"
            | "edose"
            | "ᵉdose"
            | "emedose"
            | "èmedose"
            | "redose"
            | "rang"
    );
    match digits.parse::<u8>() {
        Ok(rank @ 1..=20) if known => Some(rank),
        _ => {
            row.problems.push(Problem::new(Column::Rank, Code::RankUnreadable, &text));
            None
        }
    }
}
