//! «À traiter»: what waits for the head of the relay, over all rounds.

use crate::client::{get, routes};
use crate::components::{Card, EmptyState, Glyph, PageHeader, Tone, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::parts::{loaded, on_news};
use crate::pages::round::cold::CallCards;
use crate::pages::round::follow::Happened;
use crate::pages::round::gaps::GapList;
use crate::pages::round::unsigned::UnsignedRounds;
use crate::pages::stock::apart::ApartCards;
use crate::pages::tablet::quarantine::Quarantine;
use leptos::prelude::*;
use perron_desk_api::{GapLine, OpenGap, TabletFault, TabletTrouble, TodoView};

/// The page.
#[component]
pub fn Todo() -> impl IntoView {
    let i18n = use_i18n();
    let todo = LocalResource::new(|| get(routes::TODO_LIST));
    on_news(move || todo.refetch());
    let changed = Callback::new(move |()| todo.refetch());
    view! {
        <PageHeader
            title=move || t_string!(i18n, desk.todo_title)
            subtitle=move || Some(t_string!(i18n, desk.todo_sub).to_owned())
        />
        {loaded(i18n, todo, move |todo| page(i18n, todo, changed))}
    }
}

fn page(i18n: I18n, todo: TodoView, changed: Callback<()>) -> impl IntoView {
    let calm = todo.count() == 0;
    view! {
        {calm
            .then(|| {
                view! { <EmptyState glyph=Glyph::Check title=move || t_string!(i18n, desk.todo_none) /> }
            })}
        <CallCards decisions=todo.cold_decisions on_answered=changed />
        <ApartCards apart=todo.apart on_decided=changed />
        <Happened lines=todo.happened on_changed=changed />
        <UnsignedRounds rounds=todo.unsigned />
        {by_round(todo.gaps).into_iter().map(|(first, gaps)| round(i18n, first, gaps, changed)).collect_view()}
        <Quarantine lines=todo.quarantine on_changed=changed />
        {tablets(i18n, todo.tablets)}
    }
}

/// Puts differences that follow each other together, round by round.
fn by_round(gaps: Vec<OpenGap>) -> Vec<(OpenGap, Vec<GapLine>)> {
    let mut rounds: Vec<(OpenGap, Vec<GapLine>)> = Vec::new();
    for one in gaps {
        match rounds.last_mut() {
            Some((first, gaps)) if first.round == one.round => gaps.push(one.gap),
            _ => rounds.push((one.clone(), vec![one.gap])),
        }
    }
    rounds
}

fn round(i18n: I18n, first: OpenGap, gaps: Vec<GapLine>, changed: Callback<()>) -> impl IntoView {
    let title = format!("{} · {}", first.label, fr::date_short(first.on.0));
    let href = format!("/relais/tournees/{}", first.round);
    view! {
        <Card title=title tone=Tone::Warning>
            <p><a class="cell-link" href=href>{t!(i18n, desk.todo_see_round)}</a></p>
            <GapList round=first.round gaps=gaps on_changed=changed />
        </Card>
    }
}

fn tablets(i18n: I18n, tablets: Vec<TabletTrouble>) -> impl IntoView {
    let line = move |one: TabletTrouble| {
        let tablet = one.tablet;
        match one.what {
            TabletFault::Ahead { round, label, ms } => {
                let time = fr::duration(i18n.get_locale(), ms / 1000);
                let href = format!("/relais/tournees/{round}");
                view! {
                    <p>
                        {t_string!(i18n, desk.todo_ahead, tablet = tablet, time = time)} " "
                        <a class="cell-link" href=href>{label}</a>
                    </p>
                }
                .into_any()
            }
            TabletFault::StepsLost { round, label } => {
                let href = format!("/relais/tournees/{round}");
                view! {
                    <p>
                        {t_string!(i18n, desk.todo_steps_lost, tablet = tablet)} " "
                        <a class="cell-link" href=href>{label}</a>
                    </p>
                }
                .into_any()
            }
            TabletFault::TakenOver { round, label, by, writes } => {
                let href = format!("/relais/tournees/{round}");
                let words = if writes {
                    t_string!(i18n, desk.todo_taken_over, tablet = tablet, by = by)
                } else {
                    t_string!(i18n, desk.todo_to_count, tablet = tablet, by = by)
                };
                view! {
                    <p>
                        {words} " "
                        <a class="cell-link" href=href>{label}</a>
                    </p>
                }
                .into_any()
            }
            TabletFault::HoldsDoses { round, label, doses } => {
                let href = format!("/relais/tournees/{round}");
                view! {
                    <p>
                        {t_string!(i18n, desk.todo_holds, tablet = tablet, doses = doses)} " "
                        <a class="cell-link" href=href>{label}</a>
                    </p>
                }
                .into_any()
            }
            TabletFault::Parted => view! { <p>{t_string!(i18n, desk.todo_parted, tablet = tablet)}</p> }.into_any(),
        }
    };
    (!tablets.is_empty()).then(|| {
        view! {
            <Card title=move || t_string!(i18n, desk.todo_tablets) tone=Tone::Warning>
                {tablets.into_iter().map(line).collect_view()}
            </Card>
        }
    })
}
