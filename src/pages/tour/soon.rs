//! «À utiliser avant»: doses whose time ends within the hour and a half, and who could have them.

use crate::pages::words::product_short;
use leptos::prelude::*;

use super::{
    figures::minutes,
    stop::door_href,
    use_by::{Why, candidates, ending},
};
use crate::{
    components::{Card, Fold, Glyph, LinkButton, ListRow, StatusPill, Tone, fr, live},
    i18n::{label, t_string},
    pages::{
        visit::{link::Link, place::tel},
        words,
    },
};

/// How early the tablet speaks of it, in minutes.
const EARLY: i64 = 90;
/// How many people it names.
const MOST: usize = 6;

/// The hint; nothing while no time ends soon.
#[component]
pub fn Soon(
    /// The way to the replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let minute = minutes(link);
    let endings = Memo::new(move |_| {
        minute.track();
        link.round(|round| ending(round, link.steady_once(), EARLY))
    });
    live(move || {
        endings
            .get()
            .into_iter()
            .take(2)
            .map(|one| {
                let (title, people) = link.both(|round, common| {
                    let title = t_string!(
                        i18n,
                        tour.ending,
                        count = one.left,
                        product = product_short(common, &one.product, link.today()),
                        hour = words::moment(i18n, common, one.use_by, link.now_once())
                    );
                    let people: Vec<_> = candidates(round, &one.product)
                        .into_iter()
                        .take(MOST)
                        .map(|one| {
                            let href = one.visit.and_then(|name| round.people.get(&name)).map(|visit| door_href(round, visit.stop));
                            (one, href)
                        })
                        .collect();
                    (title, people)
                });
                let enough = people.iter().filter(|(one, _)| one.why == Why::OnRound).count() >= usize::try_from(one.left).unwrap_or(0);
                let left = one.ends.since(link.steady_once()).div_euclid(1000);
                let tone = if left < 60 * 60 { Tone::Warning } else { Tone::Info };
                let rows = people
                    .into_iter()
                    .map(|(one, href)| {
                        let why = match one.why {
                            Why::OnRound => t_string!(i18n, tour.on_round),
                            Why::Waiting => t_string!(i18n, tour.on_waiting_list),
                            Why::WasAbsent => t_string!(i18n, tour.was_absent),
                        };
                        let far = one.metres.map(|metres| t_string!(i18n, tour.metres, count = fr::count(i18n.get_locale(), metres)));
                        let detail = [Some(why.to_owned()), Some(one.place).filter(|place| !place.is_empty()), far];
                        let detail = detail.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                        match (href, one.phone) {
                            (Some(href), _) => view! {
                                <ListRow
                                    title=Signal::stored(one.name)
                                    detail=Signal::stored(Some(detail))
                                    href=Signal::stored(href)
                                    testid="candidate"
                                />
                            }
                            .into_any(),
                            (None, Some(phone)) => view! {
                                <ListRow
                                    title=Signal::stored(one.name)
                                    detail=Signal::stored(Some(detail))
                                    trail=move || {
                                        view! {
                                            <LinkButton
                                                label=label!(i18n, tour.call)
                                                href=tel(&phone)
                                                icon=Glyph::Phone
                                                testid="candidate-call"
                                            />
                                        }
                                    }
                                    testid="candidate"
                                />
                            }
                            .into_any(),
                            (None, None) => view! {
                                <ListRow
                                    title=Signal::stored(one.name)
                                    detail=Signal::stored(Some(detail))
                                    testid="candidate"
                                />
                            }
                            .into_any(),
                        }
                    })
                    .collect::<Vec<_>>();
                let nobody = rows.is_empty();
                view! {
                    <Card
                        title=Signal::stored(title)
                        tone=Signal::stored(tone)
                        icon=Glyph::Stopwatch
                        aside=move || {
                            view! { <StatusPill tone=tone label=Signal::stored(fr::duration(i18n.get_locale(), left)) glyph=Some(Glyph::Clock) /> }
                        }
                    >
                        <p class="muted">
                            {if nobody {
                                t_string!(i18n, tour.nobody_for_it)
                            } else if enough {
                                t_string!(i18n, tour.enough_on_round)
                            } else {
                                t_string!(i18n, tour.too_many_doses)
                            }}
                        </p>
                        <Fold summary=label!(i18n, tour.who_could)>
                            <div class="list">{rows}</div>
                        </Fold>
                    </Card>
                }
            })
            .collect_view()
    })
}
