//! What happens to the page from outside: the network comes and goes, the page is hidden or shown.

use super::js;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Listens to one kind of event until it is dropped.
#[derive(Debug)]
pub struct Listener {
    target: web_sys::EventTarget,
    name: &'static str,
    handler: Closure<dyn FnMut(web_sys::Event)>,
}

impl Listener {
    /// Calls `handler` at each event `name` of `target`. Answers `None` when the target refuses listeners.
    pub fn on(
        target: &web_sys::EventTarget,
        name: &'static str,
        handler: impl FnMut(web_sys::Event) + 'static,
    ) -> Option<Self> {
        let handler = Closure::<dyn FnMut(web_sys::Event)>::new(handler);
        target.add_event_listener_with_callback(name, handler.as_ref().unchecked_ref()).ok()?;
        Some(Self { target: target.clone(), name, handler })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.name, self.handler.as_ref().unchecked_ref());
    }
}

/// Returns whether the browser believes to have a network. `false` is certain, `true` only a hope: the hub's answer counts.
#[must_use]
pub fn network_seems_up() -> bool {
    js::get(&js::navigator(), "onLine").and_then(|value| value.as_bool()).unwrap_or(true)
}

/// Returns whether the page can be seen now.
#[must_use]
pub fn visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_none_or(|page| page.visibility_state() == web_sys::VisibilityState::Visible)
}

/// What the page is told by the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// A network came back.
    Online,
    /// The network went away.
    Offline,
    /// The page is on the screen again.
    Shown,
    /// The page was left, or the screen went dark. Nothing may run after this: save now.
    Hidden,
    /// The page goes away: loaded anew, closed, or kept frozen in case somebody comes back.
    Left,
    /// The frozen page is shown again as it was.
    Back,
}

/// Calls `handler` at each [`Signal`] until the returned guard is dropped.
#[must_use = "dropping the guard stops the listening"]
pub fn watch(handler: impl Fn(Signal) + Clone + 'static) -> Vec<Listener> {
    let mut kept = Vec::new();
    let Some(window) = web_sys::window() else { return kept };
    for (name, signal) in [("online", Signal::Online), ("offline", Signal::Offline), ("pagehide", Signal::Left)] {
        let handler = handler.clone();
        kept.extend(Listener::on(&window, name, move |_| handler(signal)));
    }
    let back = handler.clone();
    kept.extend(Listener::on(&window, "pageshow", move |event| {
        if js::get(&event, "persisted").is_some_and(|frozen| frozen.is_truthy()) {
            back(Signal::Back);
        }
    }));
    if let Some(page) = window.document() {
        kept.extend(Listener::on(&page, "visibilitychange", move |_| {
            handler(if visible() { Signal::Shown } else { Signal::Hidden });
        }));
    }
    kept
}
