//! The rows of a list whose person the relay knows already: who she is, and the way to her page.

use crate::components::Fold;
use crate::i18n::{I18n, t, t_string};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::KnownRow;

/// Who is known already; nothing where nobody is. Of a long list the first ones are named, and how many more there are.
pub fn known(i18n: I18n, rows: Vec<KnownRow>, total: u32) -> impl IntoView {
    let unnamed = total.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    (!rows.is_empty()).then(|| {
        view! {
            <Fold summary=move || t_string!(i18n, desk.i_known_who, count = total)>
                <ul class="plain" data-testid="already-known">
                    {rows.into_iter().map(|row| line(i18n, row)).collect_view()}
                </ul>
                {(unnamed > 0).then(|| view! { <p class="muted">{t!(i18n, desk.i_known_more, count = unnamed)}</p> })}
            </Fold>
        }
    })
}

fn line(i18n: I18n, row: KnownRow) -> impl IntoView {
    let KnownRow { line, person, known } = row;
    let href = format!("/relais/personnes/{person}");
    let name = format!("{} {}", known.birth_name, known.given_names);
    let birth = known.birth.map(words::partial);
    let rest: Vec<String> = birth.into_iter().chain(Some(known.address).filter(|text| !text.is_empty())).collect();
    view! {
        <li>
            {t!(i18n, desk.i_line)} " " {line} " · "
            // The list stays where it is: its page opens beside.
            <a class="cell-link" href=href target="_blank">{name.trim().to_owned()}</a> " · " {rest.join(" · ")}
        </li>
    }
}
