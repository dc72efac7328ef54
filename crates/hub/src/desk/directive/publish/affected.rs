//! Whom a new version concerns: the people of the rounds to come to whom the answer would be another.

use crate::desk::relay::Relay;
use perron_desk_api::AffectedLine;
use perron_domain::door;
use perron_domain::fact::AccountNo;
use perron_domain::rules::{Answer, By, Case, Consent, Directive, How};
use perron_domain::state::{Act, Round, Visit};

/// An act that is still to be done, as far as the rules may look at it.
#[derive(Debug)]
pub struct Waiting {
    round: u32,
    label: String,
    left: bool,
    person: String,
    product: String,
    case: Case,
}

/// Returns the acts of rounds that are published, neither signed nor given up, each as if everything that is asked at the
/// door were given: what is left is what the directives themselves decide.
#[must_use]
pub fn waiting(relay: &Relay<'_>) -> Vec<Waiting> {
    let mut found = Vec::new();
    for (number, round) in relay.rounds {
        let open = round.published && round.cancelled.is_none() && round.closed_at.is_none();
        let Some(plan) = round.plan.as_ref().filter(|_| open) else { continue };
        for visit in round.people.values().filter(|visit| visit.ended.is_none()) {
            for act in visit.acts.iter().filter_map(|name| round.acts.get(name)).filter(|act| act.given.is_empty()) {
                let Some(mut case) = case_of(relay, round, visit, act) else { continue };
                case.on = plan.on;
                found.push(Waiting {
                    round: *number,
                    label: plan.label.clone(),
                    left: round.departed.is_some(),
                    person: visit.record.display_name(),
                    product: relay.product_short(&act.wish.product),
                    case,
                });
            }
        }
    }
    found
}

fn case_of(relay: &Relay<'_>, round: &Round, visit: &Visit, act: &Act) -> Option<Case> {
    let nurse = round.plan.as_ref().and_then(|plan| plan.nurses.first()).copied().unwrap_or(AccountNo(0));
    let mut case = door::case_of(round, relay.common, visit, act, nurse, relay.now)?;
    if case.consents.is_empty() && case.objections.is_empty() {
        let given = |by: By| Consent { by, given: true, how: Some(How::Present) };
        case.consents = vec![given(By::Person), given(By::Parent), given(By::Parent), given(By::Representative)];
    }
    case.kit_checked = None;
    case.not_understood.clear();
    Some(case)
}

/// Returns those to whom `after` answers otherwise than `before`.
#[must_use]
pub fn affected(waiting: &[Waiting], before: &[Directive], after: &[Directive]) -> Vec<AffectedLine> {
    let line = |one: &Waiting| {
        let (old, new) =
            (perron_domain::rules::evaluate(before, &one.case), perron_domain::rules::evaluate(after, &one.case));
        let same = old.outcome == new.outcome && old.until == new.until;
        let reason = new.deciding();
        (!same || minutes_differ(&old, &new)).then(|| AffectedLine {
            round: one.round,
            label: one.label.clone(),
            on: one.case.on,
            left: one.left,
            person: one.person.clone(),
            product: one.product.clone(),
            before: old.outcome,
            after: new.outcome,
            observation_minutes: new.observation_minutes,
            fr: reason.map(|reason| reason.fr.clone()).unwrap_or_default(),
            en: reason.map(|reason| reason.en.clone()).unwrap_or_default(),
        })
    };
    waiting.iter().filter_map(line).collect()
}

fn minutes_differ(old: &Answer, new: &Answer) -> bool {
    old.observation_minutes != new.observation_minutes
}
