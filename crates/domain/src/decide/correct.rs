//! Corrections («Saisie après coup»): a new fact replaces or withdraws an earlier one; both stay readable.

use super::{Context, Desk, decide, optional};
use crate::command::Command;
use crate::fact::{Body, Corrected, Fact};
use crate::name::{DeviceId, FactName, FactRef};
use crate::refusal::Refusal;
use crate::state::{CommonState, Log, NotCounted, RoundState, State, View, judge};

/// Decides a correction: the replacing command is decided as if the corrected fact had never been said.
pub(super) fn correct(
    round: &RoundState,
    common: &CommonState,
    fact: FactName,
    by: Option<Box<Command>>,
    reason: Option<String>,
    context: &Context,
) -> Result<Vec<Body>, Refusal> {
    let original = round.log().get(fact).ok_or(Refusal::Unknown(fact))?;
    let candidates = candidates(round.log(), fact);
    may_correct(original, &candidates, context.device)?;
    let chain = round.log().numbering(context.device);
    let of: Vec<FactRef> = candidates.into_iter().map(|name| FactRef::to(name, chain)).collect();
    let withdrawal = Corrected { of: of.clone(), kind: None, body: None, reason: optional(reason.clone()) };
    let Some(command) = by else { return Ok(vec![withdrawal.into()]) };

    // Readings of the box that came later set apart what was there then, not what was done before.
    let later = |fact: &Fact| fact.hlc > original.hlc && matches!(fact.body, Body::TemperatureRead(_));
    let without = without(round, |fact| !later(fact), withdrawal, context.device);
    let mut facts = match (&original.body, *command) {
        // What is aboard is what the box says, be it a lot set apart: it is known then, and cannot be used.
        (Body::DosesLoaded(_), Command::Load(loaded)) => {
            Desk { round: &without, common, context }.load_doses(loaded, true)?
        }
        (_, command) => decide(&without, common, command, context)?,
    };
    let Some(mut new) = facts.pop() else { return Err(Refusal::CannotCorrect) };
    if new.kind() != original.body.kind() {
        return Err(Refusal::CannotCorrect);
    }
    keep_hour(&original.body, &mut new);
    let body = Some(new.to_cbor().into());
    facts.push(Corrected { of, kind: Some(new.kind()), body, reason: optional(reason) }.into());
    Ok(facts)
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

/// Leaves the hour of what was done as it was first said, where the command cannot say it: correcting a weight in the
/// evening does not move the handing over to the evening.
fn keep_hour(first: &Body, new: &mut Body) {
    match (first, new) {
        (Body::ContainerOpened(first), Body::ContainerOpened(new)) => new.at = first.at,
        (Body::ContainerClosed(first), Body::ContainerClosed(new)) => new.at = first.at,
        (Body::ContainerHandedOver(first), Body::ContainerHandedOver(new)) => new.at = first.at,
        (Body::ObservationEnded(first), Body::ObservationEnded(new)) => new.at = first.at,
        (Body::IncidentReported(first), Body::IncidentReported(new)) => new.at = first.at,
        (Body::Departed(first), Body::Departed(new)) => new.at = first.at,
        (Body::VacationStarted(first), Body::VacationStarted(new)) => new.at = first.at,
        (Body::VacationEnded(first), Body::VacationEnded(new)) => new.at = first.at,
        _ => {}
    }
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
    let mut without = State::<V>::of(state.log().iter().filter(|fact| kept(fact)).cloned());
    let clock = state.log().clock();
    without.apply(Fact {
        // A number that no chain reaches, so that the trial fact collides with nothing and is judged as its author's.
        name: FactName::new(author, u32::MAX),
        hlc: clock.tick(crate::time::Wall(clock.ms)),
        wall: crate::time::Wall(clock.ms),
        author: crate::fact::AccountNo::default(),
        body: withdrawal.into(),
    });
    without
}
