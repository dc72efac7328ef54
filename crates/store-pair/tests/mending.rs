//! Which copy counts when they differ, and what is left of both.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use futures::executor::block_on;
use perron_domain::name::Scope;
use perron_ledger::contract::{Pen, Writer};
use perron_ledger::operated::Copied;
use perron_ledger::operation::Operation;
use perron_ledger::store::{Cursor, Epoch};
use perron_ledger::{Appended, MemoryStore, Store, StoreError};
use perron_store_log::frame::Frames;
use perron_store_log::header::{self, Header};
use perron_store_log::{File, MemoryFiles, Reading};
use perron_store_pair::{Mended, Perhaps, Ways, Why, mark};
use support::{Bound, Memory, open};

fn pen(device: u32) -> Pen {
    Writer::new(device).pen(Scope::round(1))
}

async fn new() -> Memory {
    let (pair, _) = open(MemoryFiles::new(), MemoryStore::sealed_by(Bound)).await;
    pair.catch_up().await.unwrap();
    pair
}

/// Saves one fact more.
async fn save(store: &impl Store, pen: &mut Pen) {
    let to = u32::try_from(pen.written.len()).unwrap() + 1;
    pen.write(to);
    assert!(matches!(store.append(pen.stretch(to, to)).await, Ok(Appended::Stored { .. })));
}

async fn count(store: &impl Store, pen: &Pen) -> usize {
    store.chain(pen.chain, 1, u32::MAX).await.unwrap().len()
}

/// The file that the log is in.
fn place(files: &MemoryFiles) -> File {
    File::BOTH.into_iter().find(|file| !files.content(*file).is_empty()).unwrap()
}

/// Both copies hold the same, by what each of them exports. Each counts its own arrivals: what is done again counts again.
async fn alike(pair: &Memory) {
    pair.catch_up().await.unwrap();
    assert!(!pair.is_behind());
    let ours = pair.log().memory().export().await.unwrap();
    let mut theirs = pair.second().export().await.unwrap();
    theirs.retain(|part| !mark::Mark::is_set_by(part));
    let said = |parts: Vec<Operation>| {
        let uncounted = parts.into_iter().filter_map(|part| match part {
            Operation::Append { append, .. } => Some(Operation::Append { append, arrival: None }),
            Operation::ArrivalsTo(_) => None,
            other => Some(other),
        });
        uncounted.collect::<Vec<_>>()
    };
    assert_eq!(said(ours), said(theirs));
}

#[test]
fn a_lagging_second_copy_is_no_damage() {
    block_on(async {
        let (pair, mut pen) = (new().await, pen(3));
        save(&pair, &mut pen).await;
        pair.catch_up().await.unwrap();
        save(&pair, &mut pen).await;
        assert!(pair.is_behind());
        let (files, second) = pair.into_parts();
        assert_eq!(count(&second, &pen).await, 1);
        let (again, opening) = open(files, second).await;
        assert_eq!(opening.mended, None);
        assert_eq!(count(&again, &pen).await, 2);
        alike(&again).await;
    });
}

#[test]
fn changes_that_the_second_copy_has_already_are_done_again_without_harm() {
    block_on(async {
        let (pair, mut one, mut two) = (new().await, pen(3), Writer::new(3).pen(Scope::round(2)));
        let old = pair.second().copied();
        for _ in 0..3 {
            save(&pair, &mut one).await;
            save(&pair, &mut two).await;
        }
        pair.erase(one.chain.at(2)).await.unwrap();
        pair.set_named("draft", b"half").await.unwrap();
        pair.forget(Scope::round(2)).await.unwrap();
        pair.delete_named("draft").await.unwrap();
        pair.catch_up().await.unwrap();
        // The mark was not written any more when the program was killed.
        let before = mark::Mark::of(&old).await.unwrap().unwrap();
        before.keep(pair.second()).await.unwrap();
        let (files, second) = pair.into_parts();
        let (again, opening) = open(files, second).await;
        assert_eq!(opening.mended, None);
        alike(&again).await;
        assert_eq!((count(&again, &one).await, count(&again, &two).await), (3, 0));
    });
}

#[test]
fn a_second_copy_put_back_to_an_earlier_day_brings_back_nothing_that_was_erased_or_forgotten() {
    block_on(async {
        for tidied in [false, true] {
            let (pair, mut one, mut two) = (new().await, pen(3), Writer::new(3).pen(Scope::round(2)));
            for _ in 0..3 {
                save(&pair, &mut one).await;
                save(&pair, &mut two).await;
            }
            pair.catch_up().await.unwrap();
            let earlier = pair.second().copied();
            pair.erase(one.chain.at(2)).await.unwrap();
            pair.forget(Scope::round(2)).await.unwrap();
            if tidied {
                pair.tidy().await.unwrap();
            }
            let (files, _) = pair.into_parts();
            let (again, opening) = open(files, earlier).await;
            assert_eq!(opening.mended, tidied.then_some(Mended::Second(Why::Behind)));
            alike(&again).await;
            let left = again.second().chain(one.chain, 1, 9).await.unwrap();
            assert_eq!(left.iter().map(|record| record.bytes.is_some()).collect::<Vec<_>>(), [true, false, true]);
            assert_eq!(count(again.second(), &two).await, 0);
        }
    });
}

#[test]
fn a_log_put_back_to_an_earlier_day_is_mended_from_the_second_copy() {
    block_on(async {
        let (pair, mut pen) = (new().await, pen(3));
        save(&pair, &mut pen).await;
        let (files, second) = pair.into_parts();
        let earlier = files.copied();
        let pair = open(files, second).await.0;
        save(&pair, &mut pen).await;
        pair.erase(pen.chain.at(1)).await.unwrap();
        pair.catch_up().await.unwrap();
        let (again, opening) = open(earlier, pair.into_parts().1).await;
        assert_eq!((opening.mended, opening.lost), (Some(Mended::Log(Why::Behind)), 0));
        let left = again.chain(pen.chain, 1, 9).await.unwrap();
        assert_eq!(left.iter().map(|record| record.bytes.is_some()).collect::<Vec<_>>(), [false, true]);
        alike(&again).await;
    });
}

#[test]
fn one_byte_flipped_in_what_the_second_copy_has_costs_nothing() {
    block_on(async {
        let (pair, mut pen) = (new().await, pen(3));
        for _ in 0..4 {
            save(&pair, &mut pen).await;
        }
        pair.catch_up().await.unwrap();
        for _ in 0..3 {
            save(&pair, &mut pen).await;
        }
        let (files, second) = pair.into_parts();
        let (file, marked) = (place(&files), second.copied());
        let whole = files.content(file);
        let (header, start) = (Header::read(&whole).unwrap(), header::LENGTH);
        let all = Frames::of(&whole[start..], start as u64, header.generation, Reading::default());
        let frames: Vec<_> = all.filter_map(Result::ok).collect();
        let lags_from = frames[frames.len() - 3].at;
        for at in 0..whole.len() {
            let damaged = files.copied();
            let mut content = whole.clone();
            content[at] ^= 0x20;
            damaged.put(file, content);
            let (again, opening) = open(damaged, marked.copied()).await;
            let left = count(&again, &pen).await;
            if (at as u64) < lags_from {
                assert_eq!((left, opening.lost), (7, 0), "byte {at}: {opening:?}");
            } else {
                let hit = frames.iter().filter(|frame| frame.at <= at as u64).count();
                assert_eq!(left, 4 + hit - (frames.len() - 3) - 1, "byte {at} costs what follows it in its chain");
                assert!(opening.lost > 0 || opening.damage.iter().any(|damage| damage.at_end), "byte {at} is told");
            }
            alike(&again).await;
        }
    });
}

#[test]
fn a_log_whose_beginning_is_torn_does_not_cost_what_the_second_copy_has() {
    block_on(async {
        let (pair, mut pen) = (new().await, pen(3));
        save(&pair, &mut pen).await;
        pair.catch_up().await.unwrap();
        // The second copy is a change behind where the log was begun.
        save(&pair, &mut pen).await;
        let mut log = pair.log().log().await;
        pair.log().write_anew(&mut log).await.unwrap();
        drop(log);
        let (files, second) = pair.into_parts();
        let file = place(&files);
        let whole = files.content(file);
        for length in [perron_store_log::header::LENGTH, whole.len() - 1] {
            let torn = files.copied();
            torn.put(file, whole[..length].to_vec());
            let (again, opening) = open(torn, second.copied()).await;
            assert_eq!((opening.mended, opening.lost), (Some(Mended::Log(Why::Damaged)), 1));
            assert_eq!(count(&again, &pen).await, 1);
            alike(&again).await;
        }
    });
}

#[test]
fn a_log_put_back_to_a_day_whose_last_change_it_had_lost_contradicts_the_second_copy() {
    block_on(async {
        let (pair, mut lost, mut kept) = (new().await, pen(3), pen(4));
        pair.catch_up().await.unwrap();
        save(&pair, &mut lost).await;
        let (files, second) = pair.into_parts();
        let earlier = files.copied();
        // The log loses its end before the second copy has it, and another change takes its number.
        let file = place(&files);
        let content = files.content(file);
        files.put(file, content[..content.len() - 1].to_vec());
        let pair = open(files, second).await.0;
        assert_eq!(count(&pair, &lost).await, 0);
        save(&pair, &mut kept).await;
        pair.catch_up().await.unwrap();
        let (again, opening) = open(earlier, pair.into_parts().1).await;
        assert_eq!(opening.mended, Some(Mended::Log(Why::Behind)));
        assert_eq!(count(&again, &kept).await, 1);
        alike(&again).await;
    });
}

#[test]
fn what_was_saved_alone_counts_more_than_an_old_log() {
    block_on(async {
        let (pair, mut pen) = (new().await, pen(3));
        save(&pair, &mut pen).await;
        pair.catch_up().await.unwrap();
        let (files, second) = pair.into_parts();
        mark::goes_alone(&second).await.unwrap();
        save(&second, &mut pen).await;
        let (again, opening) = open(files, second).await;
        assert_eq!(opening.mended, Some(Mended::Log(Why::Earlier)));
        assert_eq!(count(&again, &pen).await, 2);
        alike(&again).await;
    });
}

#[test]
fn after_contradictions_the_later_era_counts() {
    block_on(async {
        let (pair, mut pen) = (new().await, pen(3));
        for _ in 0..3 {
            save(&pair, &mut pen).await;
        }
        let (files, second) = pair.into_parts();
        // The log is lost while the second copy lags; work goes on; then the old log is back.
        let old = files.copied();
        let (pair, opening) = open(MemoryFiles::new(), second).await;
        assert_eq!(opening.mended, Some(Mended::Log(Why::Lost)));
        let mut other = Writer::new(4).pen(Scope::round(1));
        save(&pair, &mut other).await;
        pair.catch_up().await.unwrap();
        let (again, opening) = open(old, pair.into_parts().1).await;
        assert_eq!(opening.mended, Some(Mended::Log(Why::Earlier)));
        assert_eq!((count(&again, &pen).await, count(&again, &other).await), (0, 1));
        alike(&again).await;
    });
}

#[test]
fn a_step_that_the_log_refuses_is_in_neither_copy() {
    block_on(async {
        let (pair, mut pen) = (new().await, pen(3));
        save(&pair, &mut pen).await;
        let (files, second) = pair.into_parts();
        files.give_room(Some(files.content(place(&files)).len() + 10));
        let pair = open(files, second).await.0;
        pen.write(2);
        assert_eq!(pair.append(pen.stretch(2, 2)).await, Err(StoreError::Full));
        alike(&pair).await;
        assert_eq!(count(&pair, &pen).await, 1);
    });
}

#[test]
fn killed_at_any_point_of_tidying_both_copies_are_found_again() {
    block_on(async {
        for operations in 0.. {
            let (pair, mut pen) = (new().await, pen(3));
            for _ in 0..4 {
                save(&pair, &mut pen).await;
            }
            pair.erase(pen.chain.at(3)).await.unwrap();
            let (files, second) = pair.into_parts();
            let pair = open(files.clone(), second).await.0;
            files.kill_after(operations);
            let done = pair.tidy().await.is_ok();
            let (files, second) = pair.into_parts();
            files.crash(|length| length / 2);
            let (again, opening) = open(files, second).await;
            assert_eq!((opening.mended, opening.lost), (None, 0));
            assert_eq!(count(&again, &pen).await, 4);
            alike(&again).await;
            if done {
                return;
            }
        }
    });
}

#[test]
fn what_is_lost_is_asked_for_again() {
    block_on(async {
        let (pair, mut pen) = (new().await, pen(3));
        let scope = Scope::round(1);
        let at = |arrival| Cursor { epoch: Epoch(1), arrival };
        save(&pair, &mut pen).await;
        pair.set_cursor(scope, at(1)).await.unwrap();
        pair.catch_up().await.unwrap();
        pair.set_named("draft", b"half").await.unwrap();
        save(&pair, &mut pen).await;
        pair.set_cursor(scope, at(2)).await.unwrap();
        let (files, second) = pair.into_parts();
        let file = place(&files);
        let mut content = files.content(file);
        let end = content.len();
        content[end - 80] ^= 1;
        files.put(file, content);
        let (again, opening) = open(files, second).await;
        assert_eq!((opening.mended, opening.lost), (Some(Mended::Second(Why::Damaged)), 1));
        assert_eq!(count(&again, &pen).await, 1, "the second fact is lost");
        assert_eq!(again.cursor(scope).await, Ok(Some(at(1))), "and is pulled again");
    });
}

#[test]
fn while_the_second_copy_does_not_open_a_whole_log_is_enough_and_a_damaged_one_waits() {
    block_on(async {
        let (pair, mut pen) = (new().await, pen(3));
        save(&pair, &mut pen).await;
        pair.catch_up().await.unwrap();
        let (files, second) = pair.into_parts();
        let away = || Perhaps::<MemoryStore<Bound>>(None);
        let (alone, opening) = perron_store_pair::open(files.clone(), Bound, away(), Ways::default()).await.unwrap();
        assert_eq!(opening.mended, None, "nothing was made anew");
        save(&alone, &mut pen).await;
        assert_eq!(alone.catch_up().await, Err(StoreError::Blocked));
        assert!(alone.is_behind());
        drop(alone);
        let (again, opening) = open(files.clone(), second).await;
        assert_eq!(opening.mended, None);
        assert_eq!(count(&again, &pen).await, 2);
        alike(&again).await;
        let file = place(&files);
        let mut content = files.content(file);
        content[perron_store_log::header::LENGTH + 30] ^= 1;
        files.put(file, content);
        let damaged = perron_store_pair::open(files, Bound, away(), Ways::default()).await;
        assert_eq!(damaged.err(), Some(StoreError::Blocked), "the second copy may have what is missing");
    });
}
