//! Rounds being prepared: who is gathered at which door, in which order, with what, and what still keeps the round
//! from being published.
//!
//! A draft is not a fact: nobody has done anything yet. It names people by their facts and copies none of their data.

use crate::desk::draft::look;
use crate::desk::draft::way;
use crate::desk::draft::way::Place;
use crate::desk::people::expected;
use crate::desk::people::expected::Asked;
use crate::desk::people::page::{line, states};
use crate::desk::relay::Relay;
use crate::import::fold::squeeze;
use perron_desk_api::{Blocking, DraftStop, DraftView, NeedLine, RoundDraft, StopLine, Warning};
use perron_domain::command::{PlannedPerson, PlannedStop};
use perron_domain::fact::{AccountNo, Role, RoundPlanned, StopPlanned};
use perron_domain::name::FactName;
use perron_domain::people::{Address, PersonRecord};
use std::collections::BTreeMap;

/// Most people at one address (the domain refuses more).
const MOST_PEOPLE: usize = 40;

/// Adds people at the end, or to the stop of their address; whoever is there already stays where she is.
pub fn add_people(relay: &Relay<'_>, draft: &mut RoundDraft, people: &[FactName]) {
    for person in people {
        let Some(record) = relay.person(*person) else { continue };
        if draft.stops.iter().any(|stop| stop.people.contains(person)) {
            continue;
        }
        let wanted = door(&record.address);
        let same_door = |stop: &&mut DraftStop| {
            stop.people.len() < MOST_PEOPLE
                && stop.people.iter().any(|one| relay.person(*one).is_some_and(|one| door(&one.address) == wanted))
        };
        match draft.stops.iter_mut().find(same_door) {
            Some(stop) => stop.people.push(*person),
            None => draft.stops.push(DraftStop {
                place: None,
                from_minute: None,
                until_minute: None,
                people: vec![*person],
            }),
        }
    }
}

fn door(address: &Address) -> (String, String) {
    (squeeze(&address.line), address.postcode.clone())
}

/// Leaves out people, nurses and tablets that the relay does not have or no longer has, and stops without anybody.
pub fn tidy(relay: &Relay<'_>, draft: &mut RoundDraft) {
    for stop in &mut draft.stops {
        stop.people.retain(|person| relay.person(*person).is_some());
    }
    draft.stops.retain(|stop| !stop.people.is_empty());
    let nurse =
        |account: &AccountNo| relay.common.accounts.get(account).is_some_and(|one| one.roles.contains(&Role::Nurse));
    draft.nurses.retain(nurse);
    // A number that no tablet has would give the round to whoever gets it later; a tablet that was withdrawn takes none.
    perron_domain::order::sort_and_dedup(&mut draft.devices);
    draft.devices.retain(|device| relay.may_take_rounds(*device));
}

/// Puts the addresses in a short order, the first one staying the first.
pub fn order_nearest(relay: &Relay<'_>, draft: &mut RoundDraft) {
    let order = way::nearest(&places(relay, draft));
    let stops = order.into_iter().filter_map(|index| draft.stops.get(index).cloned()).collect();
    draft.stops = stops;
}

fn first_record<'a>(relay: &Relay<'a>, stop: &DraftStop) -> Option<&'a PersonRecord> {
    stop.people.iter().find_map(|person| relay.person(*person))
}

fn places(relay: &Relay<'_>, draft: &RoundDraft) -> Vec<Place> {
    let place = |stop: &DraftStop| {
        let located =
            |person: &FactName| relay.person(*person).and_then(|record| record.address.lon.zip(record.address.lat));
        Place {
            lon_lat: stop.people.iter().find_map(located),
            from_minute: stop.from_minute,
            until_minute: stop.until_minute,
        }
    };
    draft.stops.iter().map(place).collect()
}

/// Returns the draft with everything looked up; `others` are the drafts of other rounds.
#[must_use]
pub fn view(relay: &Relay<'_>, others: &[RoundDraft], draft: RoundDraft) -> DraftView {
    let states = states(relay, &[]);
    let asked = Asked::by(relay, &draft);
    let places = places(relay, &draft);
    let mut before: Option<(f64, f64)> = None;
    let mut stops = Vec::with_capacity(draft.stops.len());
    for (stop, place) in draft.stops.iter().zip(&places) {
        let metres = before.zip(place.lon_lat).map(|(from, to)| rounded(way::metres(from, to)));
        before = place.lon_lat.or(before);
        let address = first_record(relay, stop).map(|record| &record.address);
        stops.push(StopLine {
            address: address.map(on_one_line).unwrap_or_default(),
            place: stop.place.clone(),
            from_minute: stop.from_minute,
            until_minute: stop.until_minute,
            metres,
            people: stop
                .people
                .iter()
                .filter_map(|person| Some(line(relay, *person, relay.person(*person)?, states.get(person), &asked)))
                .collect(),
        });
    }
    let needs = needs(relay, &draft);
    let people = expected::checks(relay, &draft);
    let known = people.iter().filter(|one| one.blocks).map(|one| one.person).collect();
    DraftView {
        refused: look::refused(relay, others, &draft, plan(relay, &draft), &known),
        odd: look::odd(relay, others, &draft),
        metres: rounded(way::length(&places)),
        blocking: blocking(relay, &draft),
        people,
        warnings: warnings(relay, &draft, &places, &needs),
        needs,
        stops,
        published: relay.rounds.get(&draft.number).is_some_and(|round| round.plan.is_some()),
        draft,
    }
}

fn on_one_line(address: &Address) -> String {
    let town = format!("{} {}", address.postcode, address.city);
    [address.line.as_str(), town.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn rounded(metres: f64) -> u32 {
    // A way on Earth is shorter than 40,000 km: the cast neither wraps nor loses the sign.
    metres.clamp(0.0, 40_000_000.0).round() as u32
}

fn needs(relay: &Relay<'_>, draft: &RoundDraft) -> Vec<NeedLine> {
    let mut needs: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for record in draft.stops.iter().flat_map(|stop| &stop.people).filter_map(|person| relay.person(*person)) {
        for wish in &record.wishes {
            needs.entry(wish.product.clone()).or_default().0 += 1;
        }
    }
    for lot in &draft.lots {
        needs.entry(lot.product.clone()).or_default().1 += u32::from(lot.doses);
    }
    needs
        .into_iter()
        .map(|(product, (needed, taken))| NeedLine { name: relay.product_name(&product), product, needed, taken })
        .collect()
}

fn blocking(relay: &Relay<'_>, draft: &RoundDraft) -> Vec<Blocking> {
    let isolated = |lot: &perron_domain::fact::PlannedLot| relay.common.isolation(&lot.product, &lot.lot).is_some();
    let checks = [
        (Blocking::Label, draft.label.trim().is_empty()),
        (Blocking::Team, draft.team.trim().is_empty()),
        (Blocking::Nurses, draft.nurses.is_empty()),
        (Blocking::Tablet, draft.devices.is_empty()),
        (Blocking::Stops, draft.stops.is_empty()),
        (Blocking::LotExpired, draft.lots.iter().any(|lot| lot.expiry < draft.on)),
        (Blocking::LotIsolated, draft.lots.iter().any(isolated)),
    ];
    checks.into_iter().filter(|(_, wrong)| *wrong).map(|(code, _)| code).collect()
}

fn warnings(relay: &Relay<'_>, draft: &RoundDraft, places: &[Place], needs: &[NeedLine]) -> Vec<Warning> {
    let people = || draft.stops.iter().flat_map(|stop| &stop.people).filter_map(|person| relay.person(*person));
    let demo = relay.common.relay.as_ref().is_some_and(|one| one.demo);
    let checks = [
        (Warning::Past, draft.on < relay.today() && !demo),
        (Warning::Windows, way::broken_windows(places) > 0),
        (Warning::Unlocated, places.iter().any(|place| place.lon_lat.is_none())),
        (Warning::NoWish, people().any(|record| record.wishes.is_empty())),
        (Warning::FewDoses, needs.iter().any(|need| need.taken < need.needed)),
        (Warning::NoLot, draft.lots.is_empty()),
    ];
    checks.into_iter().filter(|(_, wrong)| *wrong).map(|(code, _)| code).collect()
}

/// Returns the frame and the addresses that publishing turns into facts. Each dossier carries what the visit needs and
/// no more: where the request came from and what the relay counts people by stay at the relay.
#[must_use]
pub fn plan(relay: &Relay<'_>, draft: &RoundDraft) -> (RoundPlanned, Vec<PlannedStop>) {
    let territory = relay.common.relay.as_ref().map_or_else(|| "FR".to_owned(), |one| one.territory.clone());
    let plan = RoundPlanned {
        on: draft.on,
        label: draft.label.trim().to_owned(),
        team: draft.team.trim().to_owned(),
        nurses: draft.nurses.clone(),
        start_place: draft.start_place.trim().to_owned(),
        start_minute: draft.start_minute,
        modality: draft.modality,
        territory,
        relay_protocol: draft.relay_protocol,
        lots: draft.lots.clone(),
    };
    let stops = draft
        .stops
        .iter()
        .filter_map(|stop| {
            let mut address = first_record(relay, stop)?.address.clone();
            address.iris = None;
            Some(PlannedStop {
                stop: StopPlanned {
                    address,
                    from_minute: stop.from_minute,
                    until_minute: stop.until_minute,
                    place: stop.place.clone().filter(|place| !place.trim().is_empty()),
                    unplanned: false,
                },
                people: stop
                    .people
                    .iter()
                    .filter_map(|person| {
                        Some(PlannedPerson { person: Some(*person), record: minimal(relay.person(*person)?) })
                    })
                    .collect(),
            })
        })
        .collect();
    (plan, stops)
}

fn minimal(record: &PersonRecord) -> PersonRecord {
    let mut minimal = PersonRecord { origin: None, audience: None, ..record.clone() };
    minimal.address.iris = None;
    minimal
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::fact::{AccountNo, Body, Fact, PersonAdded};
    use perron_domain::name::DeviceId;
    use perron_domain::people::Audience;
    use perron_domain::state::{CommonState, PeopleState, RoundState};
    use perron_domain::time::{Hlc, Wall};

    fn person(number: u32, line: &str, lon: f64) -> Fact {
        let address = Address { line: line.into(), lon: Some(lon), lat: Some(48.9), ..Address::default() };
        let record = PersonRecord {
            birth_name: format!("Nom{number}"),
            address,
            audience: Some(Audience::Young),
            ..PersonRecord::default()
        };
        Fact {
            name: FactName::new(DeviceId::HUB, number),
            hlc: Hlc { ms: i64::from(number), counter: 0 },
            wall: Wall(0),
            author: AccountNo(1),
            body: Body::from(PersonAdded::new(record, String::new())),
        }
    }

    fn draft() -> RoundDraft {
        RoundDraft {
            number: 1,
            version: 0,
            on: "2026-01-20".parse().unwrap(),
            label: "Bondy nord".into(),
            team: "Équipe 1".into(),
            nurses: vec![AccountNo(1)],
            devices: vec![DeviceId(2)],
            start_place: String::new(),
            start_minute: 540,
            modality: perron_domain::fact::Modality::Home,
            relay_protocol: false,
            lots: Vec::new(),
            stops: Vec::new(),
            confirmed: Vec::new(),
        }
    }

    fn with_relay(test: impl FnOnce(&Relay<'_>)) {
        let people = PeopleState::of([
            person(1, "7 Rue Noémie", 2.480),
            person(2, "9 Rue Noémie", 2.489),
            person(3, "7, rue NOEMIE", 2.480),
            person(4, "8 Rue Noémie", 2.484),
        ]);
        let (common, rounds) = (CommonState::default(), BTreeMap::<u32, RoundState>::new());
        test(&Relay { common: &common, people: &people, rounds: &rounds, now: Wall(1_768_867_200_000) });
    }

    fn hub(number: u32) -> FactName {
        FactName::new(DeviceId::HUB, number)
    }

    #[test]
    fn people_of_one_door_share_a_stop_and_nobody_stands_twice() {
        with_relay(|relay| {
            let mut draft = draft();
            add_people(relay, &mut draft, &[hub(1), hub(2), hub(3), hub(1), hub(99)]);
            let stops: Vec<Vec<FactName>> = draft.stops.iter().map(|stop| stop.people.clone()).collect();
            assert_eq!(stops, [vec![hub(1), hub(3)], vec![hub(2)]]);
        });
    }

    #[test]
    fn the_nearest_order_goes_along_the_street() {
        with_relay(|relay| {
            let mut draft = draft();
            add_people(relay, &mut draft, &[hub(1), hub(2), hub(4)]);
            order_nearest(relay, &mut draft);
            let first: Vec<FactName> = draft.stops.iter().map(|stop| stop.people[0]).collect();
            assert_eq!(first, [hub(1), hub(4), hub(2)]);
            let view = view(relay, &[], draft);
            assert_eq!(view.stops[0].metres, None);
            assert!(view.metres > 600 && view.metres < 700, "{}", view.metres);
        });
    }

    #[test]
    fn a_dossier_carries_what_the_visit_needs_and_no_more() {
        with_relay(|relay| {
            let mut draft = draft();
            add_people(relay, &mut draft, &[hub(1)]);
            let (_, stops) = plan(relay, &draft);
            assert_eq!(stops[0].people[0].record.birth_name, "Nom1");
            assert_eq!(stops[0].people[0].record.audience, None);
        });
    }

    #[test]
    fn what_is_missing_keeps_a_round_from_being_published() {
        with_relay(|relay| {
            let empty = RoundDraft { team: " ".into(), devices: Vec::new(), ..draft() };
            assert_eq!(view(relay, &[], empty).blocking, [Blocking::Team, Blocking::Tablet, Blocking::Stops]);
        });
    }
}
