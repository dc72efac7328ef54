//! S’oppose: a child, an absent parent, a protected adult. A fact of its own, that outweighs agreements.

use leptos::prelude::*;
use perron_domain::{command::Command, name::FactName, rules::By};

use super::{Door, link::Problem};
use crate::{
    components::{Button, Card, Choice, ChoiceRow, Glyph, MainAction, Show, TextField, Weight},
    i18n::{say, t_string},
    pages::words,
};

/// Who may object.
const QUALITIES: &[(&str, By)] =
    &[("self", By::Person), ("parent", By::Parent), ("guardian", By::Guardian), ("representative", By::Representative)];

/// The form of an objection.
#[component]
pub fn ObjectionForm(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
    /// Back to who is needed.
    back: Callback<()>,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let form = link.form(format!("visit/{act}/objection"));
    let by = form.tiles("by", QUALITIES, None);
    let name = form.text("name", "");
    let reason = form.text("reason", "");
    let choices: Vec<Choice<By>> = QUALITIES
        .iter()
        .map(|(_, by)| {
            let by = *by;
            Choice::new(by, move || words::who_word(i18n, by))
        })
        .collect();
    let save = move |()| {
        let Some(by) = by.now() else { return };
        let command = Command::Object {
            act,
            by: words::consent_by(by),
            name: Some(name.get_untracked()),
            reason: Some(reason.get_untracked()),
        };
        link.write(vec![command], move || {
            form.done();
            back.run(());
        });
    };
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, visit.who_objects).to_owned())>
            <div class="stack">
                <ChoiceRow
                    legend=say!(i18n, visit.who_objects)
                    quiet_legend=true
                    choices=choices
                    value=move || by.get()
                    on_change=move |chosen| by.set(chosen)
                    testid="objection-by"
                />
                <Show when=move || by.get().is_some_and(|by| by != By::Person)>
                    <TextField label=say!(i18n, visit.field_name) value=name optional=true testid="objection-name" />
                </Show>
                <TextField label=say!(i18n, visit.what_was_said) value=reason optional=true testid="objection-reason" />
            </div>
        </Card>
        <Problem link=link />
        <MainAction
            label=say!(i18n, visit.record_objection)
            icon=Glyph::ConsentMissing
            busy=link.busy
            disabled=Signal::derive(move || by.get().is_none())
            hint=move || by.get().is_none().then(|| t_string!(i18n, visit.choose_who).to_owned())
            on_press=save
            testid="objection-save"
        >
            <Button
                label=say!(i18n, common.cancel)
                weight=Weight::Quiet
                on_press=back
                testid="objection-cancel"
            />
        </MainAction>
    }
}
