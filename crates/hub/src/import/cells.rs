//! The cells of one row, by column: what a spreadsheet did to them undone, and what could not be used told.

use super::columns::{Column, Columns};
use super::dates::{Habit, read_date};
use super::problem::{Code, Problem};
use super::repair::damaged;
use super::spreadsheet::{is_error, is_void, unquoted, whole, whole_words};
use super::values;
use super::words::{Table, meaning};
use perron_domain::date::{Day, PartialDate};

/// The longest cell that is read, in characters.
pub const LONGEST_CELL: usize = 2_000;

/// The cells of one row, and what is to be said of them.
#[derive(Debug)]
pub struct Cells {
    values: Vec<String>,
    /// Needed cells whose content was an error of a formula.
    errors: Vec<(Column, String)>,
    /// Why the row cannot go in.
    pub problems: Vec<Problem>,
    /// What was not understood, although it can.
    pub remarks: Vec<Problem>,
    /// What goes into the notes, so that nothing that somebody wrote is thrown away.
    pub notes: Vec<String>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Words of people, as they are.
    Text,
    /// A number or a code of digits.
    Digits,
    /// One of a few words, or a short code.
    Word,
    /// Degrees or metres.
    Measure,
}

const fn kind(column: Column) -> Kind {
    use Column as C;
    match column {
        C::HouseNumber | C::Postcode | C::Insee | C::Iris | C::Phone | C::OtherPhone | C::Rank | C::BirthDate => {
            Kind::Digits
        }
        C::Longitude | C::Latitude | C::East | C::North => Kind::Measure,
        C::Sex | C::Floor | C::DoorCode | C::Household | C::HealthWorker | C::Protection | C::Priority => Kind::Word,
        _ => Kind::Text,
    }
}

impl Cells {
    /// Reads the cells of a row that columns name.
    #[must_use]
    pub fn read(columns: &Columns, cells: &[String]) -> Self {
        let mut row = Self {
            values: vec![String::new(); Column::ALL.len()],
            errors: Vec::new(),
            problems: Vec::new(),
            remarks: Vec::new(),
            notes: Vec::new(),
        };
        for (column, index) in columns.found() {
            let Some(cell) = cells.get(index).filter(|cell| !cell.is_empty()) else { continue };
            if let Some(text) = row.cleaned(column, cell)
                && let Some(value) = row.values.get_mut(column as usize)
            {
                if !value.is_empty() {
                    value.push_str(", ");
                }
                value.push_str(&text);
            }
        }
        row
    }

    /// Returns what a cell says; nothing when nothing of it can be used, which is told.
    fn cleaned(&mut self, column: Column, cell: &str) -> Option<String> {
        if cell.chars().count() > LONGEST_CELL {
            self.problems.push(Problem::new(column, Code::TooLong, ""));
            return None;
        }
        let cell = unquoted(cell);
        if is_error(cell) {
            self.remarks.push(Problem::new(column, Code::FormulaError, cell));
            self.errors.push((column, cell.to_owned()));
            return None;
        }
        // «Null» and «Nan» are names, too.
        if is_void(cell) && !matches!(column, Column::BirthName | Column::GivenNames | Column::Name) {
            self.remarks.push(Problem::new(column, Code::Void, cell));
            return None;
        }
        if damaged(cell) {
            self.remarks.push(Problem::new(column, Code::TextDamaged, cell));
        }
        match kind(column) {
            Kind::Text if column == Column::Address => Some(whole_words(cell)),
            Kind::Text | Kind::Measure => Some(cell.to_owned()),
            Kind::Word => Some(whole(cell).unwrap_or_else(|| cell.to_owned())),
            Kind::Digits => {
                let typed = whole(cell);
                if typed.is_none() {
                    self.remarks.push(Problem::new(column, Code::NumberCut, cell));
                }
                typed
            }
        }
    }

    /// Returns what stands in a column; empty when nothing does.
    #[must_use]
    pub fn get(&self, column: Column) -> &str {
        self.values.get(column as usize).map_or("", String::as_str)
    }

    /// Returns what stands in a column, unless it only says that nobody knows.
    #[must_use]
    pub fn text(&self, column: Column) -> Option<String> {
        Some(self.get(column)).filter(|text| !text.is_empty() && !matches!(*text, "-" | "?" | "/")).map(str::to_owned)
    }

    /// Returns what stands in a column without which the row cannot go in.
    pub fn needed(&mut self, column: Column) -> String {
        let text = self.text(column).unwrap_or_default();
        if !text.chars().any(char::is_alphanumeric) {
            let error = self.errors.iter().find(|(one, _)| *one == column);
            self.problems.push(match error {
                Some((_, cell)) => Problem::new(column, Code::FormulaError, cell),
                None => Problem::new(column, Code::Missing, ""),
            });
        }
        text
    }

    /// Tells what was not understood, and keeps it in the notes.
    pub fn remark(&mut self, column: Column, code: Code, value: &str) {
        self.remarks.push(Problem::new(column, code, value));
        self.notes.push(format!("{} : {value}", column.title()));
    }

    /// Returns what the one word of a column means.
    pub fn word<T: Copy>(&mut self, column: Column, table: Table<T>) -> Option<T> {
        let text = self.text(column)?;
        let found = meaning(table, &text);
        if found.is_none() {
            self.remark(column, Code::WordUnknown, &text);
        }
        found
    }

    /// Returns what the words of a column mean.
    pub fn words<T: Copy + PartialEq>(&mut self, column: Column, table: Table<T>) -> Vec<T> {
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

    /// Returns the date that a text writes, and tells why it writes none.
    pub fn date(&mut self, column: Column, text: &str, today: Day, habit: Habit) -> Option<PartialDate> {
        read_date(text, today, habit).map_err(|problem| self.problems.push(Problem::date(column, problem, text))).ok()
    }
}
