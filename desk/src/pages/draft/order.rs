//! The addresses of a draft in their order: up, down, «au plus proche», an hour for each, and who is taken out again.

use crate::client::{ask, routes};
use crate::components::{Button, EmptyState, Glyph, Weight, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::draft::Editor;
use crate::pages::people::known;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{DraftView, PersonLine, StopLine};

/// The list.
#[component]
pub fn Order(editor: Editor, number: u32) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        {move || {
            editor.view.with(|view| {
                let view = view.as_ref()?;
                if view.stops.is_empty() {
                    return Some(
                        view! {
                            <EmptyState
                                glyph=Glyph::Route
                                title=move || t_string!(i18n, desk.e_empty)
                                text=move || Some(t_string!(i18n, desk.e_empty_text).to_owned())
                            />
                        }
                            .into_any(),
                    );
                }
                Some(list(i18n, editor, number, view).into_any())
            })
        }}
    }
}

fn list(i18n: I18n, editor: Editor, number: u32, view: &DraftView) -> impl IntoView + use<> {
    let (stops, metres) = (view.stops.len(), view.metres);
    let persons: usize = view.stops.iter().map(|stop| stop.people.len()).sum();
    let way = move || {
        let km = fr::rounded(i18n.get_locale(), f64::from(metres) / 1_000.0, 1);
        t_string!(i18n, desk.e_way, stops = stops, persons = persons, km = km)
    };
    let last = stops - 1;
    view! {
        <p>{way}</p>
        <div class="actions">
            <Button
                label=move || t_string!(i18n, desk.e_nearest)
                icon=Glyph::Route
                disabled=Signal::derive(move || editor.saving.get() || stops < 3)
                on_press=move |()| editor.ask(ask(routes::NEAREST, (number,), ()))
                testid="nearest"
            />
        </div>
        <p class="muted">{t!(i18n, desk.e_nearest_note)}</p>
        <ol class="order" data-testid="order">
            {view
                .stops
                .iter()
                .cloned()
                .enumerate()
                .map(|(index, stop)| entry(i18n, editor, index, last, stop))
                .collect_view()}
        </ol>
    }
}

fn entry(i18n: I18n, editor: Editor, index: usize, last: usize, stop: StopLine) -> impl IntoView {
    let title = stop.place.clone().unwrap_or_else(|| stop.address.clone());
    let (up_title, down_title) = (title.clone(), title.clone());
    let metres = stop.metres.map(|metres| move || t_string!(i18n, desk.e_metres, metres = metres));
    let swap = move |with: usize| {
        editor.change(|draft| {
            if index < draft.stops.len() && with < draft.stops.len() {
                draft.stops.swap(index, with);
            }
        })
    };
    view! {
        <li class="order-stop">
            <span class="order-number">{index + 1}</span>
            <div class="order-text">
                <p class="order-address"><strong>{title.clone()}</strong>
                    " "
                    <span class="cell-note">{metres}</span></p>
                <ul class="plain">
                    {stop.people.into_iter().map(|person| person_line(i18n, editor, person)).collect_view()}
                </ul>
                <div class="order-window">
                    {window(i18n, editor, index, stop.from_minute, true, title.clone())}
                    {window(i18n, editor, index, stop.until_minute, false, title)}
                </div>
            </div>
            <div class="order-moves">
                <Button
                    label=move || t_string!(i18n, desk.e_up, address = up_title.as_str())
                    icon=Glyph::Up
                    icon_only=true
                    disabled=Signal::derive(move || index == 0)
                    on_press=move |()| swap(index.saturating_sub(1))
                    testid=format!("up-{index}")
                />
                <Button
                    label=move || t_string!(i18n, desk.e_down, address = down_title.as_str())
                    icon=Glyph::Down
                    icon_only=true
                    disabled=Signal::derive(move || index == last)
                    on_press=move |()| swap(index + 1)
                    testid=format!("down-{index}")
                />
            </div>
        </li>
    }
}

fn person_line(i18n: I18n, editor: Editor, person: PersonLine) -> impl IntoView {
    let id = person.id;
    let name = person.name.clone();
    let (shown, pills) = (person.name.clone(), known::pills(i18n, &person, true));
    let wishes: Vec<String> = person.wishes.iter().map(|wish| wish.name.clone()).collect();
    view! {
        <li class="order-person">
            <span>
                {shown} " " <span class="cell-note">{wishes.join(", ")}</span> {pills}
            </span>
            <Button
                label=move || t_string!(i18n, desk.e_remove, name = name.as_str())
                icon=Glyph::Cross
                icon_only=true
                weight=Weight::Quiet
                on_press=move |()| {
                    editor.change(|draft| {
                        for stop in &mut draft.stops {
                            stop.people.retain(|one| *one != id);
                        }
                        draft.stops.retain(|stop| !stop.people.is_empty());
                    })
                }
            />
        </li>
    }
}

/// One end of the time window.
fn window(i18n: I18n, editor: Editor, index: usize, minute: Option<u16>, from: bool, address: String) -> impl IntoView {
    // No picker: its twelve or twenty-four hours would follow the computer's language and not the screen's.
    let typed = RwSignal::new(minute.map(words::clock_text).unwrap_or_default());
    let word = move || if from { t_string!(i18n, desk.e_from) } else { t_string!(i18n, desk.e_until) };
    let label = move || {
        if from {
            t_string!(i18n, desk.e_from_of, address = address.as_str())
        } else {
            t_string!(i18n, desk.e_until_of, address = address.as_str())
        }
    };
    let field = format!("{} {index}", if from { "from" } else { "until" });
    let wrong = RwSignal::new(false);
    editor.reads(&field, true);
    let save = move |_| {
        let text = typed.get_untracked();
        let minute = words::clock_minutes(&text);
        // «14h» or «25:00» is no empty window: it stays to be corrected.
        wrong.set(minute.is_none() && !text.trim().is_empty());
        editor.reads(&field, !wrong.get_untracked());
        if wrong.get_untracked() {
            return;
        }
        editor.change(|draft| {
            if let Some(stop) = draft.stops.get_mut(index) {
                if from {
                    stop.from_minute = minute;
                } else {
                    stop.until_minute = minute;
                }
            }
        });
    };
    view! {
        <label class="window">
            <span aria-hidden="true">{word}</span>
            <input
                type="text"
                inputmode="numeric"
                maxlength="5"
                placeholder="--:--"
                autocomplete="off"
                aria-label=label
                aria-invalid=move || wrong.get().to_string()
                prop:value=move || typed.get()
                on:input=move |event| typed.update(|old| *old = fr::time_typed(old, &event_target_value(&event)))
                on:change=save
            />
        </label>
    }
}
