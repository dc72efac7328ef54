//! After the signature: when, by whom, what was left open, and whether the relay has everything.

use leptos::prelude::*;

use super::{gap::gap_words, vacations::Vacations};
use crate::{
    components::{Button, Card, Glyph, LinkButton, MainAction, Notice, Show, SyncBadge, Tone, Weight, fr},
    i18n::{label, t, t_string},
    pages::{
        visit::link::{Link, Problem},
        words,
    },
    shell::ShellState,
    state::use_replica,
};

/// The round as it was signed.
#[component]
pub fn Signed(
    /// The way to the replica.
    link: Link,
    /// Set to sign once more.
    again: RwSignal<bool>,
) -> impl IntoView {
    let i18n = link.i18n;
    let replica = use_replica();
    let sync = ShellState::find().sync;
    let title = move || {
        link.both(|round, common| {
            let (at, by) = (round.closed_at?, round.closings.last()?.by);
            Some(t_string!(
                i18n,
                close.signed_at,
                hour = words::moment(i18n, common, at, link.now_once()),
                who = common.account_name(by)
            ))
        })
    };
    // What was signed as open and still is, in words; and how much of it was settled since.
    let open = Memo::new(move |_| {
        link.both(|round, common| {
            let Some(last) = round.closings.last() else { return (Vec::new(), 0) };
            let now = perron_domain::state::close::gaps(round, common);
            let still = now.iter().filter(|gap| last.open_gaps.contains(&gap.code()));
            let still: Vec<String> = still.map(|gap| gap_words(i18n, round, common, gap)).collect();
            let settled = last.open_gaps.len().saturating_sub(still.len());
            (still, settled)
        })
    });
    // What came up after the signature: nobody signed it.
    let since = Memo::new(move |_| {
        link.both(|round, common| {
            let Some(last) = round.closings.last() else { return Vec::new() };
            let now = perron_domain::state::close::gaps(round, common);
            let view = round.view();
            let new = now.iter().filter(|gap| !last.open_gaps.contains(&gap.code()) && gap.explanation(view).is_none());
            new.map(|gap| gap_words(i18n, round, common, gap)).collect::<Vec<_>>()
        })
    });
    let settled = move || {
        let count = open.with(|(_, settled)| *settled);
        (count > 0).then(|| {
            if fr::several(i18n.get_locale(), u32::try_from(count).unwrap_or(u32::MAX)) {
                t_string!(i18n, close.gaps_settled_several, count = count)
            } else {
                t_string!(i18n, close.gaps_settled_single, count = count)
            }
        })
    };
    view! {
        <Notice tone=Tone::Good title=Signal::derive(title)>
            <p>{t!(i18n, close.signed_text)}</p>
        </Notice>
        <Show when=move || since.with(|since| !since.is_empty())>
            <Notice
                tone=Tone::Warning
                title=Signal::derive(move || t_string!(i18n, close.since_signed, count = since.with(Vec::len)))
            >
                <ul class="plain" data-testid="since-signed">
                    {move || since.get().into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}
                </ul>
                <p>{t!(i18n, close.since_signed_text)}</p>
            </Notice>
        </Show>
        <Card title=Signal::derive(move || t_string!(i18n, close.sent).to_owned())>
            <div class="row-between">
                <SyncBadge state=sync />
                <Button
                    label=label!(i18n, tour.sync_now)
                    icon=Glyph::Sync
                    on_press=move |()| replica.sync_now()
                    testid="sync-now"
                />
            </div>
        </Card>
        <Vacations link=link />
        <Problem link=link />
        <div class="actions">
            <LinkButton
                label=label!(i18n, close.late)
                href="/apres-coup"
                icon=Glyph::Pen
                testid="late"
            />
            <Button
                label=label!(i18n, close.sign_again)
                weight=Weight::Quiet
                on_press=move |()| again.set(true)
                testid="sign-again"
            />
        </div>
        <Show when=move || open.with(|(still, _)| !still.is_empty())>
            <Card
                title=Signal::derive(move || t_string!(i18n, close.open_gaps, count = open.with(|(still, _)| still.len())))
                tone=Signal::stored(Tone::Warning)
            >
                <ul class="stack" data-testid="open-gaps">
                    {move || open.get().0.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}
                </ul>
            </Card>
        </Show>
        {move || settled().map(|text| view! { <p class="muted" data-testid="gaps-settled">{text}</p> })}
        <MainAction
            label=label!(i18n, tour.title)
            icon=Glyph::Steps
            on_press={
                let navigate = leptos_router::hooks::use_navigate();
                move |()| navigate("/", leptos_router::NavigateOptions::default())
            }
            testid="to-tour"
        />
    }
}
