//! Addresses of the API about people who wait for a later date.

pub mod line;

use crate::desk::mount::{Addresses, Answer, Caller};
use crate::errors::ApiError;
use perron_desk_api::{WaitingLine, routes};
use perron_domain::PeopleCommand;
use perron_domain::fact::PersonAdded;
use perron_domain::name::FactName;

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new().at(routes::WAITING, waiting).at(routes::TAKE_UP, take_up)
}

async fn waiting(Caller { hub, .. }: Caller, (): (), (): ()) -> Answer<Vec<WaitingLine>> {
    Ok(hub.look(line::of_all))
}

async fn take_up(Caller { hub, author }: Caller, (round, entry): (u32, FactName), (): ()) -> Answer<()> {
    let unknown = || ApiError::not_found("Cette personne n’est pas sur la liste d’attente.");
    let record = hub.look(|relay| relay.rounds.get(&round)?.waiting.get(&entry).map(|listed| listed.record.clone()));
    let added = PersonAdded::new(record.ok_or_else(unknown)?, line::waiting_key(round, entry));
    hub.people_commands(author, vec![PeopleCommand::Add(added)]).await?;
    Ok(())
}
