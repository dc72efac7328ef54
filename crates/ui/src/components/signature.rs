//! A signature drawn with a finger. It answers strokes, not a picture: small, sharp at every size, the same bytes again.

use std::fmt::Write as _;

use leptos::{ev::PointerEvent, prelude::*};

use super::{
    button::{Button, Weight},
    icon::Glyph,
    live::Show,
};
use crate::{
    browser::pointer,
    i18n::{label, t, t_string, use_i18n},
};

/// A stroke: places in thousandths of the pad's width.
pub type Stroke = Vec<(u16, u16)>;

/// Beyond this many places a drawing no longer grows: a signature has a few hundred.
const MOST_PLACES: usize = 4_000;

/// Returns the strokes as the `d` of an SVG path.
#[must_use]
pub fn path(strokes: &[Stroke]) -> String {
    let mut d = String::new();
    for stroke in strokes {
        for (index, (x, y)) in stroke.iter().enumerate() {
            // Writing to a String cannot fail.
            let _ = write!(d, "{}{x} {y}", if index == 0 { 'M' } else { 'L' });
        }
        if stroke.len() == 1 {
            d.push_str("h1");
        }
    }
    d
}

/// The pad.
#[component]
pub fn SignaturePad(
    /// Who signs: the label of the frame.
    #[prop(into)]
    who: Signal<String>,
    /// The strokes, read and written by the page.
    #[prop(into)]
    strokes: RwSignal<Vec<Stroke>>,
    /// Called after each stroke and when all are wiped, for pages that keep what is drawn.
    #[prop(into, optional)]
    on_stroke: Option<Callback<()>>,
    /// `data-testid` of the frame.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let drawing = RwSignal::new(false);
    let start = move |event: PointerEvent| {
        event.prevent_default();
        pointer::hold(&event);
        if let Some(place) = pointer::place(&event) {
            drawing.set(true);
            strokes.update(|strokes| strokes.push(vec![place]));
        }
    };
    let go_on = move |event: PointerEvent| {
        if !drawing.get_untracked() {
            return;
        }
        if let Some(place) = pointer::place(&event) {
            strokes.update(|strokes| {
                let places: usize = strokes.iter().map(Vec::len).sum();
                if let Some(stroke) = strokes.last_mut()
                    && places < MOST_PLACES
                    && stroke.last() != Some(&place)
                {
                    stroke.push(place);
                }
            });
        }
    };
    let drawn = move || {
        if let Some(on_stroke) = on_stroke {
            on_stroke.run(());
        }
    };
    let stop = move |_: PointerEvent| {
        if drawing.get_untracked() {
            drawing.set(false);
            drawn();
        }
    };
    let empty = move || strokes.with(Vec::is_empty);
    view! {
        <div class="signature">
            <div class="signature-head">
                <span class="signature-who">{move || who.get()}</span>
                <Button
                    label=label!(i18n, common.signature_clear)
                    weight=Weight::Quiet
                    icon=Glyph::Cross
                    disabled=Signal::derive(empty)
                    on_press=move |()| {
                        strokes.set(Vec::new());
                        drawn();
                    }
                />
            </div>
            <div
                class="signature-frame"
                data-testid=testid
                on:pointerdown=start
                on:pointermove=go_on
                on:pointerup=stop
                on:pointercancel=stop
            >
                <svg
                    viewBox="0 0 1000 400"
                    role="img"
                    aria-label=move || {
                        if empty() { t_string!(i18n, common.signature) } else { t_string!(i18n, common.signature_present) }
                    }
                >
                    <path d=move || strokes.with(|strokes| path(strokes)) />
                </svg>
                <Show when=empty>
                    <p class="signature-invite">{t!(i18n, common.signature_here)}</p>
                </Show>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_is_drawn_too() {
        assert_eq!(path(&[vec![(10, 20), (30, 40)], vec![(5, 5)]]), "M10 20L30 40M5 5h1");
    }
}
