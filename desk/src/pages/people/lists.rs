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

/// A wish that is being typed and stands in no list yet.
#[derive(Clone, Copy)]
pub struct WishTyped {
    /// The product's code.
    pub product: RwSignal<String>,
    /// The rank of the dose.
    pub rank: RwSignal<String>,
    /// Whether somebody tried to save: then what is missing is said.
    tried: RwSignal<bool>,
}

/// The most doses that one series may have.
const LAST_RANK: u8 = 20;

impl WishTyped {
    /// Begins with nothing.
    pub fn new(tried: RwSignal<bool>) -> Self {
        Self { product: RwSignal::default(), rank: RwSignal::default(), tried }
    }

    fn rank_wrong(self) -> bool {
        self.rank.with(|text| {
            !text.trim().is_empty() && !text.trim().parse().is_ok_and(|rank| (1..=LAST_RANK).contains(&rank))
        })
    }

    /// Puts what is typed in the list. Says whether nothing is left that is typed and stands in no list.
    pub fn add_to(self, wishes: RwSignal<Vec<Wish>>) -> bool {
        let product = self.product.get_untracked();
        if product.is_empty() || untrack(|| self.rank_wrong()) {
            return product.is_empty() && self.rank.with_untracked(|text| text.trim().is_empty());
        }
        let wish = Wish { product, rank: self.rank.with_untracked(|text| text.trim().parse().ok()) };
        wishes.update(|wishes| {
            wishes.retain(|known| known.product != wish.product);
            wishes.push(wish);
        });
        self.product.set(String::new());
        self.rank.set(String::new());
        true
    }
}

/// Vaccines wished, each with its rank when it is known.
#[component]
pub fn Wishes(
    /// The list.
    wishes: RwSignal<Vec<Wish>>,
    /// What is being typed.
    typed: WishTyped,
    /// Products that may be wished now.
    products: Products,
    /// Every product, for the names of those that were.
    known: Products,
) -> impl IntoView {
    let i18n = use_i18n();
    let rank_wrong = move || typed.rank_wrong().then(|| t_string!(i18n, desk.a_rank_wrong, most = LAST_RANK));
    let no_product = move || {
        let wrong = typed.tried.get() && typed.product.with(String::is_empty) && !typed.rank.with(String::is_empty);
        wrong.then(|| t_string!(i18n, desk.a_need).to_owned())
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
            <SelectField
                label=move || t_string!(i18n, desk.a_wish)
                value=typed.product
                options=products
                error=no_product
                optional=true
                testid="wish"
            />
            <NumberField label=move || t_string!(i18n, desk.a_rank) value=typed.rank whole=true error=rank_wrong optional=true />
            <Button
                label=move || t_string!(i18n, desk.a_add_wish)
                icon=Glyph::Plus
                disabled=Signal::derive(move || typed.product.with(String::is_empty) || typed.rank_wrong())
                on_press=move |()| {
                    typed.add_to(wishes);
                }
                testid="wish-add"
            />
        </div>
    }
}

/// An earlier dose that is being typed and stands in no list yet.
#[derive(Clone, Copy)]
pub struct DoseTyped {
    /// The product's code.
    pub product: RwSignal<String>,
    /// Its date.
    pub on: RwSignal<String>,
    /// Its lot number.
    pub lot: RwSignal<String>,
    /// Whether somebody tried to save: then what is missing is said.
    tried: RwSignal<bool>,
}

impl DoseTyped {
    /// Begins with nothing.
    pub fn new(tried: RwSignal<bool>) -> Self {
        Self { product: RwSignal::default(), on: RwSignal::default(), lot: RwSignal::default(), tried }
    }

    fn on_wrong(self) -> bool {
        self.on.with(|text| !text.trim().is_empty() && words::read_partial(text).is_none())
    }

    fn half(self) -> bool {
        let typed = |text: &String| !text.trim().is_empty();
        self.product.with(String::is_empty) && (self.on.with(typed) || self.lot.with(typed))
    }

    /// Puts what is typed in the list. Says whether nothing is left that is typed and stands in no list.
    pub fn add_to(self, doses: RwSignal<Vec<PriorDose>>) -> bool {
        if untrack(|| self.half() || self.on_wrong()) {
            return false;
        }
        let product = self.product.get_untracked();
        if !product.is_empty() {
            let on = self.on.with_untracked(|text| words::read_partial(text));
            let lot = Some(self.lot.get_untracked().trim().to_owned()).filter(|lot| !lot.is_empty());
            doses.update(|doses| doses.push(PriorDose { product, on, lot }));
            for one in [self.product, self.on, self.lot] {
                one.set(String::new());
            }
        }
        true
    }
}

/// Doses that she had before, each with its date as far as it is known.
#[component]
pub fn Doses(doses: RwSignal<Vec<PriorDose>>, typed: DoseTyped, products: Products) -> impl IntoView {
    let i18n = use_i18n();
    let wrong = move || typed.on_wrong().then(|| t_string!(i18n, desk.a_date_wrong).to_owned());
    let no_product = move || (typed.tried.get() && typed.half()).then(|| t_string!(i18n, desk.a_need).to_owned());
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
            <SelectField
                label=move || t_string!(i18n, desk.a_dose)
                value=typed.product
                options=products
                error=no_product
                optional=true
                testid="dose"
            />
            <DateField
                label=move || t_string!(i18n, desk.a_dose_date)
                value=typed.on
                partial=true
                error=wrong
                optional=true
                testid="dose-on"
            />
            <TextField label=move || t_string!(i18n, visit.past_lot) value=typed.lot optional=true />
            <Button
                label=move || t_string!(i18n, desk.a_add_dose)
                icon=Glyph::Plus
                disabled=Signal::derive(move || typed.product.with(String::is_empty) || typed.on_wrong())
                on_press=move |()| {
                    typed.add_to(doses);
                }
            />
        </div>
    }
}
