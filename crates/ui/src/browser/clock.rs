//! The one place of the app that reads the time: the wall clock, and a clock that only goes forward.
//!
//! A build with the feature `test-clock` (never shipped) adds shifts that a journey sets from outside:
//! `window.__perron_clock_shift` lets time pass (both clocks), `window.__perron_wall_shift` sets only the wall clock, as
//! a hand in the settings would. Both are milliseconds. So that a reload keeps them, the same names are also read from
//! the local storage.

use perron_domain::time::Wall;

/// One reading of both clocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// The wall clock, which a person or the network may set.
    pub wall: Wall,
    /// Milliseconds since this page was opened; never goes back, may stand still while the tablet sleeps.
    pub monotonic: f64,
}

/// Returns the wall clock as the device has it.
#[must_use]
pub fn wall() -> Wall {
    let shift = shifts();
    Wall(system_wall().saturating_add(shift.both).saturating_add(shift.wall))
}

#[cfg(target_arch = "wasm32")]
#[expect(clippy::cast_possible_truncation, reason = "Date.now() is a whole number of milliseconds below 2^53")]
fn system_wall() -> i64 {
    js_sys::Date::now() as i64
}

/// The host only runs tests.
#[cfg(not(target_arch = "wasm32"))]
fn system_wall() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Returns both clocks, read together.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a test's shift is far below 2^53")]
pub fn read() -> Reading {
    let monotonic = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
    Reading { wall: wall(), monotonic: monotonic + shifts().both as f64 }
}

/// Returns what a comparison with the hub found, `measured` milliseconds to add. A journey that lets time pass moves only
/// the tablet's clock: to it the hub is as far off as the wall clock alone was set.
#[cfg(not(feature = "test-clock"))]
#[must_use]
pub const fn as_the_hub_has_it(measured: i64) -> i64 {
    measured
}

/// See the build that ships.
#[cfg(feature = "test-clock")]
#[must_use]
pub fn as_the_hub_has_it(_: i64) -> i64 {
    shifts().wall.saturating_neg()
}

#[derive(Default)]
struct Shifts {
    both: i64,
    wall: i64,
}

#[cfg(not(feature = "test-clock"))]
fn shifts() -> Shifts {
    Shifts::default()
}

#[cfg(feature = "test-clock")]
fn shifts() -> Shifts {
    Shifts { both: shift("__perron_clock_shift"), wall: shift("__perron_wall_shift") }
}

#[cfg(feature = "test-clock")]
#[expect(clippy::cast_possible_truncation, reason = "a shift is milliseconds below 2^53")]
fn shift(name: &str) -> i64 {
    use super::js;
    let global = js_sys::global();
    let set = js::get(&global, name).and_then(|value| value.as_f64());
    let kept =
        || js::get(&global, "localStorage").and_then(|storage| js::get(&storage, name)?.as_string()?.parse().ok());
    set.or_else(kept).unwrap_or(0.0) as i64
}
