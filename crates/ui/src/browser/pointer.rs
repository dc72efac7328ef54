//! Where a finger, a pen or a mouse is on a drawing surface.

use leptos::ev::PointerEvent;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Returns the place of a pointer inside the element that listens, as thousandths of its width (both axes, so that the
/// drawing keeps its proportions on another screen). `None` if the element has gone or has no size.
#[must_use]
pub fn place(event: &PointerEvent) -> Option<(u16, u16)> {
    let surface = event.current_target()?.dyn_into::<Element>().ok()?;
    let frame = surface.get_bounding_client_rect();
    if frame.width() <= 0.0 {
        return None;
    }
    let x = (f64::from(event.client_x()) - frame.left()) / frame.width();
    let y = (f64::from(event.client_y()) - frame.top()) / frame.width();
    Some((thousandths(x), thousandths(y)))
}

/// Keeps a pointer that leaves the surface, so that a stroke ends where the finger is lifted.
pub fn hold(event: &PointerEvent) {
    let target = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(surface) = target
        && surface.set_pointer_capture(event.pointer_id()).is_err()
    {
        leptos::logging::warn!("the pointer could not be held");
    }
}

fn thousandths(share: f64) -> u16 {
    // Saturating: `as` on floats clamps to the range of u16.
    (share * 1000.0).round().clamp(0.0, 4000.0) as u16
}
