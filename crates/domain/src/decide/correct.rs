//! Corrections («Saisie après coup»): a new fact replaces or withdraws an earlier one; both stay readable.

use super::correct_hour::keep_hour;
use super::{Context, Desk, decide_as, optional};
use crate::command::Command;
use crate::fact::{Body, Corrected, Fact};
use crate::name::{DeviceId, FactName, FactRef};
use crate::refusal::Refusal;
use crate::state::{CommonState, Log, NotCounted, RoundState, State, View, judge, replacement};

/// Decides a correction: the replacing command is decided as if the corrected fact had never been said.
pub(super) fn correct(
    round: &RoundState,
    common: &CommonState,
    fact: FactName,
    by: Option<Box<Command>>,
    reason: Option<String>,
    context: &Context,
) -> Result<Vec<Body>, Refusal> {
    let original = round.log().get(fact).ok_or(Refusal::Unknown { fact })?;
    let named = candidates(round.log(), fact);
    may_correct(original, &named, context.device)?;
    let chain = round.log().numbering(context.device);
    let of: Vec<FactRef> = named.iter().map(|name| FactRef::to(*name, chain)).collect();
    let withdrawal = Corrected { of: of.clone(), kind: None, body: None, reason: optional(reason.clone()) };
    let Some(command) = by else { return Ok(vec![withdrawal.into()]) };

    // Readings of the box that came later set apart what was there then, not what was done before; nor did anybody know of a
    // reaction that was still to come.
    let since =
        |body: &Body| matches!(body, Body::TemperatureRead(_) | Body::AdrenalineGiven(_) | Body::IncidentReported(_));
    let later = |fact: &Fact| fact.hlc > original.hlc && since(&fact.body);
    let without = without(round, |fact| !later(fact), withdrawal, context.device);
    let again = same_source(round.log(), original, &named, &command);
    let mut facts = decide_as(&without, common, *command, context, again)?;
    let Some(mut new) = facts.pop() else { return Err(Refusal::CannotCorrect) };
    if new.kind() != original.body.kind() {
        return Err(Refusal::CannotCorrect);
    }
    keep_hour(now(round.log(), original, &named).as_ref().unwrap_or(&original.body), &mut new);
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

/// Returns why a device may not correct a fact of a round, so that a page offers it only where it may; none where it may.
#[must_use]
pub fn cannot_correct(round: &RoundState, fact: FactName, device: DeviceId) -> Option<Refusal> {
    let Some(original) = round.log().get(fact) else { return Some(Refusal::Unknown { fact }) };
    may_correct(original, &candidates(round.log(), fact), device).err()
}

/// Refuses a correction that no device would count.
pub(super) fn may_correct(original: &Fact, candidates: &[FactName], device: DeviceId) -> Result<(), Refusal> {
    let kind = original.body.line().ok_or(Refusal::CannotCorrect)?.number;
    for named in std::iter::once(original.name).chain(candidates.iter().copied()) {
        judge(kind, named.device, None, device).map_err(|why| match why {
            NotCounted::RelaysOwn => Refusal::RelaysOwn,
            NotCounted::NotCorrectable | NotCounted::OtherKind | NotCounted::Unreadable => Refusal::CannotCorrect,
        })?;
    }
    Ok(())
}

/// Returns what counts of a fact now: its last correction of those that are `named`, else itself; none once it is withdrawn.
pub(super) fn now(log: &Log, original: &Fact, named: &[FactName]) -> Option<Body> {
    match &last(log, original, named).body {
        Body::Corrected(corrected) => replacement(corrected),
        body => Some(body.clone()),
    }
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

/// Returns the fact that says what counts of `original` now.
pub(super) fn last<'a>(log: &'a Log, original: &'a Fact, named: &[FactName]) -> &'a Fact {
    named.first().and_then(|name| log.get(*name)).unwrap_or(original)
}

/// Returns what a new correction must name: the corrections that stand now, or the fact itself.
pub(super) fn candidates(log: &Log, fact: FactName) -> Vec<FactName> {
    let history = log.history(fact);
    let replaced = |name: FactName| {
        history.iter().any(|other| match &other.body {
            Body::Corrected(corrected) => {
                let chain = log.reading(other.name);
                corrected.of.iter().any(|of| of.name(chain) == name)
            }
            _ => false,
        })
    };
    history.iter().map(|one| one.name).filter(|name| !replaced(*name)).collect()
}

/// Returns the state as it would be without what is withdrawn, and without the facts that `kept` leaves out.
pub(super) fn without<V: View>(
    state: &State<V>,
    kept: impl Fn(&Fact) -> bool,
    withdrawal: Corrected,
    author: DeviceId,
) -> State<V> {
    with(&State::<V>::of(state.log().iter().filter(|fact| kept(fact)).cloned()), withdrawal.into(), author)
}

/// Returns the state as it would be with one more fact of `author`.
pub(super) fn with<V: View>(state: &State<V>, body: Body, author: DeviceId) -> State<V> {
    let mut tried = State::<V>::of(state.log().iter().cloned());
    let clock = state.log().clock();
    tried.apply(Fact {
        // A number that no chain reaches, so that the trial fact collides with nothing and is judged as its author's.
        name: FactName::new(author, u32::MAX),
        hlc: clock.tick(crate::time::Wall(clock.ms)),
        wall: crate::time::Wall(clock.ms),
        author: crate::fact::AccountNo::default(),
        body,
    });
    tried
}
