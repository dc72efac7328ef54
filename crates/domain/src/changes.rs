//! What the relay changed of a round after it was published: what a team must hear before it goes on.

use crate::fact::{Body, Fact, RoundPlanned};
use crate::name::FactName;
use crate::state::RoundState;
use crate::time::Wall;

/// What changed since a release.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Changes {
    /// The last release, with its hour; none where the round was never changed.
    pub last: Option<(FactName, Wall)>,
    /// Who was added, or put back, by dossier.
    pub added: Vec<FactName>,
    /// Who was taken out, by dossier.
    pub out: Vec<FactName>,
    /// Addresses whose hours or name changed.
    pub hours: Vec<FactName>,
    /// Whether the order of the addresses changed.
    pub order: bool,
    /// Whether the round's day, name, team, place or hour of departure changed.
    pub frame: bool,
    /// Whether other nurses go.
    pub nurses: bool,
    /// Whether other doses are to be taken.
    pub lots: bool,
}

impl Changes {
    /// Says whether nothing changed that a team must hear.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let lists = [&self.added, &self.out, &self.hours];
        lists.iter().all(|list| list.is_empty()) && !(self.order || self.frame || self.nurses || self.lots)
    }
}

/// Returns what the relay changed since the release `read`; since the first one where none is named.
#[must_use]
pub fn since(round: &RoundState, read: Option<FactName>) -> Changes {
    let known = read.filter(|name| round.releases.iter().any(|one| one.name == *name));
    let read = known.or_else(|| round.releases.first().map(|one| one.name));
    let Some(read) = read.and_then(|name| round.log().get(name)) else { return Changes::default() };
    let later = |fact: &&Fact| (fact.hlc, fact.name) > (read.hlc, read.name) && fact.name.device.is_hub();
    let last = round.releases.last().filter(|one| one.name != read.name).map(|one| (one.name, one.at));
    let mut changes = Changes { last, ..Changes::default() };
    for fact in round.log().iter().filter(later) {
        let reading = round.log().reading(fact.name);
        match &fact.body {
            Body::DossierAdded(_) if round.people.contains_key(&fact.name) => changes.added.push(fact.name),
            Body::PersonTakenOut(out) => {
                let dossier = out.person.name(reading);
                if round.taken_out.contains_key(&dossier) && !changes.out.contains(&dossier) {
                    changes.out.push(dossier);
                }
            }
            Body::StopsOrdered(_) => changes.order = true,
            Body::Corrected(corrected) => {
                for of in corrected.of.iter().filter_map(|of| round.log().get(of.name(reading))) {
                    match &of.body {
                        Body::StopPlanned(_) => changes.hours.push(of.name),
                        Body::PersonTakenOut(out) => {
                            let dossier = out.person.name(round.log().reading(of.name));
                            if round.people.contains_key(&dossier) && !changes.added.contains(&dossier) {
                                changes.added.push(dossier);
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    let before = round.log().iter().filter(|fact| (fact.hlc, fact.name) <= (read.hlc, read.name));
    let mut before = before.filter_map(|fact| match &fact.body {
        Body::RoundPlanned(plan) => Some(plan),
        _ => None,
    });
    if let (Some(before), Some(now)) = (before.next_back(), &round.plan) {
        changes.nurses = before.nurses != now.nurses;
        changes.lots = before.lots != now.lots;
        let frame = |plan: &RoundPlanned| RoundPlanned { nurses: Vec::new(), lots: Vec::new(), ..plan.clone() };
        changes.frame = frame(before) != frame(now);
    }
    // Whoever was added or taken out moves the others: that is no other order of its own.
    changes.order &= changes.added.is_empty() && changes.out.is_empty();
    changes
}
