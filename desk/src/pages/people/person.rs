//! One person of the relay's list: what is known of her, corrected; and her right to have it erased.

use crate::client::{ask, name, routes};
use crate::components::{Button, Card, Confirm, Glyph, LinkButton, Notice, PageHeader, Tone, Weight};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::address::back_to;
use crate::pages::kept::Kept;
use crate::pages::parts::{Work, loaded};
use crate::pages::people::file::FileCards;
use crate::pages::people::form::PersonForm;
use crate::pages::people::twins::Twins;
use crate::pages::together::{Choose, Differs};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use perron_desk_api::together::settled;
use perron_desk_api::{ChangePerson, ErasedView};
use perron_domain::people::PersonRecord;

/// The page.
#[component]
pub fn PersonPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|map| map.get("person").unwrap_or_default()));
    let record = LocalResource::new(move || {
        let id = id.get();
        async move { ask(routes::PERSON, (name(&id)?,), ()).await }
    });
    let title = move || match record.get() {
        Some(Ok(record)) => record.display_name(),
        _ => t_string!(i18n, desk.c_person).to_owned(),
    };
    let erased = RwSignal::new(None::<ErasedView>);
    view! {
        <PageHeader title=title back=back_to("/relais/personnes") />
        {move || match erased.get() {
            Some(done) => gone(i18n, done).into_any(),
            None => loaded(i18n, record, move |record| page(i18n, id.get_untracked(), record, erased)).into_any(),
        }}
    }
}

/// What somebody else changed otherwise since the form was filled.
#[derive(Clone)]
struct Clash {
    /// What the form says.
    now: PersonRecord,
    /// What stands at the relay.
    there: PersonRecord,
    /// In which fields.
    names: Vec<String>,
    /// What is typed, until somebody has chosen.
    kept: Kept,
}

fn page(i18n: I18n, id: String, record: PersonRecord, erased: RwSignal<Option<ErasedView>>) -> impl IntoView {
    let (work, saved) = (Work::new(), RwSignal::new(false));
    // What the form was filled from, and what it is drawn with: anew only when the relay says otherwise than was typed.
    let (from, drawn) = (RwSignal::new(record.clone()), RwSignal::new(record));
    let clash = RwSignal::new(None::<Clash>);
    let of = id.clone();
    let send = Callback::new(move |(before, now, kept): (PersonRecord, PersonRecord, Kept)| {
        saved.set(false);
        let id = of.clone();
        let typed = now.clone();
        let change = ChangePerson { before, now };
        work.run(async move { ask(routes::CHANGE_PERSON, (name(&id)?,), change).await }, move |changed| {
            if changed.differs.is_empty() {
                clash.set(None);
                saved.set(true);
                from.set(changed.record.clone());
                kept.settle();
                if changed.record != typed {
                    drawn.set(changed.record);
                }
            } else {
                clash.set(Some(Clash { now: typed, there: changed.record, names: changed.differs, kept }));
            }
        });
    });
    let form_key = format!("person-{id}");
    let form = move || {
        view! {
            <PersonForm
                record=drawn.get()
                title=move || t_string!(i18n, desk.a_record)
                word=move || t_string!(i18n, common.save)
                work=work
                form=form_key.clone()
                from=from
                on_save=move |(now, kept)| send.run((from.get_untracked(), now, kept))
            />
        }
    };
    let differs = move || {
        clash.get().map(|Clash { now, there, names, kept }| {
            let differs = Differs::all(i18n, &names, &now, &there);
            let choose = move |here: bool| {
                let chosen = settled(&from.get_untracked(), &now, &there, here);
                send.run((there.clone(), chosen, kept));
            };
            view! { <Choose differs=differs busy=work.busy.into() on_choose=choose /> }
        })
    };
    let about = id.clone();
    view! {
        <FileCards id=about />
        <Notice tone=Tone::Info>
            <p>{t!(i18n, desk.a_copies)}</p>
        </Notice>
        {form}
        {differs}
        <Show when=move || saved.get()>
            <Notice tone=Tone::Good><p>{t!(i18n, desk.e_saved)}</p></Notice>
        </Show>
        <Twins id=id.clone() record=from />
        <Erase id=id erased=erased />
    }
}

#[component]
fn Erase(id: String, erased: RwSignal<Option<ErasedView>>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let asking = RwSignal::new(false);
    let go = Callback::new(move |()| {
        let id = id.clone();
        work.run(async move { ask(routes::ERASE_PERSON, (name(&id)?,), ()).await }, move |done| {
            asking.set(false);
            erased.set(Some(done));
        });
    });
    view! {
        <Card title=move || t_string!(i18n, desk.x_title)>
            <p>{t!(i18n, desk.x_text)}</p>
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.x_ask)
                    weight=Weight::Danger
                    on_press=move |()| asking.set(true)
                    testid="erase"
                />
            </div>
            <Confirm
                open=asking
                on_close=move |()| asking.set(false)
                title=move || t_string!(i18n, desk.x_sure)
                tone=Tone::Danger
                does=move || t_string!(i18n, desk.x_do)
                disabled=work.busy
                on_do=go
                testid="erase"
            >
                <p>{t!(i18n, desk.x_sure_text)}</p>
                {work.failure(i18n)}
            </Confirm>
        </Card>
    }
}

fn gone(i18n: I18n, done: ErasedView) -> impl IntoView {
    let kept = done.kept.join(", ");
    view! {
        <Notice tone=Tone::Good>
            <p>{t!(i18n, desk.x_done, facts = done.facts)}</p>
            {(!kept.is_empty()).then(|| view! { <p>{t!(i18n, desk.x_kept, rounds = kept)}</p> })}
            <div class="actions">
                <LinkButton
                    label=move || t_string!(i18n, desk.i_to_people)
                    href="/relais/personnes"
                    icon=Glyph::People
                />
            </div>
        </Notice>
    }
}
