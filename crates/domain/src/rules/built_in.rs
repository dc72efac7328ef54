//! What no directive may change: a refusal is never outweighed, a product that is unknown or not on the market is not
//! given, an age outside the marketing authorisation never reads as possible, one family is given once a day, and nobody
//! lifts what is absolute.

use super::answer::{Change, Outcome, Reason};
use super::case::Case;
use super::condition::{Condition, Doses};
use super::found::Found;
use super::interval::{Age, Interval};
use super::product::{Family, Product};
use super::terms::{By, EVALUATOR_VERSION, Layer, Trait};
use super::truth::{World, agreed};
use crate::date::{Day, PartialDate};
use crate::order::sort_and_dedup;

/// Nobody is older, in completed years.
const OLDEST: i32 = 130;

/// Between two live vaccines that are not given on one day (calendrier des vaccinations, vaccins vivants atténués).
const BETWEEN_LIVE: Interval = Interval::Days(28);

/// Returns a reason of the evaluator's own.
pub(super) fn built_in(rule: &str, outcome: Outcome, fr: &str, en: &str) -> Found {
    Found {
        reason: Reason {
            rule: rule.to_owned(),
            layer: Layer::National,
            directive: "perron".to_owned(),
            version: EVALUATOR_VERSION.to_string(),
            outcome,
            until: None,
            source: "Perron".to_owned(),
            fr: fr.to_owned(),
            en: en.to_owned(),
            validated: false,
            lifted: false,
        },
        absolute: false,
        opens: false,
        changes: Vec::new(),
    }
}

fn absolute(mut found: Found) -> Found {
    found.absolute = true;
    found
}

/// Returns the evaluator's own reasons in one world, but for what depends on the others.
pub(super) fn reasons(world: &World<'_>) -> Vec<Found> {
    let mut found = opposition(world.case);
    found.extend(product_reason(world));
    found.extend(birth(world));
    found.extend(impossible_dates(world));
    found.extend(rank_above(world));
    found.extend(same_family_today(world));
    found.extend(live_vaccines(world));
    found.extend(shortest_interval(world));
    found
}

/// A refusal, or the person's own objection, is never outweighed; any other objection is at least looked at.
fn opposition(case: &Case) -> Vec<Found> {
    let refusals = case.consents.iter().filter(|consent| !consent.given).map(|consent| consent.by);
    let decides = |by: &By| objector_decides(case, *by);
    let objections = case.objections.iter().map(|objection| objection.by).filter(decides);
    let mut against: Vec<By> = refusals.chain(objections).collect();
    sort_and_dedup(&mut against);
    let mut found = Vec::new();
    if !against.is_empty() {
        let mut refused = absolute(built_in(
            "refusal",
            Outcome::ConsentMissing,
            "Refus ou opposition\u{a0}: aucun autre accord ne le remplace.",
            "Refusal or objection: no other agreement outweighs it.",
        ));
        refused.changes = against.into_iter().map(|by| Change::Withdrawal { by }).collect();
        found.push(refused);
    }
    if case.objections.iter().any(|objection| !objector_decides(case, objection.by)) {
        found.push(absolute(built_in(
            "objection-noted",
            Outcome::Judge,
            "Une autre personne s’oppose\u{a0}: à examiner avant tout acte.",
            "Somebody else objects: to be looked at before any act.",
        )));
    }
    found
}

/// Tells whether the objection of `by` stops the dose. The person's own always does, a judge's too. About a minor anybody
/// else's does, unless a judge agreed; about an adult, that of whoever represents a person found unable by a physician.
fn objector_decides(case: &Case, by: By) -> bool {
    let minor = case.on.years_since(case.person.birth_date.latest()) < 18;
    match by {
        By::Person | By::Judge => true,
        _ if minor => agreed(&case.consents, &[By::Judge], &[]) == 0,
        By::Parent | By::SoleParent => false,
        By::Guardian | By::Representative => case.person.unable,
    }
}

fn product_reason(world: &World<'_>) -> Option<Found> {
    match world.product {
        None => Some(absolute(built_in(
            "product-unknown",
            Outcome::NotConcerned,
            "Aucune directive ne connaît ce produit.",
            "No directive knows this product.",
        ))),
        Some(product) if !product.takeable(world.case.on) => Some(absolute(built_in(
            "product-not-takeable",
            Outcome::OtherProduct,
            "Une équipe ne peut pas emporter ce produit à cette date.",
            "A team may not carry this product on this day.",
        ))),
        Some(_) => None,
    }
}

fn birth(world: &World<'_>) -> Option<Found> {
    let (rule, fr, en) = if world.birth > world.case.on {
        (
            "birth-in-the-future",
            "La date de naissance est postérieure à l’acte\u{a0}: à corriger.",
            "The birth date is later than the act: to be corrected.",
        )
    } else if world.case.on.years_since(world.birth) > OLDEST {
        (
            "birth-too-long-ago",
            "La date de naissance est impossible\u{a0}: à corriger.",
            "This birth date cannot be: to be corrected.",
        )
    } else {
        return None;
    };
    Some(absolute(built_in(rule, Outcome::NotConcerned, fr, en)))
}

/// A dose or an infection before the birth, or after the act, is a slip of the pen: no interval can be counted from it.
fn impossible_dates(world: &World<'_>) -> Vec<Found> {
    let case = world.case;
    let dates = || {
        let doses = case.previous.iter().filter_map(|dose| dose.on);
        doses.chain(case.infections.iter().filter_map(|infection| infection.on))
    };
    let before_birth = |date: PartialDate| date.latest() < case.person.birth_date.earliest();
    let after_act = |date: PartialDate| date.earliest() > case.on;
    let mut found = Vec::new();
    if dates().any(before_birth) {
        found.push(absolute(built_in(
            "dose-before-birth",
            Outcome::NotConcerned,
            "Une dose ou une infection est datée d’avant la naissance\u{a0}: à corriger.",
            "A dose or an infection is dated before the birth: to be corrected.",
        )));
    }
    if dates().any(after_act) {
        found.push(absolute(built_in(
            "dose-in-the-future",
            Outcome::NotConcerned,
            "Une dose ou une infection est datée d’après l’acte\u{a0}: à corriger.",
            "A dose or an infection is dated after the act: to be corrected.",
        )));
    }
    found
}

/// A rank that leaves out doses: some are missing in the dossier, or the rank is wrong.
fn rank_above(world: &World<'_>) -> Option<Found> {
    let rank = usize::from(world.case.rank?);
    let known = world.case.previous.iter().filter(|dose| world.is_of_family(&dose.product)).count();
    (rank > known + 1).then(|| {
        built_in(
            "rank-above-doses",
            Outcome::Judge,
            &format!("Le rang annoncé est {rank}, le dossier connaît {known} dose(s) antérieure(s)\u{a0}: vérifier."),
            &format!("The rank said is {rank}, the dossier knows {known} earlier dose(s): check."),
        )
    })
}

/// One family, once a day. Where the dose of the day was declared incomplete, a physician may have it given again.
fn same_family_today(world: &World<'_>) -> Option<Found> {
    let case = world.case;
    let mut today = case
        .previous
        .iter()
        .filter(|dose| dose.on.and_then(PartialDate::day) == Some(case.on) && world.is_of_family(&dose.product))
        .peekable();
    today.peek()?;
    let mut found = built_in(
        "same-family-today",
        Outcome::Deferred,
        "Un vaccin contre la même maladie a déjà été fait aujourd’hui.",
        "A vaccine against the same disease was already given today.",
    );
    found.absolute = !today.all(|dose| dose.incomplete);
    found.changes = vec![if found.absolute { Change::Recovery } else { Change::PhysicianDecision }];
    Some(found)
}

/// Live vaccines: never in pregnancy or immunodepression, whatever is decided; two of them on one day or four weeks apart.
fn live_vaccines(world: &World<'_>) -> Vec<Found> {
    if !world.product.is_some_and(|product| product.live_attenuated) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (one, rule, fr, en) in LIVE_NEVER {
        if world.has(one) {
            found.push(absolute(built_in(rule, Outcome::Contraindicated, fr, en)));
        }
    }
    if let Some(day) = too_recent(world, &live_doses(), BETWEEN_LIVE, true) {
        found.push(until(
            built_in(
                "live-interval",
                Outcome::Deferred,
                "Deux vaccins vivants se font le même jour, ou à 4 semaines l’un de l’autre.",
                "Two live vaccines are given on one day, or 4 weeks apart.",
            ),
            day,
        ));
    }
    found
}

/// Whom a live vaccine could harm.
const LIVE_NEVER: [(Trait, &str, &str, &str); 2] = [
    (
        Trait::Immunocompromised,
        "live-never-immunocompromised",
        "Un vaccin vivant ne se fait jamais en cas d’immunodépression.",
        "A live vaccine is never given to somebody immunocompromised.",
    ),
    (
        Trait::Pregnant,
        "live-never-pregnant",
        "Un vaccin vivant ne se fait jamais pendant la grossesse.",
        "A live vaccine is never given during pregnancy.",
    ),
];

fn live_doses() -> Doses {
    Doses { live_attenuated: true, ..Doses::default() }
}

/// Returns the conditions that the evaluator itself reads of a person's past, what they would answer, and whether that is
/// absolute.
pub(super) fn read(world: &World<'_>) -> Vec<(Condition, Outcome, bool)> {
    let Some(product) = world.product else { return Vec::new() };
    let mut read = Vec::new();
    if product.live_attenuated {
        for (one, ..) in LIVE_NEVER {
            read.push((Condition::Person(vec![one]), Outcome::Contraindicated, true));
        }
        let within = Condition::DoseWithin { of: live_doses(), interval: BETWEEN_LIVE, but_same_day: true };
        read.push((within, Outcome::Deferred, false));
    }
    if let Some(interval) = product.absolute_min_interval {
        let within = Condition::DoseWithin { of: own_family(), interval, but_same_day: false };
        read.push((within, Outcome::Deferred, false));
    }
    read
}

fn own_family() -> Doses {
    Doses { same_family: true, ..Doses::default() }
}

/// The shortest interval that the product's description names.
fn shortest_interval(world: &World<'_>) -> Option<Found> {
    let interval = world.product?.absolute_min_interval?;
    let day = too_recent(world, &own_family(), interval, false)?;
    Some(absolute(until(
        built_in(
            "shortest-interval",
            Outcome::Deferred,
            "Le délai le plus court après la dose précédente n’est pas atteint\u{a0}: personne ne peut y déroger.",
            "The shortest time after the earlier dose has not passed: nobody can make an exception.",
        ),
        day,
    )))
}

/// Returns the first possible day after the latest of these doses, when it has not come yet.
fn too_recent(world: &World<'_>, of: &Doses, interval: Interval, but_same_day: bool) -> Option<Day> {
    let counts = |day: &Day| !(but_same_day && *day == world.case.on);
    let day = interval.after(world.doses(of).filter(counts).max()?);
    (world.case.on < day).then_some(day)
}

fn until(mut found: Found, day: Day) -> Found {
    found.reason.until = Some(day);
    found.changes = vec![Change::Wait { until: day }];
    found
}

/// Returns what is said where no national directive opens the vaccine. COVID and influenza are opened by campaigns. For any
/// other vaccine the order of 8 August 2023 lets a nurse prescribe within the calendar only: off it, a physician does.
pub(super) fn nothing_opens(world: &World<'_>) -> Found {
    let of_campaigns = world.product.is_none_or(|product| {
        matches!(product.family, Family::Covid | Family::Influenza) || !product.takeable(world.case.on)
    });
    if of_campaigns {
        return built_in(
            "nothing-opens",
            Outcome::NotConcerned,
            "Aucune campagne connue n’ouvre ce vaccin à cette personne à cette date.",
            "No known campaign opens this vaccine to this person on this day.",
        );
    }
    let prescribed = Condition::Prescribed(vec![super::terms::Prescriber::Physician]);
    // As the rules of competence that ship have it: a prescription counts for a year.
    let too_old = Condition::PrescriptionOlder(Interval::Years(1));
    if world.truth(&prescribed).is_yes() && !world.truth(&too_old).is_yes() {
        return built_in(
            "off-calendar-prescribed",
            Outcome::Judge,
            "Le calendrier ne prévoit pas ce vaccin ici\u{a0}: un médecin l’a prescrit, l’infirmier ou l’infirmière juge.",
            "The calendar does not name this vaccine here: a physician prescribed it, the nurse judges.",
        );
    }
    let mut found = built_in(
        "off-calendar",
        Outcome::PrescriptionMissing,
        "Le calendrier ne prévoit pas ce vaccin ici\u{a0}: il faut l’ordonnance d’un médecin.",
        "The calendar does not name this vaccine here: a physician’s prescription is needed.",
    );
    found.reason.source = "Arrêté du 8 août 2023".to_owned();
    found.changes = vec![Change::Prescription];
    found
}

/// Outside the ages of the marketing authorisation nothing reads as possible. Where another form of the family is meant for
/// this age, nobody can lift it: 30 µg are not for an infant.
pub(super) fn age_band(world: &World<'_>) -> Option<Found> {
    let product = world.product?;
    let within = |product: &Product| {
        let reached = |months: u16| Age::Months(months).is_reached(world.birth, world.case.on);
        product.min_months.is_none_or(reached) && !product.below_months.is_some_and(reached)
    };
    if within(product) {
        return None;
    }
    let meant = |other: &&&Product| {
        other.family == product.family && other.code != product.code && other.takeable(world.case.on) && within(other)
    };
    let mut found = built_in(
        "age-outside-authorisation",
        Outcome::OtherProduct,
        "L’âge est hors de l’autorisation de mise sur le marché de ce produit.",
        "The age is outside the marketing authorisation of this product.",
    );
    found.absolute = world.catalogue.iter().any(|other| meant(&other));
    Some(found)
}
