//! Whom a dose that was given to somebody met on the spot is missing for: the last ones of the order.

use crate::desk::relay::Relay;
use perron_desk_api::ShortLine;
use perron_domain::aboard;
use perron_domain::fact::Outcome;
use perron_domain::name::FactName;
use perron_domain::state::Round;

/// Returns the products of which fewer doses are left than people expect, once the team has taken any aboard and until it signs.
#[must_use]
pub fn lines(relay: &Relay<'_>, round: &Round) -> Vec<ShortLine> {
    if round.closed_at.is_some() || round.cancelled.is_some() || round.loads.is_empty() {
        return Vec::new();
    }
    let short = aboard::needs(round, relay.common, relay.now).into_iter().filter(aboard::Need::is_short);
    short.map(|need| line(relay, round, &need)).collect()
}

fn line(relay: &Relay<'_>, round: &Round, need: &aboard::Need) -> ShortLine {
    let lacking = usize::try_from(need.waiting - need.usable.max(0)).unwrap_or_default();
    let order = round.people_in_order();
    let acts = |person: &FactName| {
        let visit = round.people.get(person);
        let acts = visit.into_iter().flat_map(|visit| visit.acts.iter().filter_map(|act| round.acts.get(act)));
        acts.filter(|act| act.wish.product == need.product).collect::<Vec<_>>()
    };
    let waits = |person: &FactName| {
        let open = round.outcome_of(*person).is_none_or(|outcome| outcome == Outcome::Vaccinated);
        open && acts(person).iter().any(|act| act.given.is_empty() && act.ended.is_none())
    };
    let name = |person: &FactName| round.people.get(person).map(|visit| visit.record.display_name());
    let waiting: Vec<String> = order.iter().filter(|person| waits(person)).filter_map(name).collect();
    let met = |person: &FactName| round.people.get(person).is_some_and(|visit| visit.walk_in);
    let given = |person: &FactName| acts(person).iter().any(|act| !act.given.is_empty());
    ShortLine {
        product: relay.product_short(&need.product),
        lacking: u32::try_from(lacking).unwrap_or(u32::MAX),
        people: waiting.iter().skip(waiting.len().saturating_sub(lacking)).cloned().collect(),
        walk_ins: order.iter().filter(|person| met(person) && given(person)).filter_map(name).collect(),
    }
}
