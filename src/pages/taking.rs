//! Taking a dose that somebody else of the round waits for: who would go without, and why it is taken all the same.

use leptos::prelude::*;
use perron_domain::{aboard, name::FactName};

use super::{
    form::Form,
    reason::ReasonField,
    visit::link::{Link, Problem},
    words,
};
use crate::{
    components::Confirm,
    i18n::{label, t},
};

/// The question, asked only where no dose of the product is free.
#[derive(Clone, Copy)]
pub struct Taking {
    link: Link,
    /// Whose act would go without, while the question is open.
    costs: RwSignal<Option<FactName>>,
    reason: RwSignal<String>,
    then: StoredValue<Option<Callback<Option<String>>>>,
}

impl Taking {
    /// Returns the question of a form, which keeps the reason.
    #[must_use]
    pub fn of(link: Link, form: Form) -> Self {
        let reason = form.text("taking", "");
        Self { link, costs: RwSignal::new(None), reason, then: StoredValue::new(None) }
    }

    /// Goes on at once where a dose of `product` is free; otherwise asks first, and goes on with the reason.
    pub fn take(self, product: &str, then: Callback<Option<String>>) {
        let costs = self.link.glance(|round, common| aboard::costs(round, common, product, self.link.steady_once()));
        if costs.is_none() {
            then.run(None);
            return;
        }
        self.then.set_value(Some(then));
        self.costs.set(costs);
    }

    /// Returns who would go without, with the address and the hours.
    fn who(self) -> Option<String> {
        let act = self.costs.get()?;
        self.link.both(|round, _| {
            let visit = round.people.get(&round.acts.get(&act)?.person)?;
            let stop = round.stops.get(&visit.stop)?;
            let hours = words::window(self.link.i18n, stop);
            let parts = [Some(words::person_name(visit)), Some(stop.address.line.clone()), hours];
            Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
        })
    }
}

/// The dialog of the question.
#[component]
pub fn TakingDialog(
    /// What is asked.
    taking: Taking,
) -> impl IntoView {
    let link = taking.link;
    let i18n = link.i18n;
    let close = move || taking.costs.set(None);
    let missing = move || taking.reason.with(|reason| reason.trim().is_empty());
    view! {
        <Confirm
            open=Signal::derive(move || taking.costs.with(Option::is_some))
            on_close=move |()| close()
            title=label!(i18n, visit.taking_title)
            does=label!(i18n, visit.taking_do)
            disabled=Signal::derive(move || link.busy.get() || missing())
            on_do=move |()| {
                close();
                if let Some(then) = taking.then.get_value() {
                    then.run(Some(taking.reason.get_untracked()));
                }
            }
            testid="taking"
        >
            <p>{t!(i18n, visit.taking_text)}</p>
            <p>
                <strong data-testid="taking-who">{move || taking.who()}</strong>
            </p>
            <ReasonField
                label=label!(i18n, visit.taking_why)
                usual=vec![
                    label!(i18n, visit.taking_risk),
                    label!(i18n, visit.taking_lost),
                    label!(i18n, visit.taking_once),
                ]
                value=taking.reason
                testid="taking-reason"
            />
            <Problem link=link />
        </Confirm>
    }
}
