//! What the desk asks of the hub, as JSON under `/api`.
//!
//! Reading is a fold put into [`perron_desk_api`]'s types: [`people`], [`draft`], [`view`], [`stock`] are functions of a
//! borrowed [`relay::Relay`] and touch nothing. Writing is a command that the domain decides, in the name of an account.
//! Read on in `handlers_*` for the addresses.

mod access;
pub mod cold;
pub mod csv;
pub mod directives;
pub mod draft;
pub mod expected;
pub mod export;
mod handlers_directives;
mod handlers_head;
mod handlers_people;
mod handlers_relay;
mod handlers_rounds;
mod handlers_said;
mod handlers_season;
mod handlers_team;
pub mod people;
pub mod person;
pub mod preview;
pub mod relay;
pub mod said;
pub mod stock;
pub mod todo;
pub mod view;
pub mod way;

use crate::hub::AppState;
use crate::import::LARGEST_FILE;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post, put};
use handlers_directives as directives_at;
use handlers_head as head_at;
use handlers_people as people_at;
use handlers_relay as relay_at;
use handlers_rounds as rounds_at;
use handlers_said as said_at;
use handlers_season as season_at;
use handlers_team as team_at;
use utoipa::OpenApi;

/// Returns the desk's addresses.
pub fn router() -> Router<AppState> {
    // One byte more than the largest file: whoever sends more gets the sentence that says so.
    let files = Router::new()
        .route("/api/people/import/preview", post(people_at::import_preview))
        .route("/api/people/import", post(people_at::import))
        .layer(DefaultBodyLimit::max(LARGEST_FILE + 1));
    Router::new()
        .merge(files)
        .route("/api/people", get(people_at::list).post(people_at::add))
        .route("/api/people/{person}", get(people_at::read).put(people_at::change).delete(head_at::erase))
        .route("/api/people/{person}/file", get(people_at::file))
        .route("/api/people/{person}/may-call", post(people_at::may_call))
        .route("/api/people/import/model.csv", get(people_at::model))
        .route("/api/rounds", get(rounds_at::list).post(rounds_at::create))
        .route("/api/rounds/{number}", get(rounds_at::read))
        .route(
            "/api/rounds/{number}/draft",
            get(rounds_at::read_draft).merge(put(rounds_at::save_draft)).merge(delete(rounds_at::drop_draft)),
        )
        .route("/api/rounds/{number}/draft/people", post(rounds_at::add_people))
        .route("/api/rounds/{number}/draft/nearest", post(rounds_at::nearest))
        .route("/api/rounds/{number}/publish", post(rounds_at::publish))
        .route("/api/rounds/{number}/tablets", put(rounds_at::assign))
        .route("/api/rounds/{number}/cancel", post(rounds_at::cancel))
        .route("/api/rounds/{number}/apart/{load}", post(rounds_at::decide_apart))
        .route("/api/rounds/{number}/phone/{decision}", post(rounds_at::answer_phone))
        .route("/api/rounds/{number}/custody/{taken}", post(rounds_at::give_back))
        .route("/api/rounds/{number}/export/{table}", get(rounds_at::export))
        .route("/api/stock", get(relay_at::read_stock))
        .route("/api/stock/lots", post(relay_at::receive_lot))
        .route("/api/stock/lots/{lot}", get(said_at::read_lot))
        .route("/api/said", get(said_at::list))
        .route("/api/said/{fact}", post(said_at::correct))
        .route("/api/stock/lots/{lot}/isolate", post(relay_at::isolate_lot))
        .route("/api/stock/lots/{lot}/release", post(relay_at::release_lot))
        .route("/api/tablets", get(relay_at::tablets).post(relay_at::new_tablet))
        .route("/api/tablets/{device}/retire", post(relay_at::retire_tablet))
        .route("/api/relay", get(team_at::relay).put(team_at::name_relay))
        .route("/api/relay/on-call", put(team_at::name_on_call))
        .route("/api/relay/protocol", put(team_at::sign_protocol))
        .route("/api/accounts", post(team_at::save_account))
        .route("/api/notices", get(team_at::notices).post(team_at::publish_notice))
        .route("/api/directives", get(directives_at::list))
        .route("/api/directives/schema.json", get(directives_at::schema))
        .route("/api/directives/check", post(directives_at::check))
        .route("/api/directives/form", post(directives_at::write_form))
        .route("/api/directives/publish", post(directives_at::publish))
        .route("/api/directives/confirm", post(directives_at::confirm))
        .route(
            "/api/directives/{id}/draft",
            get(directives_at::read_draft)
                .merge(put(directives_at::keep_draft))
                .merge(delete(directives_at::drop_draft)),
        )
        .route("/api/seasons", get(season_at::seasons))
        .route("/api/seasons/text", post(season_at::season_text))
        .route("/api/seasons/file", post(season_at::season_file))
        .route("/api/seasons/adopt", post(season_at::adopt))
        .route("/api/seasons/accept", get(season_at::held).merge(post(season_at::accept)))
        .route("/api/rounds/{number}/gaps", post(head_at::explain_gap))
        .route("/api/todo", get(head_at::read))
        .route("/api/quarantine", post(head_at::decide_quarantine))
        .route("/api/waiting", get(head_at::waiting))
        .route("/api/waiting/{round}/{entry}", post(head_at::take_up))
        .route("/api/live", get(relay_at::live))
}

/// The desk's part of the API description.
#[derive(OpenApi)]
#[openapi(paths(
    people_at::list,
    people_at::add,
    people_at::read,
    people_at::change,
    people_at::file,
    people_at::may_call,
    people_at::import_preview,
    people_at::import,
    people_at::model,
    rounds_at::list,
    rounds_at::create,
    rounds_at::read,
    rounds_at::read_draft,
    rounds_at::save_draft,
    rounds_at::drop_draft,
    rounds_at::add_people,
    rounds_at::nearest,
    rounds_at::publish,
    rounds_at::assign,
    rounds_at::cancel,
    rounds_at::decide_apart,
    rounds_at::answer_phone,
    rounds_at::export,
    relay_at::read_stock,
    relay_at::receive_lot,
    relay_at::isolate_lot,
    relay_at::release_lot,
    said_at::read_lot,
    said_at::list,
    said_at::correct,
    relay_at::tablets,
    relay_at::new_tablet,
    relay_at::retire_tablet,
    directives_at::list,
    directives_at::schema,
    directives_at::read_draft,
    directives_at::keep_draft,
    directives_at::drop_draft,
    directives_at::check,
    directives_at::write_form,
    directives_at::publish,
    directives_at::confirm,
    season_at::seasons,
    season_at::season_text,
    season_at::season_file,
    season_at::adopt,
    season_at::held,
    season_at::accept,
    relay_at::live,
    team_at::relay,
    team_at::name_relay,
    team_at::sign_protocol,
    team_at::save_account,
    team_at::name_on_call,
    team_at::notices,
    team_at::publish_notice,
    head_at::read,
    head_at::explain_gap,
    head_at::decide_quarantine,
    head_at::waiting,
    head_at::take_up,
    head_at::erase,
))]
pub struct DeskApi;
