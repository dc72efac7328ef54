//! The day that a journey plays: clocks are moved so that the demo's rounds are today.

use crate::Result;
use anyhow::Context;
use std::time::{SystemTime, UNIX_EPOCH};

/// The morning of round A: 16 December 2021, 8 h 40 in Bondy.
pub const ROUND_A: Day = Day { unix_ms: 1_639_640_400_000 };

/// The morning of round B: 20 January 2026, 8 h 40 in Bondy.
pub const ROUND_B: Day = Day { unix_ms: 1_768_894_800_000 };

/// 28 November 2026, 9 h in Bondy: every campaign that ships is over.
pub const CAMPAIGNS_OVER: Day = Day { unix_ms: 1_795_852_800_000 };

/// A moment that a journey begins at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    unix_ms: i64,
}

impl Day {
    /// Returns how far a clock must be moved to read this moment now, in milliseconds.
    pub fn shift(self) -> Result<i64> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).context("the machine's clock is before 1970")?;
        Ok(self.unix_ms - i64::try_from(now.as_millis())?)
    }
}
