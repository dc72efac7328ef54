//! A pair that answers before its log has been read says nothing that it must take back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use futures::executor::block_on;
use perron_domain::name::Scope;
use perron_ledger::contract::{Bound, Pen, Writer};
use perron_ledger::operation::Operation;
use perron_ledger::{Appended, MemoryStore, Store, StoreError};
use perron_store_log::{File, Log, MemoryFiles, Reading};
use perron_store_pair::{Early, Opening, Ways};
use std::rc::Rc;

type Unread = Early<MemoryFiles, Bound, Rc<MemoryStore<Bound>>>;

async fn open(files: MemoryFiles, second: MemoryStore<Bound>, long: u64) -> (Unread, Option<Opening>) {
    let early = Early::open(files, Bound, Rc::new(second), Ways::default(), long).await.unwrap();
    let found = early.found();
    (early, found)
}

async fn count(store: &impl Store, pen: &Pen) -> usize {
    store.chain(pen.chain, 1, u32::MAX).await.unwrap().len()
}

async fn save(store: &impl Store, pen: &Pen, number: u32) {
    assert!(matches!(store.append(pen.stretch(number, number)).await, Ok(Appended::Stored { .. })));
}

/// Two copies of so many facts, of which the second has the first ones only.
async fn written(facts: u32, followed: u32) -> (MemoryFiles, MemoryStore<Bound>, Pen) {
    let files = MemoryFiles::new();
    let (early, _) = open(files.clone(), MemoryStore::sealed_by(Bound), 0).await;
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.write_all(1..=facts);
    let pair = early.read().await.unwrap();
    pair.catch_up().await.unwrap();
    for number in 1..=facts {
        save(&early, &pen, number).await;
        if number <= followed {
            pair.catch_up().await.unwrap();
        }
    }
    let second = early.second().copied();
    (files, second, pen)
}

#[test]
fn the_second_copy_answers_until_the_log_has_been_read() {
    block_on(async {
        let (files, second, mut pen) = written(7, 7).await;
        let (early, opening) = open(files, second, 0).await;
        assert!(opening.is_none() && early.pair().is_none());
        assert_eq!(count(&early, &pen).await, 7);
        assert!(early.pair().is_none(), "to be asked is no reason to read the log");
        pen.write(8);
        save(&early, &pen, 8).await;
        assert!(early.pair().is_some(), "to be written to is one");
        assert_eq!((count(&early, &pen).await, count(early.second(), &pen).await), (8, 7));
        assert_eq!((early.found(), early.found()), (Some(Opening::default()), None), "what was found is told once");
    });
}

#[test]
fn a_short_log_and_one_that_is_ahead_or_behind_are_read_at_once() {
    block_on(async {
        let (files, second, _) = written(7, 7).await;
        let length = files.content(File::First).len().max(files.content(File::Second).len()) as u64;
        assert!(open(files.copied(), second.copied(), length + 1).await.1.is_some());
        assert!(open(files.copied(), second.copied(), length).await.1.is_none());

        let (files, lagging, pen) = written(7, 6).await;
        let (early, opening) = open(files.copied(), lagging, 0).await;
        assert_eq!((opening.unwrap().mended, count(&early, &pen).await), (None, 7));
        assert!(open(files.copied(), MemoryStore::sealed_by(Bound), 0).await.1.unwrap().mended.is_some());
        assert!(open(MemoryFiles::new(), second.copied(), 0).await.1.unwrap().mended.is_some());
    });
}

#[test]
fn a_log_with_other_facts_under_the_last_number_is_read_at_once() {
    block_on(async {
        let ((_, second, pen), (earlier, ..)) = (written(7, 7).await, written(6, 6).await);
        // Put back to an earlier day, the log gave the number of its last fact to another one.
        let (mut log, _) = Log::open(earlier.clone(), Reading::default()).await.unwrap();
        let mut other = Writer::new(4).pen(Scope::round(1));
        other.write(1);
        log.append(&Operation::Append { append: other.stretch(1, 1), arrival: None }).await.unwrap();
        let (again, opening) = open(earlier, second, 0).await;
        assert!(opening.unwrap().mended.is_some());
        assert_eq!(count(&again, &pen).await, 7);
    });
}

#[test]
fn a_byte_flipped_anywhere_changes_no_answer() {
    block_on(async {
        let (files, second, pen) = written(7, 7).await;
        let place = File::BOTH.into_iter().find(|file| !files.content(*file).is_empty()).unwrap();
        let whole = files.content(place);
        for at in 0..whole.len() {
            let damaged = files.copied();
            let mut content = whole.clone();
            content[at] ^= 0x20;
            damaged.put(place, content);
            let (early, before) = open(damaged, second.copied(), 0).await;
            assert_eq!(count(&early, &pen).await, 7, "byte {at}, before the log was read");
            early.read().await.unwrap();
            let found = early.found().or(before).unwrap();
            assert_eq!((count(&early, &pen).await, found.lost), (7, 0), "byte {at}, after it");
        }
    });
}

#[test]
fn a_log_that_cannot_be_read_takes_no_step() {
    block_on(async {
        let (files, second, mut pen) = written(7, 7).await;
        let (early, opening) = open(files.clone(), second, 0).await;
        assert!(opening.is_none());
        files.kill_after(1);
        assert!(early.read().await.is_err());
        pen.write(8);
        assert_eq!(early.append(pen.stretch(8, 8)).await, Err(StoreError::Closed));
        assert_eq!(count(&early, &pen).await, 7, "what is there can still be read");
    });
}
