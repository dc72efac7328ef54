//! The rounds whose day is over and that nobody signed: their tablet never came back, and whoever is on them can be put on
//! no other round until somebody signs or cancels them.

use crate::demo;
use crate::desk::relay::Relay;
use crate::desk::round::view;
use perron_desk_api::{RoundStage, UnsignedRound};

/// Returns the published rounds of a day that is over, neither signed nor cancelled, the earliest first.
#[must_use]
pub fn rounds(relay: &Relay<'_>) -> Vec<UnsignedRound> {
    let today = relay.today();
    let story = relay.common.relay.as_ref().is_some_and(|one| one.demo);
    let mut found: Vec<UnsignedRound> = relay
        .planned()
        // The rounds of the story are played on any day.
        .filter(|(number, _)| !(story && demo::is_of_the_story(*number)))
        .map(|(number, round)| (number, round, view::line(relay, number, round)))
        .filter(|(.., line)| line.on < today && matches!(line.stage, RoundStage::Published | RoundStage::Departed))
        .map(|(number, round, line)| UnsignedRound {
            round: number,
            label: line.label,
            on: line.on,
            team: line.team,
            tablets: tablets(relay, number),
            left: round.departed.is_some(),
            persons: line.persons,
            open: line.persons.saturating_sub(line.done),
            last_news: line.last_news,
        })
        .collect();
    found.sort_by_key(|one| (one.on, one.round));
    found
}

/// Returns what people call the tablets of a round.
fn tablets(relay: &Relay<'_>, number: u32) -> Vec<String> {
    let devices = relay.common.rounds.get(&number).into_iter().flat_map(|round| &round.devices);
    devices.map(|device| view::called(relay, *device)).collect()
}
