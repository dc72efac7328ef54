//! The ordered set of facts of one scope, and what counts of it once corrections are taken into account.
//!
//! Order comes from the hybrid logical clock, then from the name, never from arrival: whoever holds the same facts
//! reads them in the same order. A view that only ever steps forward in this order is the same on every device.

use crate::fact::{Body, Corrected, Fact};
use crate::name::{DeviceId, FactName, Numbering};
use crate::time::Hlc;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

type Key = (Hlc, FactName);

/// What a fact says in the end, and who says it.
pub struct Effective<'a> {
    /// The fact whose place this is; its name is the name of what it creates.
    pub fact: &'a Fact,
    /// What counts: the fact's own body, or its correction's.
    pub body: Cow<'a, Body>,
    /// How the body's references are to be read.
    pub device: Numbering,
}

/// Several corrections of one fact that did not know each other: candidates for a person to choose from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Conflict {
    /// The fact corrected.
    pub fact: FactName,
    /// Its corrections; the first one counts until somebody chooses.
    pub candidates: Vec<FactName>,
}

/// What became of the set when a fact was put in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// It was there already.
    Known,
    /// It comes after everything that was there and changes nothing of it.
    Appended,
    /// It came late, or it changes what was there: the view must be folded again.
    Rebuild,
}

/// The facts of one scope, in order.
#[derive(Clone, Default, Debug)]
pub struct Log {
    facts: BTreeMap<Key, Fact>,
    names: BTreeMap<FactName, Key>,
    forks: BTreeMap<DeviceId, (DeviceId, u32)>,
    /// Everything that a correction names, so that what arrives after its correction is noticed at once.
    corrected: BTreeSet<FactName>,
}

impl Log {
    /// Puts a fact in. A fact whose bytes were erased takes the place of the readable one.
    pub fn insert(&mut self, fact: Fact) -> Change {
        let key = (fact.hlc, fact.name);
        if let Some(old) = self.names.get(&fact.name).copied() {
            if !matches!(fact.body, Body::Erased) {
                return Change::Known;
            }
            if let Some(known) = self.facts.get_mut(&old) {
                if matches!(known.body, Body::Erased) {
                    return Change::Known;
                }
                known.body = Body::Erased;
            }
            return Change::Rebuild;
        }
        let last = self.facts.last_key_value().is_none_or(|(last, _)| *last < key);
        if let Body::ChainForked(forked) = &fact.body {
            self.forks.insert(fact.name.device, (forked.old_device, forked.fork_number));
        }
        let touches_others = matches!(fact.body, Body::Corrected(_) | Body::Erasure(_) | Body::ChainForked(_));
        // A correction may have arrived before what it corrects.
        let awaited = self.corrected.contains(&fact.name);
        self.names.insert(fact.name, key);
        self.facts.insert(key, fact);
        if touches_others {
            self.corrected = self.corrections().flat_map(|(_, targets, _)| targets).collect();
        }
        if last && !touches_others && !awaited { Change::Appended } else { Change::Rebuild }
    }

    /// Returns how references in a device's chain are to be read.
    #[must_use]
    pub fn numbering(&self, device: DeviceId) -> Numbering {
        Numbering { device, fork: self.forks.get(&device).copied() }
    }

    /// Returns how many facts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Says whether there is no fact.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// Returns the fact of that name.
    #[must_use]
    pub fn get(&self, name: FactName) -> Option<&Fact> {
        self.names.get(&name).and_then(|key| self.facts.get(key))
    }

    /// Returns every fact in order, corrections and corrected alike.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Fact> {
        self.facts.values()
    }

    /// Returns the latest clock seen.
    #[must_use]
    pub fn clock(&self) -> Hlc {
        self.facts.last_key_value().map(|((hlc, _), _)| *hlc).unwrap_or_default()
    }

    fn corrections(&self) -> impl Iterator<Item = (&Fact, Vec<FactName>, &Corrected)> {
        self.facts.values().filter_map(|fact| match &fact.body {
            Body::Corrected(corrected) => {
                let chain = self.numbering(fact.name.device);
                Some((fact, corrected.of.iter().map(|of| of.name(chain)).collect(), corrected))
            }
            _ => None,
        })
    }

    /// Returns the history of a fact: itself, then every correction of it, in order.
    #[must_use]
    pub fn history(&self, name: FactName) -> Vec<&Fact> {
        let mut family = BTreeSet::from([name]);
        let mut history: Vec<&Fact> = self.get(name).into_iter().collect();
        for (fact, targets, _) in self.corrections() {
            if targets.iter().any(|target| family.contains(target)) && family.insert(fact.name) {
                history.push(fact);
            }
        }
        history
    }

    /// Returns what counts, in order, and the conflicts between corrections.
    #[must_use]
    pub fn effective(&self) -> (Vec<Effective<'_>>, Vec<Conflict>) {
        let erased: BTreeSet<FactName> = self
            .facts
            .values()
            .filter_map(|fact| match &fact.body {
                Body::Erasure(erasure) => {
                    let chain = self.numbering(fact.name.device);
                    Some(erasure.facts.iter().map(move |target| target.name(chain)))
                }
                _ => None,
            })
            .flatten()
            .collect();
        let mut root_of: BTreeMap<FactName, FactName> = BTreeMap::new();
        let mut superseded: BTreeSet<FactName> = BTreeSet::new();
        let mut leaves: BTreeMap<FactName, Vec<(&Fact, &Corrected)>> = BTreeMap::new();
        for (fact, targets, corrected) in self.corrections() {
            if erased.contains(&fact.name) {
                continue;
            }
            for target in &targets {
                let root = root_of.get(target).copied().unwrap_or(*target);
                root_of.insert(fact.name, root);
                superseded.insert(*target);
                let of_root = leaves.entry(root).or_default();
                if of_root.iter().all(|(known, _)| known.name != fact.name) {
                    of_root.push((fact, corrected));
                }
            }
        }
        let mut conflicts = Vec::new();
        let mut effective = Vec::with_capacity(self.facts.len());
        for fact in self.facts.values() {
            if erased.contains(&fact.name) || matches!(fact.body, Body::Corrected(_) | Body::Erased) {
                continue;
            }
            let Some(corrections) = leaves.get(&fact.name) else {
                effective.push(Effective {
                    fact,
                    body: Cow::Borrowed(&fact.body),
                    device: self.numbering(fact.name.device),
                });
                continue;
            };
            let live: Vec<_> = corrections.iter().filter(|(leaf, _)| !superseded.contains(&leaf.name)).collect();
            if live.len() > 1 {
                let candidates = live.iter().map(|(leaf, _)| leaf.name).collect();
                conflicts.push(Conflict { fact: fact.name, candidates });
            }
            if let Some((leaf, corrected)) = live.first()
                && let Some(body) = replacement(corrected)
            {
                effective.push(Effective { fact, body: Cow::Owned(body), device: self.numbering(leaf.name.device) });
            }
        }
        (effective, conflicts)
    }
}

/// Returns the body that a correction puts in place; none when it withdraws, or when it cannot be read.
#[must_use]
pub fn replacement(corrected: &Corrected) -> Option<Body> {
    let (kind, bytes) = (corrected.kind?, corrected.body.as_ref()?);
    Body::from_cbor(kind, false, bytes).ok()
}
