//! Why no dose of a product can be used, in words.

use perron_domain::aboard::{Aboard, Why};

use crate::i18n::{I18n, t_string};

/// Returns one reason, with the doses that it holds back.
#[must_use]
pub fn why_no_dose(i18n: I18n, why: Why, doses: i32) -> String {
    match why {
        Why::SetApart => t_string!(i18n, visit.none_set_apart, count = doses),
        Why::LotIsolated => t_string!(i18n, visit.none_lot_isolated, count = doses),
        Why::LotDoubtful => t_string!(i18n, visit.none_lot_doubtful, count = doses),
        Why::OtherTablet => t_string!(i18n, visit.none_other_tablet, count = doses),
        Why::ToDestroy => t_string!(i18n, visit.none_to_destroy, count = doses),
        Why::Expired => t_string!(i18n, visit.none_expired, count = doses),
        Why::TimeOver => t_string!(i18n, visit.none_time_over, count = doses),
        Why::AllGiven => t_string!(i18n, visit.none_all_given).to_owned(),
        Why::AllGone => t_string!(i18n, visit.none_all_gone).to_owned(),
        Why::NoneTaken => t_string!(i18n, visit.none_taken).to_owned(),
    }
}

/// Returns every reason in a line; none while a dose can be used.
#[must_use]
pub fn why_none(i18n: I18n, aboard: &Aboard) -> Option<String> {
    let reasons: Vec<String> = aboard.why_none().iter().map(|(why, doses)| why_no_dose(i18n, *why, *doses)).collect();
    (!reasons.is_empty()).then(|| reasons.join(" · "))
}
