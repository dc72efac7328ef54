//! The text of a directive, with its line numbers: for the expert. It scrolls inside its frame, numbers and all.

use super::keeping::Checked;
use crate::client::routes;
use crate::components::Card;
use crate::i18n::{t, t_string, use_i18n};
use leptos::{html, prelude::*};

/// Returns where the line `line`, from 1, begins and ends, in the units of a text area.
fn span(text: &str, line: u32) -> (u32, u32) {
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let before: u32 = text.split('\n').take(line.saturating_sub(1) as usize).map(|one| units(one) + 1).sum();
    (before, before + text.split('\n').nth(line.saturating_sub(1) as usize).map_or(0, units))
}

/// The card.
#[component]
pub fn TextCard(
    /// The text.
    text: RwSignal<String>,
    /// What the checks said, and of which text.
    checked: RwSignal<Option<Checked>>,
    /// A line to be shown; it is forgotten once it is.
    jump: RwSignal<Option<u32>>,
    /// It follows from something else: it is only read.
    #[prop(optional)]
    read_only: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let frame = NodeRef::<html::Div>::new();
    let area = NodeRef::<html::Textarea>::new();
    let lines = Memo::new(move |_| text.with(|text| u32::try_from(text.split('\n').count()).unwrap_or(1)));
    let widest = Memo::new(move |_| text.with(|text| text.lines().map(|one| one.chars().count()).max().unwrap_or(0)));
    // Only while the text is the one that was checked do its lines mean these.
    let bad = Memo::new(move |_| {
        checked
            .with(|checked| {
                let checked = checked.as_ref()?;
                text.with(|text| *text == checked.text)
                    .then(|| checked.check.problems.iter().filter_map(|one| one.line).collect::<Vec<u32>>())
            })
            .unwrap_or_default()
    });
    Effect::new(move |_| {
        let (Some(line), Some(area), Some(frame)) = (jump.get(), area.get(), frame.get()) else { return };
        let (from, to) = text.with_untracked(|text| span(text, line));
        let all = i64::from(lines.get_untracked().max(1));
        // The text area has its text once it is drawn.
        request_animation_frame(move || {
            if area.focus().is_ok() && area.set_selection_range(from, to).is_ok() {
                let place = i64::from(frame.scroll_height()) * (i64::from(line) - 1) / all;
                let place = place - i64::from(frame.client_height()) / 3;
                frame.set_scroll_top(i32::try_from(place.max(0)).unwrap_or(0));
                frame.scroll_into_view_with_bool(true);
            }
        });
        jump.set(None);
    });
    view! {
        <Card title=move || t_string!(i18n, desk.de_text)>
            <p class="muted">
                {t!(i18n, desk.de_text_hint)} " "
                <a href=routes::DIRECTIVE_SCHEMA.entry.path target="_blank" rel="noopener">{t!(i18n, desk.de_schema)}</a>
            </p>
            <div class="code-frame" node_ref=frame>
                <div class="code-lines" aria-hidden="true">
                    {move || {
                        let bad = bad.get();
                        (1..=lines.get())
                            .map(|line| view! { <span class:code-bad=bad.contains(&line)>{line}</span> })
                            .collect_view()
                    }}
                </div>
                <textarea
                    class="code-text"
                    node_ref=area
                    rows=lines
                    cols=move || widest.get() + 2
                    wrap="off"
                    readonly=read_only
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                    aria-label=move || t_string!(i18n, desk.de_text)
                    data-testid="directive-text"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
            </div>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_in_the_units_of_a_text_area() {
        let text = "un\n« deux » 😀\ntrois";
        assert_eq!(span(text, 1), (0, 2));
        assert_eq!(span(text, 2), (3, 14));
        assert_eq!(span(text, 3), (15, 20));
        assert_eq!(span(text, 9), (21, 21));
    }
}
