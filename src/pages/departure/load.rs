//! Loading otherwise than planned, at the departure.

use leptos::prelude::*;
use perron_domain::command::Command;

use crate::{
    components::{Button, Glyph, Weight},
    i18n::label,
    pages::{
        loading::{Loading, LoadingFields},
        visit::link::{Link, Problem},
    },
};

/// The form.
#[component]
pub fn LoadForm(
    /// The way to the replica.
    link: Link,
    /// Whether a load was begun and is not aboard.
    begun: RwSignal<bool>,
    /// Called once the doses are aboard.
    done: Callback<()>,
) -> impl IntoView {
    let i18n = link.i18n;
    let form = link.form("depart/load");
    let loading = Loading::of(link, form, false);
    Effect::new(move |_| begun.set(loading.begun()));
    let save = move |()| {
        if let Some(loaded) = loading.read() {
            link.write(vec![Command::Load(loaded)], move || {
                form.done();
                begun.set(false);
                done.run(());
            });
        }
    };
    view! {
        <div class="stack load-form">
            <LoadingFields loading=loading />
            <Problem link=link />
            <div class="actions">
                <Button
                    label=label!(i18n, tour.load_save)
                    icon=Glyph::CoolBox
                    weight=Weight::Primary
                    disabled=Signal::derive(move || loading.missing().is_some() || link.busy.get())
                    on_press=save
                    testid="load-save"
                />
            </div>
        </div>
    }
}
