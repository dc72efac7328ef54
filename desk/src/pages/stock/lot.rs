//! One lot: what it is, what was said of it and by whom, where its doses are, and who received one.

use crate::client::{ask, routes};
use crate::components::{Card, DataTable, PageHeader, StatusPill, Tone, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::parts::{loaded, on_news};
use crate::pages::round::cold::decisions;
use crate::pages::said::list::SaidList;
use crate::pages::words;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use perron_desk_api::{LotDose, LotRound, LotView, OfProduct, OnDay, StockView};

/// The page: `/relais/lots/NUMBER?vaccin=CODE`.
#[component]
pub fn LotPage() -> impl IntoView {
    let i18n = use_i18n();
    let (params, query) = (use_params_map(), use_query_map());
    let number = Memo::new(move |_| params.with(|params| params.get("lot").unwrap_or_default()));
    let product = Memo::new(move |_| query.with(|query| query.get("vaccin")));
    let lot = LocalResource::new(move || ask(routes::LOT, (number.get(),), OfProduct { product: product.get() }));
    let stock = LocalResource::new(|| ask(routes::STOCK, (), OnDay::default()));
    on_news(move || {
        lot.refetch();
        stock.refetch();
    });
    let known = Signal::derive(move || stock.get().and_then(Result::ok));
    let changed = Callback::new(move |()| lot.refetch());
    view! {
        <PageHeader
            title=move || t_string!(i18n, desk.sd_lot, lot = number.get())
            back=Signal::stored("/relais/lots".to_owned())
        />
        {loaded(i18n, lot, move |found| page(i18n, found, known, changed))}
    }
}

fn page(i18n: I18n, found: LotView, stock: Signal<Option<StockView>>, changed: Callback<()>) -> impl IntoView {
    let line = found.line.map(|line| {
        let apart = line.isolated.clone().map(|reason| {
            let word = words::say!(i18n, desk.s_isolated);
            view! { <p><StatusPill tone=Tone::Danger label=word /> " " {reason}</p> }
        });
        let figures = words::say!(
            i18n,
            desk.sd_figures,
            day = fr::date_short(line.expiry.0),
            received = line.received,
            out = line.out,
            left = line.left
        );
        view! {
            <Card title=Signal::stored(line.name)>
                {apart}
                <p data-testid="lot-figures">{figures}</p>
            </Card>
        }
    });
    view! {
        {line}
        <Card title=move || t_string!(i18n, desk.sd_title)>
            <SaidList said=found.said stock=stock on_corrected=changed />
        </Card>
        <Card title=move || t_string!(i18n, desk.sd_rounds)>{rounds(i18n, found.rounds)}</Card>
        {decisions(i18n, t_string!(i18n, desk.sd_decisions), found.cold_decisions, changed)}
        <Card title=move || t_string!(i18n, desk.sd_given)>{given(i18n, found.given)}</Card>
    }
}

fn rounds(i18n: I18n, rounds: Vec<LotRound>) -> AnyView {
    if rounds.is_empty() {
        return view! { <p class="muted">{t!(i18n, desk.sd_no_round)}</p> }.into_any();
    }
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_round).to_owned(),
            format!("#{}", t_string!(i18n, desk.c_out)),
            format!("#{}", t_string!(i18n, desk.sd_injected)),
            format!("#{}", t_string!(i18n, desk.c_wasted)),
            format!("#{}", t_string!(i18n, desk.sd_left)),
        ]
    };
    let row = |one: LotRound| {
        view! {
            <tr>
                <td><a href=format!("/relais/tournees/{}", one.round)>{one.label}</a></td>
                <td class="number">{one.taken}</td>
                <td class="number">{one.given}</td>
                <td class="number">{one.wasted}</td>
                <td class="number">{one.left}</td>
            </tr>
        }
    };
    view! {
        <DataTable caption=move || t_string!(i18n, desk.sd_rounds) columns=columns>
            {rounds.into_iter().map(row).collect_view()}
        </DataTable>
    }
    .into_any()
}

fn given(i18n: I18n, doses: Vec<LotDose>) -> AnyView {
    if doses.is_empty() {
        return view! { <p class="muted">{t!(i18n, desk.sd_nobody)}</p> }.into_any();
    }
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_person).to_owned(),
            t_string!(i18n, desk.c_phone).to_owned(),
            t_string!(i18n, desk.c_round).to_owned(),
            t_string!(i18n, desk.sd_when).to_owned(),
            t_string!(i18n, desk.c_lot).to_owned(),
        ]
    };
    let row = move |one: LotDose| {
        view! {
            <tr data-testid="lot-dose">
                <td><strong>{one.person}</strong></td>
                <td class="nowrap">{one.phone.as_deref().map(words::phone)}</td>
                <td><a href=format!("/relais/tournees/{}", one.round)>{one.label}</a></td>
                <td class="nowrap">{words::moment(i18n, one.at)}</td>
                <td>{one.written}</td>
            </tr>
        }
    };
    view! {
        <DataTable caption=move || t_string!(i18n, desk.sd_given) columns=columns>
            {doses.into_iter().map(row).collect_view()}
        </DataTable>
    }
    .into_any()
}
