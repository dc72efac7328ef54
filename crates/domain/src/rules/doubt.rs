//! Doubts: what rules read of a person's past or state and nobody knows.
//!
//! A doubt counts only where it could make the answer stricter, or where nothing is open without it: nobody is asked for
//! what changes nothing. What was never asked must be asked; what was asked and is not known is judged; what could be an
//! absolute contraindication must be settled first.

use super::answer::Outcome;
use super::condition::{Condition, Doses};
use super::interval::Age;
use super::prepare::unknown;
use super::terms::Trait;
use super::truth::{Truth, World};
use super::unknown::{Item, Unknown};

/// Something that is not known and that a rule reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Doubt {
    /// What, and whether it was asked.
    pub(super) unknown: Unknown,
    /// It could be an absolute contraindication.
    pub(super) absolute: bool,
    /// What the rule that reads it would answer.
    pub(super) outcome: Outcome,
}

impl World<'_> {
    /// Shows `see` what is unknown of an item, when a condition's truth hangs on it.
    pub(super) fn doubts(&self, condition: &Condition, see: &mut impl FnMut(Unknown)) {
        if self.truth(condition) != Truth::Unknown {
            return;
        }
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.doubts(part, see)),
            Condition::Not(part) => self.doubts(part, see),
            Condition::Person(traits) => traits.iter().filter_map(|one| self.trait_doubt(*one)).for_each(see),
            Condition::PreviousDoses { of, .. }
            | Condition::DoseWithin { of, .. }
            | Condition::DoseSince { of, .. } => {
                self.dose_doubts(of).into_iter().for_each(see);
            }
            Condition::InfectionWithin(_) | Condition::Infected => {
                unknown(self.case, Item::Infections).into_iter().for_each(see);
            }
            _ => {}
        }
    }

    /// Returns what is not known of a trait, unless the sex or the age settles it.
    pub(super) fn trait_doubt(&self, one: Trait) -> Option<Unknown> {
        let reached = |years: u16| Age::Years(years).is_reached(self.birth, self.case.on);
        let settled = match one {
            Trait::Pregnant => {
                self.case.person.sex == Some(super::terms::Sex::M) || !reached(PREGNANT_FROM) || reached(PREGNANT_BELOW)
            }
            Trait::HealthWorker => !reached(WORKS_FROM),
            _ => false,
        };
        if settled { None } else { unknown(self.case, Item::Trait(one)) }
    }

    /// Returns which lists are not whole that a condition about these doses reads.
    pub(super) fn dose_doubts(&self, of: &Doses) -> Vec<Unknown> {
        if self.case.unknown.is_empty() {
            return Vec::new();
        }
        let mut items: Vec<Item> = Vec::new();
        let mut add = |item: Item| {
            if !items.contains(&item) {
                items.push(item);
            }
        };
        let own = self.product.map(|product| product.family);
        if of.live_attenuated {
            add(Item::Live);
        } else if !of.products.is_empty() {
            let known = |code: &String| self.catalogue.iter().find(|product| product.code == *code);
            let families = of.products.iter().filter_map(|code| known(code).map(|product| product.family));
            families.for_each(|family| add(Item::Doses(family)));
        } else if !of.families.is_empty() {
            of.families.iter().for_each(|family| add(Item::Doses(*family)));
        } else {
            own.into_iter().for_each(|family| add(Item::Doses(family)));
        }
        items.into_iter().filter_map(|item| unknown(self.case, item)).collect()
    }
}

/// Nobody younger, in completed years, is asked whether she is pregnant (as the directives' own question).
const PREGNANT_FROM: u16 = 11;
/// From this age on nobody is asked.
const PREGNANT_BELOW: u16 = 56;
/// Nobody younger works in health care.
const WORKS_FROM: u16 = 16;
