//! «Ajouter une adresse»: a door that the relay did not plan, found on the way.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use perron_domain::{command::Command, fact::StopPlanned, hour, people::Address};

use super::{
    address::{listed_of_page, with_listed},
    tour::order,
    visit::link::{Link, Problem},
};
use crate::{
    components::{Card, Glyph, MainAction, PageHeader, TextField, Tick, TimeField},
    i18n::{label, t_string},
    state::use_replica,
};

/// Returns one end of a time window, in minutes after midnight: none where nothing is typed, an error for no hour.
fn window_end(typed: &str) -> Result<Option<u16>, ()> {
    if typed.trim().is_empty() { Ok(None) } else { hour::minute(typed).map(Some).ok_or(()) }
}

/// The page that adds an address: `/nouvelle-adresse`.
#[component]
pub fn AddStop() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let replica = use_replica();
    let navigate = use_navigate();
    let near = link.glance(|round, _| super::tour::use_by::here(round)).unwrap_or_default();
    let listed = listed_of_page(link);
    let whom = listed.as_ref().map(|one| one.record.display_name());
    let listed = listed.map(|one| one.fact);
    let form = link.form("tour/add-stop");
    let line = form.text("line", "");
    let postcode = form.text("postcode", near.postcode);
    let city = form.text("city", near.city);
    let place = form.text("place", "");
    let from = form.text("from", "");
    let until = form.text("until", "");
    let now = form.tick("now", true);
    let wrong = RwSignal::new(None::<String>);
    let save = move |()| {
        if link.busy.get_untracked() {
            return;
        }
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let hours = [from, until].map(|typed| typed.with_untracked(|typed| window_end(typed)));
        let [Ok(from_minute), Ok(until_minute)] = hours else {
            wrong.set(Some(t_string!(i18n, visit.hour_wrong).to_owned()));
            return;
        };
        wrong.set(None);
        let stop = StopPlanned {
            address: Address {
                line: text(line),
                postcode: text(postcode),
                city: text(city),
                lon: None,
                lat: None,
                iris: None,
            },
            from_minute,
            until_minute,
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
                    let to = added.map_or_else(
                        || "/".to_owned(),
                        |added| with_listed(format!("/adresse/{added}/ajouter"), listed),
                    );
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
        <PageHeader
            title=label!(i18n, tour.add_stop)
            subtitle=Signal::stored(whom)
            back=Signal::stored("/".to_owned())
        />
        <Card>
            <div class="stack">
                <TextField label=label!(i18n, tour.stop_line) value=line testid="stop-line" />
                <div class="pair">
                    <TextField label=label!(i18n, tour.stop_postcode) value=postcode testid="stop-postcode" />
                    <TextField label=label!(i18n, tour.stop_city) value=city testid="stop-city" />
                </div>
                <TextField
                    label=label!(i18n, tour.stop_place)
                    value=place
                    optional=true
                    testid="stop-place"
                />
                <div class="pair">
                    <TimeField label=label!(i18n, tour.stop_from) value=from optional=true testid="stop-from" />
                    <TimeField
                        label=label!(i18n, tour.stop_until)
                        value=until
                        optional=true
                        error=wrong
                        testid="stop-until"
                    />
                </div>
                <Tick
                    label=label!(i18n, tour.stop_now)
                    value=Signal::derive(move || now.get())
                    on_change=move |yes| now.set(yes)
                    testid="stop-now"
                />
            </div>
        </Card>
        <Problem link=link />
        <MainAction
            label=label!(i18n, tour.stop_save)
            icon=Glyph::Pin
            busy=link.busy
            disabled=Signal::derive(empty)
            on_press=save
            testid="stop-save"
        />
    }
}

#[cfg(test)]
mod tests {
    use super::window_end;

    #[test]
    fn an_hour_is_read_or_left_out_or_said_to_be_none() {
        assert_eq!(window_end("09:05"), Ok(Some(545)));
        assert_eq!(window_end("24:00"), Err(()));
        assert_eq!(window_end(" "), Ok(None));
    }
}
