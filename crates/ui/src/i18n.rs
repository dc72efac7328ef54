//! The words of the screens as typed keys, made from `locales/` by `build.rs`.

mod words {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
pub use words::i18n::Locale;

use leptos::prelude::*;

/// The language of the screens: what `use_i18n()` gives. Pass it to functions that put codes into words.
#[derive(Clone, Copy, Debug)]
pub struct I18n(RwSignal<Locale>);

impl I18n {
    /// Returns the language, and is called again when it changes.
    #[must_use]
    pub fn get_locale(self) -> Locale {
        self.0.get()
    }

    /// Returns the language now.
    #[must_use]
    pub fn get_locale_untracked(self) -> Locale {
        self.0.get_untracked()
    }

    /// Changes the language.
    pub fn set_locale(self, language: Locale) {
        self.0.set(language);
    }
}

/// Returns the language of the screens; outside the app, French.
#[must_use]
pub fn use_i18n() -> I18n {
    use_context().unwrap_or_else(|| I18n(RwSignal::new(Locale::default())))
}

/// Gives the language to the components below.
#[component]
pub fn I18nContextProvider(
    /// They.
    children: Children,
) -> impl IntoView {
    provide_context(I18n(RwSignal::new(Locale::default())));
    children()
}

/// A text without values in it, in both languages. Made by [`label!`], [`t!`] and [`t_string!`].
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// In French.
    pub fr: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Word {
    /// Returns the text in the language of the moment, and is called again when that changes.
    #[must_use]
    pub fn now(&'static self, i18n: I18n) -> &'static str {
        match i18n.get_locale() {
            Locale::fr => self.fr,
            Locale::en => self.en,
        }
    }

    /// Returns the text as a signal that follows the language.
    #[must_use]
    pub fn signal(&'static self, i18n: I18n) -> Signal<String> {
        Signal::derive(move || self.now(i18n).to_owned())
    }
}

/// The keys of each file of `locales/` in one language.
pub mod keys {
    use super::{Locale, words::i18n::namespaces as files};

    macro_rules! files {
        ($($module:ident: $file:ident),+) => {
            $(
                /// Those of the file of this name.
                #[must_use]
                pub const fn $file(language: Locale) -> files::$module::$file {
                    files::$module::$file::__new_internal(language)
                }
            )+
        };
    }

    files!(ns_common: common, ns_tour: tour, ns_visit: visit, ns_stock: stock, ns_close: close, ns_desk: desk);
}

// Hundreds of labels are such texts. As closures each would be compiled on its own; so all are one, over a `Word`.

/// The [`Word`] of a key.
#[macro_export]
macro_rules! word {
    ($file:ident.$key:ident) => {
        const {
            &$crate::i18n::Word {
                fr: $crate::i18n::keys::$file($crate::i18n::Locale::fr).$key().inner(),
                en: $crate::i18n::keys::$file($crate::i18n::Locale::en).$key().inner(),
            }
        }
    };
}

/// A text that follows the language, as a `Signal<String>`: for labels and titles.
#[macro_export]
macro_rules! label {
    ($i18n:expr, $file:ident.$key:ident) => {
        $crate::i18n::word!($file.$key).signal($i18n)
    };
}

/// A text as a view that follows the language.
#[macro_export]
macro_rules! t {
    ($i18n:expr, $file:ident.$key:ident) => {
        $crate::i18n::label!($i18n, $file.$key)
    };
    ($i18n:expr, $file:ident.$key:ident, $($name:ident = $value:expr),+) => {{
        let i18n = $i18n;
        $(#[allow(clippy::redundant_locals, reason = "the value may stand there under its own name")] let $name = $value;)+
        move || ::leptos_i18n::td_string!(i18n.get_locale(), $file.$key, $($name = $name.clone()),+)
    }};
}

/// A text as it is now: `&str`, or `String` where there are values in it.
#[macro_export]
macro_rules! t_string {
    ($i18n:expr, $file:ident.$key:ident) => {
        $crate::i18n::word!($file.$key).now($i18n)
    };
    ($i18n:expr, $($with_values:tt)+) => {
        ::leptos_i18n::td_string!($i18n.get_locale(), $($with_values)+)
    };
}

pub use crate::{label, t, t_string, word};
