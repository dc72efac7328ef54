//! The contract: every sentence that a store must make true, written once and run on each store.
//!
//! A store's crate gives a [`Factory`] and calls [`store_contract!`](crate::store_contract) in a test module: each
//! sentence becomes a test there, on memory, on SQLite, and in a browser on IndexedDB.

#![expect(clippy::expect_used, reason = "a suite of tests: what fails must stop it")]

mod appending;
mod bound;
mod keeping;
mod pen;
mod reading;
mod travelling;

pub use appending::*;
pub use bound::Bound;
pub use keeping::*;
pub use pen::{Pen, Writer};
pub use reading::*;
pub use travelling::*;

use crate::store::Store;

/// Makes stores for the sentences of the contract.
#[allow(async_fn_in_trait, reason = "see Store")]
pub trait Factory {
    /// The store under contract.
    type Store: Store;

    /// Returns a new, empty store that shares nothing with any other.
    async fn fresh(&self) -> Self::Store;

    /// Closes a store as a killed program would, and opens what it left. A store that has nothing durable returns it as it is.
    async fn reopen(&self, store: Self::Store) -> Self::Store;
}

/// Runs two futures side by side until both are done: two writers at one store.
async fn both<A, B>(first: impl Future<Output = A>, second: impl Future<Output = B>) -> (A, B) {
    let (mut first, mut second) = (Box::pin(first), Box::pin(second));
    let (mut a, mut b) = (None, None);
    std::future::poll_fn(|context| {
        use std::task::Poll;
        if a.is_none()
            && let Poll::Ready(done) = first.as_mut().poll(context)
        {
            a = Some(done);
        }
        if b.is_none()
            && let Poll::Ready(done) = second.as_mut().poll(context)
        {
            b = Some(done);
        }
        if a.is_some() && b.is_some() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    (a.expect("polled to the end"), b.expect("polled to the end"))
}

/// Writes one test for each sentence of the contract.
///
/// `store_contract!(#[tokio::test] MyFactory)` writes `async` tests under that attribute;
/// `store_contract!(block_on = futures::executor::block_on, MyFactory)` writes plain tests.
#[macro_export]
macro_rules! store_contract {
    (#[$attribute:meta] $factory:expr) => { $crate::store_contract! { @all (#[$attribute]) $factory } };
    (block_on = $run:path, $factory:expr) => { $crate::store_contract! { @all (= $run) $factory } };
    (@one (#[$attribute:meta]) ($factory:expr) $name:ident) => {
        #[$attribute]
        async fn $name() {
            $crate::contract::$name(&$factory).await;
        }
    };
    (@one (= $run:path) ($factory:expr) $name:ident) => {
        #[test]
        fn $name() {
            $run($crate::contract::$name(&$factory));
        }
    };
    (@each $how:tt $factory:tt $($name:ident)*) => { $($crate::store_contract! { @one $how $factory $name })* };
    (@all $how:tt $factory:expr) => {
        $crate::store_contract! { @each $how ($factory)
            a_saved_fact_is_there_byte_for_byte
            a_saved_fact_is_there_after_the_program_was_killed
            saving_the_same_fact_again_says_identical_and_changes_nothing
            another_fact_at_a_taken_number_is_refused_and_the_first_stays
            a_fact_behind_a_hole_is_refused
            a_batch_that_overlaps_adds_only_what_is_new
            a_batch_that_differs_at_its_end_adds_nothing
            a_batch_after_another_head_is_refused
            a_chain_of_another_key_is_refused
            of_two_writers_at_once_one_is_refused
            two_writers_of_different_chains_both_succeed
            a_batch_of_350_facts_is_stored_whole
            a_stored_chain_verifies_against_its_head
            heads_are_known_at_every_number
            arrivals_are_counted_without_a_gap_over_all_scopes
            arrivals_are_read_in_order_and_resumed_after_any_of_them
            a_scope_shows_only_its_own_facts
            what_is_not_there_is_answered_with_nothing
            an_erased_fact_keeps_its_place_and_the_chain_verifies
            a_fact_can_arrive_without_its_bytes
            erased_bytes_do_not_come_back_with_a_repeated_batch
            a_fact_in_quarantine_keeps_its_place_until_it_is_let_out
            a_forgotten_scope_leaves_nothing_and_others_stay
            named_values_are_kept_replaced_and_deleted
            named_values_are_found_by_prefix
            each_scope_has_its_own_cursor
            every_signed_head_is_kept
            only_what_was_written_here_is_in_the_outbox
            an_acknowledgement_may_go_down_but_not_beyond_the_head
            what_is_stuck_says_why_until_it_gets_through
            a_batch_behind_a_hole_waits_byte_for_byte
            forks_are_kept_and_brought_up_to_date
            a_branch_moves_under_its_new_number_in_one_step
            a_branch_does_not_move_when_a_fact_would_be_lost
            a_branch_that_is_already_there_still_leaves_its_old_name
            a_move_finds_the_old_name_already_left
        }
    };
}
