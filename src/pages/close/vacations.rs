//! The vacations that run: who works since when, and how each ends. Found wherever a day is ended: before the signature, after
//! it, and under «Plus».

use leptos::prelude::*;
use perron_domain::command::Command;

use crate::{
    components::{Button, ListRow, Show},
    i18n::{label, t_string},
    pages::visit::link::Link,
};

/// Whose vacation runs, each with its button.
#[component]
pub fn Vacations(
    /// The way to the replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let running = Memo::new(move |_| {
        link.both(|round, common| {
            let running = round.vacations.iter().filter(|vacation| vacation.ended.is_none());
            running.map(|vacation| (vacation.account, common.account_name(vacation.account))).collect::<Vec<_>>()
        })
    });
    let row = move |(account, name)| {
        let trail = move || {
            view! {
                <Button
                    label=label!(i18n, close.end_vacation)
                    disabled=link.busy
                    on_press=move |()| link.write(vec![Command::EndVacation(account)], || ())
                    testid="end-vacation"
                />
            }
        };
        view! {
            <ListRow
                title=Signal::stored(name)
                detail=move || Some(t_string!(i18n, close.vacation_runs).to_owned())
                trail=trail
                testid="vacation"
            />
        }
    };
    view! {
        <Show when=move || running.with(|running| !running.is_empty())>
            <div class="list">{move || running.get().into_iter().map(row).collect_view()}</div>
        </Show>
    }
}
