//! The way back to somebody who is watched on another round: `/retour/:round/:person` opens that round, then her visit.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use perron_domain::name::FactName;

use super::visit::link::{Link, Problem};
use crate::{components::PageHeader, i18n::label, state::use_replica};

/// The page; nothing is to be seen of it unless the round cannot be opened.
#[component]
pub fn BackToObservation() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let replica = use_replica();
    let navigate = use_navigate();
    let params = use_params_map();
    let named = move |name: &str| params.with_untracked(|params| params.get(name));
    let round = named("round").and_then(|text| text.parse::<u32>().ok());
    let person = named("person").and_then(|text| text.parse::<FactName>().ok());
    if let (Some(round), Some(person)) = (round, person) {
        spawn_local(async move {
            match replica.open_round(round).await {
                Ok(()) => {
                    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                    navigate(&format!("/visite/{person}/surveillance"), options);
                }
                Err(failure) => {
                    link.problem.try_set(Some(failure));
                }
            }
        });
    }
    view! {
        <PageHeader title=label!(i18n, visit.observation) back=Signal::stored("/".to_owned()) />
        <Problem link=link />
    }
}
