//! «À isoler»: doses set apart after a temperature outside 2–8 °C, until the head of the relay decides.

use crate::client::{ask, routes};
use crate::components::{Button, Card, TextField, Tone, Weight, fr};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::kept::{Fields, KeptLine};
use crate::pages::parts::Work;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{ApartLine, DecideApart};

/// One card for each load that waits.
#[component]
pub fn ApartCards(
    /// What waits.
    apart: Vec<ApartLine>,
    /// A decision was kept.
    on_decided: Callback<()>,
) -> impl IntoView {
    // What was decided by telephone waits for its confirmation, on a card of its own.
    let open = apart.into_iter().filter(|line| line.phone.is_none());
    open.map(|line| view! { <ApartCard line=line on_decided=on_decided /> }).collect_view()
}

#[component]
fn ApartCard(line: ApartLine, on_decided: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let reason = RwSignal::new(String::new());
    let kept = Fields::of(format!("apart-{}-{}", line.round, line.load)).texts([("reason", reason)]).keep();
    let tried = RwSignal::new(false);
    let (round, load) = (line.round, line.load);
    let decide = move |usable: bool| {
        tried.set(true);
        let reason = reason.get_untracked().trim().to_owned();
        if !reason.is_empty() {
            let decided = DecideApart { usable, reason };
            work.run(ask(routes::DECIDE_APART, (round, load), decided), move |_| {
                kept.settle();
                on_decided.run(());
            });
        }
    };
    let wrong = move || {
        (tried.get() && reason.with(|text| text.trim().is_empty())).then(|| t_string!(i18n, desk.p_need).to_owned())
    };
    let when = line.tenths.zip(line.at).map(|(tenths, at)| {
        move || {
            let temp = fr::celsius(i18n.get_locale(), i32::from(tenths));
            t_string!(i18n, desk.p_temp, temp = temp, time = words::hour(i18n, at))
        }
    });
    view! {
        <Card title=move || t_string!(i18n, desk.p_title) tone=Tone::Warning>
            <p>
                <strong>
                    {t!(i18n, desk.p_text, doses = line.doses, product = line.product, lot = line.lot, round = line.label)}
                </strong>
            </p>
            {when.map(|when| view! { <p>{when}</p> })}
            {line.reason.map(|reason| view! { <p>{t!(i18n, desk.l_reason, reason = reason)}</p> })}
            <TextField label=move || t_string!(i18n, desk.p_why) value=reason error=wrong />
            <KeptLine kept=kept />
            {work.failure(i18n)}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.p_use)
                    disabled=work.busy
                    on_press=move |()| decide(true)
                    testid="apart-use"
                />
                <Button
                    label=move || t_string!(i18n, desk.p_destroy)
                    weight=Weight::Danger
                    disabled=work.busy
                    on_press=move |()| decide(false)
                    testid="apart-destroy"
                />
            </div>
        </Card>
    }
}
