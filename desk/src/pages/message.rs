//! «Messages»: what the relay tells its teams, in the manner of DGS-Urgent, and which teams have read it.

use crate::client::{ask, get, routes};
use crate::components::{
    Button, Card, EmptyState, Fold, Glyph, Notice, PageHeader, StatusPill, TextArea, TextField, Tone, Weight,
};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::kept::{Fields, KeptLine};
use crate::pages::parts::{Work, loaded, on_news};
use crate::pages::said::list::{SaidList, is_notice};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{NewNotice, NoticeLine, NoticeReadLine};

/// The page.
#[component]
pub fn Messages() -> impl IntoView {
    let i18n = use_i18n();
    let notices = LocalResource::new(|| get(routes::NOTICES));
    let said = LocalResource::new(|| get(routes::SAID));
    on_news(move || {
        notices.refetch();
        said.refetch();
    });
    let corrected = Callback::new(move |()| {
        notices.refetch();
        said.refetch();
    });
    view! {
        <PageHeader
            title=move || t_string!(i18n, desk.ms_title)
            subtitle=move || Some(t_string!(i18n, desk.ms_sub).to_owned())
        />
        <NewMessage on_sent=move |()| notices.refetch() />
        {loaded(i18n, notices, move |found| page(i18n, found))}
        <Card title=move || t_string!(i18n, desk.sd_title)>
            <Fold summary=move || t_string!(i18n, desk.sd_open)>
                {loaded(i18n, said, move |said| {
                    let mut said = said;
                    said.retain(is_notice);
                    view! { <SaidList said=said stock=Signal::stored(None::<perron_desk_api::StockView>) on_corrected=corrected /> }
                })}
            </Fold>
        </Card>
    }
}

/// The form; it is empty again once the message has gone.
#[component]
fn NewMessage(#[prop(into)] on_sent: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let sent = RwSignal::new(false);
    let [title, text, link] = [(); 3].map(|()| RwSignal::new(String::new()));
    let kept = Fields::of("notice").texts([("title", title), ("text", text), ("link", link)]).keep();
    let ready = move || !title.with(|text| text.trim().is_empty()) && !text.with(|text| text.trim().is_empty());
    let wrong = move || {
        let wrong = link.with(|link| !link.trim().is_empty() && !link.trim().starts_with("https://"));
        wrong.then(|| t_string!(i18n, desk.ms_link_wrong).to_owned())
    };
    let send = move |()| {
        sent.set(false);
        let typed = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let link_typed = Some(typed(link)).filter(|link| !link.is_empty());
        let notice = NewNotice { title: typed(title), text: typed(text), link: link_typed };
        work.run(ask(routes::PUBLISH_NOTICE, (), notice), move |()| {
            for field in [title, text, link] {
                field.set(String::new());
            }
            kept.settle();
            sent.set(true);
            on_sent.run(());
        });
    };
    view! {
        <Card title=move || t_string!(i18n, desk.ms_new)>
            <KeptLine kept=kept />
            <div class="form-grid">
                <TextField label=move || t_string!(i18n, desk.ms_heading) value=title testid="notice-title" />
                <TextField
                    label=move || t_string!(i18n, desk.ms_link)
                    value=link
                    error=wrong
                    hint=move || Some(t_string!(i18n, desk.ms_link_hint).to_owned())
                    optional=true
                    testid="notice-link"
                />
            </div>
            <TextArea label=move || t_string!(i18n, desk.c_text) value=text testid="notice-text" />
            {work.failure(i18n)}
            {move || {
                sent.get().then(|| view! { <Notice tone=Tone::Good><p>{t!(i18n, desk.ms_sent)}</p></Notice> })
            }}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.ms_send)
                    weight=Weight::Primary
                    disabled=Signal::derive(move || work.busy.get() || !ready() || wrong().is_some())
                    on_press=send
                    testid="send-notice"
                />
            </div>
        </Card>
    }
}

fn page(i18n: I18n, mut notices: Vec<NoticeLine>) -> AnyView {
    if notices.is_empty() {
        return view! { <EmptyState glyph=Glyph::Info title=move || t_string!(i18n, desk.ms_none) /> }.into_any();
    }
    notices.sort_by_key(|one| std::cmp::Reverse(one.at));
    notices.into_iter().map(|one| message(i18n, one)).collect_view().into_any()
}

fn message(i18n: I18n, one: NoticeLine) -> impl IntoView {
    let when = words::say!(i18n, desk.ms_when, when = words::moment(i18n, one.at));
    let link = one.link.map(|link| {
        let words = link.clone();
        view! { <p><a href=link target="_blank" rel="noopener noreferrer">{words}</a></p> }
    });
    let nobody = one.read.is_empty() && one.unread.is_empty();
    let read = |line: NoticeReadLine| {
        let when = words::moment(i18n, line.at);
        view! {
            <li>
                <StatusPill tone=Tone::Good label=line.label />
                " "
                <span class="cell-note">{words::say!(i18n, desk.ms_by, name = line.by, when = when)}</span>
            </li>
        }
    };
    let unread = |label: String| {
        view! {
            <li>
                <StatusPill tone=Tone::Warning label=label />
                " "
                <span class="cell-note">{words::say!(i18n, desk.ms_unread)}</span>
            </li>
        }
    };
    view! {
        <section class="card" data-testid="notice">
            <header class="card-head">
                <h2>{one.title}</h2>
            </header>
            <p class="muted">{when}</p>
            <p class="as-written">{one.text}</p>
            {link}
            {if nobody {
                view! { <p class="muted">{t!(i18n, desk.ms_nobody)}</p> }.into_any()
            } else {
                view! {
                    <ul class="plain">
                        {one.unread.into_iter().map(unread).collect_view()}
                        {one.read.into_iter().map(read).collect_view()}
                    </ul>
                }
                    .into_any()
            }}
        </section>
    }
}
