//! In whose name something is done that only a head or a physician of the relay may do.

use crate::client::{get, routes};
use crate::components::{Notice, SelectField, Tone};
use leptos::prelude::*;
use perron_domain::fact::{AccountNo, Role};

/// The people of the relay who may, and the one who does.
#[derive(Clone, Copy)]
pub struct Signer {
    chosen: RwSignal<String>,
    people: Signal<Option<Vec<(String, String)>>>,
}

impl Signer {
    /// Reads who has this role; belongs to the present owner.
    pub fn new(role: Role) -> Self {
        let relay = LocalResource::new(|| get(routes::RELAY));
        let people = Signal::derive(move || {
            let relay = relay.get()?.ok()?;
            let named = |one: perron_desk_api::AccountLine| (one.account.0.to_string(), one.name);
            Some(relay.accounts.into_iter().filter(|one| one.roles.contains(&role)).map(named).collect())
        });
        Self { chosen: RwSignal::new(String::new()), people }
    }

    /// Returns the account that was chosen.
    pub fn account(self) -> Option<AccountNo> {
        self.chosen.with(|number| number.parse().ok()).map(AccountNo)
    }
}

/// The list; where nobody may, that.
#[component]
pub fn WhoSigns(
    /// Who may, and who does.
    signer: Signer,
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The sentence where nobody has the role.
    #[prop(into)]
    nobody: Signal<String>,
) -> impl IntoView {
    let options = Signal::derive(move || signer.people.get().unwrap_or_default());
    view! {
        <Show
            when=move || signer.people.with(|people| people.as_ref().is_none_or(|people| !people.is_empty()))
            fallback=move || view! { <Notice tone=Tone::Warning><p>{move || nobody.get()}</p></Notice> }
        >
            <SelectField label=label value=signer.chosen options=options testid="who-signs" />
        </Show>
    }
}
