//! Writing a directive of the relay: as a form or as a text, checked, then published.

pub(super) mod check;
mod choose;
mod condition;
mod fields;
mod head_form;
mod in_words;
pub(super) mod keeping;
pub(super) mod names;
mod parts;
mod publish;
pub(super) mod text;
pub(super) mod written;

use crate::client::{ask, routes};
use crate::components::{
    Button, Choice, ChoiceRow, Confirm, ErrorBlock, Glyph, Notice, PageHeader, StatusPill, Tone, Weight,
};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::kept::KeptLine;
use crate::pages::parts::Work;
use crate::pages::words;
use check::CheckCards;
use head_form::HeadCard;
use keeping::{Editor, Mode};
use leptos::{html, prelude::*};
use leptos_router::hooks::{use_navigate, use_params_map};
use names::Names;
use parts::PartsCards;
use publish::{PublishCard, Went, went};
use text::TextCard;

/// The page: `/relais/directives/ID/modifier`, or `/relais/directives/nouvelle`.
#[component]
pub fn DirectiveEditor() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|map| map.get("id").unwrap_or_default()));
    let editor = Editor::new(i18n);
    let published = RwSignal::new(None::<Went>);
    Effect::new(move |_| editor.load(id.get()));
    let there = Memo::new(move |_| editor.frame.with(Option::is_some));
    let title = move || {
        let form = editor.checked.with(|checked| checked.as_ref()?.check.form.clone());
        match (form, id.with(String::is_empty)) {
            (Some(form), false) => words::tongue(i18n, form.title_fr, form.title_en),
            (None, false) => id.get(),
            (_, true) => t_string!(i18n, desk.de_new).to_owned(),
        }
    };
    let subtitle = move || {
        if published.with(Option::is_some) {
            return None;
        }
        editor.frame.with(|frame| {
            let (version, from) = frame.as_ref()?.in_force.clone()?;
            let from = crate::components::fr::date_short(from.0);
            Some(t_string!(i18n, desk.de_in_force, version = version, from = from))
        })
    };
    view! {
        <PageHeader title=title subtitle=subtitle back="/relais/directives">
            {move || (there.get() && published.with(Option::is_none)).then(|| view! { <Kept editor=editor /> })}
        </PageHeader>
        {move || match (published.get(), there.get()) {
            (Some(one), _) => went(i18n, one).into_any(),
            (None, true) => view! { <Sheet editor=editor published=published /> }.into_any(),
            (None, false) => match editor.error.get() {
                Some(error) => {
                    view! {
                        <ErrorBlock
                            message=move || words::sentence(i18n, &error)
                            on_retry=move |()| editor.load(id.get_untracked())
                        />
                    }
                        .into_any()
                }
                None => view! { <p class="muted" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
            },
        }}
    }
}

/// Whether what is on the page is kept.
#[component]
fn Kept(editor: Editor) -> impl IntoView {
    let i18n = use_i18n();
    let kept = move || editor.frame.with(|frame| frame.as_ref().is_some_and(|frame| frame.kept));
    let words = Signal::derive(move || {
        if editor.busy.get() {
            (Tone::Neutral, t_string!(i18n, desk.de_checking).to_owned())
        } else if !editor.clean.get() {
            (Tone::Warning, t_string!(i18n, desk.de_unkept).to_owned())
        } else if let Some(time) = editor.kept_words() {
            (Tone::Good, t_string!(i18n, desk.de_kept_at, time = time))
        } else if kept() {
            (Tone::Info, t_string!(i18n, desk.de_kept).to_owned())
        } else {
            (Tone::Neutral, t_string!(i18n, desk.de_untouched).to_owned())
        }
    });
    view! {
        <div role="status">
            <StatusPill tone=Signal::derive(move || words.get().0) label=Signal::derive(move || words.get().1) />
        </div>
    }
}

#[component]
fn Sheet(editor: Editor, published: RwSignal<Option<Went>>) -> impl IntoView {
    let i18n = use_i18n();
    let names = Names::read(i18n);
    let kept = editor.keep_typed();
    let jump = RwSignal::new(None::<u32>);
    let results = NodeRef::<html::Div>::new();
    // What was found stands below the button: it comes up by itself.
    let show_results = move || {
        request_animation_frame(move || {
            if let Some(line) = results.get_untracked() {
                line.scroll_into_view_with_bool(true);
            }
        });
    };
    let check_button = move || {
        view! {
            <Button
                label=move || t_string!(i18n, desk.de_check)
                weight=Weight::Primary
                icon=Glyph::Search
                disabled=editor.busy
                on_press=move |()| editor.settle(show_results)
                testid="check"
            />
        }
    };
    let choices = move || {
        vec![
            Choice::new(Mode::Form, move || t_string!(i18n, desk.de_mode_form)).glyph(Glyph::List),
            Choice::new(Mode::Text, move || t_string!(i18n, desk.de_mode_text)).glyph(Glyph::Pen),
        ]
    };
    let failure = move || {
        editor.error.get().map(|error| {
            view! {
                <Notice tone=Tone::Danger>
                    <p>{words::sentence(i18n, &error)}</p>
                </Notice>
            }
        })
    };
    // The text area is drawn once, so that the place in it stays; the form, again for each new set of fields.
    let shown = Memo::new(move |_| match editor.mode.get() {
        Mode::Form => editor.fields.with(|fields| fields.as_ref().map(|fields| fields.key)),
        Mode::Text => None,
    });
    let no_form = Memo::new(move |_| editor.fields.with(Option::is_none));
    let writing = move || match shown.get().and_then(|_| editor.fields.get_untracked()) {
        Some(fields) => view! {
            <HeadCard editor=editor fields=fields />
            <PartsCards editor=editor names=names fields=fields />
        }
        .into_any(),
        None => view! {
            <Show when=move || no_form.get()>
                <Notice tone=Tone::Info>
                    <p>{t!(i18n, desk.de_no_form)}</p>
                </Notice>
            </Show>
            <TextCard text=editor.text checked=editor.checked jump=jump />
        }
        .into_any(),
    };
    let on_line = Callback::new(move |line: u32| {
        editor.mode.set(Mode::Text);
        jump.set(Some(line));
    });
    view! {
        <ChoiceRow
            legend=move || t_string!(i18n, desk.de_mode)
            choices=Signal::derive(choices)
            value=Signal::derive(move || Some(editor.mode.get()))
            on_change=move |mode| editor.turn_to(mode)
            testid="mode"
        />
        <KeptLine kept=kept />
        {writing}
        <div class="check-line" node_ref=results>
            {check_button()} <Drop editor=editor />
        </div>
        {failure}
        <CheckCards checked=editor.checked names=names on_line=on_line />
        <PublishCard editor=editor on_published=move |one| published.set(Some(one)) />
    }
}

/// Throws the draft away, once asked.
#[component]
fn Drop(editor: Editor) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let asking = RwSignal::new(false);
    let navigate = use_navigate();
    let frame = move || editor.frame.get_untracked();
    let new = Memo::new(move |_| editor.frame.with(|frame| frame.as_ref().is_none_or(|one| one.in_force.is_none())));
    let kept = Memo::new(move |_| editor.frame.with(|frame| frame.as_ref().is_some_and(|one| one.kept)));
    let word =
        move || if new.get() { t_string!(i18n, desk.de_drop_new) } else { t_string!(i18n, desk.de_drop) }.to_owned();
    let drop_it = Callback::new(move |()| {
        let Some(frame) = frame() else { return };
        let navigate = navigate.clone();
        let id = frame.id.clone();
        work.run(async move { ask(routes::DROP_DIRECTIVE, (keeping::draft_of(&id),), ()).await }, move |()| {
            asking.set(false);
            if frame.in_force.is_some() {
                editor.kept_at.set(None);
                editor.load(frame.id);
            } else {
                navigate("/relais/directives", Default::default());
            }
        });
    });
    view! {
        <Show when=move || kept.get()>
            <Button label=word weight=Weight::Quiet on_press=move |()| asking.set(true) testid="drop-draft" />
        </Show>
        <Confirm
            open=asking
            on_close=move |()| asking.set(false)
            title=word
            tone=Tone::Danger
            does=word
            disabled=work.busy
            on_do=drop_it
            testid="drop"
        >
            <p>{t!(i18n, desk.de_drop_sure)}</p>
            {work.failure(i18n)}
        </Confirm>
    }
}
