//! How much clinical waste the relay makes: the law's storage times depend on it. Kept on this tablet, it is no fact.

use leptos::prelude::*;
use perron_domain::waste_law::Production;

use super::Desk;
use crate::{
    components::SelectField,
    i18n::{say, t_string},
};

/// What the relay makes, by the classes of the law.
#[derive(Clone, Copy)]
pub struct Made {
    class: RwSignal<String>,
}

impl Made {
    /// Returns what was said on this tablet.
    #[must_use]
    pub fn find(desk: Desk) -> Self {
        Self { class: desk.link.form("waste/production").text("class", "") }
    }

    /// Returns the production; none until somebody said it.
    #[must_use]
    pub fn get(self) -> Option<Production> {
        // The upper end of each class of the law.
        let (weekly_grams, monthly_grams) = match self.class.get().as_str() {
            "5" => (1_250, 5_000),
            "15" => (3_750, 15_000),
            "week" => (100_000, 400_000),
            "more" => (200_000, 800_000),
            _ => return None,
        };
        Some(Production { weekly_grams, monthly_grams })
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
    let options = Signal::derive(move || {
        vec![
            ("5".to_owned(), t_string!(i18n, stock.made_5).to_owned()),
            ("15".to_owned(), t_string!(i18n, stock.made_15).to_owned()),
            ("week".to_owned(), t_string!(i18n, stock.made_week).to_owned()),
            ("more".to_owned(), t_string!(i18n, stock.made_more).to_owned()),
        ]
    });
    view! {
        <SelectField
            label=say!(i18n, stock.made)
            value=made.class
            options=options
            hint=move || Some(t_string!(i18n, stock.made_hint).to_owned())
            testid="waste-production"
        />
    }
}
