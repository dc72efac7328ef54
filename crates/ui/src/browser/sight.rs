//! What is on the screen: for what must have been read before it is answered, and where a screen begins.

/// Brings the page to its top, where another screen begins without another address.
pub fn to_top() {
    let main = web_sys::window().and_then(|window| window.document()?.query_selector("main.page").ok()?);
    if let Some(main) = main {
        main.set_scroll_top(0);
    }
}

/// Returns whether the whole height of an element is inside the window, under any bar that hides its end.
#[must_use]
pub fn on_screen(element: &web_sys::Element) -> bool {
    let Some(height) = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64()) else { return false };
    let place = element.get_bounding_client_rect();
    // What lies behind the bar of the main button is not read.
    let bar = element
        .owner_document()
        .and_then(|document| document.query_selector(".main-action").ok()?)
        .map_or(height, |bar| bar.get_bounding_client_rect().top());
    place.height() > 0.0 && place.top() >= 0.0 && place.bottom() <= bar.min(height) + 1.0
}
