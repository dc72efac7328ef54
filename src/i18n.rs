//! The words of the screens as typed keys, made from `locales/` by `build.rs`.

mod words {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
pub use words::i18n::*;
