//! Waiting, without blocking the page.

use std::time::Duration;

/// Waits `duration`, or a little longer: browsers slow timers of hidden pages down.
pub async fn sleep(duration: Duration) {
    gloo_timers::future::sleep(duration).await;
}

/// Calls `tick` about every `period` until the returned guard is dropped.
#[must_use = "dropping the guard stops the ticks"]
pub fn every(period: Duration, tick: impl FnMut() + 'static) -> Ticking {
    let millis = u32::try_from(period.as_millis()).unwrap_or(u32::MAX);
    Ticking { _interval: gloo_timers::callback::Interval::new(millis, tick) }
}

/// A running [`every`].
#[derive(Debug)]
pub struct Ticking {
    _interval: gloo_timers::callback::Interval,
}
