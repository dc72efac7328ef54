//! Réponse: what can be done of an answer that stops. Nothing more is asked: no signature, no prescription.

use leptos::prelude::*;
use perron_domain::{
    aboard,
    fact::Outcome,
    name::FactName,
    rules::{self, Change},
};

use super::{
    Door,
    instead::{self, Instead},
    link::Problem,
    path::{At, Step},
};
use crate::{
    components::{Button, Card, Glyph, MainAction, Notice, Show, Tone, Weight},
    i18n::{label, t, t_string},
    pages::{taking::TakingDialog, words},
};

/// The step of a stopping answer.
#[component]
pub fn Response(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let the_act = link.act(Some(act));
    let answered = link.answer(Some(act));
    let outcome = Memo::new(move |_| answered.with(|all| all.as_ref().map(|(_, answer)| answer.outcome)));
    let until = move || answered.with(|all| all.as_ref().and_then(|(_, answer)| answer.until));
    let end = move |outcome: Outcome, call_again: bool| {
        let reason = answered.with_untracked(|all| {
            all.as_ref().and_then(|(_, answer)| answer.deciding().map(|reason| reason.fr.clone()))
        });
        let again_on = answered.with_untracked(|all| all.as_ref().and_then(|(_, answer)| answer.until));
        let command =
            door.end(Some(act), outcome, reason, call_again, again_on.filter(|_| outcome == Outcome::Postponed));
        link.write(vec![command], move || door.done.run(()));
    };
    let decided_no = move || {
        the_act.with(|act| {
            let act = act.as_ref()?;
            if let Some(decided) = act.physician.as_ref().filter(|decided| !decided.allow) {
                let who = decided.physician.clone();
                return Some(t_string!(i18n, visit.physician_said_no, who = who, text = decided.text.clone()));
            }
            let judged = act.judged.as_ref().filter(|judged| !judged.vaccinate)?;
            Some(t_string!(i18n, visit.nurse_said_no, text = judged.reason.clone()))
        })
    };
    let physician_may = move || {
        decided_no().is_none()
            && answered.with(|all| {
                all.as_ref().is_some_and(|(_, answer)| answer.what_would_change.contains(&Change::PhysicianDecision))
            })
    };
    let label = move || match outcome.get() {
        _ if decided_no().is_some() => t_string!(i18n, visit.end_without_dose).to_owned(),
        Some(rules::Outcome::Deferred) => match until() {
            Some(day) => t_string!(i18n, visit.postpone_to, day = words::day(i18n, day)),
            None => t_string!(i18n, visit.postpone_no_date).to_owned(),
        },
        Some(rules::Outcome::Contraindicated) if physician_may() => t_string!(i18n, visit.ask_physician).to_owned(),
        Some(rules::Outcome::OtherProduct) => t_string!(i18n, visit.postpone_no_date).to_owned(),
        _ => t_string!(i18n, visit.end_without_dose).to_owned(),
    };
    let press = move |()| match outcome.get_untracked() {
        _ if untrack(decided_no).is_some() => end(Outcome::NotEligible, true),
        Some(rules::Outcome::Deferred | rules::Outcome::OtherProduct) => end(Outcome::Postponed, true),
        Some(rules::Outcome::Contraindicated) if untrack(physician_may) => {
            door.go.run(At::act(Step::Physician, act));
        }
        _ => end(Outcome::NotEligible, true),
    };
    view! {
        {move || {
            decided_no()
                .map(|text| {
                    view! {
                        <Notice tone=Tone::Warning>
                            <p>{text}</p>
                        </Notice>
                    }
                })
        }}
        <Show when=move || outcome.get() == Some(rules::Outcome::OtherProduct)>
            <Others door=door act=act />
        </Show>
        <Show when=move || outcome.get() == Some(rules::Outcome::Deferred)>
            <Card>
                <p class="muted">{t!(i18n, visit.deferred_note)}</p>
            </Card>
        </Show>
        <div class="actions">
            <Button
                label=label!(i18n, visit.review_questions)
                icon=Glyph::Question
                on_press=move |()| door.go.run(At::act(Step::Questions, act))
                testid="review-questions"
            />
            <Button
                label=label!(i18n, visit.correct_identity)
                icon=Glyph::Pen
                on_press=move |()| door.go.run(At::person(Step::Identity))
                testid="review-identity"
            />
            <Show when=move || physician_may() && outcome.get() == Some(rules::Outcome::Contraindicated)>
                <Button
                    label=label!(i18n, visit.end_without_dose)
                    weight=Weight::Danger
                    on_press=move |()| end(Outcome::NotEligible, true)
                    testid="end-without-dose"
                />
            </Show>
            <Show when=move || physician_may() && outcome.get() != Some(rules::Outcome::Contraindicated)>
                <Button
                    label=label!(i18n, visit.ask_physician)
                    icon=Glyph::Phone
                    on_press=move |()| door.go.run(At::act(Step::Physician, act))
                    testid="ask-physician"
                />
            </Show>
        </div>
        <Problem link=link />
        <MainAction label=label busy=link.busy on_press=press testid="response-main" />
    }
}

/// The products to use instead, and whether a dose of them is aboard.
#[component]
fn Others(door: Door, act: FactName) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let answered = link.answer(Some(act));
    let codes = move || {
        let changes = answered.with(|all| all.as_ref().map(|(_, answer)| answer.what_would_change.clone()));
        let mut codes: Vec<String> = Vec::new();
        for change in changes.unwrap_or_default() {
            if let Change::Product { codes: named } = change {
                codes.extend(named.into_iter().filter(|code| !codes.contains(code)).collect::<Vec<_>>());
            }
        }
        codes
    };
    let taking = instead::question(door, act);
    let one = move |(index, code): (usize, String)| {
        let name = link.common(|common| words::product_name(common, &code, link.today()));
        let held = link.both(|round, common| aboard::held(round, common, link.device(), &code, link.steady_once()));
        if let Some(why) = words::why_none(i18n, &held) {
            return view! { <p class="muted">{format!("{name} · {why}")}</p> }.into_any();
        }
        view! {
            <Instead
                door=door
                act=act
                taking=taking
                product=(code, name)
                doses=held.doses()
                weight=Weight::Primary
                index=index
            />
        }
        .into_any()
    };
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, visit.other_products).to_owned())>
            <div class="stack">
                {move || {
                    let codes = codes();
                    if codes.is_empty() {
                        view! { <p class="muted">{t!(i18n, visit.no_other_product)}</p> }.into_any()
                    } else {
                        codes.into_iter().enumerate().map(one).collect_view().into_any()
                    }
                }}
            </div>
        </Card>
        <TakingDialog taking=taking />
    }
}
