//! What must hold once a story is healed.

use super::story::Story;
use crate::at_once;
use crate::disk::{Disk, told};
use perron_domain::fact::Body;
use perron_domain::lot::LotId;
use perron_domain::name::Scope;
use perron_domain::state::{Common, Round, RoundState, State, View};
use perron_ledger::{Chain, Hash, Head, Store, written};
use perron_tablet::keeper::readable;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

/// Returns everything that does not hold.
pub fn all(story: &Story) -> Vec<String> {
    let mut wrong = Vec::new();
    for scope in story.scopes() {
        wrong.extend(same_chains(story, scope));
        if scope == Scope::COMMON {
            wrong.extend(same_fold::<Common>(story, scope));
        } else {
            wrong.extend(same_fold::<Round>(story, scope));
            wrong.extend(balances(&story.hub.disk, scope));
        }
    }
    wrong.extend(nothing_twice(story));
    wrong.extend(nothing_lost(story));
    wrong.extend(nothing_erased_is_back(story));
    wrong
}

/// The disks of those who hold a scope: the hub first, then the tablets that were given it.
fn holders(story: &Story, scope: Scope) -> Vec<(String, Disk)> {
    let tablets = story
        .tablets
        .iter()
        .enumerate()
        .filter(|(_, tablet)| scope == Scope::COMMON || tablet.assigned().contains(&scope));
    let tablets = tablets.map(|(who, tablet)| (format!("t{who}"), tablet.disk.clone()));
    std::iter::once(("the hub".to_owned(), story.hub.disk.clone())).chain(tablets).collect()
}

/// Every chain is whole, verifies from its beginning, and is the same wherever its scope is held.
fn same_chains(story: &Story, scope: Scope) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut first: Option<BTreeMap<Chain, Head>> = None;
    for (who, disk) in holders(story, scope) {
        let memory = disk.memory();
        let heads: BTreeMap<Chain, Head> = at_once(memory.heads(scope)).unwrap().into_iter().collect();
        for (chain, head) in &heads {
            let facts = at_once(memory.chain(*chain, 1, u32::MAX)).unwrap();
            let numbers: Vec<u32> = facts.iter().map(|fact| fact.place.number).collect();
            if numbers != (1..=head.number).collect::<Vec<u32>>() {
                wrong.push(format!("{who}: {} has a hole: {numbers:?}", told(*chain)));
            }
            let start = at_once(memory.head_at(*chain, 0)).unwrap().unwrap();
            let entries = facts.iter().map(|fact| (fact.leaf, fact.bytes.as_deref()));
            if perron_ledger::chain::verify_chain(start, entries, *head).is_err() {
                wrong.push(format!("{who}: {} does not verify", told(*chain)));
            }
            // What a lost tablet sent last may wait for what only it had; what somebody has must have come.
            let ends = story.everybody().into_iter().filter_map(|disk| at_once(disk.memory().head(*chain)).unwrap());
            let most = ends.map(|head| head.number).max().unwrap_or(0);
            if at_once(memory.held(*chain)).unwrap().iter().any(|waiting| waiting.from <= most + 1) {
                wrong.push(format!("{who}: facts of {} wait behind a hole that somebody could fill", told(*chain)));
            }
        }
        match &first {
            None => first = Some(heads),
            Some(hub) if *hub != heads => {
                let differs = |chain: &&Chain| hub.get(chain) != heads.get(chain);
                let chains: BTreeSet<&Chain> = hub.keys().chain(heads.keys()).filter(differs).collect();
                for chain in chains {
                    let number = |heads: &BTreeMap<Chain, Head>| heads.get(chain).map_or(0, |head| head.number);
                    wrong.push(format!(
                        "{who}: {} ends at {}, at the hub at {}",
                        told(*chain),
                        number(&heads),
                        number(hub)
                    ));
                }
            }
            Some(_) => {}
        }
    }
    wrong
}

fn fold<V: View>(disk: &Disk, scope: Scope) -> State<V> {
    let records = at_once(disk.memory().arrivals(scope, 0, usize::MAX)).unwrap();
    State::of(records.iter().filter_map(readable))
}

/// Everybody who holds a scope folds it to the same, and what is on a screen is what the disk folds to.
fn same_fold<V: View + Debug>(story: &Story, scope: Scope) -> Vec<String> {
    let told = |state: &State<V>| (format!("{:?}", state.view()), format!("{:?}", state.conflicts()));
    let mut wrong = Vec::new();
    let mut first = None;
    for (who, disk) in holders(story, scope) {
        let here = told(&fold::<V>(&disk, scope));
        match &first {
            None => first = Some(here),
            Some(hub) if *hub != here => {
                wrong.push(format!("{who} folds scope {} to another state than the hub", scope.0));
            }
            Some(_) => {}
        }
    }
    for (who, tablet) in story.tablets.iter().enumerate() {
        let shown = tablet.look(scope, |round| format!("{:?}", round.view()));
        let stored = format!("{:?}", fold::<Round>(&tablet.disk, scope).view());
        if scope != Scope::COMMON && tablet.assigned().contains(&scope) && shown != stored {
            wrong.push(format!("t{who} shows another state of scope {} than it stores", scope.0));
        }
    }
    wrong
}

/// Taken + extra drawn = given + ceded + wasted + returned + left, per lot, with doses counted from the facts themselves.
fn balances(disk: &Disk, scope: Scope) -> Vec<String> {
    let round: RoundState = fold(disk, scope);
    let mut wrong = Vec::new();
    let balances = round.lot_balances();
    for (lot, balance) in &balances {
        if !balance.holds() {
            wrong.push(format!("round {scope:?}: the balance of {lot:?} does not hold: {balance:?}"));
        }
    }
    let (mut given, mut taken) = (BTreeMap::<LotId, i32>::new(), BTreeMap::<LotId, i32>::new());
    for fact in round.log().effective().0 {
        match &*fact.body {
            Body::DoseGiven(dose) => {
                *given.entry(LotId::new(&dose.product, &dose.lot)).or_default() += 1;
            }
            Body::DosesLoaded(load) => {
                *taken.entry(LotId::new(&load.product, &load.lot)).or_default() +=
                    i32::from(load.units) * i32::from(load.doses_per_unit);
            }
            _ => {}
        }
    }
    let lots: BTreeSet<_> = given.keys().chain(taken.keys()).cloned().collect();
    for lot in lots {
        let balance = balances.get(&lot).copied().unwrap_or_default();
        let counted = (taken.get(&lot).copied().unwrap_or(0), given.get(&lot).copied().unwrap_or(0));
        if (balance.taken, balance.given) != counted {
            wrong.push(format!(
                "scope {}: of {lot:?} the facts say {counted:?} taken and given, the balance says {:?}",
                scope.0,
                (balance.taken, balance.given)
            ));
        }
    }
    wrong
}

/// No fact about a person stands at two places of the hub: it would count twice. (Without a salt, two tablets may well
/// have said the same thing in the same millisecond.)
fn nothing_twice(story: &Story) -> Vec<String> {
    let mut places = BTreeMap::new();
    let mut wrong = Vec::new();
    for record in story.hub.disk.records() {
        let salted = record.bytes.as_deref().and_then(|bytes| perron_ledger::Envelope::decode(bytes).ok()?.salt);
        if salted.is_none() {
            continue;
        }
        let scope = record.place.chain.scope;
        if let Some(first) = places.insert((scope, record.leaf), record.place) {
            let at = |place: perron_ledger::Place| format!("{} {}", told(place.chain), place.number);
            wrong.push(format!("the same fact stands as {} and as {}", at(first), at(record.place)));
        }
    }
    wrong
}

/// What was said to be kept, and that somebody still had, is at the hub.
fn nothing_lost(story: &Story) -> Vec<String> {
    let there: BTreeSet<Hash> = story.hub.disk.records().iter().map(|record| record.leaf).collect();
    let mut lost: Vec<String> = Vec::new();
    let missing: Vec<&Hash> = story.kept.iter().filter(|leaf| !there.contains(*leaf)).collect();
    for leaf in missing {
        let has = story.tablets.iter().enumerate().find_map(|(who, tablet)| {
            let record = tablet.disk.records().into_iter().find(|record| record.leaf == *leaf)?;
            let fact = written::read(record.place, record.bytes.as_deref()).ok()?;
            let place = record.place;
            Some(format!("t{who} has it as {} {}: {:?}", told(place.chain), place.number, fact.body))
        });
        lost.push(format!("kept and not at the hub: {}", has.unwrap_or_else(|| "nobody has it".to_owned())));
    }
    lost
}

/// What the relay erased is on no disk, whatever became of one of its copies.
fn nothing_erased_is_back(story: &Story) -> Vec<String> {
    let hub = story.hub.disk.records();
    let erased: BTreeSet<Hash> = hub.iter().filter(|record| record.bytes.is_none()).map(|record| record.leaf).collect();
    let mut wrong = Vec::new();
    for (who, tablet) in story.tablets.iter().enumerate() {
        let here = tablet.disk.records();
        let back = here.iter().filter(|record| record.bytes.is_some() && erased.contains(&record.leaf));
        wrong.extend(back.map(|record| {
            format!("t{who} has the bytes of {} {} that were erased", told(record.place.chain), record.place.number)
        }));
    }
    wrong
}
