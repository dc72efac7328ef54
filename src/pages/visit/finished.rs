//! The visit ended without a dose: what was said of it, what can still be added, and the way back into it. Whatever is added
//! is written by going on, whichever way.

use leptos::prelude::*;
use perron_domain::{command::Command, fact::Outcome, name::FactName, state::Ended};

use super::{Door, leave::Leave, link::Problem};
use crate::{
    components::{Button, Card, EmptyState, For, Glyph, Show, StatusPill, TextArea, Tick},
    i18n::{label, t_string},
    pages::words,
};

/// The screen of a visit that ended without a dose.
#[component]
pub fn Finished(
    /// The visit.
    door: Door,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let endings = Memo::new(move |_| {
        link.both(|round, common| {
            let Some(visit) = round.people.get(&door.person) else { return Vec::new() };
            let whole = visit.ended.clone().map(|ended| (None, None, ended));
            let acts = visit.acts.iter().filter_map(|name| {
                let act = round.acts.get(name)?;
                let wish = words::wish_text(i18n, round, common, act, link.today());
                act.ended.clone().map(|ended| (Some(*name), Some(wish), ended))
            });
            whole.into_iter().chain(acts).collect::<Vec<_>>()
        })
    });
    let added = Added(StoredValue::new(Vec::new()));
    view! {
        <Show
            when=move || endings.with(|endings| !endings.is_empty())
            fallback=move || view! { <EmptyState title=label!(i18n, visit.nothing_left) /> }
        >
            <For
                each=move || endings.get()
                key=|(_, _, ended)| ended.name
                children=move |(act, about, ended)| view! { <Ending door=door act=act about=about ended=ended added=added /> }
            />
        </Show>
        <Problem link=link />
        <Leave door=door unsaved=Callback::new(move |()| added.all()) />
    }
}

/// What was added to each ending of the screen and is not written yet.
#[derive(Clone, Copy)]
struct Added(StoredValue<Vec<Callback<(), Option<Command>>>>);

impl Added {
    fn all(self) -> Vec<Command> {
        self.0.with_value(|endings| endings.iter().filter_map(|one| one.run(())).collect())
    }
}

/// One ending.
#[component]
fn Ending(door: Door, act: Option<FactName>, about: Option<String>, ended: Ended, added: Added) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let (fact, outcome) = (ended.name, ended.outcome);
    let form = link.form(format!("visit/{}/ended/{fact}", door.person));
    let reason = form.text("reason", ended.reason.clone().unwrap_or_default());
    let again = form.tick("again", ended.call_again);
    let saved = StoredValue::new((ended.reason.clone().unwrap_or_default(), ended.call_again));
    let again_on = ended.again_on;
    let taken_back = StoredValue::new(false);
    // Handed out once: whoever writes it next has nothing to write.
    let unsaved = Callback::new(move |()| {
        let now = (reason.get_untracked(), again.now());
        let same = saved.with_value(|(text, called)| text.trim() == now.0.trim() && *called == now.1);
        if same || taken_back.get_value() {
            return None;
        }
        saved.set_value(now.clone());
        form.done();
        let by = door.end(act, outcome, Some(now.0), now.1, again_on);
        Some(Command::Correct { fact, by: Some(Box::new(by)), reason: None })
    });
    added.0.update_value(|all| all.push(unsaved));
    // The screen is left by another way than its button.
    on_cleanup(move || {
        if let Some(command) = unsaved.try_run(()).flatten() {
            link.write_behind(command);
        }
    });
    let reopen = move |()| {
        taken_back.set_value(true);
        link.write(vec![Command::Correct { fact, by: None, reason: None }], move || door.done.run(()));
    };
    view! {
        <Card>
            <div class="stack">
                {about.map(|about| view! { <p class="muted">{about}</p> })}
                <div class="row-between" data-testid="ended">
                    <StatusPill
                        tone=words::outcome_tone(outcome)
                        label=move || words::outcome_text(i18n, outcome)
                    />
                    {again_on.map(|day| t_string!(i18n, visit.again_on_day, day = words::day(i18n, day)))}
                </div>
                <TextArea
                    label=label!(i18n, visit.field_reason)
                    value=reason
                    optional=true
                    testid="ended-reason"
                />
                <Show when=move || outcome != Outcome::Deceased>
                    <Tick
                        label=label!(i18n, visit.may_be_called)
                        value=Signal::derive(move || again.get())
                        on_change=move |value| again.set(value)
                        testid="ended-call-again"
                    />
                </Show>
                <div class="actions">
                    <Button
                        label=label!(i18n, visit.resume)
                        icon=Glyph::Back
                        disabled=link.busy
                        on_press=reopen
                        testid="resume"
                    />
                </div>
            </div>
        </Card>
    }
}
