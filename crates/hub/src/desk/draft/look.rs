//! What a coordinator must look at before a round is published: what publishing would refuse, with the name of whoever or
//! whatever it is about, and what is odd and asked about.

use super::change;
use crate::desk::relay::Relay;
use crate::desk::stock::lots::Moves;
use crate::import::fold::squeeze;
use perron_desk_api::{OddOf, RefusedLine, RoundDraft, RoundOdd, RoundStage};
use perron_domain::command::PlannedStop;
use perron_domain::fact::{AccountNo, PlannedLot, RoundPlanned, StopPlanned};
use perron_domain::lot::LotId;
use perron_domain::name::{DeviceId, FactName};
use perron_domain::state::RoundState;
use perron_domain::{Command, Context, Refusal, decide};
use std::collections::BTreeSet;

/// Returns what publishing would refuse: doses that the relay does not have, and what the rules of the work forbid. Nobody of
/// `known` is named again: why she is kept back stands on the page already.
#[must_use]
pub fn refused(
    relay: &Relay<'_>,
    others: &[RoundDraft],
    draft: &RoundDraft,
    (plan, stops): (RoundPlanned, Vec<PlannedStop>),
    known: &BTreeSet<FactName>,
) -> Vec<RefusedLine> {
    let moves = Moves::of(relay, others);
    let new = draft.lots.iter().filter(|lot| !change::counted_on(relay, draft.number, lot));
    let short = new.filter_map(|lot| {
        let left = moves.left(relay, &LotId::new(&lot.product, &lot.lot));
        let refusal = Refusal::NotEnough { left };
        (i32::from(lot.doses) > left).then(|| RefusedLine { name: lot_name(relay, lot), refusal })
    });
    short.chain(forbidden(relay, draft, &plan, stops, known)).collect()
}

/// Tries to publish; where that is refused, each person alone, then each address with the others of it, until it is known of
/// whom the refusal speaks.
fn forbidden(
    relay: &Relay<'_>,
    draft: &RoundDraft,
    plan: &RoundPlanned,
    stops: Vec<PlannedStop>,
    known: &BTreeSet<FactName>,
) -> Vec<RefusedLine> {
    let context = Context { device: DeviceId::HUB, next: 1, now: relay.now, author: AccountNo(0) };
    let empty = RoundState::default();
    let round = relay.rounds.get(&draft.number).unwrap_or(&empty);
    // Whoever the round has already was let in when it was published.
    let there = change::there(relay, draft.number);
    let stops: Vec<PlannedStop> = stops
        .into_iter()
        .map(|mut stop| {
            stop.people.retain(|one| one.person.is_none_or(|person| !there.contains(&person)));
            stop
        })
        .filter(|stop| !stop.people.is_empty())
        .collect();
    if stops.is_empty() && !there.is_empty() {
        return Vec::new();
    }
    let publish = |stops: Vec<PlannedStop>| {
        let command = Command::PublishRound { plan: plan.clone(), stops };
        decide(round, relay.common, command, &context).err()
    };
    // A round without a name is refused for that alone, which is said already.
    let Some(whole) = publish(stops.clone()).filter(|_| !plan.label.is_empty()) else { return Vec::new() };
    let mut lines = Vec::new();
    let mut told = false;
    for PlannedStop { stop, people } in stops {
        let timeless = StopPlanned { from_minute: None, until_minute: None, ..stop.clone() };
        let mut fine = Vec::new();
        for one in people {
            let Some(refusal) = publish(vec![PlannedStop { stop: timeless.clone(), people: vec![one.clone()] }]) else {
                fine.push(one);
                continue;
            };
            told = true;
            if one.person.is_none_or(|person| !known.contains(&person)) {
                lines.push(RefusedLine { name: one.record.display_name(), refusal });
            }
        }
        let name = stop.address.line.clone();
        let together = (!fine.is_empty()).then(|| publish(vec![PlannedStop { stop, people: fine }])).flatten();
        told |= together.is_some();
        lines.extend(together.map(|refusal| RefusedLine { name, refusal }));
    }
    if !told {
        lines.push(RefusedLine { name: draft.label.clone(), refusal: whole });
    }
    lines
}

/// A round of the same day, or one that takes doses too.
struct Other<'a> {
    number: u32,
    label: &'a str,
    team: &'a str,
    nurses: &'a [AccountNo],
    devices: &'a [DeviceId],
}

/// Returns the other rounds of the draft's day that are not over.
fn same_day<'a>(relay: &Relay<'a>, others: &'a [RoundDraft], draft: &RoundDraft) -> Vec<Other<'a>> {
    let published = relay.planned().filter_map(|(number, round)| {
        let open = matches!(relay.stage(round), RoundStage::Published | RoundStage::Departed);
        let plan = round.plan.as_ref().filter(|plan| open && plan.on == draft.on && number != draft.number)?;
        let devices = relay.common.rounds.get(&number).map_or(&[][..], |assigned| &assigned.devices);
        Some(Other { number, label: &plan.label, team: &plan.team, nurses: &plan.nurses, devices })
    });
    let drafted = others.iter().filter(|other| other.on == draft.on && other.number != draft.number);
    let drafted = drafted.map(|one| Other {
        number: one.number,
        label: &one.label,
        team: &one.team,
        nurses: &one.nurses,
        devices: &one.devices,
    });
    published.chain(drafted).collect()
}

/// Returns what is odd about a draft: a nurse, a tablet or a team that goes twice on its day, doses that another round counts
/// on. Each is asked about until somebody says that it is right.
#[must_use]
pub fn odd(relay: &Relay<'_>, others: &[RoundDraft], draft: &RoundDraft) -> Vec<RoundOdd> {
    let mut found = Vec::new();
    let mut ask = |code: String, about: OddOf, name: String, label: &str, left: i32| {
        let confirmed = draft.confirmed.contains(&code);
        found.push(RoundOdd { code, about, name, label: label.to_owned(), left, confirmed });
    };
    for other in same_day(relay, others, draft) {
        let number = other.number;
        if !draft.team.trim().is_empty() && squeeze(other.team) == squeeze(&draft.team) {
            ask(format!("team:{number}"), OddOf::Team, draft.team.trim().to_owned(), other.label, 0);
        }
        for nurse in draft.nurses.iter().filter(|nurse| other.nurses.contains(nurse)) {
            let name = relay.common.account_name(*nurse);
            ask(format!("nurse:{}:{number}", nurse.0), OddOf::Nurse, name, other.label, 0);
        }
        for device in draft.devices.iter().filter(|device| other.devices.contains(device)) {
            let known = relay.common.devices.get(device);
            let name = known.map_or_else(|| device.0.to_string(), |known| known.label.clone());
            ask(format!("tablet:{}:{number}", device.0), OddOf::Tablet, name, other.label, 0);
        }
    }
    let moves = Moves::of(relay, others);
    for lot in draft.lots.iter().filter(|lot| !change::counted_on(relay, draft.number, lot)) {
        let id = LotId::new(&lot.product, &lot.lot);
        let (left, promised) = (moves.left(relay, &id), moves.planned(&id));
        // More than there is at all is refused, and not asked about.
        if promised > 0 && i32::from(lot.doses) <= left && i32::from(lot.doses) > left - promised {
            let free = (left - promised).max(0);
            ask(format!("lot:{id}:{}:{free}", lot.doses), OddOf::Lot, lot_name(relay, lot), "", free);
        }
    }
    found
}

fn lot_name(relay: &Relay<'_>, lot: &PlannedLot) -> String {
    format!("{} · {}", relay.product_short(&lot.product), lot.lot)
}
