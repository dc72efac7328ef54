//! Filling an empty relay of demonstration, step by step, each step skipped when it was done before.

use super::files::{self, BadFile, Relay, Round};
use crate::hub::{CommandError, Hub};
use perron_domain::command::{PlannedPerson, PlannedStop};
use perron_domain::fact::{
    AccountAdded, AccountNo, Confirmed, LotReceived, Modality, OnCallNamed, PersonAdded, PlannedLot, ProtocolSigned,
    RoundAssigned, RoundPlanned, StopPlanned,
};
use perron_domain::lot::{LotDoubt, LotId};
use perron_domain::{Command, CommonCommand, NewDirective, PeopleCommand};

/// The head of the demonstration's relay.
const HEAD: AccountNo = AccountNo(1);

/// Why the demonstration could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A file that travels with the hub is not right.
    #[error(transparent)]
    File(#[from] BadFile),
    /// The directives that travel with the hub are not right.
    #[error("directives: {0}")]
    Directives(String),
    /// A decision refused it, or the store did.
    #[error(transparent)]
    Command(#[from] CommandError),
}

/// Fills the relay with what `demo/` and `directives/` say; what is there already stays.
///
/// # Errors
/// [`SeedError`]; what was written until then stays, and the next start goes on.
pub async fn seed(hub: &Hub) -> Result<(), SeedError> {
    let relay = files::relay()?;
    add_staff(hub, &relay).await?;
    receive_lots(hub, &relay).await?;
    for round in files::rounds()? {
        publish_round(hub, &round).await?;
    }
    Ok(())
}

/// Publishes the directives and products that travel with the hub, those that are not there yet: so a new relay can work,
/// and an old one learns what a newer hub brings.
///
/// # Errors
/// [`SeedError`]; then none of them is there.
pub async fn publish_directives(hub: &Hub) -> Result<(), SeedError> {
    let directives = perron_directives::load_dir_bytes(&files::directive_files()).map_err(|problems| {
        SeedError::Directives(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    })?;
    let new = hub.read(|cache| {
        let known = |one: &perron_domain::rules::Directive| {
            cache.common.directives.iter().any(|known| known.id == one.id && known.version == one.version)
        };
        directives.into_iter().filter(|one| !known(one)).collect::<Vec<_>>()
    });
    let commands = new
        .into_iter()
        .map(|directive| {
            CommonCommand::PublishDirective(Box::new(NewDirective {
                directive,
                text: None,
                urgent: false,
                adopted: None,
            }))
        })
        .collect();
    hub.common_commands(AccountNo(0), commands).await?;
    Ok(())
}

async fn add_staff(hub: &Hub, relay: &Relay) -> Result<(), SeedError> {
    for account in &relay.accounts {
        if hub.read(|cache| cache.common.accounts.contains_key(&account.number)) {
            continue;
        }
        let added = AccountAdded {
            account: account.number,
            name: account.name.clone(),
            roles: account.roles.clone(),
            rpps: Some(account.rpps.clone()),
            prescriber_trained: account.prescriber_trained,
            phone: Some(account.phone.clone()),
        };
        hub.common_command(HEAD, CommonCommand::AddAccount(added)).await?;
    }
    if hub.read(|cache| cache.common.on_call.is_none()) {
        let on_call = OnCallNamed { name: relay.on_call.name.clone(), phone: relay.on_call.phone.clone() };
        hub.common_command(HEAD, CommonCommand::NameOnCall(on_call)).await?;
    }
    if hub.read(|cache| cache.common.protocol.is_none()) {
        let bad = |_| BadFile { file: "relay.toml".to_owned(), reason: "protocol.on is not a day".to_owned() };
        let protocol = ProtocolSigned {
            title: relay.protocol.title.clone(),
            text: relay.protocol.text.trim().to_owned(),
            signed_by: relay.protocol.signed_by.clone(),
            on: relay.protocol.on.parse().map_err(bad)?,
        };
        hub.common_command(HEAD, CommonCommand::SignProtocol(protocol)).await?;
    }
    Ok(())
}

async fn receive_lots(hub: &Hub, relay: &Relay) -> Result<(), SeedError> {
    for lot in &relay.lots {
        if hub.read(|cache| cache.common.lots.contains_key(&LotId::new(&lot.product, &lot.lot))) {
            continue;
        }
        let received = LotReceived {
            product: lot.product.clone(),
            lot: lot.lot.clone(),
            expiry: lot.expiry,
            doses: u32::from(lot.doses),
            confirmed: Some(told_of_the_past(lot)),
        };
        hub.common_command(HEAD, CommonCommand::ReceiveLot(received)).await?;
    }
    Ok(())
}

/// The story's lots are as old as the story: what the desk would ask about their days is answered here.
fn told_of_the_past(lot: &PlannedLot) -> Confirmed {
    let expiry = lot.expiry;
    let doubts = vec![LotDoubt::OldExpiry { expiry }.code(), LotDoubt::Expired { expiry }.code()];
    Confirmed { reason: "lot de la démonstration".to_owned(), doubts }
}

async fn publish_round(hub: &Hub, round: &Round) -> Result<(), SeedError> {
    if hub.read(|cache| cache.rounds.get(&round.number).is_none_or(|known| !known.published)) {
        let stops = add_people(hub, round).await?;
        hub.command(round.number, HEAD, Command::PublishRound { plan: plan(round), stops }).await?;
    }
    if hub.read(|cache| !cache.common.rounds.contains_key(&round.number)) {
        let assigned = RoundAssigned {
            round: round.number,
            on: round.on,
            label: round.label.clone(),
            devices: Vec::new(),
            cancelled: None,
        };
        hub.common_command(HEAD, CommonCommand::AssignRound(assigned)).await?;
    }
    Ok(())
}

/// Adds the round's people to the relay and returns its addresses with them.
async fn add_people(hub: &Hub, round: &Round) -> Result<Vec<PlannedStop>, SeedError> {
    let key = |stop: usize, person: usize| format!("demo/{}/{stop}/{person}", round.number);
    let mut commands = Vec::new();
    for (place, stop) in round.stops.iter().enumerate() {
        let address = stop.address();
        for (number, person) in stop.people.iter().enumerate() {
            let record = person.record(round.on, &address);
            commands.push(PeopleCommand::Add(PersonAdded::new(record, key(place, number))));
        }
    }
    hub.people_commands(HEAD, commands).await?;
    let stops = round.stops.iter().enumerate().map(|(place, stop)| {
        let address = stop.address();
        let people = stop.people.iter().enumerate().map(|(number, person)| PlannedPerson {
            person: hub.read(|cache| cache.people.by_source.get(&key(place, number)).copied()),
            record: person.record(round.on, &address),
        });
        PlannedStop {
            people: people.collect(),
            stop: StopPlanned {
                address: stop.address(),
                from_minute: stop.from_minute,
                until_minute: stop.until_minute,
                place: stop.place.clone(),
                unplanned: false,
            },
        }
    });
    Ok(stops.collect())
}

fn plan(round: &Round) -> RoundPlanned {
    RoundPlanned {
        on: round.on,
        label: round.label.clone(),
        team: round.team.clone(),
        nurses: round.nurses.clone(),
        start_place: round.start_place.clone(),
        start_minute: round.start_minute,
        modality: Modality::Home,
        territory: "FR-93".to_owned(),
        relay_protocol: round.relay_protocol,
        lots: round.lots.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_demonstration_can_be_read() {
        assert_eq!(files::relay().unwrap().accounts.len(), 4);
        let rounds = files::rounds().unwrap();
        assert_eq!(rounds.iter().map(|round| round.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(rounds[2].stops.len(), 25);
    }

    #[test]
    fn the_ages_of_the_story_hold_on_the_day_of_the_round() {
        let rounds = files::rounds().unwrap();
        let on = rounds[0].on;
        let age = |name: &str| {
            let address = rounds[0].stops[0].address();
            let everybody = rounds[0].stops.iter().flat_map(|stop| &stop.people);
            let record = everybody.map(|one| one.record(on, &address)).find(|one| one.birth_name == name).unwrap();
            on.years_since(record.birth.unwrap().day().unwrap())
        };
        assert_eq!((age("Parapluie"), age("Girouette"), age("Marmite")), (84, 11, 27));
    }
}
