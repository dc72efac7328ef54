//! What was decided about doses set apart, each with its author; and a decision by telephone, confirmed or contradicted.

use crate::client::{ask, routes};
use crate::components::{Button, Card, DataTable, StatusPill, TextField, Tone, Weight};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::parts::Work;
use crate::pages::stock::decide::{Asked, Decide};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{AnswerPhone, ColdDecisionLine};

fn verdict(i18n: I18n, usable: bool) -> &'static str {
    if usable { words::say!(i18n, desk.p_use) } else { words::say!(i18n, desk.p_destroy) }
}

/// One card for each decision by telephone that waits for an answer.
#[component]
pub fn CallCards(
    /// Every decision.
    decisions: Vec<ColdDecisionLine>,
    /// An answer was kept.
    on_answered: Callback<()>,
) -> impl IntoView {
    let open = decisions.into_iter().filter(|line| line.phone_as.is_some() && line.answer.is_none());
    open.map(|line| view! { <CallCard line=line on_answered=on_answered /> }).collect_view()
}

#[component]
fn CallCard(line: ColdDecisionLine, on_answered: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let reason = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let (round, id) = (line.round, line.id);
    let answer = move |confirmed: bool| {
        let why = Some(reason.get_untracked().trim().to_owned()).filter(|why| !why.is_empty());
        tried.set(!confirmed);
        if confirmed || why.is_some() {
            work.run(ask(routes::ANSWER_PHONE, (round, id), AnswerPhone { confirmed, reason: why }), move |_| {
                on_answered.run(())
            });
        }
    };
    let wrong = move || {
        (tried.get() && reason.with(|text| text.trim().is_empty())).then(|| t_string!(i18n, desk.p_need).to_owned())
    };
    let right = line.phone_as.map(|right| words::quality(i18n, right)).unwrap_or_default();
    let said = words::say!(
        i18n,
        desk.call_said,
        word = verdict(i18n, line.usable),
        who = line.by.as_str(),
        quality = right,
        time = words::moment(i18n, line.at)
    );
    let noted = line.noted_by.as_deref().map(|who| words::say!(i18n, desk.call_noted, who = who));
    let given = words::say!(i18n, desk.call_given, count = line.given);
    view! {
        <Card title=move || t_string!(i18n, desk.call_title) tone=Tone::Warning>
            <p>
                <strong data-testid="call-said">{said}</strong>
            </p>
            <p>{line.about.join(", ")} " · " {line.label}</p>
            <p>{t!(i18n, desk.l_reason, reason = line.reason)}</p>
            <p class="muted">{noted} " " {given}</p>
            <TextField label=move || t_string!(i18n, desk.call_why) value=reason error=wrong testid="call-answer-reason" />
            {work.failure(i18n)}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.call_confirm)
                    disabled=work.busy
                    on_press=move |()| answer(true)
                    testid="call-confirm"
                />
                <Button
                    label=move || t_string!(i18n, desk.call_contradict)
                    weight=Weight::Danger
                    disabled=work.busy
                    on_press=move |()| answer(false)
                    testid="call-contradict"
                />
            </div>
        </Card>
    }
}

/// Every decision, with who took it, in which quality, what it moves and whether another stands in its place; nothing where there
/// is none. What counts can be decided otherwise.
pub fn decisions(i18n: I18n, title: &'static str, lines: Vec<ColdDecisionLine>, changed: Callback<()>) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let asked = RwSignal::new(None::<Asked>);
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_hour).to_owned(),
            t_string!(i18n, desk.c_lot).to_owned(),
            t_string!(i18n, desk.c_decision).to_owned(),
            t_string!(i18n, desk.c_who).to_owned(),
            t_string!(i18n, desk.c_reason).to_owned(),
        ]
    };
    let row = move |line: ColdDecisionLine| {
        let tone = match (line.stands, line.usable) {
            (false, _) => Tone::Neutral,
            (true, true) => Tone::Good,
            (true, false) => Tone::Danger,
        };
        let mut notes: Vec<String> = Vec::new();
        if line.stands && line.doses > 0 {
            notes.push(words::say!(i18n, desk.call_moved, count = line.doses));
        }
        notes.extend(answer(i18n, &line));
        let contradicted = line.answer.as_ref().is_some_and(|answer| !answer.confirmed);
        if !line.stands && !contradicted {
            notes.push(words::say!(i18n, desk.call_replaced).to_owned());
        }
        let otherwise = Asked::otherwise(&line).map(|one| {
            view! {
                <Button
                    label=move || t_string!(i18n, desk.call_change)
                    weight=Weight::Quiet
                    on_press=move |()| asked.set(Some(one.clone()))
                    testid="decide-otherwise"
                />
            }
        });
        view! {
            <tr data-testid="cold-decision">
                <td class="nowrap">{words::moment(i18n, line.at)}</td>
                <td>{line.about.join(", ")} <div class="cell-note">{line.label.clone()}</div></td>
                <td>
                    <StatusPill tone=tone label=Signal::stored(verdict(i18n, line.usable).to_owned()) />
                    {notes.into_iter().map(|note| view! { <div class="cell-note">{note}</div> }).collect_view()}
                    {otherwise}
                </td>
                <td>{who(i18n, &line)}</td>
                <td>{line.reason}</td>
            </tr>
        }
    };
    view! {
        <Card title=title>
            <DataTable caption=title columns=columns>
                {lines.into_iter().map(row).collect_view()}
            </DataTable>
            <Decide asked=asked on_decided=changed />
        </Card>
    }
    .into_any()
}

/// Says who decided, in which quality, and who wrote it down.
fn who(i18n: I18n, line: &ColdDecisionLine) -> String {
    let who = line.by.as_str();
    let right = line.quality.map(|right| words::quality(i18n, right)).unwrap_or_default();
    match (line.phone_as, line.quality, line.noted_by.as_deref()) {
        (Some(_), _, noted) => {
            words::say!(i18n, desk.call_who, who = who, quality = right, noted = noted.unwrap_or_default())
        }
        (None, Some(_), Some(noted)) => {
            words::say!(i18n, desk.call_written, who = who, quality = right, noted = noted)
        }
        (None, Some(_), None) => words::say!(i18n, desk.call_alone, who = who, quality = right),
        (None, None, _) => line.by.clone(),
    }
}

/// Says what the desk answered to a decision by telephone.
fn answer(i18n: I18n, line: &ColdDecisionLine) -> Option<String> {
    match (&line.answer, line.phone_as) {
        (None, None) => None,
        (None, Some(_)) => Some(words::say!(i18n, desk.call_waits).to_owned()),
        (Some(answer), _) => {
            let when = words::moment(i18n, answer.at);
            let word = if answer.confirmed {
                words::say!(i18n, desk.call_confirmed_by, who = answer.by.as_str(), time = when)
            } else {
                words::say!(i18n, desk.call_contradicted_by, who = answer.by.as_str(), time = when)
            };
            Some(answer.reason.iter().fold(word, |word, reason| format!("{word} · {reason}")))
        }
    }
}
