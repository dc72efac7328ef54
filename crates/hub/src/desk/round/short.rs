//! Whom a dose that was given to somebody met on the spot is missing for: the last ones of the order.

use crate::desk::relay::Relay;
use perron_desk_api::ShortLine;
use perron_domain::aboard;
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
    let name = |person: &FactName| round.people.get(person).map(|visit| visit.record.display_name());
    let without = aboard::without(round, relay.common, &need.product, relay.now);
    let people: Vec<String> = without.iter().filter_map(|act| name(&round.acts.get(act)?.person)).collect();
    let acts = |person: &FactName| {
        let visit = round.people.get(person);
        let acts = visit.into_iter().flat_map(|visit| visit.acts.iter().filter_map(|act| round.acts.get(act)));
        acts.filter(|act| act.wish.product == need.product).collect::<Vec<_>>()
    };
    // Why a dose that others waited for was given all the same, as the team wrote.
    let despite = |person: &FactName| acts(person).iter().find_map(|act| act.despite.clone());
    let why = |person: &FactName| {
        let name = name(person)?;
        Some(despite(person).map_or_else(|| name.clone(), |reason| format!("{name} ({reason})")))
    };
    let met = |person: &FactName| round.people.get(person).is_some_and(|visit| visit.walk_in);
    let given = |person: &FactName| acts(person).iter().any(|act| !act.given.is_empty());
    let taken = |person: &FactName| given(person) && (met(person) || despite(person).is_some());
    ShortLine {
        product: relay.product_short(&need.product),
        lacking: u32::try_from(people.len()).unwrap_or(u32::MAX),
        people,
        walk_ins: round.people_in_order().iter().filter(|person| taken(person)).filter_map(why).collect(),
    }
}
