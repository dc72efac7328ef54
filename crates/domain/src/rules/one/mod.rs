//! Evaluator 1, frozen: decisions that it answered are answered again by it, byte for byte. Nothing here changes any more.
//!
//! The directives in force, one case, one explained answer. Questions without an answer wait; whatever else a dossier does
//! not know is read as «no» or «none», which is why there is a second evaluator.

mod questions;
mod truth;
mod world;

use super::answer::{Answer, Change, Outcome, Reason};
use super::case::{Case, is_rpps};
use super::directive::{Agreement, Directive, Rule, version_order};
use super::interval::Age;
use super::product::Product;
use super::terms::{By, Layer, Version};
use crate::date::Day;
use crate::order::{sort_and_dedup, sort_by_key};
use truth::{World, agreed, lies_in};

/// Its number.
const EVALUATOR_VERSION: u16 = 1;

/// Minutes of observation when no directive says any.
const OBSERVATION_MINUTES: u16 = 15;

/// Nobody is older, in completed years.
const OLDEST: i32 = 130;

/// A reason, and what the evaluator still needs to know of it.
struct Found {
    reason: Reason,
    absolute: bool,
    opens: bool,
    changes: Vec<Change>,
}

/// Returns the answer to `case` by those of `directives` that are in force on its day and place.
#[must_use]
pub fn evaluate<'a>(directives: impl IntoIterator<Item = &'a Directive>, case: &Case) -> Answer {
    answer(&directives.into_iter().collect::<Vec<_>>(), case)
}

fn answer(directives: &[&Directive], case: &Case) -> Answer {
    let in_force = in_force(directives, case);
    let catalogue = catalogue(directives, case.on);
    let product = catalogue.iter().find(|product| product.code == case.product).copied();
    let asked: Vec<&Directive> = about(&in_force, product);

    let mut found: Vec<Found> = Vec::new();
    let mut pending: Vec<String> = Vec::new();
    for birth in world::births(case, &asked, product) {
        for prior in world::priors(case) {
            let world = World { case, product, catalogue: &catalogue, birth, prior: *prior };
            for one in in_world(&world, &asked) {
                merge(&mut found, one);
            }
            for question in questions::asked_in(&world, &asked) {
                if question.required && !case.answers.contains_key(&question.code) && !pending.contains(&question.code)
                {
                    pending.push(question.code.clone());
                }
            }
        }
    }
    decide_physician(case, &mut found);
    if let Some(one) = not_understood(case) {
        found.push(one);
    }
    let observation = asked.iter().filter_map(|directive| directive.observation_minutes).max();
    let described: Vec<&str> = case.previous.iter().map(|dose| dose.product.as_str()).chain([&*case.product]).collect();
    let describes = |directive: &&&Directive| {
        directive.products.iter().any(|product| described.contains(&product.code.as_str()))
            || asked.iter().any(|one| std::ptr::eq(*one, **directive))
    };
    let versions = in_force.iter().filter(describes).map(|directive| directive.name()).collect();
    conclude(found, pending, observation.unwrap_or(OBSERVATION_MINUTES), versions)
}

/// Returns every product that `directives` know, those of directives in force on `on` first: a newer description counts,
/// and a product of an expired directive is still known as an earlier dose.
fn catalogue<'a>(directives: &[&'a Directive], on: Day) -> Vec<&'a Product> {
    let (mut dated, others): (Vec<&Directive>, Vec<&Directive>) =
        directives.iter().partition(|directive| directive.is_dated(on));
    dated.retain(|one| !superseded(one, directives, on));
    dated.into_iter().chain(others).flat_map(|directive| &directive.products).collect()
}

/// Tells whether a later version of the same directive has begun by `on`: the one that began last counts, and when it
/// ends, the one before does not come back.
fn superseded(one: &Directive, directives: &[&Directive], on: Day) -> bool {
    directives.iter().any(|other| {
        other.id == one.id
            && other.from <= on
            && other.from.cmp(&one.from).then_with(|| version_order(&other.version, &one.version)).is_gt()
    })
}

/// Returns those of `directives` that are in force on the day and in the place of the case, in its layers: of several
/// versions of one directive the one that began last.
fn in_force<'a>(directives: &[&'a Directive], case: &Case) -> Vec<&'a Directive> {
    directives
        .iter()
        .filter(|directive| {
            directive.is_dated(case.on)
                && lies_in(&case.territory, &directive.territory)
                && (directive.layer == Layer::National || case.relay_protocol)
                && !superseded(directive, directives, case.on)
        })
        .copied()
        .collect()
}

/// Returns those that are about the family of the product.
fn about<'a>(in_force: &[&'a Directive], product: Option<&Product>) -> Vec<&'a Directive> {
    let is_about = |directive: &&&Directive| {
        directive.families.is_empty() || product.is_some_and(|product| directive.families.contains(&product.family))
    };
    in_force.iter().filter(is_about).copied().collect()
}

fn in_world(world: &World<'_>, directives: &[&Directive]) -> Vec<Found> {
    let mut found = Vec::new();
    for directive in directives {
        found.extend(directive.rules.iter().filter_map(|rule| by_rule(world, directive, rule)));
        found.extend(directive.agreements.iter().filter_map(|need| by_agreement(world, directive, need)));
    }
    found.extend(opposition(world.case));
    found.extend(product_reasons(world));
    if !found.iter().any(|one| one.opens) {
        found.push(built_in(
            "nothing-opens",
            Outcome::NotConcerned,
            "Aucune campagne connue n’ouvre ce vaccin à cette personne à cette date.",
            "No known campaign opens this vaccine to this person on this day.",
        ));
    }
    let strictest = found.iter().map(|one| one.reason.outcome).min();
    if strictest > Some(Outcome::Deferred) {
        found.extend(age_band(world));
    }
    found
}

fn by_rule(world: &World<'_>, directive: &Directive, rule: &Rule) -> Option<Found> {
    if !world.truth(&rule.when).is_yes() {
        return None;
    }
    let until = rule.until.as_ref().and_then(|until| world.first_day(until));
    let changes = match rule.outcome {
        Outcome::Contraindicated if !rule.absolute => vec![Change::PhysicianDecision],
        Outcome::OtherProduct if !rule.instead.is_empty() => vec![Change::Product { codes: rule.instead.clone() }],
        Outcome::Deferred => vec![until.map_or(Change::Recovery, |until| Change::Wait { until })],
        Outcome::PrescriptionMissing => vec![Change::Prescription],
        _ => Vec::new(),
    };
    let opening =
        matches!(rule.outcome, Outcome::Eligible | Outcome::Judge | Outcome::Deferred | Outcome::OtherProduct);
    Some(Found {
        reason: Reason {
            rule: rule.code.clone(),
            layer: directive.layer,
            directive: directive.id.clone(),
            version: directive.version.clone(),
            outcome: rule.outcome,
            until,
            source: rule.source.clone(),
            fr: rule.fr.clone(),
            en: rule.en.clone(),
            validated: directive.validated && rule.verified,
            lifted: false,
        },
        absolute: rule.absolute,
        opens: opening && !rule.advice && directive.layer == Layer::National,
        changes,
    })
}

fn by_agreement(world: &World<'_>, directive: &Directive, need: &Agreement) -> Option<Found> {
    if !world.truth(&need.when).is_yes() {
        return None;
    }
    let given = agreed(&world.case.consents, &need.by, &need.how);
    let missing = u8::try_from(usize::from(need.count).saturating_sub(given)).unwrap_or(u8::MAX);
    if missing == 0 {
        return None;
    }
    let judged = agreed(&world.case.consents, &need.or_judge, &need.how) > 0;
    let outcome = if judged { Outcome::Judge } else { Outcome::ConsentMissing };
    let by = need.by.first().or(need.or_judge.first()).copied();
    Some(Found {
        reason: agreement_reason(directive, need, outcome),
        absolute: true,
        opens: false,
        changes: by.filter(|_| !judged).map(|by| Change::Consent { by, missing }).into_iter().collect(),
    })
}

/// Returns the reason that an agreement gives, with this outcome.
fn agreement_reason(directive: &Directive, need: &Agreement, outcome: Outcome) -> Reason {
    Reason {
        rule: need.code.clone(),
        layer: directive.layer,
        directive: directive.id.clone(),
        version: directive.version.clone(),
        outcome,
        until: None,
        source: need.source.clone(),
        fr: need.fr.clone(),
        en: need.en.clone(),
        validated: directive.validated && need.verified,
        lifted: false,
    }
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
        let mut refused = built_in(
            "refusal",
            Outcome::ConsentMissing,
            "Refus ou opposition\u{a0}: aucun autre accord ne le remplace.",
            "Refusal or objection: no other agreement outweighs it.",
        );
        refused.changes = against.into_iter().map(|by| Change::Withdrawal { by }).collect();
        refused.absolute = true;
        found.push(refused);
    }
    if case.objections.iter().any(|objection| !objector_decides(case, objection.by)) {
        let mut noted = built_in(
            "objection-noted",
            Outcome::Judge,
            "Une autre personne s’oppose\u{a0}: à examiner avant tout acte.",
            "Somebody else objects: to be looked at before any act.",
        );
        noted.absolute = true;
        found.push(noted);
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

fn product_reasons(world: &World<'_>) -> Option<Found> {
    let mut found = match world.product {
        None => built_in(
            "product-unknown",
            Outcome::NotConcerned,
            "Produit inconnu des directives.",
            "No directive knows this product.",
        ),
        Some(product) if !product.takeable(world.case.on) => built_in(
            "product-not-takeable",
            Outcome::OtherProduct,
            "Produit qu’une équipe ne peut pas emporter à cette date.",
            "A team may not carry this product on this day.",
        ),
        Some(_) if world.birth > world.case.on => built_in(
            "birth-in-the-future",
            Outcome::NotConcerned,
            "Date de naissance postérieure à l’acte\u{a0}: à corriger.",
            "The birth date is later than the act: to be corrected.",
        ),
        Some(_) if world.case.on.years_since(world.birth) > OLDEST => built_in(
            "birth-too-long-ago",
            Outcome::NotConcerned,
            "Date de naissance impossible\u{a0}: à corriger.",
            "This birth date cannot be: to be corrected.",
        ),
        Some(_) => return None,
    };
    found.absolute = true;
    Some(found)
}

/// Outside the ages of the marketing authorisation, nothing reads as possible.
fn age_band(world: &World<'_>) -> Option<Found> {
    let product = world.product?;
    let reached = |months: u16| Age::Months(months).is_reached(world.birth, world.case.on);
    let outside =
        product.min_months.is_some_and(|months| !reached(months)) || product.below_months.is_some_and(reached);
    outside.then(|| {
        built_in(
            "age-outside-authorisation",
            Outcome::OtherProduct,
            "Âge hors de l’autorisation de mise sur le marché de ce produit.",
            "Age outside the marketing authorisation of this product.",
        )
    })
}

/// What an older program cannot judge, it forbids: a directive is in force that it cannot read.
fn not_understood(case: &Case) -> Option<Found> {
    let names: Vec<String> =
        case.not_understood.iter().map(|one| format!("{} {}", one.directive, one.version)).collect();
    (!names.is_empty()).then(|| {
        let mut found = built_in(
            "directive-not-understood",
            Outcome::Deferred,
            &format!(
                "Une directive en vigueur est plus récente que cette application ({})\u{a0}: mettre l’application à jour.",
                names.join(", ")
            ),
            &format!("A directive in force is newer than this app ({}): update the app.", names.join(", ")),
        );
        found.absolute = true;
        found.changes = vec![Change::Update];
        found
    })
}

/// A physician's decision against the dose stands; one for it lifts what is not absolute.
fn decide_physician(case: &Case, found: &mut Vec<Found>) {
    let Some(decision) = case.physician_decision.as_ref() else { return };
    if decision.product != case.product || decision.on > case.on {
        return;
    }
    if !decision.allow {
        found.push(built_in(
            "physician-against",
            Outcome::Contraindicated,
            "Décision médicale écrite\u{a0}: ne pas vacciner.",
            "A physician's written decision: do not vaccinate.",
        ));
        return;
    }
    if !decision.rpps.as_deref().is_some_and(is_rpps) {
        return;
    }
    for one in found.iter_mut().filter(|one| !one.absolute && one.reason.outcome != Outcome::Eligible) {
        one.reason.lifted = true;
    }
    found.push(built_in(
        "physician-decision",
        Outcome::Eligible,
        "Décision médicale écrite, conservée avec l’acte.",
        "A physician's written decision, kept with the act.",
    ));
}

fn built_in(rule: &str, outcome: Outcome, fr: &str, en: &str) -> Found {
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

/// Adds a reason found in one more world; of two deferrals by one rule the later one stays, and no date is the latest.
fn merge(found: &mut Vec<Found>, one: Found) {
    let same = found.iter_mut().find(|old| {
        old.reason.rule == one.reason.rule
            && old.reason.directive == one.reason.directive
            && old.reason.outcome == one.reason.outcome
    });
    match same {
        None => found.push(one),
        Some(old) => {
            let later = old.reason.until.is_some() && one.reason.until.is_none_or(|day| Some(day) > old.reason.until);
            if later {
                *old = one;
            }
        }
    }
}

fn conclude(mut found: Vec<Found>, pending: Vec<String>, observation_minutes: u16, directives: Vec<Version>) -> Answer {
    sort_by_key(&mut found, |one| order(&one.reason));
    let standing = || found.iter().filter(|one| !one.reason.lifted);
    let outcome = standing().map(|one| one.reason.outcome).min().unwrap_or(Outcome::NotConcerned);
    let deferrals: Vec<_> =
        standing().filter(|one| one.reason.outcome == Outcome::Deferred).map(|one| one.reason.until).collect();
    let until = if outcome == Outcome::Deferred && deferrals.iter().all(Option::is_some) {
        deferrals.into_iter().flatten().max()
    } else {
        None
    };
    let mut what_would_change: Vec<Change> = Vec::new();
    for change in standing().flat_map(|one| &one.changes) {
        if !what_would_change.contains(change) {
            what_would_change.push(change.clone());
        }
    }
    Answer {
        outcome,
        until,
        reasons: found.into_iter().map(|one| one.reason).collect(),
        pending,
        observation_minutes,
        what_would_change,
        directives,
        evaluator: EVALUATOR_VERSION,
        history: Vec::new(),
    }
}

/// Reasons that stand first, strictest first, the relay's own before the national ones.
fn order(reason: &Reason) -> (bool, Outcome, std::cmp::Reverse<Layer>) {
    (reason.lifted, reason.outcome, std::cmp::Reverse(reason.layer))
}
