//! The import of a list as the desk sees it: the preview, cut to what a page can show, and what goes in.

use crate::desk::relay::Relay;
use crate::import::problem::Problem;
use crate::import::products::ProductNames;
use crate::import::row::{Reading, Row};
use crate::import::{self, Import, Known, Other, Unreadable};
use perron_desk_api::{BadLine, ColumnFound, DuplicatePair, ImportPreview, PersonBrief, RowProblem, SampleRow};
use perron_domain::fact::{Body, PersonAdded};
use perron_domain::people::PersonRecord;
use std::collections::BTreeSet;

/// The most bad rows, remarks and duplicates that a page shows.
const SHOWN: usize = 300;

/// The rows that a page shows as they will go in.
const SAMPLE: usize = 20;

/// Reads a list against what the relay knows.
///
/// # Errors
/// When nothing of it can be read.
pub fn read(relay: &Relay<'_>, bytes: &[u8]) -> Result<Import, Unreadable> {
    let products = relay.products();
    let names = ProductNames::new(products.values().map(|product| (product.code.as_str(), product.name_fr.as_str())))
        .with_families(products.values().map(|product| (product.code.clone(), product.family)));
    let people = relay.people;
    let source_key = |name| match people.log().get(name).map(|fact| &fact.body) {
        Some(Body::PersonAdded(added)) => added.source_key.as_str(),
        _ => "",
    };
    let known: Vec<Known<'_>> = people
        .view()
        .persons
        .iter()
        .map(|(name, record)| Known { name: *name, source_key: source_key(*name), record })
        .collect();
    import::read(bytes, &Reading { today: relay.today(), products: &names }, &known)
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

/// Returns who goes in, and how many likely duplicates are left out.
#[must_use]
pub fn chosen(import: Import, keep: &Keep) -> (Vec<PersonAdded>, u32) {
    let doubtful: BTreeSet<u64> = import.duplicates.iter().map(|duplicate| duplicate.line).collect();
    let mut left_out = 0;
    let mut added = Vec::with_capacity(import.rows.len());
    for (row, source_key) in import.rows.into_iter().zip(import.keys) {
        if doubtful.contains(&row.line) && !keep.keeps(row.line) {
            left_out += 1;
        } else {
            added.push(PersonAdded::new(row.record, source_key));
        }
    }
    (added, left_out)
}

/// Returns what the page shows of a file.
#[must_use]
pub fn preview(relay: &Relay<'_>, import: &Import) -> ImportPreview {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let doubtful: BTreeSet<u64> = import.duplicates.iter().map(|duplicate| duplicate.line).collect();
    let with_remarks = || import.rows.iter().filter(|row| !row.remarks.is_empty());
    ImportPreview {
        rows: count(import.rows.len()),
        bad_total: count(import.bad.len()),
        bad: import
            .bad
            .iter()
            .take(SHOWN)
            .map(|bad| BadLine {
                line: bad.line,
                problems: bad.problems.iter().map(|one| problem(bad.line, one)).collect(),
                excerpt: bad.excerpt.clone(),
            })
            .collect(),
        duplicate_rows: count(doubtful.len()),
        duplicates: import.duplicates.iter().take(SHOWN).map(|one| pair(relay, one)).collect(),
        already_known: count(import.already_known.len()),
        remarks_total: count(with_remarks().count()),
        remarks: with_remarks().take(SHOWN).flat_map(remarks).collect(),
        sample: import
            .rows
            .iter()
            .take(SAMPLE)
            .map(|row| SampleRow { line: row.line, person: brief(relay, &row.record) })
            .collect(),
        columns: import
            .columns
            .iter()
            .map(|found| ColumnFound { heading: found.heading.clone(), title: found.column.title().to_owned() })
            .collect(),
        unknown_columns: import.unknown_columns.clone(),
        missing_columns: import.missing_columns.iter().map(|column| column.title().to_owned()).collect(),
        encoding: word(&import.encoding),
        separator: if import.separator == '\t' { "tab".to_owned() } else { import.separator.to_string() },
        repaired: import.repaired,
    }
}

fn remarks(row: &Row) -> impl Iterator<Item = RowProblem> {
    row.remarks.iter().map(|remark| problem(row.line, remark))
}

fn problem(line: u64, problem: &Problem) -> RowProblem {
    RowProblem { line, code: word(&problem.code), fr: problem.fr.clone(), en: problem.en.clone() }
}

/// Returns the name that JSON gives a code.
fn word(code: &impl serde::Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn pair(relay: &Relay<'_>, duplicate: &import::Duplicate) -> DuplicatePair {
    let (other_line, other_person) = match duplicate.other {
        Other::Line(line) => (Some(line), None),
        Other::Person(person) => (None, Some(person)),
    };
    DuplicatePair {
        line: duplicate.line,
        other_line,
        other_person,
        row: brief(relay, &duplicate.record),
        other: brief(relay, &duplicate.other_record),
        likenesses: duplicate.likenesses.clone(),
    }
}

fn brief(relay: &Relay<'_>, record: &PersonRecord) -> PersonBrief {
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
        wishes: record.wishes.iter().map(|wish| relay.product_short(&wish.product)).collect(),
    }
}
