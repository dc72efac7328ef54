//! The store's contract, run on the pair: with a second copy that lags, and with either copy lost before every reopening.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use futures::executor::block_on;
use perron_ledger::contract::Factory;
use perron_ledger::{Clear, MemoryStore};
use perron_store_log::MemoryFiles;
use perron_store_pair::{Early, Mended, Opening, Ways, Why};
use std::rc::Rc;
use support::{Bound, Memory, open};

/// What happens before the pair is opened again.
#[derive(Clone, Copy)]
enum Between {
    Nothing,
    CaughtUp,
    Tidied,
    LogLost,
    SecondLost,
}

struct Pairs(Between);

impl Factory for Pairs {
    type Store = Memory;

    async fn fresh(&self) -> Memory {
        open(MemoryFiles::new(), MemoryStore::sealed_by(Bound)).await.0
    }

    async fn reopen(&self, store: Memory) -> Memory {
        match self.0 {
            Between::CaughtUp | Between::LogLost => store.catch_up().await.unwrap(),
            Between::Tidied => store.tidy().await.unwrap(),
            Between::Nothing | Between::SecondLost => {}
        }
        let (mut files, mut second) = store.into_parts();
        files.crash(|_| 0);
        let mut expected = None;
        match self.0 {
            Between::LogLost => (files, expected) = (MemoryFiles::new(), Some(Mended::Log(Why::Lost))),
            Between::SecondLost => {
                (second, expected) = (MemoryStore::sealed_by(Bound), Some(Mended::Second(Why::Lost)));
            }
            // A second copy that was never written is an empty one.
            Between::Nothing => expected = Some(Mended::Second(Why::Lost)),
            _ => {}
        }
        let (again, opening) = open(files, second).await;
        assert_eq!((opening.mended, opening.lost), (expected, 0));
        again
    }
}

macro_rules! contract {
    ($name:ident, $between:ident) => {
        mod $name {
            use super::*;
            perron_ledger::store_contract!(block_on = block_on, Pairs(Between::$between));
        }
    };
}

contract!(with_a_second_copy_that_never_followed, Nothing);
contract!(caught_up, CaughtUp);
contract!(tidied, Tidied);
contract!(with_the_log_lost, LogLost);
contract!(with_the_second_copy_lost, SecondLost);

/// Pairs that are opened again without their log being read: the second copy answers until something is written.
struct Unread;

impl Factory for Unread {
    type Store = Early<MemoryFiles, Bound, Rc<MemoryStore<Bound>>>;

    async fn fresh(&self) -> Self::Store {
        let second = Rc::new(MemoryStore::sealed_by(Bound));
        Early::open(MemoryFiles::new(), Bound, second, Ways::default(), 0).await.unwrap()
    }

    async fn reopen(&self, store: Self::Store) -> Self::Store {
        let pair = store.read().await.unwrap();
        pair.catch_up().await.unwrap();
        let files = pair.log().log().await.files().clone();
        files.crash(|_| 0);
        let again = Early::open(files, Bound, Rc::clone(store.second()), Ways::default(), 0).await.unwrap();
        assert!(again.pair().is_none(), "both copies say the same: the log is not read");
        again
    }
}

mod unread {
    use super::*;
    perron_ledger::store_contract!(block_on = block_on, Unread);
}

#[test]
fn a_pair_of_clear_bytes_is_a_store_too() {
    block_on(async {
        let ways = Ways::default();
        let opened = perron_store_pair::open(MemoryFiles::new(), Clear, MemoryStore::new(), ways).await.unwrap();
        assert_eq!(opened.1, Opening { begins: true, ..Opening::default() });
    });
}
