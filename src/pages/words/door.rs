//! What is seen, said and done at the door, in words.

use perron_domain::{
    aboard,
    date::Day,
    door::{self, Rank},
    fact::ConsentBy,
    name::FactName,
    rules::{self, By, Case, Change},
    state::{Act, Common, Round, Visit},
    time::Wall,
};

use super::{answer_of, by_word, day, item_word, outcome_text, outcome_tone, product_name, product_short};
use crate::{
    components::{Reason, Tone, fr},
    i18n::{I18n, Locale, t_string},
};

/// Returns product and rank of an act: «Comirnaty 30 µg · 2ᵉ dose».
#[must_use]
pub fn wish_text(i18n: I18n, round: &Round, common: &Common, act: &Act, on: Day) -> String {
    let rank = rank_text(i18n, round, common, act, act.wish.rank, on);
    format!("{} · {rank}", product_short(common, &act.wish.product, on))
}

/// Returns the rank that was said for an act: «2ᵉ dose», «rang inconnu», or that it is to be checked.
#[must_use]
pub fn rank_text(i18n: I18n, round: &Round, common: &Common, act: &Act, said: Option<u8>, on: Day) -> String {
    let word = |rank: u8| fr::rank(i18n.get_locale(), u32::from(rank));
    let of = |visit: &Visit| door::rank(common, &visit.record, &act.wish.product, said, on);
    match round.people.get(&act.person).map_or(Rank::Unknown, of) {
        Rank::Unknown => t_string!(i18n, visit.rank_unknown).to_owned(),
        Rank::Known(rank) => t_string!(i18n, visit.rank_dose, rank = word(rank)),
        Rank::ToCheck(rank) => t_string!(i18n, visit.rank_to_check, rank = word(rank)),
    }
}

/// Returns the rules' sentence in the language of the screen.
#[must_use]
pub fn sentence(i18n: I18n, reason: &rules::Reason) -> String {
    match i18n.get_locale() {
        Locale::fr => fr::spaced(&reason.fr),
        Locale::en => reason.en.clone(),
    }
}

/// Returns what a physician lifted, each reason with who did.
#[must_use]
pub fn lifted_lines(i18n: I18n, lifted: &door::Lifted<'_>) -> Vec<String> {
    let line = |reason: &&rules::Reason| {
        t_string!(i18n, visit.lifted_by, who = lifted.physician.to_owned(), text = sentence(i18n, reason))
    };
    lifted.reasons.iter().map(line).collect()
}

/// Returns what a physician wrote who allowed the dose: his conditions are met while it is given and afterwards.
#[must_use]
pub fn decision_line(i18n: I18n, lifted: &door::Lifted<'_>) -> Option<String> {
    let said = lifted.text.trim();
    (!said.is_empty())
        .then(|| t_string!(i18n, visit.physician_wrote, who = lifted.physician.to_owned(), text = said.to_owned()))
}

/// Returns the reasons as «Pourquoi ?» lists them, each with what made it so.
#[must_use]
pub fn reasons_of(i18n: I18n, round: &Round, common: &Common, case: &Case, answer: &rules::Answer) -> Vec<Reason> {
    let one = |reason: &rules::Reason| {
        let mut source = format!("{} · {} {}", reason.source, reason.directive, reason.version);
        let directives = door::directives(round, common);
        let traced = rules::explain(directives, case, &reason.directive, &reason.rule);
        if !reason.validated && !common.is_confirmed(&reason.directive, &reason.version) {
            source.push_str(" · ");
            source.push_str(t_string!(i18n, visit.to_validate));
        }
        let mut text = sentence(i18n, reason);
        if reason.lifted {
            text.push_str(" — ");
            text.push_str(t_string!(i18n, visit.lifted));
        }
        Reason {
            answer: answer_of(reason.outcome),
            text,
            layer: match reason.layer {
                rules::Layer::National => t_string!(i18n, common.layer_national).to_owned(),
                rules::Layer::Relay => t_string!(i18n, common.layer_relay).to_owned(),
            },
            source,
            facts: traced.map(|trace| super::why_lines(i18n, common, case, &trace)).unwrap_or_default(),
        }
    };
    answer.reasons.iter().map(one).collect()
}

/// Returns what would make an answer milder, in words.
#[must_use]
pub fn change_text(i18n: I18n, common: &Common, change: &Change, on: Day) -> String {
    match change {
        Change::Wait { until } => t_string!(i18n, visit.change_wait, day = day(i18n, *until)),
        Change::Recovery => t_string!(i18n, visit.change_recovery).to_owned(),
        Change::Consent { by, missing } if *missing > 1 => {
            t_string!(i18n, visit.change_consents, count = *missing, who = by_word(i18n, *by))
        }
        Change::Consent { by, .. } => t_string!(i18n, visit.change_consent, who = by_word(i18n, *by)),
        Change::Withdrawal { by } => t_string!(i18n, visit.change_withdrawal, who = by_word(i18n, *by)),
        Change::Prescription => t_string!(i18n, visit.change_prescription).to_owned(),
        Change::Product { codes } => {
            let names: Vec<String> = codes.iter().map(|code| product_name(common, code, on)).collect();
            t_string!(i18n, visit.change_product, products = names.join(t_string!(i18n, visit.or_between)))
        }
        Change::PhysicianDecision => t_string!(i18n, visit.change_physician).to_owned(),
        Change::Update => t_string!(i18n, visit.change_update).to_owned(),
        Change::History { items } => {
            let names: Vec<String> = items.iter().map(|item| item_word(i18n, *item)).collect();
            t_string!(i18n, visit.change_history, items = names.join(", "))
        }
    }
}

/// Returns the quality as a fact writes it.
#[must_use]
pub const fn consent_by(by: By) -> ConsentBy {
    match by {
        By::Person => ConsentBy::Own,
        By::Parent => ConsentBy::Parent,
        By::SoleParent => ConsentBy::SoleParent,
        By::Guardian => ConsentBy::Guardian,
        By::Judge => ConsentBy::Judge,
        By::Representative => ConsentBy::Representative,
    }
}

/// Returns the quality as the rules name it.
#[must_use]
pub const fn rules_by(by: ConsentBy) -> By {
    match by {
        ConsentBy::Own => By::Person,
        ConsentBy::Parent => By::Parent,
        ConsentBy::SoleParent => By::SoleParent,
        ConsentBy::Guardian => By::Guardian,
        ConsentBy::Judge => By::Judge,
        ConsentBy::Representative => By::Representative,
    }
}

/// Returns the state of a person of the round, as a pill says it: outcome, observation, seen, or still to come.
#[must_use]
pub fn person_state(i18n: I18n, round: &Round, common: &Common, person: FactName, now: Wall) -> (Tone, String) {
    if round.timers().iter().any(|timer| timer.person == person) {
        return (Tone::Info, t_string!(i18n, visit.state_observed).to_owned());
    }
    match round.outcome_of(person) {
        Some(outcome) => (outcome_tone(outcome), outcome_text(i18n, outcome).to_owned()),
        None if round.people.get(&person).is_some_and(|visit| visit.identity.is_some()) => {
            (Tone::Info, t_string!(i18n, visit.state_begun).to_owned())
        }
        None => foreseen(i18n, round, common, person, now)
            .unwrap_or_else(|| (Tone::Neutral, t_string!(i18n, visit.state_waiting).to_owned())),
    }
}

/// Returns what already stands against every dose of a person whose door was not opened yet: «Hors cible».
#[must_use]
pub fn foreseen(i18n: I18n, round: &Round, common: &Common, person: FactName, now: Wall) -> Option<(Tone, String)> {
    let outcome = aboard::foreseen(round, common, person, now)?;
    // Something asked for first, where somebody decided against the dose: the door says it.
    outcome.stops().then(|| (Tone::Warning, answer_of(outcome).word(i18n).to_owned()))
}

/// Returns how a person is called on a list: used name and given names.
#[must_use]
pub fn person_name(visit: &Visit) -> String {
    visit.record.display_name()
}
