//! What is known of a person's past and state: infections, reactions, which lists are whole, and what was answered when a
//! trait was asked. What nobody asked stays «non demandé», and is asked at the door.

use crate::components::{Button, DateField, Glyph, SelectField};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::pages::kept::Fields;
use crate::pages::people::lists::{Products, line, name_of};
use crate::pages::words;
use leptos::prelude::*;
use perron_domain::people::{INFECTIONS, Infection, Known, LIVE, ListKnown, PersonRecord, Reaction, TraitKnown};
use perron_domain::rules::{Family, Item, Trait};
use perron_ui::words as door_words;

/// The parts of a record that this page of the form holds.
#[derive(Clone, Copy)]
pub struct PersonHistory {
    infections: RwSignal<Vec<Infection>>,
    reactions: RwSignal<Vec<Reaction>>,
    traits: RwSignal<Vec<TraitKnown>>,
    lists: RwSignal<Vec<ListKnown>>,
    /// The date of an infection that is being typed and stands in no list yet.
    infection: RwSignal<String>,
    /// A reaction that is being chosen and stands in no list yet: the question, and the product.
    reaction: (RwSignal<String>, RwSignal<String>),
    tried: RwSignal<bool>,
}

impl PersonHistory {
    /// Returns what a record says.
    #[must_use]
    pub fn of(record: &PersonRecord, tried: RwSignal<bool>) -> Self {
        Self {
            infection: RwSignal::default(),
            reaction: (RwSignal::default(), RwSignal::default()),
            tried,
            infections: RwSignal::new(record.infections.clone()),
            reactions: RwSignal::new(record.reactions.clone()),
            traits: RwSignal::new(record.traits.clone()),
            lists: RwSignal::new(record.lists.clone()),
        }
    }

    /// Keeps its fields with those of the form.
    pub fn kept(self, fields: Fields) -> Fields {
        let (question, product) = self.reaction;
        fields
            .with("infections", self.infections)
            .with("reactions", self.reactions)
            .with("traits", self.traits)
            .with("lists", self.lists)
            .texts([("infection", self.infection), ("reaction", question), ("reaction_product", product)])
    }

    fn infection_wrong(self) -> bool {
        self.infection.with(|text| !text.trim().is_empty() && words::read_partial(text).is_none())
    }

    fn reaction_half(self) -> bool {
        self.reaction.0.with(String::is_empty) != self.reaction.1.with(String::is_empty)
    }

    fn add_infection(self) {
        let on = self.infection.with_untracked(|text| words::read_partial(text));
        self.infections.update(|infections| infections.push(Infection { on, proof: false }));
        self.infection.set(String::new());
    }

    fn add_reaction(self) {
        let (question, product) = self.reaction;
        let one = Reaction { question: question.get_untracked(), product: product.get_untracked(), on: None };
        self.reactions.update(|reactions| reactions.push(one));
        question.set(String::new());
        product.set(String::new());
    }

    /// Puts what is typed in its lists. Says whether nothing is left that is typed and stands in no list.
    pub fn add_typed(self) -> bool {
        if untrack(|| self.infection_wrong() || self.reaction_half()) {
            return false;
        }
        if self.infection.with_untracked(|text| !text.trim().is_empty()) {
            self.add_infection();
        }
        if self.reaction.0.with_untracked(|code| !code.is_empty()) {
            self.add_reaction();
        }
        true
    }

    /// Returns the record with what the form says.
    #[must_use]
    pub fn into_record(self, record: PersonRecord) -> PersonRecord {
        PersonRecord {
            infections: self.infections.get_untracked(),
            reactions: self.reactions.get_untracked(),
            traits: self.traits.get_untracked(),
            lists: self.lists.get_untracked(),
            ..record
        }
    }
}

/// What can be said of a trait that is no reason to come first, with the word that a list keeps it by.
const ANSWERS: [(&str, Option<Known>); 3] = [("", None), ("no", Some(Known::No)), ("not_known", Some(Known::NotKnown))];

/// The part of the form.
#[component]
pub fn History(
    /// What it holds.
    history: PersonHistory,
    /// Every product, by code and name.
    products: Products,
) -> impl IntoView {
    let i18n = use_i18n();
    let lists = [INFECTIONS, LIVE].into_iter().chain(Family::ALL.into_iter().map(Family::code));
    view! {
        <Infections history=history />
        <Reactions history=history products=products />
        <h3 class="form-part">{move || t_string!(i18n, desk.h_known)}</h3>
        <p class="tile-note">{move || t_string!(i18n, desk.h_known_note)}</p>
        <div class="form-grid">
            {Trait::ASKED.into_iter().map(|which| trait_field(i18n, which, history.traits)).collect_view()}
            {lists.map(|list| list_field(i18n, list, history.lists)).collect_view()}
        </div>
    }
}

/// Returns what a field shows: it follows what the form says, also where a draft is taken up.
fn following(says: impl Fn() -> String + 'static) -> RwSignal<String> {
    let value = RwSignal::new(untrack(&says));
    Effect::new(move |_| {
        let now = says();
        if value.with_untracked(|value| *value != now) {
            value.set(now);
        }
    });
    value
}

fn trait_field(i18n: I18n, which: Trait, traits: RwSignal<Vec<TraitKnown>>) -> impl IntoView {
    let code = |known: Option<Known>| ANSWERS.iter().find(|(_, one)| *one == known).map_or("", |(code, _)| *code);
    let says = move || {
        let known = traits.with(|traits| traits.iter().find(|one| one.which == which).map(|one| one.known));
        code(known).to_owned()
    };
    let value = following(says);
    let options = move || {
        vec![
            ("no".to_owned(), t_string!(i18n, common.no).to_owned()),
            ("not_known".to_owned(), t_string!(i18n, visit.past_not_known).to_owned()),
        ]
    };
    let change = move |chosen: String| {
        let known = ANSWERS.iter().find(|(code, _)| *code == chosen).and_then(|(_, known)| *known);
        traits.update(|traits| {
            traits.retain(|one| one.which != which);
            traits.extend(known.map(|known| TraitKnown { which, known }));
        });
    };
    view! {
        <SelectField
            label=move || door_words::item_word(i18n, Item::Trait(which))
            value=value
            options=Signal::derive(options)
            empty=Signal::derive(move || t_string!(i18n, desk.h_not_asked).to_owned())
            on_change=Callback::new(change)
            testid=format!("trait-{which:?}").to_lowercase()
        />
    }
}

fn list_field(i18n: I18n, list: &'static str, lists: RwSignal<Vec<ListKnown>>) -> impl IntoView {
    let says = move || {
        let known = lists.with(|lists| lists.iter().find(|one| one.list == list).map(|one| one.complete));
        known.map_or("", |complete| if complete { "complete" } else { "not_known" }).to_owned()
    };
    let value = following(says);
    let options = move || {
        vec![
            ("complete".to_owned(), t_string!(i18n, desk.h_complete).to_owned()),
            ("not_known".to_owned(), t_string!(i18n, visit.past_not_known).to_owned()),
        ]
    };
    let change = move |chosen: String| {
        let complete = match chosen.as_str() {
            "complete" => Some(true),
            "not_known" => Some(false),
            _ => None,
        };
        lists.update(|lists| {
            lists.retain(|one| one.list != list);
            lists.extend(complete.map(|complete| ListKnown { list: list.to_owned(), complete }));
        });
    };
    view! {
        <SelectField
            label=move || door_words::item_word(i18n, door_words::item_of_list(list))
            value=value
            options=Signal::derive(options)
            empty=Signal::derive(move || t_string!(i18n, desk.h_not_asked).to_owned())
            on_change=Callback::new(change)
            testid=format!("list-{list}")
        />
    }
}

/// Infections, each with its date as far as it is known.
#[component]
fn Infections(history: PersonHistory) -> impl IntoView {
    let i18n = use_i18n();
    let infections = history.infections;
    let wrong = move || history.infection_wrong().then(|| t_string!(i18n, desk.a_date_wrong).to_owned());
    let entry = move |(index, one): (usize, Infection)| {
        let title = Signal::derive(move || match one.on {
            Some(on) => words::partial(on),
            None => t_string!(i18n, desk.a_no_date).to_owned(),
        });
        line(i18n, title, move || infections.update(|all| remove_at(all, index)))
    };
    view! {
        <h3 class="form-part">{move || t_string!(i18n, desk.h_infections)}</h3>
        <ul class="plain">{move || infections.get().into_iter().enumerate().map(entry).collect_view()}</ul>
        <div class="form-grid form-line">
            <DateField label=move || t_string!(i18n, desk.h_infection_date) value=history.infection partial=true error=wrong optional=true />
            <Button
                label=move || t_string!(i18n, desk.h_add_infection)
                icon=Glyph::Plus
                disabled=Signal::derive(move || wrong().is_some())
                on_press=move |()| history.add_infection()
                testid="infection-add"
            />
        </div>
    }
}

/// The questions about a vaccine whose «oui» is a reaction of the person.
const QUESTIONS: [&str; 2] = ["anaphylaxis_previous_dose", "allergy_component"];

/// Reactions to earlier doses, each with the product that it followed.
#[component]
fn Reactions(history: PersonHistory, products: Products) -> impl IntoView {
    let i18n = use_i18n();
    let (reactions, (question, product)) = (history.reactions, history.reaction);
    let missing = move |one: RwSignal<String>| {
        move || {
            let wrong = history.tried.get() && history.reaction_half() && one.with(String::is_empty);
            wrong.then(|| t_string!(i18n, desk.a_need).to_owned())
        }
    };
    let word = move |code: &str| match code {
        "anaphylaxis_previous_dose" => t_string!(i18n, desk.h_anaphylaxis).to_owned(),
        "allergy_component" => t_string!(i18n, desk.h_allergy).to_owned(),
        other => other.to_owned(),
    };
    let questions = move || QUESTIONS.map(|code| (code.to_owned(), word(code))).to_vec();
    let entry = move |(index, one): (usize, Reaction)| {
        let title = Signal::derive(move || format!("{} · {}", word(&one.question), name_of(products, &one.product)));
        line(i18n, title, move || reactions.update(|all| remove_at(all, index)))
    };
    view! {
        <h3 class="form-part">{move || t_string!(i18n, desk.h_reactions)}</h3>
        <ul class="plain">{move || reactions.get().into_iter().enumerate().map(entry).collect_view()}</ul>
        <div class="form-grid form-line">
            <SelectField
                label=move || t_string!(i18n, desk.h_reaction)
                value=question
                options=Signal::derive(questions)
                error=missing(question)
                optional=true
                testid="reaction"
            />
            <SelectField
                label=move || t_string!(i18n, desk.h_after)
                value=product
                options=products
                error=missing(product)
                optional=true
                testid="reaction-product"
            />
            <Button
                label=move || t_string!(i18n, desk.h_add_reaction)
                icon=Glyph::Plus
                disabled=Signal::derive(move || question.with(String::is_empty) || product.with(String::is_empty))
                on_press=move |()| history.add_reaction()
                testid="reaction-add"
            />
        </div>
    }
}

fn remove_at<T>(all: &mut Vec<T>, index: usize) {
    if index < all.len() {
        all.remove(index);
    }
}
