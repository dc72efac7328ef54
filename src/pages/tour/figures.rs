//! What is left in the box: doses by product, and the hour before which the first of them must be used.

use crate::pages::words::product_short;
use leptos::prelude::*;
use perron_domain::aboard;

use crate::{
    components::{Glyph, KeyFigure, Tone, fr},
    i18n::t_string,
    pages::{visit::link::Link, words},
};

/// Returns the clock in whole minutes: what is counted in doses does not follow the seconds.
#[must_use]
pub fn minutes(link: Link) -> Memo<i64> {
    Memo::new(move |_| link.now().0.div_euclid(60_000))
}

/// The figures.
#[component]
pub fn Figures(
    /// The way to the replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let minute = minutes(link);
    let products = Memo::new(move |_| {
        minute.track();
        let (now, today) = (link.steady_once(), link.today());
        link.both(|round, common| {
            let one = |code: String| {
                let aboard = aboard::aboard(round, common, &code, now);
                (product_short(common, &code, today), aboard.doses(), words::why_none(i18n, &aboard))
            };
            aboard::products(round).into_iter().map(one).collect::<Vec<_>>()
        })
    });
    let earliest = Memo::new(move |_| {
        minute.track();
        let now = link.steady_once();
        link.both(|round, common| {
            let first = aboard::first_to_end(round, common, now)?;
            let read = round.use_by(first)?;
            let left = round.ends_at(first)?.since(now).div_euclid(60_000);
            Some((words::moment(i18n, common, read, link.now_once()), left))
        })
    });
    view! {
        <div class="figures" data-testid="figures">
            {move || {
                products
                    .get()
                    .into_iter()
                    .map(|(name, left, why)| {
                        let tone = if left > 0 { Tone::Neutral } else { Tone::Warning };
                        // «Comirnaty 30 µg · à isoler : 12»: a zero says why.
                        let name = why.map_or(name.clone(), |why| format!("{name} · {why}"));
                        view! {
                            <KeyFigure
                                value=Signal::stored(left.to_string())
                                label=Signal::stored(t_string!(i18n, tour.doses_of, product = name))
                                tone=Signal::stored(tone)
                            />
                        }
                    })
                    .collect_view()
            }}
            {move || {
                earliest
                    .get()
                    .map(|(hour, left)| {
                        let tone = if left < 60 { Tone::Warning } else { Tone::Neutral };
                        let label = t_string!(i18n, tour.use_before_in, time = fr::duration(i18n.get_locale(), left * 60));
                        view! {
                            <KeyFigure
                                value=Signal::stored(hour)
                                label=Signal::stored(label)
                                tone=Signal::stored(tone)
                                icon=Glyph::Clock
                            />
                        }
                    })
            }}
        </div>
    }
}
