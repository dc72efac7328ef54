//! Before anybody is called: what the rules would answer at a door on some day, and from which day on a dose is possible.
//!
//! It asks the very evaluator that answers at the door, on a round of one person that exists nowhere. Agreements are
//! gathered there: that one is missing yet says nothing here.

use crate::date::{Day, PartialDate};
use crate::door;
use crate::fact::{AccountNo, ActPlanned, Body, DossierAdded, Fact, Modality, RoundPlanned, StopPlanned};
use crate::name::{DeviceId, FactName, FactRef};
use crate::people::{Address, PersonRecord, Wish};
use crate::rules::{Answer, Case, Change, Family, Item, Outcome, Trait, evaluate};
use crate::state::{Common, RoundState};
use crate::time::{Hlc, Wall};
use crate::zone::{PARIS, Zone};

/// How often the rules are asked at most before a next day is given up.
const MOST_DAYS: usize = 24;
/// How many years ahead a next day is looked for.
const YEARS_AHEAD: i32 = 3;

/// Where, when and by whom a dose would be given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Visiting<'a> {
    /// The day.
    pub on: Day,
    /// The territory code.
    pub territory: &'a str,
    /// Whether the relay's own layer applies.
    pub relay_protocol: bool,
    /// The nurse.
    pub nurse: AccountNo,
}

/// What the rules would answer, agreements apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expected {
    /// The day that was asked about.
    pub on: Day,
    /// The outcome.
    pub outcome: Outcome,
    /// The first possible day of a deferral, when there is one; with [`Outcome::Judge`] the delay holds unless an answer
    /// that nobody asked for yet shortens it.
    pub until: Option<Day>,
    /// The strictest reason, in French.
    pub fr: String,
    /// The same in English.
    pub en: String,
    /// Codes of the products to use in its place.
    pub instead: Vec<String>,
}

impl Expected {
    /// Says whether somebody may go there for it: the rules do not end the visit at the door.
    #[must_use]
    pub const fn may_go(&self) -> bool {
        !self.outcome.stops()
    }
}

/// Returns what the rules would answer for a wish. None when the birth date is not known at all.
#[must_use]
pub fn expected(common: &Common, record: &PersonRecord, wish: &Wish, visiting: Visiting<'_>) -> Option<Expected> {
    let (round, case, answer) = answer(common, record, wish, visiting)?;
    let as_known = said(&answer, visiting.on);
    if case.unknown.is_empty() || !as_known.may_go() {
        return Some(as_known);
    }
    // What nobody asked yet hides no delay that every answer leaves standing.
    let settled = |told: bool| said(&evaluate(door::directives(&round, common), &settle(&case, told)), visiting.on);
    let (no, yes) = (settled(false), settled(true));
    Some(match (no.outcome, yes.may_go()) {
        (Outcome::Deferred, false) => no,
        (Outcome::Deferred, true) => Expected { outcome: Outcome::Judge, ..no },
        _ => as_known,
    })
}

/// Returns a case in which everything that nobody knows is settled: each trait is `told`, each list is whole.
fn settle(case: &Case, told: bool) -> Case {
    let mut settled = case.clone();
    for unknown in std::mem::take(&mut settled.unknown) {
        let Item::Trait(which) = unknown.item else { continue };
        let person = &mut settled.person;
        let trait_of = match which {
            Trait::AtRisk => &mut person.at_risk,
            Trait::VeryHighRisk => &mut person.very_high_risk,
            Trait::Immunocompromised => &mut person.immunocompromised,
            Trait::Pregnant => &mut person.pregnant,
            Trait::HealthWorker => &mut person.health_worker,
            Trait::Unable => &mut person.unable,
        };
        *trait_of |= told;
    }
    settled
}

/// Returns what an answer says, agreements apart.
fn said(answer: &Answer, on: Day) -> Expected {
    let counts = answer.reasons.iter().filter(|one| !one.lifted && one.outcome != Outcome::ConsentMissing);
    // Of several deferrals, the one that lasts longest.
    let strictest = counts.min_by_key(|one| (one.outcome, one.until != answer.until));
    let outcome = strictest.map_or(Outcome::Eligible, |one| one.outcome);
    let instead = answer.what_would_change.iter().find_map(|change| match change {
        Change::Product { codes } => Some(codes.clone()),
        _ => None,
    });
    Expected {
        on,
        outcome,
        until: answer.until.filter(|_| outcome == Outcome::Deferred),
        fr: strictest.map(|one| one.fr.clone()).unwrap_or_default(),
        en: strictest.map(|one| one.en.clone()).unwrap_or_default(),
        instead: instead.filter(|_| outcome == Outcome::OtherProduct).unwrap_or_default(),
    }
}

/// Returns the first day, from the one of `visiting` on, on which the rules would let somebody go for a wish, and what they
/// answer then; or else what they answer on that first day.
///
/// The rules are asked on successive days at whose beginning the answer may change: the day to which a deferral leads, the
/// first day of a directive and the one after its last, and birthdays. An answer between two of them is that of the first:
/// nothing is guessed by halves, and a day that is named was asked about.
///
/// # Errors
/// The answer of the first day, when none of the days asked about is possible. `None` inside when the birth date is missing.
pub fn next_possible(
    common: &Common,
    record: &PersonRecord,
    wish: &Wish,
    visiting: Visiting<'_>,
) -> Result<Expected, Option<Expected>> {
    let family = door::product(common, &wish.product, visiting.on).map(|product| product.family);
    let last = visiting.on.plus_days(i64::from(YEARS_AHEAD) * 366);
    let mut first = None;
    let mut on = visiting.on;
    for _ in 0..MOST_DAYS {
        let Some(answer) = expected(common, record, wish, Visiting { on, ..visiting }) else { break };
        // A day on which it hangs on what nobody asked yet is not the day to name.
        if answer.may_go() && answer.until.is_none() {
            return Ok(answer);
        }
        let (outcome, until) = (answer.outcome, answer.until.filter(|until| *until > on));
        first.get_or_insert(answer);
        // No day undoes a contraindication.
        let next = match outcome {
            Outcome::Contraindicated => None,
            _ => until.or_else(|| boundary(common, record, family, on)),
        };
        match next.filter(|next| *next <= last) {
            Some(next) => on = next,
            None => break,
        }
    }
    Err(first)
}

/// Returns the next day after `on` at whose beginning a directive of the family begins or is over, or the person is a year
/// older.
fn boundary(common: &Common, record: &PersonRecord, family: Option<Family>, on: Day) -> Option<Day> {
    let about = |one: &&crate::rules::Directive| {
        one.families.is_empty() || family.is_some_and(|family| one.families.contains(&family))
    };
    let of_directives = common
        .directives
        .iter()
        .filter(about)
        .flat_map(|one| [Some(one.from), one.until.map(|until| until.plus_days(1))].into_iter().flatten());
    of_directives.chain(birthday(record.birth, on)).filter(|day| *day > on).min()
}

/// Returns the first day after `on` on which a person is surely a year older.
fn birthday(birth: Option<PartialDate>, on: Day) -> Option<Day> {
    let birth = birth?.latest();
    let years = on.years_since(birth).max(-1).saturating_add(1);
    let months = chrono::Months::new(u32::try_from(years).ok()?.saturating_mul(12));
    let day = Day(birth.0.checked_add_months(months)?);
    // Who is born on 29 February is older on 1 March.
    Some(if on.years_since(birth) < day.years_since(birth) { day } else { day.plus_days(1) })
}

fn answer(
    common: &Common,
    record: &PersonRecord,
    wish: &Wish,
    visiting: Visiting<'_>,
) -> Option<(RoundState, Case, Answer)> {
    let plan = RoundPlanned {
        on: visiting.on,
        label: String::new(),
        team: String::new(),
        nurses: vec![visiting.nurse],
        start_place: String::new(),
        start_minute: 0,
        modality: Modality::Home,
        territory: visiting.territory.to_owned(),
        relay_protocol: visiting.relay_protocol,
        lots: Vec::new(),
    };
    let stop = StopPlanned {
        address: Address::default(),
        from_minute: None,
        until_minute: None,
        place: None,
        unplanned: false,
    };
    let dossier = DossierAdded { stop: FactRef::Own(2), person: None, record: record.clone(), walk_in: false };
    let act = ActPlanned { person: FactRef::Own(3), wish: wish.clone(), despite: None };
    let bodies: [Body; 4] = [plan.into(), stop.into(), dossier.into(), act.into()];
    let fact = |(number, body)| Fact {
        name: FactName::new(DeviceId::HUB, number),
        hlc: Hlc { ms: 0, counter: number },
        wall: Wall(0),
        author: visiting.nurse,
        body,
    };
    let round = RoundState::of((1..).zip(bodies).map(fact));
    let noon = common.relay.as_ref().map_or(PARIS, Zone::of).at(visiting.on, 12 * 60);
    let (case, answer) = door::answer(&round, common, FactName::new(DeviceId::HUB, 4), visiting.nurse, noon)?;
    Some((round, case, answer))
}
