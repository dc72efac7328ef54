//! «Confirmer»: a physician of the relay says that a version of a directive is good for the relay.

use super::parts::Work;
use super::sign::{Signer, WhoSigns};
use crate::components::{Button, Dialog, Weight};
use crate::i18n::{t, t_string, use_i18n};
use crate::state::desk::directives;
use leptos::prelude::*;
use perron_domain::fact::Role;

/// What is to be confirmed: the directive, its version, its title.
pub type Asked = RwSignal<Option<(String, String, String)>>;

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
        let (Some((id, version, _)), Some(account)) = (asked.get_untracked(), signer.account()) else { return };
        work.run(directives::confirm(account, id, version), move |()| {
            asked.set(None);
            on_confirmed.run(());
        });
    });
    let about = move || asked.get().map(|(_, version, title)| format!("{title} · {version}"));
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
            <WhoSigns
                signer=signer
                label=move || t_string!(i18n, desk.d_confirm_who)
                nobody=move || t_string!(i18n, desk.d_no_physician)
            />
            {work.failure(i18n)}
        </Dialog>
    }
}
