//! Whether the browser promises to keep what we store, and how much room there is.

use super::js;
use wasm_bindgen::JsValue;

/// Below so many bytes left somebody is told: a browser that has no room refuses the next step.
const LITTLE: u64 = 50_000_000;

/// How much is used and how much the browser would allow, in bytes: both copies, the app itself, everything of this site.
/// Browsers round both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Used by this site.
    pub used: u64,
    /// Allowed to this site.
    pub allowed: u64,
}

impl Room {
    /// Returns the bytes still free.
    #[must_use]
    pub const fn left(self) -> u64 {
        self.allowed.saturating_sub(self.used)
    }

    /// Says whether it is time to make room.
    #[must_use]
    pub const fn is_little(self) -> bool {
        self.left() < LITTLE
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
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes, far below 2^53")]
    let number = |name| js::get(&estimate, name).and_then(|value| value.as_f64()).map(|bytes| bytes as u64);
    Some(Room { used: number("usage")?, allowed: number("quota")? })
}

#[cfg(test)]
mod tests {
    use super::Room;

    #[test]
    fn a_site_that_has_taken_more_than_it_may_has_no_room() {
        let room = Room { used: 12, allowed: 10 };
        assert!(room.left() == 0 && room.is_little());
        assert!(!Room { used: 12, allowed: 3_000_000_000 }.is_little());
    }
}
