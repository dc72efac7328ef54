//! The addresses of a draft in their order: up, down, «au plus proche», an hour for each, and who is taken out again.

use crate::client::{ask, routes};
use crate::components::{Button, EmptyState, Glyph, Weight, fr};
use crate::i18n::{I18n, Locale, t, t_string, use_i18n};
use crate::pages::draft::Editor;
use crate::pages::draft::hours::window;
use crate::pages::people::known;
use leptos::prelude::*;
use perron_desk_api::{PersonLine, StopLine};
use std::collections::{BTreeMap, BTreeSet};

/// The list.
#[component]
pub fn Order(editor: Editor, number: u32) -> impl IntoView {
    let i18n = use_i18n();
    let any = Memo::new(move |_| editor.view.with(|view| view.as_ref().map(|view| !view.stops.is_empty())));
    // Hours that were typed for whoever is gone are gone with her.
    Effect::new(move |_| {
        let there = editor.view.with(|view| {
            let stops = view.iter().flat_map(|view| &view.draft.stops);
            stops.filter_map(|stop| stop.people.first().copied()).collect::<BTreeSet<_>>()
        });
        let gone = editor.hours.with_untracked(|hours| hours.keys().any(|person| !there.contains(person)));
        if gone {
            editor.hours.update(|hours| hours.retain(|person, _| there.contains(person)));
        }
        editor.reads("hours", editor.hours.with(BTreeMap::is_empty));
    });
    move || match any.get() {
        Some(true) => Some(list(i18n, editor, number).into_any()),
        Some(false) => Some(
            view! {
                <EmptyState
                    glyph=Glyph::Route
                    title=move || t_string!(i18n, desk.e_empty)
                    text=move || Some(t_string!(i18n, desk.e_empty_text).to_owned())
                />
            }
            .into_any(),
        ),
        None => None,
    }
}

/// An address of the list: a row is drawn anew only when something of this changes, and not while an hour is typed in it.
#[derive(Clone, PartialEq)]
struct Row {
    index: usize,
    last: usize,
    joined: u32,
    stop: StopLine,
}

impl Row {
    /// Returns what the row shows, but for its hours.
    fn key(&self) -> String {
        let Self { index, last, joined, stop } = self;
        let timeless = StopLine { from_minute: None, until_minute: None, ..stop.clone() };
        serde_json::to_string(&(index, last, joined, timeless)).unwrap_or_default()
    }
}

fn list(i18n: I18n, editor: Editor, number: u32) -> impl IntoView {
    let stops = move || editor.view.with(|view| view.as_ref().map_or(0, |view| view.stops.len()));
    let way = move || {
        editor.view.with(|view| {
            let (stops, metres) = view.as_ref().map_or((&[][..], 0), |view| (view.stops.as_slice(), view.metres));
            let persons: usize = stops.iter().map(|stop| stop.people.len()).sum();
            // The first has no way before it.
            if stops.iter().skip(1).any(|stop| stop.metres.is_none()) {
                return t_string!(i18n, desk.e_way_unknown, stops = stops.len(), persons = persons);
            }
            let km = kilometres(i18n.get_locale(), metres);
            t_string!(i18n, desk.e_way, stops = stops.len(), persons = persons, km = km)
        })
    };
    let rows = move || {
        let joined = editor.joined.get();
        let stops = editor.view.with(|view| view.as_ref().map(|view| view.stops.clone()).unwrap_or_default());
        let last = stops.len().saturating_sub(1);
        let row = move |(index, stop)| Row { index, last, joined, stop };
        stops.into_iter().enumerate().map(row).collect::<Vec<_>>()
    };
    view! {
        <p>{way}</p>
        <div class="actions">
            <Button
                label=move || t_string!(i18n, desk.e_nearest)
                icon=Glyph::Route
                disabled=Signal::derive(move || editor.saving.get() || stops() < 3)
                on_press=move |()| editor.ask(ask(routes::NEAREST, (number,), ()))
                testid="nearest"
            />
        </div>
        <p class="muted">{t!(i18n, desk.e_nearest_note)}</p>
        <ol class="order" data-testid="order">
            <For each=rows key=Row::key children=move |row| entry(i18n, editor, row) />
        </ol>
    }
}

fn entry(i18n: I18n, editor: Editor, Row { index, last, stop, .. }: Row) -> impl IntoView {
    let title = stop.place.clone().unwrap_or_else(|| stop.address.clone());
    let (up_title, down_title) = (title.clone(), title.clone());
    let metres = stop.metres.map(|metres| move || t_string!(i18n, desk.e_metres, metres = metres));
    let hours = window(i18n, editor, index, &stop, &title);
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
                {hours}
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

/// Returns a way in kilometres: none at all is «0», and one of a few steps is not.
fn kilometres(locale: Locale, metres: u32) -> String {
    match metres {
        0 => fr::count(locale, 0),
        _ => fr::rounded(locale, f64::from(metres.max(100)) / 1_000.0, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_way_is_zero_and_a_short_one_is_not() {
        for (metres, words) in [(0, "0"), (1, "0,1"), (49, "0,1"), (640, "0,6"), (12_340, "12,3")] {
            assert_eq!(kilometres(Locale::fr, metres), words, "{metres}");
        }
    }
}
