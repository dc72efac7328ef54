//! The tables of a round, each with its export.

mod carried;
mod people;
mod said;

pub use carried::{containers, lots, temperatures};
pub use people::{outcomes, people, waiting};
pub use said::{difficulties, entries, gaps};

use crate::client::routes;
use crate::components::{Glyph, LinkButton, Weight};
use crate::i18n::{I18n, t, t_string};
use leptos::prelude::*;

/// The export of one table, at the end of its title.
fn csv(i18n: I18n, number: u32, table: &'static str) -> ViewFn {
    ViewFn::from(move || {
        view! {
            <LinkButton
                label=move || t_string!(i18n, desk.l_csv)
                href=routes::EXPORT_ROUND.address(&(number, format!("{table}.csv")))
                download=format!("tournee-{number}-{table}.csv")
                icon=Glyph::Download
                weight=Weight::Quiet
                testid=format!("csv-{table}")
            />
        }
    })
}

fn nothing(i18n: I18n) -> impl IntoView {
    view! { <p class="muted">{t!(i18n, desk.l_none)}</p> }
}

/// Every export of a round.
pub fn exports(i18n: I18n, number: u32) -> impl IntoView {
    let tables = move || {
        [
            ("totaux", t_string!(i18n, desk.l_totals)),
            ("personnes", t_string!(i18n, desk.l_people)),
            ("issues", t_string!(i18n, desk.l_outcomes)),
            ("doses", t_string!(i18n, desk.l_doses_list)),
            ("lots", t_string!(i18n, desk.l_lots)),
            ("contenants", t_string!(i18n, desk.l_containers)),
            ("decisions-froid", t_string!(i18n, desk.call_decisions)),
            ("temperatures", t_string!(i18n, desk.l_temps)),
            ("difficultes", t_string!(i18n, desk.l_difficulties)),
            ("saisies", t_string!(i18n, desk.l_entries)),
            ("ecarts", t_string!(i18n, desk.g_title)),
            ("attente", t_string!(i18n, desk.l_waiting)),
        ]
        .into_iter()
        .map(|(table, word)| {
            view! {
                <LinkButton
                    label=word
                    href=routes::EXPORT_ROUND.address(&(number, format!("{table}.csv")))
                    download=format!("tournee-{number}-{table}.csv")
                    icon=Glyph::Download
                />
            }
        })
        .collect_view()
    };
    view! { <div class="actions">{tables}</div> }
}
