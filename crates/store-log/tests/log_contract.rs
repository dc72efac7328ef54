//! The store's contract, run on a log in memory files that lose what was not flushed; and what only a log can do wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use futures::executor::block_on;
use perron_domain::name::Scope;
use perron_ledger::contract::{Bound, Factory, Pen, Writer};
use perron_ledger::{Appended, Clear, Store, StoreError};
use perron_store_log::{File, LogStore, MemoryFiles, is_whole};

type Memory = LogStore<MemoryFiles, Bound>;

async fn open(files: MemoryFiles) -> Memory {
    let (store, damage) = LogStore::open(files, Bound).await.unwrap();
    assert_eq!(damage, Vec::new());
    store
}

/// Reopening loses everything that was not flushed.
struct Logs;

impl Factory for Logs {
    type Store = Memory;

    async fn fresh(&self) -> Memory {
        open(MemoryFiles::new()).await
    }

    async fn reopen(&self, store: Memory) -> Memory {
        let files = store.into_files();
        files.crash(|_| 0);
        open(files).await
    }
}

mod contract {
    use super::*;
    perron_ledger::store_contract!(block_on = block_on, Logs);
}

/// The same, written anew before it is opened again.
struct Rewritten;

impl Factory for Rewritten {
    type Store = Memory;

    async fn fresh(&self) -> Memory {
        open(MemoryFiles::new()).await
    }

    async fn reopen(&self, store: Memory) -> Memory {
        {
            let mut log = store.log().await;
            let (era, last) = (log.era(), log.last());
            log.rewrite(era, last, &store.memory().sealed_export()).await.unwrap();
        }
        Logs.reopen(store).await
    }
}

mod contract_after_writing_anew {
    use super::*;
    perron_ledger::store_contract!(block_on = block_on, Rewritten);
}

fn pen() -> Pen {
    Writer::new(3).pen(Scope::round(1))
}

/// Saves `count` facts, each a change of its own.
async fn save(store: &impl Store, pen: &mut Pen, count: u32) {
    for says in 0..count {
        pen.write(says);
        let to = u32::try_from(pen.written.len()).unwrap();
        assert!(matches!(store.append(pen.stretch(to, to)).await, Ok(Appended::Stored { .. })));
    }
}

async fn saved(store: &impl Store, pen: &Pen) -> u32 {
    store.head(pen.chain).await.unwrap().map_or(0, |head| head.number)
}

#[test]
fn bytes_lie_sealed_in_the_log() {
    block_on(async {
        let files = MemoryFiles::new();
        let store = open(files.clone()).await;
        store.set_named("identity", b"Camille Arnaud").await.unwrap();
        let content = files.content(File::First);
        assert!(!content.windows(6).any(|part| part == b"Arnaud"));
        assert!(content.windows(8).any(|part| part == b"identity"), "the log is in this file");
    });
}

#[test]
fn a_full_disk_refuses_the_step_and_leaves_nothing_half_written() {
    block_on(async {
        let files = MemoryFiles::new();
        let (store, mut pen) = (open(files.clone()).await, pen());
        save(&store, &mut pen, 3).await;
        let before = files.content(File::First);
        files.give_room(Some(before.len() + 30));
        pen.write(9);
        assert_eq!(store.append(pen.stretch(4, 4)).await, Err(StoreError::Full));
        assert_eq!(files.content(File::First), before);
        assert_eq!(saved(&store, &pen).await, 3);
        files.give_room(None);
        assert!(matches!(store.append(pen.stretch(4, 4)).await, Ok(Appended::Stored { .. })), "the same step again");
        assert_eq!(saved(&Logs.reopen(store).await, &pen).await, 4);
    });
}

#[test]
fn killed_at_any_point_of_writing_anew_the_log_is_whole() {
    block_on(async {
        for operations in 0.. {
            for reached in [0, 1, 60, 100, usize::MAX] {
                let files = MemoryFiles::new();
                let (store, mut pen) = (open(files.clone()).await, pen());
                save(&store, &mut pen, 5).await;
                store.erase(pen.chain.at(2)).await.unwrap();
                files.kill_after(operations);
                let tidied = store.tidy().await;
                files.crash(|length| reached.min(length));
                let (again, damage) = LogStore::open(files.clone(), Bound).await.unwrap();
                assert_eq!(damage, Vec::new());
                assert_eq!(again.memory().sealed_export(), store.memory().sealed_export(), "after {operations}");
                save(&again, &mut pen, 1).await;
                if tidied.is_ok() {
                    assert!(operations > 5, "writing anew takes several steps");
                    return;
                }
            }
        }
    });
}

#[test]
fn a_disk_that_refuses_once_while_the_log_is_written_anew_loses_nothing_saved_later() {
    block_on(async {
        for operations in 0.. {
            for reached in [0, usize::MAX] {
                let files = MemoryFiles::new();
                let (store, mut pen) = (open(files.clone()).await, pen());
                save(&store, &mut pen, 5).await;
                store.erase(pen.chain.at(2)).await.unwrap();
                files.fail_once_after(operations);
                let tidied = store.tidy().await;
                files.fail_once_after(u32::MAX);
                save(&store, &mut pen, 1).await;
                files.crash(|length| reached.min(length));
                let (again, damage) = LogStore::open(files.clone(), Bound).await.unwrap();
                assert_eq!(damage, Vec::new());
                assert_eq!(again.memory().sealed_export(), store.memory().sealed_export(), "after {operations}");
                assert!(File::BOTH.iter().any(|file| files.content(*file).is_empty()), "half a file is left");
                if tidied.is_ok() {
                    assert!(operations > 5, "writing anew takes several steps");
                    return;
                }
            }
        }
    });
}

#[test]
fn what_was_erased_is_gone_from_both_files_once_it_is_tidied() {
    block_on(async {
        let files = MemoryFiles::new();
        let store = LogStore::open(files.clone(), Clear).await.unwrap().0;
        let mut pen = pen();
        save(&store, &mut pen, 3).await;
        let secret = pen.written[1].bytes.clone().unwrap();
        let is_there =
            || File::BOTH.iter().any(|file| files.content(*file).windows(secret.len()).any(|part| part == secret));
        assert!(is_there());
        store.erase(pen.chain.at(2)).await.unwrap();
        assert_eq!(store.tidy().await, Ok(true));
        assert!(!is_there());
        assert_eq!(store.tidy().await, Ok(false), "nothing more to do");
    });
}

#[test]
fn one_byte_flipped_anywhere_costs_at_most_what_follows_in_its_chain_and_is_told() {
    block_on(async {
        let files = MemoryFiles::new();
        let store = open(files.clone()).await;
        let (mut one, mut two) = (pen(), Writer::new(4).pen(Scope::round(1)));
        for _ in 0..4 {
            save(&store, &mut one, 1).await;
            save(&store, &mut two, 1).await;
        }
        let whole = files.content(File::First);
        for at in 0..whole.len() {
            let damaged = MemoryFiles::new();
            let mut content = whole.clone();
            content[at] ^= 4;
            damaged.put(File::First, content);
            let (again, damage) = LogStore::open(damaged.clone(), Bound).await.unwrap();
            let left = (saved(&again, &one).await, saved(&again, &two).await);
            if at < perron_store_log::header::LENGTH {
                assert_eq!((left, damage.len()), ((4, 4), 0), "byte {at}");
                continue;
            }
            assert_eq!(damage.len(), 1, "byte {at} is told");
            assert!(left.0 == 4 || left.1 == 4, "byte {at} costs one chain only: {left:?}");
            drop(again);
            assert_eq!(LogStore::open(damaged, Bound).await.unwrap().1, Vec::new(), "and is told once");
        }
    });
}

#[test]
fn files_that_hold_no_log_begin_one() {
    block_on(async {
        let files = MemoryFiles::new();
        files.put(File::First, b"something else".to_vec());
        let (store, mut pen) = (open(files).await, pen());
        save(&store, &mut pen, 1).await;
        assert_eq!(saved(&Logs.reopen(store).await, &pen).await, 1);
    });
}

#[test]
fn only_a_log_that_lacks_nothing_is_called_whole() {
    block_on(async {
        let files = MemoryFiles::new();
        assert_eq!(is_whole(&files).await, Ok(false), "there is none");
        let (store, mut pen) = (open(files.clone()).await, pen());
        save(&store, &mut pen, 3).await;
        assert_eq!(is_whole(&files).await, Ok(true));
        let mut content = files.content(File::First);
        let before = content.clone();
        content.truncate(before.len() - 1);
        files.put(File::First, content);
        assert_eq!(is_whole(&files).await, Ok(true), "a torn end was never called saved");
        let mut content = before;
        content[perron_store_log::header::LENGTH + 30] ^= 1;
        files.put(File::First, content);
        assert_eq!(is_whole(&files).await, Ok(false), "the first change is damaged");
    });
}
