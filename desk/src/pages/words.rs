//! Codes put into words, and dates and hours as a coordinator reads them.

use crate::client::DeskError;
use crate::components::{Tone, fr};
use crate::i18n::{I18n, Locale};
use perron_desk_api::{PersonLine, PersonState, RoundStage};
use perron_domain::date::{Day, PartialDate};
use perron_domain::fact::{ContainerKind, IncidentKind, KitItem, Outcome, Role};
use perron_domain::people::{Audience, Priority};
use perron_domain::time::Wall;
use perron_domain::zone::{PARIS, Zone};
use std::cell::Cell;

/// Words for rows that are built once: they do not follow the language, which is only changed on another page.
macro_rules! say {
    ($($words:tt)*) => { leptos::prelude::untrack(|| $crate::i18n::t_string!($($words)*)) };
}
pub(super) use say;

/// Returns the sentence for a request that came to nothing.
pub fn sentence(i18n: I18n, error: &DeskError) -> String {
    let DeskError::Refused { code, message } = error else {
        return match error {
            DeskError::Offline => say!(i18n, desk.err_offline).to_owned(),
            DeskError::Nothing => say!(i18n, desk.ref_unknown).to_owned(),
            _ => say!(i18n, desk.err_unreadable).to_owned(),
        };
    };
    match code.as_str() {
        "lot_expired" => say!(i18n, desk.ref_lot_expired).to_owned(),
        "lot_doubtful" => say!(i18n, desk.ref_lot_doubtful).to_owned(),
        "lot_isolated" => say!(i18n, desk.ref_lot_isolated).to_owned(),
        "empty" => say!(i18n, desk.ref_empty).to_owned(),
        "reason_needed" => say!(i18n, desk.ref_reason).to_owned(),
        "out_of_range" => say!(i18n, desk.ref_range).to_owned(),
        "other_product" => say!(i18n, desk.ref_product).to_owned(),
        "too_many_people" => say!(i18n, desk.ref_people).to_owned(),
        "impossible_birth" => say!(i18n, desk.ref_birth).to_owned(),
        "update_needed" => say!(i18n, desk.ref_update).to_owned(),
        "not_rpps" => say!(i18n, desk.ref_rpps).to_owned(),
        "no_such_gap" => say!(i18n, desk.ref_no_gap).to_owned(),
        "must_keep" => say!(i18n, desk.ref_keep).to_owned(),
        "still_planned" => say!(i18n, desk.ref_planned).to_owned(),
        "unknown" => say!(i18n, desk.ref_unknown).to_owned(),
        "role_needed" => say!(i18n, desk.ref_role).to_owned(),
        "effect_in_the_past" => say!(i18n, desk.ref_past).to_owned(),
        "later_version" => say!(i18n, desk.ref_later).to_owned(),
        "version_order" => say!(i18n, desk.ref_order).to_owned(),
        "not_your_layer" => say!(i18n, desk.ref_layer).to_owned(),
        "problems" => say!(i18n, desk.ref_problems).to_owned(),
        "cannot_correct" => say!(i18n, desk.ref_correct).to_owned(),
        "relays_own" => say!(i18n, desk.ref_relays_own).to_owned(),
        _ => message.clone(),
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

/// Returns the word for what somebody does in the relay.
pub fn role(i18n: I18n, role: Role) -> &'static str {
    match role {
        Role::Nurse => say!(i18n, desk.role_nurse),
        Role::Coordinator => say!(i18n, desk.role_coordinator),
        Role::Head => say!(i18n, desk.role_head),
        Role::Physician => say!(i18n, desk.role_physician),
        Role::Preparer => say!(i18n, desk.role_preparer),
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
pub fn likeness(i18n: I18n, code: &str) -> String {
    match code {
        "same_name" => say!(i18n, desk.like_same_name).to_owned(),
        "close_name" => say!(i18n, desk.like_close_name).to_owned(),
        "same_birth" => say!(i18n, desk.like_same_birth).to_owned(),
        "close_birth" => say!(i18n, desk.like_close_birth).to_owned(),
        "same_phone" => say!(i18n, desk.like_same_phone).to_owned(),
        "same_address" => say!(i18n, desk.like_same_address).to_owned(),
        other => other.to_owned(),
    }
}

/// Returns what is to be done before a draft can be published.
pub fn blocking(i18n: I18n, code: &str) -> String {
    match code {
        "label" => say!(i18n, desk.b_label).to_owned(),
        "team" => say!(i18n, desk.b_team).to_owned(),
        "nurses" => say!(i18n, desk.b_nurses).to_owned(),
        "tablet" => say!(i18n, desk.b_tablet).to_owned(),
        "stops" => say!(i18n, desk.b_stops).to_owned(),
        "lot_expired" => say!(i18n, desk.b_lot_expired).to_owned(),
        "lot_isolated" => say!(i18n, desk.b_lot_isolated).to_owned(),
        other => other.to_owned(),
    }
}

/// Returns what the coordinator should know of a draft.
pub fn warning(i18n: I18n, code: &str) -> String {
    match code {
        "past" => say!(i18n, desk.w_past).to_owned(),
        "windows" => say!(i18n, desk.w_windows).to_owned(),
        "unlocated" => say!(i18n, desk.w_unlocated).to_owned(),
        "no_wish" => say!(i18n, desk.w_no_wish).to_owned(),
        "few_doses" => say!(i18n, desk.w_few_doses).to_owned(),
        "no_lot" => say!(i18n, desk.w_no_lot).to_owned(),
        other => other.to_owned(),
    }
}

/// Returns the name of an item of the kit, inside a sentence.
pub fn kit(i18n: I18n, item: KitItem) -> &'static str {
    match item {
        KitItem::EmergencyKit => say!(i18n, desk.kit_emergency_kit),
        KitItem::Adrenaline => say!(i18n, desk.kit_adrenaline),
        KitItem::SignedProtocol => say!(i18n, desk.kit_signed_protocol),
        KitItem::SharpsBox => say!(i18n, desk.kit_sharps_box),
        KitItem::YellowBags => say!(i18n, desk.kit_yellow_bags),
        KitItem::ProtectiveEquipment => say!(i18n, desk.kit_protective_equipment),
        KitItem::OnCallNumber => say!(i18n, desk.kit_on_call_number),
        KitItem::Battery => say!(i18n, desk.kit_battery),
        KitItem::OfflineStorage => say!(i18n, desk.kit_offline_storage),
        KitItem::BoxTemperature => say!(i18n, desk.kit_box_temperature),
        KitItem::Doses => say!(i18n, desk.kit_doses),
        KitItem::OrdinaryBag => say!(i18n, desk.kit_ordinary_bag),
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
}

/// Takes the relay's wall clock, once it is known.
pub fn set_zone(utc_offset_minutes: i16) {
    ZONE.set(Zone::of_offset(utc_offset_minutes));
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
