//! Texts by name, written as JSON by the browser: drafts and preferences.

use super::js;
use js_sys::{Array, JSON, Object};
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};

/// Reads what [`write`] wrote, and leaves out what is no text; none for what is no object.
#[must_use]
pub fn read(json: &str) -> Option<BTreeMap<String, String>> {
    let object = JSON::parse(json).ok()?.dyn_into::<Object>().ok()?;
    let mut texts = BTreeMap::new();
    for entry in Object::entries(&object) {
        let entry = entry.dyn_into::<Array>().ok()?;
        if let (Some(name), Some(text)) = (entry.get(0).as_string(), entry.get(1).as_string()) {
            texts.insert(name, text);
        }
    }
    Some(texts)
}

/// Writes texts as a JSON object.
#[must_use]
pub fn write(texts: &BTreeMap<String, String>) -> Option<String> {
    let pairs: Vec<(&str, JsValue)> =
        texts.iter().map(|(name, text)| (name.as_str(), JsValue::from_str(text))).collect();
    JSON::stringify(&js::object(&pairs)).ok()?.as_string()
}
