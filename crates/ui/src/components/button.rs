//! Buttons, and the bar at the bottom that holds the one that matters.

use leptos::prelude::*;

use super::guard::TouchGuard;
use super::icon::{Glyph, Icon};

/// How much a button insists.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Weight {
    /// The next step.
    Primary,
    /// An ordinary choice.
    #[default]
    Secondary,
    /// Rarely used; looks like a link.
    Quiet,
    /// Ends, loses or declares something.
    Danger,
}

impl Weight {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button of at least 48 px.
#[component]
pub fn Button(
    /// The word on it.
    #[prop(into)]
    label: Signal<String>,
    /// What happens on a tap, a click, Enter or space.
    #[prop(into)]
    on_press: Callback<()>,
    /// How much it insists.
    #[prop(optional)]
    weight: Weight,
    /// A drawing before the word.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// Hides the word from the eye, not from screen readers. Needs an `icon`.
    #[prop(optional)]
    icon_only: bool,
    /// Greyed and without effect.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Takes the whole width.
    #[prop(optional)]
    wide: bool,
    /// `data-testid`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=weight.class()
            class:button-wide=wide
            class:button-icon=icon_only
            disabled=move || disabled.get()
            data-testid=testid
            on:click=move |_| on_press.run(())
        >
            {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
            <span class:visually-hidden=icon_only>{move || label.get()}</span>
        </button>
    }
}

/// A link that looks like a button: telephone, itinerary, another page.
#[component]
pub fn LinkButton(
    /// The word on it.
    #[prop(into)]
    label: Signal<String>,
    /// Where it leads: a path of the app, `tel:`, `geo:`, a file.
    #[prop(into)]
    href: Signal<String>,
    /// How much it insists.
    #[prop(optional)]
    weight: Weight,
    /// A drawing before the word.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// Takes the whole width.
    #[prop(optional)]
    wide: bool,
    /// Offered as a file to keep, under this name.
    #[prop(into, optional)]
    download: Option<String>,
    /// `data-testid`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    view! {
        <a
            class=weight.class()
            class:button-wide=wide
            href=move || href.get()
            download=download
            data-testid=testid
        >
            {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
            <span>{move || label.get()}</span>
        </a>
    }
}

/// The bar at the bottom of a screen: the one button of 64 px, under the thumb by setting, and what stands beside it.
///
/// It stands at the same place on every screen, so that the second tap of two would press the next one: as it comes, and as
/// it turns into another one under the finger that pressed it, it arms the shell's guard (see [`TouchGuard`]), which holds
/// back every control for a moment.
#[component]
pub fn MainAction(
    /// The word on it.
    #[prop(into)]
    label: Signal<String>,
    /// What happens on a tap.
    #[prop(into)]
    on_press: Callback<()>,
    /// A drawing before the word.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// Greyed and without effect: say why in `hint`.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// While something is being saved: without effect, and shows that it works.
    #[prop(into, optional)]
    busy: Signal<bool>,
    /// One short sentence above the button: what is missing, what will happen.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// Ends, loses or declares something.
    #[prop(optional)]
    danger: bool,
    /// `data-testid`; `main-action` when nothing is said.
    #[prop(into, default = "main-action".to_owned())]
    testid: String,
    /// Lesser buttons beside it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let guard = TouchGuard::find();
    let pressed = StoredValue::new(false);
    Effect::new(move |before: Option<String>| {
        let now = label.get();
        // A word that changes while she types or answers is no other screen; after her own tap it is.
        let came = before.is_none();
        let turned = before.is_some_and(|before| before != now) && pressed.get_value();
        if came || turned {
            pressed.set_value(false);
            guard.arm();
        }
        now
    });
    let press = move |()| {
        pressed.set_value(true);
        on_press.run(());
    };
    view! {
        <div class="main-action">
            <p class="main-action-hint" aria-live="polite">{move || hint.get()}</p>
            <div class="main-action-row">
                <button
                    type="button"
                    class="button button-main"
                    class:button-primary=!danger
                    class:button-danger=danger
                    class:button-busy=move || busy.get()
                    disabled=move || disabled.get() || busy.get()
                    data-testid=testid
                    on:click=move |_| press(())
                >
                    {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
                    <span>{move || label.get()}</span>
                </button>
                {children.map(|children| view! { <div class="main-action-others">{children()}</div> })}
            </div>
        </div>
    }
}
