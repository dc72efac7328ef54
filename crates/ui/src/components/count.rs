//! Counting with a thumb: steppers, and the pictures of the waste that count needles and compresses.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::i18n::{t_string, use_i18n};

/// − n +
#[component]
pub fn Stepper(
    /// What is counted.
    #[prop(into)]
    label: Signal<String>,
    /// The count.
    #[prop(into)]
    value: Signal<u32>,
    /// The new count.
    #[prop(into)]
    on_change: Callback<u32>,
    /// The smallest.
    #[prop(default = 0)]
    min: u32,
    /// The largest.
    #[prop(into, default = Signal::stored(999))]
    max: Signal<u32>,
    /// The label is only for screen readers.
    #[prop(optional)]
    quiet_label: bool,
    /// `data-testid` of the count; the buttons add `-less` and `-more`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let less = testid.as_ref().map(|id| format!("{id}-less"));
    let more = testid.as_ref().map(|id| format!("{id}-more"));
    view! {
        <div class="stepper" role="group" aria-label=move || label.get()>
            <span class="stepper-label" class:visually-hidden=quiet_label>
                {move || label.get()}
            </span>
            <button
                type="button"
                class="stepper-button"
                aria-label=move || t_string!(i18n, common.less_one, what = label.get())
                disabled=move || value.with(|value| *value <= min)
                data-testid=less
                on:click=move |_| on_change.run(value.get_untracked().saturating_sub(1).max(min))
            >
                <Icon glyph=Glyph::Minus />
            </button>
            <output class="stepper-value" aria-live="polite" data-testid=testid>
                {move || value.get()}
            </output>
            <button
                type="button"
                class="stepper-button"
                aria-label=move || t_string!(i18n, common.more_one, what = label.get())
                disabled=move || value.with(|value| *value >= max.get())
                data-testid=more
                on:click=move |_| on_change.run(value.get_untracked().saturating_add(1).min(max.get_untracked()))
            >
                <Icon glyph=Glyph::Plus />
            </button>
        </div>
    }
}

/// The three streams of waste (R33–R35), each with its picture and colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stream {
    /// Needles: the sharps box.
    Sharps,
    /// Syringes and soiled compresses: the yellow bag.
    Soft,
    /// The rest: ordinary waste.
    Ordinary,
}

impl Stream {
    const fn glyph(self) -> Glyph {
        match self {
            Self::Sharps => Glyph::SharpsBox,
            Self::Soft => Glyph::YellowBag,
            Self::Ordinary => Glyph::WasteBin,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Sharps => "sharps",
            Self::Soft => "soft",
            Self::Ordinary => "ordinary",
        }
    }
}

/// A picture with its count, which counts by itself and can be corrected.
#[component]
pub fn Tally(
    /// Which picture.
    stream: Stream,
    /// What goes in: «Boîte à aiguilles».
    #[prop(into)]
    label: Signal<String>,
    /// What goes in, in full: «aiguilles».
    #[prop(into, optional)]
    detail: Signal<Option<String>>,
    /// The count.
    #[prop(into)]
    count: Signal<u32>,
    /// The corrected count.
    #[prop(into)]
    on_change: Callback<u32>,
    /// How full the container is, in percent.
    #[prop(into, optional)]
    filling: Signal<Option<u8>>,
    /// `data-testid` of the count.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    view! {
        <div class="tally" data-stream=stream.name()>
            <div class="tally-picture">
                <Icon glyph=stream.glyph() large=true />
                <span
                    class="tally-filling"
                    class:tally-full=move || filling.get().is_some_and(|percent| percent >= 75)
                    style:height=move || format!("{}%", filling.get().unwrap_or(0).min(100))
                />
            </div>
            <p class="tally-label">{move || label.get()}</p>
            <p class="tally-detail">{move || detail.get()}</p>
            {match testid {
                Some(id) => {
                    view! { <Stepper label=label value=count on_change=on_change quiet_label=true testid=id /> }
                        .into_any()
                }
                None => view! { <Stepper label=label value=count on_change=on_change quiet_label=true /> }.into_any(),
            }}
        </div>
    }
}
