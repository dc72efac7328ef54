//! The battery that runs low: what is half filled is written at once, and the screens say so while there is time to hand
//! the round over.

use super::Replica;
use crate::browser::battery::{self, Battery};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// At how many percent and below a battery is low: enough for the way back, not for the next doors.
const LOW: u8 = 10;

/// Returns the percentage of a battery that runs low; none for one that is charged or charging.
fn low(battery: Option<Battery>) -> Option<u8> {
    battery.filter(|battery| !battery.charging && battery.percent <= LOW).map(|battery| battery.percent)
}

impl Replica {
    /// Returns the percentage that is left of a battery that runs low; none where it does not, or where the browser does
    /// not tell.
    #[must_use]
    pub fn low_battery(&self) -> Signal<Option<u8>> {
        self.low_battery.into()
    }

    /// Looks at the battery; once it is low, forms half filled wait for no pause any more.
    pub(super) fn look_at_battery(self) {
        spawn_local(async move {
            let left = low(battery::read().await);
            if left.is_some() {
                self.flush_drafts_now().await;
            }
            if self.low_battery.get_untracked() != left {
                self.low_battery.set(left);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_battery_is_low_from_ten_percent_on_unless_it_is_charging() {
        let battery = |percent, charging| Some(Battery { percent, charging });
        assert_eq!(low(battery(5, false)), Some(5));
        assert_eq!(low(battery(10, false)), Some(10));
        assert_eq!(low(battery(11, false)), None);
        assert_eq!(low(battery(5, true)), None);
        assert_eq!(low(None), None);
    }
}
