//! No dose of the act's vaccine can be used: why, and what can be done about it, before anybody is asked to agree.

use leptos::prelude::*;
use perron_domain::{
    aboard::{self, Aboard, Why},
    door,
    name::FactName,
};

use super::{
    Door,
    instead::{self, Instead},
    link::{Link, Problem},
    path::{self, At, Step},
};
use crate::{
    components::{Card, Glyph, LinkButton, MainAction, Notice, Show, Tone, Weight, live},
    i18n::{label, t, t_string},
    pages::{taking::TakingDialog, words},
};

/// Returns what this tablet can give of an act's vaccine, as it changes.
#[must_use]
pub fn held(link: Link, act: FactName) -> Memo<(String, Aboard)> {
    Memo::new(move |_| {
        let device = link.device();
        link.both(|round, common| {
            let product = round.acts.get(&act).map(|act| act.wish.product.clone()).unwrap_or_default();
            let held = aboard::held(round, common, device, &product, link.steady_once());
            (product, held)
        })
    })
}

/// Says why no dose of a vaccine can be used, and leads to what can be done about it.
#[component]
pub fn WhyNone(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let held = held(link, act);
    let waits = move || held.with(|(_, held)| held.why_none().iter().any(|(why, _)| *why == Why::SetApart));
    live(move || {
        let (product, held) = held.get();
        let name = link.common(|common| words::product_name(common, &product, link.today()));
        let why = words::why_none(i18n, &held).unwrap_or_default();
        view! {
            <Notice tone=Tone::Warning title=Signal::stored(Some(t_string!(i18n, visit.no_dose_title).to_owned()))>
                <p>{name}</p>
                <p data-testid="none-aboard">
                    <strong>{why}</strong>
                </p>
                <div class="actions">
                    <LinkButton label=label!(i18n, visit.see_doses) href="/doses" icon=Glyph::Vial testid="see-doses" />
                    <Show when=waits>
                        <LinkButton
                            label=label!(i18n, visit.note_call)
                            href="/boite/appel"
                            icon=Glyph::Phone
                            testid="note-call"
                        />
                    </Show>
                </div>
            </Notice>
        }
        .into_any()
    })
}

/// The step.
#[component]
pub fn NoDose(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let held = held(link, act);
    let there = Memo::new(move |_| held.with(|(_, held)| !held.usable.is_empty()));
    let agreed =
        Memo::new(move |_| link.round(|round| round.acts.get(&act).is_some_and(|act| !act.consents.is_empty())));
    let watched = Memo::new(move |_| {
        link.round(|round| round.people.get(&door.person).is_some_and(|visit| path::dosed(round, visit)))
    });
    let press = move |()| {
        if there.get_untracked() { door.done.run(()) } else { door.go.run(At::person(Step::Outcome)) }
    };
    view! {
        <Show when=move || !there.get()>
            <WhyNone door=door act=act />
            <Show when=move || !agreed.get()>
                <p class="muted">{t!(i18n, visit.no_dose_before)}</p>
            </Show>
            // Whoever has had another vaccine is watched: one touch from here, too.
            <Show when=move || watched.get()>
                <LinkButton
                    label=label!(i18n, visit.observation)
                    href=At::person(Step::Observation).href(door.person)
                    icon=Glyph::Clock
                    testid="no-dose-observation"
                />
            </Show>
            <Others door=door act=act />
        </Show>
        <Problem link=link />
        <MainAction
            label=move || {
                if there.get() { t_string!(i18n, visit.no_dose_again) } else { t_string!(i18n, visit.no_dose_end) }
            }
            icon=Glyph::Forward
            busy=link.busy
            on_press=press
            testid="no-dose-main"
        />
    }
}

/// The other vaccines aboard against the same disease: the rules answer anew for the one chosen.
#[component]
fn Others(door: Door, act: FactName) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let others = Memo::new(move |_| {
        link.both(|round, common| {
            let (today, device, now) = (link.today(), link.device(), link.steady_once());
            let Some(wish) = round.acts.get(&act).map(|act| act.wish.clone()) else { return Vec::new() };
            let family = |code: &str| door::product(common, code, today).map(|product| product.family);
            let wanted = family(&wish.product);
            let same = |code: &String| *code != wish.product && wanted.is_some() && family(code) == wanted;
            let one = |code: String| {
                let doses = aboard::held(round, common, device, &code, now).doses();
                let name = words::product_name(common, &code, today);
                (doses > 0).then_some((code, name, doses))
            };
            aboard::products(round).into_iter().filter(same).filter_map(one).collect::<Vec<_>>()
        })
    });
    let taking = instead::question(door, act);
    let button = move |(index, (code, name, doses)): (usize, (String, String, i32))| {
        view! {
            <Instead
                door=door
                act=act
                taking=taking
                product=(code, name)
                doses=doses
                weight=Weight::Secondary
                index=index
            />
        }
    };
    view! {
        <Show when=move || others.with(|others| !others.is_empty())>
            <Card title=Signal::derive(move || t_string!(i18n, visit.other_products).to_owned())>
                <div class="stack">{move || others.get().into_iter().enumerate().map(button).collect_view()}</div>
            </Card>
        </Show>
        <TakingDialog taking=taking />
    }
}
