//! Addresses of the API about people, and the right to erasure.

pub mod expected;
pub mod page;
pub mod person;

use crate::desk::mount::{Addresses, Answer, Caller};
use crate::desk::typed;
use crate::errors::ApiError;
use perron_desk_api::together::together;
use perron_desk_api::{Because, ChangePerson, ErasedView, PeoplePage, PeopleQuery, PersonChanged, PersonFile, routes};
use perron_domain::PeopleCommand;
use perron_domain::fact::PersonAdded;
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new()
        .at(routes::PEOPLE, list)
        .at(routes::ADD_PERSON, add)
        .at(routes::PERSON, read)
        .at(routes::CHANGE_PERSON, change)
        .at(routes::PERSON_FILE, file)
        .at(routes::MAY_CALL, may_call)
        .at(routes::ERASE_PERSON, erase)
}

async fn list(Caller { hub, .. }: Caller, (): (), query: PeopleQuery) -> Answer<PeoplePage> {
    let drafts = hub.drafts().await?;
    let page = tokio::task::spawn_blocking(move || hub.look(|relay| page::page(relay, &drafts, &query)));
    page.await.map_err(ApiError::internal)
}

async fn add(Caller { hub, author }: Caller, (): (), record: PersonRecord) -> Answer<FactName> {
    let command = PeopleCommand::Add(PersonAdded::new(record, String::new()));
    let names = hub.people_commands(author, vec![command]).await?;
    names.first().copied().ok_or_else(|| ApiError::internal("a person became no fact"))
}

async fn read(Caller { hub, .. }: Caller, (name,): (FactName,), (): ()) -> Answer<PersonRecord> {
    let unknown = || ApiError::not_found("Cette personne n’est pas connue du relais.");
    hub.look(|relay| relay.editable(name)).ok_or_else(unknown)
}

async fn change(
    Caller { hub, author }: Caller,
    (person,): (FactName,),
    ChangePerson { before, now }: ChangePerson,
) -> Answer<PersonChanged> {
    let unknown = || ApiError::not_found("Cette personne n’est pas connue du relais.");
    let _writing = hub.drafting().await;
    let there = hub.look(|relay| relay.editable(person)).ok_or_else(unknown)?;
    let record = match together(&before, &now, &there) {
        Err(differs) => return Ok(PersonChanged { record: there, differs }),
        Ok(record) => record,
    };
    if there != record {
        hub.people_commands(author, vec![PeopleCommand::Change { person, record, reason: None }]).await?;
    }
    let record = hub.look(|relay| relay.editable(person)).ok_or_else(unknown)?;
    Ok(PersonChanged { record, differs: Vec::new() })
}

async fn file(Caller { hub, .. }: Caller, (name,): (FactName,), (): ()) -> Answer<PersonFile> {
    let unknown = || ApiError::not_found("Cette personne n’est pas connue du relais.");
    let drafts = hub.drafts().await?;
    hub.look(|relay| person::file(relay, &drafts, name)).ok_or_else(unknown)
}

async fn may_call(Caller { hub, author }: Caller, (person,): (FactName,), because: Because) -> Answer<()> {
    hub.people_commands(author, vec![PeopleCommand::MayCall { person, reason: because.reason }]).await?;
    Ok(())
}

async fn erase(Caller { hub, author }: Caller, (person,): (FactName,), (): ()) -> Answer<ErasedView> {
    let unknown = || ApiError::not_found("Cette personne n’est pas connue du relais.");
    if hub.look(|relay| relay.person(person).is_none()) {
        return Err(unknown());
    }
    let erased = hub.erase_person(author, person).await?;
    typed::forget_person(&hub, person).await?;
    Ok(ErasedView { facts: erased.facts, kept: erased.kept })
}
