//! «5. Publier»: what is still to be done, what one should know, and the two ends of a draft.

use super::Editor;
use super::odd::{OddLines, open};
use crate::client::{ask, routes};
use crate::components::{Button, Card, Confirm, Glyph, Notice, StatusPill, Tone, Weight};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::parts::Work;
use crate::pages::people::known;
use crate::pages::words;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use perron_domain::Refusal;
use perron_domain::name::FactName;
use perron_ui::words::refusal as refusal_words;
use std::collections::BTreeSet;

/// The card.
#[component]
pub fn PublishCard(editor: Editor, number: u32) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let work = Work::new();
    let asking = RwSignal::new(false);
    let all_the_same = RwSignal::new(false);
    let blocking = move || editor.view.with(|view| view.as_ref().map(|view| view.blocking.clone()).unwrap_or_default());
    let warnings = move || editor.view.with(|view| view.as_ref().map(|view| view.warnings.clone()).unwrap_or_default());
    let people = move || editor.view.with(|view| view.as_ref().map(|view| view.people.clone()).unwrap_or_default());
    let refused = move || editor.view.with(|view| view.as_ref().map(|view| view.refused.clone()).unwrap_or_default());
    // What stands on the page and not in the round.
    let loose = move || {
        editor.unread.with(|unread| {
            let word = |field: &str| match field {
                "lot" => t_string!(i18n, desk.e_loose_lot),
                "ticked" => t_string!(i18n, desk.e_loose_people),
                _ => t_string!(i18n, desk.e_loose_field),
            };
            unread.iter().map(|field| word(field)).collect::<BTreeSet<_>>()
        })
    };
    let ready = Signal::derive(move || {
        let kept_back = people().iter().any(|one| one.blocks);
        blocking().is_empty() && !kept_back && refused().is_empty() && open(editor).is_empty() && editor.whole()
    });
    let take_out = move |id: FactName| {
        editor.change(|draft| {
            for stop in &mut draft.stops {
                stop.people.retain(|one| *one != id);
            }
            draft.stops.retain(|stop| !stop.people.is_empty());
        });
    };
    let published = Memo::new(move |_| editor.view.with(|view| view.as_ref().is_some_and(|view| view.published)));
    let publish_word = move || {
        if published.get() { t_string!(i18n, desk.e_change_do) } else { t_string!(i18n, desk.e_publish_do) }
    };
    let drop_word = move || {
        if published.get() { t_string!(i18n, desk.e_change_drop) } else { t_string!(i18n, desk.e_drop) }
    };
    let publish = {
        let navigate = navigate.clone();
        Callback::new(move |()| {
            let navigate = navigate.clone();
            work.run(ask(routes::PUBLISH_ROUND, (number,), ()), move |_| {
                navigate(&format!("/relais/tournees/{number}"), Default::default());
            });
        })
    };
    // Whoever the rules would send away goes along only where somebody says so.
    let press = move |()| {
        if untrack(people).is_empty() { publish.run(()) } else { all_the_same.set(true) }
    };
    let delete = Callback::new(move |()| {
        let navigate = navigate.clone();
        let back = if published.get_untracked() {
            format!("/relais/tournees/{number}")
        } else {
            "/relais/tournees".to_owned()
        };
        work.run(ask(routes::DROP_DRAFT, (number,), ()), move |()| navigate(&back, Default::default()));
    });
    let lines = move || {
        let (blocking, warnings) = (blocking(), warnings());
        let people = people();
        let (refused, loose) = (refused(), loose());
        let look = !people.is_empty();
        let may_go = ready.get() && !look;
        let calm = may_go && warnings.is_empty();
        let told = may_go && !warnings.is_empty();
        let wrong = |name: &str, refusal: &Refusal| {
            let why = refusal_words(i18n, words::zone(), words::product, refusal);
            view! { <li data-testid="refused"><StatusPill tone=Tone::Danger label=format!("{name}\u{a0}: {why}") /></li> }
        };
        view! {
            {look.then(|| view! { <Notice tone=Tone::Warning><p>{t!(i18n, desk.k_look)}</p></Notice> })}
            {calm.then(|| view! { <Notice tone=Tone::Good><p>{t!(i18n, desk.e_ready)}</p></Notice> })}
            {told.then(|| view! { <Notice tone=Tone::Info><p>{t!(i18n, desk.e_ready_but)}</p></Notice> })}
            <ul class="plain checks">
                {blocking
                    .into_iter()
                    .map(|code| view! { <li><StatusPill tone=Tone::Danger label=words::blocking(i18n, code) /></li> })
                    .collect_view()}
                {loose
                    .into_iter()
                    .map(|word| view! { <li data-testid="loose"><StatusPill tone=Tone::Danger label=word /></li> })
                    .collect_view()}
                {refused.iter().map(|one| wrong(&one.name, &one.refusal)).collect_view()}
                {people
                    .into_iter()
                    .map(|one| {
                        let (tone, why) = known::check(i18n, &one);
                        let (id, name) = (one.person, one.name.clone());
                        view! {
                            <li data-testid="check-person">
                                <StatusPill tone=tone label=why />
                                <Button
                                    label=move || t_string!(i18n, desk.e_remove, name = name.as_str())
                                    icon=Glyph::Cross
                                    icon_only=true
                                    weight=Weight::Quiet
                                    on_press=move |()| take_out(id)
                                    testid="check-remove"
                                />
                            </li>
                        }
                    })
                    .collect_view()}
                {warnings
                    .into_iter()
                    .map(|code| view! { <li><StatusPill tone=Tone::Warning label=words::warning(i18n, code) /></li> })
                    .collect_view()}
            </ul>
        }
    };
    view! {
        <Card title=move || {
            if published.get() { t_string!(i18n, desk.e_change) } else { t_string!(i18n, desk.e_publish) }
        }>
            {lines}
            <OddLines editor=editor />
            <p class="muted">
                {move || {
                    if published.get() {
                        t_string!(i18n, desk.e_change_text)
                    } else {
                        t_string!(i18n, desk.e_publish_text)
                    }
                }}
            </p>
            {work.failure(i18n)}
            <div class="actions">
                <Button
                    label=publish_word
                    weight=Weight::Primary
                    icon=Glyph::Upload
                    disabled=Signal::derive(move || !ready.get() || work.busy.get())
                    on_press=press
                    testid="publish"
                />
                <Button
                    label=drop_word
                    weight=Weight::Quiet
                    on_press=move |()| asking.set(true)
                />
            </div>
            <Confirm
                open=all_the_same
                on_close=move |()| all_the_same.set(false)
                title=publish_word
                tone=Tone::Warning
                does=move || t_string!(i18n, desk.e_publish_all_the_same)
                disabled=work.busy
                on_do=move |()| {
                    all_the_same.set(false);
                    publish.run(());
                }
                testid="publish-all-the-same"
            >
                <p>{t!(i18n, desk.e_publish_with)}</p>
                <ul>
                    {move || {
                        people()
                            .into_iter()
                            .map(|one| {
                                let (_, why) = known::check(i18n, &one);
                                view! { <li>{why}</li> }
                            })
                            .collect_view()
                    }}
                </ul>
            </Confirm>
            <Confirm
                open=asking
                on_close=move |()| asking.set(false)
                title=drop_word
                tone=Tone::Danger
                does=drop_word
                on_do=delete
                testid="drop-draft"
            >
                <p>
                    {move || {
                        if published.get() {
                            t_string!(i18n, desk.e_change_drop_sure)
                        } else {
                            t_string!(i18n, desk.e_drop_sure)
                        }
                    }}
                </p>
            </Confirm>
        </Card>
    }
}
