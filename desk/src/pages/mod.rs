//! The desk: what the coordinator and the head of the relay see, on a computer, online.

mod address;
mod ask;
mod directive;
mod draft;
mod import;
mod kept;
mod message;
mod odd;
mod parts;
mod people;
mod round;
mod said;
mod stock;
mod tablet;
mod team;
mod todo;
mod together;
mod waiting;
mod words;

pub use directive::{DirectiveEditor, DirectiveFilePage, Directives, HeldPage, SeasonPage};
pub use draft::RoundEditor;
pub use import::ImportPage;
pub use message::Messages;
pub use parts::{listen_to_news, on_news};
pub use people::{PeoplePage, PersonPage};
pub use round::{RoundLive, Rounds};
pub use stock::{LotPage, Lots};
pub use tablet::Tablets;
pub use team::Team;
pub use todo::Todo;
pub use waiting::WaitingList;
pub use words::know;
