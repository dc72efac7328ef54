//! States: folds over the facts of one scope.
//!
//! [`State`] keeps the facts in order and a view folded from them. Putting facts in, in any order and any number of
//! times, gives the same view; the common case, a fact later than all others, costs one step.

mod common;
mod judge;
mod log;
mod people;
mod round;

pub use common::*;
pub use judge::{Ignored, NotCounted, judge};
pub use log::{Change, Conflict, Effective, Log, replacement};
pub use people::*;
pub use round::*;

use crate::fact::Fact;
use crate::name::FactName;
use std::collections::BTreeMap;

/// A view that is folded from facts, one step after another in the log's order.
pub trait View: Default {
    /// Takes one fact into account.
    fn step(&mut self, effective: &Effective<'_>);
}

/// The facts of one scope and the view folded from them.
#[derive(Clone, Default, Debug)]
pub struct State<V> {
    log: Log,
    view: V,
    conflicts: Vec<Conflict>,
}

/// The state of the relay's common scope.
pub type CommonState = State<Common>;
/// The state of the relay's people.
pub type PeopleState = State<People>;
/// The state of one round.
pub type RoundState = State<Round>;

impl<V: View> State<V> {
    /// Folds these facts.
    #[must_use]
    pub fn of(facts: impl IntoIterator<Item = Fact>) -> Self {
        let mut log = Log::default();
        for fact in facts {
            log.insert(fact);
        }
        let mut state = Self { log, view: V::default(), conflicts: Vec::new() };
        state.rebuild();
        state
    }

    /// Takes one fact into account; says whether it was new.
    pub fn apply(&mut self, fact: Fact) -> bool {
        self.apply_all([fact])
    }

    /// Takes facts into account; says whether one was new. However many come late, the view is folded again only once.
    pub fn apply_all(&mut self, facts: impl IntoIterator<Item = Fact>) -> bool {
        let (mut new, mut rebuild) = (false, false);
        for fact in facts {
            let name = fact.name;
            let change = self.log.insert(fact);
            new |= change != Change::Known;
            rebuild |= change == Change::Rebuild;
            if change == Change::Appended
                && !rebuild
                && let Some(fact) = self.log.get(name)
            {
                let body = std::borrow::Cow::Borrowed(&fact.body);
                let device = self.log.reading(name);
                self.view.step(&Effective { fact, body, device });
            }
        }
        if rebuild {
            self.rebuild();
        }
        new
    }

    fn rebuild(&mut self) {
        self.log.judge();
        let (effective, conflicts) = self.log.effective();
        let mut view = V::default();
        for one in &effective {
            view.step(one);
        }
        self.view = view;
        self.conflicts = conflicts;
    }

    /// Returns the facts.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Returns what the facts come to.
    #[must_use]
    pub fn view(&self) -> &V {
        &self.view
    }

    /// Returns the corrections that a person must choose between.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Returns the corrections that do not count, because their writer might not make them or nobody can read what they put
    /// in place.
    pub fn ignored(&self) -> impl Iterator<Item = &Ignored> {
        self.log.ignored()
    }

    /// Returns the facts of unknown kinds that must be understood: what depends on them is forbidden, until the relay
    /// rejects them.
    pub fn not_understood(&self) -> impl Iterator<Item = (FactName, u16)> {
        let rejected = if self.log.unknown().is_empty() { BTreeMap::new() } else { self.log.rejected() };
        self.unknown().filter(move |(name, _)| !rejected.contains_key(name))
    }

    /// Returns the facts of unknown kinds that must be understood, also those that the relay rejected.
    pub fn unknown(&self) -> impl Iterator<Item = (FactName, u16)> {
        self.log.unknown().iter().map(|(name, kind)| (*name, *kind))
    }
}

impl<V> std::ops::Deref for State<V> {
    type Target = V;
    fn deref(&self) -> &V {
        &self.view
    }
}
