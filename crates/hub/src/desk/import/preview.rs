//! The import of a list as the desk sees it: the preview, cut to what a page can show, and what goes in.

use super::snapshot::Snapshot;
use crate::import::outcome::{self, Import, Other};
use crate::import::problem::Problem;
use crate::import::row::Row;
use perron_desk_api::together::differing;
use perron_desk_api::{
    BadCell, BadLine, ChangedRow, ColumnFound, DuplicatePair, ImportPreview, KnownRow, PersonBrief, RowProblem,
    SampleRow,
};
use perron_domain::fact::PersonAdded;
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;
use std::collections::{BTreeMap, BTreeSet};

/// How much of a list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The most bad rows, remarks, duplicates and differences.
    pub of_each: usize,
    /// The rows that are shown as they will go in.
    pub sample: usize,
}

impl Shown {
    /// As much as a page shows.
    pub const PAGE: Self = Self { of_each: 300, sample: 20 };
    /// Everything.
    pub const ALL: Self = Self { of_each: usize::MAX, sample: usize::MAX };
}

/// Which likely duplicates go in although they may be somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// All of them.
    All,
    /// Those on these lines.
    Lines(BTreeSet<u64>),
}

impl Keep {
    /// Reads `all`, `none`, nothing, or lines separated by commas; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "all" => Some(Self::All),
            "" | "none" => Some(Self::Lines(BTreeSet::new())),
            lines => lines.split(',').map(|line| line.trim().parse().ok()).collect::<Option<_>>().map(Self::Lines),
        }
    }

    fn keeps(&self, line: u64) -> bool {
        match self {
            Self::All => true,
            Self::Lines(lines) => lines.contains(&line),
        }
    }
}

/// Reads `line@person`, separated by commas; `None` for anything else.
#[must_use]
pub fn take(text: &str) -> Option<BTreeMap<u64, FactName>> {
    let one = |pair: &str| {
        let (line, person) = pair.split_once('@')?;
        Some((line.trim().parse().ok()?, person.trim().parse().ok()?))
    };
    text.split(',').map(str::trim).filter(|pair| !pair.is_empty()).map(one).collect()
}

/// What a coordinator decided of a list.
#[derive(Debug, Default, PartialEq)]
pub struct Chosen {
    /// Who goes in.
    pub added: Vec<PersonAdded>,
    /// Of whom the relay takes what the list says: who, and the row.
    pub taken: Vec<(FactName, PersonRecord)>,
    /// How many likely duplicates are left out.
    pub left_out: u32,
    /// Who stays as she is, by the line of her row.
    pub unchanged: Vec<(u64, FactName)>,
}

/// Returns what becomes of the rows of a list.
#[must_use]
pub fn chosen(import: Import, keep: &Keep, take: &BTreeMap<u64, FactName>) -> Chosen {
    let mut may_be: BTreeMap<u64, Vec<Option<FactName>>> = BTreeMap::new();
    for one in &import.duplicates {
        let person = match one.other {
            Other::Person(person) => Some(person),
            Other::Line(_) => None,
        };
        may_be.entry(one.line).or_default().push(person);
    }
    let unchanged = import.already_known.iter().map(|one| (one.line, one.person)).collect();
    let mut chosen = Chosen { unchanged, ..Chosen::default() };
    for (row, source_key) in import.rows.into_iter().zip(import.keys) {
        let wanted = take.get(&row.line).copied();
        match may_be.get(&row.line) {
            Some(others) if wanted.is_some_and(|person| others.contains(&Some(person))) => {
                chosen.taken.extend(wanted.map(|person| (person, row.record)));
            }
            Some(_) if !keep.keeps(row.line) => chosen.left_out += 1,
            _ => chosen.added.push(PersonAdded::new(row.record, source_key)),
        }
    }
    for one in import.changed {
        let line = one.row.line;
        if take.get(&line) == Some(&one.person) {
            chosen.taken.push((one.person, one.row.record));
        } else if matches!(keep, Keep::Lines(lines) if lines.contains(&line)) {
            chosen.added.push(PersonAdded::new(one.row.record, one.key));
        } else {
            chosen.unchanged.push((line, one.person));
        }
    }
    chosen.unchanged.sort_unstable();
    chosen
}

/// Returns the first of those whom the relay knows, with what it knows of them.
#[must_use]
pub fn known(snapshot: &Snapshot, rows: impl Iterator<Item = (u64, FactName)>, shown: Shown) -> Vec<KnownRow> {
    let by_name: BTreeMap<FactName, &PersonRecord> = snapshot.known.iter().map(|one| (one.name, &one.record)).collect();
    let line = |(line, person)| {
        let known = brief(snapshot, by_name.get(&person)?);
        Some(KnownRow { line, person, known })
    };
    rows.filter_map(line).take(shown.of_each).collect()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Returns what is shown of a file.
#[must_use]
pub fn preview(snapshot: &Snapshot, import: &Import, shown: Shown) -> ImportPreview {
    let doubtful: BTreeSet<u64> = import.duplicates.iter().map(|duplicate| duplicate.line).collect();
    let all = || import.rows.iter().chain(import.changed.iter().map(|one| &one.row));
    let with_remarks = || all().filter(|row| !row.remarks.is_empty());
    let Shown { of_each, sample } = shown;
    let column = |found: &outcome::FoundColumn| ColumnFound {
        heading: found.heading.clone(),
        title: found.column.title().to_owned(),
    };
    ImportPreview {
        read: count(import.counted()),
        rows: count(import.rows.len()),
        bad_total: count(import.bad.len()),
        bad: import.bad.iter().take(of_each).map(|bad| bad_line(import, bad)).collect(),
        duplicate_rows: count(doubtful.len()),
        duplicates: import.duplicates.iter().take(of_each).map(|one| pair(snapshot, one)).collect(),
        already_known: count(import.already_known.len()),
        known: known(snapshot, import.already_known.iter().map(|one| (one.line, one.person)), shown),
        changed_rows: count(import.changed.len()),
        changed: import
            .changed
            .iter()
            .take(of_each)
            .map(|one| changed(one.row.line, one.person, &one.there, &one.taken))
            .collect(),
        remarks_total: count(with_remarks().count()),
        remarks: with_remarks().take(of_each).flat_map(remarks).collect(),
        sample: import
            .rows
            .iter()
            .take(sample)
            .map(|row| SampleRow { line: row.line, person: brief(snapshot, &row.record), record: row.record.clone() })
            .collect(),
        columns: import.columns.iter().map(column).collect(),
        unknown_columns: import.unknown_columns.clone(),
        missing_columns: import.missing_columns.iter().map(|column| column.title().to_owned()).collect(),
        told: import.told.iter().map(|(line, one)| problem(*line, one)).collect(),
        encoding: word(&import.encoding),
        separator: if import.separator == '\t' { "tab".to_owned() } else { import.separator.to_string() },
        repaired: import.repaired,
    }
}

fn bad_line(import: &Import, bad: &outcome::BadRow) -> BadLine {
    let wrong = |at: usize| {
        let named = import.headings.get(at);
        let found = import.columns.iter().find(|one| Some(&one.heading) == named).map(|one| one.column);
        bad.problems.iter().any(|problem| problem.column.is_none() || problem.column == found)
    };
    let width = bad.cells.len().max(import.headings.len());
    let cells = (0..width).map(|at| BadCell {
        at: count(at),
        heading: import.headings.get(at).cloned().unwrap_or_default(),
        value: bad.cells.get(at).cloned().unwrap_or_default(),
        wrong: wrong(at),
    });
    BadLine {
        line: bad.line,
        problems: bad.problems.iter().map(|one| problem(bad.line, one)).collect(),
        excerpt: bad.excerpt(),
        cells: cells.filter(|cell| !(cell.heading.is_empty() && cell.value.is_empty())).collect(),
    }
}

fn changed(line: u64, person: FactName, there: &PersonRecord, taken: &PersonRecord) -> ChangedRow {
    ChangedRow { line, person, differs: differing(there, taken), there: there.clone(), taken: taken.clone() }
}

fn remarks(row: &Row) -> impl Iterator<Item = RowProblem> {
    row.remarks.iter().map(|remark| problem(row.line, remark))
}

fn problem(line: u64, problem: &Problem) -> RowProblem {
    RowProblem {
        line,
        column: problem.column.map(|column| column.title().to_owned()),
        value: problem.value.clone(),
        code: word(&problem.code),
        fr: problem.fr.clone(),
        en: problem.en.clone(),
    }
}

/// Returns the name that JSON gives a code.
fn word(code: &impl serde::Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn pair(snapshot: &Snapshot, duplicate: &outcome::Duplicate) -> DuplicatePair {
    let (other_line, other_person) = match duplicate.other {
        Other::Line(line) => (Some(line), None),
        Other::Person(person) => (None, Some(person)),
    };
    let taken = other_person.zip(duplicate.taken.as_ref());
    DuplicatePair {
        line: duplicate.line,
        other_line,
        other_person,
        row: brief(snapshot, &duplicate.record),
        other: brief(snapshot, &duplicate.other_record),
        likenesses: duplicate.likenesses.clone(),
        change: taken.map(|(person, taken)| changed(duplicate.line, person, &duplicate.other_record, taken)),
    }
}

/// Returns what a coordinator compares people by.
#[must_use]
pub fn brief(snapshot: &Snapshot, record: &PersonRecord) -> PersonBrief {
    let address = &record.address;
    let town = format!("{} {}", address.postcode, address.city);
    PersonBrief {
        birth_name: record.birth_name.clone(),
        used_name: record.used_name.clone(),
        given_names: record.given_names.clone(),
        birth: record.birth,
        phone: crate::desk::people::page::dialled(record),
        address: [address.line.as_str(), town.trim()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        lon: address.lon,
        lat: address.lat,
        wishes: record.wishes.iter().map(|wish| snapshot.short(&wish.product)).collect(),
        notes: record.notes.clone(),
    }
}
