//! Small texts outside both copies of the store, in the local storage beside the preferences: what the app still knows when
//! the copies are gone. They say nothing about anybody.

#[cfg(target_arch = "wasm32")]
mod place {
    use perron_ui::browser::js;
    use wasm_bindgen::JsValue;

    fn local() -> Option<JsValue> {
        js::get(&js_sys::global(), "localStorage")
    }

    pub fn get(key: &str) -> Option<String> {
        js::call(&local()?, "getItem", &[&key.into()]).ok()?.as_string()
    }

    pub fn set(key: &str, text: &str) {
        if let Some(local) = local() {
            let _ = js::call(&local, "setItem", &[&key.into(), &text.into()]);
        }
    }
}

/// While tests run on the host, each has its own.
#[cfg(not(target_arch = "wasm32"))]
mod place {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    thread_local! {
        static TEXTS: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
    }

    pub fn get(key: &str) -> Option<String> {
        TEXTS.with_borrow(|texts| texts.get(key).cloned())
    }

    pub fn set(key: &str, text: &str) {
        TEXTS.with_borrow_mut(|texts| texts.insert(key.to_owned(), text.to_owned()));
    }
}

/// Returns the text that was kept under this name; nothing where the browser denies it.
pub fn get(key: &str) -> Option<String> {
    place::get(key)
}

/// Keeps a text. Where the browser denies it, nothing is kept.
pub fn set(key: &str, text: &str) {
    place::set(key, text);
}
