//! Whether a condition can ever be true: a rule that cannot is a mistake of whoever wrote it.
//!
//! This finds what a person gets wrong: ages, days or ranks that exclude each other, products that are not of the family
//! named, something and its contrary. What it cannot tell it takes for possible.

use perron_domain::date::Day;
use perron_domain::rules::{Age, Condition, Directive};

/// Tells whether `condition` may be true on some day of the directive's version.
pub(crate) fn possible(condition: &Condition, directive: &Directive) -> bool {
    let known = Known { days: (Some(directive.from), directive.until), ..Known::default() };
    known.and(condition).is_some()
}

/// What is known so far: everything that must hold together.
#[derive(Clone, Default)]
struct Known<'a> {
    /// Ages in days: from, below; each a little wider than it may be.
    ages: (Option<u32>, Option<u32>),
    days: (Option<Day>, Option<Day>),
    births: (Option<Day>, Option<Day>),
    ranks: (Option<u8>, Option<u8>),
    products: Option<Vec<&'a String>>,
    holds: Vec<&'a Condition>,
    fails: Vec<&'a Condition>,
}

impl<'a> Known<'a> {
    /// Returns what is known when `condition` holds as well; none when that cannot be.
    fn and(mut self, condition: &'a Condition) -> Option<Self> {
        match condition {
            Condition::All(parts) => return parts.iter().try_fold(self, Self::and),
            Condition::Any(parts) => return parts.iter().any(|part| self.clone().and(part).is_some()).then_some(self),
            Condition::Not(part) => return self.and_not(part),
            leaf => self.holds(leaf)?,
        }
        match condition {
            Condition::Age { from, below } => {
                self.ages = meet(self.ages, (from.map(earliest), below.map(latest)));
                ordered(self.ages, false)?;
            }
            Condition::Date { from, until } => {
                self.days = meet(self.days, (*from, *until));
                ordered(self.days, true)?;
            }
            Condition::Born { from, until } => {
                self.births = meet(self.births, (*from, *until));
                ordered(self.births, true)?;
            }
            Condition::Rank { from, to } => {
                self.ranks = meet(self.ranks, (*from, *to));
                ordered(self.ranks, true)?;
            }
            Condition::Product(codes) => {
                let still = |code: &&String| self.products.as_ref().is_none_or(|known| known.contains(code));
                let left: Vec<&String> = codes.iter().filter(still).collect();
                if left.is_empty() {
                    return None;
                }
                self.products = Some(left);
            }
            _ => {}
        }
        Some(self)
    }

    fn and_not(mut self, condition: &'a Condition) -> Option<Self> {
        match condition {
            Condition::Always => return None,
            Condition::All(parts) => {
                return parts.iter().any(|part| self.clone().and_not(part).is_some()).then_some(self);
            }
            Condition::Any(parts) => return parts.iter().try_fold(self, Self::and_not),
            Condition::Not(part) => return self.and(part),
            leaf if self.holds.contains(&leaf) => return None,
            leaf => self.fails.push(leaf),
        }
        match condition {
            Condition::Age { from: Some(from), below: None } => {
                self.ages = meet(self.ages, (None, Some(latest(*from))));
                ordered(self.ages, false)?;
            }
            Condition::Age { from: None, below: Some(below) } => {
                self.ages = meet(self.ages, (Some(earliest(*below)), None));
                ordered(self.ages, false)?;
            }
            _ => {}
        }
        Some(self)
    }

    /// Notes that a leaf holds; none when it cannot be together with what is known.
    fn holds(&mut self, leaf: &'a Condition) -> Option<()> {
        let other_answer = |known: &&&Condition| match (known, leaf) {
            (Condition::Answer { question: a, is: b }, Condition::Answer { question: c, is: d }) => a == c && b != d,
            (Condition::RankUnknown, Condition::Rank { .. }) | (Condition::Rank { .. }, Condition::RankUnknown) => true,
            (Condition::Sex(a), Condition::Sex(b)) => a != b,
            (Condition::Family(a), Condition::Family(b)) => a.iter().all(|family| !b.contains(family)),
            _ => false,
        };
        if self.fails.contains(&leaf) || self.holds.iter().any(|known| other_answer(&known)) {
            return None;
        }
        self.holds.push(leaf);
        Some(())
    }
}

fn meet<T: Ord + Copy>(one: (Option<T>, Option<T>), other: (Option<T>, Option<T>)) -> (Option<T>, Option<T>) {
    let low = one.0.max(other.0);
    let high = match (one.1, other.1) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    (low, high)
}

/// Tells that the two ends leave something between them.
fn ordered<T: Ord + Copy>(ends: (Option<T>, Option<T>), included: bool) -> Option<()> {
    let fits = match ends {
        (Some(low), Some(high)) => low < high || included && low == high,
        _ => true,
    };
    fits.then_some(())
}

fn earliest(age: Age) -> u32 {
    match age {
        Age::Years(years) => u32::from(years) * 365,
        Age::Months(months) => u32::from(months) * 30,
        Age::Days(days) => days.into(),
    }
}

fn latest(age: Age) -> u32 {
    match age {
        Age::Years(years) => u32::from(years) * 366,
        Age::Months(months) => u32::from(months) * 31,
        Age::Days(days) => days.into(),
    }
}
