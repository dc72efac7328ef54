//! Mode patient: the tablet changes hands. The text and the signature, nothing else: no name of anybody else, no way on.

use leptos::prelude::*;

use crate::{
    components::{Button, Glyph, MainAction, SignaturePad, Stroke, Weight},
    i18n::{label, use_i18n},
    pages::form::{read_strokes, write_strokes},
};

/// The mark between two strokes, as a fact writes them.
const BREAK: (u16, u16) = (u16::MAX, u16::MAX);

/// Returns strokes as a fact writes them: points one after another, a mark between strokes.
#[must_use]
pub fn flat(strokes: &[Stroke]) -> Vec<(u16, u16)> {
    let mut flat = Vec::new();
    for stroke in strokes {
        if !flat.is_empty() {
            flat.push(BREAK);
        }
        flat.extend(stroke.iter().copied());
    }
    flat
}

/// The whole screen for the one who signs.
#[component]
pub fn PatientMode(
    /// What is signed.
    #[prop(into)]
    text: Signal<String>,
    /// Who signs.
    #[prop(into)]
    who: Signal<String>,
    /// What is drawn, as the form keeps it: a battery that dies between two strokes loses none.
    kept: RwSignal<String>,
    /// The points drawn.
    on_signed: Callback<Vec<(u16, u16)>>,
    /// The tablet is given back without a signature.
    on_back: Callback<()>,
    /// While it is being saved.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let strokes = RwSignal::new(Vec::<Stroke>::new());
    // A signature is one person's word under one text: under another it does not come back.
    Effect::new(move |_| {
        let found = kept.with(|kept| {
            let (under, drawn) = kept.rsplit_once('\n')?;
            text.with_untracked(|text| *text == under).then(|| read_strokes(drawn))
        });
        if let Some(found) = found
            && strokes.with_untracked(Vec::is_empty)
        {
            strokes.set(found);
        }
    });
    let keep = move |()| {
        let drawn = strokes.with_untracked(|strokes| write_strokes(strokes));
        kept.set(text.with_untracked(|text| format!("{text}\n{drawn}")));
    };
    view! {
        <div class="patient" role="dialog" aria-modal="true" aria-labelledby="patient-text" data-testid="patient-mode">
            <p class="patient-text" id="patient-text">{move || text.get()}</p>
            <SignaturePad who=who strokes=strokes on_stroke=keep testid="signature" />
            <MainAction
                label=label!(i18n, visit.i_have_signed)
                icon=Glyph::Pen
                busy=busy
                disabled=Signal::derive(move || strokes.with(|strokes| strokes.iter().map(Vec::len).sum::<usize>() < 2))
                on_press=move |()| on_signed.run(strokes.with_untracked(|strokes| flat(strokes)))
                testid="signed"
            >
                <Button
                    label=label!(i18n, visit.give_back)
                    weight=Weight::Quiet
                    on_press=on_back
                    testid="give-back"
                />
            </MainAction>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_stay_apart_in_the_fact() {
        assert_eq!(flat(&[vec![(1, 2), (3, 4)], vec![(5, 6)]]), [(1, 2), (3, 4), BREAK, (5, 6)]);
        assert!(flat(&[]).is_empty());
    }
}
