//! The one place where the hub reads time.

use perron_domain::time::Wall;
use std::time::{SystemTime, UNIX_EPOCH};

#[cfg(feature = "test-clock")]
static SHIFT_MS: std::sync::LazyLock<std::sync::atomic::AtomicI64> = std::sync::LazyLock::new(|| {
    let told = std::env::var("PERRON_CLOCK_SHIFT_MS").ok().and_then(|value| value.parse().ok());
    std::sync::atomic::AtomicI64::new(told.unwrap_or(0))
});

/// Returns the wall clock, in milliseconds since 1970. A clock before 1970 reads as 1970.
#[must_use]
pub fn now() -> Wall {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let ms = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    Wall(ms.saturating_add(shift()))
}

#[cfg(feature = "test-clock")]
fn shift() -> i64 {
    SHIFT_MS.load(std::sync::atomic::Ordering::Relaxed)
}

#[cfg(not(feature = "test-clock"))]
const fn shift() -> i64 {
    0
}

/// Moves the hub's clock by `ms` from the real one. Exists only in builds that are never shipped.
#[cfg(feature = "test-clock")]
pub fn set_shift(ms: i64) {
    SHIFT_MS.store(ms, std::sync::atomic::Ordering::Relaxed);
}
