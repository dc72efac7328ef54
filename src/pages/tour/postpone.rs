//! «Reporter»: everybody still to be seen behind one door is seen another day.

use leptos::prelude::*;
use perron_domain::{command::Command, fact::Outcome, name::FactName};

use crate::{
    components::{Button, DateField, Dialog, TextField, Tone, Weight},
    i18n::{say, t, t_string},
    pages::{
        visit::link::{Link, Problem},
        words,
    },
};

/// The question before a door is postponed.
#[component]
pub fn Postpone(
    /// The way to the replica.
    link: Link,
    /// Which stop; none while nothing is asked.
    stop: RwSignal<Option<FactName>>,
) -> impl IntoView {
    let i18n = link.i18n;
    let form = link.form("tour/postpone");
    let reason = form.text("reason", "");
    let again_on = form.text("again_on", "");
    let wrong = RwSignal::new(None::<String>);
    let save = move |()| {
        let Some(name) = stop.get_untracked() else { return };
        let typed = again_on.get_untracked();
        let day = words::read_day(&typed);
        if day.is_none() && !typed.trim().is_empty() {
            wrong.set(Some(t_string!(i18n, tour.date_wrong).to_owned()));
            return;
        }
        wrong.set(None);
        let why = Some(reason.get_untracked()).filter(|reason| !reason.trim().is_empty());
        let commands = link.glance(|round, _| {
            let people = round.stops.get(&name).map(|stop| stop.people.clone()).unwrap_or_default();
            let open = people.into_iter().filter(|person| round.outcome_of(*person).is_none());
            open.map(|person| Command::End {
                person,
                act: None,
                outcome: Outcome::Postponed,
                reason: why.clone(),
                call_again: true,
                again_on: day,
            })
            .collect::<Vec<_>>()
        });
        link.write(commands, move || {
            reason.set(String::new());
            again_on.set(String::new());
            stop.set(None);
        });
    };
    let place = move || {
        stop.get().and_then(|stop| link.round(|round| round.stops.get(&stop).map(|stop| stop.address.line.clone())))
    };
    view! {
        <Dialog
            open=Signal::derive(move || stop.get().is_some())
            on_close=move |()| stop.set(None)
            title=say!(i18n, tour.postpone)
            tone=Tone::Info
            actions=move || {
                view! {
                    <Button
                        label=say!(i18n, common.cancel)
                        on_press=move |()| stop.set(None)
                        testid="postpone-cancel"
                    />
                    <Button
                        label=say!(i18n, tour.postpone)
                        weight=Weight::Primary
                        disabled=link.busy
                        on_press=save
                        testid="postpone-save"
                    />
                }
            }
        >
            <div class="stack">
                <p>
                    <strong>{place}</strong>
                </p>
                <p>{t!(i18n, tour.postpone_text)}</p>
                <DateField
                    label=say!(i18n, tour.again_on)
                    value=again_on
                    error=wrong
                    optional=true
                    testid="postpone-day"
                />
                <TextField
                    label=say!(i18n, tour.reason)
                    value=reason
                    optional=true
                    testid="postpone-reason"
                />
                <Problem link=link />
            </div>
        </Dialog>
    }
}
