//! What happened on rounds and the relay sees to: a call to 15, a malaise, a needle-stick, an administration error; and what was done.

use crate::desk::relay::Relay;
use crate::desk::round::names;
use perron_desk_api::{FollowKind, FollowLine, SaidLine};
use perron_domain::fact::IncidentKind;
use perron_domain::name::FactName;
use perron_domain::state::{FollowUp, Happened, Round};

/// Returns what was done about something, and who wrote it.
#[must_use]
pub fn done(relay: &Relay<'_>, round: &Round, code: &str) -> Option<SaidLine> {
    let (said, by, at) = round.followed(code)?;
    Some(SaidLine { at: *at, by: relay.common.account_name(*by), text: said.text.clone() })
}

/// Returns the code of what is told by this fact, where the relay sees to it.
#[must_use]
pub fn code_of(round: &Round, fact: FactName) -> Option<String> {
    round.to_follow().into_iter().find(|one| one.fact == fact).map(|one| one.code())
}

/// Returns what of a round nobody has seen to yet, the earliest first.
#[must_use]
pub fn open(relay: &Relay<'_>, number: u32, round: &Round) -> Vec<FollowLine> {
    let waits = round.to_follow().into_iter().filter(|one| round.followed(&one.code()).is_none());
    waits.map(|one| line(relay, number, round, one)).collect()
}

fn line(relay: &Relay<'_>, number: u32, round: &Round, one: FollowUp) -> FollowLine {
    let what = match one.what {
        Happened::Incident(IncidentKind::Faint) => FollowKind::Faint,
        Happened::Incident(IncidentKind::NeedleStick) => FollowKind::NeedleStick,
        Happened::Incident(IncidentKind::Emergency) => FollowKind::Emergency,
        Happened::Incident(IncidentKind::Reaction | IncidentKind::Access) => FollowKind::Reaction,
        Happened::Adrenaline => FollowKind::Adrenaline,
        Happened::Error => FollowKind::Error,
    };
    FollowLine {
        round: number,
        label: relay.label(number),
        code: one.code(),
        what,
        person: one.person.and_then(|person| names::name_of(round, person)),
        dossier: one.person,
        at: one.at,
        text: words(relay, round, one),
    }
}

/// Returns what the team wrote of it; of a dose, with its product and lot.
fn words(relay: &Relay<'_>, round: &Round, one: FollowUp) -> String {
    if one.what != Happened::Error {
        let incident = round.incidents.iter().find(|incident| incident.name == one.fact);
        return incident.map(|incident| incident.text.clone()).unwrap_or_default();
    }
    let given = round.acts.values().flat_map(|act| &act.given).find(|given| given.name == one.fact);
    let Some(given) = given else { return String::new() };
    let dose = &given.dose;
    let error = dose.error.as_ref().map(names::words).unwrap_or_default();
    let lot = relay.common.printed(&dose.product, &dose.lot);
    format!("{error} · {} · {lot}", relay.product_short(&dose.product))
}
