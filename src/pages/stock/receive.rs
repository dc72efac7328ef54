//! Doses received from another team on the way: they come aboard under this tablet's custody.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    door,
    fact::{DoseForm, DosesLoaded, Preparation},
    rules::Form as ProductForm,
};

use super::{
    Desk,
    parts::{Count, said},
    words::{form_glyph, form_word},
};
use crate::{
    components::{
        Card, Choice, ChoiceRow, DateField, Glyph, Keys, MainAction, PageHeader, SelectField, Stepper, TextField,
        TimeField, fr,
    },
    i18n::t_string,
    pages::{visit::link::Problem, words},
};

const FORMS: [DoseForm; 4] = [DoseForm::PreparedSyringe, DoseForm::Vial, DoseForm::Prefilled, DoseForm::PowderSolvent];

/// The form.
#[component]
pub fn Receive(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let form = link.form("doses/receive");
    let product = form.text("product", "");
    let lot = form.text("lot", "");
    let expiry = form.text("expiry", "");
    let way = form.text("form", "0");
    let units = Count::of(form, "units", 1);
    let per_unit = Count::of(form, "per_unit", 0);
    let from = form.text("from", "");
    let by = form.text("by", "");
    let vial = form.text("vial", "");
    let at = form.text("at", "");
    let use_by = form.text("use_by", "");
    let wrong = RwSignal::new(None::<&'static str>);
    let products = Signal::derive(move || {
        link.common(|common| {
            let today = link.today();
            let known = common.directives.iter().flat_map(|directive| &directive.products);
            let mut list: Vec<(String, String)> = known
                .filter(|product| product.takeable(today))
                .map(|product| (product.code.clone(), product.name_fr.clone()))
                .collect();
            list.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
            list.dedup();
            list
        })
    });
    let chosen = Memo::new(move |_| {
        product.with(|code| link.common(|common| door::product(common, code, link.today()).cloned()))
    });
    let chosen_form = move || way.with(|way| way.parse().ok().and_then(|index: usize| FORMS.get(index).copied()));
    let form_now = move || chosen_form().unwrap_or(DoseForm::PreparedSyringe);
    // A product leaves the forms that its maker gives it; a multi-dose vial also travels as prepared syringes.
    let tiles = Signal::derive(move || {
        let of_product = chosen.with(|product| product.as_ref().map(|product| product.form));
        FORMS
            .into_iter()
            .filter(|form| match of_product {
                None => true,
                Some(ProductForm::Vial) => matches!(form, DoseForm::Vial | DoseForm::PreparedSyringe),
                Some(ProductForm::Prefilled) => *form == DoseForm::Prefilled,
                Some(ProductForm::PowderSolvent) => *form == DoseForm::PowderSolvent,
            })
            .map(|form| Choice::new(form, move || form_word(i18n, form)).glyph(form_glyph(form)))
            .collect::<Vec<_>>()
    });
    let product_chosen = move |_: String| {
        let of_product = chosen.with_untracked(|product| product.as_ref().map(|product| product.form));
        let index = match of_product {
            Some(ProductForm::Prefilled) => "2",
            Some(ProductForm::PowderSolvent) => "3",
            _ => "0",
        };
        way.set(index.to_owned());
    };
    // The relay's own lots are known: their day comes by itself.
    let lot_typed = move |typed: String| {
        let known = link.glance(|_, common| {
            common.lots.get(typed.trim()).map(|lot| (fr::date_short(lot.expiry.0), lot.product.clone()))
        });
        if let Some((day, code)) = known {
            expiry.set(day);
            if product.with_untracked(String::is_empty) {
                product.set(code.clone());
                product_chosen(code);
            }
        }
    };
    let doses_per_unit = move || match untrack(form_now) {
        DoseForm::Vial if per_unit.now() > 0 => u8::try_from(per_unit.now()).unwrap_or(u8::MAX),
        DoseForm::Vial => chosen.with_untracked(|product| product.as_ref().map_or(1, |product| product.doses_per_vial)),
        _ => 1,
    };
    let loaded = move || -> Result<DosesLoaded, &'static str> {
        let now = link.now_once();
        let code = said(&product.get_untracked()).ok_or(t_string!(i18n, stock.product_needed))?;
        let expiry = words::read_day(&expiry.get_untracked()).ok_or(t_string!(i18n, stock.expiry_wrong))?;
        let received_from = Some(said(&from.get_untracked()).ok_or(t_string!(i18n, stock.from_needed))?);
        let hour = |text: RwSignal<String>| {
            link.glance(|_, common| words::read_time(common, now, &text.get_untracked()))
                .ok_or(t_string!(i18n, stock.hour_wrong))
        };
        let preparation = match untrack(form_now) {
            DoseForm::PreparedSyringe => Some(Preparation {
                by: by.get_untracked().trim().to_owned(),
                vial: vial.get_untracked().trim().to_owned(),
                at: hour(at)?,
                use_by: hour(use_by)?,
            }),
            _ => None,
        };
        Ok(DosesLoaded {
            product: code,
            lot: lot.get_untracked(),
            expiry,
            form: untrack(form_now),
            units: u16::try_from(units.now()).unwrap_or(u16::MAX),
            doses_per_unit: doses_per_unit(),
            preparation,
            received_from,
        })
    };
    let save = move |()| match loaded() {
        Err(words) => wrong.set(Some(words)),
        Ok(loaded) => {
            wrong.set(None);
            link.write(vec![Command::Load(loaded)], move || {
                form.done();
                desk.go.run("/doses".to_owned());
            });
        }
    };
    view! {
        <PageHeader title=move || t_string!(i18n, stock.receive) back="/doses" />
        <Card>
            <TextField
                label=move || t_string!(i18n, stock.received_from)
                value=from
                placeholder=move || t_string!(i18n, stock.team_example)
                testid="receive-from"
            />
            <SelectField
                label=move || t_string!(i18n, stock.product)
                value=product
                options=products
                on_change=product_chosen
                testid="receive-product"
            />
            <div class="pair">
                <TextField
                    label=move || t_string!(i18n, stock.lot_word)
                    value=lot
                    keys=Keys::Code
                    on_change=lot_typed
                    testid="receive-lot"
                />
                <DateField label=move || t_string!(i18n, stock.expiry) value=expiry testid="receive-expiry" />
            </div>
        </Card>
        <Card>
            <ChoiceRow
                legend=move || t_string!(i18n, stock.travels_as)
                choices=tiles
                value=Signal::derive(chosen_form)
                on_change=move |form: DoseForm| {
                    let index = FORMS.iter().position(|one| *one == form).unwrap_or(0);
                    way.set(index.to_string());
                }
                testid="receive-form"
            />
            <Stepper
                label=move || {
                    if form_now() == DoseForm::Vial { t_string!(i18n, stock.vials) } else { t_string!(i18n, stock.syringes) }
                }
                value=units.signal()
                on_change=move |count| units.set(count)
                min=1
                max=Signal::stored(500)
                testid="receive-units"
            />
            <Show when=move || form_now() == DoseForm::Vial>
                <Stepper
                    label=move || t_string!(i18n, stock.doses_per_vial)
                    value=Signal::derive(move || {
                        let typed = per_unit.signal().get();
                        let known = chosen.with(|product| product.as_ref().map_or(1, |product| product.doses_per_vial));
                        if typed > 0 { typed } else { u32::from(known) }
                    })
                    on_change=move |count| per_unit.set(count)
                    min=1
                    max=Signal::stored(20)
                    testid="receive-per-unit"
                />
            </Show>
            <Show when=move || form_now() == DoseForm::PreparedSyringe>
                <div class="pair">
                    <TextField label=move || t_string!(i18n, stock.prepared_by) value=by testid="receive-by" />
                    <TextField
                        label=move || t_string!(i18n, stock.from_vial)
                        value=vial
                        optional=true
                        testid="receive-vial"
                    />
                </div>
                <div class="pair">
                    <TimeField label=move || t_string!(i18n, stock.prepared_at) value=at testid="receive-at" />
                    <TimeField label=move || t_string!(i18n, stock.use_before_label) value=use_by testid="receive-use-by" />
                </div>
            </Show>
        </Card>
        <Problem link=link />
        <MainAction
            label=move || t_string!(i18n, stock.receive_short)
            icon=Glyph::Download
            busy=link.busy
            hint=move || wrong.get().map(str::to_owned)
            on_press=save
            testid="receive-save"
        />
    }
}
