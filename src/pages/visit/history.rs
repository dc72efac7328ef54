//! «Historique / Corriger»: what was written about a person, in plain words, each line correctable.

use leptos::prelude::*;
use perron_domain::name::FactName;

use super::{
    Door,
    editor::Editor,
    history_line::line,
    link::Link,
    restate::{is_about, restate},
};
use crate::{
    components::{Glyph, MainAction, live},
    i18n::{say, t},
    pages::corrections::{Correction, Teller, Written, WrittenList},
};

const TELLER: Teller = Teller { line, restate };

fn lines(link: Link, person: FactName) -> Vec<Written> {
    link.both(|round, common| {
        let Some(visit) = round.people.get(&person) else { return Vec::new() };
        let mut lines: Vec<Written> = Vec::new();
        for fact in round.log().iter() {
            let chain = round.log().reading(fact.name);
            if restate(&fact.body, chain).is_none() {
                continue;
            }
            let one =
                Written::of(link, TELLER, round, common, fact, |body, chain| is_about(body, chain, person, visit));
            // Of what went to somebody else, what was said here first stays.
            let came = one.now.is_some() && !one.elsewhere;
            if came || is_about(&fact.body, chain, person, visit) {
                lines.push(one);
            }
        }
        lines.reverse();
        lines
    })
}

/// The screen of the history.
#[component]
pub fn History(
    /// The visit.
    door: Door,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let lines = Memo::new(move |_| lines(link, door.person));
    let open = RwSignal::new(None::<FactName>);
    let close = Callback::new(move |()| open.set(None));
    let editor = |link, form, command, on_save| {
        view! { <Editor link=link form=form command=command on_save=on_save /> }.into_any()
    };
    live(move || match open.get() {
        Some(fact) => view! { <Correction link=link teller=TELLER fact=fact editor=editor close=close /> }.into_any(),
        None => view! {
            <p class="muted">{t!(i18n, visit.history_note)}</p>
            <WrittenList
                link=link
                lines=lines
                on_open=Callback::new(move |fact| open.set(Some(fact)))
                testid="history-line"
            />
            <MainAction
                label=say!(i18n, common.back)
                icon=Glyph::Back
                on_press=move |()| door.done.run(())
                testid="history-back"
            />
        }
        .into_any(),
    })
}
