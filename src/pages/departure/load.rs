//! Loading otherwise than planned: syringes prepared at the relay, another lot, doses from another team. One entry for
//! however many syringes.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    date::Day,
    door,
    fact::{DoseForm, DosesLoaded, Preparation},
};

use super::lots::usual_form;
use crate::{
    components::{
        Button, Choice, ChoiceRow, DateField, Glyph, Keys, SelectField, Stepper, TextField, TimeField, Weight, fr,
    },
    i18n::{I18n, t_string},
    pages::{
        visit::link::{Link, Problem},
        words,
    },
    state::Failure,
};

/// Returns how doses travel, in words.
#[must_use]
pub fn form_word(i18n: I18n, form: DoseForm) -> &'static str {
    match form {
        DoseForm::Vial => t_string!(i18n, tour.form_vial),
        DoseForm::PreparedSyringe => t_string!(i18n, tour.form_prepared),
        DoseForm::Prefilled => t_string!(i18n, tour.form_prefilled),
        DoseForm::PowderSolvent => t_string!(i18n, tour.form_powder),
    }
}

/// The form.
#[component]
pub fn LoadForm(
    /// The way to the replica.
    link: Link,
    /// Called once the doses are aboard.
    done: Callback<()>,
) -> impl IntoView {
    let i18n = link.i18n;
    let draft = link.form("depart/load");
    let lot = draft.text("lot", "");
    let product = draft.text("product", "");
    let expiry = draft.text("expiry", "");
    let form = RwSignal::new(DoseForm::PreparedSyringe);
    let units = RwSignal::new(7_u32);
    let per_unit = RwSignal::new(6_u32);
    let by = draft.text("by", "");
    let vial = draft.text("vial", "");
    let prepared_at = draft.text("prepared_at", link.glance(|_, common| words::field_time(common, link.now_once())));
    let use_by = draft.text("use_by", "");
    let from = draft.text("from", "");
    let wrong_day = RwSignal::new(None::<String>);
    let wrong_time = RwSignal::new(None::<String>);

    // Product, lot and last day of what the relay knows.
    let known = Memo::new(move |_| {
        link.both(|round, common| {
            let planned = round.plan.iter().flat_map(|plan| plan.lots.iter());
            let mut lots: Vec<(String, String, Day)> =
                planned.map(|lot| (lot.lot.clone(), lot.product.clone(), lot.expiry)).collect();
            for (number, lot) in &common.lots {
                if lots.iter().all(|(known, ..)| known != number) {
                    lots.push((number.clone(), lot.product.clone(), lot.expiry));
                }
            }
            lots
        })
    });
    let options = Signal::derive(move || {
        link.both(|_, common| {
            let today = link.today();
            let mut codes: Vec<String> =
                known.with(|known| known.iter().map(|(_, product, _)| product.clone()).collect());
            codes.sort();
            codes.dedup();
            codes.into_iter().map(|code| (code.clone(), words::product_name(common, &code, today))).collect::<Vec<_>>()
        })
    });
    let lots_hint = move || {
        let lots = known.with(|known| {
            let of_product = known.iter().filter(|(_, code, _)| product.with(|product| product == code));
            of_product.map(|(lot, ..)| lot.clone()).collect::<Vec<_>>()
        });
        (!lots.is_empty()).then(|| t_string!(i18n, tour.known_lots, lots = lots.join(", ")))
    };
    let described = move |code: &str| link.both(|_, common| door::product(common, code, link.today()).cloned());
    // What follows from the product and the lot is filled in, and can be written over.
    let product_chosen = move |code: String| {
        if let Some(known) = untrack(|| described(&code)) {
            per_unit.set(u32::from(known.doses_per_vial.max(1)));
            if form.get_untracked() != DoseForm::PreparedSyringe {
                form.set(usual_form(known.form));
            }
        }
        let only = known.with_untracked(|known| {
            let mut of_product = known.iter().filter(|(_, known, _)| *known == code);
            of_product.next().filter(|_| of_product.next().is_none()).cloned()
        });
        if let Some((number, _, day)) = only {
            lot.set(number);
            expiry.set(fr::date_short(day.0));
        }
    };
    let lot_typed = move |typed: String| {
        let found = known.with_untracked(|known| known.iter().find(|(lot, ..)| *lot == typed.trim()).cloned());
        if let Some((_, code, day)) = found {
            expiry.set(fr::date_short(day.0));
            product.set(code);
        }
    };
    let prepared = move || form.get() == DoseForm::PreparedSyringe;
    let end = Memo::new(move |_| {
        let minutes =
            product.with(|code| described(code)).and_then(|known| known.prepared_syringe.map(|kept| kept.minutes));
        let from = prepared_at.with(|typed| link.common(|common| words::read_time(common, link.now_once(), typed)))?;
        let end = from.plus_minutes(i64::from(minutes?));
        Some(link.common(|common| words::field_time(common, end)))
    });
    let save = move |()| {
        let now = link.now_once();
        let Some(day) = expiry.with_untracked(|typed| words::read_day(typed)) else {
            wrong_day.set(Some(t_string!(i18n, tour.date_wrong).to_owned()));
            return;
        };
        wrong_day.set(None);
        let form = form.get_untracked();
        let preparation = if form == DoseForm::PreparedSyringe {
            let read = |typed: &str| link.glance(|_, common| words::read_time(common, now, typed));
            let until = use_by.get_untracked();
            let until = if until.trim().is_empty() { end.get_untracked().unwrap_or_default() } else { until };
            let (Some(at), Some(until)) = (prepared_at.with_untracked(|typed| read(typed)), read(&until)) else {
                wrong_time.set(Some(t_string!(i18n, tour.time_wrong).to_owned()));
                return;
            };
            // A time before the preparation is one of the next morning.
            let until = if until <= at { until.plus_minutes(24 * 60) } else { until };
            Some(Preparation {
                by: by.get_untracked().trim().to_owned(),
                vial: vial.get_untracked().trim().to_owned(),
                at,
                use_by: until,
            })
        } else {
            None
        };
        wrong_time.set(None);
        let narrow = |value: u32| u16::try_from(value).unwrap_or(u16::MAX);
        let per_unit =
            if form == DoseForm::Vial { u8::try_from(per_unit.get_untracked()).unwrap_or(u8::MAX) } else { 1 };
        let loaded = DosesLoaded {
            product: product.get_untracked(),
            lot: lot.get_untracked(),
            expiry: day,
            form,
            units: narrow(units.get_untracked()),
            doses_per_unit: per_unit,
            preparation,
            received_from: Some(from.get_untracked().trim().to_owned()).filter(|from| !from.is_empty()),
        };
        link.problem.set(None::<Failure>);
        link.write(vec![Command::Load(loaded)], move || {
            draft.done();
            done.run(());
        });
    };
    let forms = [DoseForm::PreparedSyringe, DoseForm::Vial, DoseForm::Prefilled, DoseForm::PowderSolvent]
        .map(|form| Choice::new(form, move || form_word(i18n, form)))
        .to_vec();
    let incomplete = move || product.with(String::is_empty) || lot.with(|lot| lot.trim().is_empty());
    view! {
        <div class="stack load-form" data-testid="load-form">
            <ChoiceRow
                legend=move || t_string!(i18n, tour.form)
                choices=forms
                value=move || Some(form.get())
                on_change=move |chosen| form.set(chosen)
                testid="load-form-choice"
            />
            <SelectField
                label=move || t_string!(i18n, tour.product)
                value=product
                options=options
                on_change=Callback::new(product_chosen)
                testid="load-product"
            />
            <div class="pair">
                <TextField
                    label=move || t_string!(i18n, tour.lot)
                    value=lot
                    keys=Keys::Code
                    hint=Signal::derive(lots_hint)
                    on_change=Callback::new(lot_typed)
                    testid="load-lot"
                />
                <DateField
                    label=move || t_string!(i18n, tour.lot_expiry)
                    value=expiry
                    error=wrong_day
                    testid="load-expiry"
                />
            </div>
            <div class="pair">
                <Stepper
                    label=move || {
                        if form.get() == DoseForm::Vial {
                            t_string!(i18n, tour.vials)
                        } else {
                            t_string!(i18n, tour.syringes)
                        }
                    }
                    value=units
                    on_change=move |count| units.set(count)
                    min=1
                    testid="load-units"
                />
                <Show when=move || form.get() == DoseForm::Vial>
                    <Stepper
                        label=move || t_string!(i18n, tour.per_vial)
                        value=per_unit
                        on_change=move |count| per_unit.set(count)
                        min=1
                        testid="load-per-unit"
                    />
                </Show>
            </div>
            <Show when=prepared>
                <div class="pair">
                    <TextField label=move || t_string!(i18n, tour.prepared_by) value=by testid="load-by" />
                    <TextField
                        label=move || t_string!(i18n, tour.prepared_vial)
                        value=vial
                        optional=true
                        testid="load-vial"
                    />
                </div>
                <div class="pair">
                    <TimeField
                        label=move || t_string!(i18n, tour.prepared_at)
                        value=prepared_at
                        error=wrong_time
                        testid="load-at"
                    />
                    <TimeField
                        label=move || t_string!(i18n, tour.use_before)
                        value=use_by
                        hint=move || end.get().map(|end| t_string!(i18n, tour.use_before_hint, hour = end))
                        testid="load-use-by"
                    />
                </div>
            </Show>
            <TextField
                label=move || t_string!(i18n, tour.received_from)
                value=from
                optional=true
                testid="load-from"
            />
            <Problem link=link />
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, tour.load_save)
                    icon=Glyph::Check
                    weight=Weight::Primary
                    disabled=Signal::derive(move || incomplete() || link.busy.get())
                    on_press=save
                    testid="load-save"
                />
            </div>
        </div>
    }
}
