//! News from the hub while a desk page is open (server-sent events), and the address that the page was opened at.

use super::events::Listener;

/// Listens until it is dropped. The browser reconnects by itself after a loss.
#[derive(Debug)]
pub struct News {
    source: web_sys::EventSource,
    _listeners: Vec<Listener>,
}

/// Calls `heard` at each change of the relay's facts, and each time the connection is there again: what happened
/// meanwhile was not told. `None` when the browser gives no such connection.
#[must_use]
pub fn listen(url: &str, heard: impl Fn() + Clone + 'static) -> Option<News> {
    let source = web_sys::EventSource::new(url).ok()?;
    let listeners = ["change", "reload", "open"]
        .into_iter()
        .filter_map(|name| {
            let heard = heard.clone();
            Listener::on(&source, name, move |_| heard())
        })
        .collect();
    Some(News { source, _listeners: listeners })
}

impl Drop for News {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Returns the address of the hub that this page came from, without a path; empty outside a page.
#[must_use]
pub fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}
