//! One round: its addresses, people, acts, doses, readings, containers, and how it was closed.

mod apart;
mod clock;
pub mod close;
mod cold;
mod custody;
mod follow;
mod out;
mod stock;
mod traced;
mod visit;
mod waste;

pub use apart::*;
pub use clock::*;
pub use cold::*;
pub use custody::*;
pub use follow::*;
pub use out::*;
pub use stock::*;
pub use visit::*;
pub use waste::*;

use super::{Effective, View};
use crate::fact::{
    AccountNo, Body, CopyMended, Departed, EntriesCounted, GapExplained, KitItem, KitLine, RoundClosed, RoundPlanned,
    TemperatureRead, WaitingListed,
};
use crate::lot::LotId;
use crate::name::FactName;
use crate::people::Address;
use crate::time::Wall;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// An address of the round.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Stop {
    /// Where.
    pub address: Address,
    /// Time window, minutes after midnight.
    pub from_minute: Option<u16>,
    /// See `from_minute`.
    pub until_minute: Option<u16>,
    /// Name of a collective place.
    pub place: Option<String>,
    /// Whether the tablet added it.
    pub unplanned: bool,
    /// The people there, in order of the facts that added them.
    pub people: Vec<FactName>,
    /// When the nurse first stood there.
    pub arrived: Option<Wall>,
}

/// A temperature, with the fact that says it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Reading {
    /// Its fact.
    pub name: FactName,
    /// When it was entered, as the device read its clock.
    pub entered: Wall,
    /// What was read.
    pub read: TemperatureRead,
    /// The loads that its tablet held then, whatever is left of them since.
    pub held: Vec<FactName>,
}

/// A nurse's vacation (R42).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Vacation {
    /// Whose.
    pub account: AccountNo,
    /// Start.
    pub started: Wall,
    /// End; none while it lasts.
    pub ended: Option<Wall>,
}

/// Something for the relay to know, with who said it and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Said {
    /// Its fact.
    pub name: FactName,
    /// Who.
    pub by: AccountNo,
    /// When, by the wall clock.
    pub at: Wall,
    /// What.
    pub text: String,
}

/// One round, folded.
#[derive(Clone, Default, PartialEq, Debug, Serialize)]
pub struct Round {
    /// Its frame; none before the relay planned it.
    pub plan: Option<RoundPlanned>,
    /// Whether the relay released it.
    pub published: bool,
    /// Why the relay will not do it.
    pub cancelled: Option<String>,
    /// Addresses.
    pub stops: BTreeMap<FactName, Stop>,
    /// Their order.
    pub order: Vec<FactName>,
    /// People, by dossier.
    pub people: BTreeMap<FactName, Visit>,
    /// Vaccines to give, by act.
    pub acts: BTreeMap<FactName, Act>,
    /// Whom the relay took out since, by dossier: as she stood then.
    pub taken_out: BTreeMap<FactName, TakenOut>,
    /// When the relay released the round, and each time that it changed it since: by whom.
    pub releases: Vec<Release>,
    /// Doses taken.
    pub loads: BTreeMap<FactName, Load>,
    /// Vials opened.
    pub vials: BTreeMap<FactName, Vial>,
    /// Doses given whose source is no load of this round: lot and count.
    pub given_elsewhere: BTreeMap<LotId, u16>,
    /// The number of each lot as it was first written here.
    pub written_lots: BTreeMap<LotId, String>,
    /// Latest line of the checklist by item.
    pub kit: BTreeMap<KitItem, KitLine>,
    /// The departure.
    pub departed: Option<Departed>,
    /// Vacations.
    pub vacations: Vec<Vacation>,
    /// Temperatures, in order.
    pub readings: Vec<Reading>,
    /// Decisions in writing about doses set apart.
    pub written_decisions: BTreeMap<FactName, WrittenDecision>,
    /// Decisions by telephone about doses set apart.
    pub phone_decisions: BTreeMap<FactName, PhoneDecision>,
    /// Waste containers.
    pub containers: BTreeMap<FactName, Container>,
    /// Waste counted.
    pub tallies: BTreeMap<crate::fact::WasteStream, Tally>,
    /// The hours at which something went into a container of each stream.
    pub put_in: BTreeMap<crate::fact::WasteStream, Vec<Wall>>,
    /// People met who wait for a later date.
    pub waiting: BTreeMap<FactName, WaitingListed>,
    /// What happened.
    pub incidents: Vec<Incident>,
    /// Adrenaline given, in order.
    pub adrenaline: Vec<Adrenaline>,
    /// Difficulties.
    pub difficulties: Vec<Said>,
    /// The team's own satisfaction, latest per account.
    pub team_satisfaction: BTreeMap<AccountNo, u8>,
    /// Entries counted, latest per account.
    pub entries: BTreeMap<AccountNo, EntriesCounted>,
    /// Signatures, in order.
    pub closings: Vec<RoundClosed>,
    /// Differences that the head of the relay explained, the latest by code, with who and when.
    pub explained: BTreeMap<String, (GapExplained, AccountNo, Wall)>,
    /// Messages of the relay that were read, by their names in the common scope: by whom first, and when.
    pub notices_read: BTreeMap<FactName, (AccountNo, Wall)>,
    /// When it was last signed.
    pub closed_at: Option<Wall>,
    /// Clock jumps, in milliseconds.
    pub clock_jumps: Vec<i64>,
    /// Copies of the tablets' stores that were made anew.
    pub copies_mended: Vec<(FactName, Wall, CopyMended)>,
    /// Who took over the doses of a number whose store was lost, in order.
    pub custodies: Vec<Custody>,
    /// What is known of the clocks of its devices.
    pub clocks: Clocks,
}

impl Round {
    /// Returns the people of the round in the order of its addresses; whoever stands at none comes last. Everybody once, so
    /// that a list has as many lines as the figures count persons.
    #[must_use]
    pub fn people_in_order(&self) -> Vec<FactName> {
        let stops = self.order.iter().filter_map(|stop| self.stops.get(stop));
        let mut people: Vec<FactName> = stops.flat_map(|stop| stop.people.clone()).collect();
        people.retain(|person| self.people.contains_key(person));
        let placed: BTreeSet<FactName> = people.iter().copied().collect();
        people.extend(self.people.keys().filter(|person| !placed.contains(person)));
        people
    }

    /// Says whether every person of a stop has an outcome.
    #[must_use]
    pub fn stop_done(&self, stop: &Stop) -> bool {
        !stop.people.is_empty() && stop.people.iter().all(|person| self.outcome_of(*person).is_some())
    }

    /// Returns the addresses that are still to be visited, in order.
    #[must_use]
    pub fn next_stops(&self) -> Vec<FactName> {
        let open = |name: &&FactName| self.stops.get(name).is_some_and(|stop| !self.stop_done(stop));
        self.order.iter().filter(open).copied().collect()
    }
}

impl View for Round {
    fn step(&mut self, effective: &Effective<'_>) {
        let (fact, device) = (effective.fact, effective.device);
        self.clocks.step(effective);
        self.put_back(effective);
        match effective.body.as_ref() {
            Body::RoundPlanned(plan) => self.plan = Some(plan.clone()),
            Body::RoundPublished(_) => {
                self.published = true;
                self.releases.push(Release { name: fact.name, by: fact.author, at: fact.wall });
            }
            Body::PersonTakenOut(out) => self.step_out(fact, out.person.name(device)),
            Body::RoundCancelled(cancelled) => self.cancelled = Some(cancelled.reason.clone()),
            Body::StopPlanned(stop) => {
                self.stops.insert(
                    fact.name,
                    Stop {
                        address: stop.address.clone(),
                        from_minute: stop.from_minute,
                        until_minute: stop.until_minute,
                        place: stop.place.clone(),
                        unplanned: stop.unplanned,
                        people: Vec::new(),
                        arrived: None,
                    },
                );
                self.order.push(fact.name);
            }
            Body::StopsOrdered(ordered) => {
                let mut order: Vec<FactName> = Vec::with_capacity(self.order.len());
                for name in ordered.order.iter().map(|stop| stop.name(device)).chain(self.order.iter().copied()) {
                    let nobody = |stop: &Stop| stop.people.is_empty() && !stop.unplanned && !self.order.contains(&name);
                    if self.stops.get(&name).is_some_and(|stop| !nobody(stop)) && !order.contains(&name) {
                        order.push(name);
                    }
                }
                self.order = order;
            }
            Body::Arrived(arrived) => {
                if let Some(stop) = self.stops.get_mut(&arrived.stop.name(device)) {
                    stop.arrived.get_or_insert(fact.wall);
                }
            }
            Body::WaitingListed(listed) => {
                self.waiting.insert(fact.name, listed.clone());
            }
            Body::KitChecked(checked) => {
                self.kit.extend(checked.lines.iter().map(|line| (line.item, line.clone())));
            }
            Body::Departed(departed) => self.departed = Some(departed.clone()),
            Body::VacationStarted(started) => {
                self.vacations.push(Vacation { account: started.account, started: started.at, ended: None });
            }
            Body::VacationEnded(ended) => {
                let open = |vacation: &&mut Vacation| vacation.account == ended.account && vacation.ended.is_none();
                if let Some(vacation) = self.vacations.iter_mut().find(open) {
                    vacation.ended = Some(ended.at);
                }
            }
            Body::TemperatureRead(read) => self.step_reading(fact, device, read),
            Body::DifficultyReported(difficulty) => self.difficulties.push(Said {
                name: fact.name,
                by: fact.author,
                at: fact.wall,
                text: difficulty.text.clone(),
            }),
            Body::TeamSatisfaction(satisfaction) => {
                self.team_satisfaction.insert(fact.author, satisfaction.score);
            }
            Body::EntriesCounted(counted) => {
                self.entries.insert(counted.account, counted.clone());
            }
            Body::RoundClosed(closed) => {
                self.closings.push(closed.clone());
                self.closed_at = Some(fact.wall);
            }
            Body::GapExplained(explained) => {
                let gap = crate::lot::folded_code(&explained.gap);
                self.explained.insert(gap, (explained.clone(), fact.author, fact.wall));
            }
            Body::NoticeRead(read) => {
                self.notices_read.entry(FactName::new(read.device, read.number)).or_insert((fact.author, fact.wall));
            }
            Body::ClockJumped(jumped) => self.clock_jumps.push(jumped.by_ms),
            Body::CopyMended(mended) => self.copies_mended.push((fact.name, fact.wall, mended.clone())),
            Body::CustodyTaken(taken) => self.step_custody(fact, device, taken),
            body => {
                self.step_visit(effective, body);
                self.step_stock(effective, body);
                self.step_cold(effective, body);
                self.step_waste(effective, body);
            }
        }
    }
}
