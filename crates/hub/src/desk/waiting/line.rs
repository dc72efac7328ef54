//! Who was met on a round and waits for a later date.

use crate::desk::relay::Relay;
use perron_desk_api::WaitingLine;
use perron_domain::fact::WaitingListed;
use perron_domain::name::FactName;
use perron_domain::state::RoundState;

/// Returns who was met on a round and waits for a later date.
#[must_use]
pub fn of_round(relay: &Relay<'_>, number: u32, round: &RoundState) -> Vec<WaitingLine> {
    let line = |(id, listed): (&FactName, &WaitingListed)| WaitingLine {
        id: *id,
        round: number,
        label: round.plan.as_ref().map(|plan| plan.label.clone()).unwrap_or_default(),
        name: listed.record.display_name(),
        phone: crate::desk::people::page::dialled(&listed.record),
        address: listed.record.address.line.clone(),
        wishes: listed.record.wishes.iter().map(|wish| relay.product_short(&wish.product)).collect(),
        proposed: listed.proposed,
        person: relay.people.view().by_source.get(&waiting_key(number, *id)).copied(),
    };
    round.waiting.iter().map(line).collect()
}

/// Returns everybody who waits for a later date, over all rounds, the earliest proposed date first.
#[must_use]
pub fn of_all(relay: &Relay<'_>) -> Vec<WaitingLine> {
    let mut lines: Vec<WaitingLine> =
        relay.planned().flat_map(|(number, round)| of_round(relay, number, round)).collect();
    lines.sort_by(|a, b| {
        let place = |line: &WaitingLine| (line.person.is_some(), line.proposed.is_none(), line.proposed);
        place(a).cmp(&place(b)).then_with(|| a.name.cmp(&b.name))
    });
    lines
}

/// Returns the key under which somebody of a waiting list enters the relay's list: twice adds nobody.
#[must_use]
pub fn waiting_key(round: u32, entry: FactName) -> String {
    format!("waiting/{round}/{entry}")
}
