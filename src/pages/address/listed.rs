//! Whoever waits on the list and gets a dose after all: she is added at an address without being typed again.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use perron_domain::{date::Day, name::FactName, people::PersonRecord};

use crate::pages::visit::link::Link;

/// Under which name the line of the waiting list stands in the address of a page.
const KEY: &str = "attente";

/// A line of the waiting list.
pub struct Listed {
    /// Its name.
    pub fact: FactName,
    /// What is known of her.
    pub record: PersonRecord,
    /// The date that was proposed to her.
    pub proposed: Option<Day>,
}

/// Returns the line that the page's address names; none where nobody waits under it any more.
#[must_use]
pub fn listed_of_page(link: Link) -> Option<Listed> {
    let query = use_query_map();
    let fact: FactName = query.with_untracked(|query| query.get(KEY)?.parse().ok())?;
    link.glance(|round, _| {
        let listed = round.waiting.get(&fact)?;
        Some(Listed { fact, record: listed.record.clone(), proposed: listed.proposed })
    })
}

/// Returns an address of a page with the line that the present page's address names.
#[must_use]
pub fn with_listed(path: String, fact: Option<FactName>) -> String {
    match fact {
        Some(fact) => format!("{path}?{KEY}={fact}"),
        None => path,
    }
}
