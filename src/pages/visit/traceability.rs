//! Where a dose is entered, the certificate and the next date: one tap each while the minutes pass.

use leptos::prelude::*;
use perron_domain::{command::Command, date::Day, fact::Traceability, rules::Family};

use super::Door;
use crate::{
    components::{Button, Card, DateField, Fold, Glyph, Show, Tick, Weight, fr},
    i18n::{label, t_string},
    pages::words,
};

/// Until this day COVID doses were entered in VACCIN COVID on ameli pro (closed on 28 June 2024).
const VACCIN_COVID_UNTIL: (i32, u32, u32) = (2024, 6, 28);

/// Returns where a dose of a family is entered on a day.
fn usual_trace(family: Option<Family>, on: Day) -> Traceability {
    let (year, month, day) = VACCIN_COVID_UNTIL;
    let open = Day::new(year, month, day).is_some_and(|last| on <= last);
    if family == Some(Family::Covid) && open { Traceability::VaccinCovid } else { Traceability::Record }
}

/// Traceability: the usual place in one tap, others beside it; certificate; next date.
#[component]
pub fn Trace(
    /// The visit.
    door: Door,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let usual = Memo::new(move |_| {
        let on = link.today();
        link.both(|round, common| {
            let visit = round.people.get(&door.person)?;
            let given = visit.acts.iter().filter_map(|act| round.acts.get(act)).find_map(|act| act.given.first())?;
            let family = perron_domain::door::product(common, &given.dose.product, on).map(|product| product.family);
            Some(usual_trace(family, on))
        })
        .unwrap_or(Traceability::Record)
    });
    let done = move || link.round(|round| round.traced(door.person));
    let trace = move |means: Traceability| link.write(vec![Command::Trace { person: door.person, means }], || ());
    let certificate = move || link.round(|round| round.certified(door.person));
    let others = move || {
        [Traceability::VaccinCovid, Traceability::Record, Traceability::Certificate, Traceability::Later]
            .into_iter()
            .filter(|means| *means != usual.get())
            .collect::<Vec<_>>()
    };
    let papers = move || match done() {
        None => t_string!(i18n, visit.trace_in, place = words::trace_word(i18n, usual.get())),
        Some(_) => t_string!(i18n, visit.more_papers).to_owned(),
    };
    view! {
        <Card>
            <div class="pair">
                <Show
                    when=move || done().is_none()
                    fallback=move || {
                        view! {
                            <p class="done-line" data-testid="traced">
                                {move || done().map(|(means, _)| t_string!(i18n, visit.traced, place = words::trace_word(i18n, means)))}
                            </p>
                        }
                    }
                >
                    <Button
                        label=label!(i18n, visit.trace_done)
                        icon=Glyph::Pen
                        weight=Weight::Primary
                        disabled=link.busy
                        on_press=move |()| trace(usual.get_untracked())
                        testid="trace"
                    />
                </Show>
                <Tick
                    label=label!(i18n, visit.certificate_given)
                    value=Signal::derive(certificate)
                    on_change=move |given: bool| {
                        if given && !untrack(certificate) {
                            link.write(vec![Command::GiveCertificate(door.person)], || ());
                        }
                    }
                    testid="certificate"
                />
            </div>
            <Fold summary=Signal::derive(papers)>
                <div class="stack">
                    <Show when=move || done().is_none()>
                        <div class="actions">
                            {move || {
                                others()
                                    .into_iter()
                                    .enumerate()
                                    .map(|(index, means)| {
                                        view! {
                                            <Button
                                                label=move || words::trace_word(i18n, means)
                                                on_press=move |()| trace(means)
                                                testid=format!("trace-{index}")
                                            />
                                        }
                                    })
                                    .collect_view()
                            }}
                        </div>
                    </Show>
                    <NextDate door=door />
                </div>
            </Fold>
        </Card>
    }
}

/// The next date.
#[component]
fn NextDate(door: Door) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let visit = link.visit(door.person);
    let form = link.form(format!("visit/{}/next", door.person));
    let typed = form.text(
        "day",
        link.glance(|round, _| round.people.get(&door.person).and_then(|visit| visit.next_date))
            .map(|day| fr::date_short(day.0))
            .unwrap_or_default(),
    );
    let wrong = RwSignal::new(None::<String>);
    let command = move |on: Day| {
        let product = link.glance(|round, _| {
            let act = round.people.get(&door.person)?.acts.first()?;
            round.acts.get(act).map(|act| act.wish.product.clone())
        });
        Command::GiveNextDate { person: door.person, on, product }
    };
    let save = move |()| match words::read_day(&typed.get_untracked()) {
        Some(on) => {
            wrong.set(None);
            link.write(vec![command(on)], move || form.done());
        }
        None => wrong.set(Some(t_string!(i18n, visit.date_wrong).to_owned())),
    };
    // Whoever goes on without the button has typed it all the same.
    let unsaved = Callback::new(move |()| {
        let on = typed.try_get_untracked().and_then(|text| words::read_day(&text))?;
        let noted = link.glance(|round, _| round.people.get(&door.person).and_then(|visit| visit.next_date));
        (noted != Some(on)).then(|| {
            form.done();
            command(on)
        })
    });
    on_cleanup(move || {
        if let Some(command) = unsaved.try_run(()).flatten() {
            link.write_behind(command);
        }
    });
    let known = move || visit.with(|visit| visit.as_ref().and_then(|visit| visit.next_date));
    view! {
        <div class="pair">
            <DateField label=label!(i18n, visit.field_next_date) value=typed error=wrong testid="next-date" />
            <Button
                label=move || match known() {
                    Some(day) => t_string!(i18n, visit.next_date_noted, day = words::day(i18n, day)),
                    None => t_string!(i18n, visit.note_next_date).to_owned(),
                }
                icon=Glyph::Calendar
                on_press=save
                testid="next-date-save"
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covid_doses_were_entered_on_ameli_pro_until_the_end_of_june_2024() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(usual_trace(Some(Family::Covid), day("2021-12-16")), Traceability::VaccinCovid);
        assert_eq!(usual_trace(Some(Family::Covid), day("2024-06-28")), Traceability::VaccinCovid);
        assert_eq!(usual_trace(Some(Family::Covid), day("2024-06-29")), Traceability::Record);
        assert_eq!(usual_trace(Some(Family::Influenza), day("2021-12-16")), Traceability::Record);
    }
}
