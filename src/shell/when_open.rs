//! Nothing unknown looks like zero: until the store was read, a page that counts says so instead.

use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

use crate::{
    components::{EmptyState, ErrorBlock, Glyph},
    i18n::{label, t, use_i18n},
    pages::words,
    state::{Failure, Phase, use_replica},
};

/// Pages that say themselves how far the app has come, or show nothing of what is stored.
const SPEAK_FOR_THEMSELVES: [&str; 5] = ["/enrolement", "/reglages", "/plus", "/galerie", "/urgence"];

#[derive(Clone, PartialEq)]
enum Shown {
    Page,
    Opening,
    Failed(String),
    NotEnrolled,
}

/// The page, once what it shows is known.
#[component]
pub fn WhenOpen(children: ChildrenFn) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let path = use_location().pathname;
    let shown = Memo::new(move |_| {
        let speaks = path.with(|path| path == "/" || SPEAK_FOR_THEMSELVES.iter().any(|start| path.starts_with(start)));
        match replica.phase().get() {
            Phase::Ready => Shown::Page,
            _ if speaks => Shown::Page,
            Phase::Opening => Shown::Opening,
            Phase::Failed(error) => {
                let failure = Failure::Store(error);
                Shown::Failed(replica.see_common(|common| words::failure_text(i18n, common, &failure)))
            }
            Phase::NotEnrolled => Shown::NotEnrolled,
        }
    });
    move || match shown.get() {
        Shown::Page => children().into_any(),
        Shown::Opening => view! { <p class="muted" data-testid="not-open">{t!(i18n, common.opening)}</p> }.into_any(),
        Shown::Failed(message) => {
            view! { <ErrorBlock message=message unsure=true on_retry=Callback::new(move |()| replica.retry()) /> }
                .into_any()
        }
        Shown::NotEnrolled => view! {
            <EmptyState glyph=Glyph::Tablet title=label!(i18n, common.not_enrolled_title)>
                <A href="/enrolement">{t!(i18n, common.not_enrolled_go)}</A>
            </EmptyState>
        }
        .into_any(),
    }
}
