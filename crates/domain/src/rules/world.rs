//! Possible worlds: where a date is partial, the same case with each date that could make a difference.
//!
//! The strictest answer over the possible ages is the strictest over a few birth dates: the first and the last possible
//! one, and both sides of every day on which some condition of the directives changes its mind.

use super::case::Case;
use super::condition::Condition;
use super::directive::{Directive, Until};
use super::interval::Age;
use super::product::Product;
use crate::date::{Day, PartialDate};
use crate::order;

/// Which end of a partial date of an earlier dose or infection is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Prior {
    /// The first day it may have been.
    Earliest,
    /// The last day it may have been.
    Latest,
}

impl Prior {
    /// Returns the day that stands for `date`.
    pub(super) fn day(self, date: PartialDate) -> Day {
        match self {
            Self::Earliest => date.earliest(),
            Self::Latest => date.latest(),
        }
    }
}

/// Returns the birth dates that can make a difference, none later than the day of the case.
pub(super) fn births(case: &Case, directives: &[&Directive], product: Option<&Product>) -> Vec<Day> {
    let first = case.person.birth_date.earliest();
    let last = case.person.birth_date.latest().min(case.on);
    if first >= last {
        return vec![first];
    }
    let mut days = vec![first, last];
    for turn in turns(directives, product, case) {
        if let Some(day) = turn.last_before(first, last, case.on) {
            days.push(day);
            days.push(day.plus_days(1));
        }
    }
    order::sort_and_dedup(&mut days);
    days
}

/// Returns which ends of partial dates of earlier doses and infections are to be tried.
pub(super) fn priors(case: &Case) -> &'static [Prior] {
    let dates = case.previous.iter().filter_map(|dose| dose.on);
    let infections = case.infections.iter().filter_map(|infection| infection.on);
    let partial = dates.chain(infections).any(|date| date.day().is_none());
    if partial { &[Prior::Latest, Prior::Earliest] } else { &[Prior::Latest] }
}

/// Something about a birth date that is true up to some day and false after it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Reached(Age),
    /// The age was reached on the day of an earlier dose.
    ReachedOn(Age, Day),
    BornBefore(Day),
}

impl Turn {
    fn holds(self, birth: Day, on: Day) -> bool {
        match self {
            Self::Reached(age) => age.is_reached(birth, on),
            Self::ReachedOn(age, day) => age.is_reached(birth, day),
            Self::BornBefore(day) => birth < day,
        }
    }

    /// Returns the last birth date for which it holds, when it changes between `first` and `last`.
    fn last_before(self, first: Day, last: Day, on: Day) -> Option<Day> {
        if !self.holds(first, on) || self.holds(last, on) {
            return None;
        }
        let (mut yes, mut no) = (first, last);
        while no.days_since(yes) > 1 {
            let middle = yes.plus_days(no.days_since(yes) / 2);
            if self.holds(middle, on) { yes = middle } else { no = middle }
        }
        Some(yes)
    }
}

/// Returns every turn of the conditions, each once.
fn turns(directives: &[&Directive], product: Option<&Product>, case: &Case) -> Vec<Turn> {
    let mut found: Vec<Turn> = Vec::new();
    let dates = case.previous.iter().filter_map(|dose| dose.on);
    let given: Vec<Day> = dates.flat_map(|date| [date.earliest(), date.latest()]).collect();
    let mut add = |turn: Turn| {
        if !found.contains(&turn) {
            found.push(turn);
        }
    };
    for directive in directives {
        for condition in directive.conditions() {
            condition.visit(&mut |node| match node {
                Condition::Age { from, below } => {
                    [*from, *below].into_iter().flatten().for_each(|age| add(Turn::Reached(age)));
                }
                Condition::Born { from, until } => {
                    let days = [*from, until.map(|day| day.plus_days(1))];
                    days.into_iter().flatten().for_each(|day| add(Turn::BornBefore(day)));
                }
                Condition::PreviousDoses { of, .. }
                | Condition::DoseWithin { of, .. }
                | Condition::DoseSince { of, .. }
                | Condition::DoseDateUnknown(of) => {
                    for age in [of.from_age, of.below_age].into_iter().flatten() {
                        given.iter().for_each(|day| add(Turn::ReachedOn(age, *day)));
                    }
                }
                _ => {}
            });
        }
        for rule in &directive.rules {
            if let Some(until) = &rule.until {
                until.visit(&mut |one| {
                    if let Until::Age(age) = one {
                        add(Turn::Reached(*age));
                    }
                });
            }
        }
    }
    if let Some(product) = product {
        let band = [product.min_months, product.below_months];
        band.into_iter().flatten().for_each(|months| add(Turn::Reached(Age::Months(months))));
    }
    found
}
