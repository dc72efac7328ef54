//! The hour of what was done, corrected by itself: for a departure, a vacation, the end of an observation, an incident, a
//! container.

use leptos::prelude::*;
use perron_domain::{command::Command, name::FactName, time::Wall};

use super::{
    form::Form,
    hour::{Hour, HourField},
    visit::link::Link,
    words,
};
use crate::{
    components::{Button, Card, Glyph},
    i18n::{label, t_string},
};

/// The hour as it counts now, and the button that saves another one.
#[component]
pub fn CorrectHour(
    /// The way to the replica.
    link: Link,
    /// The form of the correction.
    form: Form,
    /// Which fact.
    fact: FactName,
    /// Its hour as it counts now.
    at: Wall,
    /// Why it is corrected.
    reason: RwSignal<String>,
    /// It is saved.
    on_saved: Callback<()>,
) -> impl IntoView {
    let i18n = link.i18n;
    let first = link.glance(|_, common| words::field_time(common, at));
    let hour = Hour::corrected(link, form.text("hour", first.clone()), at);
    let wrong = RwSignal::new(None::<String>);
    let save = move |()| {
        let typed = untrack(|| hour.read());
        wrong.set(typed.is_none().then(|| t_string!(i18n, visit.hour_wrong).to_owned()));
        let Some(at) = typed else { return };
        let reason = Some(reason.get_untracked()).filter(|reason| !reason.trim().is_empty());
        link.write(vec![Command::CorrectHour { fact, at, reason }], move || {
            form.done();
            on_saved.run(());
        });
    };
    let same = Signal::derive(move || hour.text.with(|text| *text == first));
    view! {
        <Card>
            <div class="stack">
                <HourField label=label!(i18n, stock.hour) hour=hour error=wrong testid="hour-apart" />
                <div class="actions">
                    <Button
                        label=label!(i18n, close.save_hour)
                        icon=Glyph::Clock
                        disabled=Signal::derive(move || link.busy.get() || same.get())
                        on_press=save
                        testid="hour-apart-save"
                    />
                </div>
            </div>
        </Card>
    }
}
