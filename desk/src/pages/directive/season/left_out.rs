//! The worked examples of last year's campaign that are left out: one may be taken in again.

use crate::components::{Card, Tick};
use crate::i18n::{t, t_string, use_i18n};
use leptos::prelude::*;

/// The card; nothing while none is left out.
#[component]
pub fn LeftOut(without: RwSignal<Vec<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let some = Memo::new(move |_| without.with(|names| !names.is_empty()));
    let tick = move |name: String| {
        let gone = name.clone();
        view! {
            <Tick
                label=name
                value=true
                on_change=move |on: bool| {
                    if !on {
                        without.update(|names| names.retain(|known| *known != gone));
                    }
                }
                testid="left-out"
            />
        }
    };
    view! {
        <Show when=move || some.get()>
            <Card title=move || t_string!(i18n, desk.se_left_out)>
                <p class="muted">{t!(i18n, desk.se_left_out_text)}</p>
                <div class="ticks-row">
                    <For each=move || without.get() key=String::clone children=tick />
                </div>
            </Card>
        </Show>
    }
}
