//! The two files of the log, in the origin private file system: a worker (`public/log-worker.js`) holds them open, and this
//! asks it.

use super::events::Listener;
use super::{clock, js, timers};
use futures::channel::oneshot;
use futures::future::{Either, select};
use js_sys::{Array, Uint8Array};
use perron_ledger::StoreError;
use perron_store_log::{File, Files};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::pin;
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

const SCRIPT: &str = "/log-worker.js";
/// What page and worker say to each other, as the worker announces it.
const LANGUAGE: f64 = 2.0;
/// How long a worker may take to start.
const START: Duration = Duration::from_secs(30);
/// How often, and how long apart, files are asked for that another page still holds: one that was just closed, or died,
/// lets them go late.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(75);
/// How often files are asked for that the browser does not give for another reason.
const TRIES_REFUSED: u32 = 3;

/// How long the page is busy reading until it lets others go on: shorter than a person notices.
const BUSY_MS: f64 = 8.0;

/// What the worker answered: bytes, a number, nothing; or what the browser threw.
type Answer = Result<JsValue, Thrown>;

/// What the browser threw: its name and its words.
struct Thrown {
    name: String,
    message: String,
}

/// Why there are no files.
pub enum NoFiles {
    /// This browser gives none, now at least: the log cannot be kept here.
    Unsupported,
    /// The worker's script was not there.
    NoWorker,
    /// It does, and something went wrong.
    Failed(StoreError),
}

/// The two files. Dropped, it lets them go.
pub struct LogFiles {
    held: Rc<Held>,
    /// When others were last let go on, in milliseconds.
    breathed: Cell<f64>,
    _listeners: Vec<Listener>,
}

/// The worker that holds the files, and who waits for its answers.
struct Held {
    worker: web_sys::Worker,
    waiting: RefCell<BTreeMap<u32, oneshot::Sender<Answer>>>,
    last: Cell<u32>,
}

impl Held {
    /// Ends the worker. Whatever it was asked, or is asked from then on, answers [`StoreError::Closed`].
    fn close(&self) {
        self.worker.terminate();
        self.last.set(u32::MAX);
        self.waiting.borrow_mut().clear();
    }
}

impl Drop for LogFiles {
    fn drop(&mut self) {
        self.held.close();
    }
}

thread_local! {
    /// Who holds the files in this page, or is about to.
    static HELD: RefCell<Weak<Held>> = const { RefCell::new(Weak::new()) };
}

/// Lets the files go, without waiting for what is being written. A page that was left, frozen or dying slowly, would keep them
/// from the next one; what it was writing was not called saved.
pub fn let_go() {
    if let Some(held) = HELD.with_borrow(Weak::upgrade) {
        held.close();
    }
}

fn closed() -> Thrown {
    Thrown { name: "InvalidStateError".to_owned(), message: "the worker is gone".to_owned() }
}

impl Thrown {
    fn error(self) -> StoreError {
        match self.name.as_str() {
            "QuotaExceededError" => StoreError::Full,
            "InvalidStateError" => StoreError::Closed,
            "NoModificationAllowedError" => StoreError::Blocked,
            "SecurityError" | "NotAllowedError" => StoreError::Denied,
            name => StoreError::Failed(format!("{name}: {}", self.message)),
        }
    }

    /// Returns whether the browser has no such files at all, here or in this mode.
    fn is_unsupported(&self) -> bool {
        matches!(
            self.name.as_str(),
            "TypeError" | "NotSupportedError" | "SecurityError" | "NotAllowedError" | "UnknownError"
        )
    }
}

impl LogFiles {
    /// Opens both files, making them when they are not there.
    ///
    /// # Errors
    /// [`NoFiles::Unsupported`] where the browser has none.
    pub async fn open() -> Result<Self, NoFiles> {
        let has = js::get(&js::navigator(), "storage").and_then(|storage| js::get(&storage, "getDirectory"));
        if has.is_none() {
            return Err(NoFiles::Unsupported);
        }
        let files = Self::start().await?;
        let mut refused = 1;
        for left in (0..TRIES).rev() {
            let opened = match select(pin!(files.ask("open", &[])), pin!(timers::sleep(START))).await {
                Either::Left((opened, _)) => opened,
                Either::Right(_) => return Err(NoFiles::Failed(StoreError::Blocked)),
            };
            match opened {
                Ok(_) => return Ok(files),
                Err(thrown) if thrown.name == "NoModificationAllowedError" && left > 0 => timers::sleep(PAUSE).await,
                Err(thrown) if thrown.is_unsupported() && refused == TRIES_REFUSED => return Err(NoFiles::Unsupported),
                Err(thrown) if thrown.is_unsupported() => {
                    refused += 1;
                    timers::sleep(PAUSE).await;
                }
                Err(thrown) => return Err(NoFiles::Failed(thrown.error())),
            }
        }
        Err(NoFiles::Failed(StoreError::Blocked))
    }

    /// Starts the worker and waits until it listens.
    async fn start() -> Result<Self, NoFiles> {
        let worker = web_sys::Worker::new(SCRIPT).map_err(|_| NoFiles::Unsupported)?;
        let held = Rc::new(Held { worker, waiting: RefCell::default(), last: Cell::new(0) });
        HELD.set(Rc::downgrade(&held));
        let (ready, is_ready) = oneshot::channel();
        let ready = Rc::new(RefCell::new(Some(ready)));
        let (starts, inbox) = (Rc::clone(&ready), Rc::clone(&held));
        let told = Listener::on(&held.worker, "message", move |event| {
            let Some(data) = js::get(event.as_ref(), "data") else { return };
            if let Some(language) = js::get(&data, "ready").and_then(|value| value.as_f64()) {
                if let Some(ready) = starts.borrow_mut().take() {
                    let _ = ready.send(language);
                }
                return;
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers that we gave")]
            let id = js::get(&data, "id").and_then(|value| value.as_f64()).unwrap_or_default() as u32;
            if let Some(asked) = inbox.waiting.borrow_mut().remove(&id) {
                let _ = asked.send(read_answer(&data));
            }
        });
        let inbox = Rc::clone(&held);
        let failed = Listener::on(&held.worker, "error", move |_| {
            ready.borrow_mut().take();
            inbox.waiting.borrow_mut().clear();
        });
        let files = Self { held, breathed: Cell::new(0.0), _listeners: told.into_iter().chain(failed).collect() };
        match select(is_ready, pin!(timers::sleep(START))).await {
            Either::Left((Ok(LANGUAGE), _)) => Ok(files),
            Either::Left((Ok(_), _)) => Err(NoFiles::Failed(StoreError::TooNew)),
            Either::Left((Err(_), _)) => Err(NoFiles::NoWorker),
            Either::Right(_) => Err(NoFiles::Failed(StoreError::Failed("the log's worker does not start".to_owned()))),
        }
    }

    async fn ask(&self, what: &str, parts: &[(&str, JsValue)]) -> Answer {
        let held = &self.held;
        if held.last.get() == u32::MAX {
            return Err(closed());
        }
        let id = held.last.get() + 1;
        held.last.set(id);
        let (asked, answer) = oneshot::channel();
        held.waiting.borrow_mut().insert(id, asked);
        let mut message = vec![("id", JsValue::from_f64(f64::from(id))), ("what", JsValue::from_str(what))];
        message.extend_from_slice(parts);
        let handed = Array::new();
        for (_, part) in parts {
            if let Some(bytes) = part.dyn_ref::<Uint8Array>() {
                handed.push(&bytes.buffer());
            }
        }
        if held.worker.post_message_with_transfer(&js::object(&message), &handed).is_err() {
            return Err(closed());
        }
        answer.await.unwrap_or_else(|_| Err(closed()))
    }

    async fn told(&self, what: &str, parts: &[(&str, JsValue)]) -> Result<(), StoreError> {
        self.ask(what, parts).await.map(drop).map_err(Thrown::error)
    }
}

fn read_answer(data: &JsValue) -> Answer {
    let text = |name| js::get(data, name).and_then(|value| value.as_string());
    if let Some(name) = text("error") {
        return Err(Thrown { name, message: text("message").unwrap_or_default() });
    }
    Ok(js::get(data, "answer").unwrap_or(JsValue::UNDEFINED))
}

fn index(file: File) -> (&'static str, JsValue) {
    ("file", JsValue::from_f64(if file == File::First { 0.0 } else { 1.0 }))
}

#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
fn place(at: u64) -> (&'static str, JsValue) {
    ("at", JsValue::from_f64(at as f64))
}

#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
fn how_many(count: usize) -> (&'static str, JsValue) {
    ("count", JsValue::from_f64(count as f64))
}

impl Files for LogFiles {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the length of a file")]
    async fn length(&self, file: File) -> Result<u64, StoreError> {
        let answer = self.ask("length", &[index(file)]).await.map_err(Thrown::error)?;
        Ok(answer.as_f64().unwrap_or_default() as u64)
    }

    async fn read(&self, file: File, at: u64, count: usize) -> Result<Vec<u8>, StoreError> {
        let answer = self.ask("read", &[index(file), place(at), how_many(count)]).await.map_err(Thrown::error)?;
        Ok(answer.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default())
    }

    /// An answer of the worker comes as an event of its own: what the person did meanwhile comes before it.
    async fn breathe(&self) {
        let now = clock::read().monotonic;
        if now - self.breathed.get() > BUSY_MS {
            let _ = self.ask("turn", &[]).await;
            self.breathed.set(clock::read().monotonic);
        }
    }

    async fn write(&self, file: File, at: u64, bytes: &[u8]) -> Result<(), StoreError> {
        let bytes: JsValue = Uint8Array::from(bytes).into();
        self.told("write", &[index(file), place(at), ("bytes", bytes)]).await
    }

    async fn truncate(&self, file: File, length: u64) -> Result<(), StoreError> {
        self.told("truncate", &[index(file), place(length)]).await
    }

    async fn flush(&self, file: File) -> Result<(), StoreError> {
        self.told("flush", &[index(file)]).await
    }
}
