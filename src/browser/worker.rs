//! The service worker that keeps the app's shell: registering it, what it has stored, and a new version that waits.
//!
//! A new version never takes over by itself. The page shows that it waits; when the person agrees, [`Worker::activate`]
//! lets it in and the page is loaded anew, once, at a moment that the person chose.

use super::events::Listener;
use super::js;
use js_sys::Promise;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What the worker has of its version of the shell.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ShellStatus {
    /// The version's name.
    pub version: String,
    /// Pieces stored.
    pub stored: u32,
    /// Pieces in all.
    pub total: u32,
    /// Every piece is stored and verified.
    pub complete: bool,
}

/// Why there is no worker.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkerError {
    /// Plain HTTP on another host than loopback, private browsing, or an old browser.
    #[error("this browser keeps no service worker here")]
    Unsupported,
    /// The script could not be loaded, or a piece of the shell is missing.
    #[error("the service worker was not installed: {0}")]
    Refused(String),
    /// It did not answer.
    #[error("the service worker does not answer")]
    Silent,
}

impl WorkerError {
    fn refused(thrown: &JsValue) -> Self {
        Self::Refused(js::words(thrown))
    }
}

/// The registered worker.
#[derive(Clone)]
pub struct Worker {
    container: JsValue,
    registration: JsValue,
    asked: Rc<Cell<bool>>,
    kept: Rc<RefCell<Vec<Listener>>>,
}

/// Registers the worker script at `address`. `waiting` is called whenever a new version waits to be let in.
///
/// # Errors
/// [`WorkerError`] when the browser has no workers or refuses this one.
pub async fn register(address: &str, waiting: impl Fn() + Clone + 'static) -> Result<Worker, WorkerError> {
    let container = js::get(&js::navigator(), "serviceWorker").ok_or(WorkerError::Unsupported)?;
    let options = js::object(&[("updateViaCache", JsValue::from_str("none"))]);
    let registration = js::call_async(&container, "register", &[&JsValue::from_str(address), &options])
        .await
        .map_err(|thrown| WorkerError::refused(&thrown))?;
    let worker = Worker { container, registration, asked: Rc::default(), kept: Rc::default() };
    worker.listen(waiting);
    Ok(worker)
}

impl Worker {
    fn keep(&self, target: &JsValue, name: &'static str, handler: impl FnMut(web_sys::Event) + 'static) {
        if let Some(target) = target.dyn_ref::<web_sys::EventTarget>() {
            self.kept.borrow_mut().extend(Listener::on(target, name, handler));
        }
    }

    fn listen(&self, waiting: impl Fn() + Clone + 'static) {
        if js::get(&self.registration, "waiting").is_some() {
            waiting();
        }
        let me = self.clone();
        self.keep(&self.registration, "updatefound", move |_| {
            let Some(installing) = js::get(&me.registration, "installing") else { return };
            let (registration, waiting) = (me.registration.clone(), waiting.clone());
            me.keep(&installing, "statechange", move |_| {
                // Without an active version before it, an installed one is the first: nobody needs to be asked.
                if js::get(&registration, "waiting").is_some() && js::get(&registration, "active").is_some() {
                    waiting();
                }
            });
        });
        let asked = Rc::clone(&self.asked);
        self.keep(&self.container, "controllerchange", move |_| {
            if asked.get() {
                reload();
            }
        });
    }

    /// Returns whether a new version waits.
    #[must_use]
    pub fn update_waits(&self) -> bool {
        js::get(&self.registration, "waiting").is_some()
    }

    /// Looks for a new version now. Failing is normal without a network and changes nothing.
    pub async fn look_for_update(&self) {
        let _ = js::call_async(&self.registration, "update", &[]).await;
    }

    /// Lets the waiting version in and loads the page anew. Call it only when the person has agreed.
    ///
    /// # Errors
    /// [`WorkerError::Silent`] when no version waits.
    pub fn activate(&self) -> Result<(), WorkerError> {
        let waiting = js::get(&self.registration, "waiting").ok_or(WorkerError::Silent)?;
        self.asked.set(true);
        let message = js::object(&[("type", JsValue::from_str("activate"))]);
        js::call(&waiting, "postMessage", &[&message]).map_err(|thrown| WorkerError::refused(&thrown))?;
        Ok(())
    }

    /// Returns what the active version has stored.
    ///
    /// # Errors
    /// [`WorkerError::Silent`] when there is no active version or it does not answer within five seconds.
    pub async fn status(&self) -> Result<ShellStatus, WorkerError> {
        self.talk("status", 5_000).await
    }

    /// Asks the active version to download what is missing of it, and returns what it has then.
    ///
    /// # Errors
    /// As [`Worker::status`], after a minute.
    pub async fn repair(&self) -> Result<ShellStatus, WorkerError> {
        self.talk("repair", 60_000).await
    }

    async fn talk(&self, word: &str, patience_ms: i32) -> Result<ShellStatus, WorkerError> {
        let active = js::get(&self.registration, "active").ok_or(WorkerError::Silent)?;
        let channel = web_sys::MessageChannel::new().map_err(|thrown| WorkerError::refused(&thrown))?;
        let (near, far) = (channel.port1(), channel.port2());
        let message = js::object(&[("type", JsValue::from_str(word))]);
        let mut post = |resolve: js_sys::Function, reject: js_sys::Function| {
            near.set_onmessage(Some(&resolve));
            let ports = js_sys::Array::of1(&far);
            if js::call(&active, "postMessage", &[&message, &ports]).is_err() {
                let _ = reject.call0(&JsValue::UNDEFINED);
            }
            if let Some(window) = web_sys::window() {
                let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, patience_ms);
            }
        };
        let answer = JsFuture::from(Promise::new(&mut post)).await;
        near.close();
        let data = answer.ok().and_then(|event| js::get(&event, "data")).ok_or(WorkerError::Silent)?;
        Ok(read_status(&data))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float saturates to the counts of pieces"
)]
fn read_status(data: &JsValue) -> ShellStatus {
    let count = |name| js::get(data, name).and_then(|value| value.as_f64()).unwrap_or(0.0) as u32;
    ShellStatus {
        version: js::get(data, "version").and_then(|value| value.as_string()).unwrap_or_default(),
        stored: count("stored"),
        total: count("total"),
        complete: js::get(data, "complete").and_then(|value| value.as_bool()).unwrap_or(false),
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}
