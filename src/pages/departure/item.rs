//! The things of the kit, as a line of a list begins with one.

use crate::i18n::I18n;
use crate::pages::words;
use perron_domain::fact::KitItem;

/// Returns the name of an item as a line of a list begins it.
pub fn item_name(i18n: I18n, item: KitItem) -> String {
    let word = words::kit_word(i18n, item);
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
