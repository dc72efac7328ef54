//! Where a door opens, and the order of the doors.

use crate::pages::visit::link::Link;
use perron_domain::command::Command;
use perron_domain::name::FactName;
use perron_domain::state::Round;

/// Returns where a door opens: the visit itself where one person lives, the address where there are several.
#[must_use]
pub fn door_href(round: &Round, stop: FactName) -> String {
    match round.stops.get(&stop).map(|stop| stop.people.as_slice()) {
        Some([only]) => format!("/visite/{only}"),
        _ => format!("/adresse/{stop}"),
    }
}

/// Puts an order into the round.
pub(super) fn reorder(link: Link, stops: Vec<FactName>) {
    link.write(vec![Command::OrderStops(stops)], || ());
}
