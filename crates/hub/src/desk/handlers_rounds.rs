//! Addresses of the API about rounds: prepared, published, under way, done.

use super::access::Author;
use super::draft;
use super::export;
use super::relay::Relay;
use super::view;
use crate::errors::{ApiError, Body, ErrorBody};
use crate::hub::{AppState, Hub};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use perron_desk_api::{
    AddPeople, AnswerPhone, AssignTablets, Because, DecideApart, DraftView, NewRound, RoundDraft, RoundLine,
    RoundStage, RoundView,
};
use perron_domain::fact::{Modality, RoundAssigned};
use perron_domain::name::{DeviceId, FactName};
use perron_domain::{Command, CommonCommand};

/// Lists rounds, the latest day first.
#[utoipa::path(get, path = "/api/rounds", tag = "rounds", responses((status = 200, body = Vec<RoundLine>)))]
pub async fn list(State(hub): State<AppState>) -> Result<Json<Vec<RoundLine>>, ApiError> {
    let drafts = hub.drafts().await?;
    let mut lines = hub.look(|relay| {
        let mut lines: Vec<RoundLine> =
            relay.planned().map(|(number, round)| view::line(relay, number, round)).collect();
        lines.extend(drafts.iter().filter(|draft| !published(relay, draft.number)).map(draft_line));
        lines
    });
    lines.sort_by_key(|line| std::cmp::Reverse((line.on, line.number)));
    Ok(Json(lines))
}

fn published(relay: &Relay<'_>, number: u32) -> bool {
    relay.rounds.get(&number).is_some_and(|round| round.plan.is_some())
}

fn draft_line(draft: &RoundDraft) -> RoundLine {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    RoundLine {
        number: draft.number,
        label: draft.label.clone(),
        on: draft.on,
        team: draft.team.clone(),
        stage: RoundStage::Draft,
        stops: count(draft.stops.len()),
        persons: count(draft.stops.iter().map(|stop| stop.people.len()).sum()),
        done: 0,
        vaccinated: 0,
        doses: 0,
        gaps: 0,
        last_news: None,
    }
}

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
    Ok(Json(hub.look(|relay| draft::view(relay, draft))))
}

/// Reads a draft.
#[utoipa::path(
    get, path = "/api/rounds/{number}/draft", tag = "rounds", params(("number" = u32, Path)),
    responses((status = 200, body = DraftView), (status = 404, body = ErrorBody))
)]
pub async fn read_draft(State(hub): State<AppState>, Path(number): Path<u32>) -> Result<Json<DraftView>, ApiError> {
    let mut draft = hub.draft(number).await?;
    Ok(Json(hub.look(|relay| {
        draft::tidy(relay, &mut draft);
        draft::view(relay, draft)
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
        draft::tidy(relay, &mut draft);
        Ok(())
    })?;
    draft.version += 1;
    hub.keep_draft(&draft).await?;
    Ok(Json(hub.look(|relay| draft::view(relay, draft))))
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
        draft::add_people(relay, draft, &add.people);
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
        draft::order_nearest(relay, draft);
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
        draft::tidy(relay, &mut draft);
        let (plan, stops) = draft::plan(relay, &draft);
        let view = draft::view(relay, draft.clone());
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

pub(super) fn seen(hub: &Hub, number: u32) -> Result<Json<RoundView>, ApiError> {
    hub.look(|relay| {
        let round = relay.rounds.get(&number).filter(|round| round.plan.is_some());
        round.map(|round| view::view(relay, number, round))
    })
    .map(Json)
    .ok_or_else(|| ApiError::not_found("Cette tournée n’existe pas ou n’est pas publiée."))
}

/// Reads a published round as it is now.
#[utoipa::path(
    get, path = "/api/rounds/{number}", tag = "rounds", params(("number" = u32, Path)),
    responses((status = 200, body = RoundView), (status = 404, body = ErrorBody))
)]
pub async fn read(State(hub): State<AppState>, Path(number): Path<u32>) -> Result<Json<RoundView>, ApiError> {
    seen(&hub, number)
}

/// Gives a published round to these tablets and no others.
#[utoipa::path(
    put, path = "/api/rounds/{number}/tablets", tag = "rounds", params(("number" = u32, Path)),
    request_body = AssignTablets, responses((status = 200, body = RoundView), (status = 404, body = ErrorBody))
)]
pub async fn assign(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(number): Path<u32>,
    Body(assign): Body<AssignTablets>,
) -> Result<Json<RoundView>, ApiError> {
    let Json(round) = seen(&hub, number)?;
    let devices = enrolled(&hub, assign.devices)?;
    let assigned = RoundAssigned { round: number, on: round.line.on, label: round.line.label, devices };
    hub.common_command(author, CommonCommand::AssignRound(assigned)).await?;
    seen(&hub, number)
}

/// Returns these tablets, each once. A number that no tablet has is refused: whoever gets it later would have the round.
fn enrolled(hub: &Hub, mut devices: Vec<DeviceId>) -> Result<Vec<DeviceId>, ApiError> {
    perron_domain::order::sort_and_dedup(&mut devices);
    let known = hub.look(|relay| devices.iter().all(|device| relay.common.devices.contains_key(device)));
    if known {
        Ok(devices)
    } else {
        Err(ApiError::refused("unknown_tablet", "Cette tablette n’est pas enrôlée au relais."))
    }
}

/// Gives a round up.
#[utoipa::path(
    post, path = "/api/rounds/{number}/cancel", tag = "rounds", params(("number" = u32, Path)), request_body = Because,
    responses((status = 200, body = RoundView), (status = 409, body = ErrorBody))
)]
pub async fn cancel(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(number): Path<u32>,
    Body(because): Body<Because>,
) -> Result<Json<RoundView>, ApiError> {
    let Json(_) = seen(&hub, number)?;
    hub.command(number, author, Command::CancelRound { reason: because.reason }).await?;
    seen(&hub, number)
}

/// Decides on doses set apart after a temperature outside 2–8 °C.
#[utoipa::path(
    post, path = "/api/rounds/{number}/apart/{load}", tag = "rounds",
    params(("number" = u32, Path), ("load" = String, Path)), request_body = DecideApart,
    responses((status = 200, body = RoundView), (status = 409, body = ErrorBody))
)]
pub async fn decide_apart(
    State(hub): State<AppState>,
    Author(author): Author,
    Path((number, load)): Path<(u32, String)>,
    Body(decided): Body<DecideApart>,
) -> Result<Json<RoundView>, ApiError> {
    let load: FactName = load.parse().map_err(|_| ApiError::not_found("Ces doses ne sont pas connues."))?;
    let command = Command::DecideIsolation { load, usable: decided.usable, reason: decided.reason };
    hub.command(number, author, command).await?;
    seen(&hub, number)
}

/// Confirms or contradicts a decision by telephone that a team noted about doses set apart.
#[utoipa::path(
    post, path = "/api/rounds/{number}/phone/{decision}", tag = "rounds",
    params(("number" = u32, Path), ("decision" = String, Path)), request_body = AnswerPhone,
    responses((status = 200, body = RoundView), (status = 409, body = ErrorBody))
)]
pub async fn answer_phone(
    State(hub): State<AppState>,
    Author(author): Author,
    Path((number, decision)): Path<(u32, String)>,
    Body(answer): Body<AnswerPhone>,
) -> Result<Json<RoundView>, ApiError> {
    let decision = decision.parse().map_err(|_| ApiError::not_found("Cette décision n’est pas connue."))?;
    let AnswerPhone { confirmed, reason } = answer;
    hub.command(number, author, Command::AnswerPhoneDecision { decision, confirmed, reason }).await?;
    seen(&hub, number)
}

/// Gives doses back to the tablet that another took them over from: its data was not gone.
#[utoipa::path(
    post, path = "/api/rounds/{number}/custody/{taken}", tag = "rounds",
    params(("number" = u32, Path), ("taken" = String, Path)), request_body = Because,
    responses((status = 200, body = RoundView), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody))
)]
pub async fn give_back(
    State(hub): State<AppState>,
    Author(author): Author,
    Path((number, taken)): Path<(u32, String)>,
    Body(because): Body<Because>,
) -> Result<Json<RoundView>, ApiError> {
    let Json(round) = seen(&hub, number)?;
    let known = taken.parse().ok().filter(|taken| round.custodies.iter().any(|one| one.name == *taken));
    let fact: FactName = known.ok_or_else(|| ApiError::not_found("Cette reprise de doses n’est pas connue."))?;
    hub.command(number, author, Command::Correct { fact, by: None, reason: Some(because.reason) }).await?;
    seen(&hub, number)
}

/// Exports a table of a round as CSV.
#[utoipa::path(
    get, path = "/api/rounds/{number}/export/{table}", tag = "rounds",
    params(("number" = u32, Path), ("table" = String, Path, description = "totaux, personnes, issues, doses, lots, contenants, temperatures, decisions-froid, difficultes, saisies, ecarts or attente, with or without .csv")),
    responses((status = 200, content_type = "text/csv", body = Vec<u8>), (status = 404, body = ErrorBody))
)]
pub async fn export(
    State(hub): State<AppState>,
    Path((number, table)): Path<(u32, String)>,
) -> Result<Response, ApiError> {
    let Json(round) = seen(&hub, number)?;
    let zone = hub.look(|relay| relay.zone());
    let table = export::table(&round, zone, table.strip_suffix(".csv").unwrap_or(&table))
        .ok_or_else(|| ApiError::not_found("Cet export n’existe pas."))?;
    let file = format!("attachment; filename=\"tournee-{number}-{}-{}.csv\"", round.line.on, table.name);
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, file)];
    Ok((headers, table.to_csv()).into_response())
}
