//! Small texts outside both copies of the store, in the local storage beside the preferences: what the app still knows when
//! the copies are gone. They say nothing about anybody.

#[cfg(target_arch = "wasm32")]
mod place {
    pub use perron_ui::browser::local::get;

    pub fn set(key: &str, text: &str) {
        let _ = perron_ui::browser::local::set(key, text);
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
