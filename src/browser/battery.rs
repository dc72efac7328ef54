//! How much battery is left, where the browser says it (Safari and Firefox do not).

use super::js;

/// What the browser knows of the battery at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Battery {
    /// From 0 (empty) to 100 (full).
    pub percent: u8,
    /// Plugged in.
    pub charging: bool,
}

/// Returns the battery's state now, or `None` where the browser does not tell.
pub async fn read() -> Option<Battery> {
    let battery = js::call_async(&js::navigator(), "getBattery", &[]).await.ok()?;
    let level = js::get(&battery, "level")?.as_f64()?;
    let charging = js::get(&battery, "charging")?.as_bool()?;
    Some(Battery { percent: percent(level), charging })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100 first")]
fn percent(level: f64) -> u8 {
    (level * 100.0).round().clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_level_becomes_a_percentage_whatever_the_browser_says() {
        assert_eq!(percent(0.156), 16);
        assert_eq!(percent(1.7), 100);
        assert_eq!(percent(f64::NAN), 0);
    }
}
