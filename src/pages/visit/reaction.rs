//! «Réaction» while the person is watched: said in one tap, with the way to the emergency screen.

use leptos::prelude::*;
use perron_domain::{command::Command, fact::IncidentKind};

use super::Door;
use crate::{
    components::{Button, Dialog, Glyph, LinkButton, TextField, Tone, Weight},
    i18n::{label, t_string},
    pages::words,
};

/// «Réaction», «Malaise», «AES»: noted in one tap each, and the way to the emergency screen.
#[component]
pub fn Reaction(
    /// The visit.
    door: Door,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let open = RwSignal::new(false);
    let text = link.form(format!("visit/{}/reaction", door.person)).text("text", "");
    let report = move |kind: IncidentKind| {
        let command = Command::Report { person: Some(door.person), kind, text: text.get_untracked() };
        link.write(vec![command], move || {
            text.set(String::new());
            open.set(false);
        });
    };
    let count = move || {
        link.round(|round| round.incidents.iter().filter(|incident| incident.person == Some(door.person)).count())
    };
    let label = move || match count() {
        0 => t_string!(i18n, visit.reaction).to_owned(),
        count => format!("{} ({count})", t_string!(i18n, visit.reaction)),
    };
    view! {
        <Button
            label=label
            icon=Glyph::Triangle
            weight=Weight::Danger
            on_press=move |()| open.set(true)
            testid="reaction"
        />
        <Dialog
            open=open
            on_close=move |()| open.set(false)
            title=label!(i18n, visit.reaction)
            tone=Tone::Danger
            actions=move || {
                view! {
                    <LinkButton
                        label=label!(i18n, common.urgent)
                        href=format!("/urgence/{}", door.person)
                        icon=Glyph::Ambulance
                        weight=Weight::Danger
                        testid="reaction-urgent"
                    />
                }
            }
        >
            <div class="stack">
                <TextField label=label!(i18n, visit.what_is_seen) value=text optional=true testid="reaction-text" />
                {[IncidentKind::Reaction, IncidentKind::Faint, IncidentKind::NeedleStick]
                    .into_iter()
                    .enumerate()
                    .map(|(index, kind)| {
                        view! {
                            <Button
                                label=move || words::incident_word(i18n, kind)
                                wide=true
                                on_press=move |()| report(kind)
                                testid=format!("reaction-{index}")
                            />
                        }
                    })
                    .collect_view()}
            </div>
        </Dialog>
    }
}
