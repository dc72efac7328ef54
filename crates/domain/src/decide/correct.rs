//! Corrections («Saisie après coup»): a new fact replaces or withdraws an earlier one; both stay readable.

use super::amend::{candidates, last, may_correct, now, without};
use super::correct_hour::keep_hour;
use super::{Desk, decide_as, optional};
use crate::command::Command;
use crate::fact::{Body, Corrected, Fact};
use crate::name::{DeviceId, FactName, FactRef};
use crate::refusal::{Needing, Refusal};
use crate::state::{Log, RoundState};

impl Desk<'_> {
    /// Decides a correction: the replacing command is decided as if the corrected fact had never been said.
    pub(super) fn correct(
        &self,
        fact: FactName,
        by: Option<Box<Command>>,
        reason: Option<String>,
    ) -> Result<Vec<Body>, Refusal> {
        let Desk { round, common, context, .. } = *self;
        let original = round.log().get(fact).ok_or(Refusal::Unknown { fact })?;
        let named = candidates(round.log(), fact);
        may_correct(original, &named, context.device)?;
        let chain = round.log().numbering(context.device);
        let of: Vec<FactRef> = named.iter().map(|name| FactRef::to(*name, chain)).collect();
        let withdrawal = Corrected { of: of.clone(), kind: None, body: None, reason: optional(reason.clone()) };
        let Some(command) = by else {
            // What was done to a person is not taken back without a word.
            let done = matches!(
                original.body,
                Body::DoseGiven(_) | Body::IncidentReported(_) | Body::AdrenalineGiven(_) | Body::PhysicianDecided(_)
            );
            if done && withdrawal.reason.is_none() {
                return Err(Refusal::ReasonNeeded { what: Needing::Withdrawal });
            }
            return Ok(vec![withdrawal.into()]);
        };

        // Readings of the box that came later set apart what was there then, not what was done before; nor did anybody know of a
        // reaction that was still to come.
        let since = |body: &Body| {
            matches!(body, Body::TemperatureRead(_) | Body::AdrenalineGiven(_) | Body::IncidentReported(_))
        };
        let later = |fact: &Fact| fact.hlc > original.hlc && since(&fact.body);
        let without = without(round, |fact| !later(fact), withdrawal, context.device);
        let again = same_source(round.log(), original, &named, &command);
        let mut facts = decide_as(&without, common, *command, context, again)?;
        let Some(mut new) = facts.pop() else { return Err(Refusal::CannotCorrect) };
        if new.kind() != original.body.kind() {
            return Err(Refusal::CannotCorrect);
        }
        let counts = now(round.log(), original, &named);
        keep_hour(counts.as_ref().unwrap_or(&original.body), &mut new);
        // Who says the same again has corrected nothing.
        if named.len() == 1 && counts.is_some_and(|counts| says_the_same(counts, &new)) {
            return Ok(Vec::new());
        }
        // An opening or a preparation that is said again must not come after a dose that was given out of it.
        let ready = match &new {
            Body::VialOpened(opened) => Some(opened.at),
            Body::DosesLoaded(loaded) => loaded.preparation.as_ref().map(|prepared| prepared.at),
            _ => None,
        };
        let desk = Desk { round, common, context, again };
        for given in round.acts.values().flat_map(|act| &act.given).filter(|given| given.source == Some(fact)) {
            let done = given.dose.done_at;
            desk.ready(fact, ready, done, round.clocks.done(given.name, done, given.entered_at))?;
        }
        let body = Some(new.to_cbor().into());
        facts.push(Corrected { of, kind: Some(new.kind()), body, reason: optional(reason) }.into());
        Ok(facts)
    }
}

/// Says whether two bodies say the same. That the rules were asked anew for a dose changes nothing of it.
fn says_the_same(mut before: Body, new: &Body) -> bool {
    if let (Body::DoseGiven(before), Body::DoseGiven(new)) = (&mut before, new) {
        before.answer = new.answer;
    }
    before == *new
}

/// Returns why a device may not correct a fact of a round, so that a page offers it only where it may; none where it may.
#[must_use]
pub fn cannot_correct(round: &RoundState, fact: FactName, device: DeviceId) -> Option<Refusal> {
    let Some(original) = round.log().get(fact) else { return Some(Refusal::Unknown { fact }) };
    may_correct(original, &candidates(round.log(), fact), device).err()
}

/// Says whether a command says anew what came out of a vial or box, or is in it, as it counts now.
fn same_source(log: &Log, original: &Fact, named: &[FactName], command: &Command) -> bool {
    let reading = log.reading(last(log, original, named).name);
    let before = now(log, original, named).unwrap_or_else(|| original.body.clone());
    let said = |source: FactRef| source.name(reading);
    match (before, command) {
        // What is aboard is what the box says, be it a lot set apart: it is known then, and cannot be used.
        (Body::DosesLoaded(_), Command::Load(_)) => true,
        (Body::DoseGiven(before), Command::Give(give)) => {
            give.source.is_some() && before.source.map(said) == give.source
        }
        (Body::VialOpened(before), Command::OpenVial { load, .. }) => said(before.load) == *load,
        (Body::DosesCeded(before), Command::Cede { source, .. }) => said(before.source) == *source,
        _ => false,
    }
}
