//! What fills the waiting time: the waste of the dose, and the person's word on the visit.

use leptos::prelude::*;
use perron_domain::{command::Command, fact::WasteStream};

use super::{Door, link::Link};
use crate::{
    components::{Glyph, Icon, Stream, Tally},
    i18n::{label, t, t_string},
};

/// The three pictures: they count by themselves and can be corrected.
#[component]
pub fn Waste(
    /// The visit's way to the replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let count = move |stream: WasteStream| {
        Signal::derive(move || link.round(|round| u32::try_from(round.tally(stream).total()).unwrap_or(0)))
    };
    let change = move |stream: WasteStream| {
        move |wanted: u32| {
            let now = link.glance(|round, _| round.tally(stream).total());
            let delta = i32::try_from(wanted).unwrap_or(i32::MAX).saturating_sub(now);
            if let Ok(delta) = i16::try_from(delta)
                && delta != 0
            {
                link.write(vec![Command::Tally { stream, delta }], || ());
            }
        }
    };
    let one = move |(stream, picture, testid): (WasteStream, Stream, &'static str)| {
        let label = move || match stream {
            WasteStream::Sharps => t_string!(i18n, visit.waste_sharps),
            WasteStream::Soft => t_string!(i18n, visit.waste_soft),
            WasteStream::Ordinary => t_string!(i18n, visit.waste_ordinary),
        };
        view! { <Tally stream=picture label=label count=count(stream) on_change=change(stream) testid=testid /> }
    };
    let streams = [
        (WasteStream::Sharps, Stream::Sharps, "tally-sharps"),
        (WasteStream::Soft, Stream::Soft, "tally-soft"),
        (WasteStream::Ordinary, Stream::Ordinary, "tally-ordinary"),
    ];
    view! { <div class="tallies tallies-compact">{streams.map(one).into_iter().collect_view()}</div> }
}

/// Satisfaction in one tap (R40).
#[component]
pub fn Thanks(
    /// The visit.
    door: Door,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let visit = link.visit(door.person);
    let score = move || visit.with(|visit| visit.as_ref().and_then(|visit| visit.satisfaction));
    let one = move |value: u8| {
        let glyph = match value {
            1 | 2 => Glyph::Frown,
            3 => Glyph::Neutral,
            _ => Glyph::Smile,
        };
        let pressed = move || (score() == Some(value)).to_string();
        view! {
            <button
                type="button"
                class="button score"
                aria-pressed=pressed
                aria-label=move || t_string!(i18n, visit.score, score = value)
                data-testid=format!("satisfaction-{value}")
                on:click=move |_| link.write(vec![Command::Satisfy { person: door.person, score: value }], || ())
            >
                <Icon glyph=glyph />
                <span>{value}</span>
            </button>
        }
    };
    view! {
        <div class="card thanks" role="group" aria-label=label!(i18n, visit.satisfaction)>
            <p>{t!(i18n, visit.satisfaction)}</p>
            <div class="scores">{(1..=5).map(one).collect_view()}</div>
        </div>
    }
}
