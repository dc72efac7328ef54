//! Addresses of the API about rounds that are being planned, until they are published.

pub mod change;
pub mod look;
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
        .at(routes::CHANGE_ROUND, change_round)
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
        confirmed: Vec::new(),
    };
    hub.keep_draft(&draft).await?;
    Ok(hub.look(|relay| plan::view(relay, &drafts, draft)))
}

async fn read_draft(Caller { hub, .. }: Caller, (number,): (u32,), (): ()) -> Answer<DraftView> {
    let (mut draft, others) = (hub.draft(number).await?, others(&hub, number).await?);
    Ok(hub.look(|relay| {
        plan::tidy(relay, &mut draft);
        plan::view(relay, &others, draft)
    }))
}

/// Returns the drafts of other rounds.
async fn others(hub: &Hub, number: u32) -> Answer<Vec<RoundDraft>> {
    let mut drafts = hub.drafts().await?;
    drafts.retain(|draft| draft.number != number);
    Ok(drafts)
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
        change::not_over(relay, number)?;
        change(relay, &mut draft)?;
        plan::tidy(relay, &mut draft);
        Ok::<(), ApiError>(())
    })?;
    draft.version += 1;
    hub.keep_draft(&draft).await?;
    let others = others(hub, number).await?;
    Ok(hub.look(|relay| plan::view(relay, &others, draft)))
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

/// Takes a published round into preparation again, or goes on with what was begun.
async fn change_round(Caller { hub, .. }: Caller, (number,): (u32,), (): ()) -> Answer<DraftView> {
    let _writing = hub.drafting().await;
    hub.look(|relay| change::not_over(relay, number))?;
    let begun = hub.drafts().await?.into_iter().find(|draft| draft.number == number);
    let draft = begun.or_else(|| hub.look(|relay| change::draft(relay, number)));
    let mut draft = draft.ok_or_else(|| ApiError::not_found("Cette tournée n’existe pas ou n’est pas publiée."))?;
    hub.look(|relay| plan::tidy(relay, &mut draft));
    hub.keep_draft(&draft).await?;
    let others = others(&hub, number).await?;
    Ok(hub.look(|relay| plan::view(relay, &others, draft)))
}

async fn publish(Caller { hub, author }: Caller, (number,): (u32,), (): ()) -> Answer<RoundView> {
    let _writing = hub.drafting().await;
    let (mut draft, others) = (hub.draft(number).await?, others(&hub, number).await?);
    let (already, view, plan, stops) = hub.look(|relay| {
        plan::tidy(relay, &mut draft);
        let (plan, stops) = plan::plan(relay, &draft);
        (published(relay, number), plan::view(relay, &others, draft.clone()), plan, stops)
    });
    may_go(view)?;
    // Of a round that is published only what differs is written; a hub that stopped half way goes on with its tablets.
    let command = if already {
        Command::ChangeRound(Box::new(hub.look(|relay| change::changed(relay, &draft, plan, stops))))
    } else {
        Command::PublishRound { plan, stops }
    };
    hub.command(number, author, command).await?;
    let RoundDraft { on, label, devices, .. } = draft;
    let assigned = RoundAssigned { round: number, on, label, devices, cancelled: None };
    if hub.look(|relay| relay.common.rounds.get(&number) != Some(&assigned)) {
        hub.common_command(author, CommonCommand::AssignRound(assigned)).await?;
    }
    hub.drop_draft(number).await?;
    seen(&hub, number).await
}

/// Refuses a round that lacks something, that cannot be, or of which something odd was not answered: who and what is named.
fn may_go(view: DraftView) -> Result<(), ApiError> {
    let refused = |code, what: &str, names: Vec<String>| {
        if names.is_empty() {
            Ok(())
        } else {
            Err(ApiError::refused(code, format!("{what}\u{a0}: {}.", names.join(", "))))
        }
    };
    let lacks = view.blocking.iter().map(|one| missing(*one).to_owned()).collect();
    refused(Code::NotReady, "La tournée n’est pas prête", lacks)?;
    // Somebody died, moved or refused since she was chosen: she is named, and taken out by whoever prepares the round.
    let away = view.people.into_iter().filter(|one| one.blocks).map(|one| one.name).collect();
    refused(Code::PeopleRefused, "Retirez d’abord de la tournée", away)?;
    let wrong = view.refused.into_iter().map(|one| one.name).collect();
    refused(Code::NotReady, "À corriger d’abord", wrong)?;
    let odd = view.odd.into_iter().filter(|one| !one.confirmed).map(|one| one.name).collect();
    refused(Code::NotReady, "À confirmer d’abord", odd)
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
