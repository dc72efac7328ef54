//! Appending: stored, identical, or refused; never a silent success, never half a batch.

use super::pen::{Writer, append, whole};
use super::{Factory, both};
use crate::append::{Append, Appended};
use crate::chain::{Head, verify_chain};
use crate::store::Store;
use perron_domain::name::Scope;

/// A fact that was appended is read back with exactly its bytes, its leaf, its head and its time of receipt.
pub async fn a_saved_fact_is_there_byte_for_byte(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    let fact = pen.write(42);
    let answer = append(&store, pen.own()).await;
    assert_eq!(answer, Appended::Stored { head: pen.head(), first_new: 1, first_arrival: 1 });
    let found = whole(&store, pen.chain).await;
    let record = found.first().expect("one fact");
    assert_eq!(found.len(), 1);
    assert_eq!(record.bytes, fact.bytes);
    assert_eq!((record.leaf, record.head), (fact.leaf, pen.head().hash));
    assert_eq!((record.place, record.arrival), (pen.chain.at(1), 1));
    assert_eq!((record.received, record.quarantine), (pen.own().received, None));
}

/// What was answered as stored is there after the program was killed.
pub async fn a_saved_fact_is_there_after_the_program_was_killed(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..5);
    let _ = append(&store, pen.own()).await;
    let before = whole(&store, pen.chain).await;
    let store = f.reopen(store).await;
    assert_eq!(whole(&store, pen.chain).await, before);
    assert_eq!(store.head(pen.chain).await, Ok(Some(pen.head())));
    let fact = pen.write(5);
    let next = Append { after: pen.head_at(5), facts: vec![fact], ..pen.own() };
    assert_eq!(append(&store, next).await, Appended::Stored { head: pen.head(), first_new: 6, first_arrival: 6 });
}

/// The same append again changes nothing and says so.
pub async fn saving_the_same_fact_again_says_identical_and_changes_nothing(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..3);
    let _ = append(&store, pen.stretch(1, 3)).await;
    let before = whole(&store, pen.chain).await;
    for (from, to) in [(1, 3), (1, 2), (2, 3), (3, 3)] {
        assert_eq!(append(&store, pen.stretch(from, to)).await, Appended::Identical { head: pen.head() });
    }
    assert_eq!(whole(&store, pen.chain).await, before);
    assert_eq!(store.last_arrival().await, Ok(3));
}

/// A number that is taken is never written over.
pub async fn another_fact_at_a_taken_number_is_refused_and_the_first_stays(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write(1);
    let mut copy = pen.clone();
    let (first, _) = (pen.write(2), copy.write(3));
    let _ = append(&store, pen.stretch(1, 2)).await;
    let refused = Appended::Different { at: 2, head: pen.head() };
    assert_eq!(append(&store, copy.stretch(1, 2)).await, refused);
    assert_eq!(append(&store, copy.stretch(2, 2)).await, refused);
    let found = whole(&store, pen.chain).await;
    assert_eq!(found.get(1).map(|record| record.bytes.clone()), Some(first.bytes));
    assert_eq!(store.signed(pen.chain, 1, 9).await.map(|heads| heads.len()), Ok(1), "the refused head is not kept");
}

/// A stretch that does not join the end is refused, and the answer says where the chain ends.
pub async fn a_fact_behind_a_hole_is_refused(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..5);
    assert_eq!(append(&store, pen.stretch(3, 5)).await, Appended::Hole { head: None });
    let _ = append(&store, pen.stretch(1, 2)).await;
    assert_eq!(append(&store, pen.stretch(4, 5)).await, Appended::Hole { head: Some(pen.head_at(2)) });
    assert_eq!(whole(&store, pen.chain).await.len(), 2);
    assert_eq!(store.last_arrival().await, Ok(2));
}

/// Of a stretch that begins inside what is known, only the end is new.
pub async fn a_batch_that_overlaps_adds_only_what_is_new(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..9);
    let _ = append(&store, pen.stretch(1, 6)).await;
    let answer = append(&store, pen.stretch(4, 9)).await;
    assert_eq!(answer, Appended::Stored { head: pen.head(), first_new: 7, first_arrival: 7 });
    assert_eq!(whole(&store, pen.chain).await.len(), 9);
}

/// A batch is stored whole or not at all.
pub async fn a_batch_that_differs_at_its_end_adds_nothing(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..3);
    let mut copy = pen.clone();
    pen.write(3);
    copy.write_all(10..14);
    let _ = append(&store, pen.stretch(1, 4)).await;
    assert_eq!(append(&store, copy.stretch(2, 7)).await, Appended::Different { at: 4, head: pen.head() });
    assert_eq!(whole(&store, pen.chain).await.len(), 4);
    assert_eq!(store.head(pen.chain).await, Ok(Some(pen.head())));
}

/// The expected head is compared, not only the number: a stolen lock does not let a second writer in.
pub async fn a_batch_after_another_head_is_refused(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..2);
    let mut copy = pen.clone();
    pen.write(2);
    copy.write_all([12, 13]);
    let _ = append(&store, pen.stretch(1, 3)).await;
    assert_eq!(append(&store, copy.stretch(4, 4)).await, Appended::Different { at: 3, head: pen.head() });
    assert_eq!(whole(&store, pen.chain).await.len(), 3);
}

/// A chain begins with its relay, device and key; the same numbers under another key are another chain.
pub async fn a_chain_of_another_key_is_refused(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write(0);
    let _ = append(&store, pen.own()).await;
    let other = Writer { device: pen.chain.device, ..Writer::new(4) };
    let mut forged = other.pen(Scope::round(1));
    forged.write(0);
    assert_eq!(append(&store, forged.own()).await, Appended::Different { at: 0, head: pen.head() });
}

/// Two writers that expect the same head: one is stored, the other is told.
pub async fn of_two_writers_at_once_one_is_refused(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write(0);
    let _ = append(&store, pen.own()).await;
    let mut copy = pen.clone();
    pen.write(1);
    copy.write(2);
    let (one, two) = both(append(&store, pen.stretch(2, 2)), append(&store, copy.stretch(2, 2))).await;
    let (stored, refused): (Vec<_>, Vec<_>) =
        [one, two].into_iter().partition(|answer| matches!(answer, Appended::Stored { .. }));
    assert_eq!((stored.len(), refused.len()), (1, 1), "{one:?} {two:?}");
    assert!(matches!(refused.first(), Some(Appended::Different { at: 2, .. })), "{refused:?}");
    assert_eq!(whole(&store, pen.chain).await.len(), 2);
}

/// Two devices at once do not disturb each other, and arrivals stay without a gap.
pub async fn two_writers_of_different_chains_both_succeed(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pens = [Writer::new(3).pen(Scope::round(1)), Writer::new(4).pen(Scope::round(1))];
    for pen in &mut pens {
        pen.write_all(0..10);
    }
    let [a, b] = &pens;
    let (one, two) = both(append(&store, a.stretch(1, 10)), append(&store, b.stretch(1, 10))).await;
    assert!(matches!((one, two), (Appended::Stored { .. }, Appended::Stored { .. })), "{one:?} {two:?}");
    let arrivals = store.arrivals(Scope::round(1), 0, 99).await.expect("the store works");
    let numbers: Vec<u64> = arrivals.iter().map(|record| record.arrival).collect();
    assert_eq!(numbers, (1..=20).collect::<Vec<u64>>());
}

/// A whole round arrives in one append.
pub async fn a_batch_of_350_facts_is_stored_whole(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..350);
    let answer = append(&store, pen.stretch(1, 350)).await;
    assert_eq!(answer, Appended::Stored { head: pen.head(), first_new: 1, first_arrival: 1 });
    assert_eq!(whole(&store, pen.chain).await.len(), 350);
}

/// What is read back leads from the chain's start to its head.
pub async fn a_stored_chain_verifies_against_its_head(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..20);
    let _ = append(&store, pen.stretch(1, 20)).await;
    let found = whole(&store, pen.chain).await;
    let entries = found.iter().map(|record| (record.leaf, record.bytes.as_deref()));
    let head = store.head(pen.chain).await.expect("the store works").expect("a head");
    assert_eq!(verify_chain(pen.start, entries, head), Ok(()));
}

/// The head is known at the start, at every fact, and nowhere else.
pub async fn heads_are_known_at_every_number(f: &impl Factory) {
    let store = f.fresh().await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(0..4);
    let _ = append(&store, pen.stretch(1, 4)).await;
    for number in 0..=4 {
        let expected: Head = pen.head_at(number);
        assert_eq!(store.head_at(pen.chain, number).await, Ok(Some(expected)));
    }
    assert_eq!(store.head_at(pen.chain, 5).await, Ok(None));
}
