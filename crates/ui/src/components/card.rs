//! Surfaces: cards, rows of lists, folding details, empty places, page headers, bands.

use leptos::prelude::*;

use super::{
    icon::{Glyph, Icon},
    live::Show,
    status::Tone,
};
use crate::i18n::{label, t, use_i18n};

/// A surface with an optional title.
#[component]
pub fn Card(
    /// Its title, one level under the page's.
    #[prop(into, optional)]
    title: Option<Signal<String>>,
    /// The colour of its edge, for what needs attention.
    #[prop(into, optional)]
    tone: Option<Signal<Tone>>,
    /// A drawing before the title.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// What stands at the end of the title's line.
    #[prop(into, optional)]
    aside: ViewFn,
    /// Its content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card" data-tone=move || tone.map(|tone| tone.get().name())>
            {title
                .map(|title| {
                    view! {
                        <header class="card-head">
                            {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
                            <h2>{move || title.get()}</h2>
                            <span class="card-aside">{move || aside.run()}</span>
                        </header>
                    }
                })}
            {children()}
        </section>
    }
}

/// The top of a page: the way back, the title, what stands beside it.
#[component]
pub fn PageHeader(
    /// The title of the page (its only `h1`).
    #[prop(into)]
    title: Signal<String>,
    /// A line under the title.
    #[prop(into, optional)]
    subtitle: Signal<Option<String>>,
    /// Where back leads; without it there is no arrow.
    #[prop(into, optional)]
    back: Option<Signal<String>>,
    /// Called instead of following `back`, when the page decides.
    #[prop(into, optional)]
    on_back: Option<Callback<()>>,
    /// What stands at the end of the line.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let i18n = use_i18n();
    let arrow = move || match (on_back, back) {
        (Some(on_back), _) => Some(
            view! {
                <button
                    type="button"
                    class="page-back"
                    aria-label=label!(i18n, common.back)
                    data-testid="back"
                    on:click=move |_| on_back.run(())
                >
                    <Icon glyph=Glyph::Back />
                </button>
            }
            .into_any(),
        ),
        (None, Some(back)) => Some(
            view! {
                <a
                    class="page-back"
                    href=move || back.get()
                    aria-label=label!(i18n, common.back)
                    data-testid="back"
                >
                    <Icon glyph=Glyph::Back />
                </a>
            }
            .into_any(),
        ),
        (None, None) => None,
    };
    view! {
        <header class="page-header">
            {arrow()} <div class="page-title">
                <h1>{move || title.get()}</h1>
                <Show when=move || subtitle.with(Option::is_some)>
                    <p>{move || subtitle.get()}</p>
                </Show>
            </div> {children.map(|children| view! { <div class="page-aside">{children()}</div> })}
        </header>
    }
}

/// A row of a list that leads somewhere: a door of the round, a person behind it, a vial.
#[component]
pub fn ListRow(
    /// What it is: a name, an address.
    #[prop(into)]
    title: Signal<String>,
    /// The line below.
    #[prop(into, optional)]
    detail: Signal<Option<String>>,
    /// Where it leads. Without `href` or `on_press` it leads nowhere and shows no arrow.
    #[prop(into, optional)]
    href: Option<Signal<String>>,
    /// What it does, when it leads to no address.
    #[prop(into, optional)]
    on_press: Option<Callback<()>>,
    /// A drawing, a number or an hour at its start.
    #[prop(into, optional)]
    lead: ViewFn,
    /// A state at its end.
    #[prop(into, optional)]
    trail: ViewFn,
    /// The one to look at first.
    #[prop(into, optional)]
    current: Signal<bool>,
    /// Done: quieter.
    #[prop(into, optional)]
    done: Signal<bool>,
    /// `data-testid`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    // Drawn again when a signal changes that the page read while drawing them: a state must never be one of before.
    let inside = move || {
        view! {
            <span class="row-lead">{move || lead.run()}</span>
            <span class="row-text">
                <span class="row-title">{move || title.get()}</span>
                <Show when=move || detail.with(Option::is_some)>
                    <span class="row-detail">{move || detail.get()}</span>
                </Show>
            </span>
            <span class="row-trail">{move || trail.run()}</span>
        }
    };
    match (href, on_press) {
        (Some(href), _) => view! {
            <a
                class="row row-link"
                class:row-current=move || current.get()
                class:row-done=move || done.get()
                href=move || href.get()
                data-testid=testid
            >
                {inside()}
                <Icon glyph=Glyph::Forward />
            </a>
        }
        .into_any(),
        (None, Some(on_press)) => view! {
            <button
                type="button"
                class="row row-link"
                class:row-current=move || current.get()
                class:row-done=move || done.get()
                data-testid=testid
                on:click=move |_| on_press.run(())
            >
                {inside()}
                <Icon glyph=Glyph::Forward />
            </button>
        }
        .into_any(),
        (None, None) => view! {
            <div class="row" class:row-current=move || current.get() class:row-done=move || done.get() data-testid=testid>
                {inside()}
            </div>
        }
        .into_any(),
    }
}

/// Details that fold away under one line.
#[component]
pub fn Fold(
    /// The line that stays.
    #[prop(into)]
    summary: Signal<String>,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    /// What folds.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="fold" open=open>
            <summary>
                <span>{move || summary.get()}</span>
                <Icon glyph=Glyph::Down />
            </summary>
            <div class="fold-body">{children()}</div>
        </details>
    }
}

/// A list that is truly empty: says so, and what to do. A load that failed is an `ErrorBlock`, never this.
#[component]
pub fn EmptyState(
    /// A drawing.
    #[prop(default = Glyph::Door)]
    glyph: Glyph,
    /// What is empty.
    #[prop(into)]
    title: Signal<String>,
    /// What to do now.
    #[prop(into, optional)]
    text: Signal<Option<String>>,
    /// The button that does it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon glyph=glyph large=true />
            <p class="empty-title">{move || title.get()}</p>
            <p>{move || text.get()}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// The band that says that the people shown are invented.
#[component]
pub fn Band() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="band" role="note">
            <span class="band-long">{t!(i18n, common.demo)}</span>
            <span class="band-short" aria-hidden="true">{t!(i18n, common.demo_short)}</span>
        </p>
    }
}
