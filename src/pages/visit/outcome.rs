//! How a visit ends without a dose: one tap for the word, the rest is optional.

use leptos::prelude::*;
use perron_domain::fact::Outcome;

use super::{Door, link::Problem};
use crate::{
    components::{Button, Card, Choice, ChoiceRow, DateField, Glyph, MainAction, Show, TextField, Tick, Weight},
    i18n::{label, t_string},
    pages::words,
};

/// The ways, with the word that the form keeps each by.
const OUTCOMES: &[(&str, Outcome)] = &[
    ("absent", Outcome::Absent),
    ("refused", Outcome::Refused),
    ("postponed", Outcome::Postponed),
    ("not_eligible", Outcome::NotEligible),
    ("moved", Outcome::Moved),
    ("hospitalised", Outcome::Hospitalised),
    ("elsewhere", Outcome::VaccinatedElsewhere),
    ("deceased", Outcome::Deceased),
];

const fn glyph(outcome: Outcome) -> Glyph {
    match outcome {
        Outcome::Absent => Glyph::Door,
        Outcome::Refused => Glyph::Cross,
        Outcome::Postponed => Glyph::Calendar,
        Outcome::NotEligible => Glyph::Target,
        Outcome::Moved => Glyph::Home,
        Outcome::Hospitalised => Glyph::Building,
        Outcome::Deceased => Glyph::Minus,
        _ => Glyph::Check,
    }
}

/// The screen of the outcomes.
#[component]
pub fn OutcomeForm(
    /// The visit.
    door: Door,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let form = link.form(format!("visit/{}/outcome", door.person));
    let chosen = form.tiles("outcome", OUTCOMES, None);
    let reason = form.text("reason", "");
    let again_on = form.text("again_on", "");
    let call_again = form.tick("call_again", true);
    let wrong = RwSignal::new(None::<String>);
    let choices: Vec<Choice<Outcome>> = OUTCOMES
        .iter()
        .map(|(_, outcome)| {
            let outcome = *outcome;
            Choice::new(outcome, move || words::outcome_text(i18n, outcome)).glyph(glyph(outcome))
        })
        .collect();
    let dated = move || chosen.get() == Some(Outcome::Postponed);
    let askable = move || !matches!(chosen.get(), None | Some(Outcome::Deceased | Outcome::VaccinatedElsewhere));
    let save = move |()| {
        let Some(outcome) = chosen.now() else { return };
        let typed = again_on.get_untracked();
        let day = words::read_day(&typed);
        if day.is_none() && !typed.trim().is_empty() && outcome == Outcome::Postponed {
            wrong.set(Some(t_string!(i18n, visit.date_wrong).to_owned()));
            return;
        }
        wrong.set(None);
        let again = call_again.now() && outcome != Outcome::Deceased;
        let day = day.filter(|_| outcome == Outcome::Postponed);
        let command = door.end(None, outcome, Some(reason.get_untracked()), again, day);
        link.write(vec![command], move || {
            form.done();
            door.done.run(());
        });
    };
    view! {
        <Card>
            <div class="stack">
                <ChoiceRow
                    legend=label!(i18n, visit.how_it_ends)
                    quiet_legend=true
                    choices=choices
                    value=move || chosen.get()
                    on_change=move |outcome| chosen.set(outcome)
                    testid="outcome"
                />
                <TextField
                    label=label!(i18n, visit.field_reason)
                    value=reason
                    optional=true
                    testid="outcome-reason"
                />
                <Show when=dated>
                    <DateField
                        label=label!(i18n, visit.again_on)
                        value=again_on
                        error=wrong
                        optional=true
                        testid="again-on"
                    />
                </Show>
                <Show when=askable>
                    <Tick
                        label=label!(i18n, visit.may_be_called)
                        value=Signal::derive(move || call_again.get())
                        on_change=move |again| call_again.set(again)
                        testid="call-again"
                    />
                </Show>
            </div>
        </Card>
        <Problem link=link />
        <MainAction
            label=label!(i18n, visit.record_outcome)
            icon=Glyph::Forward
            busy=link.busy
            disabled=Signal::derive(move || chosen.get().is_none())
            hint=move || chosen.get().is_none().then(|| t_string!(i18n, visit.outcome_missing).to_owned())
            on_press=save
            testid="outcome-save"
        >
            <Button
                label=label!(i18n, common.back)
                weight=Weight::Quiet
                on_press=move |()| door.done.run(())
                testid="outcome-back"
            />
        </MainAction>
    }
}
