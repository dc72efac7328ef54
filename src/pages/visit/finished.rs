//! The visit ended without a dose: what was said of it, what can still be added, and the way back into it.

use leptos::prelude::*;
use perron_domain::{command::Command, fact::Outcome, name::FactName, state::Ended};

use super::{Door, leave::Leave, link::Problem};
use crate::{
    components::{Button, Card, EmptyState, For, Glyph, Show, StatusPill, TextArea, Tick, Weight},
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
    view! {
        <Show
            when=move || endings.with(|endings| !endings.is_empty())
            fallback=move || view! { <EmptyState title=label!(i18n, visit.nothing_left) /> }
        >
            <For
                each=move || endings.get()
                key=|(_, _, ended)| ended.name
                children=move |(act, about, ended)| view! { <Ending door=door act=act about=about ended=ended /> }
            />
        </Show>
        <Problem link=link />
        <Leave door=door />
    }
}

/// One ending.
#[component]
fn Ending(door: Door, act: Option<FactName>, about: Option<String>, ended: Ended) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let (fact, outcome) = (ended.name, ended.outcome);
    let form = link.form(format!("visit/{}/ended/{fact}", door.person));
    let reason = form.text("reason", ended.reason.clone().unwrap_or_default());
    let again = form.tick("again", ended.call_again);
    let saved = RwSignal::new((ended.reason.clone().unwrap_or_default(), ended.call_again));
    let changed = move || {
        saved.with(|(before, called)| reason.with(|reason| reason.trim() != before.trim()) || again.get() != *called)
    };
    let again_on = ended.again_on;
    let save = move |()| {
        let (text, call_again) = (reason.get_untracked(), again.now());
        let by = door.end(act, outcome, Some(text.clone()), call_again, again_on);
        link.write(vec![Command::Correct { fact, by: Some(Box::new(by)), reason: None }], move || {
            saved.set((text, call_again));
            form.done();
        });
    };
    let reopen = move |()| {
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
                    <Show when=changed>
                        <Button
                            label=label!(i18n, common.save)
                            icon=Glyph::Check
                            weight=Weight::Primary
                            disabled=link.busy
                            on_press=save
                            testid="ended-save"
                        />
                    </Show>
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
