//! What a coordinator decides of the doubtful rows of a list, and what she mended of the refused ones.

use leptos::prelude::*;
use perron_desk_api::{Kept, MendedRow};
use perron_domain::name::FactName;
use std::collections::BTreeMap;

/// What becomes of a doubtful row; without a decision it stays out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decision {
    /// It is another person: she goes in.
    Another,
    /// It is this person: the relay takes what the row says.
    Take(FactName),
}

/// The decisions of one page.
#[derive(Clone, Copy)]
pub struct Decisions {
    rows: RwSignal<BTreeMap<u64, Decision>>,
    mended: RwSignal<BTreeMap<u64, BTreeMap<u32, String>>>,
}

impl Decisions {
    /// Starts with none.
    pub fn new() -> Self {
        Self { rows: RwSignal::new(BTreeMap::new()), mended: RwSignal::new(BTreeMap::new()) }
    }

    /// Forgets all of them: another file was chosen.
    pub fn clear(self) {
        self.rows.set(BTreeMap::new());
        self.mended.set(BTreeMap::new());
    }

    /// Says whether this was decided of a row.
    pub fn is(self, line: u64, decision: Decision) -> bool {
        self.rows.with(|rows| rows.get(&line) == Some(&decision))
    }

    /// Decides this of a row, or takes it back.
    pub fn set(self, line: u64, decision: Decision, on: bool) {
        self.rows.update(|rows| match on {
            true => {
                rows.insert(line, decision);
            }
            false if rows.get(&line) == Some(&decision) => {
                rows.remove(&line);
            }
            false => {}
        });
    }

    /// Returns how many rows go in as other people, and of how many the relay takes what they say.
    pub fn counts(self) -> (u32, u32) {
        self.rows.with(|rows| {
            let another = rows.values().filter(|one| **one == Decision::Another).count();
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            (count(another), count(rows.len() - another))
        })
    }

    /// Notes what the cells of a row say now.
    pub fn mend(self, line: u64, cells: Vec<(u32, String)>) {
        self.mended.update(|mended| mended.entry(line).or_default().extend(cells));
    }

    /// Returns what was mended, as it is sent.
    pub fn mended(self) -> Vec<MendedRow> {
        let row = |(line, cells): (u64, BTreeMap<u32, String>)| MendedRow { line, cells: cells.into_iter().collect() };
        self.mended.get_untracked().into_iter().map(row).collect()
    }

    /// Returns the decisions, as they are sent.
    pub fn kept(self) -> Kept {
        let rows = self.rows.get_untracked();
        let keep = rows.iter().filter(|(_, one)| **one == Decision::Another).map(|(line, _)| line.to_string());
        let take = rows.iter().filter_map(|(line, one)| match one {
            Decision::Take(person) => Some(format!("{line}@{person}")),
            Decision::Another => None,
        });
        Kept { keep: keep.collect::<Vec<_>>().join(","), take: take.collect::<Vec<_>>().join(","), mended: 0 }
    }
}
