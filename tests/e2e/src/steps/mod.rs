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
use std::time::Duration;

/// A nurse with her tablet.
#[derive(Debug)]
pub struct Nurse {
    /// The tablet in her hand.
    pub tablet: Tablet,
    /// What she did.
    pub notes: Notes,
    /// The person whose door she is at, by birth name.
    with: String,
}

impl Nurse {
    /// Hands a tablet that is ready to a nurse who did nothing yet.
    pub fn with_tablet(tablet: Tablet) -> Self {
        Self { tablet, notes: Notes::default(), with: String::new() }
    }

    /// Lets `minutes` pass on the tablet, and waits until the app has read its clock again.
    pub async fn waits(&mut self, minutes: u64) -> Result<()> {
        self.tablet.pass(Duration::from_secs(minutes * 60)).await?;
        // The app reads the clock each second.
        tokio::time::sleep(Duration::from_millis(1200)).await;
        Ok(())
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
