//! What the desk asks of the hub, as JSON under `/api`.
//!
//! One file or folder for each subject: in its head the handlers, which check and answer; beside them folds put into
//! [`perron_desk_api`]'s types, functions of a borrowed [`relay::Relay`] that touch nothing. Writing is a command that the
//! domain decides, in the name of an account.

mod access;
pub mod csv;
pub mod day;
pub mod directive;
pub mod draft;
pub mod export;
pub mod import;
pub mod message;
pub mod news;
pub mod people;
pub mod relay;
pub mod round;
pub mod said;
pub mod stock;
pub mod tablet;
pub mod team;
pub mod todo;
pub mod waiting;

use crate::hub::AppState;
use crate::import::LARGEST_FILE;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post, put};
use utoipa::OpenApi;

/// Returns the desk's addresses.
pub fn router() -> Router<AppState> {
    // One byte more than the largest file: whoever sends more gets the sentence that says so.
    let files = Router::new()
        .route("/api/people/import/preview", post(import::import_preview))
        .route("/api/people/import", post(import::import))
        .layer(DefaultBodyLimit::max(LARGEST_FILE + 1));
    Router::new()
        .merge(files)
        .route("/api/people", get(people::list).post(people::add))
        .route("/api/people/{person}", get(people::read).put(people::change).delete(people::erase))
        .route("/api/people/{person}/file", get(people::file))
        .route("/api/people/{person}/may-call", post(people::may_call))
        .route("/api/people/import/model.csv", get(import::model))
        .route("/api/rounds", get(round::list).post(draft::create))
        .route("/api/rounds/{number}", get(round::read))
        .route(
            "/api/rounds/{number}/draft",
            get(draft::read_draft).merge(put(draft::save_draft)).merge(delete(draft::drop_draft)),
        )
        .route("/api/rounds/{number}/draft/people", post(draft::add_people))
        .route("/api/rounds/{number}/draft/nearest", post(draft::nearest))
        .route("/api/rounds/{number}/publish", post(draft::publish))
        .route("/api/rounds/{number}/tablets", put(round::assign))
        .route("/api/rounds/{number}/cancel", post(round::cancel))
        .route("/api/rounds/{number}/apart/{load}", post(round::decide_apart))
        .route("/api/rounds/{number}/phone/{decision}", post(round::answer_phone))
        .route("/api/rounds/{number}/custody/{taken}", post(round::give_back))
        .route("/api/rounds/{number}/export/{table}", get(export::export))
        .route("/api/stock", get(stock::read_stock))
        .route("/api/stock/lots", post(stock::receive_lot))
        .route("/api/stock/lots/{lot}", get(stock::read_lot))
        .route("/api/said", get(said::list))
        .route("/api/said/{fact}", post(said::correct))
        .route("/api/stock/lots/{lot}/isolate", post(stock::isolate_lot))
        .route("/api/stock/lots/{lot}/release", post(stock::release_lot))
        .route("/api/tablets", get(tablet::tablets).post(tablet::new_tablet))
        .route("/api/tablets/{device}/retire", post(tablet::retire_tablet))
        .route("/api/relay", get(team::relay).put(team::name_relay))
        .route("/api/relay/on-call", put(team::name_on_call))
        .route("/api/relay/protocol", put(team::sign_protocol))
        .route("/api/accounts", post(team::save_account))
        .route("/api/notices", get(message::notices).post(message::publish_notice))
        .route("/api/directives", get(directive::list))
        .route("/api/directives/schema.json", get(directive::schema))
        .route("/api/directives/check", post(directive::check))
        .route("/api/directives/form", post(directive::write_form))
        .route("/api/directives/publish", post(directive::publish))
        .route("/api/directives/confirm", post(directive::confirm))
        .route(
            "/api/directives/{id}/draft",
            get(directive::read_draft).merge(put(directive::keep_draft)).merge(delete(directive::drop_draft)),
        )
        .route("/api/seasons", get(directive::season::seasons))
        .route("/api/seasons/text", post(directive::season::season_text))
        .route("/api/seasons/file", post(directive::season::season_file))
        .route("/api/seasons/adopt", post(directive::season::adopt))
        .route("/api/seasons/accept", get(directive::season::held).merge(post(directive::season::accept)))
        .route("/api/rounds/{number}/gaps", post(round::explain_gap))
        .route("/api/todo", get(todo::read))
        .route("/api/quarantine", post(tablet::decide_quarantine))
        .route("/api/waiting", get(waiting::waiting))
        .route("/api/waiting/{round}/{entry}", post(waiting::take_up))
        .route("/api/live", get(news::live))
}

/// The desk's part of the API description.
#[derive(OpenApi)]
#[openapi(paths(
    people::list,
    people::add,
    people::read,
    people::change,
    people::file,
    people::may_call,
    import::import_preview,
    import::import,
    import::model,
    round::list,
    draft::create,
    round::read,
    draft::read_draft,
    draft::save_draft,
    draft::drop_draft,
    draft::add_people,
    draft::nearest,
    draft::publish,
    round::assign,
    round::cancel,
    round::decide_apart,
    round::answer_phone,
    export::export,
    stock::read_stock,
    stock::receive_lot,
    stock::isolate_lot,
    stock::release_lot,
    stock::read_lot,
    said::list,
    said::correct,
    tablet::tablets,
    tablet::new_tablet,
    tablet::retire_tablet,
    directive::list,
    directive::schema,
    directive::read_draft,
    directive::keep_draft,
    directive::drop_draft,
    directive::check,
    directive::write_form,
    directive::publish,
    directive::confirm,
    directive::season::seasons,
    directive::season::season_text,
    directive::season::season_file,
    directive::season::adopt,
    directive::season::held,
    directive::season::accept,
    news::live,
    team::relay,
    team::name_relay,
    team::sign_protocol,
    team::save_account,
    team::name_on_call,
    message::notices,
    message::publish_notice,
    todo::read,
    round::explain_gap,
    tablet::decide_quarantine,
    waiting::waiting,
    waiting::take_up,
    people::erase,
))]
pub struct DeskApi;
