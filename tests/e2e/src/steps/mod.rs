//! What people do, in their own words: nurses, doors, doses. A journey is told with these.
//!
//! A [`Nurse`] also writes down what she did, in plain figures of her own, so that the evening's figures of the desk can
//! be compared with something that the app did not count.

mod evening;
mod notes;
mod start;
mod stock;
mod visit;

pub use notes::{Notes, Seen};
pub use visit::{Arm, By};

use crate::{Result, Tablet};
use anyhow::Context;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A nurse with her tablet.
#[derive(Debug)]
pub struct Nurse {
    /// The tablet in her hand.
    pub tablet: Tablet,
    /// What she did.
    pub notes: Notes,
    /// The person whose door she is at, by birth name.
    with: String,
    /// Whether the browser promised to keep what the tablet stores.
    promised: bool,
}

impl Nurse {
    /// Hands a tablet that is ready, and whose browser promised to keep its data, to a nurse who did nothing yet.
    pub fn with_tablet(tablet: Tablet) -> Self {
        Self { tablet, notes: Notes::default(), with: String::new(), promised: true }
    }

    /// Lets `minutes` pass on the tablet; the app reads its clock each second.
    pub async fn waits(&mut self, minutes: u64) -> Result<()> {
        self.tablet.pass(Duration::from_secs(minutes * 60)).await
    }

    /// The hour that the tablet shows, or showed some minutes ago, as it is typed into a field: «09:05».
    pub fn hour(&self, minutes_ago: i64) -> Result<String> {
        // The relay's hour in winter.
        let minute = (self.now()? / 60_000 - minutes_ago + 60).rem_euclid(24 * 60);
        Ok(format!("{:02}:{:02}", minute / 60, minute % 60))
    }

    /// The year after the one that the tablet's clock shows, for what is good until then.
    fn next_year(&self) -> Result<i64> {
        const MEAN_YEAR_MS: i64 = 31_556_952_000;
        Ok(1971 + self.now()? / MEAN_YEAR_MS)
    }

    /// What the tablet's clock shows, in milliseconds since 1970.
    fn now(&self) -> Result<i64> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).context("the machine's clock is before 1970")?;
        Ok(i64::try_from(now.as_millis())? + self.tablet.clock())
    }

    /// The battery is pulled out, and put back: the browser dies at once and opens again as the tablet's icon does.
    pub async fn loses_power(&mut self) -> Result<()> {
        self.tablet.kill().await?;
        self.tablet.reopen().await
    }

    /// Waits until the strip says that the relay has everything.
    pub async fn is_synchronised(&self) -> Result<()> {
        self.tablet.see("Synchronisé à").await
    }
}
