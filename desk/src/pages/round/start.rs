//! What a new relay still lacks before its first round: said where the work begins, gone once it is there.

use crate::client::{ask, get, routes};
use crate::components::{Card, Glyph, LinkButton, Tone};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::parts::on_news;
use leptos::prelude::*;
use perron_desk_api::OnDay;
use perron_domain::fact::Role;

/// The card; nothing when nothing is missing.
#[component]
pub fn StillMissing() -> impl IntoView {
    let i18n = use_i18n();
    let relay = LocalResource::new(|| get(routes::RELAY));
    let stock = LocalResource::new(|| ask(routes::STOCK, (), OnDay::default()));
    let tablets = LocalResource::new(|| get(routes::TABLETS));
    on_news(move || {
        relay.refetch();
        stock.refetch();
        tablets.refetch();
    });
    let missing = move || {
        let (relay, stock, tablets) = (relay.get()?.ok()?, stock.get()?.ok()?, tablets.get()?.ok()?);
        let nurse = relay.accounts.iter().any(|one| one.roles.contains(&Role::Nurse));
        let lot = stock.lots.iter().any(|lot| !lot.expired && lot.isolated.is_none());
        let tablet = tablets.tablets.iter().any(|one| one.retired.is_none());
        let lines = [
            (nurse, t_string!(i18n, desk.n_nurse), "/relais/equipe", Glyph::People),
            (relay.on_call.is_some(), t_string!(i18n, desk.n_on_call), "/relais/equipe", Glyph::Phone),
            (relay.protocol.is_some(), t_string!(i18n, desk.n_protocol), "/relais/equipe", Glyph::Paper),
            (lot || relay.demo, t_string!(i18n, desk.n_lot), "/relais/lots", Glyph::Vial),
            (tablet, t_string!(i18n, desk.n_tablet), "/relais/tablettes", Glyph::Tablet),
        ];
        let open: Vec<_> = lines.into_iter().filter(|(there, ..)| !there).collect();
        (!open.is_empty()).then(|| {
            view! {
                <Card title=move || t_string!(i18n, desk.n_title) tone=Tone::Info>
                    <p>{t!(i18n, desk.n_text)}</p>
                    <div class="actions">
                        {open
                            .into_iter()
                            .map(|(_, word, href, icon)| view! { <LinkButton label=word href=href icon=icon /> })
                            .collect_view()}
                    </div>
                </Card>
            }
        })
    };
    view! { {missing} }
}
