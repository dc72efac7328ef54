//! The case as the rules read it: a dose written twice is one, and a trait and the question that asks for it say the same.

use super::case::{Case, PreviousDose};
use super::directive::Directive;
use super::terms::Trait;
use super::unknown::{Item, Unknown};
use crate::date::PartialDate;
use std::borrow::Cow;

/// Returns the case as the rules of `directives` read it.
pub(super) fn prepare<'a>(case: &'a Case, directives: &[&Directive]) -> Cow<'a, Case> {
    let mut case = Cow::Borrowed(case);
    let doses = distinct(&case.previous);
    if doses.len() < case.previous.len() {
        case.to_mut().previous = doses;
    }
    for question in directives.iter().flat_map(|directive| &directive.questions) {
        let Some(asks) = question.asks_trait else { continue };
        if let Some(answer) = case.answers.get(&question.code).copied() {
            let known = case.to_mut();
            known.unknown.retain(|one| one.item != Item::Trait(asks));
            if let Some(told) = of_person(known, asks) {
                *told |= answer;
            }
        } else if let Some(known) = trait_known(&case, asks) {
            case.to_mut().answers.insert(question.code.clone(), known);
        }
    }
    case
}

/// Returns what is known of a trait.
pub(super) fn trait_known(case: &Case, which: Trait) -> Option<bool> {
    let person = &case.person;
    let yes = match which {
        Trait::AtRisk => person.at_risk,
        Trait::VeryHighRisk => person.very_high_risk,
        Trait::Immunocompromised => person.immunocompromised,
        Trait::Pregnant => person.pregnant,
        Trait::HealthWorker => person.health_worker,
        Trait::Unable => person.unable,
    };
    (yes || !case.unknown.iter().any(|one| one.item == Item::Trait(which))).then_some(yes)
}

fn of_person(case: &mut Case, which: Trait) -> Option<&mut bool> {
    let person = &mut case.person;
    Some(match which {
        Trait::AtRisk => &mut person.at_risk,
        Trait::VeryHighRisk => &mut person.very_high_risk,
        Trait::Immunocompromised => &mut person.immunocompromised,
        Trait::Pregnant => &mut person.pregnant,
        Trait::HealthWorker => &mut person.health_worker,
        // An answer at a door finds nobody unable to consent.
        Trait::Unable => return None,
    })
}

/// Returns the doses, each once: of one product on one day; a date that is only partly known is the same as the whole one
/// that lies in it.
fn distinct(doses: &[PreviousDose]) -> Vec<PreviousDose> {
    let mut kept: Vec<PreviousDose> = Vec::with_capacity(doses.len());
    for dose in doses {
        match kept.iter_mut().find(|known| known.product == dose.product && is_same(known.on, dose.on)) {
            None => kept.push(dose.clone()),
            Some(known) => {
                known.incomplete |= dose.incomplete;
                if dose.on.is_some_and(|on| on.day().is_some()) {
                    known.on = dose.on;
                }
            }
        }
    }
    kept
}

fn is_same(one: Option<PartialDate>, other: Option<PartialDate>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) if one.day().is_some() != other.day().is_some() => {
            one.earliest() <= other.latest() && other.earliest() <= one.latest()
        }
        // Two doses without a date may be two.
        (None, _) | (_, None) => false,
        (one, other) => one == other,
    }
}

/// Returns what the case says of an item: none when it is known.
pub(super) fn unknown(case: &Case, item: Item) -> Option<Unknown> {
    case.unknown.iter().find(|one| one.item == item).copied()
}
