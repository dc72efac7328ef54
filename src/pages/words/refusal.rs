//! Why a step was not saved, in plain words.

use perron_domain::{date::Day, fact::KitItem, refusal::Refusal, state::Common};
use perron_ledger::StoreError;

use super::{answer_of, day, hour, product_name};
use crate::{
    i18n::{I18n, t_string},
    lot_questions,
    state::Failure,
};

/// Returns a refusal in plain words.
#[must_use]
pub fn refusal_text(i18n: I18n, common: &Common, refusal: &Refusal) -> String {
    let name = |code: &str| product_name(common, code, far());
    match refusal {
        Refusal::Unknown(_) => t_string!(i18n, visit.refusal_unknown).to_owned(),
        Refusal::UnknownAccount => t_string!(i18n, visit.refusal_unknown_account).to_owned(),
        Refusal::UnknownProduct { product } => {
            t_string!(i18n, visit.refusal_unknown_product, product = product.clone())
        }
        Refusal::Empty { field } => t_string!(i18n, visit.refusal_empty, field = field_word(i18n, field)),
        Refusal::ReasonNeeded { what } => match *what {
            "observation" => t_string!(i18n, visit.refusal_reason_observation).to_owned(),
            "temperature" => t_string!(i18n, visit.refusal_reason_temperature).to_owned(),
            "drawn" => t_string!(i18n, visit.refusal_reason_drawn).to_owned(),
            _ => t_string!(i18n, visit.refusal_reason).to_owned(),
        },
        Refusal::OutOfRange { field: "lot", max, .. } => t_string!(i18n, visit.refusal_lot_long, max = *max),
        Refusal::OutOfRange { field, min, max } => {
            t_string!(i18n, visit.refusal_range, field = field_word(i18n, field), min = *min, max = *max)
        }
        Refusal::ImpossibleBirth => t_string!(i18n, visit.refusal_birth).to_owned(),
        Refusal::EndsBeforeItBegan => t_string!(i18n, visit.refusal_crossed).to_owned(),
        Refusal::InTheFuture => t_string!(i18n, visit.refusal_future).to_owned(),
        Refusal::NotRpps => t_string!(i18n, visit.refusal_rpps).to_owned(),
        Refusal::LotExpired { lot, expiry } => {
            t_string!(i18n, visit.refusal_lot_expired, lot = lot.clone(), day = day(i18n, *expiry))
        }
        Refusal::LotIsolated { lot, reason } => {
            t_string!(i18n, visit.refusal_lot_isolated, lot = lot.clone(), reason = reason.clone())
        }
        Refusal::LotDoubtful { doubts, .. } => {
            let asked: Vec<String> = doubts.iter().map(|doubt| lot_questions::question(i18n, doubt, name)).collect();
            asked.join(" ")
        }
        Refusal::NotTakeable { product } => t_string!(i18n, visit.refusal_not_takeable, product = name(product)),
        Refusal::SetApart => t_string!(i18n, visit.refusal_set_apart).to_owned(),
        Refusal::NotSetApart => t_string!(i18n, visit.refusal_not_set_apart).to_owned(),
        Refusal::AlreadyAnswered => t_string!(i18n, visit.refusal_answered).to_owned(),
        Refusal::RoleNeeded { .. } => t_string!(i18n, visit.refusal_role).to_owned(),
        Refusal::PastUseBy { use_by } => t_string!(i18n, visit.refusal_use_by, hour = hour(i18n, common, *use_by)),
        Refusal::NotReadyYet { ready_at } => {
            t_string!(i18n, visit.refusal_not_ready, hour = hour(i18n, common, *ready_at))
        }
        Refusal::KeepsShorter { latest } => t_string!(i18n, visit.refusal_keeps, hour = hour(i18n, common, *latest)),
        Refusal::NotEnough { left } => t_string!(i18n, visit.refusal_not_enough, left = (*left).max(0)),
        Refusal::NotInCustody => t_string!(i18n, visit.refusal_custody).to_owned(),
        Refusal::OwnCustody => t_string!(i18n, visit.refusal_own_custody).to_owned(),
        Refusal::NothingToTake => t_string!(i18n, visit.refusal_nothing_to_take).to_owned(),
        Refusal::AlreadyTaken { by } => t_string!(i18n, visit.refusal_already_taken, number = by.0),
        Refusal::NoFreeDose => t_string!(i18n, visit.refusal_no_free_dose).to_owned(),
        Refusal::WrongForm => t_string!(i18n, visit.refusal_form).to_owned(),
        Refusal::CannotReturn => t_string!(i18n, visit.refusal_return).to_owned(),
        Refusal::ColdChainBroken => t_string!(i18n, visit.refusal_cold_chain).to_owned(),
        Refusal::AnswerForbids { outcome } => {
            t_string!(i18n, visit.refusal_answer, answer = answer_of(*outcome).word(i18n))
        }
        Refusal::QuestionsPending { codes } => t_string!(i18n, visit.refusal_questions, count = codes.len()),
        Refusal::HistoryPending { items } => {
            let names: Vec<String> = items.iter().map(|item| super::item_word(i18n, *item)).collect();
            t_string!(i18n, visit.refusal_history, items = names.join(", "))
        }
        Refusal::SameFamily => t_string!(i18n, visit.refusal_same_family).to_owned(),
        Refusal::ImpossiblePast => t_string!(i18n, visit.refusal_past).to_owned(),
        Refusal::DecisionOver => t_string!(i18n, visit.refusal_decision_over).to_owned(),
        Refusal::JudgementNeeded => t_string!(i18n, visit.refusal_judgement).to_owned(),
        Refusal::IdentityNeeded => t_string!(i18n, visit.refusal_identity).to_owned(),
        Refusal::OtherProduct => t_string!(i18n, visit.refusal_other_product).to_owned(),
        Refusal::AlreadyGiven => t_string!(i18n, visit.refusal_already_given).to_owned(),
        Refusal::NoDose => t_string!(i18n, visit.refusal_no_dose).to_owned(),
        Refusal::FollowsFromDose => t_string!(i18n, visit.refusal_follows).to_owned(),
        Refusal::TooManyPeople => t_string!(i18n, visit.refusal_people).to_owned(),
        Refusal::NotPublished => t_string!(i18n, visit.refusal_not_published).to_owned(),
        Refusal::Missing { items } => {
            let items: Vec<&str> = items.iter().map(|item| kit_word(i18n, *item)).collect();
            t_string!(i18n, visit.refusal_missing, items = items.join(", "))
        }
        Refusal::ContainerState => t_string!(i18n, visit.refusal_container).to_owned(),
        Refusal::Gaps { codes } => t_string!(i18n, visit.refusal_gaps, count = codes.len()),
        Refusal::UpdateNeeded { .. } => t_string!(i18n, visit.refusal_update).to_owned(),
        Refusal::RelaysOwn => t_string!(i18n, visit.refusal_relays_own).to_owned(),
        // The others are refused at the desk only, which has words of its own.
        Refusal::CannotCorrect
        | Refusal::NoSuchGap
        | Refusal::MustKeep
        | Refusal::StillPlanned
        | Refusal::NotYourLayer
        | Refusal::EffectInThePast { .. }
        | Refusal::LaterVersion { .. }
        | Refusal::VersionOrder { .. }
        | Refusal::UnknownDirective { .. } => t_string!(i18n, visit.refusal_correct).to_owned(),
    }
}

/// Returns why a step was not saved, whether the work's rules refused it or the device could not keep it.
#[must_use]
pub fn failure_text(i18n: I18n, common: &Common, failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => refusal_text(i18n, common, refusal),
        Failure::Store(error) => store_text(i18n, error).to_owned(),
        Failure::NotOpen => t_string!(i18n, visit.failure_not_open).to_owned(),
        Failure::NotEnrolled => t_string!(i18n, visit.failure_not_enrolled).to_owned(),
        Failure::NoRound => t_string!(i18n, visit.failure_no_round).to_owned(),
        Failure::Elsewhere => t_string!(i18n, visit.failure_elsewhere).to_owned(),
        Failure::Overtaken => t_string!(i18n, visit.failure_overtaken).to_owned(),
        Failure::TooLarge(_) => t_string!(i18n, visit.failure_too_large).to_owned(),
        Failure::Randomness(_) => t_string!(i18n, visit.failure_randomness).to_owned(),
    }
}

/// Returns why this device's store does not answer.
#[must_use]
pub fn store_text(i18n: I18n, error: &StoreError) -> &'static str {
    match error {
        StoreError::Full => t_string!(i18n, visit.store_full),
        StoreError::Closed => t_string!(i18n, visit.store_closed),
        StoreError::Blocked => t_string!(i18n, visit.store_blocked),
        StoreError::Denied => t_string!(i18n, visit.store_denied),
        StoreError::TooNew => t_string!(i18n, visit.store_too_new),
        StoreError::Damaged(_) => t_string!(i18n, visit.store_damaged),
        StoreError::Seal(_) => t_string!(i18n, visit.store_seal),
        StoreError::Failed(_) => t_string!(i18n, visit.store_failed),
    }
}

/// Returns the name of an item that must be aboard.
#[must_use]
pub fn kit_word(i18n: I18n, item: KitItem) -> &'static str {
    match item {
        KitItem::EmergencyKit => t_string!(i18n, visit.kit_emergency),
        KitItem::Adrenaline => t_string!(i18n, visit.kit_adrenaline),
        KitItem::SignedProtocol => t_string!(i18n, visit.kit_protocol),
        KitItem::SharpsBox => t_string!(i18n, visit.kit_sharps),
        KitItem::YellowBags => t_string!(i18n, visit.kit_yellow),
        KitItem::ProtectiveEquipment => t_string!(i18n, visit.kit_protective),
        KitItem::OnCallNumber => t_string!(i18n, visit.kit_on_call),
        KitItem::Battery => t_string!(i18n, visit.kit_battery),
        KitItem::OfflineStorage => t_string!(i18n, visit.kit_storage),
        KitItem::BoxTemperature => t_string!(i18n, visit.kit_temperature),
        KitItem::Doses => t_string!(i18n, visit.kit_doses),
        KitItem::OrdinaryBag => t_string!(i18n, visit.kit_ordinary),
    }
}

/// Returns the name of a field that a refusal speaks of.
fn field_word(i18n: I18n, field: &str) -> &'static str {
    match field {
        "reason" | "explanation" => t_string!(i18n, visit.field_reason),
        "text" => t_string!(i18n, visit.field_text),
        "physician" => t_string!(i18n, visit.field_physician),
        "name" => t_string!(i18n, visit.field_name),
        "relation" => t_string!(i18n, visit.field_relation),
        "signature" => t_string!(i18n, visit.signature),
        "number" | "phone" => t_string!(i18n, visit.field_phone),
        "witness" => t_string!(i18n, visit.field_witness),
        "birth_name" => t_string!(i18n, visit.birth_name),
        "identity" => t_string!(i18n, visit.step_identity),
        "address" => t_string!(i18n, visit.field_address),
        "label" | "title" => t_string!(i18n, visit.field_label),
        "product" => t_string!(i18n, visit.field_product),
        "lot" => t_string!(i18n, visit.field_lot),
        "source" => t_string!(i18n, visit.field_source),
        "diluted" => t_string!(i18n, visit.field_diluted),
        "answers" => t_string!(i18n, visit.step_questions),
        "next_date" => t_string!(i18n, visit.field_next_date),
        "satisfaction" => t_string!(i18n, visit.satisfaction),
        "temperature" => t_string!(i18n, visit.field_temperature),
        "drawn" => t_string!(i18n, visit.field_drawn),
        "count" | "doses" | "doses_per_unit" | "units" | "delta" | "not_due" => t_string!(i18n, visit.field_count),
        "percent" => t_string!(i18n, visit.field_percent),
        "volume" => t_string!(i18n, visit.field_volume),
        "weight" => t_string!(i18n, visit.field_weight),
        "to" => t_string!(i18n, visit.field_to),
        "prepared_by" | "preparation" => t_string!(i18n, visit.field_prepared_by),
        "signed_by" => t_string!(i18n, visit.field_signed_by),
        _ => t_string!(i18n, visit.field_other),
    }
}

/// A day on which no directive is chosen before another: any known product will do for its name.
fn far() -> Day {
    Day::new(9999, 12, 31).unwrap_or(Day(chrono::NaiveDate::MAX))
}
