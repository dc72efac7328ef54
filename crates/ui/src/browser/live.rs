//! News from the hub while a desk page is looked at (server-sent events), and the address that the page was opened at.
//!
//! A browser gives one address six connections over all its pages, and each listening page holds one: the seventh page of
//! a coordinator would wait for ever. So a page that nobody looks at gives its connection back, and asks again when it is
//! looked at.

use std::{cell::RefCell, rc::Rc};

use super::events::{self, Listener, Signal};

/// Listens until it is dropped. The browser reconnects by itself after a loss.
#[derive(Debug)]
pub struct News {
    stream: Rc<RefCell<Option<Stream>>>,
    _shown: Vec<Listener>,
}

/// One connection; it ends when this is dropped.
#[derive(Debug)]
struct Stream {
    source: web_sys::EventSource,
    _listeners: Vec<Listener>,
}

impl Stream {
    fn open(url: &str, heard: &(impl Fn() + Clone + 'static)) -> Option<Self> {
        let source = web_sys::EventSource::new(url).ok()?;
        let listeners = ["change", "reload", "open"]
            .into_iter()
            .filter_map(|name| {
                let heard = heard.clone();
                Listener::on(&source, name, move |_| heard())
            })
            .collect();
        Some(Self { source, _listeners: listeners })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Calls `heard` at each change of the relay's facts, and each time the connection is there again: what happened
/// meanwhile was not told. `None` when the browser gives no such connection.
#[must_use]
pub fn listen(url: &str, heard: impl Fn() + Clone + 'static) -> Option<News> {
    // A page opened behind the others waits until it is looked at.
    let first = if events::visible() { Some(Stream::open(url, &heard)?) } else { None };
    let stream = Rc::new(RefCell::new(first));
    let (held, url) = (Rc::clone(&stream), url.to_owned());
    let shown = events::watch(move |signal| {
        let open = held.borrow().is_some();
        match signal {
            Signal::Hidden | Signal::Left => drop(held.take()),
            Signal::Shown | Signal::Back if !open => *held.borrow_mut() = Stream::open(&url, &heard),
            Signal::Shown | Signal::Back | Signal::Online | Signal::Offline => (),
        }
    });
    Some(News { stream, _shown: shown })
}

impl Drop for News {
    fn drop(&mut self) {
        drop(self.stream.take());
    }
}

/// Returns the address of the hub that this page came from, without a path; empty outside a page.
#[must_use]
pub fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}
