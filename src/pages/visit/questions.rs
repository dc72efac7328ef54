//! Questions: those that the directives ask for this product, age and rank, no others. Silence is never read as «non».

use super::asked::Asked;
use leptos::prelude::*;
use perron_domain::{command::Command, door, fact::Answered, name::FactName, rules};

use super::{Door, link::Problem, seen::Seen, tongue::Tongue};
use crate::{
    components::{EmptyState, For, Glyph, MainAction, Notice, Show, Tone, YesNo, fr},
    i18n::{Locale, label, t_string},
    pages::words,
};

/// The step of the questions of one act.
#[component]
pub fn Questions(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let answered = link.answer(Some(act));
    let questions = Memo::new(move |_| asked(door, act));
    let tongue = Tongue::of(door, questions);
    let seen = Seen::nothing();
    let all_seen = move || questions.with(|questions| seen.all(questions.iter().map(Asked::key)));
    // What was answered for another vaccine and is about the person counts here too.
    let answer_to =
        move |code: &str| answered.with(|all| all.as_ref().and_then(|(case, _)| case.answers.get(code).copied()));
    let open = move || {
        questions.with(|questions| {
            questions
                .iter()
                .filter(|one| answer_to(&one.code).is_none())
                .map(|one| one.code.clone())
                .collect::<Vec<_>>()
        })
    };
    let say = move |answers: Vec<Answered>, then: Callback<()>| {
        link.write(vec![Command::Answer { act, answers }], move || then.run(()));
    };
    let nothing = Callback::new(|()| ());
    let one = move |one: Asked| {
        let node = seen.watch(one.key());
        let Asked { code, text, picture, translations, elsewhere } = one;
        let (shown, asked) = (code.clone(), code.clone());
        view! {
            <div node_ref=node>
                <YesNo
                    question=Signal::stored(text)
                    picture=picture
                    under=tongue.under(translations)
                    value=Signal::derive(move || answer_to(&shown))
                    on_change=move |yes| say(vec![Answered { question: asked.clone(), yes }], nothing)
                    yes_warns=true
                    testid=format!("question-{code}")
                />
                {(!elsewhere.is_empty())
                    .then(|| {
                        view! {
                            <Notice tone=Tone::Warning>
                                <p data-testid="reaction-elsewhere">
                                    {move || t_string!(i18n, visit.reaction_elsewhere, products = elsewhere.join(", "))}
                                </p>
                            </Notice>
                        }
                    })}
            </div>
        }
    };
    // An answer that stops ends the path: the other questions are not asked any more.
    let stops = move || answered.with(|all| all.as_ref().is_some_and(|(_, answer)| answer.outcome.stops()));
    let waits = move || !all_seen() && !stops();
    let label = move || {
        let open = open();
        if open.is_empty() || stops() {
            t_string!(i18n, visit.go_on)
        } else if questions.with(|questions| open.len() < questions.len()) {
            t_string!(i18n, visit.no_to_others)
        } else {
            t_string!(i18n, visit.no_to_all)
        }
    };
    let press = move |()| {
        let open = open();
        if open.is_empty() || untrack(stops) {
            door.done.run(());
        } else {
            say(open.into_iter().map(|question| Answered { question, yes: false }).collect(), door.done);
        }
    };
    view! {
        <Show
            when=move || questions.with(|questions| !questions.is_empty())
            fallback=move || {
                view! { <EmptyState glyph=Glyph::Question title=label!(i18n, visit.no_questions) /> }
            }
        >
            <div class="card stack questions">
                {tongue.choice()}
                <For each=move || questions.get() key=Asked::key children=one />
            </div>
        </Show>
        <Problem link=link />
        <MainAction
            label=label
            icon=Glyph::Forward
            busy=link.busy
            disabled=Signal::derive(waits)
            hint=move || waits().then(|| t_string!(i18n, visit.read_all_first).to_owned())
            on_press=press
            testid="no-to-all"
        />
    }
}

/// Returns the names of other vaccines to which a question was answered «oui»: an allergy to one may be one to another.
fn elsewhere(case: &rules::Case, question: &str, name: impl Fn(&str) -> String) -> Vec<String> {
    let told = case.reactions.iter().filter(|one| one.question == question && one.product != case.product);
    let mut names: Vec<String> = told.map(|one| name(&one.product)).collect();
    perron_domain::order::sort_and_dedup(&mut names);
    names
}

/// Returns the questions that the directives ask for an act, in the order of the screen.
fn asked(door: Door, act: FactName) -> Vec<Asked> {
    let link = door.link;
    let locale = link.i18n.get_locale();
    let nurse = link.account();
    link.both(|round, common| {
        let Some((case, _)) = door::answer(round, common, act, nurse, link.now_once()) else { return Vec::new() };
        let put = |question: &rules::Question| Asked {
            code: question.code.clone(),
            text: match locale {
                Locale::fr => fr::spaced(&question.fr),
                Locale::en => question.en.clone(),
            },
            picture: question.pictogram.as_deref().and_then(Glyph::of_pictogram),
            translations: question.translations.clone(),
            elsewhere: elsewhere(&case, &question.code, |code| words::product_name(common, code, link.today())),
        };
        door::questions(round, common, act, &case).into_iter().map(put).collect()
    })
}
