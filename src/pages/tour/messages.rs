//! What the relay says to its teams while they are out: messages to be read, directives that are newer than the round's.

use leptos::prelude::*;
use perron_domain::{command::Command, door, fact::NoticePublished, name::FactName, order};

use crate::{
    components::{Button, Fold, Glyph, Notice, Show, StatusPill, Tone},
    i18n::{Locale, label, t, t_string},
    pages::{
        visit::link::Link,
        words::{self, answer_of},
    },
};

/// Messages that nobody of the team read yet, and newer directives.
#[component]
pub fn Messages(
    /// The way to the replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let unread = Memo::new(move |_| messages(link, false));
    view! {
        <Newer link=link />
        {move || {
            unread
                .get()
                .into_iter()
                .map(|(name, notice)| {
                    let title = notice.title.clone();
                    view! {
                        <Notice tone=Tone::Warning title=Signal::stored(Some(title))>
                            {body(link, notice)}
                            <Button
                                label=label!(i18n, tour.message_read)
                                icon=Glyph::Book
                                on_press=move |()| link.write(vec![Command::ReadNotice(name)], || ())
                                testid=format!("notice-{name}")
                            />
                        </Notice>
                    }
                })
                .collect_view()
        }}
    }
}

/// Messages that the team has read, at the foot of the page.
#[component]
pub fn ReadMessages(
    /// The way to the replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let read = Memo::new(move |_| messages(link, true));
    view! {
        <Show when=move || read.with(|read| !read.is_empty())>
            <Fold summary=Signal::derive(move || {
                t_string!(i18n, tour.messages_read, count = read.with(Vec::len))
            })>
                {move || {
                    read.get()
                        .into_iter()
                        .map(|(_, notice)| {
                            let title = notice.title.clone();
                            view! {
                                <h3>{title}</h3>
                                {body(link, notice)}
                            }
                        })
                        .collect_view()
                }}
            </Fold>
        </Show>
    }
}

fn messages(link: Link, read: bool) -> Vec<(FactName, NoticePublished)> {
    link.both(|round, common| {
        let mut found: Vec<(FactName, NoticePublished)> = common
            .notices
            .iter()
            .filter(|(name, _)| round.notices_read.contains_key(name) == read)
            .map(|(name, notice)| (*name, notice.clone()))
            .collect();
        order::sort_by_key(&mut found, |(_, notice)| std::cmp::Reverse(notice.at));
        found
    })
}

fn body(link: Link, notice: NoticePublished) -> AnyView {
    let i18n = link.i18n;
    let at = link.common(|common| words::moment(i18n, common, notice.at, link.now_once()));
    let day = link.common(|common| words::day(i18n, words::zone(common).day(notice.at)));
    let paragraphs: Vec<String> = notice.text.split("\n\n").map(str::to_owned).collect();
    view! {
        {paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
        {notice
            .link
            .map(|href| {
                // Without a network it leads nowhere: the address itself is shown.
                let shown = href.clone();
                view! {
                    <p>
                        <a href=href target="_blank" rel="noopener noreferrer">
                            {shown}
                        </a>
                    </p>
                }
            })}
        <p class="muted">{day} " · " {at}</p>
    }
    .into_any()
}

/// A directive was published since the round left: it waits for the next round, or it is urgent and took over.
#[component]
fn Newer(link: Link) -> impl IntoView {
    let i18n = link.i18n;
    let title = move |directive: &perron_domain::rules::Directive| match i18n.get_locale() {
        Locale::fr => directive.title_fr.clone(),
        Locale::en => directive.title_en.clone(),
    };
    let waiting = Memo::new(move |_| {
        link.both(|round, common| {
            let found = door::waiting(round, common, link.now_once());
            found.into_iter().map(title).collect::<Vec<_>>()
        })
    });
    let urgent = Memo::new(move |_| {
        link.both(|round, common| {
            let found = door::took_over(round, common, link.now_once());
            found.into_iter().map(title).collect::<Vec<_>>()
        })
    });
    let reexamined = Memo::new(move |_| {
        let nurse = link.account();
        link.both(|round, common| {
            let found = door::reexamined(round, common, nurse, link.now_once());
            let line = |one: door::Reexamined| {
                let name = round.people.get(&one.person).map(|visit| visit.record.display_name());
                (name.unwrap_or_default(), one.before, one.now)
            };
            found.into_iter().map(line).collect::<Vec<_>>()
        })
    });
    let too_new = Memo::new(move |_| {
        link.both(|round, common| {
            let found = door::too_new(round, common, link.now_once());
            found.into_iter().map(|one| format!("{} {}", one.directive, one.version)).collect::<Vec<_>>().join(", ")
        })
    });
    view! {
        <Show when=move || too_new.with(|names| !names.is_empty())>
            <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, tour.too_new_title).to_owned())>
                <p data-testid="too-new-directive">
                    {move || t_string!(i18n, tour.too_new_text, names = too_new.get())}
                </p>
            </Notice>
        </Show>
        <Show when=move || urgent.with(|titles| !titles.is_empty())>
            <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, tour.urgent_title).to_owned())>
                <p data-testid="urgent-directive">{move || urgent.with(|titles| titles.join(", "))}</p>
                {move || {
                    reexamined
                        .get()
                        .into_iter()
                        .map(|(name, before, now)| {
                            let word = move |outcome| untrack(|| answer_of(outcome).word(i18n));
                            view! {
                                <p>
                                    {name} {t!(i18n, visit.why_colon)} {word(before)} " → "
                                    <StatusPill tone=Tone::Warning label=word(now) />
                                </p>
                            }
                        })
                        .collect_view()
                }}
                <Show when=move || reexamined.with(Vec::is_empty)>
                    <p>{t!(i18n, tour.urgent_none)}</p>
                </Show>
            </Notice>
        </Show>
        <Show when=move || waiting.with(|titles| !titles.is_empty())>
            <Notice tone=Tone::Info title=move || Some(t_string!(i18n, tour.newer_title).to_owned())>
                <p data-testid="newer-directive">{move || waiting.with(|titles| titles.join(", "))}</p>
                <p class="muted">{t!(i18n, tour.newer_text)}</p>
            </Notice>
        </Show>
    }
}
