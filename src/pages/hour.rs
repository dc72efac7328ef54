//! An hour being typed: what it means by the rule of the whole app, the day said beside it when it is not today, and another
//! day where that may be meant.

use leptos::prelude::*;
use perron_domain::{
    hour::{self, About},
    time::Wall,
};

use super::{visit::link::Link, words};
use crate::{
    components::{Button, TimeField},
    i18n::t_string,
};

/// The text of an hour, and what it is about.
#[derive(Clone, Copy)]
pub struct Hour {
    link: Link,
    /// The text, `HH:MM`, as the field holds it.
    pub text: RwSignal<String>,
    about: Signal<About>,
    /// The instant that a person chose for a text, where it could mean several.
    chosen: RwSignal<Option<(String, Wall)>>,
}

impl Hour {
    /// Returns the hour that `text` holds.
    #[must_use]
    pub fn of(link: Link, text: RwSignal<String>, about: impl Into<Signal<About>>) -> Self {
        Self { link, text, about: about.into(), chosen: RwSignal::new(None) }
    }

    /// Returns the hour of something done.
    #[must_use]
    pub fn done(link: Link, text: RwSignal<String>) -> Self {
        Self::of(link, text, Signal::stored(About::Done))
    }

    /// Returns the hour of a fact that is corrected.
    #[must_use]
    pub fn corrected(link: Link, text: RwSignal<String>, first: Wall) -> Self {
        Self::of(link, text, Signal::stored(About::Corrected(first)))
    }

    /// Says whether nothing is typed, and is called again when that changes.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.text.with(|text| text.trim().is_empty())
    }

    /// Returns what the text means, and is called again when it changes; none when it is empty or no hour.
    #[must_use]
    pub fn read(self) -> Option<Wall> {
        let (link, about) = (self.link, self.about.get());
        let zone = link.common(|common| words::zone(common));
        let chosen = self.chosen.get();
        self.text.with(|text| match chosen {
            Some((of, at)) if of == *text => Some(at),
            _ => hour::read(zone, text, about, link.now_once()),
        })
    }

    /// Returns what the text means, the present where nothing is typed; none when it is no hour.
    #[must_use]
    pub fn read_or_now(self) -> Option<Wall> {
        if self.is_empty() { Some(self.link.now_once()) } else { self.read() }
    }

    /// Returns what the text means in words, where its day is not today.
    fn other_day(self) -> Option<String> {
        let (link, at) = (self.link, self.read()?);
        link.common(|common| {
            let zone = words::zone(common);
            (zone.day(at) != zone.day(link.now_once())).then(|| self.words(at))
        })
    }

    fn words(self, at: Wall) -> String {
        let link = self.link;
        link.common(|common| words::moment(link.i18n, common, at, link.now_once()))
    }

    /// Returns an instant in words that always name its day.
    fn with_day(self, at: Wall) -> String {
        let (link, moment) = (self.link, self.words(at));
        let zone = link.common(|common| words::zone(common));
        let today = zone.day(at) == zone.day(link.now_once());
        if today { t_string!(link.i18n, common.hour_today, hour = moment) } else { moment }
    }

    /// Returns the other instants that may be meant.
    fn others(self) -> Vec<Wall> {
        let (link, about, meant) = (self.link, self.about.get(), self.read());
        let zone = link.common(|common| words::zone(common));
        let mut found = self.text.with(|text| hour::candidates(zone, text, about, link.now_once()));
        found.retain(|at| Some(*at) != meant);
        found
    }
}

/// The field of an hour. When what is typed is not of today, it says of which day it is; where another day may be meant, one
/// touch chooses it.
#[component]
pub fn HourField(
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    hour: Hour,
    /// What helps to fill it in.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// `data-testid`.
    #[prop(into)]
    testid: String,
) -> impl IntoView {
    let i18n = hour.link.i18n;
    let other = move |at: Wall| {
        view! {
            <Button
                label=Signal::stored(t_string!(i18n, common.hour_rather, moment = untrack(|| hour.with_day(at))))
                on_press=move |()| hour.chosen.set(Some((hour.text.get_untracked(), at)))
                testid="hour-rather"
            />
        }
    };
    view! {
        <div class="hour-field">
            <TimeField label=label value=hour.text hint=hint error=error testid=testid />
            {move || {
                hour.other_day()
                    .map(|moment| {
                        let said = t_string!(i18n, common.hour_meant, moment = moment);
                        view! { <p class="hour-meant" role="status">{said}</p> }
                    })
            }}
            {move || hour.others().into_iter().map(other).collect_view()}
        </div>
    }
}
