//! Which window of the desk this is: the same after it was loaded anew, another one beside it.

use crate::browser::session;
use std::cell::RefCell;
use std::collections::BTreeSet;

const KEY: &str = "perron.window";

thread_local! {
    /// Where the browser keeps nothing for a window, a window loaded anew is another one.
    static ID: RefCell<String> = RefCell::new(session::get(KEY).unwrap_or_else(fresh));
    /// The forms whose drafts were asked for since this window was loaded.
    static ASKED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

fn fresh() -> String {
    let id = format!("{:016x}", getrandom::u64().unwrap_or_default());
    // Where it is denied, it lasts until the window is loaded anew.
    let _ = session::set(KEY, &id);
    id
}

/// Returns this window's name.
pub(super) fn id() -> String {
    ID.with_borrow(Clone::clone)
}

/// Says whether nobody asked for the drafts of this form yet, and notes it.
pub(super) fn asks_first(form: &str) -> bool {
    ASKED.with_borrow_mut(|asked| asked.insert(form.to_owned()))
}
