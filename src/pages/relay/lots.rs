//! «Lots»: what the relay holds, what came in, what must not be used.

use super::ask::AskReason;
use super::cold::{CallCards, decisions};
use super::lots_apart::ApartCards;
use super::parts::{Work, loaded, on_news};
use super::words;
use crate::components::{
    Button, Card, DataTable, DateField, EmptyState, Glyph, Keys, Notice, NumberField, PageHeader, SelectField,
    StatusPill, TextField, Tone, Weight, fr,
};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::state::desk;
use leptos::prelude::*;
use perron_desk::{ReceiveLot, StockLine, StockView};

/// A lot whose state somebody is about to change.
#[derive(Clone, PartialEq, Eq)]
struct Asked {
    lot: String,
    release: bool,
}

/// The page.
#[component]
pub fn Lots() -> impl IntoView {
    let i18n = use_i18n();
    let stock = LocalResource::new(|| desk::stock(None));
    on_news(move || stock.refetch());
    let receiving = RwSignal::new(false);
    let asked = RwSignal::new(None::<Asked>);
    let changed = Callback::new(move |()| stock.refetch());
    let products = Signal::derive(move || stock.get().and_then(Result::ok).map(|stock| stock.products));
    view! {
        <PageHeader title=move || t_string!(i18n, desk.s_title)>
            <Button
                label=move || t_string!(i18n, desk.s_receive)
                icon=Glyph::Plus
                weight=Weight::Primary
                on_press=move |()| receiving.update(|open| *open = !*open)
                testid="receive"
            />
        </PageHeader>
        <Show when=move || receiving.get()>
            <Receive products=products on_received=changed />
        </Show>
        {loaded(i18n, stock, move |stock| page(i18n, stock, asked, changed))}
        <Change asked=asked on_changed=changed />
    }
}

fn page(i18n: I18n, stock: StockView, asked: RwSignal<Option<Asked>>, changed: Callback<()>) -> impl IntoView {
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_product).to_owned(),
            t_string!(i18n, desk.c_lot).to_owned(),
            t_string!(i18n, desk.c_expiry).to_owned(),
            t_string!(i18n, desk.c_stage).to_owned(),
            format!("#{}", t_string!(i18n, desk.c_received)),
            format!("#{}", t_string!(i18n, desk.c_out)),
            format!("#{}", t_string!(i18n, desk.c_planned)),
            format!("#{}", t_string!(i18n, desk.c_at_relay)),
            String::new(),
        ]
    };
    view! {
        <CallCards decisions=stock.cold_decisions.clone() on_answered=changed />
        <ApartCards apart=stock.apart on_decided=changed />
        {decisions(i18n, stock.cold_decisions)}
        {if stock.lots.is_empty() {
            view! {
                <EmptyState
                    glyph=Glyph::Vial
                    title=move || t_string!(i18n, desk.s_none)
                    text=move || Some(t_string!(i18n, desk.s_none_text).to_owned())
                />
            }
                .into_any()
        } else {
            view! {
                <DataTable caption=move || t_string!(i18n, desk.s_title) columns=columns>
                    {stock.lots.into_iter().map(|line| row(i18n, line, asked)).collect_view()}
                </DataTable>
            }
                .into_any()
        }}
    }
}

fn row(i18n: I18n, line: StockLine, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let (tone, word) = if line.isolated.is_some() {
        (Tone::Danger, words::say!(i18n, desk.s_isolated))
    } else if line.expired {
        (Tone::Warning, words::say!(i18n, desk.s_expired))
    } else {
        (Tone::Good, words::say!(i18n, desk.s_good))
    };
    let release = line.isolated.is_some();
    let action = if release { words::say!(i18n, desk.s_release) } else { words::say!(i18n, desk.s_isolate) };
    let lot = line.lot.clone();
    view! {
        <tr data-testid="lot">
            <td>{line.name}</td>
            <td><strong>{line.lot}</strong></td>
            <td class="nowrap">{fr::date_short(line.expiry.0)}</td>
            <td>
                <StatusPill tone=tone label=word />
                {line.isolated.map(|reason| view! { <div class="cell-note">{reason}</div> })}
            </td>
            <td class="number">{line.received}</td>
            <td class="number">{line.out}</td>
            <td class="number">{line.planned}</td>
            <td class="number"><strong>{line.left}</strong></td>
            <td>
                <Button
                    label=action
                    on_press=move |()| asked.set(Some(Asked { lot: lot.clone(), release }))
                />
            </td>
        </tr>
    }
}

#[component]
fn Change(asked: RwSignal<Option<Asked>>, on_changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let title = move || match asked.get() {
        Some(Asked { lot, release: true }) => t_string!(i18n, desk.s_release_title, lot = lot),
        Some(Asked { lot, release: false }) => t_string!(i18n, desk.s_isolate_title, lot = lot),
        None => String::new(),
    };
    let releases = move || asked.with(|asked| asked.as_ref().is_some_and(|one| one.release));
    let word = move || if releases() { t_string!(i18n, desk.s_release) } else { t_string!(i18n, desk.s_isolate) };
    let go = move |why: String| {
        let Some(Asked { lot, release }) = asked.get_untracked() else { return };
        let send = async move {
            if release { desk::release_lot(&lot, why).await } else { desk::isolate_lot(&lot, why).await }
        };
        work.run(send, move |()| {
            asked.set(None);
            on_changed.run(());
        });
    };
    view! {
        <AskReason
            open=Signal::derive(move || asked.with(Option::is_some))
            title=title
            text=move || (!releases()).then(|| t_string!(i18n, desk.s_isolate_text).to_owned())
            label=move || t_string!(i18n, desk.s_why)
            word=word
            danger=true
            work=work
            on_close=move |()| asked.set(None)
            on_go=go
        />
    }
}

#[component]
fn Receive(products: Signal<Option<Vec<perron_desk::ProductLine>>>, on_received: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let field = || RwSignal::new(String::new());
    let (product, lot, expiry, doses) = (field(), field(), field(), field());
    let tried = RwSignal::new(false);
    let saved = RwSignal::new(None::<String>);
    let options = move || {
        let products = products.get().unwrap_or_default();
        products.into_iter().map(|one| (one.code, one.name)).collect::<Vec<_>>()
    };
    let none = Signal::derive(move || products.with(|products| products.as_ref().is_some_and(Vec::is_empty)));
    let empty = move |value: RwSignal<String>| {
        move || {
            let wrong = tried.get() && value.with(|text| text.trim().is_empty());
            wrong.then(|| t_string!(i18n, desk.a_need).to_owned())
        }
    };
    let day_wrong = move || {
        let wrong = tried.get() && expiry.with(|text| words::read_day(text).is_none());
        wrong.then(|| t_string!(i18n, desk.r_need_day).to_owned())
    };
    let doses_wrong = move || {
        let wrong = tried.get() && doses.with(|text| text.trim().parse::<u32>().is_err());
        wrong.then(|| t_string!(i18n, desk.a_need).to_owned())
    };
    let save = move |()| {
        tried.set(true);
        saved.set(None);
        let (code, number) = (product.get_untracked(), lot.get_untracked().trim().to_owned());
        let day = expiry.with_untracked(|text| words::read_day(text));
        let count = doses.with_untracked(|text| text.trim().parse::<u32>().ok());
        let (Some(expiry_day), Some(count), false) = (day, count, code.is_empty() || number.is_empty()) else { return };
        let received = ReceiveLot { product: code, lot: number.clone(), expiry: expiry_day, doses: count };
        work.run(desk::receive_lot(received), move |()| {
            tried.set(false);
            lot.set(String::new());
            doses.set(String::new());
            saved.set(Some(number));
            on_received.run(());
        });
    };
    view! {
        <Card title=move || t_string!(i18n, desk.s_receive)>
            <Show when=move || none.get()>
                <Notice tone=Tone::Warning>
                    <p>{t!(i18n, desk.s_product_none)}</p>
                </Notice>
            </Show>
            <div class="form-grid">
                <SelectField
                    label=move || t_string!(i18n, desk.s_product)
                    value=product
                    options=options
                    error=empty(product)
                    testid="lot-product"
                />
                <TextField
                    label=move || t_string!(i18n, desk.s_lot)
                    value=lot
                    keys=Keys::Code
                    error=empty(lot)
                    testid="lot-number"
                />
                <DateField label=move || t_string!(i18n, desk.s_expiry) value=expiry error=day_wrong testid="lot-expiry" />
                <NumberField
                    label=move || t_string!(i18n, desk.s_doses)
                    value=doses
                    whole=true
                    error=doses_wrong
                    testid="lot-count"
                />
            </div>
            {work.failure(i18n)}
            {move || {
                saved
                    .get()
                    .map(|lot| {
                        view! { <Notice tone=Tone::Good><p>{t!(i18n, desk.s_saved, lot = lot)}</p></Notice> }
                    })
            }}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.s_save)
                    weight=Weight::Primary
                    disabled=work.busy
                    on_press=save
                    testid="lot-save"
                />
            </div>
        </Card>
    }
}
