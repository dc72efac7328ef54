//! Somebody is being added who may be on the round already: asked about, with the way to her visit.

use leptos::prelude::*;
use perron_domain::{name::FactName, people::PersonRecord};

use super::{visit::link::Link, words};
use crate::{
    components::{Glyph, LinkButton, Notice, Tick, Tone, live},
    i18n::{label, t_string},
};

/// Who is being added, and who of the round that may be.
#[derive(Clone, Copy)]
pub struct AlreadyHere {
    link: Link,
    found: Memo<Option<FactName>>,
    /// For whom it was said that it is somebody else.
    other: RwSignal<Option<FactName>>,
}

impl AlreadyHere {
    /// Looks for whoever `typed` gives, as it is typed; none while too little is.
    #[must_use]
    pub fn of(link: Link, typed: impl Fn() -> Option<PersonRecord> + Send + Sync + 'static) -> Self {
        let found = Memo::new(move |_| {
            let record = typed()?;
            link.round(|round| round.already_here(&record))
        });
        Self { link, found, other: RwSignal::new(None) }
    }

    /// Says whether the question waits for an answer.
    #[must_use]
    pub fn waits(self) -> bool {
        let found = self.found.get();
        found.is_some() && self.other.get() != found
    }
}

/// «… est déjà sur la tournée»: her visit, or that it is somebody else.
#[component]
pub fn AlreadyHereNotice(
    /// What is asked.
    here: AlreadyHere,
) -> impl IntoView {
    let link = here.link;
    let i18n = link.i18n;
    live(move || {
        let who = here.found.get()?;
        let visit = link.round(|round| round.people.get(&who).cloned())?;
        let address = link.round(|round| round.stops.get(&visit.stop).map(|stop| stop.address.line.clone()));
        let born = visit.record.birth.map(words::partial);
        let detail = born.into_iter().chain(address).collect::<Vec<_>>().join(" · ");
        let name = words::person_name(&visit);
        Some(view! {
            <Notice
                tone=Tone::Warning
                title=Signal::derive(move || Some(t_string!(i18n, visit.already_here, who = name.clone())))
            >
                <p data-testid="already-here">{detail}</p>
                <div class="actions">
                    <LinkButton
                        label=label!(i18n, visit.open_her_visit)
                        href=format!("/visite/{who}")
                        icon=Glyph::Person
                        testid="already-here-open"
                    />
                    <Tick
                        label=label!(i18n, visit.somebody_else)
                        value=Signal::derive(move || here.other.get() == Some(who))
                        on_change=move |yes: bool| here.other.set(yes.then_some(who))
                        testid="already-here-other"
                    />
                </div>
            </Notice>
        })
    })
}
