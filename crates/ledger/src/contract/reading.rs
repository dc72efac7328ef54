//! Reading: by chain, by arrival, by scope.

use super::Factory;
use super::pen::{Writer, append, whole};
use crate::chain::Chain;
use crate::store::Store;
use perron_domain::name::{DeviceId, Scope};

/// Arrival numbers count the facts of all scopes and chains together, without a gap.
pub async fn arrivals_are_counted_without_a_gap_over_all_scopes(f: &impl Factory) {
    let store = f.fresh().await;
    let mut round = Writer::new(3).pen(Scope::round(1));
    let mut common = Writer::new(1).pen(Scope::COMMON);
    round.write_all(0..5);
    common.write_all(0..3);
    let _ = append(&store, round.stretch(1, 2)).await;
    let _ = append(&store, common.stretch(1, 3)).await;
    let _ = append(&store, round.stretch(4, 5)).await;
    let _ = append(&store, round.stretch(1, 5)).await;
    let mut all = store.arrivals(Scope::round(1), 0, 99).await.expect("the store works");
    all.extend(store.arrivals(Scope::COMMON, 0, 99).await.expect("the store works"));
    let mut numbers: Vec<u64> = all.iter().map(|record| record.arrival).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=8).collect::<Vec<u64>>());
    assert_eq!(store.last_arrival().await, Ok(8));
}

/// A reader that stops anywhere goes on exactly there.
pub async fn arrivals_are_read_in_order_and_resumed_after_any_of_them(f: &impl Factory) {
    let store = f.fresh().await;
    let (mut a, mut b) = (Writer::new(3).pen(Scope::round(1)), Writer::new(4).pen(Scope::round(1)));
    for step in 0..6 {
        a.write(step);
        b.write(step);
        let _ = append(&store, a.stretch(step + 1, step + 1)).await;
        let _ = append(&store, b.stretch(step + 1, step + 1)).await;
    }
    let all = store.arrivals(Scope::round(1), 0, 99).await.expect("the store works");
    assert!(all.is_sorted_by_key(|record| record.arrival));
    assert_eq!(all.len(), 12);
    for (index, record) in all.iter().enumerate() {
        let rest = store.arrivals(Scope::round(1), record.arrival, 3).await.expect("the store works");
        let expected: Vec<_> = all.iter().skip(index + 1).take(3).cloned().collect();
        assert_eq!(rest, expected);
    }
}

/// Facts, heads and scopes of one round say nothing of another.
pub async fn a_scope_shows_only_its_own_facts(f: &impl Factory) {
    let store = f.fresh().await;
    let writer = Writer::new(3);
    let (mut one, mut two) = (writer.pen(Scope::round(1)), writer.pen(Scope::round(2)));
    one.write_all(0..2);
    two.write_all(5..10);
    let _ = append(&store, one.stretch(1, 2)).await;
    let _ = append(&store, two.stretch(1, 5)).await;
    assert_eq!(store.heads(Scope::round(1)).await, Ok(vec![(one.chain, one.head())]));
    assert_eq!(store.heads(Scope::round(2)).await, Ok(vec![(two.chain, two.head())]));
    assert_eq!(store.scopes().await, Ok(vec![Scope::round(1), Scope::round(2)]));
    let found = store.arrivals(Scope::round(1), 0, 99).await.expect("the store works");
    assert!(found.iter().all(|record| record.place.chain == one.chain));
    assert_eq!(found.len(), 2);
    assert_eq!(store.chain(two.chain, 2, 3).await.map(|found| found.len()), Ok(2));
}

/// Unknown chains, places and names are answered with nothing, and nothing fails.
pub async fn what_is_not_there_is_answered_with_nothing(f: &impl Factory) {
    let store = f.fresh().await;
    let chain = Chain::new(Scope::round(9), DeviceId(9));
    assert_eq!(store.head(chain).await, Ok(None));
    assert_eq!(store.head_at(chain, 0).await, Ok(None));
    assert_eq!(whole(&store, chain).await, Vec::new());
    assert_eq!(store.arrivals(chain.scope, 0, 10).await, Ok(Vec::new()));
    assert_eq!(store.erase(chain.at(1)).await, Ok(false));
    assert_eq!(store.set_quarantine(chain.at(1), None).await, Ok(false));
    assert_eq!(store.acknowledge(chain, 4).await, Ok(false));
    assert_eq!(store.set_stuck(chain, None).await, Ok(false));
    assert_eq!(store.held(chain).await, Ok(Vec::new()));
    assert_eq!(store.forks(chain.scope).await, Ok(Vec::new()));
    assert_eq!(store.signed(chain, 0, 9).await, Ok(Vec::new()));
    assert_eq!(store.cursor(chain.scope).await, Ok(None));
    assert_eq!(store.named("nobody").await, Ok(None));
    assert_eq!(store.delete_named("nobody").await, Ok(false));
    assert_eq!(store.scopes().await, Ok(Vec::new()));
    assert_eq!(store.last_arrival().await, Ok(0));
}
