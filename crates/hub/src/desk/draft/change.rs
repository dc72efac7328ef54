//! A round that is published is prepared anew: the draft begins as the round stands, and what differs in the end is sent.

use crate::desk::relay::Relay;
use crate::errors::ApiError;
use perron_desk_api::{Code, DraftStop, RoundDraft};
use perron_domain::command::{ChangedRound, PlannedStop};
use perron_domain::fact::{PlannedLot, RoundPlanned};
use perron_domain::name::FactName;
use perron_domain::state::RoundState;
use std::collections::BTreeSet;

/// Refuses what is signed or given up.
///
/// # Errors
/// That the round is over.
pub fn not_over(relay: &Relay<'_>, number: u32) -> Result<(), ApiError> {
    let over = |round: &RoundState| round.closed_at.is_some() || round.cancelled.is_some();
    if relay.rounds.get(&number).is_some_and(over) {
        return Err(ApiError::refused(Code::Published, "Cette tournée est terminée\u{a0}: elle ne change plus."));
    }
    Ok(())
}

/// Returns the draft of a round as it stands: whom the relay sends where, in the order that the team goes by now. Whoever was met
/// on the spot is the team's own.
#[must_use]
pub fn draft(relay: &Relay<'_>, number: u32) -> Option<RoundDraft> {
    let round = relay.rounds.get(&number)?;
    let plan = round.plan.as_ref()?;
    let stops = round.order.iter().filter_map(|name| round.stops.get(name)).filter_map(|stop| {
        let people: Vec<FactName> =
            stop.people.iter().filter_map(|dossier| round.people.get(dossier)?.person).collect();
        (!people.is_empty()).then(|| DraftStop {
            place: stop.place.clone(),
            from_minute: stop.from_minute,
            until_minute: stop.until_minute,
            people,
        })
    });
    Some(RoundDraft {
        number,
        version: 1,
        on: plan.on,
        label: plan.label.clone(),
        team: plan.team.clone(),
        nurses: plan.nurses.clone(),
        devices: relay.common.rounds.get(&number).map(|one| one.devices.clone()).unwrap_or_default(),
        start_place: plan.start_place.clone(),
        start_minute: plan.start_minute,
        modality: plan.modality,
        relay_protocol: plan.relay_protocol,
        lots: plan.lots.clone(),
        stops: stops.collect(),
        confirmed: Vec::new(),
    })
}

/// Returns the people whom a published round has already.
#[must_use]
pub fn there(relay: &Relay<'_>, number: u32) -> BTreeSet<FactName> {
    let round = relay.rounds.get(&number);
    round.into_iter().flat_map(|round| round.people.values().filter_map(|visit| visit.person)).collect()
}

/// Says whether a published round counts on these doses already: nothing is asked of them again.
#[must_use]
pub fn counted_on(relay: &Relay<'_>, number: u32, lot: &PlannedLot) -> bool {
    let plan = relay.rounds.get(&number).and_then(|round| round.plan.as_ref());
    plan.is_some_and(|plan| plan.lots.contains(lot))
}

/// Returns what becomes of a round: whoever it has and the draft has not is taken out, unless the relay does not list her any more.
#[must_use]
pub fn changed(relay: &Relay<'_>, draft: &RoundDraft, plan: RoundPlanned, stops: Vec<PlannedStop>) -> ChangedRound {
    let wanted: BTreeSet<FactName> = draft.stops.iter().flat_map(|stop| stop.people.iter().copied()).collect();
    let round = relay.rounds.get(&draft.number);
    let people = round.into_iter().flat_map(|round| &round.people);
    let out = people.filter(|(_, visit)| {
        visit.person.is_some_and(|person| !wanted.contains(&person) && relay.person(person).is_some())
    });
    let out = out.map(|(dossier, _)| *dossier).collect();
    ChangedRound { plan, stops, out }
}
