//! A nurse's own notes: what she did, counted without the app.

use perron_desk_api::{LotLine, RoundView};
use perron_domain::fact::Outcome;
use std::collections::BTreeMap;

/// How it went with one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// How it ended.
    pub outcome: Outcome,
    /// Lots of the doses that she received.
    pub lots: Vec<String>,
}

/// The notes of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Everybody met, by birth name.
    pub people: BTreeMap<String, Seen>,
    /// Temperatures read, in tenths of a degree, in order.
    pub temperatures: Vec<i16>,
    /// Doses lost, by lot.
    pub lost: BTreeMap<String, u32>,
    /// Doses given to another team, by lot.
    pub ceded: BTreeMap<String, u32>,
    /// Doses drawn beyond what the vials were expected to give, by lot.
    pub extra: BTreeMap<String, u32>,
}

impl Notes {
    /// Notes how a visit ended.
    pub fn ended(&mut self, who: &str, outcome: Outcome) {
        self.people.insert(who.to_owned(), Seen { outcome, lots: Vec::new() });
    }

    /// Notes a dose.
    pub fn gave(&mut self, who: &str, lot: &str) {
        let seen = self.people.entry(who.to_owned());
        let seen = seen.or_insert_with(|| Seen { outcome: Outcome::Vaccinated, lots: Vec::new() });
        seen.outcome = Outcome::Vaccinated;
        seen.lots.push(lot.to_owned());
    }

    /// Notes that the last dose written for one person is another's.
    pub fn moved(&mut self, from: &str, to: &str) {
        let Some(seen) = self.people.get_mut(from) else { return };
        let lot = seen.lots.pop();
        if seen.lots.is_empty() {
            self.people.remove(from);
        }
        if let Some(lot) = lot {
            self.gave(to, &lot);
        }
    }

    /// Returns how many ended so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.people.values().filter(|seen| seen.outcome == outcome).count()
    }

    /// Returns doses given.
    pub fn doses(&self) -> usize {
        self.people.values().map(|seen| seen.lots.len()).sum()
    }

    /// Returns the same notes, as the desk's view of the round has them.
    pub fn of(view: &RoundView) -> Self {
        let people = view.people.iter().filter_map(|person| {
            let lots = person.doses.iter().map(|dose| dose.lot.clone()).collect();
            // The desk says «Parapluie Odette»; the first word is the birth name.
            let name = person.name.split_whitespace().next()?.to_owned();
            Some((name, Seen { outcome: person.outcome?, lots }))
        });
        let counted = |doses: fn(&LotLine) -> i32| {
            let lots = view.lots.iter().map(|lot| (lot.lot.clone(), doses(lot).unsigned_abs()));
            lots.filter(|(_, doses)| *doses > 0).collect()
        };
        Self {
            lost: counted(|lot| lot.wasted),
            ceded: counted(|lot| lot.ceded),
            extra: counted(|lot| lot.extra),
            people: people.collect(),
            temperatures: view.temperatures.iter().map(|reading| reading.tenths).collect(),
        }
    }
}
