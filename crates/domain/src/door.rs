//! At the door: what the rules answer for an act, from what the round knows.

use crate::date::{Day, PartialDate};
use crate::dossier::{self, Setting};
use crate::fact::{AccountNo, ConsentBy, ConsentGiven, ConsentManner, DirectiveUsed, IncidentKind, KitItem};
use crate::name::FactName;
use crate::order;
use crate::people::PersonRecord;
use crate::rules::{
    Answer, By, Case, Consent, ConsentNeed, Directive, Family, How, KnownReaction, Nurse, Objection, Outcome,
    PhysicianDecision, Prescriber, Prescription, PreviousDose, Product, Question, Reason, Version, evaluate,
};
use crate::spelling::folded;
use crate::state::{Act, Common, Incident, Publication, Round, Visit};
use crate::time::Wall;
use crate::zone::{PARIS, Zone};

/// Returns the day that the rules look at: today at the relay; once the round is signed, the day on which it left, for
/// what is entered afterwards; in a relay of demonstration the round's own day, so that the ages and the rules of the
/// story hold on any day.
#[must_use]
pub fn today(round: &Round, common: &Common, now: Wall) -> Day {
    let planned = round.plan.as_ref().map(|plan| plan.on);
    let left = round.departed.as_ref().filter(|_| round.closed_at.is_some()).map(|departed| departed.at);
    match (&common.relay, planned) {
        (Some(relay), Some(on)) if relay.demo => on,
        (relay, _) => relay.as_ref().map_or(PARIS, Zone::of).day(left.unwrap_or(now)),
    }
}

/// Returns the directives that a round goes by: until it leaves, all that count (an adopted one only once a physician
/// confirmed it, a shipped one that takes the place of an adopted one once the head accepted); from then on the versions it
/// left with, and those that are urgent.
pub fn directives<'a>(round: &'a Round, common: &'a Common) -> impl Iterator<Item = &'a Directive> {
    let kept = kept(round);
    common.directives.iter().filter(move |one| match (kept, common.publication(&one.id, &one.version)) {
        (Some(kept), publication) => {
            is_kept(kept, &one.id, &one.version) || publication.is_some_and(|one| one.urgent && one.counts())
        }
        (None, publication) => publication.is_none_or(Publication::counts),
    })
}

/// Returns the agreements of an act as the rules count them: somebody who said it twice, by telephone and then in writing, say,
/// is one person, in the manner said last.
fn agreements(act: &Act) -> Vec<Consent> {
    let who = |given: &ConsentGiven| given.name.as_deref().map(|name| (given.by, folded(name)));
    let given: Vec<&ConsentGiven> = act.consents.values().collect();
    let last = |(place, one): &(usize, &&ConsentGiven)| {
        who(one).is_none() || !given.iter().skip(place + 1).any(|later| who(later) == who(one))
    };
    let counted = given.iter().enumerate().filter(last);
    counted.map(|(_, one)| Consent { by: by_of(one.by), given: true, how: Some(how_of(&one.manner)) }).collect()
}

/// Returns the advice among the reasons of an answer: what is to be done with this dose and forbids nothing (lie down, a
/// fine needle, compress). All of it counts at once, so all of it is said; and whoever allows the dose in spite of a reason
/// does not take back what it advises.
#[must_use]
pub fn advice<'a>(round: &Round, common: &Common, answer: &'a Answer) -> Vec<&'a Reason> {
    let is_advice = |reason: &Reason| {
        let mut of_it = directives(round, common)
            .filter(|one| one.id == reason.directive && one.version == reason.version)
            .flat_map(|one| &one.rules);
        of_it.any(|rule| rule.advice && rule.code == reason.rule)
    };
    answer.reasons.iter().filter(|reason| is_advice(reason)).collect()
}

/// What can be said of the rank of a dose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rank {
    /// Nobody said which dose it is.
    Unknown,
    /// It follows from the earlier doses that are known, or repeats one of their ranks.
    Known(u8),
    /// It was said, and supposes earlier doses that nobody knows of: to be checked, and never stated as a fact.
    ToCheck(u8),
}

/// Returns what can be said of the rank that was asked for somebody: no more than the known doses and one. A dose of which
/// nobody knows the vaccine may have been one of these.
#[must_use]
pub fn rank(common: &Common, record: &PersonRecord, product: &str, said: Option<u8>, on: Day) -> Rank {
    let Some(said) = said else { return Rank::Unknown };
    let family =
        |code: &str| self::product(common, code, on).map(|known| known.family).or_else(|| Family::of_any(code));
    let own = family(product);
    let counts = |code: &str| family(code).is_none_or(|other| other == Family::Other || Some(other) == own);
    let known = record.doses.iter().filter(|dose| counts(&dose.product)).count();
    if usize::from(said) <= known + 1 { Rank::Known(said) } else { Rank::ToCheck(said) }
}

/// What a physician's decision lifted, and in which words: it stays said as long as the dose is spoken of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lifted<'a> {
    /// Who decided.
    pub physician: &'a str,
    /// The decision's words.
    pub text: &'a str,
    /// The reasons that it lifts; none where nothing stood in the way.
    pub reasons: Vec<&'a Reason>,
}

/// Returns what a physician's decision for the dose lifts of an answer.
#[must_use]
pub fn lifted<'a>(act: &'a Act, answer: &'a Answer) -> Option<Lifted<'a>> {
    let decided = act.physician.as_ref().filter(|one| one.allow && one.product == act.wish.product)?;
    let reasons = answer.reasons.iter().filter(|reason| reason.lifted).collect();
    Some(Lifted { physician: &decided.physician, text: &decided.text, reasons })
}

/// Says whether the path of an act has ended: the answer stops, or a person decided against the dose.
#[must_use]
pub fn stopped(act: &Act, answer: &Answer) -> bool {
    answer.outcome.stops()
        || act.physician.as_ref().is_some_and(|decided| !decided.allow)
        || act.judged.as_ref().is_some_and(|judged| !judged.vaccinate)
}

/// Returns what the nurse will have to judge behind an answer that asks for something else first: who is asked to agree
/// must hear it before. Nothing while questions wait, where she has judged, or where the answer itself is that she judges;
/// and nothing of the agreement itself, which the form that gathers it says.
#[must_use]
pub fn to_judge<'a>(round: &Round, common: &Common, act: &Act, answer: &'a Answer) -> Vec<&'a Reason> {
    let missing = matches!(answer.outcome, Outcome::ConsentMissing | Outcome::PrescriptionMissing);
    if !missing || act.judged.is_some() || !answer.pending.is_empty() {
        return Vec::new();
    }
    let agreements = || directives(round, common).flat_map(|one| one.agreements.iter().map(move |need| (one, need)));
    let of_agreement =
        |reason: &Reason| agreements().any(|(one, need)| one.id == reason.directive && need.code == reason.rule);
    let judged = |reason: &&Reason| !reason.lifted && reason.outcome == Outcome::Judge && reason.rule != NOT_ASKED;
    answer.reasons.iter().filter(judged).filter(|reason| !of_agreement(reason)).collect()
}

/// What is asked before anything else is no judgement: the built-in reason that says so.
const NOT_ASKED: &str = "history-not-asked";

/// Returns the versions that a round left with; none before it leaves.
fn kept(round: &Round) -> Option<&[DirectiveUsed]> {
    round.departed.as_ref().map(|departed| departed.directives.as_slice()).filter(|kept| !kept.is_empty())
}

fn is_kept(kept: &[DirectiveUsed], id: &str, version: &str) -> bool {
    kept.iter().any(|one| one.id == id && one.version == version)
}

fn is_urgent(common: &Common, id: &str, version: &str) -> bool {
    common.publication(id, version).is_some_and(|publication| publication.urgent)
}

/// Returns the versions that a round leaving on `on` keeps until it is signed: all that are not over.
#[must_use]
pub fn to_keep(common: &Common, on: Day) -> Vec<DirectiveUsed> {
    let not_over = common.counting().filter(|one| one.until.is_none_or(|until| on <= until));
    not_over.map(|one| DirectiveUsed { id: one.id.clone(), version: one.version.clone() }).collect()
}

/// Returns the directives that were published after the round left and will count for the next one.
#[must_use]
pub fn waiting<'a>(round: &Round, common: &'a Common, now: Wall) -> Vec<&'a Directive> {
    let Some(kept) = kept(round) else { return Vec::new() };
    let on = today(round, common, now);
    let news = |one: &&Directive| {
        !is_kept(kept, &one.id, &one.version)
            && !is_urgent(common, &one.id, &one.version)
            && one.until.is_none_or(|until| on <= until)
    };
    common.counting().filter(news).collect()
}

/// Returns the urgent directives that took over after the round left.
#[must_use]
pub fn took_over<'a>(round: &Round, common: &'a Common, now: Wall) -> Vec<&'a Directive> {
    let Some(kept) = kept(round) else { return Vec::new() };
    let on = today(round, common, now);
    let news = |one: &&Directive| {
        !is_kept(kept, &one.id, &one.version) && is_urgent(common, &one.id, &one.version) && one.is_dated(on)
    };
    common.counting().filter(news).collect()
}

/// Returns the directives that count for a product on `on` and that this version of the program cannot read: first those
/// that forbid, then those in whose place an earlier version is known, which counts until the app is updated. An urgent
/// one always forbids.
fn not_understood(round: &Round, common: &Common, product: &str, on: Day) -> (Vec<Version>, Vec<Version>) {
    let family = self::product(common, product, on).map(|known| known.family.code());
    let kept = kept(round);
    let counts = |(name, publication): &(&(String, String), &Publication)| {
        !publication.readable
            && publication.counts()
            && family.is_none_or(|family| publication.reaches(family, on))
            && kept.is_none_or(|kept| publication.urgent || is_kept(kept, &name.0, &name.1))
    };
    let earlier = |id: &str| directives(round, common).any(|one| one.id == id && one.is_dated(on));
    let (mut forbid, mut overtaken) = (Vec::new(), Vec::new());
    for ((id, version), publication) in common.publications.iter().filter(counts) {
        let one = Version { directive: id.clone(), version: version.clone() };
        if publication.urgent || !earlier(id) { forbid.push(one) } else { overtaken.push(one) }
    }
    (forbid, overtaken)
}

/// Returns the description of a product, from the latest version in force on `on`, or any known one for a past product.
#[must_use]
pub fn product<'a>(common: &'a Common, code: &str, on: Day) -> Option<&'a Product> {
    let find = |directive: &'a Directive| directive.products.iter().find(|product| product.code == code);
    let in_force = |one: &&Directive| one.from <= on && one.until.is_none_or(|until| on <= until);
    let later = |one: &&Directive, other: &&Directive| {
        one.from.cmp(&other.from).then_with(|| crate::rules::version_order(&one.version, &other.version))
    };
    let named = || common.directives.iter().filter(|one| find(one).is_some());
    let counting = common.counting().filter(|one| find(one).is_some() && in_force(one));
    counting.max_by(later).or_else(|| named().max_by(later)).and_then(find)
}

/// Returns the case of an act: everything the rules may look at. None when the birth date is not known at all.
#[must_use]
pub fn case_of(round: &Round, common: &Common, visit: &Visit, act: &Act, nurse: AccountNo, now: Wall) -> Option<Case> {
    let on = today(round, common, now);
    let directives: Vec<&Directive> = directives(round, common).collect();
    let setting = Setting {
        on,
        territory: round.plan.as_ref().map_or("FR", |plan| plan.territory.as_str()),
        relay_protocol: round.plan.as_ref().is_some_and(|plan| plan.relay_protocol),
    };
    let mut case = dossier::case(&visit.record, &act.wish, setting, &directives)?;
    let others =
        || visit.acts.iter().filter_map(|name| round.acts.get(name)).filter(|other| !std::ptr::eq(*other, act));
    // What was given today to the same person counts for the other act.
    for given in others().flat_map(|other| &other.given) {
        let incomplete = given.dose.error.as_ref().is_some_and(|error| error.is_incomplete());
        let dose = PreviousDose::whole(&given.dose.product, Some(PartialDate::Day(on)));
        case.previous.push(PreviousDose { incomplete, ..dose });
    }
    let scopes = dossier::scopes(&directives, on);
    let about = |code: &str| scopes.get(code).copied().unwrap_or_default();
    // A reaction told for another vaccine of this visit is a reaction of the person.
    for other in others() {
        let told = other.answers.iter().filter(|(code, yes)| **yes && !about(code).is_person());
        case.reactions.extend(
            told.map(|(code, _)| KnownReaction { question: code.clone(), product: other.wish.product.clone() }),
        );
    }
    case.reactions.extend(emergency(round, visit));
    let known = dossier::known_answers(&visit.record, &case.reactions, &act.wish.product, &directives, on);
    case.answers.extend(known);
    // Answers about the person count for every vaccine of the visit; those about a vaccine for that one only.
    let of_person = visit.answers.iter().filter(|(code, _)| about(code).is_person());
    case.answers.extend(act.answers.iter().chain(of_person).map(|(code, yes)| (code.clone(), *yes)));
    case.consents = agreements(act);
    case.objections = act.objections.values().map(|raised| Objection { by: by_of(raised.by) }).collect();
    case.prescription = act.prescription.as_ref().map(|seen| Prescription {
        by: Prescriber::Physician,
        rpps: seen.rpps.clone(),
        product: seen.product.clone(),
        on: seen.on,
    });
    case.physician_decision = act.physician.as_ref().map(|decided| PhysicianDecision {
        rpps: decided.rpps.clone(),
        product: decided.product.clone(),
        on: decided.on.unwrap_or(on),
        allow: decided.allow,
        lifts: decided.lifts.clone(),
        until: decided.until,
    });
    case.nurse =
        Nurse { prescriber_trained: common.accounts.get(&nurse).is_some_and(|account| account.prescriber_trained) };
    case.kit_checked = round.departed.is_some().then(|| {
        [KitItem::EmergencyKit, KitItem::Adrenaline]
            .iter()
            .all(|item| round.kit.get(item).is_some_and(|line| line.present))
    });
    (case.not_understood, case.overtaken) = not_understood(round, common, &act.wish.product, on);
    Some(case)
}

/// Returns what the rules answer for an act now. None when the act is not known or the birth date is missing.
#[must_use]
pub fn answer(round: &Round, common: &Common, act: FactName, nurse: AccountNo, now: Wall) -> Option<(Case, Answer)> {
    let act = round.acts.get(&act)?;
    let visit = round.people.get(&act.person)?;
    let case = case_of(round, common, visit, act, nurse, now)?;
    let answer = evaluate(directives(round, common), &case);
    Some((case, answer))
}

/// Returns the questions asked for an act, in the order of the screen: none that the person's dossier answers by itself.
#[must_use]
pub fn questions<'a>(round: &'a Round, common: &'a Common, act: FactName, case: &Case) -> Vec<&'a Question> {
    let Some(act) = round.acts.get(&act) else { return Vec::new() };
    let Some(visit) = round.people.get(&act.person) else { return Vec::new() };
    let directives: Vec<&Directive> = directives(round, common).collect();
    let reactions = &case.reactions;
    let known = dossier::known_answers(&visit.record, reactions, &act.wish.product, &directives, case.on);
    let mut asked = crate::rules::questions(directives, case);
    asked.retain(|question| {
        let told = act.answers.contains_key(&question.code) || visit.answers.contains_key(&question.code);
        told || !known.contains_key(&question.code) && !dossier::is_trait_known(&visit.record, question)
    });
    asked
}

/// Returns whose agreement an act's case needs, given yet or not.
#[must_use]
pub fn consents_needed(round: &Round, common: &Common, case: &Case) -> Vec<ConsentNeed> {
    crate::rules::consents_needed(directives(round, common), case)
}

/// Returns the directives that this version of the program cannot read and that count for a vaccine of the round.
#[must_use]
pub fn too_new(round: &Round, common: &Common, now: Wall) -> Vec<Version> {
    let on = today(round, common, now);
    let mut found: Vec<Version> = round
        .acts
        .values()
        .flat_map(|act| {
            let (forbid, overtaken) = not_understood(round, common, &act.wish.product, on);
            forbid.into_iter().chain(overtaken)
        })
        .collect();
    order::sort_and_dedup(&mut found);
    found
}

/// The code under which the shipped directives ask about a severe reaction.
const ANAPHYLAXIS: &str = "anaphylaxis_previous_dose";

/// Returns the severe reaction of a person after a dose of this visit: adrenaline was given to her, or the 15 was called. What
/// is still to be given to her is looked at with it.
fn emergency(round: &Round, visit: &Visit) -> Option<KnownReaction> {
    let hers = |person: Option<FactName>| {
        person.and_then(|person| round.people.get(&person)).is_some_and(|one| std::ptr::eq(one, visit))
    };
    let called = |incident: &Incident| incident.kind == IncidentKind::Emergency && hers(incident.person);
    if !round.adrenaline.iter().any(|given| hers(given.person)) && !round.incidents.iter().any(called) {
        return None;
    }
    let given = visit.acts.iter().filter_map(|name| round.acts.get(name)).flat_map(|act| &act.given);
    let last = given.max_by_key(|given| (given.dose.done_at, given.name))?;
    Some(KnownReaction { question: ANAPHYLAXIS.to_owned(), product: last.dose.product.clone() })
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

/// An act to come whose answer an urgent directive changed since the round left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reexamined {
    /// The person.
    pub person: FactName,
    /// The act.
    pub act: FactName,
    /// The answer by what the round left with.
    pub before: Outcome,
    /// The answer now.
    pub now: Outcome,
}

/// Returns the acts of visits to come to which an urgent directive, published since the round left, answers otherwise.
#[must_use]
pub fn reexamined(round: &Round, common: &Common, nurse: AccountNo, now: Wall) -> Vec<Reexamined> {
    let Some(kept) = kept(round).filter(|_| !took_over(round, common, now).is_empty()) else { return Vec::new() };
    let mut found = Vec::new();
    for (person, visit) in round.people.iter().filter(|(_, visit)| visit.ended.is_none()) {
        for act in &visit.acts {
            let open = round.acts.get(act).filter(|act| act.given.is_empty());
            let Some((case, answer)) = open.and_then(|_| answer(round, common, *act, nurse, now)) else { continue };
            let left_with = common.directives.iter().filter(|one| is_kept(kept, &one.id, &one.version));
            let before = evaluate(left_with, &case).outcome;
            if before != answer.outcome {
                found.push(Reexamined { person: *person, act: *act, before, now: answer.outcome });
            }
        }
    }
    found
}
