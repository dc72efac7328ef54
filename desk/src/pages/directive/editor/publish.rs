//! The last step: from which day, by whom, urgent or not; then where it went.

use super::keeping::Editor;
use crate::client::{ask_as, get, routes};
use crate::components::{Button, Card, Dialog, Glyph, LinkButton, Notice, Tick, Tone, Weight, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::parts::Work;
use crate::pages::team::sign::{Signer, WhoSigns};
use crate::pages::words::say;
use leptos::prelude::*;
use perron_desk_api::{PublishDirective, RoundLine, RoundStage};
use perron_domain::fact::Role;

/// What was published, and to whom it goes.
#[derive(Clone, PartialEq, Debug)]
pub struct Went {
    title: String,
    version: String,
    from: String,
    urgent: bool,
    under_way: Vec<String>,
    to_come: Vec<String>,
}

impl Went {
    fn of(editor: Editor, urgent: bool, rounds: Vec<RoundLine>) -> Self {
        let form = editor.checked.with_untracked(|checked| checked.as_ref()?.check.form.clone()).unwrap_or_default();
        let labels = |stage: RoundStage| {
            rounds.iter().filter(|round| round.stage == stage).map(|round| round.label.clone()).collect()
        };
        Self {
            title: form.title_fr,
            version: form.version,
            from: super::written::day_words(&form.from),
            urgent,
            under_way: labels(RoundStage::Departed),
            to_come: labels(RoundStage::Published),
        }
    }
}

/// The card with the button, and its dialog.
#[component]
pub fn PublishCard(
    /// The page's draft.
    editor: Editor,
    /// It was published.
    #[prop(into)]
    on_published: Callback<Went>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let asking = RwSignal::new(false);
    let urgent = RwSignal::new(false);
    let signer = Signer::new(Role::Head);
    let publishable =
        Memo::new(move |_| editor.checked.with(|checked| checked.as_ref().is_some_and(|one| one.check.publishable)));
    let ready = Memo::new(move |_| editor.clean.get() && publishable.get() && !editor.busy.get());
    let state = move || {
        let (tone, word) = if !editor.clean.get() {
            (Tone::Info, t_string!(i18n, desk.dp_check_first))
        } else if publishable.get() {
            (Tone::Good, t_string!(i18n, desk.dp_ready))
        } else {
            (Tone::Warning, t_string!(i18n, desk.dp_not_yet))
        };
        view! { <Notice tone=tone><p>{word}</p></Notice> }
    };
    let from = move || {
        editor.checked.with(|checked| {
            let form = checked.as_ref().and_then(|checked| checked.check.form.as_ref());
            form.map(|form| super::written::day_words(&form.from)).unwrap_or_default()
        })
    };
    let go = Callback::new(move |()| {
        let Some(account) = signer.account() else { return };
        let Some(text) = editor.checked.with_untracked(|checked| checked.as_ref().map(|one| one.text.clone())) else {
            return;
        };
        let urgent = urgent.get_untracked();
        let sent = async move {
            ask_as(account, routes::PUBLISH_DIRECTIVE, (), PublishDirective { text, urgent }).await?;
            // It is published, whatever becomes of this.
            Ok(get(routes::ROUNDS).await.unwrap_or_default())
        };
        work.run(sent, move |rounds| {
            asking.set(false);
            on_published.run(Went::of(editor, urgent, rounds));
        });
    });
    view! {
        <Card title=move || t_string!(i18n, desk.dp_title)>
            {state}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.dp_publish)
                    weight=Weight::Primary
                    icon=Glyph::Upload
                    disabled=Signal::derive(move || !ready.get())
                    on_press=move |()| {
                        work.error.set(None);
                        asking.set(true);
                    }
                    testid="publish-directive"
                />
            </div>
        </Card>
        <Dialog
            open=asking
            on_close=move |()| asking.set(false)
            title=move || t_string!(i18n, desk.dp_ask, date = from())
            actions=move || {
                view! {
                    <Button label=move || t_string!(i18n, common.cancel) on_press=move |()| asking.set(false) />
                    <Button
                        label=move || t_string!(i18n, desk.dp_publish)
                        weight=Weight::Primary
                        disabled=Signal::derive(move || work.busy.get() || signer.account().is_none())
                        on_press=go
                        testid="publish-go"
                    />
                }
            }
        >
            <p>{t!(i18n, desk.dp_text)}</p>
            <WhoSigns
                signer=signer
                label=move || t_string!(i18n, desk.dp_who)
                nobody=move || t_string!(i18n, desk.dp_no_head)
            />
            <Tick
                label=move || t_string!(i18n, desk.dp_urgent)
                note=move || Some(t_string!(i18n, desk.dp_urgent_note).to_owned())
                value=urgent
                on_change=move |on| urgent.set(on)
                testid="urgent"
            />
            {work.failure(i18n)}
        </Dialog>
    }
}

/// Where it went.
pub fn went(i18n: I18n, went: Went) -> impl IntoView {
    let under_way = (!went.under_way.is_empty()).then(|| {
        let names = went.under_way.join(" · ");
        if went.urgent {
            say!(i18n, desk.dp_taken_over, names = names)
        } else {
            say!(i18n, desk.dp_keep, names = names)
        }
    });
    let to_come = (!went.to_come.is_empty()).then(|| say!(i18n, desk.dp_to_come, names = went.to_come.join(" · ")));
    view! {
        <Card title=move || t_string!(i18n, desk.dp_done)>
            <Notice tone=Tone::Good title=Some(format!("{} · {}", fr::spaced(&went.title), went.version))>
                <p data-testid="published">{say!(i18n, desk.dp_done_text, date = went.from)}</p>
                {to_come.map(|text| view! { <p>{text}</p> })}
                {under_way.map(|text| view! { <p>{text}</p> })}
                <p>{t!(i18n, desk.dp_physician)}</p>
            </Notice>
            <div class="actions">
                <LinkButton
                    label=move || t_string!(i18n, desk.dp_back)
                    href="/relais/directives"
                    icon=Glyph::Book
                    weight=Weight::Primary
                />
            </div>
        </Card>
    }
}
