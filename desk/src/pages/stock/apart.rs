//! «À isoler»: doses set apart after a temperature outside 2–8 °C, until somebody who may decides: who, what and why.

use super::decide::{Asked, Decide};
use crate::components::{Button, Card, Tone, Weight, fr};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::ApartLine;

/// One card for each load that waits.
#[component]
pub fn ApartCards(
    /// What waits.
    apart: Vec<ApartLine>,
    /// A decision was kept.
    on_decided: Callback<()>,
) -> impl IntoView {
    let asked = RwSignal::new(None::<Asked>);
    // What was decided by telephone waits for its confirmation, on a card of its own.
    let open: Vec<ApartLine> = apart.into_iter().filter(|line| line.phone.is_none()).collect();
    (!open.is_empty()).then(|| {
        view! {
            {open.into_iter().map(|line| view! { <ApartCard line=line asked=asked /> }).collect_view()}
            <Decide asked=asked on_decided=on_decided />
        }
    })
}

#[component]
fn ApartCard(line: ApartLine, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let i18n = use_i18n();
    let about = Asked::of(i18n, &line);
    let decide = move |usable: bool| asked.set(Some(Asked { usable, ..about.clone() }));
    let destroy = decide.clone();
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
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.p_use)
                    on_press=move |()| decide(true)
                    testid="apart-use"
                />
                <Button
                    label=move || t_string!(i18n, desk.p_destroy)
                    weight=Weight::Danger
                    on_press=move |()| destroy(false)
                    testid="apart-destroy"
                />
            </div>
        </Card>
    }
}
