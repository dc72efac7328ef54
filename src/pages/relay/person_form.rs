//! Adding one person by hand: a request by telephone.

use super::parts::Work;
use super::words;
use crate::components::{Button, Card, DateField, Keys, Notice, SelectField, TextArea, TextField, Tone, Weight};
use crate::i18n::{t, t_string, use_i18n};
use crate::state::desk;
use leptos::prelude::*;
use perron_domain::people::{Address, PersonRecord, Wish};

/// The form; `on_done` after somebody was added.
#[component]
pub fn PersonForm(
    /// Somebody was added.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let tried = RwSignal::new(false);
    let field = || RwSignal::new(String::new());
    let (name, used, given, birth, phone) = (field(), field(), field(), field(), field());
    let (address, postcode, city, floor, code, notes, wish) =
        (field(), field(), field(), field(), field(), field(), field());
    let stock = LocalResource::new(|| desk::stock(None));
    let products = move || {
        let found = stock.get().and_then(Result::ok);
        found.map(|stock| stock.products.into_iter().map(|one| (one.code, one.name)).collect()).unwrap_or_default()
    };
    let missing = move |value: RwSignal<String>| {
        move || {
            let empty = tried.get() && value.with(|text| text.trim().is_empty());
            empty.then(|| t_string!(i18n, desk.a_need).to_owned())
        }
    };
    let birth_wrong = move || {
        let wrong = tried.get() && birth.with(|text| words::read_partial(text).is_none());
        wrong.then(|| t_string!(i18n, desk.a_date_wrong).to_owned())
    };
    let save = move |()| {
        tried.set(true);
        let text = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let optional = |value: RwSignal<String>| Some(text(value)).filter(|text| !text.is_empty());
        let date = words::read_partial(&text(birth));
        if text(name).is_empty() || text(given).is_empty() || text(address).is_empty() || date.is_none() {
            return;
        }
        let record = PersonRecord {
            birth_name: text(name),
            used_name: optional(used),
            given_names: text(given),
            birth: date,
            phone: optional(phone),
            address: Address { line: text(address), postcode: text(postcode), city: text(city), ..Address::default() },
            floor: optional(floor),
            door_code: optional(code),
            wishes: optional(wish).map(|product| Wish { product, rank: None }).into_iter().collect(),
            notes: optional(notes),
            ..PersonRecord::default()
        };
        work.run(desk::add_person(record), move |_| on_done.run(()));
    };
    view! {
        <Card title=move || t_string!(i18n, desk.people_add)>
            <div class="form-grid">
                <TextField label=move || t_string!(i18n, desk.a_birth_name) value=name error=missing(name) testid="birth-name" />
                <TextField label=move || t_string!(i18n, desk.a_given) value=given error=missing(given) testid="given-names" />
                <TextField label=move || t_string!(i18n, desk.a_used_name) value=used optional=true />
                <DateField label=move || t_string!(i18n, desk.a_birth) value=birth partial=true error=birth_wrong testid="birth" />
                <TextField label=move || t_string!(i18n, desk.a_phone) value=phone keys=Keys::Phone optional=true />
                <SelectField label=move || t_string!(i18n, desk.a_wish) value=wish options=products optional=true />
                <TextField label=move || t_string!(i18n, desk.a_line) value=address error=missing(address) testid="address" />
                <TextField label=move || t_string!(i18n, desk.a_postcode) value=postcode keys=Keys::Digits optional=true />
                <TextField label=move || t_string!(i18n, desk.a_city) value=city optional=true />
                <TextField label=move || t_string!(i18n, desk.a_floor) value=floor optional=true />
                <TextField label=move || t_string!(i18n, desk.a_code) value=code optional=true />
                <TextArea label=move || t_string!(i18n, desk.a_notes) value=notes optional=true />
            </div>
            {work.failure(i18n)}
            <Show when=move || tried.get() && birth_wrong().is_some()>
                <Notice tone=Tone::Warning>
                    <p>{t!(i18n, desk.a_date_wrong)}</p>
                </Notice>
            </Show>
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.a_save)
                    weight=Weight::Primary
                    disabled=work.busy
                    on_press=save
                    testid="save-person"
                />
            </div>
        </Card>
    }
}
