//! Facts set aside: they keep their place and count for nothing until somebody accepts them. Beside them, corrections that
//! do not count because their writer might not make them.

use crate::client::{ask, routes};
use crate::components::{Button, Card, DataTable, StatusPill, Tone};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::ask::AskReason;
use crate::pages::parts::Work;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{DecideQuarantine, QuarantineLine, SetAside};

type Asked = RwSignal<Option<(QuarantineLine, bool)>>;

/// The facts, each with its decision.
#[component]
pub fn Quarantine(
    /// The facts.
    lines: Vec<QuarantineLine>,
    /// One was decided.
    on_changed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let asked: Asked = RwSignal::new(None);
    let go = move |reason: String| {
        let Some((line, accept)) = asked.get_untracked() else { return };
        let decided = DecideQuarantine { scope: line.scope, fact: line.fact, accept, reason };
        work.run(ask(routes::DECIDE_QUARANTINE, (), decided), move |()| {
            asked.set(None);
            on_changed.run(());
        });
    };
    let accepting = move || asked.with(|asked| asked.as_ref().is_some_and(|(_, accept)| *accept));
    let word = move || if accepting() { t_string!(i18n, desk.q_accept) } else { t_string!(i18n, desk.q_reject) };
    let meaning = move || {
        let text = if accepting() { t_string!(i18n, desk.q_accept_text) } else { t_string!(i18n, desk.q_reject_text) };
        Some(text.to_owned())
    };
    let columns = move || {
        vec![
            t_string!(i18n, desk.q_received).to_owned(),
            t_string!(i18n, desk.q_from).to_owned(),
            t_string!(i18n, desk.q_what).to_owned(),
            t_string!(i18n, desk.q_why).to_owned(),
            String::new(),
        ]
    };
    (!lines.is_empty()).then(|| {
        view! {
            <Card title=move || t_string!(i18n, desk.q_title) tone=Tone::Warning>
                <p class="muted">{t!(i18n, desk.q_text)}</p>
                <DataTable caption=move || t_string!(i18n, desk.q_title) columns=columns>
                    {lines.into_iter().map(|line| row(i18n, line, asked)).collect_view()}
                </DataTable>
                <AskReason
                    open=Signal::derive(move || asked.with(Option::is_some))
                    about=Signal::derive(move || { asked.with(|asked| asked.as_ref().map(|(line, accept)| format!("quarantine-{}-{}-{accept}", line.scope, line.fact)).unwrap_or_default()) })
                    title=word
                    text=meaning
                    label=move || t_string!(i18n, desk.s_why)
                    word=word
                    work=work
                    on_close=move |()| asked.set(None)
                    on_go=go
                />
            </Card>
        }
    })
}

fn row(i18n: I18n, line: QuarantineLine, asked: Asked) -> impl IntoView {
    let why = match line.why {
        SetAside::NotAllowed => words::say!(i18n, desk.q_not_allowed),
        SetAside::TooLarge => words::say!(i18n, desk.q_too_large),
        SetAside::Meaningless => words::say!(i18n, desk.q_meaningless),
        SetAside::NotCorrectable => words::say!(i18n, desk.q_not_correctable),
        SetAside::OtherKind => words::say!(i18n, desk.q_other_kind),
        SetAside::RelaysOwn => words::say!(i18n, desk.q_relays_own),
        SetAside::NotUnderstood => words::say!(i18n, desk.q_not_understood),
        SetAside::Unreadable => words::say!(i18n, desk.q_unreadable),
    };
    let kind = line.kind.clone().unwrap_or_else(|| words::say!(i18n, desk.q_no_kind).to_owned());
    let (accepted, rejected) = (line.clone(), line.clone());
    let decided = line.rejected.clone();
    view! {
        <tr data-testid="quarantined">
            <td class="nowrap">{words::moment(i18n, line.received)}</td>
            <td>{line.device} <div class="cell-note">{line.label}</div></td>
            <td>{kind} <div class="cell-note">{line.fact.to_string()}</div></td>
            <td>{why}</td>
            <td>
                {match decided {
                    Some(reason) => {
                        view! {
                            <StatusPill tone=Tone::Neutral label=words::say!(i18n, desk.q_rejected) />
                            <div class="cell-note">{reason}</div>
                        }
                            .into_any()
                    }
                    None => {
                        view! {
                            <div class="actions">
                                {line
                                    .acceptable
                                    .then(|| {
                                        view! {
                                            <Button
                                                label=move || t_string!(i18n, desk.q_accept)
                                                on_press=move |()| asked.set(Some((accepted.clone(), true)))
                                                testid="accept"
                                            />
                                        }
                                    })}
                                <Button
                                    label=move || t_string!(i18n, desk.q_reject)
                                    on_press=move |()| asked.set(Some((rejected.clone(), false)))
                                    testid="reject"
                                />
                            </div>
                        }
                            .into_any()
                    }
                }}
            </td>
        </tr>
    }
}
