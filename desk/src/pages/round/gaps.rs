//! Differences to explain: in words, and with the dialog that explains one at the desk.

use crate::client::{ask, routes};
use crate::components::{Button, Glyph, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::ask::AskReason;
use crate::pages::parts::Work;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{ExplainGap, GapKind, GapLine};

/// A list of differences of one round; what is not explained yet can be.
#[component]
pub fn GapList(
    /// The round.
    round: u32,
    /// Its differences.
    gaps: Vec<GapLine>,
    /// One was explained.
    on_changed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let asked = RwSignal::new(None::<(String, String)>);
    let explain = move |text: String| {
        let Some((code, _)) = asked.get_untracked() else { return };
        work.run(ask(routes::EXPLAIN_GAP, (round,), ExplainGap { gap: code, text }), move |_| {
            asked.set(None);
            on_changed.run(());
        });
    };
    view! {
        <ul class="plain">{gaps.into_iter().map(|gap| row(i18n, gap, asked)).collect_view()}</ul>
        <AskReason
            open=Signal::derive(move || asked.with(Option::is_some))
            about=Signal::derive(move || { asked.with(|asked| asked.as_ref().map(|(code, _)| format!("gap-{round}-{code}")).unwrap_or_default()) })
            title=move || t_string!(i18n, desk.g_explain_title)
            text=move || asked.get().map(|(_, what)| what)
            label=move || t_string!(i18n, desk.g_explain_label)
            word=move || t_string!(i18n, desk.g_explain)
            work=work
            on_close=move |()| asked.set(None)
            on_go=explain
        />
    }
}

fn row(i18n: I18n, gap: GapLine, asked: RwSignal<Option<(String, String)>>) -> impl IntoView {
    let what = words_of(i18n, &gap);
    let code = gap.code;
    let title = what.clone();
    view! {
        <li class="row-between gap-line" data-testid="gap">
            <div>{what.clone()}</div>
            {match gap.explained {
                Some(text) => {
                    view! { <div class="cell-note">{t!(i18n, desk.g_explained, text = text)}</div> }.into_any()
                }
                None => {
                    view! {
                        <Button
                            label=move || t_string!(i18n, desk.g_explain)
                            icon=Glyph::Pen
                            on_press=move |()| asked.set(Some((code.clone(), title.clone())))
                            testid="explain"
                        />
                    }
                        .into_any()
                }
            }}
        </li>
    }
}

/// Returns a difference in words.
pub fn words_of(i18n: I18n, gap: &GapLine) -> String {
    let figures = gap.figures.iter().map(i32::to_string).collect::<Vec<_>>().join(" / ");
    let about = gap.about.clone();
    match gap.kind {
        GapKind::Entries => match gap.figures.as_slice() {
            [due, entered] => words::say!(i18n, desk.g_entries, about = about, due = *due, entered = *entered),
            due => {
                let due = due.first().copied().unwrap_or(0);
                words::say!(i18n, desk.g_entries_uncounted, about = about, due = due)
            }
        },
        GapKind::Lot => words::say!(i18n, desk.g_lot, about = about, figures = figures),
        GapKind::Sharps => words::say!(i18n, desk.g_sharps, figures = figures),
        GapKind::Open => words::say!(i18n, desk.g_open, about = about),
        GapKind::TwoDoses => words::say!(i18n, desk.g_two, about = about),
        GapKind::Conflict => words::say!(i18n, desk.g_conflict, about = about),
        GapKind::SetApart => words::say!(i18n, desk.g_apart, about = about),
        GapKind::GivenWarm => {
            let degrees = gap.figures.first().copied().unwrap_or(0);
            let degrees = fr::celsius(i18n.get_locale(), degrees);
            words::say!(i18n, desk.g_warm, about = about, degrees = degrees)
        }
        GapKind::GivenRecalled => words::say!(i18n, desk.g_recalled, about = about),
        GapKind::GivenAgain => match gap.figures.as_slice() {
            [0] => words::say!(i18n, desk.g_again_same_day, about = about),
            days => words::say!(i18n, desk.g_again, about = about, count = days.first().copied().unwrap_or(0)),
        },
        GapKind::Observed => words::say!(i18n, desk.g_observed, about = about),
        GapKind::Untraced => words::say!(i18n, desk.g_untraced, about = about),
        GapKind::TracedNone => words::say!(i18n, desk.g_traced_none, about = about),
    }
}
