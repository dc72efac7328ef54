//! Which of the two families of tablets this is, where they want different links.

use wasm_bindgen::JsValue;

use super::js;

/// Returns whether this is an iPad or an iPhone: the only ones whose style sheets know this property.
#[must_use]
pub fn is_apple_touch() -> bool {
    let supports = |css: &JsValue| {
        let (property, value) = (JsValue::from_str("-webkit-touch-callout"), JsValue::from_str("none"));
        js::call(css, "supports", &[&property, &value]).ok().and_then(|answer| answer.as_bool())
    };
    js::get(&js_sys::global(), "CSS").as_ref().and_then(supports) == Some(true)
}
