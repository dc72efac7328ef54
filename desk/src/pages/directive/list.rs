//! «Directives»: what is in force, since when, by whom, in which words; who published and who confirmed it; and the way to
//! change what is the relay's own.

use crate::client::{ask, escaped, routes};
use crate::components::{
    Button, Card, DateField, Glyph, Icon, LinkButton, Notice, PageHeader, StatusPill, Tone, Weight, fr,
};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::directive::confirm::{Asked, Confirm, ToConfirm};
use crate::pages::directive::lines::{rules, standing};
use crate::pages::directive::season::SeasonsOver;
use crate::pages::parts::{Loading, loaded, on_news};
use crate::pages::words::{self, tongue};
use leptos::prelude::*;
use perron_desk_api::{DirectiveView, DirectivesView, OnDay, SeasonsView};
use perron_domain::rules::Layer;
use std::collections::BTreeSet;

/// The page.
#[component]
pub fn Directives() -> impl IntoView {
    let i18n = use_i18n();
    let day = RwSignal::new(String::new());
    let on = Memo::new(move |_| day.with(|text| words::read_day(text)));
    let directives = LocalResource::new(move || ask(routes::DIRECTIVES, (), OnDay { on: on.get() }));
    let over = LocalResource::new(|| ask(routes::SEASONS, (), OnDay::default()));
    let again = move || {
        directives.refetch();
        over.refetch();
    };
    on_news(again);
    let asked: Asked = RwSignal::new(None);
    view! {
        <PageHeader
            title=move || t_string!(i18n, desk.nav_directives)
            subtitle=move || Some(t_string!(i18n, desk.d_sub).to_owned())
        >
            <LinkButton
                label=move || t_string!(i18n, desk.se_title)
                href="/relais/directives/saison"
                icon=Glyph::Calendar
                testid="open-season"
            />
            <LinkButton
                label=move || t_string!(i18n, desk.sf_load)
                href="/relais/directives/fichier"
                icon=Glyph::Upload
                testid="load-file"
            />
            <LinkButton
                label=move || t_string!(i18n, desk.de_new)
                href="/relais/directives/nouvelle"
                icon=Glyph::Plus
                weight=Weight::Primary
                testid="new-directive"
            />
        </PageHeader>
        <div class="form-grid">
            <DateField label=move || t_string!(i18n, desk.d_day) value=day optional=true testid="directives-day" />
        </div>
        {loaded(i18n, directives, move |found| page(i18n, found, over, asked))}
        <Confirm asked=asked on_confirmed=move |()| again() />
    }
}

fn page(i18n: I18n, found: DirectivesView, over: Loading<SeasonsView>, asked: Asked) -> impl IntoView {
    let day = fr::date_short(found.on.0);
    let adopted = found.directives.iter().filter(|one| one.standing.waits_for_physician && !one.standing.replaced);
    let waiting: Vec<(String, String)> = adopted.map(|one| (one.id.clone(), one.version.clone())).collect();
    let held: Vec<DirectiveView> = found.directives.iter().filter(|one| one.standing.waits_for_head).cloned().collect();
    let new_draft = found.drafts.iter().any(|id| id == "new");
    let drafts = found.drafts;
    let (now, others): (Vec<_>, Vec<_>) = found.directives.into_iter().partition(|one| one.in_force);
    let doubtful = now.iter().any(|one| !confirmed(one));
    let unreadable: Vec<String> = found.unreadable.into_iter().map(|(id, version)| format!("{id} {version}")).collect();
    let on = found.on;
    // A new version is written from one place: where the directive stands first.
    let mut seen = BTreeSet::new();
    let mut show = move |one: DirectiveView| {
        let first = seen.insert(one.id.clone());
        let draft = first && drafts.contains(&one.id);
        let edit = first && one.layer == Layer::Relay;
        let to_come = one.in_force || one.from > on || one.standing.waits_for_physician;
        let confirm = !confirmed(&one) && !one.standing.replaced && !one.standing.waits_for_head && to_come;
        let accept = one.standing.waits_for_head;
        directive(i18n, one, Ways { draft, edit, confirm, accept }, asked)
    };
    let now = now.into_iter().map(&mut show).collect_view();
    let others = (!others.is_empty()).then(|| others.into_iter().map(&mut show).collect_view());
    view! {
        <SeasonsOver over=over waiting=waiting />
        {held.into_iter().map(|one| held_notice(i18n, one)).collect_view()}
        {new_draft
            .then(|| {
                view! {
                    <Notice tone=Tone::Info>
                        <p>
                            {t!(i18n, desk.d_new_draft)} " "
                            <a class="cell-link" href="/relais/directives/nouvelle">{t!(i18n, desk.d_go_on)}</a>
                        </p>
                    </Notice>
                }
            })}
        {doubtful
            .then(|| view! { <Notice tone=Tone::Info><p>{t!(i18n, desk.d_not_validated)}</p></Notice> })}
        {(!unreadable.is_empty())
            .then(|| {
                view! {
                    <Notice tone=Tone::Danger>
                        <p>{t!(i18n, desk.d_unreadable, names = unreadable.join(", "))}</p>
                    </Notice>
                }
            })}
        <Card title=move || t_string!(i18n, desk.d_in_force, date = day.as_str())>
            {now}
        </Card>
        {others
            .map(|others| view! { <Card title=move || t_string!(i18n, desk.d_others)>{others}</Card> })}
    }
}

/// Where the relay looks at a version that ships before its head accepts it.
fn held_address(one: &DirectiveView) -> String {
    format!("/relais/directives/{}/livree/{}", escaped(&one.id), escaped(&one.version))
}

/// A version that ships waits for the head of the relay.
fn held_notice(i18n: I18n, one: DirectiveView) -> impl IntoView {
    let href = held_address(&one);
    let title = fr::spaced(&tongue(i18n, one.title_fr, one.title_en));
    view! {
        <Notice tone=Tone::Warning>
            <p>
                {words::say!(i18n, desk.sh_waits, title = title, version = one.version)} " "
                <a class="cell-link" href=href>{t!(i18n, desk.sh_look)}</a>
            </p>
        </Notice>
    }
}

/// What can be done with a version.
#[derive(Clone, Copy)]
struct Ways {
    /// A draft of the next one is kept.
    draft: bool,
    /// The next one is written from here.
    edit: bool,
    /// A physician may confirm it.
    confirm: bool,
    /// The head of the relay may accept it in the place of an adopted one.
    accept: bool,
}

/// Whether the relay's physician confirmed it.
fn confirmed(one: &DirectiveView) -> bool {
    one.validated || one.standing.confirmed.is_some()
}

fn directive(i18n: I18n, one: DirectiveView, ways: Ways, asked: Asked) -> impl IntoView {
    let sure = confirmed(&one);
    let said = standing(i18n, &one.standing);
    let urgent = one.standing.urgent;
    let Ways { draft, edit, confirm, accept } = ways;
    let (waits, replaced, look) = (one.standing.waits_for_head, one.standing.replaced, held_address(&one));
    let address = format!("/relais/directives/{}/modifier", one.id);
    let title = tongue(i18n, one.title_fr, one.title_en);
    let to_confirm = ToConfirm {
        id: one.id.clone(),
        version: one.version.clone(),
        title: title.clone(),
        left_out: one.standing.left_out.clone(),
    };
    let from = fr::date_short(one.from.0);
    let dates = match one.until {
        Some(until) => words::say!(i18n, desk.d_from_until, from = from, until = fr::date_short(until.0)),
        None => words::say!(i18n, desk.d_from, from = from),
    };
    let layer = match one.layer {
        Layer::National => words::say!(i18n, desk.d_national),
        Layer::Relay => words::say!(i18n, desk.d_relay),
    };
    let summary = format!("{title} · {dates}");
    let issued = one.source_date.map(|day| format!(", {}", fr::date_short(day.0)));
    let source = format!("{}{}", one.source, issued.unwrap_or_default());
    let source = match one.link {
        // A link out of the relay says where it leads; nothing of the relay goes along.
        Some(link) => view! { <a href=link target="_blank" rel="noopener noreferrer">{source}</a> }.into_any(),
        None => view! { <span>{source}</span> }.into_any(),
    };
    let mut more: Vec<String> = vec![layer.to_owned(), one.territory, format!("{} {}", one.id, one.version)];
    more.extend(one.observation_minutes.map(|minutes| words::say!(i18n, desk.d_observation, minutes = minutes)));
    more.extend(one.traceability_fr.zip(one.traceability_en).map(|(fr, en)| tongue(i18n, fr, en)));
    let products = one.products.join(", ");
    let questions: Vec<(String, bool)> =
        one.questions.into_iter().map(|one| (tongue(i18n, one.fr, one.en), one.required)).collect();
    view! {
        <details class="fold" data-testid="directive">
            <summary>
                <span class="fold-words">{summary}</span>
                <span class="fold-pills">
                    {draft.then(|| view! { <StatusPill tone=Tone::Info label=words::say!(i18n, desk.d_draft) /> })}
                    {urgent.then(|| view! { <StatusPill tone=Tone::Warning label=words::say!(i18n, desk.d_urgent) /> })}
                    {waits.then(|| view! { <StatusPill tone=Tone::Warning label=words::say!(i18n, desk.sh_pill) /> })}
                    {replaced
                        .then(|| view! { <StatusPill tone=Tone::Neutral label=words::say!(i18n, desk.se_replaced_pill) /> })}
                    {if sure {
                        view! { <StatusPill tone=Tone::Good label=words::say!(i18n, desk.d_sure) /> }
                    } else {
                        view! { <StatusPill tone=Tone::Warning label=words::say!(i18n, desk.d_to_confirm) /> }
                    }}
                </span>
                <Icon glyph=Glyph::Down />
            </summary>
            <div class="fold-body">
                <p class="muted">{more.join(" · ")}</p>
                <p>{said.join(" ")}</p>
                <p>{t!(i18n, desk.d_source)} " " {source}</p>
                <div class="actions">
                    {edit
                        .then(|| {
                            view! {
                                <LinkButton
                                    label=move || {
                                        if draft {
                                            t_string!(i18n, desk.d_go_on)
                                        } else {
                                            t_string!(i18n, desk.d_edit)
                                        }
                                    }
                                    href=address
                                    icon=Glyph::Pen
                                    testid="edit-directive"
                                />
                            }
                        })}
                    {accept
                        .then(|| {
                            view! {
                                <LinkButton
                                    label=move || t_string!(i18n, desk.sh_accept)
                                    href=look
                                    icon=Glyph::Hands
                                    testid="look-at-shipped"
                                />
                            }
                        })}
                    {confirm
                        .then(|| {
                            view! {
                                <Button
                                    label=move || t_string!(i18n, desk.d_confirm)
                                    icon=Glyph::Pen
                                    on_press=move |()| asked.set(Some(to_confirm.clone()))
                                    testid="confirm-directive"
                                />
                            }
                        })}
                </div>
                {(!products.is_empty()).then(|| view! { <p>{t!(i18n, desk.d_products)} " " {products}</p> })}
                {(!questions.is_empty())
                    .then(|| {
                        view! {
                            <h3>{t!(i18n, desk.d_questions)}</h3>
                            <ul>
                                {questions
                                    .into_iter()
                                    .map(|(text, required)| {
                                        let note = (!required).then(|| words::say!(i18n, desk.d_advice));
                                        view! { <li>{text} " " <span class="cell-note">{note}</span></li> }
                                    })
                                    .collect_view()}
                            </ul>
                        }
                    })}
                {rules(i18n, words::say!(i18n, desk.d_agreements), one.agreements)}
                {rules(i18n, words::say!(i18n, desk.d_rules), one.rules)}
            </div>
        </details>
    }
}
