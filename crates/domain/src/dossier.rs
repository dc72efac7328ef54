//! From what is known of a person to the case that the rules look at: what was never asked stays unknown.

use crate::people::{INFECTIONS, LIVE, Wish};
use crate::people::{
    Infection as KnownInfection, Known, PersonRecord, Protection as RecordProtection, Sex as RecordSex,
};
use crate::rules::{
    About, Case, Directive, Family, Infection, Item, KnownReaction, Nurse, Person, PreviousDose, Product, Protection,
    Question, Sex, Trait, Unknown,
};
use crate::{date::Day, order};
use std::collections::BTreeMap;

/// Where and when an answer is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Setting<'a> {
    /// The day of the act.
    pub on: Day,
    /// The territory code.
    pub territory: &'a str,
    /// Whether the relay's own layer applies.
    pub relay_protocol: bool,
}

/// Returns the case of one wish by what a dossier knows, before any answer, agreement or paper. None when the birth date is
/// not known at all.
#[must_use]
pub fn case(record: &PersonRecord, wish: &Wish, setting: Setting<'_>, directives: &[&Directive]) -> Option<Case> {
    let mut case = Case {
        on: setting.on,
        territory: setting.territory.to_owned(),
        product: wish.product.clone(),
        rank: wish.rank,
        person: person(record)?,
        previous: record.doses.iter().map(|dose| PreviousDose::whole(&dose.product, dose.on)).collect(),
        infections: record.infections.iter().map(infection).collect(),
        answers: BTreeMap::new(),
        consents: Vec::new(),
        objections: Vec::new(),
        prescription: None,
        physician_decision: None,
        nurse: Nurse::default(),
        relay_protocol: setting.relay_protocol,
        kit_checked: None,
        not_understood: Vec::new(),
        unknown: unknown(record),
        reactions: reactions(record),
        overtaken: Vec::new(),
    };
    case.answers = known_answers(record, &case.reactions, &wish.product, directives, setting.on);
    Some(case)
}

fn infection(known: &KnownInfection) -> Infection {
    Infection { on: known.on, proof: Some(known.proof) }
}

fn reactions(record: &PersonRecord) -> Vec<KnownReaction> {
    let known = record.reactions.iter();
    known.map(|one| KnownReaction { question: one.question.clone(), product: one.product.clone() }).collect()
}

/// Returns what the dossier does not know: never asked, or asked in vain.
fn unknown(record: &PersonRecord) -> Vec<Unknown> {
    let mut unknown = Vec::new();
    for which in Trait::ASKED {
        match record.knows(which) {
            Some(Known::Yes | Known::No) => {}
            told => unknown.push(Unknown { item: Item::Trait(which), asked: told.is_some() }),
        }
    }
    let lists = Family::ALL.into_iter().map(|family| (family.code(), Item::Doses(family)));
    for (list, item) in lists.chain([(LIVE, Item::Live), (INFECTIONS, Item::Infections)]) {
        match record.list(list) {
            Some(true) => {}
            told => unknown.push(Unknown { item, asked: told.is_some() }),
        }
    }
    unknown
}

/// Returns what each question's answer belongs to, by the directives of that day.
#[must_use]
pub fn scopes<'a>(directives: &[&'a Directive], on: Day) -> BTreeMap<&'a str, About> {
    let dated = directives.iter().filter(|directive| directive.is_dated(on));
    let asked = dated.flat_map(|directive| &directive.questions);
    order::gather(asked.filter_map(|question| Some((question.code.as_str(), question.about?))))
}

/// Returns the answers that the dossier gives by itself: nobody is asked again what is known.
#[must_use]
pub fn known_answers(
    record: &PersonRecord,
    reactions: &[KnownReaction],
    product: &str,
    directives: &[&Directive],
    on: Day,
) -> BTreeMap<String, bool> {
    let scopes = scopes(directives, on);
    let family = |code: &str| described(directives, code).map(|product| product.family);
    let mut answers = BTreeMap::new();
    for one in &record.lasting {
        if scopes.get(one.question.as_str()) == Some(&About::Always) {
            answers.insert(one.question.clone(), one.yes);
        }
    }
    for one in reactions {
        let same_family = family(product).is_some_and(|own| own != Family::Other && Some(own) == family(&one.product));
        let concerns = match scopes.get(one.question.as_str()).copied().unwrap_or_default() {
            About::Product => one.product == product,
            About::Family => one.product == product || same_family,
            About::Today | About::Always => false,
        };
        if concerns {
            answers.insert(one.question.clone(), true);
        }
    }
    answers
}

/// Tells whether the dossier answers a question by itself, through a trait that it knows.
#[must_use]
pub fn is_trait_known(record: &PersonRecord, question: &Question) -> bool {
    question.asks_trait.is_some_and(|which| matches!(record.knows(which), Some(Known::Yes | Known::No)))
}

/// Returns the description of a product, by whichever directive gives one.
fn described<'a>(directives: &[&'a Directive], code: &str) -> Option<&'a Product> {
    directives.iter().flat_map(|directive| &directive.products).find(|product| product.code == code)
}

fn person(record: &PersonRecord) -> Option<Person> {
    let is = |which: Trait| record.knows(which) == Some(Known::Yes);
    Some(Person {
        birth_date: record.birth?,
        sex: match record.sex {
            RecordSex::Female => Some(Sex::F),
            RecordSex::Male => Some(Sex::M),
            RecordSex::Unknown => None,
        },
        at_risk: is(Trait::AtRisk),
        very_high_risk: is(Trait::VeryHighRisk),
        immunocompromised: is(Trait::Immunocompromised),
        pregnant: is(Trait::Pregnant),
        health_worker: is(Trait::HealthWorker),
        protection: match record.protection {
            RecordProtection::None => Protection::None,
            RecordProtection::Curatelle => Protection::Curatelle,
            RecordProtection::Tutelle => Protection::Tutelle,
        },
        unable: record.unable,
    })
}
