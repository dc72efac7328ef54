//! When the next run is due: soon after something happened, otherwise every half minute, less often while it fails.

use super::{Outcome, SyncError};
use std::time::Duration;

/// The pause between two runs when nothing happens.
pub const PAUSE: Duration = Duration::from_secs(30);
/// How long a run waits for more after a saved step, so that one signature covers a few of them.
pub const SETTLE: Duration = Duration::from_millis(400);
const LONGEST: Duration = Duration::from_secs(300);

/// What asks for a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trigger {
    /// A step was saved.
    Saved,
    /// The app was opened, the network came back, the page is on the screen again.
    Woken,
    /// A person asked; what is stuck is tried again.
    Asked,
}

/// Counts failures in a row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Patience {
    failures: u32,
}

impl Patience {
    /// Takes a run's end into account and returns how long to wait for the next one, if nothing asks earlier.
    pub fn after(&mut self, run: &Result<Outcome, SyncError>) -> Duration {
        match run {
            Ok(_) => {
                self.failures = 0;
                PAUSE
            }
            Err(SyncError::Hub { after_seconds: Some(seconds), .. }) => {
                self.failures = self.failures.saturating_add(1);
                Duration::from_secs(u64::from(*seconds)).clamp(Duration::from_secs(1), LONGEST)
            }
            Err(_) => {
                self.failures = self.failures.saturating_add(1);
                (PAUSE * 2_u32.saturating_pow(self.failures.saturating_sub(1).min(8))).min(LONGEST)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_ledger::sync::Code;
    use perron_tablet::NetworkError;

    #[test]
    fn failures_make_it_patient_and_a_success_makes_it_eager_again() {
        let mut patience = Patience::default();
        let offline = Err(SyncError::Network(NetworkError::Offline));
        let waits: Vec<u64> = (0..6).map(|_| patience.after(&offline).as_secs()).collect();
        assert_eq!(waits, [30, 60, 120, 240, 300, 300]);
        assert_eq!(patience.after(&Ok(Outcome::default())), PAUSE);
        assert_eq!(patience.after(&offline).as_secs(), 30);
    }

    #[test]
    fn a_hub_that_says_when_to_come_back_is_obeyed() {
        let mut patience = Patience::default();
        let busy = Err(SyncError::Hub { code: Code::Unavailable, after_seconds: Some(7) });
        assert_eq!(patience.after(&busy).as_secs(), 7);
    }
}
