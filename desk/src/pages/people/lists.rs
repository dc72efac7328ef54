//! The lists of a person's record: vaccines wished, and doses that she had before.

use crate::components::{Button, DateField, Glyph, NumberField, SelectField, TextField, Weight};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::pages::words;
use leptos::prelude::*;
use perron_domain::people::{PriorDose, Wish};

/// Products to choose from, by code and name.
pub type Products = Signal<Vec<(String, String)>>;

/// Returns the name of a product, or its code.
pub fn name_of(products: Products, code: &str) -> String {
    products.with(|products| {
        products.iter().find(|(known, _)| known == code).map_or_else(|| code.to_owned(), |(_, name)| name.clone())
    })
}

/// One line of a list, with the button that takes it out.
pub fn line(i18n: I18n, title: Signal<String>, remove: impl Fn() + Send + Sync + 'static) -> impl IntoView {
    view! {
        <li class="chosen-lot">
            <span>{move || title.get()}</span>
            <Button
                label=move || t_string!(i18n, desk.e_remove, name = title.get())
                icon=Glyph::Cross
                icon_only=true
                weight=Weight::Quiet
                on_press=move |()| remove()
            />
        </li>
    }
}

/// Vaccines wished, each with its rank when it is known.
#[component]
pub fn Wishes(
    /// The list.
    wishes: RwSignal<Vec<Wish>>,
    /// Products that may be wished now.
    products: Products,
    /// Every product, for the names of those that were.
    known: Products,
) -> impl IntoView {
    let i18n = use_i18n();
    let (product, rank) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let add = move |()| {
        let rank_typed = rank.with_untracked(|text| text.trim().parse::<u8>().ok()).filter(|rank| *rank > 0);
        let wish = Wish { product: product.get_untracked(), rank: rank_typed };
        wishes.update(|wishes| {
            wishes.retain(|known| known.product != wish.product);
            wishes.push(wish);
        });
        product.set(String::new());
        rank.set(String::new());
    };
    let entry = move |wish: Wish| {
        let code = wish.product.clone();
        let title = Signal::derive(move || match wish.rank {
            Some(rank) => t_string!(i18n, desk.a_wish_rank, name = name_of(known, &wish.product), rank = rank),
            None => name_of(known, &wish.product),
        });
        line(i18n, title, move || wishes.update(|wishes| wishes.retain(|known| known.product != code)))
    };
    view! {
        <h3 class="form-part">{move || t_string!(i18n, desk.c_wishes)}</h3>
        <ul class="plain">{move || wishes.get().into_iter().map(entry).collect_view()}</ul>
        <div class="form-grid form-line">
            <SelectField label=move || t_string!(i18n, desk.a_wish) value=product options=products optional=true testid="wish" />
            <NumberField label=move || t_string!(i18n, desk.a_rank) value=rank whole=true optional=true />
            <Button
                label=move || t_string!(i18n, desk.a_add_wish)
                icon=Glyph::Plus
                disabled=Signal::derive(move || product.with(String::is_empty))
                on_press=add
                testid="wish-add"
            />
        </div>
    }
}

/// Doses that she had before, each with its date as far as it is known.
#[component]
pub fn Doses(doses: RwSignal<Vec<PriorDose>>, products: Products) -> impl IntoView {
    let i18n = use_i18n();
    let (product, on) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let lot = RwSignal::new(String::new());
    let wrong = move || {
        let typed = on.with(|text| !text.trim().is_empty() && words::read_partial(text).is_none());
        typed.then(|| t_string!(i18n, desk.a_date_wrong).to_owned())
    };
    let add = move |()| {
        let dose = PriorDose {
            product: product.get_untracked(),
            on: on.with_untracked(|text| words::read_partial(text)),
            lot: Some(lot.get_untracked().trim().to_owned()).filter(|lot| !lot.is_empty()),
        };
        lot.set(String::new());
        doses.update(|doses| doses.push(dose));
        product.set(String::new());
        on.set(String::new());
    };
    let entry = move |(index, dose): (usize, PriorDose)| {
        let title = Signal::derive(move || {
            let date = match dose.on {
                Some(on) => words::partial(on),
                None => t_string!(i18n, desk.a_no_date).to_owned(),
            };
            let lot = dose.lot.as_ref().map(|lot| format!(" · {lot}")).unwrap_or_default();
            format!("{} · {date}{lot}", name_of(products, &dose.product))
        });
        line(i18n, title, move || {
            doses.update(|doses| {
                if index < doses.len() {
                    doses.remove(index);
                }
            });
        })
    };
    view! {
        <h3 class="form-part">{move || t_string!(i18n, desk.a_doses)}</h3>
        <ul class="plain">{move || doses.get().into_iter().enumerate().map(entry).collect_view()}</ul>
        <div class="form-grid form-line">
            <SelectField label=move || t_string!(i18n, desk.a_dose) value=product options=products optional=true />
            <DateField label=move || t_string!(i18n, desk.a_dose_date) value=on partial=true error=wrong optional=true />
            <TextField label=move || t_string!(i18n, visit.past_lot) value=lot optional=true />
            <Button
                label=move || t_string!(i18n, desk.a_add_dose)
                icon=Glyph::Plus
                disabled=Signal::derive(move || product.with(String::is_empty) || wrong().is_some())
                on_press=add
            />
        </div>
    }
}
