//! A question that must be answered before going on. The browser's own dialog keeps the focus inside and Escape working.

use leptos::{ev, html, prelude::*};

use super::{
    choice::next_id,
    icon::{Glyph, Icon},
    live::Show,
    status::Tone,
};
use crate::i18n::{label, use_i18n};

thread_local! {
    /// How many dialogs are open.
    static OPEN: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// Says whether a dialog is open: a page then waits with what would draw it anew, and take away what somebody is typing.
#[must_use]
pub fn dialog_open() -> bool {
    OPEN.with(ArcRwSignal::clone).get() > 0
}

fn count_open(more: bool) {
    OPEN.with(ArcRwSignal::clone).update(|open| *open = if more { *open + 1 } else { open.saturating_sub(1) });
}

/// A dialog over the page.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Escape, the cross, or the page's own closing.
    #[prop(into)]
    on_close: Callback<()>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What it asks for.
    #[prop(into, optional)]
    tone: Signal<Tone>,
    /// The buttons, the safest first.
    #[prop(into, optional)]
    actions: ViewFn,
    /// What is at stake.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Dialog>::new();
    let id = next_id("dialog");
    let labelled = id.clone();
    let counted = StoredValue::new(false);
    let count = move |now: bool| {
        if counted.try_get_value().is_some_and(|before| before != now) {
            counted.set_value(now);
            count_open(now);
        }
    };
    on_cleanup(move || count(false));
    Effect::new(move |_| {
        let wanted = open.get();
        count(wanted);
        if let Some(dialog) = node.get() {
            if wanted && !dialog.open() {
                if dialog.show_modal().is_err() {
                    dialog.set_open(true);
                }
            } else if !wanted && dialog.open() {
                dialog.close();
            }
        }
    });
    view! {
        <dialog
            class="dialog"
            node_ref=node
            aria-labelledby=labelled
            data-tone=move || tone.get().name()
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
        >
            <Show when=move || open.get()>
                <header class="dialog-head">
                    <h2 id=id.clone() tabindex="-1" autofocus>{move || title.get()}</h2>
                    <button
                        type="button"
                        class="page-back"
                        aria-label=label!(i18n, common.close)
                        data-testid="dialog-close"
                        on:click=move |_| on_close.run(())
                    >
                        <Icon glyph=Glyph::Cross />
                    </button>
                </header>
                <div class="dialog-body">{children()}</div>
                <div class="dialog-actions">{actions.run()}</div>
            </Show>
        </dialog>
    }
}
