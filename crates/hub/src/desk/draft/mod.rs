//! Addresses of the API about rounds that are being planned, until they are published.

pub mod plan;
pub mod way;

use crate::desk::access::Author;
use crate::desk::relay::Relay;
use crate::desk::round::{published, seen};
use crate::errors::{ApiError, Body, ErrorBody};
use crate::hub::{AppState, Hub};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use perron_desk_api::{AddPeople, DraftView, NewRound, RoundDraft, RoundView};
use perron_domain::fact::{Modality, RoundAssigned};
use perron_domain::{Command, CommonCommand};

/// Starts a draft.
#[utoipa::path(post, path = "/api/rounds", tag = "rounds", request_body = NewRound, responses((status = 200, body = DraftView)))]
pub async fn create(State(hub): State<AppState>, Body(new): Body<NewRound>) -> Result<Json<DraftView>, ApiError> {
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
    Ok(Json(hub.look(|relay| plan::view(relay, draft))))
}

/// Reads a draft.
#[utoipa::path(
    get, path = "/api/rounds/{number}/draft", tag = "rounds", params(("number" = u32, Path)),
    responses((status = 200, body = DraftView), (status = 404, body = ErrorBody))
)]
pub async fn read_draft(State(hub): State<AppState>, Path(number): Path<u32>) -> Result<Json<DraftView>, ApiError> {
    let mut draft = hub.draft(number).await?;
    Ok(Json(hub.look(|relay| {
        plan::tidy(relay, &mut draft);
        plan::view(relay, draft)
    })))
}

/// Changes a draft under its lock and returns it.
async fn changing(
    hub: &Hub,
    number: u32,
    change: impl FnOnce(&Relay<'_>, &mut RoundDraft) -> Result<(), ApiError>,
) -> Result<Json<DraftView>, ApiError> {
    let _writing = hub.drafting().await;
    let mut draft = hub.draft(number).await?;
    hub.look(|relay| {
        if published(relay, number) {
            return Err(ApiError::refused("published", "Cette tournée est déjà publiée."));
        }
        change(relay, &mut draft)?;
        plan::tidy(relay, &mut draft);
        Ok(())
    })?;
    draft.version += 1;
    hub.keep_draft(&draft).await?;
    Ok(Json(hub.look(|relay| plan::view(relay, draft))))
}

/// Saves a draft. A saving that does not know the last one is refused: somebody else works on the same round.
#[utoipa::path(
    put, path = "/api/rounds/{number}/draft", tag = "rounds", params(("number" = u32, Path)), request_body = RoundDraft,
    responses((status = 200, body = DraftView), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody))
)]
pub async fn save_draft(
    State(hub): State<AppState>,
    Path(number): Path<u32>,
    Body(new): Body<RoundDraft>,
) -> Result<Json<DraftView>, ApiError> {
    changing(&hub, number, |_, draft| {
        if new.version != draft.version {
            let message = "Quelqu’un d’autre a modifié cette tournée entre-temps. Rechargez la page.";
            return Err(ApiError::refused("version", message));
        }
        *draft = RoundDraft { number, ..new };
        Ok(())
    })
    .await
}

/// Throws a draft away.
#[utoipa::path(delete, path = "/api/rounds/{number}/draft", tag = "rounds", params(("number" = u32, Path)), responses((status = 204)))]
pub async fn drop_draft(State(hub): State<AppState>, Path(number): Path<u32>) -> Result<StatusCode, ApiError> {
    let _writing = hub.drafting().await;
    hub.drop_draft(number).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Adds people to a draft; who lives at one address shares a stop.
#[utoipa::path(
    post, path = "/api/rounds/{number}/draft/people", tag = "rounds", params(("number" = u32, Path)),
    request_body = AddPeople, responses((status = 200, body = DraftView), (status = 404, body = ErrorBody))
)]
pub async fn add_people(
    State(hub): State<AppState>,
    Path(number): Path<u32>,
    Body(add): Body<AddPeople>,
) -> Result<Json<DraftView>, ApiError> {
    changing(&hub, number, |relay, draft| {
        plan::add_people(relay, draft, &add.people);
        Ok(())
    })
    .await
}

/// Puts the addresses of a draft in a short order, «au plus proche», the first one staying the first.
#[utoipa::path(
    post, path = "/api/rounds/{number}/draft/nearest", tag = "rounds", params(("number" = u32, Path)),
    responses((status = 200, body = DraftView), (status = 404, body = ErrorBody))
)]
pub async fn nearest(State(hub): State<AppState>, Path(number): Path<u32>) -> Result<Json<DraftView>, ApiError> {
    changing(&hub, number, |relay, draft| {
        plan::order_nearest(relay, draft);
        Ok(())
    })
    .await
}

/// Publishes a draft: its dossiers become facts of the round, and its tablets may take it.
#[utoipa::path(
    post, path = "/api/rounds/{number}/publish", tag = "rounds", params(("number" = u32, Path)),
    responses((status = 200, body = RoundView), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody))
)]
pub async fn publish(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(number): Path<u32>,
) -> Result<Json<RoundView>, ApiError> {
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
        if let Some(code) = blocking.first() {
            let message = format!("La tournée n’est pas prête : {}.", blocking.join(", "));
            return Err(ApiError::refused(code.clone(), message));
        }
        // Somebody died, moved or refused since she was chosen: she is named, and taken out by whoever prepares the round.
        if !refused.is_empty() {
            let message = format!("Retirez d’abord de la tournée\u{a0}: {}.", refused.join(", "));
            return Err(ApiError::refused("people_refused", message));
        }
        hub.command(number, author, Command::PublishRound { plan, stops }).await?;
    }
    let assigned = RoundAssigned { round: number, on: draft.on, label: draft.label, devices: draft.devices };
    hub.common_command(author, CommonCommand::AssignRound(assigned)).await?;
    hub.drop_draft(number).await?;
    seen(&hub, number)
}
