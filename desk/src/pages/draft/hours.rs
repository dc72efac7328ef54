//! The time window of an address: two hours that are kept once both can be, and stay on the page until then.

use crate::components::fr;
use crate::i18n::{I18n, t_string};
use crate::pages::draft::Editor;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::StopLine;

/// What is wrong with a window as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrong {
    /// An end is no hour: «14h», «25:00».
    NoHour,
    /// It ends before it begins.
    Crossed,
}

/// Minutes after midnight from when and until when somebody may come; none where that is open.
type Window = (Option<u16>, Option<u16>);

/// Reads a window: an empty end is open.
fn read(from: &str, until: &str) -> Result<Window, Wrong> {
    let end = |text: &str| match words::clock_minutes(text) {
        None if !text.trim().is_empty() => Err(Wrong::NoHour),
        read => Ok(read),
    };
    let (from, until) = (end(from)?, end(until)?);
    if from.zip(until).is_some_and(|(from, until)| until < from) { Err(Wrong::Crossed) } else { Ok((from, until)) }
}

/// The two fields, and what is wrong with them.
pub fn window(i18n: I18n, editor: Editor, index: usize, stop: &StopLine, address: &str) -> impl IntoView + use<> {
    let first = stop.people.first().map(|person| person.id);
    let text = |minute: Option<u16>| minute.map(words::clock_text).unwrap_or_default();
    let held = editor.hours.with_untracked(|hours| first.and_then(|person| hours.get(&person).cloned()));
    // What was typed last and could not be kept is still there when the row is drawn anew.
    let left = RwSignal::new(held.is_some());
    let (from, until) = held.unwrap_or_else(|| (text(stop.from_minute), text(stop.until_minute)));
    let (from, until) = (RwSignal::new(from), RwSignal::new(until));
    let kept = StoredValue::new((stop.from_minute, stop.until_minute));
    // With each key, and not only on leaving the field: whoever touches elsewhere has said it too.
    let typed = move || {
        let both = (from.get_untracked(), until.get_untracked());
        let read = read(&both.0, &both.1);
        if let Some(person) = first {
            editor.hours.update(|hours| {
                match read {
                    Ok(_) => hours.remove(&person),
                    Err(_) => hours.insert(person, both),
                };
            });
        }
        if let Ok(window) = read
            && kept.get_value() != window
        {
            kept.set_value(window);
            editor.change(|draft| {
                if let Some(stop) = draft.stops.get_mut(index) {
                    (stop.from_minute, stop.until_minute) = window;
                }
            });
        }
    };
    // An hour that is half typed is not called wrong yet.
    let wrong = Memo::new(move |_| left.get().then(|| read(&from.get(), &until.get()).err()).flatten());
    let said = move || {
        let words = match wrong.get()? {
            Wrong::NoHour => t_string!(i18n, desk.e_hour_wrong),
            Wrong::Crossed => t_string!(i18n, desk.e_window_crossed),
        };
        Some(view! { <p class="field-error" role="alert" data-testid="window-wrong">{words}</p> })
    };
    let end = move |value: RwSignal<String>, begins: bool, address: String| {
        let word = move || if begins { t_string!(i18n, desk.e_from) } else { t_string!(i18n, desk.e_until) };
        let label = move || {
            if begins {
                t_string!(i18n, desk.e_from_of, address = address.as_str())
            } else {
                t_string!(i18n, desk.e_until_of, address = address.as_str())
            }
        };
        // No picker: its twelve or twenty-four hours would follow the computer's language and not the screen's.
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
                    aria-invalid=move || wrong.get().is_some().to_string()
                    prop:value=move || value.get()
                    on:input=move |event| {
                        value.update(|old| *old = fr::time_typed(old, &event_target_value(&event)));
                        typed();
                    }
                    on:change=move |_| left.set(true)
                />
            </label>
        }
    };
    view! {
        <div class="order-window">
            {end(from, true, address.to_owned())} {end(until, false, address.to_owned())}
        </div>
        {said}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_kept_once_both_ends_are_hours_in_their_order() {
        assert_eq!(read("09:00", "12:00"), Ok((Some(540), Some(720))));
        assert_eq!(read("", ""), Ok((None, None)));
        assert_eq!(read("14:00", ""), Ok((Some(840), None)));
        assert_eq!(read("14:00", "14:00"), Ok((Some(840), Some(840))));
        assert_eq!(read("14:00", "12:00"), Err(Wrong::Crossed));
        for typed in ["14h", "25:00", "midi", "9:3"] {
            assert_eq!(read(typed, "12:00"), Err(Wrong::NoHour), "{typed}");
            assert_eq!(read("", typed), Err(Wrong::NoHour), "{typed}");
        }
    }
}
