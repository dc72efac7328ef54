//! One row of the list: a person to visit, or what is wrong with the row.

use super::columns::{Column, Columns};
use super::dates::read_date;
use super::problem::{Code, Problem};
use super::products::ProductNames;
use super::words::{self, Table, meaning};
use super::{place, values};
use perron_domain::date::{Day, PartialDate};
use perron_domain::people::{
    Address, INFECTIONS, Infection, Known, LIVE, ListKnown, PersonRecord, PriorDose, Priority, Sex, TraitKnown, Wish,
};
use perron_domain::rules::{Family, Trait};
use serde::Serialize;
use utoipa::ToSchema;

const LONGEST_CELL: usize = 2_000;

/// A person to visit, as one row of the list gives her.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Row {
    /// The line of the file where the row starts, from 1.
    pub line: u64,
    /// What the row says of the person.
    #[schema(value_type = Object)]
    pub record: PersonRecord,
    /// What was not understood, although the row can go in.
    pub remarks: Vec<Problem>,
}

/// What rows are read against.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// Today, where the relay is.
    pub today: Day,
    /// The products that a row may name.
    pub products: &'a ProductNames,
}

/// The cells of one row, by column.
struct Cells<'a> {
    columns: &'a Columns,
    cells: &'a [String],
    problems: Vec<Problem>,
    remarks: Vec<Problem>,
    notes: Vec<String>,
}

impl<'a> Cells<'a> {
    fn get(&self, column: Column) -> &'a str {
        self.columns.index(column).and_then(|index| self.cells.get(index)).map_or("", String::as_str)
    }

    fn text(&self, column: Column) -> Option<String> {
        Some(self.get(column)).filter(|text| !text.is_empty() && !matches!(*text, "-" | "?" | "/")).map(str::to_owned)
    }

    fn needed(&mut self, column: Column) -> String {
        let text = self.text(column).unwrap_or_default();
        if !text.chars().any(char::is_alphanumeric) {
            self.problems.push(Problem::new(column, Code::Missing, ""));
        }
        text
    }

    /// Keeps what was not understood: nothing that somebody wrote is thrown away.
    fn remark(&mut self, column: Column, code: Code, value: &str) {
        self.remarks.push(Problem::new(column, code, value));
        self.notes.push(format!("{} : {value}", column.title()));
    }

    fn word<T: Copy>(&mut self, column: Column, table: Table<T>) -> Option<T> {
        let text = self.text(column)?;
        let found = meaning(table, &text);
        if found.is_none() {
            self.remark(column, Code::WordUnknown, &text);
        }
        found
    }

    fn words<T: Copy + PartialEq>(&mut self, column: Column, table: Table<T>) -> Vec<T> {
        let text = self.text(column).unwrap_or_default();
        let mut found = Vec::new();
        for word in values::list(&text) {
            match meaning(table, word) {
                Some(known) if found.contains(&known) => {}
                Some(known) => found.push(known),
                None => self.remark(column, Code::WordUnknown, word),
            }
        }
        found
    }

    fn date(&mut self, column: Column, text: &str, today: Day) -> Option<PartialDate> {
        read_date(text, today).map_err(|problem| self.problems.push(Problem::date(column, problem, text))).ok()
    }
}

/// Reads one row.
///
/// # Errors
/// Returns everything that is wrong with it, at least one problem.
pub fn read_row(line: u64, columns: &Columns, cells: &[String], reading: &Reading<'_>) -> Result<Row, Vec<Problem>> {
    let mut row = Cells { columns, cells, problems: Vec::new(), remarks: Vec::new(), notes: Vec::new() };
    for (column, index) in columns.found() {
        if cells.get(index).is_some_and(|cell| cell.chars().count() > LONGEST_CELL) {
            row.problems.push(Problem::new(column, Code::TooLong, ""));
        }
    }
    let birth_name = row.needed(Column::BirthName);
    let given_names = row.needed(Column::GivenNames);
    let birth_text = row.needed(Column::BirthDate);
    let birth_date = if birth_text.is_empty() { None } else { row.date(Column::BirthDate, &birth_text, reading.today) };
    let address = read_address(&mut row);
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
        infections: read_infections(&mut row, reading, birth_date),
        traits: read_traits(&mut row, health_worker),
        ..read_doses(&mut row, reading, birth_date)
    };
    if !row.problems.is_empty() {
        return Err(row.problems);
    }
    row.notes.extend(row.text(Column::AddressMore));
    row.notes.extend(row.text(Column::Notes));
    let notes = Some(row.notes.join("\n")).filter(|notes| !notes.is_empty());
    Ok(Row { line, record: PersonRecord { notes, ..record }, remarks: row.remarks })
}

fn read_phone(row: &mut Cells<'_>) -> Option<String> {
    let text = row.text(Column::Phone)?;
    let phone = perron_domain::phone::dialled(&text);
    if phone.is_none() {
        row.remark(Column::Phone, Code::PhoneUnreadable, &text);
    }
    phone
}

/// «Aucune» is an answer, and no word that nobody understands.
fn read_priorities(row: &mut Cells<'_>) -> Vec<Priority> {
    if is_none(row.get(Column::Priority)) { Vec::new() } else { row.words(Column::Priority, words::PRIORITIES) }
}

/// One audience is counted; the others that the cell names are kept as notes.
fn read_audience(row: &mut Cells<'_>) -> Option<perron_domain::people::Audience> {
    let text = row.text(Column::Audience).unwrap_or_default();
    let found = row.words(Column::Audience, words::AUDIENCES);
    if found.len() > 1 {
        row.notes.push(format!("{} : {text}", Column::Audience.title()));
    }
    found.first().copied()
}

/// Who may agree depends on this word: a row that does not say it clearly does not go in.
fn read_protection(row: &mut Cells<'_>) -> perron_domain::people::Protection {
    let Some(text) = row.text(Column::Protection) else { return Default::default() };
    meaning(words::PROTECTIONS, &text).unwrap_or_else(|| {
        row.problems.push(Problem::new(Column::Protection, Code::WordUnknown, &text));
        Default::default()
    })
}

fn read_address(row: &mut Cells<'_>) -> Address {
    let mut address = place::read(&place::PlaceCells {
        whole: row.get(Column::Address),
        number: row.get(Column::HouseNumber),
        repetition: row.get(Column::Repetition),
        street: row.get(Column::Street),
        postcode: row.get(Column::Postcode),
        town: row.get(Column::Town),
    });
    if address.line.is_empty() {
        row.problems.push(Problem::new(Column::Address, Code::Missing, ""));
    }
    address.iris = row.text(Column::Iris);
    let (lon, lat) = (row.get(Column::Longitude), row.get(Column::Latitude));
    if !lon.is_empty() || !lat.is_empty() {
        let point = values::degrees(lon).zip(values::degrees(lat));
        match point.filter(|(lon, lat)| values::in_france(*lon, *lat)) {
            Some((lon, lat)) => (address.lon, address.lat) = (Some(lon), Some(lat)),
            None => row.remarks.push(Problem::new(Column::Longitude, Code::PlaceUnreadable, &format!("{lon} {lat}"))),
        }
    }
    address
}

/// The rank stands for the first wished product; of the others it is unknown.
fn read_wishes(row: &mut Cells<'_>, reading: &Reading<'_>) -> Vec<Wish> {
    let rank = read_rank(row);
    let text = row.text(Column::Wishes).unwrap_or_default();
    let mut wishes: Vec<Wish> = Vec::new();
    for name in values::list(&text) {
        match reading.products.wished(name) {
            Some(code) if wishes.iter().any(|wish| wish.product == code) => {}
            Some(code) => {
                let rank = rank.filter(|_| wishes.is_empty());
                wishes.push(Wish { product: code.to_owned(), rank });
            }
            None => row.problems.push(Problem::new(Column::Wishes, Code::ProductUnknown, name)),
        }
    }
    wishes
}

fn read_rank(row: &mut Cells<'_>) -> Option<u8> {
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

/// Reads earlier doses, and which lists are whole: a list that names doses of a family knows them all, «aucune» says that
/// there are none, and an empty cell says nothing.
fn read_doses(row: &mut Cells<'_>, reading: &Reading<'_>, birth: Option<PartialDate>) -> PersonRecord {
    let mut read = PersonRecord::default();
    let whole = |list: &str| ListKnown { list: list.to_owned(), complete: true };
    if !row.get(Column::Infections).is_empty() {
        read.lists.push(whole(INFECTIONS));
    }
    let text = row.text(Column::Doses).unwrap_or_default();
    if is_none(&text) {
        read.lists.extend(Family::ALL.into_iter().map(Family::code).chain([LIVE]).map(whole));
        return read;
    }
    for entry in text.split(['|', ';', '+']).map(str::trim).filter(|entry| !entry.is_empty()) {
        let (name, date) = entry.split_once('@').unwrap_or((entry, "?"));
        let (date, lot) = date.split_once('#').map_or((date, None), |(date, lot)| (date, Some(lot.trim())));
        let Some(product) = reading.products.earlier(name.trim()) else {
            row.problems.push(Problem::new(Column::Doses, Code::ProductUnknown, name.trim()));
            continue;
        };
        let family = reading.products.family(product).map(Family::code);
        if let Some(list) = family.filter(|list| read.lists.iter().all(|known| known.list != *list)) {
            read.lists.push(whole(list));
        }
        if is_none(date) {
            continue;
        }
        let on = after_birth(row, Column::Doses, date.trim(), reading, birth);
        let lot = lot.filter(|lot| !lot.is_empty()).map(ToOwned::to_owned);
        read.doses.push(PriorDose { product: product.to_owned(), on, lot });
    }
    read
}

/// Says whether a cell says that there was none.
fn is_none(text: &str) -> bool {
    matches!(super::fold::fold(text).as_str(), "aucune" | "aucun" | "jamais" | "non" | "0" | "neant")
}

/// Reads what the list says not to be so: «Priorité : aucune», «Professionnel de santé : non».
fn read_traits(row: &mut Cells<'_>, health_worker: Option<bool>) -> Vec<TraitKnown> {
    let no = |which| TraitKnown { which, known: Known::No };
    let mut traits = Vec::new();
    if is_none(row.get(Column::Priority)) {
        traits.extend([Trait::AtRisk, Trait::VeryHighRisk, Trait::Immunocompromised, Trait::Pregnant].map(no));
    }
    if health_worker == Some(false) {
        traits.push(no(Trait::HealthWorker));
    }
    traits
}

fn read_infections(row: &mut Cells<'_>, reading: &Reading<'_>, birth: Option<PartialDate>) -> Vec<Infection> {
    // A list says when, never with which proof: the nurse asks for it.
    let infection = |on| Infection { on, proof: false };
    let text = row.get(Column::Infections);
    match super::fold::fold(text).as_str() {
        "oui" | "o" | "x" | "date inconnue" => return vec![infection(None)],
        "non" | "n" | "0" | "aucune" | "jamais" | "neant" => return Vec::new(),
        _ => {}
    }
    text.split(['|', ';', '+', ','])
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .map(|date| infection(after_birth(row, Column::Infections, date, reading, birth)))
        .collect()
}

/// Reads a date that may be unknown (`?`), and that a birth must come before.
fn after_birth(
    row: &mut Cells<'_>,
    column: Column,
    text: &str,
    reading: &Reading<'_>,
    birth: Option<PartialDate>,
) -> Option<PartialDate> {
    if text.is_empty() || text == "?" {
        return None;
    }
    let date = row.date(column, text, reading.today)?;
    if birth.is_some_and(|birth| date.latest() < birth.earliest()) {
        row.problems.push(Problem::new(column, Code::BeforeBirth, text));
    }
    Some(date)
}
