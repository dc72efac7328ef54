//! «Lots»: what the relay holds, what came in, what must not be used.

use crate::client::{ask, escaped, routes};
use crate::components::{
    Button, Card, DataTable, EmptyState, Glyph, ListRow, PageHeader, StatusPill, Tone, Weight, fr,
};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::pages::address::open_in_address;
use crate::pages::ask::AskReason;
use crate::pages::parts::{Work, loaded, on_news};
use crate::pages::round::cold::{CallCards, decisions};
use crate::pages::stock::apart::ApartCards;
use crate::pages::stock::isolate::Isolate;
use crate::pages::stock::receive::Receive;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{ChangeLot, IsolatedLine, OnDay, StockLine, StockView};

/// A lot whose state somebody is about to change.
#[derive(Clone, PartialEq, Eq)]
struct Asked {
    lot: String,
    /// The product that it is a lot of; none where a number was set apart for all of them.
    product: Option<String>,
    release: bool,
}

impl Asked {
    /// Returns under which key the reason is kept.
    fn key(&self) -> String {
        let product = self.product.as_deref().unwrap_or("-");
        format!("lot-{}-{}-{product}", if self.release { "release" } else { "isolate" }, self.lot)
    }
}

/// The page.
#[component]
pub fn Lots() -> impl IntoView {
    let i18n = use_i18n();
    let stock = LocalResource::new(|| ask(routes::STOCK, (), OnDay::default()));
    on_news(move || stock.refetch());
    let (receiving, isolating) = (open_in_address("receptionner"), open_in_address("isoler"));
    let asked = RwSignal::new(None::<Asked>);
    let changed = Callback::new(move |()| stock.refetch());
    let known = Signal::derive(move || stock.get().and_then(Result::ok));
    view! {
        <PageHeader title=move || t_string!(i18n, desk.s_title)>
            <Button
                label=move || t_string!(i18n, desk.s_isolate_other)
                on_press=move |()| isolating.update(|open| *open = !*open)
                testid="isolate-other"
            />
            <Button
                label=move || t_string!(i18n, desk.s_receive)
                icon=Glyph::Plus
                weight=Weight::Primary
                on_press=move |()| receiving.update(|open| *open = !*open)
                testid="receive"
            />
        </PageHeader>
        <Show when=move || receiving.get()>
            <Receive stock=known on_received=changed />
        </Show>
        <Show when=move || isolating.get()>
            <Isolate
                stock=known
                on_isolated=Callback::new(move |()| {
                    isolating.set(false);
                    changed.run(());
                })
            />
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
        {decisions(i18n, t_string!(i18n, desk.call_decisions), stock.cold_decisions, changed)}
        {never_received(i18n, stock.isolated, asked)}
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
    let (lot, product) = (line.lot.clone(), line.product.clone());
    let href = format!("/relais/lots/{}?vaccin={}", escaped(&lot), escaped(&product));
    view! {
        <tr data-testid="lot">
            <td>{line.name}</td>
            <td><a href=href><strong>{line.lot}</strong></a></td>
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
                    on_press=move |()| {
                        asked.set(Some(Asked { lot: lot.clone(), product: Some(product.clone()), release }));
                    }
                />
            </td>
        </tr>
    }
}

/// Lots set apart that never came in: a recall of the maker, a lot met on a round.
fn never_received(i18n: I18n, lots: Vec<IsolatedLine>, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let row = move |line: IsolatedLine| {
        let about = line.name.unwrap_or_else(|| words::say!(i18n, desk.s_isolate_all).to_owned());
        let (lot, product) = (line.lot.clone(), line.product);
        let href = format!("/relais/lots/{}", escaped(&lot));
        view! {
            <ListRow
                title=Signal::stored(format!("{} · {about}", line.lot))
                detail=Signal::stored(Some(line.reason))
                lead=move || view! { <a href=href.clone()>{move || t_string!(i18n, desk.sd_see)}</a> }
                trail=move || {
                    let (lot, product) = (lot.clone(), product.clone());
                    view! {
                        <Button
                            label=move || t_string!(i18n, desk.s_release)
                            on_press=move |()| {
                                asked.set(Some(Asked { lot: lot.clone(), product: product.clone(), release: true }));
                            }
                        />
                    }
                }
                testid="isolated-lot"
            />
        }
    };
    (!lots.is_empty()).then(|| {
        view! {
            <Card title=move || t_string!(i18n, desk.s_isolated_unknown) tone=Tone::Danger>
                <div class="list list-inside">{lots.into_iter().map(row).collect_view()}</div>
            </Card>
        }
    })
}

#[component]
fn Change(asked: RwSignal<Option<Asked>>, on_changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let title = move || match asked.get() {
        Some(Asked { lot, release: true, .. }) => t_string!(i18n, desk.s_release_title, lot = lot),
        Some(Asked { lot, release: false, .. }) => t_string!(i18n, desk.s_isolate_title, lot = lot),
        None => String::new(),
    };
    let releases = move || asked.with(|asked| asked.as_ref().is_some_and(|one| one.release));
    let word = move || if releases() { t_string!(i18n, desk.s_release) } else { t_string!(i18n, desk.s_isolate) };
    let go = move |why: String| {
        let Some(Asked { lot, product, release }) = asked.get_untracked() else { return };
        let send = async move {
            let change = ChangeLot { reason: why, product, confirmed: None };
            let route = if release { routes::RELEASE_LOT } else { routes::ISOLATE_LOT };
            ask(route, (lot,), change).await
        };
        work.run(send, move |()| {
            asked.set(None);
            on_changed.run(());
        });
    };
    view! {
        <AskReason
            open=Signal::derive(move || asked.with(Option::is_some))
            about=Signal::derive(move || { asked.with(|asked| asked.as_ref().map(Asked::key).unwrap_or_default()) })
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
