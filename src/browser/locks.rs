//! One writer at a time on a tablet: a named Web Lock that one tab holds.
//!
//! A second tab sees that the lock is taken, waits for it, or takes it over when the person says so. Losing the lock does
//! not stop a write in flight: the store compares the chain's head in its transaction, so that nothing is written twice.

use super::js;
use js_sys::Promise;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// How to ask for the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Only if nobody holds it; answers at once.
    IfFree,
    /// In turn: answers when the holder has let it go.
    Wait,
    /// Now: the holder loses it and is told.
    TakeOver,
}

/// Why there is no lock.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// Another tab holds it ([`Ask::IfFree`] only).
    #[error("another tab holds the lock")]
    Taken,
    /// This browser has no Web Locks.
    #[error("this browser has no locks")]
    Unsupported,
    /// The browser refused.
    #[error("the lock was refused: {0}")]
    Refused(String),
}

/// A lock that is held until it is dropped, taken over, or the page goes away.
#[derive(Debug)]
pub struct Held {
    release: js_sys::Function,
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// A promise and the function that fulfils it.
fn promise() -> (Promise, js_sys::Function) {
    let kept = Rc::new(RefCell::new(None));
    let slot = Rc::clone(&kept);
    let made = Promise::new(&mut move |resolve, _reject| *slot.borrow_mut() = Some(resolve));
    // The executor runs before `Promise::new` returns; a function that does nothing stands in if it ever did not.
    let resolve = kept.borrow_mut().take().unwrap_or_else(|| js_sys::Function::new_no_args(""));
    (made, resolve)
}

/// Asks for the lock `name`. `lost` is called if another tab takes it over later.
///
/// # Errors
/// [`LockError`] says why it is not ours.
pub async fn ask(name: &str, ask: Ask, lost: impl FnOnce() + 'static) -> Result<Held, LockError> {
    let locks = js::get(&js::navigator(), "locks").ok_or(LockError::Unsupported)?;
    let options = js::object(&[
        ("mode", JsValue::from_str("exclusive")),
        ("ifAvailable", JsValue::from_bool(ask == Ask::IfFree)),
        ("steal", JsValue::from_bool(ask == Ask::TakeOver)),
    ]);
    let (hold, release) = promise();
    let (granted, grant) = promise();
    let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let ours = !lock.is_null() && !lock.is_undefined();
        let _ = grant.call1(&JsValue::UNDEFINED, &JsValue::from_bool(ours));
        if ours { hold.into() } else { JsValue::UNDEFINED }
    });
    let refused = |thrown: JsValue| LockError::Refused(js::words(&thrown));
    let request = js::call(&locks, "request", &[&JsValue::from_str(name), &options, &callback]).map_err(refused)?;
    let request: Promise = request.dyn_into().map_err(refused)?;
    // A refused request rejects without ever calling back: whichever comes first decides.
    let race = Promise::race(&js_sys::Array::of2(&granted, &request));
    let ours = JsFuture::from(race).await.map_err(refused)?;
    if ours.as_bool() != Some(true) {
        return Err(LockError::Taken);
    }
    spawn_local(async move {
        if JsFuture::from(request).await.is_err() {
            lost();
        }
    });
    Ok(Held { release })
}
