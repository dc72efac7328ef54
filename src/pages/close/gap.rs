//! One difference: in words, with where it can be put right.

use crate::pages::words::product_short;
use leptos::prelude::*;
use perron_domain::{
    name::FactName,
    state::close::Gap,
    state::{Common, Round},
};

use crate::{
    components::{ListRow, StatusPill, Tone, fr},
    i18n::{I18n, t_string},
    pages::{visit::link::Link, words},
};

fn name_of(round: &Round, person: FactName) -> String {
    round.people.get(&person).map(words::person_name).unwrap_or_default()
}

/// Returns a difference in words.
#[must_use]
pub fn gap_words(i18n: I18n, round: &Round, common: &Common, gap: &Gap) -> String {
    let today = round.plan.as_ref().map(|plan| plan.on);
    let product = |code: &str| today.map_or_else(|| code.to_owned(), |today| product_short(common, code, today));
    match gap {
        Gap::Entries { account, due, entered: None } => {
            t_string!(i18n, close.gap_uncounted, who = common.account_name(*account), due = *due)
        }
        Gap::Entries { account, due, entered: Some(entered) } => {
            t_string!(i18n, close.gap_entries, who = common.account_name(*account), due = *due, entered = *entered)
        }
        Gap::Lot { product: code, lot, left } if *left < 0 => {
            t_string!(i18n, close.gap_lot_below, product = product(code), lot = lot.clone(), count = left.abs())
        }
        Gap::Lot { product: code, lot, left } => {
            t_string!(i18n, close.gap_lot, product = product(code), lot = lot.clone(), count = *left)
        }
        Gap::Sharps { sharps, doses } => t_string!(i18n, close.gap_sharps, sharps = *sharps, doses = *doses),
        Gap::Open { person } => t_string!(i18n, close.gap_open, who = name_of(round, *person)),
        // The second is seen by the relay alone.
        Gap::TwoDoses { act } | Gap::GivenAgain { act, .. } => {
            let who = round.acts.get(act).map(|act| name_of(round, act.person)).unwrap_or_default();
            t_string!(i18n, close.gap_two, who = who)
        }
        Gap::Conflict { .. } => t_string!(i18n, close.gap_conflict).to_owned(),
        Gap::SetApart { load } => {
            let lot = round.loads.get(load).map(|load| load.loaded.lot.clone()).unwrap_or_default();
            t_string!(i18n, close.gap_apart, lot = lot)
        }
        Gap::GivenWarm { act, tenths, .. } => {
            let who = round.acts.get(act).map(|act| name_of(round, act.person)).unwrap_or_default();
            let degrees = fr::celsius(i18n.get_locale(), i32::from(*tenths));
            t_string!(i18n, close.gap_warm, who = who, degrees = degrees)
        }
        Gap::GivenRecalled { act, lot, .. } => {
            let who = round.acts.get(act).map(|act| name_of(round, act.person)).unwrap_or_default();
            t_string!(i18n, close.gap_recalled, who = who, lot = lot.clone())
        }
        Gap::Observed { person } => t_string!(i18n, close.gap_observed, who = name_of(round, *person)),
        Gap::Untraced { person } => t_string!(i18n, close.gap_untraced, who = name_of(round, *person)),
        Gap::TracedNone { person } => t_string!(i18n, close.gap_traced_none, who = name_of(round, *person)),
    }
}

/// Returns the page where a difference can be put right, if there is one.
#[must_use]
pub fn where_to(round: &Round, gap: &Gap) -> Option<String> {
    match gap {
        Gap::Lot { .. } => Some("/doses".to_owned()),
        Gap::Sharps { .. } => Some("/dasri".to_owned()),
        Gap::SetApart { .. } => Some("/boite".to_owned()),
        Gap::Conflict { .. } => Some("/apres-coup".to_owned()),
        Gap::Open { person } => Some(format!("/visite/{person}")),
        Gap::Untraced { person } | Gap::Observed { person } => Some(format!("/visite/{person}/surveillance")),
        Gap::TracedNone { person } => Some(format!("/visite/{person}/historique")),
        Gap::TwoDoses { act }
        | Gap::GivenWarm { act, .. }
        | Gap::GivenRecalled { act, .. }
        | Gap::GivenAgain { act, .. } => round.acts.get(act).map(|act| format!("/visite/{}/historique", act.person)),
        Gap::Entries { .. } => None,
    }
}

/// A difference of the list.
#[component]
pub fn GapRow(
    /// The way to the replica.
    link: Link,
    /// Which.
    gap: Gap,
    /// Whether it is explained.
    explained: Signal<bool>,
    /// The code of the difference that is being asked about.
    asked: RwSignal<Option<String>>,
) -> impl IntoView {
    let i18n = link.i18n;
    let code = gap.code();
    let title = move || link.both(|round, common| gap_words(i18n, round, common, &gap));
    view! {
        <ListRow
            title=Signal::derive(title)
            on_press=Callback::new(move |()| asked.set(Some(code.clone())))
            trail=move || {
                view! {
                    <StatusPill
                        tone=Signal::derive(move || if explained.get() { Tone::Good } else { Tone::Warning })
                        label=Signal::derive(move || {
                            if explained.get() {
                                t_string!(i18n, close.explained).to_owned()
                            } else {
                                t_string!(i18n, close.to_explain).to_owned()
                            }
                        })
                    />
                }
            }
            testid="gap"
        />
    }
}
