//! Keeping: what is erased, what stands in quarantine, what is forgotten, and small named values.

use super::Factory;
use super::pen::{Writer, append, whole};
use crate::append::{Appended, NewFact, Quarantine};
use crate::chain::verify_chain;
use crate::store::{Cursor, Epoch, Store};
use perron_domain::name::Scope;

/// Erasing takes the bytes and nothing else.
pub async fn an_erased_fact_keeps_its_place_and_the_chain_verifies(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..5);
    let _ = append(&store, pen.stretch(1, 5)).await;
    assert_eq!(store.erase(pen.chain.at(2)).await, Ok(true));
    assert_eq!(store.erase(pen.chain.at(2)).await, Ok(false), "there is nothing left to erase");
    let store = f.reopen(store).await;
    let found = whole(&store, pen.chain).await;
    assert_eq!(found.len(), 5);
    let without: Vec<u32> =
        found.iter().filter(|record| record.bytes.is_none()).map(|record| record.place.number).collect();
    assert_eq!(without, vec![2]);
    let entries = found.iter().map(|record| (record.leaf, record.bytes.as_deref()));
    assert_eq!(verify_chain(pen.start, entries, pen.head()), Ok(()));
    assert_eq!(store.arrivals(Scope::round(1), 0, 9).await, Ok(found));
}

/// A fact whose bytes were erased elsewhere arrives as a leaf, and later facts follow it.
pub async fn a_fact_can_arrive_without_its_bytes(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..3);
    let mut batch = pen.stretch(1, 3);
    let leaf = batch.facts.get(1).expect("a fact").leaf;
    batch.facts.splice(1..2, [NewFact::erased(leaf)]);
    let answer = append(&store, batch).await;
    assert_eq!(answer, Appended::Stored { head: pen.head(), first_new: 1, first_arrival: 1 });
    let found = whole(&store, pen.chain).await;
    let bytes: Vec<bool> = found.iter().map(|record| record.bytes.is_some()).collect();
    assert_eq!(bytes, vec![true, false, true]);
}

/// A tablet that repeats an old batch does not bring erased bytes back.
pub async fn erased_bytes_do_not_come_back_with_a_repeated_batch(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..3);
    let _ = append(&store, pen.stretch(1, 3)).await;
    assert_eq!(store.erase(pen.chain.at(2)).await, Ok(true));
    assert_eq!(append(&store, pen.stretch(1, 3)).await, Appended::Identical { head: pen.head() });
    let found = whole(&store, pen.chain).await;
    assert_eq!(found.get(1).map(|record| record.bytes.is_some()), Some(false));
}

/// Quarantine marks a fact and moves nothing.
pub async fn a_fact_in_quarantine_keeps_its_place_until_it_is_let_out(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..4);
    let mut batch = pen.stretch(1, 4);
    let bad = batch.facts.get(1).expect("a fact").clone().quarantined(Quarantine::NotAllowed);
    batch.facts.splice(1..2, [bad]);
    let _ = append(&store, batch).await;
    let _ = store.set_quarantine(pen.chain.at(3), Some(Quarantine::Meaningless)).await;
    let store = f.reopen(store).await;
    let found = store.quarantined(Scope::round(1)).await.expect("the store works");
    let why: Vec<_> = found.iter().map(|record| (record.place.number, record.quarantine)).collect();
    assert_eq!(why, vec![(2, Some(Quarantine::NotAllowed)), (3, Some(Quarantine::Meaningless))]);
    assert_eq!(whole(&store, pen.chain).await.len(), 4);
    assert_eq!(store.set_quarantine(pen.chain.at(2), None).await, Ok(true));
    assert_eq!(store.quarantined(Scope::round(1)).await.map(|found| found.len()), Ok(1));
    assert_eq!(whole(&store, pen.chain).await.get(1).map(|record| record.quarantine), Some(None));
}

/// A round that a tablet no longer holds is gone from every shelf.
pub async fn a_forgotten_scope_leaves_nothing_and_others_stay(f: &impl Factory) {
    let store = f.fresh().await;
    let writer = Writer::new(3);
    let (mut one, mut two) = (writer.pen(Scope::round(1)), writer.pen(Scope::round(2)));
    one.write_all(0..3);
    two.write_all(0..3);
    let _ = append(&store, one.own()).await;
    let _ = append(&store, two.own()).await;
    store.keep_signed(one.signed_at(3)).await.expect("the store works");
    let cursor = Cursor { epoch: Epoch(5), arrival: 3 };
    store.set_cursor(Scope::round(1), cursor).await.expect("the store works");
    store.forget(Scope::round(1)).await.expect("the store works");
    let store = f.reopen(store).await;
    assert_eq!(store.scopes().await, Ok(vec![Scope::round(2)]));
    assert_eq!(store.head(one.chain).await, Ok(None));
    assert_eq!(store.signed(one.chain, 0, 9).await, Ok(Vec::new()));
    assert_eq!(store.cursor(Scope::round(1)).await, Ok(None));
    assert_eq!(store.outbox().await.map(|outbox| outbox.len()), Ok(1));
    assert_eq!(whole(&store, two.chain).await.len(), 3);
    assert_eq!(store.last_arrival().await, Ok(6), "arrival numbers are not given twice");
}

/// A named value is the last one that was set.
pub async fn named_values_are_kept_replaced_and_deleted(f: &impl Factory) {
    let store = f.fresh().await;
    store.set_named("identity", &[1, 2, 3]).await.expect("the store works");
    store.set_named("identity", &[4]).await.expect("the store works");
    store.set_named("empty", &[]).await.expect("the store works");
    let store = f.reopen(store).await;
    assert_eq!(store.named("identity").await, Ok(Some(vec![4])));
    assert_eq!(store.named("empty").await, Ok(Some(Vec::new())));
    assert_eq!(store.delete_named("identity").await, Ok(true));
    assert_eq!(store.delete_named("identity").await, Ok(false));
    assert_eq!(store.named("identity").await, Ok(None));
}

/// All forms half filled are found by the beginning of their names.
pub async fn named_values_are_found_by_prefix(f: &impl Factory) {
    let store = f.fresh().await;
    for name in ["draft/b", "draft/a", "drafts", "epoch", "draft/é", "draft%"] {
        store.set_named(name, &[1]).await.expect("the store works");
    }
    let names = |found: &[&str]| Ok(found.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(store.names("draft/").await, names(&["draft/a", "draft/b", "draft/é"]));
    assert_eq!(store.names("draft%").await, names(&["draft%"]));
    assert_eq!(store.names("").await.map(|found| found.len()), Ok(6));
    assert_eq!(store.names("z").await, names(&[]));
}

/// A cursor is kept per scope, with the epoch it is valid in.
pub async fn each_scope_has_its_own_cursor(f: &impl Factory) {
    let store = f.fresh().await;
    let (one, two) = (Cursor { epoch: Epoch(u64::MAX), arrival: 10 }, Cursor { epoch: Epoch(7), arrival: 0 });
    store.set_cursor(Scope::COMMON, one).await.expect("the store works");
    store.set_cursor(Scope::round(1), one).await.expect("the store works");
    store.set_cursor(Scope::round(1), two).await.expect("the store works");
    let store = f.reopen(store).await;
    assert_eq!(store.cursor(Scope::COMMON).await, Ok(Some(one)));
    assert_eq!(store.cursor(Scope::round(1)).await, Ok(Some(two)));
    assert_eq!(store.cursor(Scope::round(2)).await, Ok(None));
}
