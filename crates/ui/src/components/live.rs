//! What appears, disappears and repeats: Leptos' `Show` and `For` with their closures boxed, so that each is compiled once
//! and not anew for every place that uses it.

use std::sync::{Arc, Mutex};

use leptos::{either::Either, prelude::*};

/// What [`Show`] asks: a closure that is called again when the signals that it reads change.
pub struct Condition(Box<dyn Fn() -> bool + Send + Sync>);

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(condition: F) -> Self {
        Self(Box::new(condition))
    }
}

/// Shows its children while a condition holds, and else the fallback.
#[component]
pub fn Show(
    /// The condition.
    #[prop(into)]
    when: Condition,
    /// What is shown while it does not hold.
    #[prop(into, optional)]
    fallback: ViewFn,
    /// What is shown while it holds.
    children: ChildrenFn,
) -> impl IntoView {
    let holds = ArcMemo::new(move |_| when.0());
    live(move || if holds.get() { Either::Left(children()) } else { Either::Right(fallback.run()) })
}

/// Shows one view for each item, and keeps that of an item whose key stays.
#[component]
pub fn For<T, K, N>(
    /// The items; called again when the signals that it reads change.
    each: impl Fn() -> Vec<T> + Send + 'static,
    /// What tells them apart.
    key: impl Fn(&T) -> K + Send + 'static,
    /// The view of one.
    children: impl Fn(T) -> N + Send + Sync + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    K: ToString + 'static,
    N: IntoView + 'static,
{
    let children = Arc::new(children);
    let row = move |item: T| {
        let children = Arc::clone(&children);
        Row { key: key(&item).to_string(), draw: Box::new(move || children(item).into_any()) }
    };
    rows(Box::new(move || each().into_iter().map(&row).collect()))
}

/// Returns a view that is drawn again when the signals that it reads change. A closure given as it is would be a type of
/// view of its own.
pub fn live<V: 'static>(draw: impl FnMut() -> V + Send + 'static) -> Live<V> {
    Arc::new(Mutex::new(draw))
}

/// A closure that draws, whichever it is.
pub type Live<V> = Arc<Mutex<dyn FnMut() -> V + Send>>;

struct Row {
    key: String,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

fn rows(each: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    view! { <leptos::prelude::For each=each key=|row: &Row| row.key.clone() children=|row: Row| (row.draw)() /> }
        .into_any()
}
