//! Where one is in a visit, as steps that rise towards the door: the house's own sign.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};

/// The steps of a visit. Those done are filled, the one under way carries its name.
#[component]
pub fn StepTrail(
    /// The names of the steps.
    #[prop(into)]
    names: Signal<Vec<String>>,
    /// The one under way, from 0.
    #[prop(into)]
    current: Signal<usize>,
) -> impl IntoView {
    let i18n = use_i18n();
    let total = move || names.with(Vec::len);
    let sentence = move || t_string!(i18n, common.step_of, current = current.get() + 1, total = total());
    let name = move || names.with(|names| names.get(current.get()).cloned());
    view! {
        <div class="trail">
            <ol class="trail-steps" aria-hidden="true">
                {move || {
                    (0..total())
                        .map(|index| {
                            view! {
                                <li
                                    class="trail-step"
                                    class:trail-done=move || index < current.get()
                                    class:trail-current=move || index == current.get()
                                    style:height=format!("{}%", 34 + 66 * (index + 1) / total().max(1))
                                />
                            }
                        })
                        .collect_view()
                }}
            </ol>
            <p class="trail-name">
                <strong>{name}</strong>
                <span class="trail-count">{sentence}</span>
            </p>
        </div>
    }
}
