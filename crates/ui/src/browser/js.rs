//! Small safe steps into JavaScript objects that may lack what we ask of them.
//!
//! A browser without Web Locks or a page on plain HTTP has no such property: reading it must answer "absent", not throw.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Returns property `name` of `object`, or `None` when it is absent, null or not readable.
pub fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name)).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// Calls method `name` of `object`; the error is what JavaScript threw, or a sentence when there is no such method.
pub fn call(object: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method = get(object, name)
        .and_then(|value| value.dyn_into::<Function>().ok())
        .ok_or_else(|| JsValue::from_str(&format!("no method {name}")))?;
    let list = Array::new();
    for argument in arguments {
        list.push(argument);
    }
    Reflect::apply(&method, object, &list)
}

/// Calls a method that answers a promise and waits for it; a plain value is passed on as it is.
pub async fn call_async(object: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let answer = call(object, name, arguments)?;
    match answer.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await,
        Err(value) => Ok(value),
    }
}

/// Returns an object with these properties.
pub fn object(pairs: &[(&str, JsValue)]) -> JsValue {
    let made = js_sys::Object::new();
    for (name, value) in pairs {
        // Setting a property of a fresh plain object does not fail.
        let _ = Reflect::set(&made, &JsValue::from_str(name), value);
    }
    made.into()
}

/// Returns what JavaScript threw, as a line for the console and for error details, never for a person's eyes alone.
pub fn words(thrown: &JsValue) -> String {
    let part = |name| get(thrown, name).and_then(|value| value.as_string());
    match (part("name"), part("message")) {
        (Some(name), Some(message)) => format!("{name}: {message}"),
        (None, Some(text)) | (Some(text), None) => text,
        (None, None) => thrown.as_string().unwrap_or_else(|| "unknown".to_owned()),
    }
}

/// Returns the `navigator` object, or `undefined` outside a browser window.
pub fn navigator() -> JsValue {
    get(&js_sys::global(), "navigator").unwrap_or(JsValue::UNDEFINED)
}
