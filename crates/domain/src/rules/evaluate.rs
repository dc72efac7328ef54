//! The evaluator: the directives in force, one case, one explained answer.
//!
//! Every case gets exactly one outcome with a reason. What no directive may change stands in `built_in.rs`; what a dossier
//! does not know, in `doubt.rs`.

use super::answer::{Answer, Change, Outcome, Reason};
use super::applies::{about, catalogue, in_force};
use super::built_in::{self, built_in};
use super::case::{Case, PhysicianDecision, is_rpps};
use super::directive::{Agreement, Directive, Rule};
use super::doubt::Doubt;
use super::found::{Found, agreement_reason};
use super::prepare::prepare;
use super::terms::{EVALUATOR_VERSION, Layer, Version};
use super::truth::{World, agreed};
use super::unknown::Item;
use super::world;
use crate::order::{sort_and_dedup, sort_by_key};

/// Minutes of observation when no directive says any.
const OBSERVATION_MINUTES: u16 = 15;

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
    let case = &*prepare(case, &asked);

    let mut found: Vec<Found> = Vec::new();
    let mut pending: Vec<String> = Vec::new();
    let mut doubts: Vec<Doubt> = Vec::new();
    for birth in world::births(case, &asked, product) {
        for prior in world::priors(case) {
            let world = World { case, product, catalogue: &catalogue, birth, prior: *prior };
            for one in in_world(&world, &asked, &mut doubts) {
                merge(&mut found, one);
            }
            for question in super::questions::asked_in(&world, &asked) {
                if question.required && !case.answers.contains_key(&question.code) && !pending.contains(&question.code)
                {
                    pending.push(question.code.clone());
                }
            }
        }
    }
    found.extend(physician_reason(case));
    found.extend(not_understood(case));
    let covered: Vec<Item> = asked_traits(&asked, &pending);
    let history = judge_doubts(&doubts, &covered, &mut found);
    let observation = asked.iter().filter_map(|directive| directive.observation_minutes).max();
    let described: Vec<&str> = case.previous.iter().map(|dose| dose.product.as_str()).chain([&*case.product]).collect();
    let describes = |directive: &&&Directive| {
        directive.products.iter().any(|product| described.contains(&product.code.as_str()))
            || asked.iter().any(|one| std::ptr::eq(*one, **directive))
    };
    let versions = in_force.iter().filter(describes).map(|directive| directive.name()).collect();
    Answer {
        pending,
        observation_minutes: observation.unwrap_or(OBSERVATION_MINUTES),
        directives: versions,
        ..conclude(found, history)
    }
}

fn in_world(world: &World<'_>, directives: &[&Directive], doubts: &mut Vec<Doubt>) -> Vec<Found> {
    let mut found = Vec::new();
    for directive in directives {
        found.extend(directive.rules.iter().filter_map(|rule| by_rule(world, directive, rule)));
        found.extend(directive.agreements.iter().filter_map(|need| by_agreement(world, directive, need)));
    }
    found.extend(built_in::reasons(world));
    let opened = found.iter().any(|one| one.opens);
    let mut open_doubts = Vec::new();
    if !opened {
        open_doubts = opening_doubts(world, directives);
        if open_doubts.is_empty() {
            found.push(built_in::nothing_opens(world));
        }
    }
    lift(world.case, &mut found);
    if strictest(&found) > Outcome::Deferred
        && let Some(mut one) = built_in::age_band(world)
    {
        one.reason.lifted = decision(world.case).is_some_and(|decided| lifts(decided, &one));
        found.push(one);
    }
    // Who cannot be vaccinated today is asked nothing more.
    let strictest = strictest(&found);
    if !strictest.stops() {
        doubts.extend(open_doubts);
        doubts.extend(stricter_doubts(world, directives, strictest));
    }
    found
}

fn strictest(found: &[Found]) -> Outcome {
    let standing = found.iter().filter(|one| !one.reason.lifted);
    standing.map(|one| one.reason.outcome).min().unwrap_or(Outcome::Eligible)
}

/// Returns what is not known and could open the vaccine.
fn opening_doubts(world: &World<'_>, directives: &[&Directive]) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let national = directives.iter().filter(|directive| directive.layer == Layer::National);
    for rule in national.flat_map(|directive| &directive.rules).filter(|rule| opens(rule)) {
        let mut see = |unknown| doubts.push(Doubt { unknown, absolute: false, outcome: Outcome::Judge });
        world.doubts(&rule.when, &mut see);
    }
    doubts
}

/// Returns what is not known and could make the answer stricter than `than`.
fn stricter_doubts(world: &World<'_>, directives: &[&Directive], than: Outcome) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if world.case.unknown.is_empty() {
        return doubts;
    }
    let lifted = |code: &String| decision(world.case).is_some_and(|decided| names(decided, code));
    let mut read = |when: &super::condition::Condition, outcome: Outcome, absolute: bool| {
        if outcome < than {
            world.doubts(when, &mut |unknown| doubts.push(Doubt { unknown, absolute, outcome }));
        }
    };
    for directive in directives {
        for rule in &directive.rules {
            if rule.absolute || !lifted(&rule.code) {
                read(&rule.when, rule.outcome, rule.absolute && rule.outcome == Outcome::Contraindicated);
            }
        }
        for need in &directive.agreements {
            if agreed(&world.case.consents, &need.by, &need.how) < usize::from(need.count) {
                read(&need.when, Outcome::ConsentMissing, false);
            }
        }
    }
    for (when, outcome, absolute) in built_in::read(world) {
        read(&when, outcome, absolute);
    }
    doubts
}

/// Returns the traits that open questions ask for: nobody is asked twice.
fn asked_traits(directives: &[&Directive], pending: &[String]) -> Vec<Item> {
    let questions = directives.iter().flat_map(|directive| &directive.questions);
    let open = questions.filter(|question| pending.contains(&question.code));
    open.filter_map(|question| question.asks_trait).map(Item::Trait).collect()
}

/// Adds what follows from the doubts, and returns what a dose waits for. A doubt is judged; one that nobody could settle
/// and that could be an absolute contraindication stops the dose.
fn judge_doubts(doubts: &[Doubt], covered: &[Item], found: &mut Vec<Found>) -> Vec<Item> {
    let items = |wanted: &dyn Fn(&Doubt) -> bool| {
        let mut items: Vec<Item> =
            doubts.iter().filter(|doubt| wanted(doubt)).map(|doubt| doubt.unknown.item).collect();
        items.retain(|item| !covered.contains(item));
        sort_and_dedup(&mut items);
        items
    };
    let list = |items: &[Item]| {
        let names: (Vec<String>, Vec<String>) = items.iter().map(|item| item.names()).unzip();
        (names.0.join(", "), names.1.join(", "))
    };
    let asked = items(&|doubt| doubt.unknown.asked);
    if !asked.is_empty() {
        let (fr, en) = list(&asked);
        found.push(built_in(
            "history-not-known",
            Outcome::Judge,
            &format!("Personne ne sait\u{a0}: {fr}. À juger."),
            &format!("Nobody knows: {en}. To be judged."),
        ));
    }
    let must = items(&|doubt| doubt.unknown.asked && doubt.absolute);
    if !must.is_empty() {
        let (fr, en) = list(&must);
        let mut one = built_in(
            "history-must-be-known",
            Outcome::Deferred,
            &format!("Il faut savoir avant ce vaccin\u{a0}: {fr}."),
            &format!("This must be known before this vaccine: {en}."),
        );
        one.absolute = true;
        one.changes = vec![Change::History { items: must.clone() }];
        found.push(one);
    }
    let waits = items(&|doubt| !doubt.unknown.asked);
    if !waits.is_empty() {
        let (fr, en) = list(&waits);
        let mut one = built_in(
            "history-not-asked",
            Outcome::Judge,
            &format!("À demander avant la dose\u{a0}: {fr}."),
            &format!("To be asked before the dose: {en}."),
        );
        one.changes = vec![Change::History { items: waits.clone() }];
        found.push(one);
    }
    let mut history = waits;
    history.extend(must);
    sort_and_dedup(&mut history);
    history
}

/// Tells whether a rule, where it applies, opens the vaccine to somebody.
fn opens(rule: &Rule) -> bool {
    let opening =
        matches!(rule.outcome, Outcome::Eligible | Outcome::Judge | Outcome::Deferred | Outcome::OtherProduct);
    opening && !rule.advice
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
        opens: opens(rule) && directive.layer == Layer::National,
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

/// What an older program cannot judge, it forbids; where it knows an earlier version, it goes by that one and says so.
fn not_understood(case: &Case) -> Vec<Found> {
    let names = |versions: &[Version]| {
        versions.iter().map(|one| format!("{} {}", one.directive, one.version)).collect::<Vec<_>>().join(", ")
    };
    let mut found = Vec::new();
    if !case.not_understood.is_empty() {
        let names = names(&case.not_understood);
        let mut one = built_in(
            "directive-not-understood",
            Outcome::Deferred,
            &format!(
                "Une directive en vigueur est plus récente que cette application ({names})\u{a0}: mettre l’application à jour."
            ),
            &format!("A directive in force is newer than this app ({names}): update the app."),
        );
        one.absolute = true;
        one.changes = vec![Change::Update];
        found.push(one);
    }
    if !case.overtaken.is_empty() {
        let names = names(&case.overtaken);
        let mut one = built_in(
            "directive-overtaken",
            Outcome::Judge,
            &format!(
                "Cette application suit une version antérieure d’une directive\u{a0}: elle ne sait pas lire {names}. À juger, et mettre l’application à jour."
            ),
            &format!(
                "This app goes by an earlier version of a directive: it cannot read {names}. To be judged; update the app."
            ),
        );
        one.absolute = true;
        one.changes = vec![Change::Update];
        found.push(one);
    }
    found
}

/// Returns the physician's decision when it counts: about this product, not written after the act, still valid.
fn decision(case: &Case) -> Option<&PhysicianDecision> {
    let decided = case.physician_decision.as_ref()?;
    let counts = decided.product == case.product
        && decided.on <= case.on
        && decided.until.is_none_or(|until| case.on <= until)
        && (!decided.allow || decided.rpps.as_deref().is_some_and(is_rpps));
    counts.then_some(decided)
}

/// Tells whether a decision is about the reason of this code.
fn names(decided: &PhysicianDecision, code: &str) -> bool {
    decided.allow && decided.lifts.as_ref().is_none_or(|lifts| lifts.iter().any(|one| one == code))
}

fn lifts(decided: &PhysicianDecision, one: &Found) -> bool {
    !one.absolute && one.reason.outcome != Outcome::Eligible && names(decided, &one.reason.rule)
}

/// Takes away what a physician's decision names and nothing forbids to lift.
fn lift(case: &Case, found: &mut [Found]) {
    let Some(decided) = decision(case) else { return };
    for one in found.iter_mut() {
        one.reason.lifted = lifts(decided, one);
    }
}

/// A physician's decision against the dose stands; one for it is kept with the act.
fn physician_reason(case: &Case) -> Option<Found> {
    decision(case).map(|decided| {
        if decided.allow {
            built_in(
                "physician-decision",
                Outcome::Eligible,
                "Un médecin a décidé par écrit\u{a0}: sa décision est conservée avec l’acte.",
                "A physician decided in writing: the decision is kept with the act.",
            )
        } else {
            built_in(
                "physician-against",
                Outcome::Contraindicated,
                "Un médecin a décidé par écrit de ne pas vacciner.",
                "A physician decided in writing not to vaccinate.",
            )
        }
    })
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

/// Returns the answer that follows from the reasons; the rest of it is filled in by the caller.
fn conclude(mut found: Vec<Found>, mut history: Vec<Item>) -> Answer {
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
    if outcome.stops() && outcome != Outcome::Deferred {
        history.clear();
    }
    Answer {
        outcome,
        until,
        reasons: found.into_iter().map(|one| one.reason).collect(),
        pending: Vec::new(),
        observation_minutes: 0,
        what_would_change,
        directives: Vec::new(),
        evaluator: EVALUATOR_VERSION,
        history,
    }
}

/// Reasons that stand first, strictest first, the relay's own before the national ones.
fn order(reason: &Reason) -> (bool, Outcome, std::cmp::Reverse<Layer>) {
    (reason.lifted, reason.outcome, std::cmp::Reverse(reason.layer))
}
