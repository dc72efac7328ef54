//! Doses, box, waste: what the team carries, and what is written about it. Forms finish; these pages route.

mod bring_back;
mod call;
mod candidates;
mod cede;
mod cold_box;
mod container;
mod container_open;
mod desk;
mod doses;
mod draw;
mod editor;
mod history;
mod item;
mod line;
mod lose;
mod open_vial;
mod parts;
mod production;
mod receive;
mod restate;
mod source;
mod topic;
mod waste;
mod words;

use crate::components::live;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use perron_domain::{fact::Body, name::FactName};

use self::{
    call::PhoneCall, cold_box::ColdBox, container::ContainerPage, container_open::OpenContainer, doses::Doses,
    history::History, receive::Receive, source::SourcePage, topic::Topic, waste::Waste,
};
pub use self::{desk::Desk, words::doses};

/// Returns the page that corrects a fact of doses, box or waste; none for other facts.
#[must_use]
pub fn corrected_at(body: &Body, fact: FactName) -> Option<String> {
    restate::topic(body).map(|topic| format!("{}/corriger/{fact}", topic.path()))
}

/// Returns the two optional parts of an address below one of these pages.
fn parts() -> Memo<(Option<String>, Option<String>)> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| (params.get("part"), params.get("what"))))
}

fn named(part: Option<&str>) -> Option<FactName> {
    part.and_then(|part| part.parse().ok())
}

/// `/doses`, `/doses/recevoir`, `/doses/corriger/:fact?`, `/doses/:source/:what?`.
#[component]
pub fn DosesPage() -> impl IntoView {
    let desk = Desk::find();
    let parts = parts();
    live(move || match parts.get() {
        (None, _) => view! { <Doses desk=desk /> }.into_any(),
        (Some(part), _) if part == "recevoir" => view! { <Receive desk=desk /> }.into_any(),
        (Some(part), what) if part == "corriger" => {
            view! { <History desk=desk topic=Topic::Doses fact=named(what.as_deref()) /> }.into_any()
        }
        (Some(part), what) => {
            view! { <SourcePage desk=desk source=named(Some(&part)) what=what.unwrap_or_default() /> }.into_any()
        }
    })
}

/// `/boite`, `/boite/appel`, `/boite/corriger/:fact?`.
#[component]
pub fn BoxPage() -> impl IntoView {
    let desk = Desk::find();
    let parts = parts();
    live(move || match parts.get() {
        (Some(part), what) if part == "corriger" => {
            view! { <History desk=desk topic=Topic::Box fact=named(what.as_deref()) /> }.into_any()
        }
        (Some(part), _) if part == "appel" => view! { <PhoneCall desk=desk /> }.into_any(),
        _ => view! { <ColdBox desk=desk /> }.into_any(),
    })
}

/// `/dasri`, `/dasri/ouvrir`, `/dasri/corriger/:fact?`, `/dasri/:container`.
#[component]
pub fn WastePage() -> impl IntoView {
    let desk = Desk::find();
    let parts = parts();
    live(move || match parts.get() {
        (None, _) => view! { <Waste desk=desk /> }.into_any(),
        (Some(part), _) if part == "ouvrir" => view! { <OpenContainer desk=desk /> }.into_any(),
        (Some(part), what) if part == "corriger" => {
            view! { <History desk=desk topic=Topic::Waste fact=named(what.as_deref()) /> }.into_any()
        }
        (Some(part), _) => view! { <ContainerPage desk=desk container=named(Some(&part)) /> }.into_any(),
    })
}
