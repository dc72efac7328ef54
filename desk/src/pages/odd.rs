//! What is odd about something typed, and possible: asked beside its field, and answered with one touch.

use crate::components::{Button, Glyph, Notice, Tone};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::pages::words;
use leptos::prelude::*;

/// A question about a field, until somebody says that it is right, or types something else.
#[derive(Clone, Copy)]
pub struct Odd {
    question: Memo<Option<String>>,
    right: RwSignal<Option<String>>,
}

impl Odd {
    /// Asks what `question` returns; nothing while it returns none.
    pub fn of(question: impl Fn() -> Option<String> + Send + Sync + 'static) -> Self {
        Self { question: Memo::new(move |_| question()), right: RwSignal::new(None) }
    }

    /// Returns the question that waits for its answer.
    fn open(self) -> Option<String> {
        self.question.get().filter(|question| self.right.with(|right| right.as_ref() != Some(question)))
    }

    /// Says whether a question waits for its answer.
    #[must_use]
    pub fn waits(self) -> bool {
        self.open().is_some()
    }
}

/// The questions that wait, each with its «Oui, c’est juste».
#[component]
pub fn AskOdd(
    /// What may be asked.
    odd: Vec<Odd>,
) -> impl IntoView {
    let one = move |odd: Odd| {
        move || {
            odd.open().map(|question| {
                let answered = question.clone();
                view! { <Question text=question on_right=move |()| odd.right.set(Some(answered.clone())) /> }
            })
        }
    };
    odd.into_iter().map(one).collect_view()
}

/// One question and the touch that answers it.
#[component]
pub fn Question(
    /// What is asked.
    text: String,
    /// It is right.
    #[prop(into)]
    on_right: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Notice tone=Tone::Warning>
            <div class="row-between">
                <span data-testid="odd">{text}</span>
                <Button
                    label=move || t_string!(i18n, common.odd_right)
                    icon=Glyph::Hands
                    on_press=move |()| on_right.run(())
                    testid="odd-right"
                />
            </div>
        </Notice>
    }
}

/// Returns the question about a name in which a figure stands.
pub fn about_name(i18n: I18n, name: &str) -> Option<String> {
    let figures = name.chars().any(char::is_numeric) && name.chars().any(char::is_alphabetic);
    figures.then(|| t_string!(i18n, desk.o_name, name = name.trim().to_owned()))
}

/// Returns the question about a birth that makes somebody older than almost anybody.
pub fn about_birth(i18n: I18n, typed: &str) -> Option<String> {
    let birth = words::read_partial(typed)?;
    let age = words::today()?.years_since(birth.latest());
    (age > 105).then(|| t_string!(i18n, desk.o_age, age = age))
}

/// Returns the question about a round's day: over already, or more than a year ahead.
pub fn about_day(i18n: I18n, typed: &str) -> Option<String> {
    let (on, today) = (words::read_day(typed)?, words::today_of_rounds()?);
    let date = crate::components::fr::date_short(on.0);
    match on.days_since(today) {
        days if days < 0 => Some(t_string!(i18n, desk.o_day_past, date = date)),
        days if days > 366 => Some(t_string!(i18n, desk.o_day_far, date = date)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_answered_once_and_asked_again_about_something_else() {
        let owner = Owner::new();
        owner.with(|| {
            let typed = RwSignal::new("Bobine".to_owned());
            let odd = Odd::of(move || typed.get().contains('3').then(|| format!("{} ?", typed.get())));
            assert!(!odd.waits(), "nothing is odd");
            typed.set("Bob3ne".to_owned());
            assert_eq!(odd.open().as_deref(), Some("Bob3ne ?"));
            odd.right.set(odd.open());
            assert!(!odd.waits(), "it is right");
            typed.set("Bobi3e".to_owned());
            assert!(odd.waits(), "something else was not answered");
            typed.set("Bobine".to_owned());
            assert!(!odd.waits());
        });
    }
}
