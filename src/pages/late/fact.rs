//! From a fact of the round back to the command that says it, so that a correction can say it again otherwise.

use perron_domain::{command::Command, fact::Body, name::DeviceId};

/// Says whether a fact is one that the team wrote about the round itself, and so stands on this page.
#[must_use]
pub const fn correctable(body: &Body) -> bool {
    matches!(
        body,
        Body::KitChecked(_)
            | Body::Departed(_)
            | Body::VacationStarted(_)
            | Body::VacationEnded(_)
            | Body::DosesLoaded(_)
            | Body::VialOpened(_)
            | Body::VialDrawn(_)
            | Body::DosesWasted(_)
            | Body::DosesCeded(_)
            | Body::DosesReturned(_)
            | Body::TemperatureRead(_)
            | Body::ContainerOpened(_)
            | Body::WasteTallied(_)
            | Body::ContainerFilled(_)
            | Body::ContainerClosed(_)
            | Body::ContainerHandedOver(_)
            | Body::DifficultyReported(_)
            | Body::TeamSatisfaction(_)
            | Body::EntriesCounted(_)
            | Body::Arrived(_)
    )
}

/// Returns the command that would say this fact again; none for what can only be withdrawn.
#[must_use]
pub fn restate(body: &Body, device: DeviceId) -> Option<Command> {
    Some(match body.clone() {
        Body::KitChecked(fact) => Command::CheckKit(fact.lines),
        Body::VacationStarted(fact) => Command::StartVacation(fact.account),
        Body::VacationEnded(fact) => Command::EndVacation(fact.account),
        Body::DosesLoaded(fact) => Command::Load(fact),
        Body::VialOpened(fact) => {
            Command::OpenVial { load: fact.load.name(device), diluted: fact.diluted, at: Some(fact.at) }
        }
        Body::VialDrawn(fact) => {
            Command::CountDrawn { vial: fact.vial.name(device), drawn: fact.drawn, reason: fact.reason }
        }
        Body::DosesWasted(fact) => {
            Command::Waste { source: fact.source.name(device), count: fact.count, reason: fact.reason }
        }
        Body::DosesCeded(fact) => Command::Cede { source: fact.source.name(device), count: fact.count, to: fact.to },
        Body::DosesReturned(fact) => Command::Return { load: fact.load.name(device), units: fact.units },
        Body::TemperatureRead(fact) => {
            Command::ReadTemperature { tenths: fact.tenths, at: Some(fact.at), reason: fact.reason }
        }
        Body::ContainerOpened(fact) => Command::OpenContainer { kind: fact.kind, volume_dl: fact.volume_dl },
        Body::WasteTallied(fact) => Command::Tally { stream: fact.stream, delta: fact.delta },
        Body::ContainerFilled(fact) => Command::Fill { container: fact.container.name(device), percent: fact.percent },
        Body::ContainerClosed(fact) => Command::CloseContainer(fact.container.name(device)),
        Body::ContainerHandedOver(fact) => {
            Command::HandOver { container: fact.container.name(device), grams: fact.grams, to: fact.to }
        }
        Body::DifficultyReported(fact) => Command::ReportDifficulty(fact.text),
        Body::TeamSatisfaction(fact) => Command::TeamSatisfaction(fact.score),
        Body::EntriesCounted(fact) => Command::CountEntries {
            account: fact.account,
            entered: fact.entered,
            not_due: fact.not_due,
            reason: fact.reason,
        },
        Body::Arrived(fact) => Command::Arrive(fact.stop.name(device)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::{
        fact::{DosesWasted, TemperatureRead},
        name::{FactName, FactRef},
        time::Wall,
    };

    #[test]
    fn a_reading_is_said_again_with_its_own_hour() {
        let read = TemperatureRead { tenths: 91, at: Wall(42), reason: Some("porte ouverte".to_owned()) };
        let again = restate(&read.clone().into(), DeviceId(3));
        assert_eq!(again, Some(Command::ReadTemperature { tenths: 91, at: Some(Wall(42)), reason: read.reason }));
    }

    #[test]
    fn a_reference_is_read_in_the_chain_of_its_author() {
        let wasted = DosesWasted { source: FactRef::Own(7), count: 1, reason: "cassée".to_owned() };
        let Some(Command::Waste { source, .. }) = restate(&wasted.into(), DeviceId(3)) else { panic!("a loss") };
        assert_eq!(source, FactName::new(DeviceId(3), 7));
    }
}
