//! At the door: what the rules answer for an act, from what the round knows.

use crate::date::Day;
use crate::fact::{AccountNo, ConsentBy, ConsentManner, KitItem};
use crate::name::FactName;
use crate::people::{PersonRecord, Priority, Protection as RecordProtection, Sex as RecordSex};
use crate::rules::{
    Answer, By, Case, Consent, Directive, How, Infection, Nurse, Objection, Person, PhysicianDecision, Prescriber,
    Prescription, PreviousDose, Product, Protection, Sex, evaluate,
};
use crate::state::{Act, Common, Round, Visit};
use crate::time::Wall;
use crate::zone::{PARIS, Zone};

/// Returns the day that the rules look at: today at the relay, or the round's own day in a relay of demonstration,
/// whose rounds are tied to their date so that the ages and the rules of the story hold on any day.
#[must_use]
pub fn today(round: &Round, common: &Common, now: Wall) -> Day {
    let planned = round.plan.as_ref().map(|plan| plan.on);
    match (&common.relay, planned) {
        (Some(relay), Some(on)) if relay.demo => on,
        (relay, _) => relay.as_ref().map_or(PARIS, Zone::of).day(now),
    }
}

/// Returns the description of a product, from the directives in force on `on`, or any known one for a past product.
#[must_use]
pub fn product<'a>(common: &'a Common, code: &str, on: Day) -> Option<&'a Product> {
    let find = |directive: &'a Directive| directive.products.iter().find(|product| product.code == code);
    let in_force = |one: &&Directive| one.from <= on && one.until.is_none_or(|until| on <= until);
    common.directives.iter().filter(in_force).find_map(find).or_else(|| common.directives.iter().find_map(find))
}

/// Returns the case of an act: everything the rules may look at. None when the birth date is not known at all.
#[must_use]
pub fn case_of(round: &Round, common: &Common, visit: &Visit, act: &Act, nurse: AccountNo, now: Wall) -> Option<Case> {
    let on = today(round, common, now);
    let record = &visit.record;
    let mut previous: Vec<PreviousDose> =
        record.doses.iter().map(|dose| PreviousDose { product: dose.product.clone(), on: dose.on }).collect();
    // What was given today to the same person counts for the other act.
    for other in visit.acts.iter().filter_map(|name| round.acts.get(name)).filter(|other| !std::ptr::eq(*other, act)) {
        previous.extend(other.given.iter().map(|given| PreviousDose {
            product: given.dose.product.clone(),
            on: Some(crate::date::PartialDate::Day(on)),
        }));
    }
    Some(Case {
        on,
        territory: round.plan.as_ref().map_or_else(|| "FR".to_owned(), |plan| plan.territory.clone()),
        product: act.wish.product.clone(),
        rank: act.wish.rank,
        person: person_of(record)?,
        previous,
        infections: record
            .infections
            .iter()
            .map(|infection| Infection { on: infection.on, proof: Some(infection.proof) })
            .collect(),
        answers: act.answers.clone(),
        consents: act
            .consents
            .values()
            .map(|given| Consent { by: by_of(given.by), given: true, how: Some(how_of(&given.manner)) })
            .collect(),
        objections: act.objections.values().map(|raised| Objection { by: by_of(raised.by) }).collect(),
        prescription: act.prescription.as_ref().map(|seen| Prescription {
            by: Prescriber::Physician,
            rpps: seen.rpps.clone(),
            product: seen.product.clone(),
            on: seen.on,
        }),
        physician_decision: act.physician.as_ref().map(|decided| PhysicianDecision {
            rpps: decided.rpps.clone(),
            product: decided.product.clone(),
            on,
            allow: decided.allow,
        }),
        nurse: Nurse {
            prescriber_trained: common.accounts.get(&nurse).is_some_and(|account| account.prescriber_trained),
        },
        relay_protocol: round.plan.as_ref().is_some_and(|plan| plan.relay_protocol),
        kit_checked: round.departed.is_some().then(|| {
            [KitItem::EmergencyKit, KitItem::Adrenaline]
                .iter()
                .all(|item| round.kit.get(item).is_some_and(|line| line.present))
        }),
    })
}

/// Returns what the rules answer for an act now. None when the act is not known or the birth date is missing.
#[must_use]
pub fn answer(round: &Round, common: &Common, act: FactName, nurse: AccountNo, now: Wall) -> Option<(Case, Answer)> {
    let act = round.acts.get(&act)?;
    let visit = round.people.get(&act.person)?;
    let case = case_of(round, common, visit, act, nurse, now)?;
    let answer = evaluate(&common.directives, &case);
    Some((case, answer))
}

fn person_of(record: &PersonRecord) -> Option<Person> {
    Some(Person {
        birth_date: record.birth?,
        sex: match record.sex {
            RecordSex::Female => Some(Sex::F),
            RecordSex::Male => Some(Sex::M),
            RecordSex::Unknown => None,
        },
        at_risk: record.has(Priority::Comorbidity),
        very_high_risk: record.has(Priority::VeryHighRisk),
        immunocompromised: record.has(Priority::Immunocompromised),
        pregnant: record.has(Priority::Pregnant),
        health_worker: record.health_worker,
        protection: match record.protection {
            RecordProtection::None => Protection::None,
            RecordProtection::Curatelle => Protection::Curatelle,
            RecordProtection::Tutelle => Protection::Tutelle,
        },
        unable: record.unable,
    })
}

const fn by_of(by: ConsentBy) -> By {
    match by {
        ConsentBy::Own => By::Person,
        ConsentBy::Parent => By::Parent,
        ConsentBy::SoleParent => By::SoleParent,
        ConsentBy::Guardian => By::Guardian,
        ConsentBy::Judge => By::Judge,
        ConsentBy::Representative => By::Representative,
    }
}

const fn how_of(manner: &ConsentManner) -> How {
    match manner {
        ConsentManner::Oral => How::Oral,
        ConsentManner::Signed { .. } => How::Present,
        ConsentManner::PhoneWitnessed { .. } => How::Phone,
        ConsentManner::Attested { .. } => How::Attestation,
        ConsentManner::CannotSign { .. } => How::CannotSign,
        ConsentManner::Paper => How::Written,
    }
}
