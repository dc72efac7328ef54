//! What is on the screen: for what must have been read before it is answered, and where a screen begins.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// How far inside an element its beginning and its end are looked for, in CSS pixels.
const INSIDE: f64 = 3.0;

/// Brings the page to its top, where another screen begins without another address.
pub fn to_top() {
    let main = web_sys::window().and_then(|window| window.document()?.query_selector("main.page").ok()?);
    if let Some(main) = main {
        main.set_scroll_top(0);
    }
}

/// Brings an element to the middle of the screen, where no bar stands over it: what was just said far from the button that was
/// pressed.
pub fn bring(element: &web_sys::Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Brings the first field that is said to be wrong onto the screen, in the dialog where one is open. Whoever is typing in a
/// field stays there.
pub fn to_first_wrong() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let typing = |element: web_sys::Element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT");
    if document.active_element().is_some_and(typing) {
        return;
    }
    let find = |selector: &str| document.query_selector(selector).ok().flatten();
    let within = if find("dialog[open]").is_some() { "dialog[open] .field-wrong" } else { ".field-wrong" };
    if let Some(first) = find(within).filter(|first| ends_in_sight(first) != (true, true)) {
        bring(&first);
    }
}

/// Gives the keyboard back to the page where the button that had it is gone with its screen: the next Tab begins there, and
/// not at the top of the browser.
pub fn keep_the_keyboard() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let lost = document.active_element().is_none_or(|element| element.tag_name() == "BODY");
    let main = document.query_selector("main.page").ok().flatten().and_then(|main| main.dyn_into::<HtmlElement>().ok());
    if let Some(main) = main.filter(|_| lost) {
        let _ = main.focus();
    }
}

/// Returns whether the beginning and the end of an element can be seen: inside the window, and nothing stands over them, be
/// it a header, the answer, the bar of the main button or a dialog.
#[must_use]
pub fn ends_in_sight(element: &web_sys::Element) -> (bool, bool) {
    let place = element.get_bounding_client_rect();
    let Some(document) = element.owner_document() else { return (false, false) };
    if place.height() <= 0.0 {
        return (false, false);
    }
    let middle = place.left() + place.width() / 2.0;
    let in_sight = |y: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
        let on_top = document.element_from_point(middle as f32, y as f32);
        on_top.is_some_and(|one| element.contains(Some(&one)))
    };
    (in_sight(place.top() + INSIDE), in_sight(place.bottom() - INSIDE))
}
