//! Somebody typed by hand: whoever may be her is shown first, as at an import.

use crate::client::{ask, routes};
use crate::components::{Button, Card, LinkButton, Tone, Weight};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::pages::kept::Kept;
use crate::pages::parts::Work;
use crate::pages::people::form::PersonForm;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::AlikeLine;
use perron_domain::people::PersonRecord;

/// The form, and who may be the same person.
#[component]
pub fn AddPerson(
    /// She is there now.
    #[prop(into)]
    on_added: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let asked = RwSignal::new(None::<(PersonRecord, Kept, Vec<AlikeLine>)>);
    let add = Callback::new(move |(record, kept): (PersonRecord, Kept)| {
        work.run(ask(routes::ADD_PERSON, (), record), move |_| {
            kept.settle();
            on_added.run(());
        });
    });
    let look = move |(record, kept): (PersonRecord, Kept)| {
        asked.set(None);
        let typed = record.clone();
        work.run(ask(routes::ALIKE, (), record), move |alike| match alike.as_slice() {
            // The answer came: the form is free to send again.
            [] => add.run((typed, kept)),
            _ => asked.set(Some((typed, kept, alike))),
        });
    };
    view! {
        <PersonForm
            record=PersonRecord::default()
            title=move || t_string!(i18n, desk.people_add)
            word=move || t_string!(i18n, desk.a_save)
            work=work
            form="person-new".to_owned()
            from=RwSignal::new(PersonRecord::default())
            on_save=look
        />
        {move || asked.get().map(|(record, kept, alike)| perhaps(i18n, (record, kept), alike, work, add))}
    }
}

fn perhaps(
    i18n: I18n,
    typed: (PersonRecord, Kept),
    alike: Vec<AlikeLine>,
    work: Work,
    add: Callback<(PersonRecord, Kept)>,
) -> impl IntoView {
    view! {
        <Card title=move || t_string!(i18n, desk.i_dup_title) tone=Tone::Warning>
            <div class="stack">{alike.into_iter().map(|one| view! { <Alike one=one /> }).collect_view()}</div>
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.i_dup_keep)
                    weight=Weight::Primary
                    disabled=work.busy
                    on_press=move |()| add.run(typed.clone())
                    testid="add-all-the-same"
                />
            </div>
        </Card>
    }
}

/// Somebody whom another may be, in short, and the way to her page.
#[component]
pub fn Alike(
    /// Who, and what both have in common.
    one: AlikeLine,
) -> impl IntoView {
    let i18n = use_i18n();
    let AlikeLine { person, brief, likenesses } = one;
    let common: Vec<&str> = likenesses.iter().map(|code| words::likeness(i18n, *code)).collect();
    let used = brief.used_name.map(|name| format!(" ({name})"));
    let birth = brief.birth.map(words::partial);
    let phone = brief.phone.as_deref().map(words::phone);
    view! {
        <div class="twins" data-testid="alike">
            <p class="twins-alike">{common.join(" · ")}</p>
            <p>
                <strong>{brief.birth_name} {used} " " {brief.given_names}</strong>
                " · "
                {birth}
            </p>
            <p>{brief.address}</p>
            <p>{phone}</p>
            <div class="actions">
                <LinkButton label=move || t_string!(i18n, desk.a_see) href=format!("/relais/personnes/{person}") />
            </div>
        </div>
    }
}
