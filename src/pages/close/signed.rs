//! After the signature: when, by whom, what was left open, and whether the relay has everything.

use leptos::prelude::*;
use perron_domain::command::Command;

use super::gap::gap_words;
use crate::{
    components::{Button, Card, Glyph, LinkButton, ListRow, MainAction, Notice, Show, SyncBadge, Tone, Weight},
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
    let open = Memo::new(move |_| {
        link.both(|round, common| {
            let Some(last) = round.closings.last() else { return Vec::new() };
            let now = perron_domain::state::close::gaps(round, common);
            last.open_gaps
                .iter()
                .map(|code| {
                    let known = now.iter().find(|gap| gap.code() == *code);
                    known.map_or_else(
                        || t_string!(i18n, close.gap_settled, code = code.clone()),
                        |gap| gap_words(i18n, round, common, gap),
                    )
                })
                .collect::<Vec<_>>()
        })
    });
    let running = Memo::new(move |_| {
        link.both(|round, common| {
            let running = round.vacations.iter().filter(|vacation| vacation.ended.is_none());
            running.map(|vacation| (vacation.account, common.account_name(vacation.account))).collect::<Vec<_>>()
        })
    });
    view! {
        <Notice tone=Tone::Good title=Signal::derive(title)>
            <p>{t!(i18n, close.signed_text)}</p>
        </Notice>
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
        <Show when=move || running.with(|running| !running.is_empty())>
            <div class="list">
                {move || {
                    running
                        .get()
                        .into_iter()
                        .map(|(account, name)| {
                            view! {
                                <ListRow
                                    title=Signal::stored(name)
                                    detail=move || Some(t_string!(i18n, close.vacation_runs).to_owned())
                                    trail=move || {
                                        view! {
                                            <Button
                                                label=label!(i18n, close.end_vacation)
                                                disabled=link.busy
                                                on_press=move |()| {
                                                    link.write(vec![Command::EndVacation(account)], || ());
                                                }
                                                testid="end-vacation"
                                            />
                                        }
                                    }
                                    testid="vacation"
                                />
                            }
                        })
                        .collect_view()
                }}
            </div>
        </Show>
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
        <Show when=move || open.with(|open| !open.is_empty())>
            <Card
                title=Signal::derive(move || t_string!(i18n, close.open_gaps, count = open.with(Vec::len)))
                tone=Signal::stored(Tone::Warning)
            >
                <ul class="stack" data-testid="open-gaps">
                    {move || open.get().into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}
                </ul>
            </Card>
        </Show>
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
