//! The rounds whose day is over and that nobody signed: what is open of them, and the way to each.

use crate::components::{Card, Tone, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::UnsignedRound;

/// The card of these rounds; nothing where there is none.
#[component]
pub fn UnsignedRounds(rounds: Vec<UnsignedRound>) -> impl IntoView {
    let i18n = use_i18n();
    (!rounds.is_empty()).then(|| {
        view! {
            <Card title=move || t_string!(i18n, desk.us_title) tone=Tone::Warning>
                <p class="muted">{t!(i18n, desk.us_text)}</p>
                <ul class="plain">{rounds.into_iter().map(|round| line(i18n, round)).collect_view()}</ul>
            </Card>
        }
    })
}

fn line(i18n: I18n, round: UnsignedRound) -> impl IntoView {
    let href = format!("/relais/tournees/{}", round.round);
    let title = format!("{} · {}", round.label, fr::date_short(round.on.0));
    let open = match round.open {
        0 => t_string!(i18n, desk.us_none_open).to_owned(),
        1 => t_string!(i18n, desk.us_one_open, persons = round.persons),
        open => t_string!(i18n, desk.us_several_open, count = open, persons = round.persons),
    };
    let left = if round.left { t_string!(i18n, desk.us_left) } else { t_string!(i18n, desk.us_not_left) };
    let news = round.last_news.filter(|_| round.left);
    let news = news.map(|at| words::say!(i18n, desk.us_news, time = words::moment(i18n, at)));
    let who = [round.team, round.tablets.join(", ")].into_iter().filter(|part| !part.is_empty());
    let facts = who.chain([open, left.to_owned()]).chain(news).collect::<Vec<_>>().join(" · ");
    view! {
        <li class="row-between gap-line" data-testid="unsigned-round">
            <div>
                <strong>{title}</strong>
                <div class="cell-note">{facts}</div>
            </div>
            <a class="cell-link" href=href>{t!(i18n, desk.todo_see_round)}</a>
        </li>
    }
}
