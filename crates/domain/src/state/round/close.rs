//! The closing of a round (R31): balances, and the differences that must be explained or handed on.

use crate::fact::{AccountNo, Outcome, WasteStream};
use crate::lot::{LotId, folded_code};
use crate::name::FactName;
use crate::state::{Common, LotBalance, Round, RoundState};
use serde::Serialize;
use std::collections::BTreeMap;

/// Persons against entries, for one nurse's account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AccountLine {
    /// Whose.
    pub account: AccountNo,
    /// Persons seen: somebody opened the door.
    pub seen: u16,
    /// Of them, persons who received no dose: no entry is due.
    pub without_dose: u16,
    /// Persons for whom the nurse says that no entry was due.
    pub not_due: u16,
    /// Entries found on the account; none until counted.
    pub entered: Option<u16>,
}

impl AccountLine {
    /// Returns the entries due: persons seen minus those with none due.
    #[must_use]
    pub fn due(&self) -> i32 {
        i32::from(self.seen) - i32::from(self.without_dose) - i32::from(self.not_due)
    }
}

/// A difference to explain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Gap {
    /// Entries of an account differ from the persons seen, or were not counted.
    Entries {
        /// Whose.
        account: AccountNo,
        /// Entries due.
        due: i32,
        /// Entries found.
        entered: Option<u16>,
    },
    /// Doses of a lot are neither given, ceded, lost nor brought back; or more left than was held (below zero).
    Lot {
        /// Product code.
        product: String,
        /// Lot.
        lot: String,
        /// What is left.
        left: i32,
    },
    /// Sharps counted differ from doses given.
    Sharps {
        /// Sharps counted.
        sharps: i32,
        /// Doses given.
        doses: i32,
    },
    /// A person has no outcome.
    Open {
        /// The dossier.
        person: FactName,
    },
    /// An act has more than one dose.
    TwoDoses {
        /// The act.
        act: FactName,
    },
    /// Two corrections did not know each other.
    Conflict {
        /// The fact.
        fact: FactName,
    },
    /// Doses wait for the head of the relay.
    SetApart {
        /// The load or the opened vial.
        load: FactName,
    },
    /// A dose was given after a temperature that would have set it apart, and that was entered only afterwards.
    GivenWarm {
        /// The dose.
        dose: FactName,
        /// Of which act.
        act: FactName,
        /// What was read, in tenths of a degree Celsius.
        tenths: i16,
    },
    /// A dose was given of a lot that the relay had set apart already: the tablet had not heard of it.
    GivenRecalled {
        /// The dose.
        dose: FactName,
        /// Of which act.
        act: FactName,
        /// The lot as it is printed.
        lot: String,
    },
    /// A dose that another dose of the same vaccine family came before, of which the tablet knew nothing: given in another
    /// round, or by another tablet. Only the relay sees it, which has all rounds.
    GivenAgain {
        /// The later dose.
        dose: FactName,
        /// Of which act.
        act: FactName,
    },
    /// An observation was begun and no end of it noted.
    Observed {
        /// The dossier.
        person: FactName,
    },
    /// A vaccination is still to be entered.
    Untraced {
        /// The dossier.
        person: FactName,
    },
    /// A vaccination was entered somewhere, and its dose was taken back since: the entry is to be undone there.
    TracedNone {
        /// The dossier.
        person: FactName,
    },
}

impl Gap {
    /// Returns the code that an explanation names.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Entries { account, .. } => format!("entries:{}", account.0),
            Self::Lot { product, lot, .. } => format!("lot:{}", LotId::new(product, lot)),
            Self::Sharps { .. } => "sharps".to_owned(),
            Self::Open { person } => format!("open:{person}"),
            Self::TwoDoses { act } => format!("two:{act}"),
            Self::Conflict { fact } => format!("conflict:{fact}"),
            Self::SetApart { load } => format!("apart:{load}"),
            Self::GivenWarm { dose, .. } => format!("warm:{dose}"),
            Self::GivenRecalled { dose, .. } => format!("recalled:{dose}"),
            Self::GivenAgain { dose, .. } => format!("again:{dose}"),
            Self::Observed { person } => format!("observed:{person}"),
            Self::Untraced { person } => format!("untraced:{person}"),
            Self::TracedNone { person } => format!("traced_none:{person}"),
        }
    }

    /// Returns its figures, in the order of its fields; what was not counted is left out.
    #[must_use]
    pub fn figures(&self) -> Vec<i32> {
        match self {
            Self::Entries { due, entered, .. } => [Some(*due), entered.map(i32::from)].into_iter().flatten().collect(),
            Self::Lot { left, .. } => vec![*left],
            Self::Sharps { sharps, doses } => vec![*sharps, *doses],
            Self::GivenWarm { tenths, .. } => vec![i32::from(*tenths)],
            _ => Vec::new(),
        }
    }

    /// Returns what explains it: the head of the relay's words on these figures, or else the team's at the signature. Of a
    /// dose given warm only the head's: whether it protects is not for the team to say.
    #[must_use]
    pub fn explanation<'a>(&self, round: &'a Round) -> Option<&'a str> {
        let desk = round.explained.get(&self.code()).filter(|(one, _, _)| one.figures == self.figures());
        let team = || self.of_team(round).filter(|_| !self.is_heads());
        desk.map(|(one, _, _)| one.text.as_str()).or_else(team)
    }

    /// Returns what the team wrote of it at the signature.
    #[must_use]
    pub fn of_team<'a>(&self, round: &'a Round) -> Option<&'a str> {
        let code = self.code();
        let mut written = round.closings.iter().rev().flat_map(|closing| &closing.explained);
        written.find(|one| folded_code(&one.gap) == code).map(|one| one.text.as_str())
    }

    /// Says whether the head of the relay alone settles it, and before the signature already.
    #[must_use]
    pub const fn is_heads(&self) -> bool {
        matches!(self, Self::GivenWarm { .. } | Self::GivenRecalled { .. } | Self::GivenAgain { .. })
    }

    /// Says whether it is told, and may be explained, before the signature.
    #[must_use]
    pub const fn is_urgent(&self) -> bool {
        self.is_heads() || matches!(self, Self::TwoDoses { .. })
    }
}

/// The figures of a round: persons and doses counted separately.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Figures {
    /// Persons on the round.
    pub persons: u32,
    /// Persons by outcome.
    pub outcomes: BTreeMap<Outcome, u32>,
    /// Persons without an outcome yet.
    pub pending: u32,
    /// Doses given.
    pub doses: u32,
    /// Doses given, by lot.
    pub doses_by_lot: Vec<(LotId, u32)>,
    /// Health workers vaccinated (R40).
    pub health_workers: u32,
    /// Administration errors.
    pub errors: u32,
    /// Mean satisfaction of the persons, times 100; none when nobody said.
    pub satisfaction_x100: Option<u32>,
}

/// Returns the figures of a round.
#[must_use]
pub fn figures(round: &Round) -> Figures {
    let mut outcomes = BTreeMap::new();
    let (mut pending, mut health_workers) = (0, 0);
    let mut scores = Vec::new();
    for (name, visit) in &round.people {
        match round.outcome_of(*name) {
            Some(outcome) => {
                *outcomes.entry(outcome).or_insert(0) += 1;
                health_workers += u32::from(outcome == Outcome::Vaccinated && visit.record.health_worker);
            }
            None => pending += 1,
        }
        scores.extend(visit.satisfaction.map(u32::from));
    }
    let given = || round.acts.values().flat_map(|act| &act.given);
    let mut doses_by_lot: BTreeMap<LotId, u32> = BTreeMap::new();
    for one in given() {
        *doses_by_lot.entry(LotId::new(&one.dose.product, &one.dose.lot)).or_default() += 1;
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Figures {
        persons: count(round.people.len()),
        outcomes,
        pending,
        doses: count(given().count()),
        doses_by_lot: doses_by_lot.into_iter().collect(),
        health_workers,
        errors: count(given().filter(|one| one.dose.error.is_some()).count()),
        satisfaction_x100: (!scores.is_empty()).then(|| scores.iter().sum::<u32>() * 100 / count(scores.len())),
    }
}

/// Returns persons against entries, per nurse account of the round.
#[must_use]
pub fn accounts(round: &Round, _common: &Common) -> Vec<AccountLine> {
    let mut lines: BTreeMap<AccountNo, AccountLine> = BTreeMap::new();
    let empty = |account| AccountLine { account, seen: 0, without_dose: 0, not_due: 0, entered: None };
    for nurse in round.plan.iter().flat_map(|plan| plan.nurses.iter().copied()) {
        lines.insert(nurse, empty(nurse));
    }
    for (name, visit) in &round.people {
        let (Some(account), Some(outcome)) = (visit.seen_by, round.outcome_of(*name)) else { continue };
        if matches!(outcome, Outcome::Absent | Outcome::Moved | Outcome::Hospitalised | Outcome::Deceased) {
            continue;
        }
        // A visit put off from the car: nobody was seen.
        if outcome == Outcome::Postponed && visit.identity.is_none() {
            continue;
        }
        let line = lines.entry(account).or_insert_with(|| empty(account));
        line.seen += 1;
        line.without_dose += u16::from(outcome != Outcome::Vaccinated);
    }
    for (account, counted) in &round.entries {
        let line = lines.entry(*account).or_insert_with(|| empty(*account));
        line.not_due = counted.not_due;
        line.entered = Some(counted.entered);
    }
    lines.into_values().filter(|line| line.seen > 0 || line.entered.is_some()).collect()
}

/// Returns every lot's balance.
#[must_use]
pub fn lots(round: &Round) -> Vec<(LotId, LotBalance)> {
    round.lot_balances().into_iter().collect()
}

/// Returns every difference of a round.
#[must_use]
pub fn gaps(state: &RoundState, common: &Common) -> Vec<Gap> {
    let round = state.view();
    let mut gaps = Vec::new();
    for name in round.people_in_order() {
        match round.outcome_of(name) {
            None => gaps.push(Gap::Open { person: name }),
            Some(Outcome::Vaccinated) if round.traced(name).is_none() => {
                gaps.push(Gap::Untraced { person: name });
            }
            Some(_) => {}
        }
        if round.is_traced_without_dose(name) {
            gaps.push(Gap::TracedNone { person: name });
        }
    }
    gaps.extend(round.timers().into_iter().map(|timer| Gap::Observed { person: timer.person }));
    for line in accounts(round, common) {
        if line.entered.map(i32::from) != Some(line.due()) {
            gaps.push(Gap::Entries { account: line.account, due: line.due(), entered: line.entered });
        }
    }
    for (lot, balance) in round.lot_balances() {
        if balance.left != 0 {
            gaps.push(Gap::Lot { lot: round.printed(&lot), product: lot.product, left: balance.left });
        }
    }
    let doses = i32::try_from(figures(round).doses).unwrap_or(i32::MAX);
    let sharps = round.tally(WasteStream::Sharps).total();
    if sharps != doses {
        gaps.push(Gap::Sharps { sharps, doses });
    }
    gaps.extend(state.conflicts().iter().map(|conflict| Gap::Conflict { fact: conflict.fact }));
    // A load whose doses are all gone, or in vials set apart by themselves, leaves nothing to decide.
    let waits = round.isolated().into_iter().filter(|(_, isolation)| isolation.usable.is_none());
    let waits = waits.filter(|(source, _)| round.doses_apart(*source) > 0);
    gaps.extend(waits.map(|(source, _)| Gap::SetApart { load: source }));
    gaps.extend(urgent(round, common));
    gaps
}

/// Returns what does not wait for the signature: two doses for one act, and what the head of the relay alone settles.
#[must_use]
pub fn urgent(round: &Round, common: &Common) -> Vec<Gap> {
    let twice = round.acts.iter().filter(|(_, act)| act.given.len() > 1).map(|(act, _)| Gap::TwoDoses { act: *act });
    twice.chain(heads(round, common)).collect()
}

/// Returns, for each dose of a round, the difference that the relay may see in it.
pub fn perhaps_again(round: &Round) -> impl Iterator<Item = Gap> {
    let given = round.acts.iter().flat_map(|(act, known)| known.given.iter().map(move |given| (*act, given.name)));
    given.map(|(act, dose)| Gap::GivenAgain { dose, act })
}

/// Returns what the head of the relay alone settles: doses that were given after a temperature which nobody had entered yet,
/// and that nobody found usable since; doses of a lot that was set apart when they were given.
#[must_use]
pub fn heads(round: &Round, common: &Common) -> Vec<Gap> {
    let warm = round.given_warm().into_iter();
    let warm = warm.map(|one| Gap::GivenWarm { dose: one.dose, act: one.act, tenths: one.tenths });
    let given = round.acts.iter().flat_map(|(act, known)| known.given.iter().map(move |given| (*act, given)));
    let recalled = given.filter_map(|(act, given)| {
        let lot = LotId::new(&given.dose.product, &given.dose.lot);
        let done = round.clocks.done(given.name, given.dose.done_at, given.entered_at);
        let apart = common.set_apart(&lot).filter(|apart| apart.since <= done)?;
        Some(Gap::GivenRecalled { dose: given.name, act, lot: apart.printed.clone() })
    });
    warm.chain(recalled).collect()
}

/// Returns the differences of a round that do not wait for its end: doses below zero, two doses, two corrections, and what the
/// head of the relay alone settles.
#[must_use]
pub fn differences(round: &RoundState, common: &Common) -> Vec<Gap> {
    let mut found: Vec<Gap> = Vec::new();
    for (lot, balance) in round.lot_balances() {
        if balance.left < 0 {
            found.push(Gap::Lot { lot: round.printed(&lot), product: lot.product, left: balance.left });
        }
    }
    found.extend(round.conflicts().iter().map(|conflict| Gap::Conflict { fact: conflict.fact }));
    found.extend(urgent(round, common));
    found
}
