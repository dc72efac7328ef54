//! «Saisie après coup» of doses, box and waste: what was written, each line correctable, also after the closing.

use super::topic::Topic;
use leptos::prelude::*;
use perron_domain::name::FactName;

use super::{
    Desk,
    editor::Editor,
    line::line,
    restate::{restate, topic as topic_of},
};
use crate::{
    components::PageHeader,
    i18n::{t, t_string},
    pages::corrections::{Correction, Teller, Written, WrittenList},
};

const TELLER: Teller = Teller { line, restate };

/// The list, or one fact of it.
#[component]
pub fn History(
    /// The page.
    desk: Desk,
    /// Which facts.
    topic: Topic,
    /// The fact to correct; none for the list.
    fact: Option<FactName>,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let list = format!("{}/corriger", topic.path());
    let back = if fact.is_some() { list.clone() } else { topic.path().to_owned() };
    let title = move || t_string!(i18n, stock.late_entry);
    if let Some(fact) = fact {
        let close = Callback::new(move |()| desk.go.run(list.clone()));
        let editor = |link, form, command, on_save| {
            view! { <Editor link=link form=form command=command on_save=on_save /> }.into_any()
        };
        return view! {
            <PageHeader title=title back=Signal::stored(back) />
            <Correction link=link teller=TELLER fact=fact editor=editor close=close />
        }
        .into_any();
    }
    let lines = Memo::new(move |_| {
        link.both(|round, common| {
            let facts = round.log().iter().filter(|fact| topic_of(&fact.body) == Some(topic));
            let mut lines: Vec<Written> =
                facts.map(|fact| Written::of(link, TELLER, round, common, fact, |_, _| true)).collect();
            lines.reverse();
            lines
        })
    });
    let open = Callback::new(move |fact: FactName| desk.go.run(format!("{list}/{fact}")));
    view! {
        <PageHeader title=title back=Signal::stored(back) />
        <p class="muted">{t!(i18n, visit.history_note)}</p>
        <WrittenList link=link lines=lines on_open=open testid="written" />
    }
    .into_any()
}
