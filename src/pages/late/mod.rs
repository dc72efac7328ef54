//! «Saisie après coup»: what was written about the round itself, each line correctable, before and after the closing; and
//! the differences that somebody must look at. What concerns a person is corrected in her own visit; doses, box and waste
//! on their own pages, to which this one leads.

mod editor;
mod fact;
mod words;

use leptos::prelude::*;
use perron_domain::{
    name::FactName,
    state::RoundState,
    state::close::{self, Gap},
};

use self::{
    editor::Editor,
    fact::{correctable, restate},
    words::line,
};
use super::{
    close::gap_words,
    corrections::{Correction, Teller, Written, WrittenList},
    visit::link::Link,
};
use crate::{
    components::{Card, Glyph, LinkButton, ListRow, PageHeader, Show, Tone},
    i18n::{label, t, t_string},
};

const TELLER: Teller = Teller { line, restate };

fn lines(link: Link) -> Vec<Written> {
    link.both(|round, common| {
        let facts = round.log().iter().filter(|fact| correctable(&fact.body));
        let mut lines: Vec<Written> =
            facts.map(|fact| Written::of(link, TELLER, round, common, fact, |_, _| true)).collect();
        lines.reverse();
        lines
    })
}

/// Returns the visit that a fact of a person belongs to, where a conflict is about one.
fn visit_of(round: &RoundState, fact: FactName) -> Option<FactName> {
    let one = round.log().get(fact)?;
    round
        .people
        .iter()
        .find(|(person, visit)| super::visit::is_about(&one.body, round.log().reading(fact), **person, visit))
        .map(|(person, _)| *person)
}

/// The page of the late entries: `/apres-coup`.
#[component]
pub fn Late() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let open = RwSignal::new(None::<FactName>);
    let lines = Memo::new(move |_| lines(link));
    let found = Memo::new(move |_| link.both(|round, common| close::differences(round, common)));
    let difference = move |gap: Gap| {
        let (text, href) = link.both(|round, common| {
            let href = match &gap {
                Gap::Conflict { fact } => visit_of(round, *fact)
                    .map(|person| format!("/visite/{person}/historique"))
                    .or_else(|| super::stock::corrected_at(&round.log().get(*fact)?.body, *fact)),
                other => super::close::where_to(round, other),
            };
            (gap_words(i18n, round, common, &gap), href)
        });
        match (href, gap) {
            (None, Gap::Conflict { fact }) => view! {
                <ListRow
                    title=Signal::stored(text)
                    on_press=Callback::new(move |()| open.set(Some(fact)))
                    testid="difference"
                />
            }
            .into_any(),
            (Some(href), _) => {
                view! { <ListRow title=Signal::stored(text) href=Signal::stored(href) testid="difference" /> }
                    .into_any()
            }
            (None, _) => view! { <ListRow title=Signal::stored(text) testid="difference" /> }.into_any(),
        }
    };
    let list = move || {
        view! {
            <Show when=move || found.with(|found| !found.is_empty())>
                <Card
                    title=Signal::derive(move || t_string!(i18n, close.differences).to_owned())
                    tone=Signal::stored(Tone::Danger)
                >
                    <div class="list list-inside">{move || found.get().into_iter().map(difference).collect_view()}</div>
                </Card>
            </Show>
            <p class="muted">{t!(i18n, close.late_note)}</p>
            <div class="actions">
                <LinkButton label=label!(i18n, common.nav_box) href="/boite/corriger" icon=Glyph::CoolBox testid="late-box" />
                <LinkButton label=label!(i18n, common.nav_doses) href="/doses/corriger" icon=Glyph::Vial testid="late-doses" />
                <LinkButton
                    label=label!(i18n, common.nav_waste)
                    href="/dasri/corriger"
                    icon=Glyph::SharpsBox
                    testid="late-waste"
                />
            </div>
            <WrittenList
                link=link
                lines=lines
                on_open=Callback::new(move |fact| open.set(Some(fact)))
                testid="late-line"
            />
        }
    };
    let close = Callback::new(move |()| open.set(None));
    let editor = |link, form, command, on_save| {
        view! { <Editor link=link form=form command=command on_save=on_save /> }.into_any()
    };
    view! {
        <PageHeader title=label!(i18n, close.late) back=Signal::stored("/".to_owned()) />
        {move || match open.get() {
            Some(fact) => {
                view! { <Correction link=link teller=TELLER fact=fact editor=editor close=close /> }.into_any()
            }
            None => list().into_any(),
        }}
    }
}
