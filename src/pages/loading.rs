//! Doses that come aboard otherwise than planned: syringes prepared at the relay, another lot, doses of another team. One
//! entry for however many syringes; what follows from the product and the lot is filled in and can be written over.

use leptos::prelude::*;
use perron_domain::{
    date::Day,
    door,
    fact::{DoseForm, DosesLoaded, Preparation},
    hour::About,
    lot::{self, LotDoubt},
    order, rules,
    time::Wall,
};

use super::{
    form::{Count, Form, Tiles},
    hour::{Hour, HourField},
    visit::link::Link,
    words,
};
use crate::{
    components::{Choice, ChoiceRow, DateField, Glyph, Keys, Notice, SelectField, Show, Stepper, TextField, Tone, fr},
    i18n::{I18n, label, t_string},
    lot_questions::{LotQuestions, Questions},
};

/// How doses travel, with the word that a form keeps each by.
const FORMS: &[(&str, DoseForm)] = &[
    ("prepared", DoseForm::PreparedSyringe),
    ("vial", DoseForm::Vial),
    ("prefilled", DoseForm::Prefilled),
    ("powder", DoseForm::PowderSolvent),
];

/// Returns how doses of a product travel when nothing else is said.
#[must_use]
pub const fn usual_form(form: rules::Form) -> DoseForm {
    match form {
        rules::Form::Vial => DoseForm::Vial,
        rules::Form::Prefilled => DoseForm::Prefilled,
        rules::Form::PowderSolvent => DoseForm::PowderSolvent,
    }
}

/// Returns how doses travel, on a tile.
#[must_use]
pub fn form_word(i18n: I18n, form: DoseForm) -> &'static str {
    match form {
        DoseForm::Vial => t_string!(i18n, tour.form_vial),
        DoseForm::PreparedSyringe => t_string!(i18n, tour.form_prepared),
        DoseForm::Prefilled => t_string!(i18n, tour.form_prefilled),
        DoseForm::PowderSolvent => t_string!(i18n, tour.form_powder),
    }
}

const fn glyph(form: DoseForm) -> Glyph {
    match form {
        DoseForm::Vial | DoseForm::PowderSolvent => Glyph::Vial,
        DoseForm::PreparedSyringe | DoseForm::Prefilled => Glyph::Syringe,
    }
}

/// What is typed of one load.
#[derive(Clone, Copy)]
pub struct Loading {
    link: Link,
    product: RwSignal<String>,
    lot: RwSignal<String>,
    expiry: RwSignal<String>,
    way: Tiles<DoseForm>,
    units: Count,
    per_unit: Count,
    by: RwSignal<String>,
    vial: RwSignal<String>,
    at: Hour,
    use_by: Hour,
    from: RwSignal<String>,
    from_needed: bool,
    questions: Questions,
    wrong_day: RwSignal<Option<String>>,
    wrong_hour: RwSignal<Option<String>>,
}

impl Loading {
    /// Says whether a lot is written, and is called again when that changes.
    #[must_use]
    pub fn begun(self) -> bool {
        self.lot.with(|lot| !lot.trim().is_empty())
    }

    /// Returns the load of a form; `from_needed` when the doses come from another team.
    #[must_use]
    pub fn of(link: Link, form: Form, from_needed: bool) -> Self {
        let now = link.glance(|_, common| words::field_time(common, link.now_once()));
        let (product, lot, expiry) = (form.text("product", ""), form.text("lot", ""), form.text("expiry", ""));
        let doubts = Memo::new(move |_| doubts(link, &product.get(), &lot.get(), &expiry.get()));
        let at = Hour::done(link, form.text("at", now));
        // Syringes prepared in the evening are to be used before an hour of the next morning.
        let until = Signal::derive(move || About::After(at.read().unwrap_or_else(|| link.now_once())));
        Self {
            link,
            product,
            lot,
            expiry,
            way: form.tiles("form", FORMS, Some(DoseForm::PreparedSyringe)),
            units: form.count("units", 1),
            per_unit: form.count("per_unit", 0),
            by: form.text("by", ""),
            vial: form.text("vial", ""),
            at,
            use_by: Hour::of(link, form.text("use_by", ""), until),
            from: form.text("from", ""),
            from_needed,
            questions: Questions::of(doubts, form.text("confirmed", "")),
            wrong_day: RwSignal::new(None),
            wrong_hour: RwSignal::new(None),
        }
    }

    fn described(self, code: &str) -> Option<rules::Product> {
        self.link.common(|common| door::product(common, code, self.link.today()).cloned())
    }

    fn way_now(self) -> DoseForm {
        self.way.get().unwrap_or(DoseForm::PreparedSyringe)
    }

    /// Doses in one vial, syringe or box: as typed, else what the product says.
    fn doses_per_unit(self) -> u8 {
        if self.way_now() != DoseForm::Vial {
            return 1;
        }
        match u8::try_from(self.per_unit.signal().get()).unwrap_or(u8::MAX) {
            0 => self.product.with(|code| self.described(code)).map_or(1, |product| product.doses_per_vial.max(1)),
            typed => typed,
        }
    }

    /// When prepared syringes must be used, by the product's own minutes.
    fn end(self) -> Option<Wall> {
        let minutes = self.product.with(|code| self.described(code))?.syringe_minutes()?;
        Some(self.at.read()?.plus_minutes(i64::from(minutes)))
    }

    /// Returns why the lot must not be used, if so.
    fn isolated(self) -> Option<String> {
        self.link.common(|common| {
            self.product.with(|product| self.lot.with(|lot| common.isolation(product, lot).map(str::to_owned)))
        })
    }

    /// Returns what is still missing before the doses can be taken, in a sentence.
    #[must_use]
    pub fn missing(self) -> Option<&'static str> {
        let i18n = self.link.i18n;
        if self.product.with(String::is_empty) {
            Some(t_string!(i18n, stock.product_needed))
        } else if self.lot.with(|lot| lot.trim().is_empty()) {
            Some(t_string!(i18n, stock.lot_needed))
        } else if self.isolated().is_some() {
            Some(t_string!(i18n, stock.lot_isolated))
        } else if self.questions.waiting() {
            Some(t_string!(i18n, stock.doubt_needed))
        } else if self.from_needed && self.from.with(|from| from.trim().is_empty()) {
            Some(t_string!(i18n, stock.from_needed))
        } else {
            None
        }
    }

    /// Returns the load as a fact writes it; none after the field in question says what is wrong with it.
    #[must_use]
    pub fn read(self) -> Option<DosesLoaded> {
        let i18n = self.link.i18n;
        let day = self.expiry.with_untracked(|typed| lot::read_expiry(typed));
        self.wrong_day.set(day.is_none().then(|| t_string!(i18n, stock.expiry_wrong).to_owned()));
        let preparation = untrack(|| self.preparation());
        let hours_wrong = preparation.is_none() && self.way.now() == Some(DoseForm::PreparedSyringe);
        self.wrong_hour.set(hours_wrong.then(|| t_string!(i18n, stock.hour_wrong).to_owned()));
        let from = self.from.get_untracked().trim().to_owned();
        (!hours_wrong).then_some(())?;
        Some(DosesLoaded {
            product: self.product.get_untracked(),
            lot: self.lot.get_untracked(),
            expiry: day?,
            form: untrack(|| self.way_now()),
            units: u16::try_from(self.units.now()).unwrap_or(u16::MAX),
            doses_per_unit: untrack(|| self.doses_per_unit()),
            preparation,
            received_from: (!from.is_empty()).then_some(from),
            range: None,
            confirmed: self.questions.confirmed(),
        })
    }

    fn preparation(self) -> Option<Preparation> {
        if self.way_now() != DoseForm::PreparedSyringe {
            return None;
        }
        let at = self.at.read()?;
        let use_by = if self.use_by.is_empty() { self.end()? } else { self.use_by.read()? };
        Some(Preparation { by: self.by.get().trim().to_owned(), vial: self.vial.get().trim().to_owned(), at, use_by })
    }

    /// Every lot that may be taken: number, product, last day; those of the round first.
    fn lots(self) -> Vec<(String, String, Day)> {
        self.link.both(|round, common| {
            let planned = round.plan.iter().flat_map(|plan| plan.lots.iter());
            let mut lots: Vec<(String, String, Day)> =
                planned.map(|lot| (lot.lot.clone(), lot.product.clone(), lot.expiry)).collect();
            for (id, lot) in &common.lots {
                if lots.iter().all(|(number, product, _)| !id.is(product, number)) {
                    lots.push((lot.printed.clone(), id.product.clone(), lot.expiry));
                }
            }
            lots.retain(|(number, product, _)| common.isolation(product, number).is_none());
            lots
        })
    }

    fn product_chosen(self, code: &str) {
        if let Some(known) = untrack(|| self.described(code)) {
            let usual = usual_form(known.form);
            // A multi-dose vial also travels as prepared syringes; nothing else does.
            if usual != DoseForm::Vial || self.way.now() != Some(DoseForm::PreparedSyringe) {
                self.way.set(usual);
            }
        }
        let lots = untrack(|| self.lots());
        let mut of_product = lots.into_iter().filter(|(_, product, _)| product == code);
        if let (Some((number, _, day)), None) = (of_product.next(), of_product.next()) {
            self.lot.set(number);
            self.expiry.set(fr::date_short(day.0));
        }
    }

    fn lot_typed(self, typed: &str) {
        let mut same = untrack(|| self.lots());
        same.retain(|(lot, ..)| lot::same(lot, typed));
        let chosen = self.product.get_untracked();
        let found = match same.iter().find(|(_, code, _)| *code == chosen) {
            Some(of_product) => Some(of_product),
            // The same number of two products says nothing of which one it is.
            None if chosen.is_empty() && same.len() == 1 => same.first(),
            None => None,
        };
        let Some((number, code, day)) = found.cloned() else { return };
        // What the box says is written over nothing: a different day is asked about.
        if self.expiry.with_untracked(|typed| typed.trim().is_empty()) || chosen.is_empty() {
            self.expiry.set(fr::date_short(day.0));
        }
        if chosen.is_empty() {
            self.product.set(code.clone());
            self.product_chosen(&code);
        }
        self.lot.set(number);
    }

    /// It is the known lot that it looks like: its number and its last day are taken over.
    fn is_known(self, number: String) {
        let known = self.link.glance(|round, common| round.known_lots(common));
        let product = self.product.get_untracked();
        let same = known
            .into_iter()
            .find(|one| lot::same(&one.lot, &number) && one.product.as_ref().is_none_or(|code| *code == product));
        if let Some(day) = same.and_then(|one| one.expiry) {
            self.expiry.set(fr::date_short(day.0));
        }
        self.lot.set(number);
    }
}

/// Returns what speaks against a lot as it is typed.
#[must_use]
pub fn doubts(link: Link, product: &str, typed: &str, expiry: &str) -> Vec<LotDoubt> {
    if product.is_empty() || lot::LotKey::of(typed).is_empty() {
        return Vec::new();
    }
    let today = link.today();
    let known = link.both(|round, common| round.known_lots(common));
    lot::doubts(&known, product, typed, lot::read_expiry(expiry), today)
}

/// The fields of one load.
#[component]
pub fn LoadingFields(
    /// What is typed.
    loading: Loading,
) -> impl IntoView {
    let link = loading.link;
    let i18n = link.i18n;
    let products = Signal::derive(move || {
        link.common(|common| {
            let today = link.today();
            let known = common.directives.iter().flat_map(|directive| &directive.products);
            let mut list: Vec<(String, String)> = known
                .filter(|product| product.takeable(today))
                .map(|product| (product.code.clone(), product.name_fr.clone()))
                .collect();
            order::sort_by(&mut list, |one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
            list.dedup();
            list
        })
    });
    let tiles = Signal::derive(move || {
        let of_product = loading.product.with(|code| loading.described(code)).map(|product| usual_form(product.form));
        FORMS
            .iter()
            .map(|(_, form)| *form)
            .filter(|form| match of_product {
                None => true,
                Some(DoseForm::Vial) => matches!(form, DoseForm::Vial | DoseForm::PreparedSyringe),
                Some(only) => *form == only,
            })
            .map(|form| Choice::new(form, move || form_word(i18n, form)).glyph(glyph(form)))
            .collect::<Vec<_>>()
    });
    let lots_hint = move || {
        let of_product = |code: &String| loading.product.with(|product| product == code);
        let lots: Vec<String> =
            loading.lots().into_iter().filter(|(_, code, _)| of_product(code)).map(|(lot, ..)| lot).collect();
        (!lots.is_empty()).then(|| t_string!(i18n, tour.known_lots, lots = lots.join(", ")))
    };
    let vials = move || loading.way_now() == DoseForm::Vial;
    view! {
        <div class="stack" data-testid="load-form">
            <div class="pair">
                <SelectField
                    label=label!(i18n, stock.product)
                    value=loading.product
                    options=products
                    on_change=Callback::new(move |code: String| loading.product_chosen(&code))
                    testid="load-product"
                />
                <TextField
                    label=label!(i18n, stock.received_from)
                    value=loading.from
                    optional=!loading.from_needed
                    placeholder=label!(i18n, stock.team_example)
                    testid="load-from"
                />
            </div>
            <div class="pair">
                <TextField
                    label=label!(i18n, stock.lot_word)
                    value=loading.lot
                    keys=Keys::Code
                    hint=Signal::derive(lots_hint)
                    on_change=Callback::new(move |typed: String| loading.lot_typed(&typed))
                    testid="load-lot"
                />
                <DateField
                    label=label!(i18n, stock.expiry)
                    value=loading.expiry
                    expiry=true
                    error=loading.wrong_day
                    testid="load-expiry"
                />
            </div>
            {move || {
                loading
                    .isolated()
                    .map(|reason| {
                        view! {
                            <Notice tone=Tone::Danger>
                                <p data-testid="load-isolated">{t_string!(i18n, stock.isolated_why, reason = reason)}</p>
                            </Notice>
                        }
                    })
            }}
            <LotQuestions
                questions=loading.questions
                product=Callback::new(move |code: String| {
                    link.glance(|_, common| words::product_name(common, &code, link.today()))
                })
                on_same=Callback::new(move |number| loading.is_known(number))
            />
            <ChoiceRow
                legend=label!(i18n, stock.travels_as)
                choices=tiles
                value=Signal::derive(move || loading.way.get())
                on_change=move |form| loading.way.set(form)
                testid="load-way"
            />
            <div class="pair">
                <Stepper
                    label=move || if vials() { t_string!(i18n, stock.vials) } else { t_string!(i18n, stock.syringes) }
                    value=loading.units.signal()
                    on_change=move |count| loading.units.set(count)
                    min=1
                    max=Signal::stored(500)
                    testid="load-units"
                />
                <Show when=vials>
                    <Stepper
                        label=label!(i18n, stock.doses_per_vial)
                        value=Signal::derive(move || u32::from(loading.doses_per_unit()))
                        on_change=move |count| loading.per_unit.set(count)
                        min=1
                        max=Signal::stored(20)
                        testid="load-per-unit"
                    />
                </Show>
            </div>
            <Show when=move || loading.way_now() == DoseForm::PreparedSyringe>
                <div class="pair">
                    <TextField label=label!(i18n, stock.prepared_by) value=loading.by testid="load-by" />
                    <TextField
                        label=label!(i18n, stock.from_vial)
                        value=loading.vial
                        optional=true
                        testid="load-vial"
                    />
                </div>
                <div class="pair">
                    <HourField
                        label=label!(i18n, stock.prepared_at)
                        hour=loading.at
                        error=loading.wrong_hour
                        testid="load-at"
                    />
                    <HourField
                        label=label!(i18n, stock.use_before_label)
                        hour=loading.use_by
                        hint=move || loading.end().map(|end| t_string!(i18n, tour.use_before_hint, hour = link.moment(end)))
                        testid="load-use-by"
                    />
                </div>
            </Show>
        </div>
    }
}
