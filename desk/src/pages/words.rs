//! Codes put into words, and dates and hours as a coordinator reads them.

use crate::client::DeskError;
use crate::components::{Tone, fr};
use crate::i18n::{I18n, Locale};
use perron_desk_api::{Blocking, Likeness, PersonLine, PersonState, Refused, RelayView, RoundStage, Warning, Why};
use perron_domain::date::{Day, PartialDate};
use perron_domain::fact::{ContainerKind, DecidedAs, IncidentKind, Outcome};
use perron_domain::people::{Audience, Priority};
use perron_domain::time::Wall;
use perron_domain::zone::{PARIS, Zone};
use perron_ui::words::refusal;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

pub use perron_ui::words::{kit_word as kit, role_word as role};

/// Words for rows that are built once: they do not follow the language, which is only changed on another page.
macro_rules! say {
    ($($words:tt)*) => { leptos::prelude::untrack(|| $crate::i18n::t_string!($($words)*)) };
}
pub(super) use say;

/// Returns the sentence for a request that came to nothing.
pub fn sentence(i18n: I18n, error: &DeskError) -> String {
    match error {
        DeskError::Offline => say!(i18n, desk.err_offline).to_owned(),
        DeskError::Unreadable => say!(i18n, desk.err_unreadable).to_owned(),
        DeskError::Nothing => say!(i18n, desk.ref_unknown).to_owned(),
        DeskError::Refused(Refused { why: Why::Work(refused), .. }) => {
            leptos::prelude::untrack(|| refusal(i18n, zone(), product, refused))
        }
        DeskError::Refused(Refused { message, .. }) => message.clone(),
    }
}

/// Returns the sentence of the screen's language.
pub fn tongue(i18n: I18n, fr: String, en: String) -> String {
    if i18n.get_locale_untracked() == Locale::fr { fr } else { en }
}

/// Returns the word for how a visit ended, and its tone.
pub fn outcome(i18n: I18n, outcome: Option<Outcome>) -> (Tone, String) {
    let (tone, word) = match outcome {
        None => (Tone::Neutral, say!(i18n, desk.out_open)),
        Some(Outcome::Vaccinated) => (Tone::Good, say!(i18n, desk.out_vaccinated)),
        Some(Outcome::Refused) => (Tone::Warning, say!(i18n, desk.out_refused)),
        Some(Outcome::Absent) => (Tone::Warning, say!(i18n, desk.out_absent)),
        Some(Outcome::Postponed) => (Tone::Info, say!(i18n, desk.out_postponed)),
        Some(Outcome::NotEligible) => (Tone::Info, say!(i18n, desk.out_not_eligible)),
        Some(Outcome::Moved) => (Tone::Info, say!(i18n, desk.out_moved)),
        Some(Outcome::Hospitalised) => (Tone::Info, say!(i18n, desk.out_hospitalised)),
        Some(Outcome::Deceased) => (Tone::Neutral, say!(i18n, desk.out_deceased)),
        Some(Outcome::VaccinatedElsewhere) => (Tone::Info, say!(i18n, desk.out_elsewhere)),
    };
    (tone, word.to_owned())
}

/// Returns the word for where a round stands, and its tone.
pub fn stage(i18n: I18n, stage: RoundStage) -> (Tone, String) {
    let (tone, word) = match stage {
        RoundStage::Draft => (Tone::Neutral, say!(i18n, desk.stage_draft)),
        RoundStage::Published => (Tone::Info, say!(i18n, desk.stage_published)),
        RoundStage::Departed => (Tone::Warning, say!(i18n, desk.stage_departed)),
        RoundStage::Closed => (Tone::Good, say!(i18n, desk.stage_closed)),
        RoundStage::Cancelled => (Tone::Danger, say!(i18n, desk.stage_cancelled)),
    };
    (tone, word.to_owned())
}

/// Returns the word for where a person stands, and its tone.
pub fn state(i18n: I18n, state: &PersonState) -> (Tone, String) {
    match state {
        PersonState::ToVisit => (Tone::Neutral, say!(i18n, desk.state_to_visit).to_owned()),
        PersonState::Planned { .. } => (Tone::Info, say!(i18n, desk.state_planned).to_owned()),
        PersonState::Seen { outcome: ended, .. } => outcome(i18n, Some(*ended)),
        PersonState::NeverAgain { .. } => (Tone::Danger, say!(i18n, desk.state_never).to_owned()),
    }
}

/// Returns the word for a priority.
pub fn priority(i18n: I18n, priority: Priority) -> &'static str {
    match priority {
        Priority::VeryHighRisk => say!(i18n, desk.prio_very_high_risk),
        Priority::Elder => say!(i18n, desk.prio_elder),
        Priority::Immunocompromised => say!(i18n, desk.prio_immunocompromised),
        Priority::Comorbidity => say!(i18n, desk.prio_comorbidity),
        Priority::Pregnant => say!(i18n, desk.prio_pregnant),
    }
}

/// Returns the word for the code of a priority in a filter.
pub fn priority_code(i18n: I18n, code: &str) -> String {
    let known = match code {
        "very_high_risk" => Priority::VeryHighRisk,
        "elder" => Priority::Elder,
        "immunocompromised" => Priority::Immunocompromised,
        "comorbidity" => Priority::Comorbidity,
        "pregnant" => Priority::Pregnant,
        other => return other.to_owned(),
    };
    priority(i18n, known).to_owned()
}

/// Returns the word for the code of an audience in a filter.
pub fn audience_code(i18n: I18n, code: &str) -> String {
    let known = match code {
        "precarious" => Audience::Precarious,
        "young" => Audience::Young,
        "elderly_isolated" => Audience::ElderlyIsolated,
        "reduced_mobility" => Audience::ReducedMobility,
        "no_family_doctor" => Audience::NoFamilyDoctor,
        "collective" => Audience::Collective,
        other => return other.to_owned(),
    };
    match known {
        Audience::Precarious => say!(i18n, desk.aud_precarious),
        Audience::Young => say!(i18n, desk.aud_young),
        Audience::ElderlyIsolated => say!(i18n, desk.aud_elderly_isolated),
        Audience::ReducedMobility => say!(i18n, desk.aud_reduced_mobility),
        Audience::NoFamilyDoctor => say!(i18n, desk.aud_no_family_doctor),
        Audience::Collective => say!(i18n, desk.aud_collective),
    }
    .to_owned()
}

/// Returns the words for what two people have in common.
pub fn likeness(i18n: I18n, code: Likeness) -> &'static str {
    match code {
        Likeness::SameName => say!(i18n, desk.like_same_name),
        Likeness::CloseName => say!(i18n, desk.like_close_name),
        Likeness::SameBirth => say!(i18n, desk.like_same_birth),
        Likeness::CloseBirth => say!(i18n, desk.like_close_birth),
        Likeness::SamePhone => say!(i18n, desk.like_same_phone),
        Likeness::SameAddress => say!(i18n, desk.like_same_address),
    }
}

/// Returns what is to be done before a draft can be published.
pub fn blocking(i18n: I18n, code: Blocking) -> &'static str {
    match code {
        Blocking::Label => say!(i18n, desk.b_label),
        Blocking::Team => say!(i18n, desk.b_team),
        Blocking::Nurses => say!(i18n, desk.b_nurses),
        Blocking::Tablet => say!(i18n, desk.b_tablet),
        Blocking::Stops => say!(i18n, desk.b_stops),
        Blocking::LotExpired => say!(i18n, desk.b_lot_expired),
        Blocking::LotIsolated => say!(i18n, desk.b_lot_isolated),
    }
}

/// Returns what the coordinator should know of a draft.
pub fn warning(i18n: I18n, code: Warning) -> &'static str {
    match code {
        Warning::Past => say!(i18n, desk.w_past),
        Warning::Windows => say!(i18n, desk.w_windows),
        Warning::Unlocated => say!(i18n, desk.w_unlocated),
        Warning::NoWish => say!(i18n, desk.w_no_wish),
        Warning::FewDoses => say!(i18n, desk.w_few_doses),
        Warning::NoLot => say!(i18n, desk.w_no_lot),
    }
}

/// Returns the name of a waste container.
pub fn container(i18n: I18n, kind: ContainerKind) -> &'static str {
    match kind {
        ContainerKind::SharpsBox => say!(i18n, desk.box_sharps),
        ContainerKind::YellowBag => say!(i18n, desk.box_yellow),
        ContainerKind::Drum => say!(i18n, desk.box_drum),
        ContainerKind::Carton => say!(i18n, desk.box_carton),
        ContainerKind::OrdinaryBag => say!(i18n, desk.box_ordinary),
    }
}

/// Returns the word for the quality in which somebody decides about doses.
pub fn quality(i18n: I18n, quality: DecidedAs) -> &'static str {
    match quality {
        DecidedAs::Head => say!(i18n, stock.as_head),
        DecidedAs::Physician => say!(i18n, stock.as_physician),
        DecidedAs::Pharmacist => say!(i18n, stock.as_pharmacist),
    }
}

/// Returns the name of an incident.
pub fn incident(i18n: I18n, kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Reaction => say!(i18n, desk.inc_reaction),
        IncidentKind::Faint => say!(i18n, desk.inc_faint),
        IncidentKind::NeedleStick => say!(i18n, desk.inc_needle),
        IncidentKind::Emergency => say!(i18n, desk.inc_emergency),
        IncidentKind::Access => say!(i18n, desk.inc_access),
    }
}

thread_local! {
    /// The relay's wall clock: the tablets show it, whatever this computer believes of where it stands.
    static ZONE: Cell<Zone> = const { Cell::new(PARIS) };
    /// Today at the relay; none as long as the relay is not known.
    static TODAY: Cell<Option<Day>> = const { Cell::new(None) };
    /// Whether the relay is one of demonstration, whose rounds are of any day.
    static DEMO: Cell<bool> = const { Cell::new(false) };
    /// The relay's products, by code.
    static PRODUCTS: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// Takes the relay's wall clock and what its products are called, once they are known.
pub fn know(relay: &RelayView) {
    ZONE.set(Zone::named(&relay.territory, relay.utc_offset_minutes));
    TODAY.set(Some(relay.today));
    DEMO.set(relay.demo);
    PRODUCTS.set(relay.products.iter().cloned().collect());
}

/// Returns what a product is called; its code, as long as the relay is not known.
pub fn product(code: &str) -> String {
    PRODUCTS.with_borrow(|products| products.get(code).cloned()).unwrap_or_else(|| code.to_owned())
}

/// Returns today at the relay, once it is known.
pub fn today() -> Option<Day> {
    TODAY.get()
}

/// Returns the day with which a round's day is compared: none in a relay of demonstration, whose story has its own days.
pub fn today_of_rounds() -> Option<Day> {
    today().filter(|_| !DEMO.get())
}

/// Returns the relay's wall clock.
pub fn zone() -> Zone {
    ZONE.get()
}

/// Returns an hour: «18 h 42».
pub fn hour(i18n: I18n, at: Wall) -> String {
    let minute = u32::from(ZONE.get().minute(at));
    fr::time(i18n.get_locale_untracked(), minute / 60, minute % 60)
}

/// Returns a day and an hour: «le 20/01/2026 à 18 h 42».
pub fn moment(i18n: I18n, at: Wall) -> String {
    say!(i18n, desk.at, date = day_of(at), time = hour(i18n, at))
}

/// Returns the day of a moment: «20/01/2026».
pub fn day_of(at: Wall) -> String {
    fr::date_short(ZONE.get().day(at).0)
}

/// Returns a French number in pairs, «06 00 00 00 01», and any other as it is.
pub fn phone(number: &str) -> String {
    if number.len() != 10 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let pairs: Vec<&str> = (0..5).filter_map(|pair| number.get(pair * 2..pair * 2 + 2)).collect();
    pairs.join("\u{a0}")
}

/// Returns minutes after midnight as a time field holds them: `09:05`.
pub fn clock_text(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Reads a time field; `None` when it is empty or no hour.
pub fn clock_minutes(text: &str) -> Option<u16> {
    perron_domain::hour::minute(text)
}

/// Returns a birth date as far as it is known: «12/03/1941», «03/1941», «1941».
pub fn partial(date: PartialDate) -> String {
    match date {
        PartialDate::Year(year) => year.to_string(),
        PartialDate::Month(year, month) => format!("{month:02}/{year}"),
        PartialDate::Day(day) => fr::date_short(day.0),
    }
}

/// Returns the birth date and the age of a person.
pub fn birth(i18n: I18n, person: &PersonLine) -> String {
    let Some(date) = person.birth else { return String::new() };
    match person.age {
        Some(age) => format!("{} · {}", partial(date), say!(i18n, desk.years, count = age)),
        None => partial(date),
    }
}

/// Reads a day written `20/01/2026`.
pub fn read_day(text: &str) -> Option<Day> {
    match read_partial(text)? {
        PartialDate::Day(day) => Some(day),
        _ => None,
    }
}

/// Reads a date written `20/01/2026`, `01/2026` or `2026`.
pub fn read_partial(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text.trim().split('/').collect();
    let iso = match parts.as_slice() {
        [year] => (*year).to_owned(),
        [month, year] => format!("{year}-{month:0>2}"),
        [day, month, year] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => return None,
    };
    iso.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_fields_hold_them() {
        assert_eq!(read_day("20/01/2026"), Day::new(2026, 1, 20));
        assert_eq!(read_day("31/02/2026"), None);
        assert_eq!(read_day("01/2026"), None);
        assert_eq!(read_partial("1/2026"), Some(PartialDate::Month(2026, 1)));
        assert_eq!(read_partial("bientôt"), None);
    }

    #[test]
    fn french_numbers_are_read_in_pairs() {
        assert_eq!(phone("0600000001"), "06\u{a0}00\u{a0}00\u{a0}00\u{a0}01");
        assert_eq!(phone("+442079460000"), "+442079460000");
    }

    #[test]
    fn hours_are_read_and_written_as_time_fields_hold_them() {
        assert_eq!(clock_minutes("09:05"), Some(545));
        assert_eq!(clock_minutes("24:00"), None);
        assert_eq!(clock_minutes(""), None);
        assert_eq!(clock_text(545), "09:05");
    }
}
