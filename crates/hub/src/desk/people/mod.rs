//! Addresses of the API about people, and the right to erasure.

pub mod birth;
pub mod expected;
pub mod page;
pub mod person;

use crate::desk::import::preview::brief;
use crate::desk::import::snapshot::Snapshot;
use crate::desk::mount::{Addresses, Answer, Caller};
use crate::desk::typed;
use crate::errors::ApiError;
use crate::hub::AppState;
use crate::import::{difference, likeness};
use perron_desk_api::together::together;
use perron_desk_api::{
    AlikeLine, Because, ChangePerson, Code, ErasedView, JoinPerson, PeoplePage, PeopleQuery, PersonChanged, PersonFile,
    routes,
};
use perron_domain::PeopleCommand;
use perron_domain::fact::{Body, PersonAdded};
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new()
        .at(routes::PEOPLE, list)
        .at(routes::ADD_PERSON, add)
        .at(routes::ALIKE, alike)
        .at(routes::PERSON, read)
        .at(routes::CHANGE_PERSON, change)
        .at(routes::PERSON_FILE, file)
        .at(routes::JOIN_PERSON, join)
        .at(routes::MAY_CALL, may_call)
        .at(routes::ERASE_PERSON, erase)
}

async fn list(Caller { hub, .. }: Caller, (): (), query: PeopleQuery) -> Answer<PeoplePage> {
    let drafts = hub.drafts().await?;
    let page = tokio::task::spawn_blocking(move || hub.look(|relay| page::page(relay, &drafts, &query)));
    page.await.map_err(ApiError::internal)
}

/// Whoever is typed by hand may be there already: shown as at an import, before she is added.
async fn alike(Caller { hub, .. }: Caller, (): (), record: PersonRecord) -> Answer<Vec<AlikeLine>> {
    let work = tokio::task::spawn_blocking(move || {
        let snapshot = hub.look(Snapshot::of);
        let mut like: Vec<AlikeLine> = Vec::new();
        for one in &snapshot.known {
            if let Some(likenesses) = likeness::between(&record, &one.record) {
                like.push(AlikeLine { person: one.name, brief: brief(&snapshot, &one.record), likenesses });
            }
        }
        like
    });
    work.await.map_err(ApiError::internal)
}

/// Gives an address that has no coordinates those of the relay's file of addresses.
fn locate(hub: &AppState, record: &mut PersonRecord) {
    if record.address.lon.is_none()
        && let Some(addresses) = hub.addresses()
    {
        addresses.complete(&mut record.address, "");
    }
}

async fn add(Caller { hub, author }: Caller, (): (), mut record: PersonRecord) -> Answer<FactName> {
    locate(&hub, &mut record);
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
        Ok(mut record) => {
            locate(&hub, &mut record);
            record
        }
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

/// Of two records the one that was asked for stays, unless the other only came back from a round: then that one does. What the
/// record that stays says counts; what it does not say is taken from the other.
async fn join(
    Caller { hub, author }: Caller,
    (asked,): (FactName,),
    JoinPerson { other: named }: JoinPerson,
) -> Answer<FactName> {
    let unknown = || ApiError::not_found("Cette personne n’est pas connue du relais.");
    let one = hub.look(|relay| relay.people.view().now(asked) == relay.people.view().now(named));
    if one {
        return Err(ApiError::bad_request(Code::BadQuery, "C’est déjà une seule et même fiche."));
    }
    let _writing = hub.drafting().await;
    let (person, other, record) = hub
        .look(|relay| {
            let listed =
                |name| matches!(relay.people.log().get(name).map(|fact| &fact.body), Some(Body::PersonAdded(_)));
            let (person, other) = if listed(named) { (asked, named) } else { (named, asked) };
            let (mine, theirs) = (relay.editable(person)?, relay.editable(other)?);
            let record = difference::taken(&theirs, None, &mine).unwrap_or(theirs);
            Some((person, other, PersonRecord { address: mine.address, ..record }))
        })
        .ok_or_else(unknown)?;
    hub.people_commands(author, vec![PeopleCommand::Join { person, other, record }]).await?;
    // What changes a published round names people as that round does.
    let published = |number| hub.look(|relay| relay.rounds.get(&number).is_some_and(|round| round.published));
    for mut draft in hub.drafts().await?.into_iter().filter(|draft| !published(draft.number)) {
        let before = draft.stops.clone();
        let there = draft.stops.iter().any(|stop| stop.people.contains(&person));
        for stop in &mut draft.stops {
            stop.people.retain(|one| !(there && *one == other));
            stop.people.iter_mut().filter(|one| **one == other).for_each(|one| *one = person);
        }
        draft.stops.retain(|stop| !stop.people.is_empty());
        if draft.stops != before {
            hub.keep_draft(&draft).await?;
        }
    }
    Ok(person)
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
