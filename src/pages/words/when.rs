//! Hours by the relay's own clock, as a person reads them.

use perron_domain::{
    state::{Common, Stop},
    time::Wall,
    zone::{PARIS, Zone},
};

use crate::i18n::{I18n, t_string};
use perron_ui::words::{day, minute};

/// Returns the wall clock of this relay.
#[must_use]
pub fn zone(common: &Common) -> Zone {
    common.relay.as_ref().map_or(PARIS, Zone::of)
}

/// Returns an hour of the relay's clock: «18 h 42».
#[must_use]
pub fn hour(i18n: I18n, common: &Common, at: Wall) -> String {
    minute(i18n, zone(common).minute(at))
}

/// Returns an hour with its day where that is not the day of `now`: «18 h 42», «23 h 50 (hier)», «4 h 00 (demain)»,
/// «23 h 50 (27 novembre 2026)».
#[must_use]
pub fn moment(i18n: I18n, common: &Common, at: Wall, now: Wall) -> String {
    let (on, today) = (zone(common).day(at), zone(common).day(now));
    let hour = hour(i18n, common, at);
    match (on.0 - today.0).num_days() {
        0 => hour,
        -1 => t_string!(i18n, common.hour_yesterday, hour = hour),
        1 => t_string!(i18n, common.hour_tomorrow, hour = hour),
        _ => t_string!(i18n, common.hour_on_day, hour = hour, day = day(i18n, on)),
    }
}

/// Returns an hour as a time field holds it: `18:42`.
#[must_use]
pub fn field_time(common: &Common, at: Wall) -> String {
    perron_domain::hour::text(zone(common), at)
}

/// Returns the hours in which a door is expected; none where nobody said any.
#[must_use]
pub fn window(i18n: I18n, stop: &Stop) -> Option<String> {
    match (stop.from_minute, stop.until_minute) {
        (Some(from), Some(until)) => Some(format!("{}\u{2009}–\u{2009}{}", minute(i18n, from), minute(i18n, until))),
        (Some(only), None) | (None, Some(only)) => Some(minute(i18n, only)),
        (None, None) => None,
    }
}
