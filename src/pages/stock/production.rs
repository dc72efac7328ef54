//! How much clinical waste the relay makes, and how it reads what the law leaves open: until when a container may be
//! kept depends on both. Said once and kept on this tablet, it is no fact.

use leptos::prelude::*;
use perron_domain::{
    fact::ContainerKind,
    time::Wall,
    waste_law::{End, Limit, Reading, Until, limit},
    zone::Zone,
};

use super::Desk;
use crate::{
    components::SelectField,
    i18n::{label, t_string},
    pages::words::waste as words,
};

/// What the relay makes, by the classes of the law, and how it reads the law.
#[derive(Clone, Copy)]
pub struct Made {
    class: RwSignal<String>,
    sharps: RwSignal<String>,
    kept: RwSignal<String>,
}

impl Made {
    /// Returns what was said on this tablet.
    #[must_use]
    pub fn find(desk: Desk) -> Self {
        let form = desk.link.form("waste/production");
        Self {
            class: form.text("class", ""),
            sharps: form.text("sharps", "treatment"),
            kept: form.text("kept", "alone"),
        }
    }

    /// Returns how long a container of that kind may be kept; none for ordinary waste, or until the production is said.
    #[must_use]
    pub fn limit(self, kind: ContainerKind) -> Option<Limit> {
        let reading = Reading {
            box_is_alone: self.kept.with(|said| said != "beside"),
            sharps: if self.sharps.with(|said| said == "removal") { Until::Removal } else { Until::Treatment },
        };
        limit(kind, words::production(&self.class.get())?, reading)
    }

    /// Returns when the time of a container ends, which is counted from its first use.
    #[must_use]
    pub fn end(self, kind: ContainerKind, first_use: Option<Wall>, zone: Zone) -> Option<(Limit, End)> {
        let limit = self.limit(kind)?;
        Some((limit, limit.end(first_use?, zone)))
    }
}

/// Asks for it.
#[component]
pub fn AskProduction(
    /// The page.
    desk: Desk,
    /// What was said.
    made: Made,
) -> impl IntoView {
    let i18n = desk.link.i18n;
    let options = Signal::derive(move || words::classes(i18n));
    view! {
        <SelectField
            label=label!(i18n, stock.made)
            value=made.class
            options=options
            hint=move || Some(t_string!(i18n, stock.made_hint).to_owned())
            testid="waste-production"
        />
    }
}

/// Asks how the relay reads what the law leaves open.
#[component]
pub fn AskReading(
    /// The page.
    desk: Desk,
    /// What was said.
    made: Made,
) -> impl IntoView {
    let i18n = desk.link.i18n;
    let ends = Signal::derive(move || {
        vec![
            ("treatment".to_owned(), t_string!(i18n, stock.sharps_until_treatment).to_owned()),
            ("removal".to_owned(), t_string!(i18n, stock.sharps_until_removal).to_owned()),
        ]
    });
    let places = Signal::derive(move || {
        vec![
            ("alone".to_owned(), t_string!(i18n, stock.sharps_alone).to_owned()),
            ("beside".to_owned(), t_string!(i18n, stock.sharps_beside).to_owned()),
        ]
    });
    view! {
        <SelectField
            label=label!(i18n, stock.sharps_box_counts)
            value=made.kept
            options=places
            hint=move || Some(t_string!(i18n, stock.to_validate_by_relay).to_owned())
            testid="waste-sharps-alone"
        />
        <SelectField
            label=label!(i18n, stock.sharps_until)
            value=made.sharps
            options=ends
            hint=move || Some(t_string!(i18n, stock.to_validate_by_relay).to_owned())
            testid="waste-sharps-until"
        />
    }
}
