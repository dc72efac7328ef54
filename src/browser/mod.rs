//! Everything that touches the browser itself. No other room of the app imports `web_sys`.

pub mod prefs;
