//! «Erreur d’administration»: a dose that was given although it should not have been. Always recordable: what happened
//! must be provable, and the relay is told.

use leptos::prelude::*;
use perron_domain::{
    command::{Command, GiveDose},
    fact::AdministrationError,
    name::FactName,
};

use super::{
    Door,
    injection::{SITES, site_choices},
    link::Problem,
    source::{all_sources, source_lines},
};
use crate::{
    components::{
        Button, Card, Choice, ChoiceRow, Glyph, Keys, MainAction, Notice, SelectField, Show, TextField, Tone, Weight,
    },
    i18n::{label, t, t_string},
    lot_questions::question,
    pages::{
        hour::{Hour, HourField},
        loading, words,
    },
};

/// What can go wrong, as facts write it.
const KINDS: [&str; 6] = ["product", "person", "interval", "expired", AdministrationError::INCOMPLETE, "other"];
/// The choice of a dose that this tablet does not know.
const ELSEWHERE: &str = "elsewhere";

/// The screen of an administration error.
#[component]
pub fn Mistake(
    /// The visit.
    door: Door,
    /// The act in view, if any.
    act: Option<FactName>,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let form = link.form(format!("visit/{}/mistake", door.person));
    let acts =
        link.glance(|round, _| round.people.get(&door.person).map(|visit| visit.acts.clone())).unwrap_or_default();
    let first = act.or(acts.first().copied());
    let chosen_act = form.text("act", first.map(|act| act.to_string()).unwrap_or_default());
    let what = form.text("what", "");
    let text = form.text("text", "");
    let source = form.text("source", "");
    let product = form.text("product", "");
    let lot = form.text("lot", "");
    let hour = Hour::done(link, form.text("hour", link.glance(|_, common| words::field_time(common, link.now_once()))));
    let hour_wrong = RwSignal::new(None::<String>);
    let site = form.tiles("site", SITES, None);
    let kinds: Vec<Choice<String>> =
        KINDS.iter().map(|kind| Choice::new((*kind).to_owned(), move || words::mistake_word(i18n, kind))).collect();
    let several = acts.len() > 1;
    let act_options = Signal::derive(move || {
        link.both(|round, common| {
            acts.iter()
                .filter_map(|name| {
                    let act = round.acts.get(name)?;
                    Some((name.to_string(), words::wish_text(i18n, round, common, act, link.today())))
                })
                .collect::<Vec<_>>()
        })
    });
    let source_options = Signal::derive(move || {
        let mut options: Vec<(String, String)> = link
            .round(|round| all_sources(round))
            .into_iter()
            .map(|source| {
                let name = link.common(|common| words::product_name(common, &source.product, link.today()));
                (source.name.to_string(), format!("{name} · {}", source_lines(link, &source).0))
            })
            .collect();
        options.push((ELSEWHERE.to_owned(), t_string!(i18n, visit.source_elsewhere).to_owned()));
        options
    });
    let elsewhere = move || source.with(|source| source == ELSEWHERE);
    let doubts =
        Memo::new(
            move |_| {
                if elsewhere() { loading::doubts(link, &product.get(), &lot.get(), "") } else { Vec::new() }
            },
        );
    let missing = move || {
        if what.with(String::is_empty) {
            Some(t_string!(i18n, visit.mistake_what_missing).to_owned())
        } else if source.with(String::is_empty) {
            Some(t_string!(i18n, visit.source_missing).to_owned())
        } else if site.get().is_none() {
            Some(t_string!(i18n, visit.arm_missing).to_owned())
        } else if text.with(|text| text.trim().is_empty()) && doubts.with(|doubts| !doubts.is_empty()) {
            Some(t_string!(i18n, visit.mistake_lot).to_owned())
        } else {
            None
        }
    };
    let save = move |()| {
        let (Some(site), Ok(act)) = (site.now(), chosen_act.get_untracked().parse::<FactName>()) else {
            return;
        };
        let done_at = untrack(|| hour.read_or_now());
        hour_wrong.set(done_at.is_none().then(|| t_string!(i18n, visit.hour_wrong).to_owned()));
        let Some(done_at) = done_at else { return };
        let named = |text: RwSignal<String>| elsewhere_text(untrack(elsewhere), text);
        let note = text.get_untracked();
        let give = GiveDose {
            act,
            source: source.get_untracked().parse().ok(),
            lot: named(lot),
            product: named(product),
            site,
            done_at,
            injected_by: untrack(|| link.account()),
            prepared_by: None,
            error: Some(AdministrationError {
                what: what.get_untracked(),
                text: (!note.trim().is_empty()).then_some(note),
            }),
        };
        link.write(vec![Command::Give(give)], move || {
            form.done();
            door.done.run(());
        });
    };
    view! {
        <Notice tone=Tone::Warning>
            <p>{t!(i18n, visit.mistake_note)}</p>
        </Notice>
        <Card>
            <div class="stack">
                <ChoiceRow
                    legend=label!(i18n, visit.mistake_what)
                    choices=kinds
                    value=Signal::derive(move || Some(what.get()))
                    on_change=move |kind| what.set(kind)
                    testid="mistake-what"
                />
                {several
                    .then(|| {
                        view! {
                            <SelectField
                                label=label!(i18n, visit.field_act)
                                value=chosen_act
                                options=act_options
                                testid="mistake-act"
                            />
                        }
                    })}
                <SelectField
                    label=label!(i18n, visit.dose_given)
                    value=source
                    options=source_options
                    testid="mistake-source"
                />
                <Show when=elsewhere>
                    <div class="pair">
                        <SelectField
                            label=label!(i18n, visit.field_product)
                            value=product
                            options=Signal::derive(move || door.products(None))
                            testid="mistake-product"
                        />
                        <TextField
                            label=label!(i18n, visit.field_lot)
                            value=lot
                            keys=Keys::Code
                            testid="mistake-lot"
                        />
                    </div>
                    {move || {
                        let named = |code: &str| {
                            link.common(|common| words::product_name(common, code, link.today()))
                        };
                        let asked = doubts.get().into_iter().map(|doubt| question(i18n, &doubt, named));
                        asked
                            .map(|text| view! { <Notice tone=Tone::Warning><p data-testid="lot-question">{text}</p></Notice> })
                            .collect_view()
                    }}
                </Show>
                <ChoiceRow
                    legend=label!(i18n, visit.site)
                    quiet_legend=true
                    choices=site_choices(link, false)
                    value=move || site.get()
                    on_change=move |chosen| site.set(chosen)
                    testid="mistake-site"
                />
                <div class="pair">
                    <HourField
                        label=label!(i18n, visit.done_at)
                        hour=hour
                        error=hour_wrong
                        testid="mistake-hour"
                    />
                    <TextField label=label!(i18n, visit.in_your_words) value=text optional=true testid="mistake-text" />
                </div>
            </div>
        </Card>
        <Problem link=link />
        <MainAction
            label=label!(i18n, visit.record_mistake)
            icon=Glyph::Octagon
            danger=true
            busy=link.busy
            disabled=Signal::derive(move || missing().is_some())
            hint=missing
            on_press=save
            testid="mistake-save"
        >
            <Button
                label=label!(i18n, common.back)
                weight=Weight::Quiet
                on_press=move |()| door.done.run(())
                testid="mistake-back"
            />
        </MainAction>
    }
}

fn elsewhere_text(elsewhere: bool, text: RwSignal<String>) -> Option<String> {
    elsewhere.then(|| text.get_untracked()).filter(|text| !text.trim().is_empty())
}
