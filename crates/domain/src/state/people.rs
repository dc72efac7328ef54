//! The people of the relay, as the desk sees them: what the list says of each, and what came back from rounds.
//! No tablet holds this scope.

use super::{Effective, View};
use crate::date::{Day, PartialDate};
use crate::fact::{AccountNo, Answered, Back, Body, IncidentKind, Outcome, PersonAdded, Returned, RoundFact};
use crate::name::FactName;
use crate::people::{PersonRecord, PriorDose, Reaction};
use crate::time::{Hlc, Wall};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The question about a fainting fit at an earlier injection, which one seen on a round answers.
const FAINTING: &str = "fainting";

/// Something that came back from a round.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CameBack {
    /// Its fact in the relay's people.
    pub name: FactName,
    /// The fact that it comes from.
    pub source: RoundFact,
    /// Her dossier in that round.
    pub dossier: RoundFact,
    /// When it happened, or was said.
    pub at: Wall,
    /// Who did it, or said it.
    pub by: AccountNo,
    /// What later rounds need of it.
    pub what: Back,
}

/// Why somebody is not called, or only after a look.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Standing {
    /// How the visit ended that says so.
    pub outcome: Outcome,
    /// Whether she refused for good: «ne plus rappeler».
    pub never: bool,
    /// When it was said.
    pub at: Wall,
    /// Which fact of which round says so.
    pub source: RoundFact,
}

impl Standing {
    /// Says whether nobody goes to her as long as it stands: she died, refused for good, or lives elsewhere.
    #[must_use]
    pub const fn forbids(&self) -> bool {
        self.never || matches!(self.outcome, Outcome::Deceased | Outcome::Moved)
    }
}

/// What whoever chooses a person must see beside her name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Alert {
    /// A reaction to an earlier dose, told at a door.
    Reaction {
        /// The question's code.
        question: String,
        /// The product.
        product: String,
        /// When, as far as it is known.
        on: Option<PartialDate>,
    },
    /// Something that happened on a round.
    Incident {
        /// What.
        kind: IncidentKind,
        /// After which product.
        product: Option<String>,
        /// The day.
        on: Day,
        /// In words.
        text: String,
    },
    /// She refuses one vaccine for good.
    Refuses {
        /// The product.
        product: String,
    },
}

/// One person: what the list says, and what came back, in the order in which it was said.
#[derive(Clone, Default, PartialEq, Debug, Serialize)]
pub struct Person {
    /// What the desk's list says of her, or the round that met her; none while only something of her is known here.
    pub listed: Option<PersonRecord>,
    /// What the desk decided otherwise since.
    pub settled: BTreeSet<FactName>,
    /// What came back, by clock and source.
    #[serde(skip)]
    pub back: BTreeMap<(Hlc, RoundFact), CameBack>,
}

impl Person {
    /// Returns what came back and counts, in order: a dose always does, the rest until the desk decides otherwise.
    pub fn counting(&self) -> impl DoubleEndedIterator<Item = &CameBack> {
        self.back.values().filter(|one| matches!(one.what, Back::Dose { .. }) || !self.settled.contains(&one.name))
    }

    /// Returns the record as it stands now, for the next round: what the list says, corrected and completed by what came
    /// back from rounds other than `except`. None when the list does not know her.
    #[must_use]
    pub fn record(&self, except: Option<u32>) -> Option<PersonRecord> {
        let mut record = self.editable(except)?;
        let counting = || self.counting().filter(|one| Some(one.source.round) != except);
        for one in counting() {
            if let Back::Dose { product, lot, on, .. } = &one.what {
                add_dose(&mut record, product, lot, *on);
            }
        }
        for wish in &mut record.wishes {
            let given = counting().filter_map(|one| match &one.what {
                Back::Dose { product, rank, .. } if *product == wish.product => Some(*rank),
                _ => None,
            });
            // The next dose of a series follows those that the relay gave.
            let next = given.fold(0_u8, |last, rank| rank.unwrap_or_else(|| last.saturating_add(1)).max(last));
            if next > 0 {
                wish.rank = wish.rank.map(|rank| rank.max(next.saturating_add(1)));
            }
        }
        Some(record)
    }

    /// As [`Person::record`], without the doses that the relay gave: they are no matter of the list. What the desk edits.
    #[must_use]
    pub fn editable(&self, except: Option<u32>) -> Option<PersonRecord> {
        let mut record = self.listed.clone()?;
        for one in self.counting().filter(|one| Some(one.source.round) != except) {
            match &one.what {
                Back::Identity { birth_name, given_names, birth, sex } => {
                    if let Some(name) = birth_name {
                        record.birth_name.clone_from(name);
                    }
                    if let Some(names) = given_names {
                        record.given_names.clone_from(names);
                    }
                    record.birth = birth.or(record.birth);
                    record.sex = sex.unwrap_or(record.sex);
                }
                Back::History { learned } => learned.teach(&mut record),
                Back::Incident { kind: IncidentKind::Faint, .. } => {
                    record.lasting.retain(|known| known.question != FAINTING);
                    record.lasting.push(Answered { question: FAINTING.to_owned(), yes: true });
                }
                _ => {}
            }
        }
        Some(record)
    }

    /// Returns why she is not called, or only after a look; what counts is said by rounds other than `except`. A death
    /// and a refusal for good outlive every later visit, the rest is told by the last visit alone.
    #[must_use]
    pub fn standing(&self, except: Option<u32>) -> Option<Standing> {
        let mut last: Option<Standing> = None;
        let mut forever: Option<Standing> = None;
        let mut ended: BTreeMap<RoundFact, Standing> = BTreeMap::new();
        for one in self.counting().filter(|one| Some(one.source.round) != except) {
            match &one.what {
                Back::Outcome { outcome, product: None, call_again, .. } => {
                    let never = *outcome == Outcome::Refused && !call_again;
                    let standing = Standing { outcome: *outcome, never, at: one.at, source: one.source };
                    // What is said last of one visit counts of it.
                    ended.insert(one.dossier, standing);
                    last = Some(standing);
                }
                Back::Dose { .. } => last = None,
                _ => {}
            }
        }
        for standing in ended.into_values() {
            let stronger = |known: &Standing| known.outcome == Outcome::Deceased;
            if (standing.never || standing.outcome == Outcome::Deceased) && !forever.as_ref().is_some_and(stronger) {
                forever = Some(standing);
            }
        }
        let told = |outcome| {
            matches!(outcome, Outcome::Refused | Outcome::Moved | Outcome::Hospitalised | Outcome::VaccinatedElsewhere)
        };
        forever.or(last.filter(|standing| told(standing.outcome)))
    }

    /// Returns what must be seen beside her name.
    #[must_use]
    pub fn alerts(&self) -> Vec<Alert> {
        let record = self.editable(None).unwrap_or_default();
        let told = record.reactions.into_iter().map(|Reaction { question, product, on }| Alert::Reaction {
            question,
            product,
            on,
        });
        let mut alerts: Vec<Alert> = told.collect();
        for one in self.counting() {
            match &one.what {
                Back::Incident { kind, product, on, text } => {
                    alerts.push(Alert::Incident { kind: *kind, product: product.clone(), on: *on, text: text.clone() })
                }
                Back::Outcome { outcome: Outcome::Refused, product: Some(product), call_again: false, .. } => {
                    alerts.push(Alert::Refuses { product: product.clone() });
                }
                _ => {}
            }
        }
        alerts
    }

    /// Returns the date that was agreed last, when no dose was given since.
    #[must_use]
    pub fn agreed_on(&self) -> Option<Day> {
        let mut agreed = None;
        for one in self.counting() {
            match &one.what {
                Back::NextDate { on, .. } | Back::Outcome { again_on: Some(on), .. } => agreed = Some((one.at, *on)),
                // A next date is said after the dose of the same visit.
                Back::Dose { .. } if agreed.is_some_and(|(said, _)| said < one.at) => agreed = None,
                _ => {}
            }
        }
        agreed.map(|(_, on)| on)
    }
}

/// Adds a dose that the relay gave, unless somebody wrote it down already.
fn add_dose(record: &mut PersonRecord, product: &str, lot: &str, on: Day) {
    let day = Some(PartialDate::Day(on));
    match record.doses.iter_mut().find(|known| known.product == product && known.on == day) {
        Some(known) => known.lot = Some(lot.to_owned()),
        None => record.doses.push(PriorDose { product: product.to_owned(), on: day, lot: Some(lot.to_owned()) }),
    }
}

/// Everybody to be visited.
#[derive(Clone, Default, PartialEq, Debug, Serialize)]
pub struct People {
    /// What is known of each now, by the name of the fact that added her: the list, and what came back from rounds.
    pub persons: BTreeMap<FactName, PersonRecord>,
    /// Which person a row of a file became.
    pub by_source: BTreeMap<String, FactName>,
    /// Where that knowledge comes from.
    pub known: BTreeMap<FactName, Person>,
    /// What came back, by the fact that it comes from: whose it is, and under which clock it stands there.
    #[serde(skip)]
    pub returned: BTreeMap<RoundFact, (FactName, Hlc)>,
    /// Records that turned out to be of one person: the one that is gone, and the one that it became part of.
    pub joined: BTreeMap<FactName, FactName>,
    /// Facts of rounds that were erased here and must not come back.
    #[serde(skip)]
    pub forgotten: BTreeSet<RoundFact>,
}

impl People {
    /// Returns what came back from a fact of a round.
    #[must_use]
    pub fn came_back(&self, source: RoundFact) -> Option<(FactName, &CameBack)> {
        let (person, clock) = self.returned.get(&source)?;
        Some((*person, self.known.get(person)?.back.get(&(*clock, source))?))
    }

    /// Returns who a name is now: another one, once her record was joined with that one's.
    #[must_use]
    pub fn now(&self, name: FactName) -> FactName {
        let mut now = name;
        // Each joining leads to a record that was there then: as many steps as joinings are enough.
        for _ in 0..self.joined.len() {
            match self.joined.get(&now) {
                Some(next) => now = *next,
                None => break,
            }
        }
        now
    }

    /// Makes a record part of another: what came back of it, and the rows that it came from.
    fn join(&mut self, gone: FactName, kept: FactName) {
        self.joined.insert(gone, kept);
        let kept = self.now(kept);
        self.persons.remove(&gone);
        if let Some(part) = self.known.remove(&gone) {
            let person = self.known.entry(kept).or_default();
            person.settled.extend(part.settled);
            person.back.extend(part.back);
        }
        self.returned.values_mut().filter(|(name, _)| *name == gone).for_each(|(name, _)| *name = kept);
        self.by_source.values_mut().filter(|name| **name == gone).for_each(|name| *name = kept);
    }

    fn step_added(&mut self, effective: &Effective<'_>, added: &PersonAdded) {
        let of = added.of.map(|of| of.name(effective.device));
        // Somebody who stood for herself and says now that she is another: two records were joined.
        let alone = matches!(&effective.fact.body, Body::PersonAdded(first) if first.of.is_none());
        let part = of.filter(|of| alone && *of != effective.fact.name);
        if let Some(kept) = part {
            self.join(effective.fact.name, kept);
        }
        let name = self.now(of.unwrap_or(effective.fact.name));
        let person = self.known.entry(name).or_default();
        // Of two records that were joined the one that was kept says what counts.
        if part.is_none() {
            person.listed = Some(added.record.clone());
        }
        let settled = added.settles.iter().flatten().map(|settled| settled.name(effective.device));
        person.settled.extend(settled);
        if !added.source_key.is_empty() {
            self.by_source.entry(added.source_key.clone()).or_insert(name);
        }
        self.look_again(name);
    }

    fn step_returned(&mut self, effective: &Effective<'_>, returned: &Returned) {
        // One fact of a round comes back once; whatever else says so is not looked at.
        if self.returned.contains_key(&returned.source) {
            return;
        }
        let name = self.now(returned.person.map_or(effective.fact.name, |person| person.name(effective.device)));
        let person = self.known.entry(name).or_default();
        if let (Back::Met { record }, None) = (&returned.what, &person.listed) {
            person.listed = Some(PersonRecord::clone(record));
        }
        person.back.insert(
            (returned.clock, returned.source),
            CameBack {
                name: effective.fact.name,
                source: returned.source,
                dossier: returned.dossier,
                at: returned.at,
                by: returned.by,
                what: returned.what.clone(),
            },
        );
        self.returned.insert(returned.source, (name, returned.clock));
        self.look_again(name);
    }

    fn look_again(&mut self, name: FactName) {
        if let Some(record) = self.known.get(&name).and_then(|person| person.record(None)) {
            self.persons.insert(name, record);
        }
    }
}

impl View for People {
    fn step(&mut self, effective: &Effective<'_>) {
        match effective.body.as_ref() {
            Body::PersonAdded(added) => self.step_added(effective, added),
            Body::Returned(returned) => self.step_returned(effective, returned),
            Body::Erasure(erasure) => self.forgotten.extend(erasure.sources.iter().flatten()),
            _ => {}
        }
    }
}
