//! Why a step was not saved, in plain words.

use perron_domain::{date::Day, refusal::Refusal, state::Common};
use perron_ledger::StoreError;

use super::{product_name, zone};
use crate::{
    i18n::{I18n, t_string},
    state::Failure,
};

/// Returns a refusal in plain words, with the relay's names and hours.
#[must_use]
pub fn refusal_text(i18n: I18n, common: &Common, refusal: &Refusal) -> String {
    perron_ui::words::refusal(i18n, zone(common), |code| product_name(common, code, far()), refusal)
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

/// A day on which no directive is chosen before another: any known product will do for its name.
fn far() -> Day {
    Day::new(9999, 12, 31).unwrap_or(Day(chrono::NaiveDate::MAX))
}
