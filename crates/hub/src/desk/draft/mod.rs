//! Addresses of the API about rounds that are being planned, until they are published.

pub mod plan;
pub mod way;

use crate::desk::mount::{Addresses, Answer, Caller};
use crate::desk::relay::Relay;
use crate::desk::round::{published, seen};
use crate::errors::ApiError;
use crate::hub::Hub;
use perron_desk_api::{AddPeople, Blocking, Code, DraftView, NewRound, RoundDraft, RoundView, routes};
use perron_domain::fact::{Modality, RoundAssigned};
use perron_domain::{Command, CommonCommand};

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new()
        .at(routes::NEW_ROUND, create)
        .at(routes::DRAFT, read_draft)
        .at(routes::SAVE_DRAFT, save_draft)
        .at(routes::DROP_DRAFT, drop_draft)
        .at(routes::ADD_PEOPLE, add_people)
        .at(routes::NEAREST, nearest)
        .at(routes::PUBLISH_ROUND, publish)
}

async fn create(Caller { hub, .. }: Caller, (): (), new: NewRound) -> Answer<DraftView> {
    let _writing = hub.drafting().await;
    let drafts = hub.drafts().await?;
    let (last, nurses) = hub.look(|relay| {
        let known = relay.rounds.keys().chain(relay.common.rounds.keys()).copied();
        let last = known.chain(drafts.iter().map(|draft| draft.number)).max().unwrap_or(0);
        let nurse = |one: &&perron_domain::fact::AccountAdded| one.roles.contains(&perron_domain::fact::Role::Nurse);
        // With one nurse in the relay there is nothing to choose.
        let nurses: Vec<_> = relay.common.accounts.values().filter(nurse).map(|one| one.account).collect();
        (last, if nurses.len() == 1 { nurses } else { Vec::new() })
    });
    let number = hub.next_number(last).await?;
    let draft = RoundDraft {
        number,
        version: 1,
        on: new.on,
        label: new.label,
        team: String::new(),
        nurses,
        devices: Vec::new(),
        start_place: String::new(),
        start_minute: 9 * 60,
        modality: Modality::Home,
        relay_protocol: false,
        lots: Vec::new(),
        stops: Vec::new(),
    };
    hub.keep_draft(&draft).await?;
    Ok(hub.look(|relay| plan::view(relay, draft)))
}

async fn read_draft(Caller { hub, .. }: Caller, (number,): (u32,), (): ()) -> Answer<DraftView> {
    let mut draft = hub.draft(number).await?;
    Ok(hub.look(|relay| {
        plan::tidy(relay, &mut draft);
        plan::view(relay, draft)
    }))
}

/// Changes a draft under its lock and returns it.
async fn changing(
    hub: &Hub,
    number: u32,
    change: impl FnOnce(&Relay<'_>, &mut RoundDraft) -> Result<(), ApiError>,
) -> Answer<DraftView> {
    let _writing = hub.drafting().await;
    let mut draft = hub.draft(number).await?;
    hub.look(|relay| {
        if published(relay, number) {
            return Err(ApiError::refused(Code::Published, "Cette tournée est déjà publiée."));
        }
        change(relay, &mut draft)?;
        plan::tidy(relay, &mut draft);
        Ok(())
    })?;
    draft.version += 1;
    hub.keep_draft(&draft).await?;
    Ok(hub.look(|relay| plan::view(relay, draft)))
}

async fn save_draft(Caller { hub, .. }: Caller, (number,): (u32,), new: RoundDraft) -> Answer<DraftView> {
    changing(&hub, number, |_, draft| {
        if new.version != draft.version {
            let message = "Quelqu’un d’autre a modifié cette tournée entre-temps. Rechargez la page.";
            return Err(ApiError::refused(Code::Version, message));
        }
        *draft = RoundDraft { number, ..new };
        Ok(())
    })
    .await
}

async fn drop_draft(Caller { hub, .. }: Caller, (number,): (u32,), (): ()) -> Answer<()> {
    let _writing = hub.drafting().await;
    hub.drop_draft(number).await?;
    Ok(())
}

async fn add_people(Caller { hub, .. }: Caller, (number,): (u32,), add: AddPeople) -> Answer<DraftView> {
    changing(&hub, number, |relay, draft| {
        plan::add_people(relay, draft, &add.people);
        Ok(())
    })
    .await
}

async fn nearest(Caller { hub, .. }: Caller, (number,): (u32,), (): ()) -> Answer<DraftView> {
    changing(&hub, number, |relay, draft| {
        plan::order_nearest(relay, draft);
        Ok(())
    })
    .await
}

async fn publish(Caller { hub, author }: Caller, (number,): (u32,), (): ()) -> Answer<RoundView> {
    let _writing = hub.drafting().await;
    let mut draft = hub.draft(number).await?;
    let (already, blocking, refused, plan, stops) = hub.look(|relay| {
        plan::tidy(relay, &mut draft);
        let (plan, stops) = plan::plan(relay, &draft);
        let view = plan::view(relay, draft.clone());
        let refused: Vec<String> = view.people.into_iter().filter(|one| one.blocks).map(|one| one.name).collect();
        (published(relay, number), view.blocking, refused, plan, stops)
    });
    // A hub that stopped half way finds the round published and goes on with its tablets.
    if !already {
        if !blocking.is_empty() {
            let missing: Vec<&str> = blocking.iter().map(|one| missing(*one)).collect();
            let message = format!("La tournée n’est pas prête\u{a0}: {}.", missing.join(", "));
            return Err(ApiError::refused(Code::NotReady, message));
        }
        // Somebody died, moved or refused since she was chosen: she is named, and taken out by whoever prepares the round.
        if !refused.is_empty() {
            let message = format!("Retirez d’abord de la tournée\u{a0}: {}.", refused.join(", "));
            return Err(ApiError::refused(Code::PeopleRefused, message));
        }
        hub.command(number, author, Command::PublishRound { plan, stops }).await?;
    }
    let assigned = RoundAssigned { round: number, on: draft.on, label: draft.label, devices: draft.devices };
    hub.common_command(author, CommonCommand::AssignRound(assigned)).await?;
    hub.drop_draft(number).await?;
    seen(&hub, number)
}

/// Says what a round lacks, for whoever asks without having looked.
const fn missing(blocking: Blocking) -> &'static str {
    match blocking {
        Blocking::Label => "elle n’a pas de nom",
        Blocking::Team => "l’équipe n’a pas de nom",
        Blocking::Nurses => "aucune infirmière, aucun infirmier",
        Blocking::Tablet => "aucune tablette",
        Blocking::Stops => "aucune adresse",
        Blocking::LotExpired => "un lot est périmé ce jour-là",
        Blocking::LotIsolated => "un lot est isolé",
    }
}
