//! From a fact of stock back to the command that says it: so that a correction can say it again otherwise.

use perron_domain::{
    command::{Command, NotePhoneDecision},
    fact::Body,
    name::Numbering,
};

use super::topic::Topic;

/// Returns the command that would say this fact again; none for what belongs to none of these pages.
#[must_use]
pub fn restate(body: &Body, chain: Numbering<'_>) -> Option<Command> {
    Some(match body.clone() {
        Body::DosesLoaded(fact) => Command::Load(fact),
        Body::VialOpened(fact) => {
            Command::OpenVial { load: fact.load.name(chain), diluted: fact.diluted, at: Some(fact.at) }
        }
        Body::VialDrawn(fact) => {
            Command::CountDrawn { vial: fact.vial.name(chain), drawn: fact.drawn, reason: fact.reason }
        }
        Body::DosesWasted(fact) => {
            Command::Waste { source: fact.source.name(chain), count: fact.count, reason: fact.reason }
        }
        Body::DosesCeded(fact) => Command::Cede { source: fact.source.name(chain), count: fact.count, to: fact.to },
        Body::DosesReturned(fact) => Command::Return { load: fact.load.name(chain), units: fact.units },
        Body::TemperatureRead(fact) => {
            Command::ReadTemperature { tenths: fact.tenths, at: Some(fact.at), reason: fact.reason }
        }
        Body::IsolationDecided(fact) => {
            let load = fact.load.name(chain);
            Command::DecideIsolation { load, usable: fact.usable, reason: fact.reason, by: fact.by }
        }
        Body::PhoneDecisionNoted(fact) => Command::NotePhoneDecision(NotePhoneDecision {
            sources: fact.sources.iter().map(|source| source.name(chain)).collect(),
            usable: fact.usable,
            by: fact.by,
            quality: fact.quality,
            account: fact.account,
            at: Some(fact.at),
            reason: fact.reason,
        }),
        Body::ContainerOpened(fact) => Command::OpenContainer { kind: fact.kind, volume_dl: fact.volume_dl },
        Body::WasteTallied(fact) => Command::Tally { stream: fact.stream, delta: fact.delta },
        Body::ContainerFilled(fact) => Command::Fill { container: fact.container.name(chain), percent: fact.percent },
        Body::ContainerClosed(fact) => Command::CloseContainer(fact.container.name(chain)),
        Body::ContainerHandedOver(fact) => {
            Command::HandOver { container: fact.container.name(chain), grams: fact.grams, to: fact.to }
        }
        _ => return None,
    })
}

/// Returns the page that a fact belongs to.
#[must_use]
pub const fn topic(body: &Body) -> Option<Topic> {
    match body {
        Body::DosesLoaded(_)
        | Body::VialOpened(_)
        | Body::VialDrawn(_)
        | Body::DosesWasted(_)
        | Body::DosesCeded(_)
        | Body::DosesReturned(_) => Some(Topic::Doses),
        Body::TemperatureRead(_)
        | Body::IsolationDecided(_)
        | Body::PhoneDecisionNoted(_)
        | Body::PhoneDecisionAnswered(_) => Some(Topic::Box),
        Body::ContainerOpened(_)
        | Body::WasteTallied(_)
        | Body::ContainerFilled(_)
        | Body::ContainerClosed(_)
        | Body::ContainerHandedOver(_) => Some(Topic::Waste),
        _ => None,
    }
}
