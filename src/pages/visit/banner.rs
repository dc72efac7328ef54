//! The answer on top of every step, worked out again after each touch.

use leptos::prelude::*;
use perron_domain::{
    door,
    name::FactName,
    rules,
    state::{Act, Common, Round},
};

use super::link::Link;
use crate::{
    components::{Answer, AnswerBanner, Notice, Show, Tone},
    i18n::{I18n, t, t_string},
    pages::words,
};

/// The banner of one act.
#[component]
pub fn ActBanner(
    /// The way to the replica.
    link: Link,
    /// The act.
    act: FactName,
    /// Names product and rank, where the person has several acts.
    several: Signal<bool>,
    /// The step below gives the reason itself.
    brief: Signal<bool>,
) -> impl IntoView {
    let i18n = link.i18n;
    let answered = link.answer(Some(act));
    let the_act = link.act(Some(act));
    let about = move || {
        let act = the_act.get()?;
        several.get().then(|| link.both(|round, common| words::wish_text(i18n, round, common, &act, link.today())))
    };
    let answer =
        move || answered.with(|all| all.as_ref().map_or(Answer::Judge, |(_, answer)| words::answer_of(answer.outcome)));
    let why = move || answered.with(|all| all.as_ref().and_then(|(_, answer)| top_reason(i18n, answer)));
    let reason = move || {
        let said_below = |answer: &rules::Answer| match answer.outcome {
            rules::Outcome::ConsentMissing => true,
            rules::Outcome::Eligible => link.both(|round, common| !door::advice(round, common, answer).is_empty()),
            _ => false,
        };
        let brief = brief.get() && answered.with(|all| all.as_ref().is_some_and(|(_, answer)| said_below(answer)));
        if brief { None } else { why() }
    };
    let change = move || {
        let (_, answer) = answered.get()?;
        if !answer.pending.is_empty() && !answer.outcome.stops() {
            // Not how many: an answer may lead to more of them.
            return Some(t_string!(i18n, visit.answer_so_far).to_owned());
        }
        // The title has named the prescription already: said twice, it only takes room from the form below.
        let change = answer.first_change().filter(|_| answer.outcome != rules::Outcome::PrescriptionMissing)?;
        Some(link.common(|common| words::change_text(i18n, common, change, link.today())))
    };
    let reasons = move || {
        answered.with(|all| {
            let Some((case, answer)) = all else { return Vec::new() };
            link.both(|round, common| words::reasons_of(i18n, round, common, case, answer))
        })
    };
    let changes = move || {
        answered.with(|all| {
            let Some((_, answer)) = all else { return Vec::new() };
            // Where nothing makes the outcome milder, what would only do away with lesser reasons is no way on.
            let changes = answer.changes().filter(|_| answer.first_change().is_some());
            link.common(|common| changes.map(|change| words::change_text(i18n, common, change, link.today())).collect())
        })
    };
    let notes = move || {
        answered.with(|all| {
            let Some((_, answer)) = all else { return Vec::new() };
            let of = |act: &Act| link.both(|round, common| notes(i18n, round, common, act, answer));
            the_act.with(|act| act.as_ref().map(of).unwrap_or_default())
        })
    };
    view! {
        <Show
            when=move || answered.with(Option::is_some)
            fallback=move || {
                view! {
                    <Notice tone=Tone::Warning>
                        <p>{t!(i18n, visit.birth_missing)}</p>
                    </Notice>
                }
            }
        >
            <AnswerBanner
                answer=Signal::derive(answer)
                reason=Signal::derive(reason)
                change=Signal::derive(change)
                reasons=Signal::derive(reasons)
                changes=Signal::derive(changes)
                about=Signal::derive(about)
                notes=Signal::derive(notes)
            />
        </Show>
    }
}

/// Returns what stays in sight whatever the answer is: what is to be judged once the rest is there, and what a physician
/// lifted.
fn notes(i18n: I18n, round: &Round, common: &Common, act: &Act, answer: &rules::Answer) -> Vec<String> {
    let to_judge = door::to_judge(round, common, act, answer).into_iter().map(|reason| {
        let text = words::sentence(i18n, reason);
        t_string!(i18n, visit.judge_behind, text = text)
    });
    to_judge.chain(door::lifted(act, answer).iter().flat_map(|lifted| words::lifted_lines(i18n, lifted))).collect()
}

/// Returns the sentence of the reason that decided, with the day of a deferral.
fn top_reason(i18n: I18n, answer: &rules::Answer) -> Option<String> {
    let reason = answer.deciding()?;
    let text = words::sentence(i18n, reason);
    Some(match answer.until.filter(|_| answer.outcome == rules::Outcome::Deferred) {
        Some(until) => format!("{text} {}", t_string!(i18n, visit.from_day, day = words::day(i18n, until))),
        None => text,
    })
}
