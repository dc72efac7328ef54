//! What became of a round since it was published: changed or given up, which tablets have heard of it, whom a dose is missing for.

use crate::client::{ask, routes};
use crate::components::{Button, Glyph, Notice, StatusPill, Tone};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::pages::parts::Work;
use crate::pages::words;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use perron_desk_api::{ReceiptLine, RoundStage, RoundView, ShortLine, TakenOutLine};

/// Takes the round into preparation again, and goes there.
#[component]
pub fn Change(
    /// Which.
    number: u32,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let navigate = use_navigate();
    let change = Callback::new(move |()| {
        let navigate = navigate.clone();
        work.run(ask(routes::CHANGE_ROUND, (number,), ()), move |_| {
            navigate(&format!("/relais/tournees/{number}/preparer"), Default::default());
        });
    });
    view! {
        <Button
            label=move || t_string!(i18n, desk.l_change)
            icon=Glyph::Pen
            disabled=work.busy
            on_press=change
            testid="change-round"
        />
        {work.failure(i18n)}
    }
}

/// Says that the round was given up, and why.
pub fn cancelled(i18n: I18n, round: &RoundView) -> impl IntoView + use<> {
    round.cancelled.clone().map(|reason| {
        view! {
            <Notice tone=Tone::Danger>
                <p data-testid="round-cancelled">{words::say!(i18n, desk.l_cancelled, reason = reason)}</p>
            </Notice>
        }
    })
}

/// Says when and by whom the round was changed, who was taken out, and which tablets have heard all of it.
pub fn told(i18n: I18n, round: &RoundView) -> impl IntoView + use<> {
    let changed = round.changed.as_ref().map(|said| {
        let who = said.by.as_str();
        words::say!(i18n, desk.l_changed, who = who, time = words::moment(i18n, said.at))
    });
    let out = |one: &TakenOutLine| {
        let (name, who) = (one.name.as_str(), one.by.as_str());
        words::say!(i18n, desk.l_out, name = name, who = who, time = words::moment(i18n, one.at))
    };
    let out: Vec<String> = round.taken_out.iter().map(out).collect();
    let receipt = move |one: ReceiptLine| {
        let tablet = one.tablet.as_str();
        let (tone, word) = match one.at {
            Some(at) => {
                (Tone::Good, words::say!(i18n, desk.l_received, tablet = tablet, time = words::moment(i18n, at)))
            }
            None => (Tone::Warning, words::say!(i18n, desk.l_not_received, tablet = tablet)),
        };
        view! { <StatusPill tone=tone label=Signal::stored(word) /> }
    };
    // Once the round is signed, what its tablet had heard says itself.
    let open = round.line.stage != RoundStage::Closed;
    let receipts = if open { round.receipts.clone() } else { Vec::new() };
    view! {
        {changed.map(|line| view! { <p class="muted" data-testid="round-changed">{line}</p> })}
        {out.into_iter().map(|line| view! { <p class="muted">{line}</p> }).collect_view()}
        <div class="actions" data-testid="receipts">{receipts.into_iter().map(receipt).collect_view()}</div>
    }
}

/// Says whom a dose is missing for, and who received one without being expected.
pub fn short(i18n: I18n, round: &RoundView) -> impl IntoView + use<> {
    let line = move |one: ShortLine| {
        let (product, names) = (one.product.as_str(), one.people.join(", "));
        let words = words::say!(i18n, desk.l_short, product = product, count = one.lacking, names = names);
        let met =
            (!one.walk_ins.is_empty()).then(|| words::say!(i18n, desk.l_short_walk, names = one.walk_ins.join(", ")));
        view! {
            <Notice tone=Tone::Warning>
                <p data-testid="doses-short">{words} " " {met}</p>
            </Notice>
        }
    };
    round.short.clone().into_iter().map(line).collect_view()
}
