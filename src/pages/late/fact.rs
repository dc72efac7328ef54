//! From a fact of the round back to the command that says it, so that a correction can say it again otherwise.

use perron_domain::{command::Command, fact::Body, name::Numbering};

/// Says whether a fact is one that the team wrote about the round itself, and so stands on this page.
#[must_use]
pub const fn correctable(body: &Body) -> bool {
    matches!(
        body,
        Body::KitChecked(_)
            | Body::Departed(_)
            | Body::VacationStarted(_)
            | Body::VacationEnded(_)
            | Body::DifficultyReported(_)
            | Body::TeamSatisfaction(_)
            | Body::EntriesCounted(_)
            | Body::Arrived(_)
    )
}

/// Returns the command that would say this fact again; none for what can only be withdrawn.
#[must_use]
pub fn restate(body: &Body, chain: Numbering<'_>) -> Option<Command> {
    Some(match body.clone() {
        Body::KitChecked(fact) => Command::CheckKit(fact.lines),
        Body::VacationStarted(fact) => Command::StartVacation(fact.account),
        Body::VacationEnded(fact) => Command::EndVacation(fact.account),
        Body::DifficultyReported(fact) => Command::ReportDifficulty(fact.text),
        Body::TeamSatisfaction(fact) => Command::TeamSatisfaction(fact.score),
        Body::EntriesCounted(fact) => Command::CountEntries {
            account: fact.account,
            entered: fact.entered,
            not_due: fact.not_due,
            reason: fact.reason,
        },
        Body::Arrived(fact) => Command::Arrive(fact.stop.name(chain)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::{
        fact::{Arrived, DifficultyReported},
        name::{DeviceId, FactName, FactRef},
    };

    #[test]
    fn a_difficulty_is_said_again_with_its_words() {
        let said = DifficultyReported { text: "ascenseur en panne".to_owned() };
        let again = restate(&said.into(), DeviceId(3).into());
        assert_eq!(again, Some(Command::ReportDifficulty("ascenseur en panne".to_owned())));
    }

    #[test]
    fn a_reference_is_read_in_the_chain_of_its_author() {
        let arrived = Arrived { stop: FactRef::Own(7) };
        assert_eq!(restate(&arrived.into(), DeviceId(3).into()), Some(Command::Arrive(FactName::new(DeviceId(3), 7))));
    }
}
