//! «Autres actions»: what is beside the way of a visit, two taps away from every step.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use perron_domain::name::FactName;

use super::{
    Door,
    path::{At, Step},
};
use crate::{
    components::{Dialog, Glyph, Icon, ListRow, Show},
    i18n::{label, t_string},
};

/// The sheet of the other actions.
#[component]
pub fn Sheet(
    /// The visit.
    door: Door,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The act in view.
    act: Memo<Option<FactName>>,
) -> impl IntoView {
    let i18n = door.link.i18n;
    let navigate = StoredValue::new_local(use_navigate());
    let to = move |href: String| {
        open.set(false);
        navigate.with_value(|navigate| navigate(&href, NavigateOptions::default()));
    };
    let go = move |step: Step, of_act: bool| {
        open.set(false);
        door.go.run(At { step, act: if of_act { act.get_untracked() } else { None } });
    };
    let stop = move || {
        door.link.glance(|round, _| round.people.get(&door.person).map(|visit| visit.stop)).map(|stop| stop.to_string())
    };
    let icon = |glyph: Glyph| move || view! { <Icon glyph=glyph /> };
    view! {
        <Dialog open=open on_close=move |()| open.set(false) title=label!(i18n, visit.more_actions)>
            <div class="list">
                <ListRow
                    title=label!(i18n, visit.how_it_ends)
                    detail=move || Some(t_string!(i18n, visit.how_it_ends_note).to_owned())
                    lead=icon(Glyph::Door)
                    on_press=Callback::new(move |()| go(Step::Outcome, false))
                    testid="go-outcome"
                />
                <ListRow
                    title=label!(i18n, visit.step_identity)
                    lead=icon(Glyph::IdCard)
                    on_press=Callback::new(move |()| go(Step::Identity, false))
                    testid="go-identity"
                />
                <ListRow
                    title=label!(i18n, visit.past)
                    lead=icon(Glyph::List)
                    on_press=Callback::new(move |()| go(Step::Past, false))
                    testid="go-past"
                />
                <Show when=move || act.with(Option::is_some)>
                    <ListRow
                        title=label!(i18n, visit.step_questions)
                        lead=icon(Glyph::Question)
                        on_press=Callback::new(move |()| go(Step::Questions, true))
                        testid="go-questions"
                    />
                    <ListRow
                        title=label!(i18n, visit.step_consent)
                        lead=icon(Glyph::Hands)
                        on_press=Callback::new(move |()| go(Step::Consent, true))
                        testid="go-consent"
                    />
                    <ListRow
                        title=label!(i18n, visit.ask_physician)
                        lead=icon(Glyph::Paper)
                        on_press=Callback::new(move |()| go(Step::Physician, true))
                        testid="go-physician"
                    />
                </Show>
                <ListRow
                    title=label!(i18n, visit.add_vaccine)
                    lead=icon(Glyph::Plus)
                    on_press=Callback::new(move |()| go(Step::Wish, false))
                    testid="go-wish"
                />
                <ListRow
                    title=label!(i18n, visit.history)
                    lead=icon(Glyph::List)
                    on_press=Callback::new(move |()| go(Step::History, false))
                    testid="go-history"
                />
                <ListRow
                    title=label!(i18n, visit.mistake)
                    lead=icon(Glyph::Octagon)
                    on_press=Callback::new(move |()| go(Step::Mistake, true))
                    testid="go-mistake"
                />
                <ListRow
                    title=label!(i18n, visit.address_page)
                    lead=icon(Glyph::Pin)
                    on_press=Callback::new(move |()| to(format!("/adresse/{}", stop().unwrap_or_default())))
                    testid="go-address"
                />
                <ListRow
                    title=label!(i18n, common.urgent)
                    lead=icon(Glyph::Ambulance)
                    on_press=Callback::new(move |()| to(format!("/urgence/{}", door.person)))
                    testid="go-urgent"
                />
            </div>
        </Dialog>
    }
}
