//! The desk: what the coordinator and the head of the relay see, on a computer, online.

mod editor;
mod import;
mod import_preview;
mod live;
mod live_tables;
mod lots;
mod lots_apart;
mod order;
mod parts;
mod people;
mod person_form;
mod picker;
mod rounds;
mod tablets;
mod words;

pub use editor::RoundEditor;
pub use import::ImportPage;
pub use live::RoundLive;
pub use lots::Lots;
pub use people::PeoplePage;
pub use rounds::Rounds;
pub use tablets::Tablets;
