//! The vacations of the round: who works, and how each ends. Found wherever a day is ended: before the signature, after it, and
//! under «Plus».

use leptos::prelude::*;
use perron_domain::{command::Command, fact::AccountNo, time::Wall};

use crate::{
    components::{Button, Confirm, ListRow, Show},
    i18n::{label, t_string},
    pages::{visit::link::Link, words},
};

/// Whose vacation it is, and when it ended.
type Worker = (AccountNo, String, Option<Wall>);

/// Every vacation; those that run each with their button, which asks first.
#[component]
pub fn Vacations(
    /// The way to the replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let ending = RwSignal::new(None::<(AccountNo, String)>);
    let all = Memo::new(move |_| {
        link.both(|round, common| {
            let one = |vacation: &perron_domain::state::Vacation| {
                (vacation.account, common.account_name(vacation.account), vacation.ended)
            };
            round.vacations.iter().map(one).collect::<Vec<Worker>>()
        })
    });
    // Whoever is still observed is observed by somebody.
    let observed = move || link.round(|round| round.timers().len());
    let text = move || {
        let who = ending.get().map(|(_, name)| name).unwrap_or_default();
        match observed() {
            0 => t_string!(i18n, close.end_vacation_text, who = who),
            count => t_string!(i18n, close.end_vacation_observed, who = who, count = count),
        }
    };
    let row = move |(account, name, ended): Worker| {
        let detail = move || {
            Some(match ended {
                Some(at) => {
                    let hour = link.common(|common| words::moment(i18n, common, at, link.now_once()));
                    t_string!(i18n, close.vacation_ended, hour = hour)
                }
                None => t_string!(i18n, close.vacation_runs).to_owned(),
            })
        };
        let asked = name.clone();
        let trail = move || {
            let asked = asked.clone();
            ended.is_none().then(|| {
                view! {
                    <Button
                        label=label!(i18n, close.end_vacation)
                        disabled=link.busy
                        on_press=move |()| ending.set(Some((account, asked.clone())))
                        testid="end-vacation"
                    />
                }
            })
        };
        view! { <ListRow title=Signal::stored(name) detail=Signal::derive(detail) trail=trail testid="vacation" /> }
    };
    view! {
        <Show when=move || all.with(|all| !all.is_empty())>
            <div class="list">{move || all.get().into_iter().map(row).collect_view()}</div>
        </Show>
        <Confirm
            open=Signal::derive(move || ending.with(Option::is_some))
            on_close=move |()| ending.set(None)
            title=label!(i18n, close.end_vacation_title)
            does=label!(i18n, close.end_vacation)
            disabled=link.busy
            on_do=move |()| {
                if let Some((account, _)) = ending.get_untracked() {
                    link.write(vec![Command::EndVacation(account)], move || ending.set(None));
                }
            }
            testid="end-vacation"
        >
            <p>{text}</p>
        </Confirm>
    }
}
