//! What the relay changed of the round since the team last read it: said on the tour until somebody has read it.

use leptos::{prelude::*, task::spawn_local};
use perron_domain::{changes::Changes, name::FactName, state::Round};

use super::super::visit::link::Link;
use crate::{
    components::{Button, Notice, Tone, Weight},
    i18n::{I18n, label, t_string},
    pages::words,
    state::use_replica,
};

/// The notice; nothing while nothing changed.
#[component]
pub fn Changed(
    /// The replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let replica = use_replica();
    let changes = replica.changes();
    let shown = Memo::new(move |_| {
        let changes = changes.get();
        let (last, at) = changes.last?;
        let lines = link.both(|round, common| {
            let names = || round.plan.iter().flat_map(|plan| &plan.nurses).map(|nurse| common.account_name(*nurse));
            lines(i18n, round, &changes, &names().collect::<Vec<_>>().join(", "))
        });
        let minute = link.common(|common| words::zone(common).minute(at));
        (!lines.is_empty()).then(|| (last, words::minute(i18n, minute), lines))
    });
    let read = move |last: FactName| spawn_local(async move { replica.read_changes(last).await });
    move || {
        shown.get().map(|(last, time, lines)| {
            view! {
                <Notice
                    tone=Tone::Warning
                    title=move || Some(t_string!(i18n, tour.changed_title, time = time.clone()))
                >
                    <ul class="plain" data-testid="round-changed">
                        {lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                    </ul>
                    <Button
                        label=label!(i18n, tour.changed_read)
                        weight=Weight::Quiet
                        on_press=move |()| read(last)
                        testid="round-changed-read"
                    />
                </Notice>
            }
        })
    }
}

/// Returns what changed, a line for each thing.
fn lines(i18n: I18n, round: &Round, changes: &Changes, nurses: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for visit in changes.added.iter().filter_map(|dossier| round.people.get(dossier)) {
        let (name, stop) = (visit.record.display_name(), round.stops.get(&visit.stop));
        let address = stop.map(|stop| stop.address.line.clone()).unwrap_or_default();
        lines.push(t_string!(i18n, tour.changed_added, name = name, address = address));
    }
    for out in changes.out.iter().filter_map(|dossier| round.taken_out.get(dossier)) {
        lines.push(t_string!(i18n, tour.changed_out, name = out.visit.record.display_name()));
    }
    for stop in changes.hours.iter().filter_map(|stop| round.stops.get(stop)) {
        lines.push(t_string!(i18n, tour.changed_hours, address = stop.address.line.clone()));
    }
    if changes.order {
        lines.push(t_string!(i18n, tour.changed_order).to_owned());
    }
    if let Some(plan) = round.plan.as_ref().filter(|_| changes.frame) {
        let hour = words::minute(i18n, plan.start_minute);
        let parts =
            [words::day_long(i18n, plan.on), plan.label.clone(), plan.team.clone(), plan.start_place.clone(), hour];
        let plan = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        lines.push(t_string!(i18n, tour.changed_frame, plan = plan));
    }
    if changes.nurses {
        lines.push(t_string!(i18n, tour.changed_nurses, names = nurses.to_owned()));
    }
    if changes.lots {
        lines.push(t_string!(i18n, tour.changed_lots).to_owned());
    }
    lines
}
