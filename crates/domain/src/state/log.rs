//! The ordered set of facts of one scope, and what counts of it once corrections are taken into account.
//!
//! Order comes from the hybrid logical clock, then from the name, never from arrival: whoever holds the same facts
//! reads them in the same order. A view that only ever steps forward in this order is the same on every device.

use super::judge::{Ignored, NotCounted, judge};
use crate::depth;
use crate::fact::{Body, Corrected, Fact, QuarantineDecided};
use crate::name::{DeviceId, FactName, Numbering, Rename};
use crate::order::gather;
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
    pub device: Numbering<'a>,
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
    /// Chains that keep the branch of a fork: the chain that it parted from, and where.
    forks: BTreeMap<DeviceId, (DeviceId, u32)>,
    /// How each of them came by its name.
    lines: BTreeMap<DeviceId, Vec<Rename>>,
    /// Where a writer learned what its chain is called now.
    taken: BTreeMap<DeviceId, BTreeMap<u32, DeviceId>>,
    /// The facts of unknown kinds that must be understood, each with its kind: asked for before each step.
    unknown: BTreeMap<FactName, u16>,
    /// Everything that a correction names, so that what arrives after its correction is noticed at once.
    corrected: BTreeSet<FactName>,
    /// Corrections that their writers might not make, or that put nothing readable in place; as of the last
    /// [`Log::judge`].
    ignored: BTreeMap<FactName, Ignored>,
}

/// A correction with what it names.
pub(super) type Correction<'a> = (&'a Fact, Vec<FactName>, &'a Corrected);

impl Log {
    /// Puts a fact in. A fact whose bytes were erased takes the place of the readable one.
    ///
    /// After [`Change::Rebuild`], and once all facts that came together are in, [`Log::judge`] says anew which corrections
    /// count: it looks at each of them, so that judging after every single one would cost the square of their number.
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
            self.unknown.remove(&fact.name);
            return Change::Rebuild;
        }
        let last = self.facts.last_key_value().is_none_or(|(last, _)| *last < key);
        // Nobody but who opens a chain says that it keeps a branch.
        if let Body::ChainForked(forked) = &fact.body
            && fact.name.number == 1
        {
            self.forks.insert(fact.name.device, (forked.old_device, forked.fork_number));
            self.lines = gather(self.forks.keys().map(|device| (*device, line(&self.forks, *device))));
        }
        if let Body::ChainTaken(taken) = &fact.body {
            self.taken.entry(fact.name.device).or_default().insert(fact.name.number, taken.device);
        }
        if let Body::Unknown { kind, must_understand: true } = fact.body {
            self.unknown.insert(fact.name, kind);
        }
        let touches_others =
            matches!(fact.body, Body::Corrected(_) | Body::Erasure(_) | Body::ChainForked(_) | Body::ChainTaken(_));
        // A correction may have arrived before what it corrects.
        let awaited = self.corrected.contains(&fact.name);
        let renames = matches!(fact.body, Body::ChainForked(_) | Body::ChainTaken(_));
        if let Body::Corrected(corrected) = &fact.body {
            let chain = self.reading(fact.name);
            let named: Vec<FactName> = corrected.of.iter().map(|of| of.name(chain)).collect();
            self.corrected.extend(named);
        }
        self.names.insert(fact.name, key);
        self.facts.insert(key, fact);
        if renames {
            // What the corrections name may be called otherwise now.
            self.corrected = gather(self.corrections().flat_map(|(_, targets, _)| targets));
        }
        if last && !touches_others && !awaited { Change::Appended } else { Change::Rebuild }
    }

    /// Says anew which corrections count.
    pub fn judge(&mut self) {
        self.ignored = ignored(self);
    }

    /// Returns how the references of the next fact of a chain are to be written.
    #[must_use]
    pub fn numbering(&self, device: DeviceId) -> Numbering<'_> {
        self.reading(FactName::new(device, u32::MAX))
    }

    /// Returns how the references of the fact of that name are to be read.
    #[must_use]
    pub fn reading(&self, name: FactName) -> Numbering<'_> {
        let line = self.lines.get(&name.device).map_or(&[][..], Vec::as_slice);
        let known = if line.is_empty() { 0 } else { self.known_at(name, line) };
        Numbering { device: name.device, line, known }
    }

    /// Returns where the fact of that name may stand: there, or in a branch that parted before it.
    #[must_use]
    pub fn places(&self, name: FactName) -> Vec<FactName> {
        let branches = self.forks.iter().filter(|(_, (old, at))| *old == name.device && *at <= name.number);
        let moved = |number: u32, at: u32| (number - at).saturating_add(2);
        std::iter::once(name)
            .chain(branches.map(|(new, (_, at))| FactName::new(*new, moved(name.number, *at))))
            .collect()
    }

    /// Returns how many renamings of its chain the writer of a fact knew of.
    fn known_at(&self, mut name: FactName, line: &[Rename]) -> usize {
        for depth in (0..=line.len()).rev() {
            let taken = self.taken.get(&name.device).and_then(|taken| taken.range(..name.number).next_back());
            if let Some((_, called)) = taken {
                return line.iter().position(|rename| rename.new == *called).map_or(0, |place| place + 1);
            }
            // What stands before the branch parted is the beginning that it shares with the chain it parted from.
            let Some(rename) = depth.checked_sub(1).and_then(|last| line.get(last)) else { break };
            name = FactName::new(rename.old, rename.at);
        }
        0
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

    /// Returns the facts of unknown kinds that must be understood, each with its kind.
    #[must_use]
    pub const fn unknown(&self) -> &BTreeMap<FactName, u16> {
        &self.unknown
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

    /// Returns the corrections that do not count, by name.
    pub fn ignored(&self) -> impl Iterator<Item = &Ignored> {
        self.ignored.values()
    }

    /// Returns the facts that the relay rejected, each with its last decision to do so. Only the hub decides so.
    #[must_use]
    pub fn rejected(&self) -> BTreeMap<FactName, &QuarantineDecided> {
        gather(self.facts.values().filter(|fact| fact.name.device.is_hub()).filter_map(|fact| match &fact.body {
            Body::QuarantineDecided(decided) if !decided.accept => {
                Some((decided.fact.name(self.reading(fact.name)), decided))
            }
            _ => None,
        }))
    }

    /// Returns every fact that an erasure names. Only the hub erases.
    #[must_use]
    pub fn erased(&self) -> BTreeSet<FactName> {
        let erasures =
            self.facts.values().filter(|fact| fact.name.device.is_hub()).filter_map(|fact| match &fact.body {
                Body::Erasure(erasure) => {
                    let chain = self.reading(fact.name);
                    Some(erasure.facts.iter().map(move |target| target.name(chain)))
                }
                _ => None,
            });
        gather(erasures.flatten())
    }

    /// Returns the corrections that no erasure names.
    pub(super) fn standing_corrections(&self, erased: &BTreeSet<FactName>) -> Vec<Correction<'_>> {
        self.corrections().filter(|(fact, ..)| !erased.contains(&fact.name)).collect()
    }

    fn corrections(&self) -> impl Iterator<Item = Correction<'_>> {
        self.facts.values().filter_map(|fact| match &fact.body {
            Body::Corrected(corrected) => {
                let chain = self.reading(fact.name);
                Some((fact, corrected.of.iter().map(|of| of.name(chain)).collect(), corrected))
            }
            _ => None,
        })
    }

    /// Returns the history of a fact: itself, then every correction of it that counts, in order.
    #[must_use]
    pub fn history(&self, name: FactName) -> Vec<&Fact> {
        let mut history = self.family(name);
        history.retain(|fact| !self.ignored.contains_key(&fact.name));
        history
    }

    /// Returns a fact, then every correction that names it, also those that do not count, in order.
    #[must_use]
    pub fn family(&self, name: FactName) -> Vec<&Fact> {
        // A correction may stand before what it corrects, when a clock was ahead: followed by name, not in order.
        let mut corrections: BTreeMap<FactName, Vec<FactName>> = BTreeMap::new();
        for (fact, targets, _) in self.corrections() {
            for target in targets {
                corrections.entry(target).or_default().push(fact.name);
            }
        }
        let mut family = BTreeSet::new();
        let mut open = vec![name];
        while let Some(next) = open.pop() {
            open.extend(corrections.get(&next).into_iter().flatten().filter(|of_it| family.insert(**of_it)));
        }
        let itself = self.get(name).into_iter();
        let of_it = self.facts.values().filter(|fact| fact.name != name && family.contains(&fact.name));
        itself.chain(of_it).collect()
    }

    /// Returns what counts, in order, and the conflicts between corrections.
    #[must_use]
    pub fn effective(&self) -> (Vec<Effective<'_>>, Vec<Conflict>) {
        let erased = self.erased();
        let standing = self.standing_corrections(&erased);
        let roots = roots(&standing);
        let corrections = standing.into_iter().filter(|(fact, ..)| !self.ignored.contains_key(&fact.name));
        let mut superseded: BTreeSet<FactName> = BTreeSet::new();
        let mut leaves: BTreeMap<FactName, Vec<(&Fact, &Corrected)>> = BTreeMap::new();
        for (fact, targets, corrected) in corrections {
            for target in &targets {
                superseded.insert(*target);
                let of_root = leaves.entry(root(&roots, *target)).or_default();
                // All names of one correction come one after another.
                if of_root.last().is_none_or(|(known, _)| known.name != fact.name) {
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
                effective.push(Effective { fact, body: Cow::Borrowed(&fact.body), device: self.reading(fact.name) });
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
                effective.push(Effective { fact, body: Cow::Owned(body), device: self.reading(leaf.name) });
            }
        }
        (effective, conflicts)
    }
}

/// Returns how a chain came by its name, the first renaming first.
fn line(forks: &BTreeMap<DeviceId, (DeviceId, u32)>, device: DeviceId) -> Vec<Rename> {
    let mut line = Vec::new();
    let mut new = device;
    while let Some((old, at)) = forks.get(&new).copied() {
        // Nothing but a forged fact leads back to itself.
        if line.len() > forks.len() {
            break;
        }
        line.push(Rename { old, at, new });
        new = old;
    }
    line.reverse();
    line
}

/// Returns the corrections of a log that do not count, by name; those of erased facts are gone and not among them.
fn ignored(log: &Log) -> BTreeMap<FactName, Ignored> {
    let erased = log.erased();
    let corrections = log.standing_corrections(&erased);
    let roots = roots(&corrections);
    let judged = corrections.iter().filter_map(|(fact, targets, corrected)| {
        // Read once, however many facts it names.
        let readable = corrected.kind.is_none() || replacement(corrected).is_some();
        let not_counted = |target: &FactName| {
            let of = root(&roots, *target);
            let root = log.get(of).filter(|root| !erased.contains(&of) && !matches!(root.body, Body::Erased))?;
            let (kind, device) = (root.body.kind(), fact.name.device);
            let why = judge(kind, target.device, corrected.kind, device)
                .and_then(|()| judge(kind, of.device, corrected.kind, device))
                .and(if readable { Ok(()) } else { Err(NotCounted::Unreadable) })
                .err()?;
            Some(Ignored { correction: fact.name, of, kind, becomes: corrected.kind, why })
        };
        Some((fact.name, targets.iter().find_map(not_counted)?))
    });
    gather(judged)
}

/// Returns, for every correction, the fact that it is about in the end, through corrections of corrections in whatever order
/// they stand. Corrections that name each other in a circle end somewhere in it.
pub(super) fn roots(corrections: &[Correction<'_>]) -> BTreeMap<FactName, FactName> {
    let first: BTreeMap<FactName, FactName> =
        gather(corrections.iter().filter_map(|(fact, targets, _)| Some((fact.name, *targets.first()?))));
    let mut roots = BTreeMap::new();
    for name in first.keys() {
        // Each name is walked through once, however long the chains are.
        let mut way = Vec::new();
        let mut on_the_way = BTreeSet::new();
        let mut at = *name;
        while let Some(next) = first.get(&at).filter(|_| !roots.contains_key(&at) && on_the_way.insert(at)) {
            way.push(at);
            at = *next;
        }
        let end = root(&roots, at);
        roots.extend(way.into_iter().map(|one| (one, end)));
    }
    roots
}

/// Returns the fact that a name is about in the end.
pub(super) fn root(roots: &BTreeMap<FactName, FactName>, name: FactName) -> FactName {
    roots.get(&name).copied().unwrap_or(name)
}

/// Returns the body that a correction puts in place; none when it withdraws, or when it cannot be read.
#[must_use]
pub fn replacement(corrected: &Corrected) -> Option<Body> {
    let (kind, bytes) = (corrected.kind?, corrected.body.as_ref()?);
    depth::check(bytes, depth::BODY).ok()?;
    Body::from_cbor(kind, false, bytes).ok()
}
