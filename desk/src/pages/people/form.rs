//! What the relay knows of one person, typed by hand: a request by telephone, or a correction.

use crate::client::{ask, routes};
use crate::components::{Button, Card, DateField, Keys, SelectField, TextArea, TextField, Tick, Weight};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::kept::{Fields, Kept, KeptLine};
use crate::pages::odd::{self, AskOdd, Odd};
use crate::pages::parts::Work;
use crate::pages::people::history::{History, PersonHistory};
use crate::pages::people::lists::{DoseTyped, Doses, WishTyped, Wishes};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{OnDay, ProductLine, StockView};
use perron_domain::people::{Address, PersonRecord, Priority, Protection, Sex};
use perron_domain::phone::dialled;

const PRIORITIES: [Priority; 5] =
    [Priority::VeryHighRisk, Priority::Elder, Priority::Immunocompromised, Priority::Comorbidity, Priority::Pregnant];

/// The form. It gives the whole record back; what it does not show stays as it was.
#[component]
pub fn PersonForm(
    /// What is known so far.
    record: PersonRecord,
    /// The title of the form.
    #[prop(into)]
    title: Signal<String>,
    /// The word on the button.
    #[prop(into)]
    word: Signal<String>,
    /// The sending, whose failure is shown.
    work: Work,
    /// Under which key what is typed is kept.
    form: String,
    /// What stood at the relay when somebody began to type; it is kept with what is typed.
    from: RwSignal<PersonRecord>,
    /// The record as it is now, and the draft, to be settled once it is saved.
    #[prop(into)]
    on_save: Callback<(PersonRecord, Kept)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let tried = RwSignal::new(false);
    let text = |text: &str| RwSignal::new(text.to_owned());
    let maybe = |text: &Option<String>| RwSignal::new(text.clone().unwrap_or_default());
    let (name, given, used) = (text(&record.birth_name), text(&record.given_names), maybe(&record.used_name));
    let birth = RwSignal::new(record.birth.map(words::partial).unwrap_or_default());
    let (sex, phone) = (text(sex_code(record.sex)), maybe(&record.phone));
    let (line, postcode) = (text(&record.address.line), text(&record.address.postcode));
    let (city, floor, code) = (text(&record.address.city), maybe(&record.floor), maybe(&record.door_code));
    let (household, doctor) = (maybe(&record.household), maybe(&record.family_doctor));
    let (language, mobility, notes) = (maybe(&record.language), maybe(&record.mobility), maybe(&record.notes));
    let protection = text(protection_code(record.protection));
    let (unable, worker) = (RwSignal::new(record.unable), RwSignal::new(record.health_worker));
    let priorities = RwSignal::new(record.priorities.clone());
    let (wishes, doses) = (RwSignal::new(record.wishes.clone()), RwSignal::new(record.doses.clone()));
    let history = PersonHistory::of(&record, tried);
    let (wish, dose) = (WishTyped::new(tried), DoseTyped::new(tried));
    let fields = Fields::of(form)
        .with("from", from)
        .texts([("birth_name", name), ("given_names", given), ("used_name", used), ("birth", birth), ("sex", sex)])
        .texts([("phone", phone), ("line", line), ("postcode", postcode), ("city", city), ("floor", floor)])
        .texts([("door_code", code), ("household", household), ("family_doctor", doctor), ("language", language)])
        .texts([("mobility", mobility), ("notes", notes), ("protection", protection)])
        .texts([("wish", wish.product), ("rank", wish.rank), ("dose", dose.product), ("dose_on", dose.on)])
        .texts([("dose_lot", dose.lot)])
        .with("unable", unable)
        .with("health_worker", worker)
        .with("priorities", priorities)
        .with("wishes", wishes)
        .with("doses", doses);
    let kept = history.kept(fields).keep();
    let odd = [
        Odd::of(move || odd::about_name(i18n, &name.get())),
        Odd::of(move || odd::about_name(i18n, &given.get())),
        Odd::of(move || odd::about_name(i18n, &used.get())),
        Odd::of(move || odd::about_birth(i18n, &birth.get())),
    ];
    let stock = LocalResource::new(|| ask(routes::STOCK, (), OnDay::default()));
    let lines = move |pick: fn(StockView) -> Vec<ProductLine>| {
        Signal::derive(move || {
            let found = stock.get().and_then(Result::ok).map(pick).unwrap_or_default();
            found.into_iter().map(|one| (one.code, one.name)).collect::<Vec<_>>()
        })
    };
    let (products, known) = (lines(|stock| stock.products), lines(|stock| stock.known));
    let missing = move |value: RwSignal<String>| {
        move || {
            let empty = tried.get() && value.with(|text| text.trim().is_empty());
            empty.then(|| t_string!(i18n, desk.a_need).to_owned())
        }
    };
    let phone_wrong = move || {
        let wrong = tried.get() && phone.with(|text| !text.trim().is_empty() && dialled(text).is_none());
        wrong.then(|| t_string!(i18n, visit.refusal_phone).to_owned())
    };
    let postcode_wrong = move || {
        let wrong = tried.get() && postcode.with(|text| !text.trim().is_empty() && !is_postcode(text.trim()));
        wrong.then(|| t_string!(i18n, desk.a_postcode_wrong).to_owned())
    };
    let birth_wrong = move || {
        let read = birth.with(|text| words::read_partial(text));
        if read.is_none() {
            return tried.get().then(|| t_string!(i18n, desk.a_date_wrong).to_owned());
        }
        let born = PersonRecord { birth: read, ..PersonRecord::default() };
        let possible = words::today().is_none_or(|today| born.may_be_born(today));
        (!possible).then(|| t_string!(i18n, visit.refusal_birth).to_owned())
    };
    let save = move |()| {
        tried.set(true);
        let typed = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let optional = |value: RwSignal<String>| Some(typed(value)).filter(|text| !text.is_empty());
        let date = words::read_partial(&typed(birth));
        if typed(name).is_empty() || typed(given).is_empty() || typed(line).is_empty() || date.is_none() {
            return;
        }
        if untrack(|| {
            birth_wrong().is_some()
                || phone_wrong().is_some()
                || postcode_wrong().is_some()
                || odd.iter().any(|one| one.waits())
        }) {
            return;
        }
        // A line that was typed and not added goes in too; one that cannot is shown, and nothing is saved without it.
        if !(wish.add_to(wishes) && dose.add_to(doses) && history.add_typed()) {
            return;
        }
        // Coordinates are those of the address as it was imported: another one has none until it is looked up.
        let moved = typed(line) != record.address.line || typed(city) != record.address.city;
        let mut address = if moved { Address::default() } else { record.address.clone() };
        (address.line, address.postcode, address.city) = (typed(line), typed(postcode), typed(city));
        let now = history.into_record(PersonRecord {
            birth_name: typed(name),
            used_name: optional(used),
            given_names: typed(given),
            birth: date,
            sex: sex_of(&typed(sex)),
            phone: optional(phone),
            address,
            floor: optional(floor),
            door_code: optional(code),
            household: optional(household),
            priorities: priorities.get_untracked(),
            health_worker: worker.get_untracked(),
            family_doctor: optional(doctor),
            language: optional(language),
            mobility: optional(mobility),
            protection: protection_of(&typed(protection)),
            unable: unable.get_untracked(),
            wishes: wishes.get_untracked(),
            doses: doses.get_untracked(),
            notes: optional(notes),
            ..record.clone()
        });
        on_save.run((now, kept));
    };
    view! {
        <Card title=title>
            <KeptLine kept=kept />
            <div class="form-grid">
                <TextField label=move || t_string!(i18n, desk.a_birth_name) value=name error=missing(name) testid="birth-name" />
                <TextField label=move || t_string!(i18n, desk.a_given) value=given error=missing(given) testid="given-names" />
                <TextField label=move || t_string!(i18n, desk.a_used_name) value=used optional=true />
                <DateField label=move || t_string!(i18n, desk.a_birth) value=birth partial=true error=birth_wrong testid="birth" />
                <SelectField label=move || t_string!(i18n, desk.a_sex) value=sex options=sexes(i18n) optional=true />
                <TextField label=move || t_string!(i18n, desk.a_phone) value=phone keys=Keys::Phone error=phone_wrong optional=true testid="phone" />
                <TextField label=move || t_string!(i18n, desk.a_line) value=line error=missing(line) testid="address" />
                <TextField label=move || t_string!(i18n, desk.a_postcode) value=postcode keys=Keys::Digits error=postcode_wrong optional=true />
                <TextField label=move || t_string!(i18n, desk.a_city) value=city optional=true />
                <TextField label=move || t_string!(i18n, desk.a_floor) value=floor optional=true />
                <TextField label=move || t_string!(i18n, desk.a_code) value=code optional=true />
                <TextField label=move || t_string!(i18n, desk.a_household) value=household optional=true />
                <TextField label=move || t_string!(i18n, desk.a_doctor) value=doctor optional=true />
                <TextField label=move || t_string!(i18n, desk.a_language) value=language optional=true />
                <TextField label=move || t_string!(i18n, desk.a_mobility) value=mobility optional=true />
                <SelectField label=move || t_string!(i18n, desk.a_protection) value=protection options=protections(i18n) optional=true />
            </div>
            <AskOdd odd=odd.to_vec() />
            <fieldset class="ticks ticks-row">
                <legend>{t!(i18n, desk.a_situation)}</legend>
                {PRIORITIES.into_iter().map(|one| priority(i18n, one, priorities)).collect_view()}
                <Tick label=move || t_string!(i18n, desk.a_worker) value=worker on_change=move |on| worker.set(on) />
                <Tick label=move || t_string!(i18n, desk.a_unable) value=unable on_change=move |on| unable.set(on) />
            </fieldset>
            <Wishes wishes=wishes typed=wish products=products known=known />
            <Doses doses=doses typed=dose products=known />
            <History history=history products=known />
            <TextArea label=move || t_string!(i18n, desk.a_notes) value=notes optional=true />
            {work.failure(i18n)}
            <div class="actions">
                <Button label=word weight=Weight::Primary disabled=work.busy on_press=save testid="save-person" />
            </div>
        </Card>
    }
}

/// Says whether a text is a French postcode: five digits.
fn is_postcode(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|one| one.is_ascii_digit())
}

fn priority(i18n: I18n, one: Priority, chosen: RwSignal<Vec<Priority>>) -> impl IntoView {
    view! {
        <Tick
            label=words::priority(i18n, one)
            value=Signal::derive(move || chosen.with(|chosen| chosen.contains(&one)))
            on_change=move |on| {
                chosen
                    .update(|chosen| {
                        chosen.retain(|known| *known != one);
                        if on {
                            chosen.push(one);
                        }
                    })
            }
        />
    }
}

fn sexes(i18n: I18n) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        [("F", t_string!(i18n, desk.a_female)), ("M", t_string!(i18n, desk.a_male))]
            .map(|(code, word)| (code.to_owned(), word.to_owned()))
            .to_vec()
    })
}

const fn sex_code(sex: Sex) -> &'static str {
    match sex {
        Sex::Unknown => "",
        Sex::Female => "F",
        Sex::Male => "M",
    }
}

fn sex_of(code: &str) -> Sex {
    match code {
        "F" => Sex::Female,
        "M" => Sex::Male,
        _ => Sex::Unknown,
    }
}

fn protections(i18n: I18n) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        [("curatelle", t_string!(i18n, desk.a_curatelle)), ("tutelle", t_string!(i18n, desk.a_tutelle))]
            .map(|(code, word)| (code.to_owned(), word.to_owned()))
            .to_vec()
    })
}

const fn protection_code(protection: Protection) -> &'static str {
    match protection {
        Protection::None => "",
        Protection::Curatelle => "curatelle",
        Protection::Tutelle => "tutelle",
    }
}

fn protection_of(code: &str) -> Protection {
    match code {
        "curatelle" => Protection::Curatelle,
        "tutelle" => Protection::Tutelle,
        _ => Protection::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_has_five_figures() {
        assert!(is_postcode("93140") && is_postcode("01000"));
        for wrong in ["9314", "931400", "9314O", "2A004"] {
            assert!(!is_postcode(wrong), "{wrong}");
        }
    }
}
