//! What the desk asks of the hub, as JSON under `/api`.
//!
//! One file or folder for each subject: in its head the handlers, which check and answer; beside them folds put into
//! [`perron_desk_api`]'s types, functions of a borrowed [`relay::Relay`] that touch nothing. Writing is a command that the
//! domain decides, in the name of an account.

mod access;
pub mod csv;
pub mod directive;
pub mod draft;
pub mod export;
pub mod import;
pub mod message;
mod mount;
pub mod news;
pub mod people;
pub mod relay;
pub mod round;
pub mod said;
pub mod stock;
pub mod tablet;
pub mod team;
pub mod todo;
pub mod typed;
pub mod waiting;

use crate::hub::AppState;
use axum::Router;

/// Returns the desk's addresses.
pub fn router() -> Router<AppState> {
    let subjects = [
        directive::addresses(),
        directive::season::addresses(),
        draft::addresses(),
        export::addresses(),
        import::addresses(),
        message::addresses(),
        news::addresses(),
        people::addresses(),
        round::addresses(),
        said::addresses(),
        stock::addresses(),
        tablet::addresses(),
        team::addresses(),
        todo::addresses(),
        typed::addresses(),
        waiting::addresses(),
    ];
    subjects.into_iter().fold(Router::new(), |router, subject| router.merge(Router::from(subject)))
}
