//! What waits for the head of the relay, over all rounds.

use crate::desk::relay::Relay;
use crate::desk::round::{held, view};
use crate::sync::MAX_COPIES;
use perron_desk_api::{OpenGap, QuarantineLine, SetAside, TabletFault, TabletTrouble};
use perron_domain::fact::Kind;
use perron_domain::name::{DeviceId, FactName, Scope};
use perron_domain::state::{Ignored, NotCounted, RoundState};
use perron_ledger::append::Quarantine;
use perron_ledger::{Envelope, Record, rights};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the differences of signed rounds that nobody has explained, the latest round first; and those that the head
/// alone settles, whether the round is signed or not.
#[must_use]
pub fn open_gaps(relay: &Relay<'_>) -> Vec<OpenGap> {
    let mut open: Vec<OpenGap> = relay
        .planned()
        .flat_map(|(number, round)| {
            let on = round.plan.as_ref().map_or_else(|| relay.today(), |plan| plan.on);
            let open = if round.closed_at.is_some() {
                view::gaps(relay, number, round)
            } else {
                view::urgent(relay, number, round)
            };
            let gaps = open.into_iter().filter(|gap| gap.explained.is_none());
            gaps.map(move |gap| OpenGap { round: number, label: label(round), on, gap })
        })
        .collect();
    open.sort_by_key(|one| std::cmp::Reverse((one.on, one.round)));
    open
}

fn label(round: &RoundState) -> String {
    round.plan.as_ref().map(|plan| plan.label.clone()).unwrap_or_default()
}

/// Returns the tablets that somebody must look at: `ahead` says by how much the clock of a tablet was ahead in a round.
#[must_use]
pub fn tablets(relay: &Relay<'_>, ahead: &BTreeMap<(u32, DeviceId), i64>) -> Vec<TabletTrouble> {
    let devices = &relay.common.devices;
    let called = |device: DeviceId| view::called(relay, device);
    let ahead = ahead.iter().map(|((round, device), ms)| TabletTrouble {
        tablet: called(*device),
        what: TabletFault::Ahead {
            round: *round,
            label: relay.rounds.get(round).map(label).unwrap_or_default(),
            ms: *ms,
        },
    });
    let mut numbers: BTreeMap<&[u8], Vec<DeviceId>> = BTreeMap::new();
    for (device, known) in devices.iter().filter(|(device, _)| !device.is_hub()) {
        numbers.entry(&known.public_key).or_default().push(*device);
    }
    let parted = numbers.into_values().filter(|numbers| numbers.len() > MAX_COPIES);
    let parted = parted.filter_map(|numbers| numbers.first().copied());
    let parted = parted.map(|device| TabletTrouble { tablet: called(device), what: TabletFault::Parted });
    let lost = relay.planned().filter(|(_, round)| round.closed_at.is_none()).flat_map(|(number, round)| {
        let lost = round.copies_mended.iter().filter(|(_, _, mended)| mended.lost > 0);
        let tablets: BTreeSet<DeviceId> = lost.map(|(name, ..)| name.device).collect();
        tablets.into_iter().map(move |device| TabletTrouble {
            tablet: called(device),
            what: TabletFault::StepsLost { round: number, label: label(round) },
        })
    });
    // Somebody must have the box counted, or ask which of the two tablets has it, until the signature says what came back in it.
    let on_the_way = relay.planned().filter(|(_, round)| round.closed_at.is_none());
    let taken_over = on_the_way.flat_map(|(number, round)| {
        // What the desk took over itself it knows of.
        let by_tablets = round.custodies.iter().filter(|custody| !custody.name.device.is_hub());
        by_tablets.map(move |custody| TabletTrouble {
            tablet: called(custody.from),
            what: TabletFault::TakenOver {
                round: number,
                label: label(round),
                by: called(custody.to),
                writes: round.wrote_since(custody).is_some(),
            },
        })
    });
    let on_the_way = relay.planned().filter(|(_, round)| round.closed_at.is_none());
    let withdrawn = on_the_way.flat_map(|(number, round)| {
        let held = held::lines(relay, round).into_iter().filter(|line| line.retired.is_some());
        held.map(move |line| TabletTrouble {
            tablet: line.tablet,
            what: TabletFault::HoldsDoses { round: number, label: label(round), doses: line.doses },
        })
    });
    ahead.chain(parted).chain(lost).chain(taken_over).chain(withdrawn).collect()
}

/// Returns a fact in quarantine as the desk shows it.
#[must_use]
pub fn quarantined(relay: &Relay<'_>, scope: Scope, record: &Record, why: Quarantine) -> QuarantineLine {
    let fact = record.place.name();
    let round = scope.round_number().and_then(|number| relay.rounds.get(&number));
    let device = relay.common.devices.get(&fact.device).map(|known| known.label.clone());
    let kind =
        record.bytes.as_deref().and_then(|bytes| Envelope::decode(bytes).ok()).map(|envelope| {
            Kind::of(envelope.kind).map_or_else(|| envelope.kind.to_string(), |kind| kind.name.to_owned())
        });
    QuarantineLine {
        scope: scope.0,
        label: round.map(label),
        fact,
        device: device.unwrap_or_else(|| fact.device.0.to_string()),
        kind,
        why: match why {
            Quarantine::Unreadable => SetAside::Unreadable,
            Quarantine::NotAllowed => SetAside::NotAllowed,
            Quarantine::Meaningless => SetAside::Meaningless,
            Quarantine::TooLarge => SetAside::TooLarge,
        },
        received: record.received,
        acceptable: rights::acceptable(record),
        rejected: round.and_then(|round| rejected(round).remove(&fact)),
    }
}

/// Returns why the relay rejected facts of a round, by fact.
fn rejected(round: &RoundState) -> BTreeMap<FactName, String> {
    let reasons = round.log().rejected().into_iter();
    reasons.map(|(fact, decided)| (fact, decided.reason.clone().unwrap_or_default())).collect()
}

/// Returns the corrections of all rounds that do not count, as the desk shows them beside the quarantine.
#[must_use]
pub fn ignored(relay: &Relay<'_>) -> Vec<QuarantineLine> {
    let lines = relay.rounds.iter().flat_map(|(number, round)| {
        let rejected = rejected(round);
        round.ignored().map(move |one| {
            let written = round.log().get(one.correction);
            let device = relay.common.devices.get(&one.correction.device).map(|known| known.label.clone());
            QuarantineLine {
                scope: Scope::round(*number).0,
                label: Some(label(round)),
                fact: one.correction,
                device: device.unwrap_or_else(|| one.correction.device.0.to_string()),
                kind: Some(change(one)),
                why: match one.why {
                    NotCounted::NotCorrectable => SetAside::NotCorrectable,
                    NotCounted::OtherKind => SetAside::OtherKind,
                    NotCounted::RelaysOwn => SetAside::RelaysOwn,
                    NotCounted::Unreadable => SetAside::Unreadable,
                },
                received: written.map(|fact| fact.wall).unwrap_or_default(),
                acceptable: false,
                rejected: rejected.get(&one.correction).cloned(),
            }
        })
    });
    lines.collect()
}

/// Returns the facts of all rounds that nobody here understands and that forbid what depends on them, until the head
/// rejects them.
#[must_use]
pub fn not_understood(relay: &Relay<'_>) -> Vec<QuarantineLine> {
    let lines = relay.rounds.iter().flat_map(|(number, round)| {
        let rejected = rejected(round);
        round.unknown().map(move |(fact, kind)| {
            let device = relay.common.devices.get(&fact.device).map(|known| known.label.clone());
            QuarantineLine {
                scope: Scope::round(*number).0,
                label: Some(label(round)),
                fact,
                device: device.unwrap_or_else(|| fact.device.0.to_string()),
                kind: (kind != 0).then(|| kind.to_string()),
                why: SetAside::NotUnderstood,
                received: round.log().get(fact).map(|fact| fact.wall).unwrap_or_default(),
                acceptable: false,
                rejected: rejected.get(&fact).cloned(),
            }
        })
    });
    lines.collect()
}

/// Says what a correction that does not count would change into what: `RoundPlanned 1-1 → RoundCancelled`.
fn change(ignored: &Ignored) -> String {
    let name = |kind: u16| Kind::of(kind).map_or_else(|| kind.to_string(), |kind| kind.name.to_owned());
    let becomes = ignored.becomes.map_or_else(|| "—".to_owned(), name);
    format!("{} {} → {becomes}", name(ignored.kind), ignored.of)
}
