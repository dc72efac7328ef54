//! Whether the browser promises to keep what we store, and how much room there is.

use super::js;
use wasm_bindgen::JsValue;

/// How much is used and how much the browser would allow, in bytes. Browsers round both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Used by this site.
    pub used: f64,
    /// Allowed to this site.
    pub allowed: f64,
}

impl Room {
    /// Returns the bytes still free, never below 0.
    #[must_use]
    pub fn left(self) -> f64 {
        (self.allowed - self.used).max(0.0)
    }
}

fn manager() -> Option<JsValue> {
    js::get(&js::navigator(), "storage")
}

/// Returns whether the browser has promised not to throw our data away. `false` also where it cannot promise.
pub async fn is_kept() -> bool {
    ask("persisted").await
}

/// Asks the browser to promise to keep our data; returns whether it does. It may ask the person.
pub async fn ask_to_keep() -> bool {
    is_kept().await || ask("persist").await
}

async fn ask(method: &str) -> bool {
    let Some(manager) = manager() else { return false };
    js::call_async(&manager, method, &[]).await.ok().and_then(|answer| answer.as_bool()).unwrap_or(false)
}

/// Returns how much room there is, or `None` where the browser does not tell.
pub async fn room() -> Option<Room> {
    let estimate = js::call_async(&manager()?, "estimate", &[]).await.ok()?;
    let number = |name| js::get(&estimate, name).and_then(|value| value.as_f64());
    Some(Room { used: number("usage")?, allowed: number("quota")? })
}

#[cfg(test)]
mod tests {
    use super::Room;

    #[test]
    fn room_is_never_negative() {
        assert!((Room { used: 12.0, allowed: 10.0 }.left()).abs() < f64::EPSILON);
    }
}
