//! The last step: the head of the relay adopts what was checked; then it waits for the physician.

use crate::client::{ask_as, routes};
use crate::components::{Button, Card, Dialog, Glyph, LinkButton, Notice, Tone, Weight, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::directive::editor::keeping::Checked;
use crate::pages::directive::editor::written::day_words;
use crate::pages::parts::Work;
use crate::pages::team::sign::{Signer, WhoSigns};
use crate::pages::words::{say, tongue};
use leptos::prelude::*;
use perron_desk_api::AdoptDirective;
use perron_domain::fact::{Origin, Role};

/// What was adopted.
#[derive(Clone, PartialEq, Debug)]
pub struct Adopted {
    title: String,
    version: String,
    from: String,
}

/// The card with the button, and its dialog.
#[component]
pub fn AdoptCard(
    /// What was checked.
    checked: RwSignal<Option<Checked>>,
    /// Whether nothing on the page differs from what was checked.
    clean: Signal<bool>,
    /// Where it comes from; none while that is not said.
    origin: Signal<Option<Origin>>,
    /// It was adopted.
    #[prop(into)]
    on_adopted: Callback<Adopted>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let asking = RwSignal::new(false);
    let signer = Signer::new(Role::Head);
    let publishable = Memo::new(move |_| checked.with(|one| one.as_ref().is_some_and(|one| one.check.publishable)));
    let known = Memo::new(move |_| origin.with(Option::is_some));
    let ready = Memo::new(move |_| clean.get() && publishable.get() && known.get());
    let state = move || {
        let (tone, word) = if !clean.get() {
            (Tone::Info, t_string!(i18n, desk.se_check_first))
        } else if !publishable.get() {
            (Tone::Warning, t_string!(i18n, desk.se_not_yet))
        } else if !known.get() {
            (Tone::Warning, t_string!(i18n, desk.sf_origin_missing))
        } else {
            (Tone::Good, t_string!(i18n, desk.se_ready))
        };
        view! { <Notice tone=tone><p>{word}</p></Notice> }
    };
    let described = move || {
        let form = checked.with(|checked| checked.as_ref()?.check.form.clone()).unwrap_or_default();
        Adopted {
            title: tongue(i18n, form.title_fr, form.title_en),
            version: form.version,
            from: day_words(&form.from),
        }
    };
    let go = Callback::new(move |()| {
        let (Some(account), Some(origin)) = (signer.account(), origin.get_untracked()) else { return };
        let Some(text) = checked.with_untracked(|checked| checked.as_ref().map(|one| one.text.clone())) else { return };
        work.run(ask_as(account, routes::ADOPT_SEASON, (), AdoptDirective { text, origin }), move |()| {
            asking.set(false);
            on_adopted.run(untrack(described));
        });
    });
    view! {
        <Card title=move || t_string!(i18n, desk.se_adopt)>
            {state}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.se_adopt)
                    weight=Weight::Primary
                    icon=Glyph::Book
                    disabled=Signal::derive(move || !ready.get())
                    on_press=move |()| {
                        work.error.set(None);
                        asking.set(true);
                    }
                    testid="adopt"
                />
            </div>
        </Card>
        <Dialog
            open=asking
            on_close=move |()| asking.set(false)
            title=move || t_string!(i18n, desk.se_adopt_ask)
            actions=move || {
                view! {
                    <Button label=move || t_string!(i18n, common.cancel) on_press=move |()| asking.set(false) />
                    <Button
                        label=move || t_string!(i18n, desk.se_adopt)
                        weight=Weight::Primary
                        disabled=Signal::derive(move || work.busy.get() || signer.account().is_none())
                        on_press=go
                        testid="adopt-go"
                    />
                }
            }
        >
            <p>
                <strong>
                    {move || {
                        let one = described();
                        format!("{} · {}", fr::spaced(&one.title), one.version)
                    }}
                </strong>
            </p>
            <p>{t!(i18n, desk.se_adopt_text)}</p>
            <WhoSigns
                signer=signer
                label=move || t_string!(i18n, desk.se_adopt_who)
                nobody=move || t_string!(i18n, desk.dp_no_head)
            />
            {work.failure(i18n)}
        </Dialog>
    }
}

/// What comes next.
pub fn adopted_card(i18n: I18n, one: Adopted) -> impl IntoView {
    view! {
        <Card title=move || t_string!(i18n, desk.se_done)>
            <Notice tone=Tone::Warning title=Some(format!("{} · {}", fr::spaced(&one.title), one.version))>
                <p data-testid="adopted">{t!(i18n, desk.se_done_text)}</p>
                <p>{say!(i18n, desk.se_done_from, date = one.from)}</p>
            </Notice>
            <div class="actions">
                <LinkButton
                    label=move || t_string!(i18n, desk.se_to_confirm)
                    href="/relais/directives"
                    icon=Glyph::Book
                    weight=Weight::Primary
                    testid="to-confirmation"
                />
            </div>
        </Card>
    }
}
