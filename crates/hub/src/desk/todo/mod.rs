//! The addresses of what waits for somebody at the relay.

pub mod list;
pub mod unsigned;

use crate::desk::mount::{Addresses, Answer, Caller};
use crate::desk::round::{cold, follow};
use crate::hub::Hub;
use perron_desk_api::{TodoCount, TodoView, routes};

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new().at(routes::TODO_LIST, read).at(routes::TODO_COUNT, count)
}

async fn read(Caller { hub, .. }: Caller, (): (), (): ()) -> Answer<TodoView> {
    waiting(&hub).await
}

async fn count(Caller { hub, .. }: Caller, (): (), (): ()) -> Answer<TodoCount> {
    Ok(TodoCount { lines: waiting(&hub).await?.count() })
}

/// Returns everything that waits.
async fn waiting(hub: &Hub) -> Answer<TodoView> {
    let aside = hub.all_quarantined().await?;
    let ahead = hub.read(|cache| cache.ahead.clone());
    Ok(hub.look(|relay| {
        let mut quarantine: Vec<_> =
            aside.iter().map(|(scope, record, why)| list::quarantined(relay, *scope, record, *why)).collect();
        quarantine.extend(list::ignored(relay));
        quarantine.extend(list::not_understood(relay));
        quarantine.sort_by_key(|line| (line.rejected.is_some(), std::cmp::Reverse(line.received)));
        let apart = relay.planned().flat_map(|(number, round)| cold::apart(relay, number, round));
        let decisions = relay.planned().flat_map(|(number, round)| cold::decisions(relay, number, round));
        let happened = relay.planned().flat_map(|(number, round)| follow::open(relay, number, round));
        TodoView {
            gaps: list::open_gaps(relay),
            apart: apart.collect(),
            cold_decisions: decisions.collect(),
            quarantine,
            tablets: list::tablets(relay, &ahead),
            happened: happened.collect(),
            unsigned: unsigned::rounds(relay),
        }
    }))
}
