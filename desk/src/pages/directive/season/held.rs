//! «Accepter la version livrée»: what a version that ships changes against the adopted one, and the head's word for it.

use crate::client::{ask, ask_as, routes};
use crate::components::{Button, Card, Dialog, Glyph, Notice, PageHeader, Tone, Weight, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::directive::editor::check::differences;
use crate::pages::directive::editor::names::Names;
use crate::pages::parts::{Work, loaded};
use crate::pages::team::sign::{Signer, WhoSigns};
use crate::pages::words::{say, tongue};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use perron_desk_api::{AcceptShipped, HeldView, Shipped};
use perron_domain::fact::Role;

/// The page: `/relais/directives/ID/livree/VERSION`.
#[component]
pub fn HeldPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let which = Memo::new(move |_| {
        params.with(|map| (map.get("id").unwrap_or_default(), map.get("version").unwrap_or_default()))
    });
    let held = LocalResource::new(move || {
        let (id, version) = which.get();
        ask(routes::HELD_VERSION, (), Shipped { id, version })
    });
    let names = Names::read(i18n);
    let asking = RwSignal::new(false);
    view! {
        <PageHeader
            title=move || t_string!(i18n, desk.sh_title)
            subtitle=move || Some(which.with(|(id, version)| format!("{id} · {version}")))
            back="/relais/directives"
        />
        {loaded(i18n, held, move |found| shown(i18n, names, found, asking))}
        <Accept which=which asking=asking />
    }
}

fn shown(i18n: I18n, names: Names, held: HeldView, asking: RwSignal<bool>) -> impl IntoView {
    let title = tongue(i18n, held.title_fr, held.title_en);
    let replaces = held.replaces.join(", ");
    view! {
        <Notice tone=Tone::Warning title=Some(fr::spaced(&title))>
            <p data-testid="replaces">{say!(i18n, desk.sh_replaces, versions = replaces)}</p>
            <p>{say!(i18n, desk.sh_from, date = fr::date_short(held.from.0))}</p>
        </Notice>
        {differences(i18n, names, held.differences)}
        <Card title=move || t_string!(i18n, desk.sh_accept)>
            <p>{t!(i18n, desk.sh_text)}</p>
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.sh_accept)
                    weight=Weight::Primary
                    icon=Glyph::Hands
                    on_press=move |()| asking.set(true)
                    testid="accept-shipped"
                />
            </div>
        </Card>
    }
}

/// The dialog: in whose name.
#[component]
fn Accept(which: Memo<(String, String)>, asking: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let signer = Signer::new(Role::Head);
    let navigate = use_navigate();
    let close = Callback::new(move |()| {
        work.error.set(None);
        asking.set(false);
    });
    let go = Callback::new(move |()| {
        let Some(account) = signer.account() else { return };
        let (id, version) = which.get_untracked();
        let navigate = navigate.clone();
        work.run(ask_as(account, routes::ACCEPT_VERSION, (), AcceptShipped { id, version }), move |()| {
            navigate("/relais/directives", Default::default())
        });
    });
    view! {
        <Dialog
            open=asking
            on_close=close
            title=move || t_string!(i18n, desk.sh_ask)
            actions=move || {
                view! {
                    <Button label=move || t_string!(i18n, common.cancel) on_press=close />
                    <Button
                        label=move || t_string!(i18n, desk.sh_accept)
                        weight=Weight::Primary
                        disabled=Signal::derive(move || work.busy.get() || signer.account().is_none())
                        on_press=go
                        testid="accept-go"
                    />
                }
            }
        >
            <p>{t!(i18n, desk.sh_sure)}</p>
            <WhoSigns
                signer=signer
                label=move || t_string!(i18n, desk.sh_who)
                nobody=move || t_string!(i18n, desk.dp_no_head)
            />
            {work.failure(i18n)}
        </Dialog>
    }
}
