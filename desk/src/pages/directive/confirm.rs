//! «Confirmer»: a physician of the relay says that a version of a directive is good for the relay.

use crate::client::{ask_as, routes};
use crate::components::{Button, Dialog, Notice, Tone, Weight};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::parts::Work;
use crate::pages::team::sign::{Signer, WhoSigns};
use leptos::prelude::*;
use perron_desk_api::ConfirmDirective;
use perron_domain::fact::Role;

/// A version of a directive that a physician is asked to confirm.
#[derive(Clone, PartialEq, Debug)]
pub struct ToConfirm {
    /// The directive.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// The worked examples of last season that it left out.
    pub left_out: Vec<String>,
}

/// What is to be confirmed, while something is.
pub type Asked = RwSignal<Option<ToConfirm>>;

/// The dialog; open while something is asked.
#[component]
pub fn Confirm(
    /// What is to be confirmed.
    asked: Asked,
    /// It was.
    #[prop(into)]
    on_confirmed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let signer = Signer::new(Role::Physician);
    let close = Callback::new(move |()| {
        work.error.set(None);
        asked.set(None);
    });
    let go = Callback::new(move |()| {
        let (Some(ToConfirm { id, version, .. }), Some(account)) = (asked.get_untracked(), signer.account()) else {
            return;
        };
        work.run(ask_as(account, routes::CONFIRM_DIRECTIVE, (), ConfirmDirective { id, version }), move |()| {
            asked.set(None);
            on_confirmed.run(());
        });
    });
    let about = move || asked.get().map(|one| format!("{} · {}", one.title, one.version));
    let left_out = move || {
        let names = asked.with(|one| one.as_ref().map(|one| one.left_out.clone()).unwrap_or_default());
        (!names.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warning>
                    <p>{t!(i18n, desk.d_confirm_left_out)}</p>
                    <ul data-testid="confirm-left-out">
                        {names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}
                    </ul>
                </Notice>
            }
        })
    };
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            on_close=close
            title=move || t_string!(i18n, desk.d_confirm_title)
            actions=move || {
                view! {
                    <Button label=move || t_string!(i18n, common.cancel) on_press=close />
                    <Button
                        label=move || t_string!(i18n, desk.d_confirm)
                        weight=Weight::Primary
                        disabled=Signal::derive(move || work.busy.get() || signer.account().is_none())
                        on_press=go
                        testid="confirm-go"
                    />
                }
            }
        >
            <p><strong>{about}</strong></p>
            <p>{t!(i18n, desk.d_confirm_text)}</p>
            {left_out}
            <WhoSigns
                signer=signer
                label=move || t_string!(i18n, desk.d_confirm_who)
                nobody=move || t_string!(i18n, desk.d_no_physician)
            />
            {work.failure(i18n)}
        </Dialog>
    }
}
