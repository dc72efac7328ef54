//! A name that looks unfinished is asked about, once for what stands there now.

use leptos::prelude::*;
use perron_domain::spelling;

use super::form::{self, Form};
use crate::{
    components::{Show, Tick},
    i18n::{t_string, use_i18n},
};

/// The names of a form, and whether somebody said that they are whole.
#[derive(Clone, Copy)]
pub struct WholeName {
    unfinished: Memo<Vec<String>>,
    said: form::Tick,
}

impl WholeName {
    /// Looks at the names that `typed` gives, as they are typed.
    #[must_use]
    pub fn of(form: Form, typed: impl Fn() -> Vec<String> + Send + Sync + 'static) -> Self {
        let unfinished =
            Memo::new(move |_| typed().into_iter().filter(|name| spelling::looks_unfinished(name)).collect::<Vec<_>>());
        let said = form.tick("name_whole", false);
        // What was said of one name says nothing of the next.
        Effect::new(move |before: Option<Vec<String>>| {
            let now = unfinished.get();
            if before.is_some_and(|before| before != now) {
                said.set(false);
            }
            now
        });
        Self { unfinished, said }
    }

    /// Says whether the question waits for an answer.
    #[must_use]
    pub fn waits(self) -> bool {
        self.unfinished.with(|names| !names.is_empty()) && !self.said.get()
    }
}

/// «Nom complet : …», to be ticked.
#[component]
pub fn WholeNameTick(
    /// What is asked.
    name: WholeName,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Show when=move || name.unfinished.with(|names| !names.is_empty())>
            <Tick
                label=move || {
                    let names = name.unfinished.with(|names| names.join(" · "));
                    t_string!(i18n, visit.name_whole, name = names)
                }
                value=Signal::derive(move || name.said.get())
                on_change=move |yes| name.said.set(yes)
                testid="name-whole"
            />
        </Show>
    }
}
