//! Two records of one person: who may be her, and joining both.

use crate::client::{ask, name, routes};
use crate::components::{Button, Card, Confirm, Tone};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::parts::Work;
use crate::pages::people::add::Alike;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use perron_desk_api::{AlikeLine, JoinPerson};
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;

/// Whom the relay knows under another record, perhaps. Nothing is shown where there is nobody.
#[component]
pub fn Twins(
    /// Who.
    #[prop(into)]
    id: String,
    /// What is known of her.
    record: RwSignal<PersonRecord>,
) -> impl IntoView {
    let i18n = use_i18n();
    let own = id.clone();
    let alike = LocalResource::new(move || ask(routes::ALIKE, (), record.get()));
    let others = move || {
        let found = alike.get().and_then(Result::ok).unwrap_or_default();
        found.into_iter().filter(|one| one.person.to_string() != own).collect::<Vec<_>>()
    };
    move || {
        let others = others();
        let id = id.clone();
        let twin = move |one: AlikeLine| view! { <Twin id=id.clone() one=one /> };
        (!others.is_empty()).then(|| {
            view! {
                <Card title=move || t_string!(i18n, desk.i_dup_title) tone=Tone::Warning>
                    <p>{t!(i18n, desk.a_join_text)}</p>
                    <div class="stack">{others.into_iter().map(twin).collect_view()}</div>
                </Card>
            }
        })
    }
}

#[component]
fn Twin(id: String, one: AlikeLine) -> impl IntoView {
    let i18n = use_i18n();
    let (work, asking) = (Work::new(), RwSignal::new(false));
    let navigate = use_navigate();
    let other = one.person;
    let go = Callback::new(move |()| {
        let (id, navigate) = (id.clone(), navigate.clone());
        let join = async move { ask(routes::JOIN_PERSON, (name(&id)?,), JoinPerson { other }).await };
        work.run(join, move |stays: FactName| {
            asking.set(false);
            // The page of the record that stays; when it is this one already, it is read anew.
            navigate("/relais/personnes", Default::default());
            navigate(&format!("/relais/personnes/{stays}"), Default::default());
        });
    });
    view! {
        <Alike one=one />
        <div class="actions">
            <Button label=move || t_string!(i18n, desk.a_join) on_press=move |()| asking.set(true) testid="join" />
        </div>
        <Confirm
            open=asking
            on_close=move |()| asking.set(false)
            title=move || t_string!(i18n, desk.a_join_sure)
            does=move || t_string!(i18n, desk.a_join)
            disabled=work.busy
            on_do=go
            testid="join"
        >
            <p>{t!(i18n, desk.a_join_sure_text)}</p>
            {work.failure(i18n)}
        </Confirm>
    }
}
