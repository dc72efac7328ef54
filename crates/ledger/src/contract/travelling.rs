//! Travelling: signed heads, the outbox, what waits behind a hole, forks.

use super::Factory;
use super::pen::{Pen, Writer, append, whole};
use crate::append::{Append, Appended, NewFact, Origin};
use crate::chain::Head;
use crate::store::{Fork, Outgoing, Store, Stuck, Waiting, Within};
use crate::sync::Code;
use perron_domain::name::{DeviceId, Scope};
use perron_domain::time::Wall;

/// No signed head is replaced by a later one, nor by one of another branch.
pub async fn every_signed_head_is_kept(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..6);
    let mut copy = pen.clone();
    for (from, to) in [(1, 2), (3, 4), (5, 6), (5, 6)] {
        let _ = append(&store, pen.stretch(from, to)).await;
    }
    copy.written.truncate(3);
    copy.write(99);
    store.keep_signed(copy.signed_at(4)).await.expect("the store works");
    store.keep_signed(copy.signed_at(4)).await.expect("the store works");
    let store = f.reopen(store).await;
    let found = store.signed(pen.chain, 0, 99).await.expect("the store works");
    let numbers: Vec<u32> = found.iter().map(|signed| signed.head.number).collect();
    assert_eq!(numbers, vec![2, 4, 4, 6]);
    for signed in [pen.signed_at(2), pen.signed_at(4), pen.signed_at(6), copy.signed_at(4)] {
        assert!(found.contains(&signed));
    }
    let later = store.signed(pen.chain, 5, 99).await.expect("the store works");
    assert_eq!(later, vec![pen.signed_at(6)]);
    assert_eq!(store.signed(pen.chain, 0, 1).await, Ok(vec![pen.signed_at(2)]));
}

/// What came from elsewhere is nobody's to push.
pub async fn only_what_was_written_here_is_in_the_outbox(f: &impl Factory) {
    let store = f.fresh().await;
    let (mut mine, mut theirs) = (Writer::new(3).pen(Scope::round(1)), Writer::new(4).pen(Scope::round(1)));
    mine.write_all(0..3);
    theirs.write_all(0..3);
    let _ = append(&store, theirs.stretch(1, 3)).await;
    assert_eq!(store.outbox().await, Ok(Vec::new()));
    let _ = append(&store, mine.own()).await;
    let expected = Outgoing { chain: mine.chain, head: mine.head(), acknowledged: 0, stuck: None };
    assert_eq!(expected.waiting(), 3);
    let store = f.reopen(store).await;
    assert_eq!(store.outbox().await, Ok(vec![expected]));
}

/// After a restore the hub may have less than it acknowledged: the number may go down.
pub async fn an_acknowledgement_may_go_down_but_not_beyond_the_head(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..5);
    let _ = append(&store, pen.own()).await;
    for (said, kept) in [(3, 3), (5, 5), (2, 2), (99, 5), (0, 0)] {
        assert_eq!(store.acknowledge(pen.chain, said).await, Ok(true));
        let outbox = store.outbox().await.expect("the store works");
        assert_eq!(outbox.first().map(|outgoing| outgoing.acknowledged), Some(kept));
    }
    let _ = store.acknowledge(pen.chain, 5).await;
    let fact = pen.write(5);
    let next = Append { after: pen.head_at(5), facts: vec![fact], ..pen.own() };
    let _ = append(&store, next).await;
    assert_eq!(store.outbox().await.map(|all| all.first().map(Outgoing::waiting)), Ok(Some(1)));
}

/// Why a chain is stuck is kept with it, until it gets through.
pub async fn what_is_stuck_says_why_until_it_gets_through(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..2);
    let _ = append(&store, pen.own()).await;
    let stuck = Stuck { why: Code::ScopeNotAllowed, number: 1, since: Wall(77) };
    assert_eq!(store.set_stuck(pen.chain, Some(stuck)).await, Ok(true));
    let store = f.reopen(store).await;
    let why = async || store.outbox().await.expect("the store works").first().and_then(|outgoing| outgoing.stuck);
    assert_eq!(why().await, Some(stuck));
    let _ = store.set_stuck(pen.chain, None).await;
    assert_eq!(why().await, None);
    let _ = store.set_stuck(pen.chain, Some(stuck)).await;
    let _ = store.acknowledge(pen.chain, 2).await;
    assert_eq!(why().await, None);
}

/// A batch behind a hole is kept as it came, once, and is not part of the chain.
pub async fn a_batch_behind_a_hole_waits_byte_for_byte(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..9);
    let waiting = |from: u32, to: u32| {
        let stretch = pen.stretch(from, to);
        let mut facts: Vec<_> = stretch.facts.into_iter().map(|fact| (fact.leaf, fact.bytes)).collect();
        if let Some(first) = facts.first_mut() {
            first.1 = None;
        }
        Waiting { chain: pen.chain, from, facts, ahead: vec![], signed: pen.signed_at(to) }
    };
    for batch in [waiting(7, 9), waiting(4, 5), waiting(7, 9)] {
        store.hold(batch).await.expect("the store works");
    }
    let store = f.reopen(store).await;
    assert_eq!(store.held(pen.chain).await, Ok(vec![waiting(4, 5), waiting(7, 9)]));
    assert_eq!(whole(&store, pen.chain).await, Vec::new());
    assert_eq!(store.last_arrival().await, Ok(0));
    store.drop_held(pen.chain, 4, pen.head_at(5).hash).await.expect("the store works");
    assert_eq!(store.held(pen.chain).await, Ok(vec![waiting(7, 9)]));
}

/// A fork is known by the number its branch is kept under.
pub async fn forks_are_kept_and_brought_up_to_date(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..6);
    let fork = Fork { chain: pen.chain, at: 4, branch: pen.signed_at(5), kept_as: DeviceId(12), within: None };
    let within = Some(Within { device: DeviceId(12), at: 3 });
    let other = Fork { kept_as: DeviceId(13), at: 2, within, ..fork };
    for each in [other, fork, Fork { branch: pen.signed_at(6), ..fork }] {
        store.keep_fork(each).await.expect("the store works");
    }
    let store = f.reopen(store).await;
    assert_eq!(store.forks(Scope::round(1)).await, Ok(vec![Fork { branch: pen.signed_at(6), ..fork }, other]));
    assert_eq!(store.forks(Scope::round(2)).await, Ok(Vec::new()));
}

/// Writes a branch of `old` from `at` on again under device 12, behind the fact that names the fork.
fn moved(old: &Pen, at: u32) -> (Pen, Append) {
    let mut new = Writer { key: old.writer.key.clone(), ..Writer::new(12) }.pen(old.chain.scope);
    new.write(1000);
    new.written.extend(old.written.iter().skip(at as usize - 1).cloned());
    let append = Append { origin: Origin::Here, signed: None, ..new.own() };
    (new, append)
}

/// Moving a branch leaves the shared beginning under the old name, and the rest under the new one.
pub async fn a_branch_moves_under_its_new_number_in_one_step(f: &impl Factory) {
    let store = f.fresh().await;
    let mut old = Writer::new(3).pen(Scope::round(1));
    old.write_all(0..6);
    let _ = append(&store, old.own()).await;
    let _ = store.acknowledge(old.chain, 5).await;
    store.keep_signed(old.signed_at(2)).await.expect("the store works");
    store.keep_signed(old.signed_at(5)).await.expect("the store works");
    let (new, move_there) = moved(&old, 4);
    let answer = store.rehome(old.chain, 4, move_there).await.expect("the store works");
    assert!(matches!(answer, Appended::Stored { first_new: 1, .. }), "{answer:?}");
    let store = f.reopen(store).await;
    assert_eq!(store.head(old.chain).await, Ok(Some(old.head_at(3))));
    assert_eq!(store.head(new.chain).await, Ok(Some(new.head())));
    let bytes: Vec<_> = whole(&store, new.chain).await.into_iter().map(|record| record.bytes).collect();
    let expected: Vec<_> = new.written.iter().map(|fact| fact.bytes.clone()).collect();
    assert_eq!(bytes, expected);
    assert_eq!(store.signed(old.chain, 0, 9).await, Ok(vec![old.signed_at(2)]));
    let outbox = store.outbox().await.expect("the store works");
    let waiting: Vec<_> = outbox.iter().map(|outgoing| (outgoing.chain, outgoing.waiting())).collect();
    assert_eq!(waiting, vec![(new.chain, 4)]);
    let there = store.arrivals(Scope::round(1), 0, 99).await.expect("the store works");
    assert_eq!(there.len(), 3 + 4);
    let mut first_branch = old.clone();
    first_branch.written.truncate(3);
    first_branch.write_all(50..53);
    let answer = append(&store, first_branch.stretch(1, 6)).await;
    assert!(matches!(answer, Appended::Stored { first_new: 4, .. }), "the first branch takes its name: {answer:?}");
}

/// A move that would drop a fact is refused whole.
pub async fn a_branch_does_not_move_when_a_fact_would_be_lost(f: &impl Factory) {
    let store = f.fresh().await;
    let mut old = Writer::new(3).pen(Scope::round(1));
    old.write_all(0..6);
    let _ = append(&store, old.own()).await;
    let (new, all) = moved(&old, 4);
    let mut short = all.clone();
    short.facts.pop();
    let mut other = all.clone();
    other.facts.splice(2..3, [NewFact::new(vec![0])]);
    for wrong in [short, other, Append { facts: vec![], ..all }] {
        let answer = store.rehome(old.chain, 4, wrong).await.expect("the store works");
        assert!(matches!(answer, Appended::Different { at: 4, .. }), "{answer:?}");
    }
    assert_eq!(store.head(old.chain).await, Ok(Some(old.head())));
    assert_eq!(store.head(new.chain).await, Ok(None));
    assert_eq!(store.last_arrival().await, Ok(6));
}

/// When the branch was pulled from the hub before it is moved, the move only leaves the old name.
pub async fn a_branch_that_is_already_there_still_leaves_its_old_name(f: &impl Factory) {
    let store = f.fresh().await;
    let mut old = Writer::new(3).pen(Scope::round(1));
    old.write_all(0..3);
    let _ = append(&store, old.own()).await;
    let (new, all) = moved(&old, 1);
    let _ = append(&store, Append { origin: Origin::Elsewhere, ..all.clone() }).await;
    let answer = store.rehome(old.chain, 1, all).await.expect("the store works");
    assert_eq!(answer, Appended::Identical { head: new.head() });
    assert_eq!(store.head(old.chain).await, Ok(None::<Head>));
    let outbox = store.outbox().await.expect("the store works");
    assert_eq!(outbox.iter().map(|outgoing| outgoing.chain).collect::<Vec<_>>(), vec![new.chain]);
}

/// A chain that ends before the fork already keeps what it has, and is not written here any more.
pub async fn a_move_finds_the_old_name_already_left(f: &impl Factory) {
    let store = f.fresh().await;
    let mut old = Writer::new(3).pen(Scope::round(1));
    old.write_all(0..6);
    let (new, all) = moved(&old, 6);
    old.written.truncate(2);
    let _ = append(&store, old.own()).await;
    let answer = store.rehome(old.chain, 6, all).await.expect("the store works");
    assert_eq!(answer, Appended::Stored { head: new.head(), first_new: 1, first_arrival: 3 });
    assert_eq!(store.head(old.chain).await, Ok(Some(old.head())));
    assert_eq!(whole(&store, old.chain).await.len(), 2);
    let outbox = store.outbox().await.expect("the store works");
    assert_eq!(outbox.iter().map(|outgoing| outgoing.chain).collect::<Vec<_>>(), vec![new.chain]);
}
