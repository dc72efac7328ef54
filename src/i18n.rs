//! The words of the screens as typed keys, made from `locales/` by `build.rs`.

mod words {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
pub use words::i18n::*;

/// What `use_i18n()` gives: pass it to functions that put codes into words.
pub type I18n = leptos_i18n::I18nContext<Locale>;
