//! Fields of forms. They hold text; the page parses it on submit and says what is wrong under the field.
//!
//! `autocomplete` is off everywhere: a tablet is shared, and a browser must not offer one person's name for another.

use leptos::prelude::*;

use super::choice::next_id;
use crate::browser::sight;
use crate::i18n::{label, t, t_string, use_i18n};

/// The label, the control, the hint and the error, tied together for screen readers.
#[component]
fn Frame(
    id: String,
    label: Signal<String>,
    hint: Signal<Option<String>>,
    error: Signal<Option<String>>,
    optional: bool,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    // What a button finds wrong with a field may stand far from the button.
    Effect::new(move |before: Option<()>| {
        if error.with(Option::is_some) && before.is_some() {
            request_animation_frame(sight::to_first_wrong);
        }
    });
    view! {
        <div class="field" class:field-wrong=move || error.with(Option::is_some)>
            <label for=id>
                {move || label.get()}
                {optional.then(|| view! { <span class="field-optional">" (" {t!(i18n, common.optional)} ")"</span> })}
            </label>
            {children()}
            <p class="field-hint" id=hint_id>{move || hint.get()}</p>
            <p class="field-error" id=error_id role="alert">{move || error.get()}</p>
        </div>
    }
}

/// What the keyboard of the tablet shows for a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Keys {
    /// Letters.
    #[default]
    Text,
    /// Digits.
    Digits,
    /// Digits and a comma.
    Decimal,
    /// A telephone.
    Phone,
    /// Letters, all in capitals: lots, codes.
    Code,
}

impl Keys {
    const fn mode(self) -> &'static str {
        match self {
            Self::Text | Self::Code => "text",
            Self::Digits => "numeric",
            Self::Decimal => "decimal",
            Self::Phone => "tel",
        }
    }
}

/// A line of text.
#[component]
pub fn TextField(
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The text, read and written by the page.
    #[prop(into)]
    value: RwSignal<String>,
    /// What helps to fill it in.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// Which keyboard.
    #[prop(optional)]
    keys: Keys,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// An example shown while it is empty.
    #[prop(into, optional)]
    placeholder: Signal<String>,
    /// Not to be changed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Called after each change, for pages that work the answer out again.
    #[prop(into, optional)]
    on_change: Option<Callback<String>>,
    /// `data-testid`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    let id = next_id("field");
    let described = format!("{id}-hint {id}-error");
    let input = view! {
        <input
            id=id.clone()
            type="text"
            class:field-code=keys == Keys::Code
            inputmode=keys.mode()
            autocomplete="off"
            autocapitalize=if keys == Keys::Code { "characters" } else { "sentences" }
            spellcheck="false"
            placeholder=move || placeholder.get()
            aria-describedby=described
            aria-invalid=move || error.with(Option::is_some).to_string()
            disabled=move || disabled.get()
            data-testid=testid
            bind:value=value
            on:change=move |_| {
                if let Some(on_change) = on_change {
                    on_change.run(value.get_untracked());
                }
            }
        />
    };
    view! { <Frame id=id label=label hint=hint error=error optional=optional>{input}</Frame> }
}

/// A number, with a decimal comma or point; the page parses it.
#[component]
pub fn NumberField(
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The text, read and written by the page.
    #[prop(into)]
    value: RwSignal<String>,
    /// The unit, shown after it: °C, kg, L.
    #[prop(into, optional)]
    unit: Signal<String>,
    /// What helps to fill it in.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// Whole numbers only.
    #[prop(optional)]
    whole: bool,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// `data-testid`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    let id = next_id("field");
    let described = format!("{id}-hint {id}-error");
    let input = view! {
        <div class="field-unit">
            <input
                id=id.clone()
                type="text"
                class="field-number"
                inputmode=if whole { Keys::Digits.mode() } else { Keys::Decimal.mode() }
                autocomplete="off"
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).to_string()
                data-testid=testid
                bind:value=value
            />
            <span>{move || unit.get()}</span>
        </div>
    };
    view! { <Frame id=id label=label hint=hint error=error optional=optional>{input}</Frame> }
}

/// A date as French writes it, «14/03/1962»; slashes come by themselves while digits are typed.
///
/// With `partial`, «03/1962» and «1962» are offered too, for birth dates that are not fully known.
#[component]
pub fn DateField(
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The text, read and written by the page.
    #[prop(into)]
    value: RwSignal<String>,
    /// A month and year, or a year alone, will do.
    #[prop(optional)]
    partial: bool,
    /// The last day of use of a lot: a month and year, as boxes carry them, will do.
    #[prop(optional)]
    expiry: bool,
    /// Without the line that says how else it may be written, where the screen has no room for it.
    #[prop(optional)]
    brief: bool,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// Called after each change, for pages that work the answer out again.
    #[prop(into, optional)]
    on_change: Option<Callback<String>>,
    /// `data-testid`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = next_id("field");
    let described = format!("{id}-hint {id}-error");
    let hint = Signal::derive(move || {
        if brief {
            None
        } else if expiry {
            Some(t_string!(i18n, common.date_expiry_hint).to_owned())
        } else {
            partial.then(|| t_string!(i18n, common.date_partial_hint).to_owned())
        }
    });
    let input = view! {
        <input
            id=id.clone()
            type="text"
            class="field-number"
            inputmode="numeric"
            autocomplete="off"
            maxlength="10"
            placeholder=label!(i18n, common.date_format)
            aria-describedby=described
            aria-invalid=move || error.with(Option::is_some).to_string()
            data-testid=testid
            prop:value=move || value.get()
            on:input=move |event| {
                let typed = event_target_value(&event);
                value.update(|old| {
                    *old = if expiry {
                        super::fr::expiry_typed(old, &typed)
                    } else {
                        super::fr::date_typed(old, &typed, partial)
                    };
                });
                if let Some(on_change) = on_change {
                    on_change.run(value.get_untracked());
                }
            }
        />
    };
    view! { <Frame id=id label=label hint=hint error=error optional=optional>{input}</Frame> }
}

/// An hour and minutes, `18:42`; the colon comes by itself. No picker: its twelve or twenty-four hours would follow the
/// tablet's language and not the screen's.
#[component]
pub fn TimeField(
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The text `HH:MM`, read and written by the page.
    #[prop(into)]
    value: RwSignal<String>,
    /// What helps to fill it in.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// `data-testid`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    let id = next_id("field");
    let described = format!("{id}-hint {id}-error");
    let input = view! {
        <input
            id=id.clone()
            type="text"
            class="field-number"
            inputmode="numeric"
            maxlength="5"
            placeholder="--:--"
            autocomplete="off"
            aria-describedby=described
            aria-invalid=move || error.with(Option::is_some).to_string()
            data-testid=testid
            prop:value=move || value.get()
            on:input=move |event| {
                let typed = event_target_value(&event);
                value.update(|old| *old = super::fr::time_typed(old, &typed));
            }
        />
    };
    view! { <Frame id=id label=label hint=hint error=error optional=optional>{input}</Frame> }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The text, read and written by the page.
    #[prop(into)]
    value: RwSignal<String>,
    /// What helps to fill it in.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// `data-testid`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    let id = next_id("field");
    let described = format!("{id}-hint {id}-error");
    let input = view! {
        <textarea
            id=id.clone()
            rows="3"
            autocomplete="off"
            aria-describedby=described
            aria-invalid=move || error.with(Option::is_some).to_string()
            data-testid=testid
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        />
    };
    view! { <Frame id=id label=label hint=hint error=error optional=optional>{input}</Frame> }
}

/// One of many, by the tablet's own list. For up to five, prefer [`super::ChoiceRow`].
#[component]
pub fn SelectField(
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The key chosen, read and written by the page; empty while nothing is chosen.
    #[prop(into)]
    value: RwSignal<String>,
    /// Keys and their words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The word for nothing chosen, where that is a choice: «Toutes».
    #[prop(into, optional)]
    empty: Option<Signal<String>>,
    /// What helps to choose.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// Called after each change.
    #[prop(into, optional)]
    on_change: Option<Callback<String>>,
    /// `data-testid`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = next_id("field");
    let described = format!("{id}-hint {id}-error");
    let input = view! {
        <select
            id=id.clone()
            autocomplete="off"
            aria-describedby=described
            aria-invalid=move || error.with(Option::is_some).to_string()
            data-testid=testid
            on:change=move |event| {
                value.set(event_target_value(&event));
                if let Some(on_change) = on_change {
                    on_change.run(value.get_untracked());
                }
            }
        >
            <option value="" selected=move || value.with(String::is_empty)>
                {move || empty.map_or_else(|| t_string!(i18n, common.choose).to_owned(), |word| word.get())}
            </option>
            {move || {
                options
                    .get()
                    .into_iter()
                    .map(|(key, word)| {
                        let this = key.clone();
                        view! {
                            <option value=key prop:selected=move || value.with(|value| *value == this)>
                                {word}
                            </option>
                        }
                    })
                    .collect_view()
            }}
        </select>
    };
    view! { <Frame id=id label=label hint=hint error=error optional=optional>{input}</Frame> }
}
