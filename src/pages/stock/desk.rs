//! What every form of these pages holds.

use crate::pages::visit::link::Link;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What every form of these pages holds.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The way to the replica.
    pub link: Link,
    /// Leads to another page.
    pub go: Callback<String>,
}

impl Desk {
    pub(super) fn find() -> Self {
        let navigate = use_navigate();
        let go =
            Callback::new(move |to: String| navigate(&to, NavigateOptions { replace: true, ..Default::default() }));
        Self { link: Link::find(), go }
    }
}
