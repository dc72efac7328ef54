//! What happened on rounds and somebody at the relay sees to: a call to 15, a malaise, a needle-stick, an error; and what was done.

use crate::client::{ask, routes};
use crate::components::{Button, Card, Glyph, Tone};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::ask::AskReason;
use crate::pages::parts::Work;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{ExplainGap, FollowKind, FollowLine, SaidLine};
use perron_domain::fact::IncidentKind;

/// Returns what happened, in a word.
fn word(i18n: I18n, what: FollowKind) -> &'static str {
    match what {
        FollowKind::Reaction => words::incident(i18n, IncidentKind::Reaction),
        FollowKind::Faint => words::incident(i18n, IncidentKind::Faint),
        FollowKind::NeedleStick => words::incident(i18n, IncidentKind::NeedleStick),
        FollowKind::Emergency => words::say!(i18n, desk.f_call15),
        FollowKind::Adrenaline => words::say!(i18n, desk.inc_adrenaline),
        FollowKind::Error => words::say!(i18n, desk.f_error),
    }
}

/// Says what was done about something, by whom and when.
pub fn done(i18n: I18n, followed: &SaidLine) -> String {
    let (text, who, time) = (followed.text.as_str(), followed.by.as_str(), words::moment(i18n, followed.at));
    words::say!(i18n, desk.f_done, text = text, who = who, time = time)
}

/// The card of what nobody has seen to yet; nothing where there is none.
#[component]
pub fn Happened(
    /// What waits.
    lines: Vec<FollowLine>,
    /// What was done about one was kept.
    on_changed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let asked = RwSignal::new(None::<Follow>);
    let row = move |line: FollowLine| {
        let href = format!("/relais/tournees/{}", line.round);
        let what = words::say!(i18n, desk.f_line, what = word(i18n, line.what), time = words::moment(i18n, line.at));
        let title = [Some(what), line.person].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let follow = Follow { round: line.round, code: line.code, what: title.clone() };
        view! {
            <li class="row-between gap-line" data-testid="happened">
                <div>
                    <strong>{title}</strong>
                    " "
                    <a class="cell-link" href=href>{line.label}</a>
                    <div class="cell-note">{line.text}</div>
                </div>
                <Button
                    label=move || t_string!(i18n, desk.f_do)
                    icon=Glyph::Pen
                    on_press=move |()| asked.set(Some(follow.clone()))
                    testid="follow-up"
                />
            </li>
        }
    };
    (!lines.is_empty()).then(|| {
        view! {
            <Card title=move || t_string!(i18n, desk.f_title) tone=Tone::Danger>
                <p class="muted">{t!(i18n, desk.f_text)}</p>
                <ul class="plain">{lines.into_iter().map(row).collect_view()}</ul>
                <FollowUp asked=asked on_changed=on_changed />
            </Card>
        }
    })
}

/// Something about which somebody writes what was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Follow {
    /// The round.
    pub round: u32,
    /// Under which code it is kept.
    pub code: String,
    /// What happened, as the dialog says it again.
    pub what: String,
}

/// The dialog that keeps what was done.
#[component]
pub fn FollowUp(
    /// About what; none while it is closed.
    asked: RwSignal<Option<Follow>>,
    /// It was kept.
    on_changed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let keep = move |text: String| {
        let Some(Follow { round, code, .. }) = asked.get_untracked() else { return };
        work.run(ask(routes::EXPLAIN_GAP, (round,), ExplainGap { gap: code, text }), move |_| {
            asked.set(None);
            on_changed.run(());
        });
    };
    view! {
        <AskReason
            open=Signal::derive(move || asked.with(Option::is_some))
            about=Signal::derive(move || { asked.with(|asked| asked.as_ref().map(|one| format!("follow-{}-{}", one.round, one.code)).unwrap_or_default()) })
            title=move || t_string!(i18n, desk.f_do)
            text=move || asked.with(|asked| asked.as_ref().map(|one| one.what.clone()))
            label=move || t_string!(i18n, desk.f_label)
            word=move || t_string!(i18n, desk.f_do)
            work=work
            on_close=move |()| asked.set(None)
            on_go=keep
        />
    }
}
