//! «Céder»: doses go to another team, which loads them on its own tablet.

use leptos::prelude::*;
use perron_domain::{command::Command, name::FactName};

use super::{Desk, item::Item};
use crate::{
    components::{Card, Glyph, MainAction, Notice, Stepper, TextField, Tone},
    i18n::{say, t, t_string},
    pages::visit::link::Problem,
};

/// The form.
#[component]
pub fn Cede(
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
    let form = link.form(format!("doses/{source}/cede"));
    let count = form.count("count", left.get_untracked().max(1));
    let to = form.text("to", "");
    let save = move |()| {
        let command =
            Command::Cede { source, count: u16::try_from(count.now()).unwrap_or(u16::MAX), to: to.get_untracked() };
        link.write(vec![command], move || {
            form.done();
            done.run(());
        });
    };
    let blank = move || to.with(|to| to.trim().is_empty());
    view! {
        <Card>
            <Stepper
                label=say!(i18n, stock.ceded_count)
                value=count.signal()
                on_change=move |doses| count.set(doses)
                min=1
                max=left
                testid="cede-count"
            />
            <TextField
                label=say!(i18n, stock.to_whom)
                value=to
                placeholder=say!(i18n, stock.team_example)
                testid="cede-to"
            />
        </Card>
        <Notice tone=Tone::Info>
            <p>{t!(i18n, stock.cede_text)}</p>
        </Notice>
        <Problem link=link />
        <MainAction
            label=say!(i18n, stock.cede)
            icon=Glyph::Swap
            busy=link.busy
            disabled=Signal::derive(blank)
            hint=move || blank().then(|| t_string!(i18n, stock.to_needed).to_owned())
            on_press=save
            testid="cede-save"
        />
    }
}
