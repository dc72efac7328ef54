//! Urgence: 15, the address to read out, a stopwatch, the relay's signed protocol. No dose is computed here, and nothing
//! ever waits for a call.

pub mod told;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use perron_domain::{
    command::Command,
    date::Day,
    fact::{DoseGiven, IncidentKind},
    name::FactName,
    state::Common,
    time::Wall,
};

use self::told::{Event, What};
use super::{
    visit::{
        link::{Link, Problem},
        place::{place, tel},
    },
    words,
};
use crate::{
    components::{Button, Card, Glyph, Icon, LinkButton, Notice, PageHeader, Show, Tone, Weight, fr, live},
    i18n::{I18n, label, t, t_string},
    state::{Phase, use_replica},
};

/// The page of an emergency: `/urgence`, `/urgence/:person`, `/urgence/adresse/:stop`.
#[component]
pub fn Emergency() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let open = use_open();
    // What cannot be saved is not offered: a button that looks as if it noted something would be trusted.
    let closed = Signal::derive(move || link.busy.get() || !open.get());
    let params = use_params_map();
    let named = move |name: &str| params.with(|params| params.get(name).and_then(|text| text.parse::<FactName>().ok()));
    let person = Memo::new(move |_| named("person"));
    // The address of the person, the one named, else the last door where the team stood.
    let stop = Memo::new(move |_| {
        link.round(|round| {
            let of_person = person.get().and_then(|person| round.people.get(&person)).map(|visit| visit.stop);
            of_person.or_else(|| named("stop")).or_else(|| told::last_door(round, link.now_once()))
        })
    });
    let here = Memo::new(move |_| stop.get().and_then(|stop| link.round(|round| place(round, stop))));
    let who =
        move || {
            let person = person.get()?;
            link.round(|round| {
                let visit = round.people.get(&person)?;
                let age = visit.record.birth.map(|birth| words::age(i18n, birth, link.today()));
                Some(age.map_or_else(
                    || visit.record.display_name(),
                    |age| format!("{}, {age}", visit.record.display_name()),
                ))
            })
        };
    let given = move || {
        let Some(person) = person.get() else { return Vec::new() };
        link.both(|round, common| {
            let line = |dose: DoseGiven| {
                let product = words::product_short(common, &dose.product, link.today());
                let hour = words::moment(i18n, common, dose.done_at, link.now_once());
                t_string!(i18n, visit.given_with_lot, product = product, lot = dose.lot, hour = hour)
            };
            told::given(round, person).into_iter().map(line).collect::<Vec<_>>()
        })
    };
    let known = move || {
        let Some(person) = person.get() else { return Vec::new() };
        link.both(|round, common| {
            let line = |one: told::Known| known_line(i18n, common, &one, link.today());
            let states = told::states(round, person).into_iter().map(|one| fr::capital(words::trait_word(i18n, one)));
            let known = told::known(round, common, person, link.today()).into_iter().map(line);
            known.chain(states).collect::<Vec<_>>()
        })
    };
    let report = move |kind: IncidentKind| {
        link.write(vec![Command::Report { person: person.get_untracked(), kind, text: String::new() }], || ());
    };
    let noted = move || {
        link.both(|round, common| {
            let line = |event: Event| {
                let what = match event.what {
                    What::Dose(dose) => {
                        let product = words::product_short(common, &dose.product, link.today());
                        format!("{product} · {}", t_string!(i18n, visit.lot_number, lot = dose.lot))
                    }
                    What::Adrenaline => t_string!(i18n, visit.adrenaline).to_owned(),
                    What::Incident(kind, text) if text.is_empty() => words::incident_word(i18n, kind).to_owned(),
                    What::Incident(kind, text) => format!("{} · {text}", words::incident_word(i18n, kind)),
                };
                format!("{} · {what}", words::moment(i18n, common, event.at, link.now_once()))
            };
            told::events(round, person.get()).into_iter().map(line).collect::<Vec<_>>()
        })
    };
    let back = move || person.get().map_or_else(|| "/".to_owned(), |person| format!("/visite/{person}"));
    view! {
        <PageHeader title=label!(i18n, common.urgent) back=Signal::derive(back) />
        <a class="button button-danger emergency-call" href="tel:15" data-testid="call-15">
            <Icon glyph=Glyph::Phone large=true />
            <span>{t!(i18n, visit.call_15)}</span>
        </a>
        <Show when=move || !open.get()>
            <Notice tone=Tone::Danger>
                <p data-testid="emergency-not-open">{t!(i18n, visit.emergency_not_open)}</p>
            </Notice>
        </Show>
        {move || likely(link, person)}
        <div class="emergency-now">
        <Card title=Signal::derive(move || t_string!(i18n, visit.read_out).to_owned()) icon=Glyph::Pin>
            <div class="read-out" data-testid="read-out">
                {move || match here.get() {
                    Some(place) => {
                        let doors = [
                            (t_string!(i18n, visit.door_code), place.codes.join(" · ")),
                            (t_string!(i18n, visit.floor), place.floors.join(" · ")),
                        ];
                        view! {
                            <p class="read-out-line">{place.line}</p>
                            <p class="read-out-line">{place.town}</p>
                            {place.place.map(|name| view! { <p>{name}</p> })}
                            <p class="read-out-doors">
                                {doors
                                    .into_iter()
                                    .filter(|(_, text)| !text.is_empty())
                                    .map(|(word, text)| view! { <span>{word} " " <strong>{text}</strong></span> })
                                    .collect_view()}
                            </p>
                        }
                            .into_any()
                    }
                    None if !open.get() => view! { <p>{t!(i18n, visit.address_not_open)}</p> }.into_any(),
                    None => view! { <p>{t!(i18n, visit.no_address)}</p> }.into_any(),
                }}
                <p>{move || who()}</p>
                <ul data-testid="known-of-her">
                    {move || known().into_iter().map(|line| view! { <li><strong>{line}</strong></li> }).collect_view()}
                </ul>
                <ul data-testid="given-today">
                    {move || given().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                </ul>
            </div>
        </Card>
        <Stopwatch link=link person=person />
        </div>
        <Show when=move || open.get()>
            <Protocol link=link />
        </Show>
        <Problem link=link />
        <div class="actions actions-even">
            <Button
                label=label!(i18n, visit.note_fifteen)
                icon=Glyph::Pen
                disabled=closed
                on_press=move |()| report(IncidentKind::Emergency)
                testid="note-emergency"
            />
            <Button
                label=move || words::incident_word(i18n, IncidentKind::Reaction)
                disabled=closed
                on_press=move |()| report(IncidentKind::Reaction)
                testid="note-reaction"
            />
            <Button
                label=move || words::incident_word(i18n, IncidentKind::Faint)
                disabled=closed
                on_press=move |()| report(IncidentKind::Faint)
                testid="note-faint"
            />
            <Button
                label=move || words::incident_word(i18n, IncidentKind::NeedleStick)
                disabled=closed
                on_press=move |()| report(IncidentKind::NeedleStick)
                testid="note-needle"
            />
            {move || {
                link.common(|common| common.on_call.clone())
                    .map(|on_call| {
                        view! {
                            <LinkButton
                                label=Signal::stored(t_string!(i18n, visit.call_who, who = on_call.name))
                                href=tel(&on_call.phone)
                                icon=Glyph::Phone
                                testid="call-on-call"
                            />
                        }
                    })
            }}
        </div>
        // Below everything that must stay in sight: the list grows with each thing noted.
        <ol class="noted" data-testid="noted">
            {move || noted().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
        </ol>
    }
}

/// Who is most likely meant, where the page was opened without a name: one touch, and everything read out is hers.
fn likely(link: Link, person: Memo<Option<FactName>>) -> Option<impl IntoView> {
    let i18n = link.i18n;
    if person.get().is_some() {
        return None;
    }
    let people = link.round(|round| {
        let name = |person: FactName| Some((person, round.people.get(&person)?.record.display_name()));
        told::likely(round, link.now_once()).into_iter().filter_map(name).collect::<Vec<_>>()
    });
    (!people.is_empty()).then(|| {
        view! {
            <div class="actions" data-testid="emergency-likely">
                <strong>{t!(i18n, visit.emergency_who)}</strong>
                    {people
                        .into_iter()
                        .map(|(person, name)| {
                            view! {
                                <LinkButton
                                    label=Signal::stored(name)
                                    href=format!("/urgence/{person}")
                                    testid="emergency-who"
                                />
                            }
                        })
                        .collect_view()}
            </div>
        }
    })
}

/// Returns what is known of somebody as a sentence that is read out: the question's own words where nothing shorter is as
/// true.
fn known_line(i18n: I18n, common: &Common, one: &told::Known, on: Day) -> String {
    let product = one.product.as_deref().map(|code| words::product_short(common, code, on));
    let question = || format!("{} {}", words::question_words(i18n, common, &one.question), t_string!(i18n, common.yes));
    let said = match (one.question.as_str(), &product) {
        ("allergy_component", Some(product)) => t_string!(i18n, visit.known_allergy, product = product.as_str()),
        ("anaphylaxis_previous_dose", Some(product)) => {
            t_string!(i18n, visit.known_anaphylaxis, product = product.as_str())
        }
        ("anaphylaxis_other_vaccine", _) => t_string!(i18n, visit.known_anaphylaxis_other).to_owned(),
        (_, Some(product)) => format!("{} · {product}", question()),
        (_, None) => question(),
    };
    match one.on {
        Some(on) => format!("{said} ({})", words::partial(on)),
        None => said,
    }
}

/// Whether the data of this tablet is open: until then nothing of it is known, nor anything saved.
fn use_open() -> Memo<bool> {
    let phase = use_replica().phase();
    Memo::new(move |_| phase.get() == Phase::Ready)
}

/// A stopwatch that survives leaving the page and closing the app.
#[component]
fn Stopwatch(link: Link, person: Memo<Option<FactName>>) -> impl IntoView {
    let i18n = link.i18n;
    let open = use_open();
    let key = person.get_untracked().map_or_else(|| "emergency".to_owned(), |person| format!("emergency/{person}"));
    let form = link.form(key);
    let start = form.text("start", "");
    let since = move || start.with(|start| start.parse::<i64>().ok()).map(Wall);
    let seconds = move || since().map_or(0, |since| link.steady().since(since).div_euclid(1000));
    let hour = move || {
        let minute = Wall(link.now().0.div_euclid(60_000) * 60_000);
        link.common(|common| words::hour(i18n, common, minute))
    };
    let given = Memo::new(move |_| {
        link.round(|round| {
            let all = told::adrenaline(round, person.get()).into_iter();
            all.map(|one| (one.at, round.clocks.done(one.name, one.at, one.entered_at))).collect::<Vec<_>>()
        })
    });
    view! {
        <div class="card stopwatch">
            <Icon glyph=Glyph::Stopwatch large=true />
            <span class="stopwatch-time" role="timer" data-testid="stopwatch">
                {move || fr::countdown(i18n.get_locale(), seconds())}
            </span>
            <Show
                when=move || since().is_some()
                fallback=move || {
                    view! {
                        <Button
                            label=label!(i18n, visit.stopwatch_start)
                            weight=Weight::Primary
                            on_press=move |()| start.set(link.steady_once().0.to_string())
                            testid="stopwatch-start"
                        />
                    }
                }
            >
                <Button
                    label=label!(i18n, visit.stopwatch_reset)
                    on_press=move |()| start.set(String::new())
                    testid="stopwatch-reset"
                />
            </Show>
            <Button
                label=move || t_string!(i18n, visit.adrenaline_given, hour = hour())
                icon=Glyph::Syringe
                weight=Weight::Danger
                disabled=Signal::derive(move || link.busy.get() || !open.get())
                on_press=move |()| {
                    let person = person.get_untracked();
                    // A finger that shakes gives no second dose.
                    if !link.glance(|round, _| told::just_noted(round, person, link.now_once())) {
                        link.write(vec![Command::NoteAdrenaline { person, at: None }], || ());
                    }
                }
                testid="adrenaline"
            />
            <ol class="adrenaline" data-testid="adrenaline-lines">
                {move || {
                    given
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(index, (read, done))| {
                            let said = t_string!(
                                i18n,
                                visit.adrenaline_line,
                                count = index + 1,
                                hour = link.moment(read)
                            );
                            let passed = move || {
                                fr::countdown(i18n.get_locale(), link.steady().since(done).div_euclid(1000))
                            };
                            view! {
                                <li>
                                    <span>{said}</span>
                                    <strong role="timer">{passed}</strong>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ol>
        </div>
    }
}

/// The relay's protocol, as it was signed.
#[component]
fn Protocol(link: Link) -> impl IntoView {
    let i18n = link.i18n;
    live(move || {
        let protocol = link.common(|common| common.protocol.clone());
        match protocol {
            Some(protocol) => {
                let paragraphs: Vec<String> = protocol.text.split("\n\n").map(fr::spaced).collect();
                let signed = t_string!(
                    i18n,
                    visit.protocol_signed,
                    who = protocol.signed_by.clone(),
                    day = words::day(i18n, protocol.on)
                );
                view! {
                    <Card title=Signal::stored(protocol.title) icon=Glyph::Book>
                        // Whole, whatever its length: a line that is cut off is not known to be there.
                        <div class="stack protocol" data-testid="protocol">
                            {paragraphs.into_iter().map(|text| view! { <p class="protocol-text">{text}</p> }).collect_view()}
                            <p class="muted">{signed}</p>
                        </div>
                    </Card>
                }
                .into_any()
            }
            None => view! {
                <Card>
                    <p data-testid="no-protocol">{t!(i18n, visit.no_protocol)}</p>
                </Card>
            }
            .into_any(),
        }
    })
}
