//! Doses received from another team on the way: they come aboard under this tablet's custody.

use leptos::prelude::*;
use perron_domain::command::Command;

use super::Desk;
use crate::{
    components::{Card, Glyph, MainAction, PageHeader},
    i18n::say,
    pages::{
        loading::{Loading, LoadingFields},
        visit::link::Problem,
    },
};

/// The form.
#[component]
pub fn Receive(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let form = link.form("doses/receive");
    let loading = Loading::of(link, form, true);
    let save = move |()| {
        if let Some(loaded) = loading.read() {
            link.write(vec![Command::Load(loaded)], move || {
                form.done();
                desk.go.run("/doses".to_owned());
            });
        }
    };
    view! {
        <PageHeader title=say!(i18n, stock.receive) back="/doses" />
        <Card>
            <LoadingFields loading=loading />
        </Card>
        <Problem link=link />
        <MainAction
            label=say!(i18n, stock.receive_short)
            icon=Glyph::Download
            busy=link.busy
            disabled=Signal::derive(move || loading.missing().is_some())
            hint=move || loading.missing().map(str::to_owned)
            on_press=save
            testid="receive-save"
        />
    }
}
