//! Addresses of the API about rounds that are published: under way, done, and what the desk decides about them.

pub mod cold;
pub mod view;

use crate::desk::access::Author;
use crate::desk::relay::Relay;
use crate::errors::{ApiError, Body, ErrorBody};
use crate::hub::{AppState, Hub};
use axum::Json;
use axum::extract::{Path, State};
use perron_desk_api::{
    AnswerPhone, AssignTablets, Because, DecideApart, ExplainGap, RoundDraft, RoundLine, RoundStage, RoundView,
};
use perron_domain::fact::RoundAssigned;
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

pub(super) fn published(relay: &Relay<'_>, number: u32) -> bool {
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

/// Explains a difference of a signed round.
#[utoipa::path(
    post, path = "/api/rounds/{number}/gaps", tag = "head", params(("number" = u32, Path)), request_body = ExplainGap,
    responses((status = 200, body = RoundView), (status = 409, body = ErrorBody))
)]
pub async fn explain_gap(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(number): Path<u32>,
    Body(explain): Body<ExplainGap>,
) -> Result<Json<RoundView>, ApiError> {
    hub.command(number, author, Command::ExplainGap { gap: explain.gap, text: explain.text }).await?;
    seen(&hub, number)
}
