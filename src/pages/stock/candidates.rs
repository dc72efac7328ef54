//! Who could have the doses left before their time is over: people of the round, then the waiting list.

use perron_domain::{name::FactName, state::Round};

use crate::{
    components::{Card, Glyph, Icon, ListRow, Show},
    i18n::t_string,
};
use leptos::prelude::*;

use super::Desk;

/// Somebody who could have a dose.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// The dossier, for people of the round.
    pub person: Option<FactName>,
    /// Name.
    pub name: String,
    /// Street and number.
    pub address: String,
    /// Phone.
    pub phone: Option<String>,
}

/// Returns who could have a dose of `product`: people of the round in the order of the addresses, then who waits.
#[must_use]
pub fn candidates(round: &Round, product: &str) -> Vec<Candidate> {
    let waits = |person: &FactName| {
        let Some(visit) = round.people.get(person) else { return false };
        visit.ended.is_none()
            && visit
                .acts
                .iter()
                .filter_map(|act| round.acts.get(act))
                .any(|act| act.wish.product == product && act.given.is_empty() && act.ended.is_none())
    };
    let of_round = round.people_in_order().into_iter().filter(waits).filter_map(|person| {
        let record = &round.people.get(&person)?.record;
        Some(Candidate {
            person: Some(person),
            name: record.display_name(),
            address: record.address.line.clone(),
            phone: record.phone.clone(),
        })
    });
    let listed = round
        .waiting
        .values()
        .map(|listed| &listed.record)
        .filter(|record| record.wishes.is_empty() || record.wishes.iter().any(|wish| wish.product == product));
    let listed = listed.map(|record| Candidate {
        person: None,
        name: record.display_name(),
        address: record.address.line.clone(),
        phone: record.phone.clone(),
    });
    of_round.chain(listed).collect()
}

/// The list of them.
#[component]
pub fn Candidates(
    /// The page.
    desk: Desk,
    /// Product code.
    product: String,
) -> impl IntoView {
    let i18n = desk.link.i18n;
    let who = Memo::new(move |_| desk.link.round(|round| candidates(round, &product)));
    let row = move |one: Candidate| {
        let waiting = one.person.is_none();
        let detail = if waiting {
            format!("{} · {}", t_string!(i18n, stock.on_waiting_list), one.address)
        } else {
            one.address.clone()
        };
        let lead = move || view! { <Icon glyph=if waiting { Glyph::List } else { Glyph::Person } /> };
        let href = match (one.person, one.phone) {
            (Some(person), _) => Some(format!("/visite/{person}")),
            (None, Some(phone)) => Some(format!("tel:{}", phone.replace(' ', ""))),
            (None, None) => None,
        };
        match href {
            Some(href) => view! {
                <ListRow
                    title=Signal::stored(one.name)
                    detail=Signal::stored(Some(detail))
                    href=Signal::stored(href)
                    lead=lead
                    testid="candidate"
                />
            }
            .into_any(),
            None => view! {
                <ListRow title=Signal::stored(one.name) detail=Signal::stored(Some(detail)) lead=lead testid="candidate" />
            }
            .into_any(),
        }
    };
    view! {
        <Card
            title=Signal::derive(move || t_string!(i18n, stock.who_could, count = who.with(Vec::len)))
            icon=Glyph::People
        >
            <Show
                when=move || who.with(|who| !who.is_empty())
                fallback=move || view! { <p class="muted">{move || t_string!(i18n, stock.nobody_could)}</p> }
            >
                <div class="list">{move || who.get().into_iter().take(8).map(row).collect_view()}</div>
            </Show>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_on_an_empty_round() {
        assert!(candidates(&Round::default(), "comirnaty-30-purple").is_empty());
    }
}
