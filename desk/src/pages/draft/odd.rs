//! What is odd about a draft, asked beside the field that it is about.

use super::Editor;
use crate::i18n::{I18n, t_string, use_i18n};
use crate::pages::odd::Question;
use leptos::prelude::*;
use perron_desk_api::{OddOf, RoundOdd};

/// Returns the question.
fn question(i18n: I18n, one: &RoundOdd) -> String {
    let (name, label) = (one.name.clone(), one.label.clone());
    match one.about {
        OddOf::Nurse => t_string!(i18n, desk.o_nurse, name = name, label = label),
        OddOf::Tablet => t_string!(i18n, desk.o_tablet, name = name, label = label),
        OddOf::Team => t_string!(i18n, desk.o_team, name = name, label = label),
        OddOf::Lot => t_string!(i18n, desk.o_lot, name = name, left = one.left),
    }
}

/// Returns the questions about a draft that wait for their answer.
pub fn open(editor: Editor) -> Vec<RoundOdd> {
    let answered = editor.draft.with(|draft| draft.as_ref().map(|draft| draft.confirmed.clone()).unwrap_or_default());
    editor.view.with(|view| {
        let odd = view.iter().flat_map(|view| &view.odd);
        odd.filter(|one| !answered.contains(&one.code)).cloned().collect()
    })
}

/// The questions about one kind of field, or about all.
#[component]
pub fn OddLines(
    /// The page's draft.
    editor: Editor,
    /// Only these.
    #[prop(optional)]
    about: Option<OddOf>,
) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |one: RoundOdd| {
        let text = question(i18n, &one);
        let answer = move |()| editor.change(|draft| draft.confirmed.push(one.code.clone()));
        view! { <Question text=text on_right=answer /> }
    };
    move || {
        let lines = open(editor).into_iter().filter(|one| about.is_none_or(|about| one.about == about));
        lines.map(line).collect_view()
    }
}
