//! One file per route, named as the person names it.

pub mod add_stop;
pub mod address;
mod already_here;
pub mod back;
pub mod choose;
pub mod close;
mod correct_hour;
mod corrections;
pub mod departure;
pub mod emergency;
pub mod enrol;
mod form;
mod hour;
pub mod late;
mod loading;
pub mod more;
pub mod ready;
mod reason;
pub mod settings;
pub mod stock;
mod taking;
pub mod tour;
pub mod visit;
pub mod waiting;
mod whole_name;
mod withdraw;
pub mod words;
