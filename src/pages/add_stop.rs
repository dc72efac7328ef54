//! «Ajouter une adresse»: a door that the relay did not plan, found on the way.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use perron_domain::{command::Command, fact::StopPlanned, people::Address};

use super::{
    tour::order,
    visit::link::{Link, Problem},
};
use crate::{
    components::{Card, Glyph, MainAction, PageHeader, TextField, Tick, TimeField},
    i18n::say,
    state::use_replica,
};

/// Returns the minutes after midnight that «HH:MM» means; none when it is not an hour.
fn minute_of(typed: &str) -> Option<u16> {
    let (hour, minute) = typed.trim().split_once(':')?;
    let (hour, minute) = (hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// The page that adds an address: `/nouvelle-adresse`.
#[component]
pub fn AddStop() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let replica = use_replica();
    let navigate = use_navigate();
    let near = link.glance(|round, _| super::tour::use_by::here(round)).unwrap_or_default();
    let form = link.form("tour/add-stop");
    let line = form.text("line", "");
    let postcode = form.text("postcode", near.postcode);
    let city = form.text("city", near.city);
    let place = form.text("place", "");
    let from = form.text("from", "");
    let until = form.text("until", "");
    let now = form.tick("now", true);
    let save = move |()| {
        if link.busy.get_untracked() {
            return;
        }
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let stop = StopPlanned {
            address: Address {
                line: text(line),
                postcode: text(postcode),
                city: text(city),
                lon: None,
                lat: None,
                iris: None,
            },
            from_minute: minute_of(&from.get_untracked()),
            until_minute: minute_of(&until.get_untracked()),
            place: Some(text(place)).filter(|place| !place.is_empty()),
            unplanned: true,
        };
        let navigate = navigate.clone();
        link.busy.set(true);
        link.problem.set(None);
        spawn_local(async move {
            match replica.dispatch(Command::AddStop(stop)).await {
                Ok(saved) => {
                    form.done();
                    let added = saved.first();
                    if let (Some(added), true) = (added, now.now()) {
                        let order = link.glance(|round, _| order::first(&round.order, &round.next_stops(), added));
                        // The address stands; only its place in the order may be missing.
                        let _ = replica.dispatch(Command::OrderStops(order)).await;
                    }
                    let to = added.map_or_else(|| "/".to_owned(), |added| format!("/adresse/{added}/ajouter"));
                    navigate(&to, NavigateOptions { replace: true, ..NavigateOptions::default() });
                }
                Err(failure) => {
                    link.problem.try_set(Some(failure));
                }
            }
            link.busy.try_set(false);
        });
    };
    let empty = move || line.with(|line| line.trim().is_empty());
    view! {
        <PageHeader title=say!(i18n, tour.add_stop) back=Signal::stored("/".to_owned()) />
        <Card>
            <div class="stack">
                <TextField label=say!(i18n, tour.stop_line) value=line testid="stop-line" />
                <div class="pair">
                    <TextField label=say!(i18n, tour.stop_postcode) value=postcode testid="stop-postcode" />
                    <TextField label=say!(i18n, tour.stop_city) value=city testid="stop-city" />
                </div>
                <TextField
                    label=say!(i18n, tour.stop_place)
                    value=place
                    optional=true
                    testid="stop-place"
                />
                <div class="pair">
                    <TimeField label=say!(i18n, tour.stop_from) value=from optional=true testid="stop-from" />
                    <TimeField
                        label=say!(i18n, tour.stop_until)
                        value=until
                        optional=true
                        testid="stop-until"
                    />
                </div>
                <Tick
                    label=say!(i18n, tour.stop_now)
                    value=Signal::derive(move || now.get())
                    on_change=move |yes| now.set(yes)
                    testid="stop-now"
                />
            </div>
        </Card>
        <Problem link=link />
        <MainAction
            label=say!(i18n, tour.stop_save)
            icon=Glyph::Check
            busy=link.busy
            disabled=Signal::derive(empty)
            on_press=save
            testid="stop-save"
        />
    }
}

#[cfg(test)]
mod tests {
    use super::minute_of;

    #[test]
    fn an_hour_is_read_or_left_out() {
        assert_eq!(minute_of("09:05"), Some(545));
        assert_eq!(minute_of("24:00"), None);
        assert_eq!(minute_of(""), None);
    }
}
