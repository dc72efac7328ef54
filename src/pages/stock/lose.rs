//! «Dose perdue»: how many, and why.

use leptos::prelude::*;
use perron_domain::{command::Command, name::FactName};

use super::{Desk, item::Item};
use crate::{
    components::{Card, Glyph, MainAction, Stepper},
    i18n::{label, t_string},
    pages::{reason::ReasonField, visit::link::Problem},
};

/// The form.
#[component]
pub fn Lose(
    /// The page.
    desk: Desk,
    /// The vial or load.
    source: FactName,
    /// What is known of it.
    item: Memo<Option<Item>>,
    /// Called once it is saved.
    done: Callback<()>,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let left = Signal::derive(move || item.with(|item| item.as_ref().map_or(0, |item| item.left.unsigned_abs())));
    // What stayed in a vial past its time is lost as a whole.
    let over = untrack(|| item.with(|item| item.as_ref().and_then(|item| item.seconds_left(link.steady_once()))))
        .is_some_and(|seconds| seconds <= 0);
    let form = link.form(format!("doses/{source}/lose"));
    let count = form.count("count", if over { left.get_untracked() } else { 1 });
    let first = if over { t_string!(i18n, stock.lost_time).to_owned() } else { String::new() };
    let reason = form.text("reason", first);
    let save = move |()| {
        let command = Command::Waste {
            source,
            count: u16::try_from(count.now()).unwrap_or(u16::MAX),
            reason: reason.get_untracked(),
        };
        link.write(vec![command], move || {
            form.done();
            done.run(());
        });
    };
    let blank = move || reason.with(|reason| reason.trim().is_empty());
    view! {
        <Card>
            <Stepper
                label=label!(i18n, stock.lost_count)
                value=count.signal()
                on_change=move |doses| count.set(doses)
                min=1
                max=left
                testid="lose-count"
            />
        </Card>
        <Card>
            <ReasonField
                label=label!(i18n, stock.why_lost)
                usual=vec![
                    Signal::derive(move || t_string!(i18n, stock.lost_time).to_owned()),
                    Signal::derive(move || t_string!(i18n, stock.lost_broken).to_owned()),
                    Signal::derive(move || t_string!(i18n, stock.lost_dropped).to_owned()),
                    Signal::derive(move || t_string!(i18n, stock.lost_cold).to_owned()),
                    Signal::derive(move || t_string!(i18n, stock.lost_refused).to_owned()),
                    Signal::derive(move || t_string!(i18n, stock.lost_volume).to_owned()),
                ]
                value=reason
                testid="lose-reason"
            />
        </Card>
        <Problem link=link />
        <MainAction
            label=label!(i18n, stock.lost)
            icon=Glyph::Triangle
            danger=true
            busy=link.busy
            disabled=Signal::derive(blank)
            hint=move || blank().then(|| t_string!(i18n, stock.reason_needed).to_owned())
            on_press=save
            testid="lose-save"
        />
    }
}
