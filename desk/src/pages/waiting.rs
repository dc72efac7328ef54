//! «Liste d’attente»: everybody met on a round who waits for a later date.

use crate::client::{ask, get, routes};
use crate::components::{Button, DataTable, EmptyState, Glyph, PageHeader, StatusPill, Tone, fr};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::pages::address::back_to;
use crate::pages::parts::{Work, loaded, on_news};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::WaitingLine;

/// The page.
#[component]
pub fn WaitingList() -> impl IntoView {
    let i18n = use_i18n();
    let waiting = LocalResource::new(|| get(routes::WAITING));
    on_news(move || waiting.refetch());
    let work = Work::new();
    let take = Callback::new(move |(round, entry)| {
        work.run(ask(routes::TAKE_UP, (round, entry), ()), move |()| waiting.refetch());
    });
    view! {
        <PageHeader
            title=move || t_string!(i18n, desk.l_waiting)
            subtitle=move || Some(t_string!(i18n, desk.wait_sub).to_owned())
            back=back_to("/relais/personnes")
        />
        {work.failure(i18n)}
        {loaded(
            i18n,
            waiting,
            move |lines| {
                if lines.is_empty() {
                    view! { <EmptyState glyph=Glyph::Clock title=move || t_string!(i18n, desk.wait_none) /> }.into_any()
                } else {
                    table(i18n, lines, work, take).into_any()
                }
            },
        )}
    }
}

fn table(
    i18n: I18n,
    lines: Vec<WaitingLine>,
    work: Work,
    take: Callback<(u32, perron_domain::name::FactName)>,
) -> impl IntoView {
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_person).to_owned(),
            t_string!(i18n, desk.c_phone).to_owned(),
            t_string!(i18n, desk.c_address).to_owned(),
            t_string!(i18n, desk.c_wishes).to_owned(),
            t_string!(i18n, desk.c_proposed).to_owned(),
            t_string!(i18n, desk.c_round).to_owned(),
            String::new(),
        ]
    };
    let row = move |line: WaitingLine| {
        let href = format!("/relais/tournees/{}", line.round);
        let entry = (line.round, line.id);
        let action = match line.person {
            Some(_) => view! { <StatusPill tone=Tone::Good label=words::say!(i18n, desk.wait_taken) /> }.into_any(),
            None => view! {
                <Button
                    label=move || t_string!(i18n, desk.wait_take)
                    icon=Glyph::PersonPlus
                    disabled=work.busy
                    on_press=move |()| take.run(entry)
                    testid="take-up"
                />
            }
            .into_any(),
        };
        view! {
            <tr data-testid="waiting">
                <td><strong>{line.name}</strong></td>
                <td class="nowrap">{line.phone.as_deref().map(words::phone)}</td>
                <td>{line.address}</td>
                <td>{line.wishes.join(", ")}</td>
                <td class="nowrap">{line.proposed.map(|day| fr::date_short(day.0))}</td>
                <td><a class="cell-link" href=href>{line.label}</a></td>
                <td>{action}</td>
            </tr>
        }
    };
    view! {
        <DataTable caption=move || t_string!(i18n, desk.l_waiting) columns=columns>
            {lines.into_iter().map(row).collect_view()}
        </DataTable>
    }
}
