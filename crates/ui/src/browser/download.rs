//! Hands a file made in the app to the person: a CSV of the desk, a tablet's unsent facts.

use super::js;
use wasm_bindgen::{JsCast, JsValue};

/// The browser refused to hand the file over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the browser did not save the file: {0}")]
pub struct NotSaved(String);

impl From<JsValue> for NotSaved {
    fn from(thrown: JsValue) -> Self {
        Self(js::words(&thrown))
    }
}

/// Offers `bytes` as a download called `name`.
///
/// # Errors
/// [`NotSaved`] when the browser refuses a part of it.
pub fn save(name: &str, mime: &str, bytes: &[u8]) -> Result<(), NotSaved> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let clicked = click(name, &address);
    // The browser has taken the bytes over at the click; keeping the address would keep them in memory.
    gloo_timers::callback::Timeout::new(10_000, move || {
        let _ = web_sys::Url::revoke_object_url(&address);
    })
    .forget();
    clicked
}

fn click(name: &str, address: &str) -> Result<(), NotSaved> {
    let missing = || NotSaved("no page".to_owned());
    let page = web_sys::window().and_then(|window| window.document()).ok_or_else(missing)?;
    let link = page.create_element("a")?.dyn_into::<web_sys::HtmlAnchorElement>().map_err(|_| missing())?;
    link.set_href(address);
    link.set_download(name);
    link.click();
    Ok(())
}
