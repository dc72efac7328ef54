//! «Directives»: what is in force, since when, by whom, in which words; to be read.

use super::parts::{loaded, on_news};
use super::words;
use crate::components::{Answer, Card, DateField, Fold, Icon, Notice, PageHeader, StatusPill, Tone, fr};
use crate::i18n::{I18n, Locale, t, t_string, use_i18n};
use crate::state::desk::head;
use leptos::prelude::*;
use perron_desk::{DirectiveView, DirectivesView, RuleLine};
use perron_domain::rules::Layer;

/// The page.
#[component]
pub fn Directives() -> impl IntoView {
    let i18n = use_i18n();
    let day = RwSignal::new(String::new());
    let on = Memo::new(move |_| day.with(|text| words::read_day(text)));
    let directives = LocalResource::new(move || head::directives(on.get()));
    on_news(move || directives.refetch());
    view! {
        <PageHeader
            title=move || t_string!(i18n, desk.nav_directives)
            subtitle=move || Some(t_string!(i18n, desk.d_sub).to_owned())
        />
        <div class="form-grid">
            <DateField label=move || t_string!(i18n, desk.d_day) value=day optional=true testid="directives-day" />
        </div>
        {loaded(i18n, directives, move |found| page(i18n, found))}
    }
}

fn page(i18n: I18n, found: DirectivesView) -> impl IntoView {
    let day = fr::date_short(found.on.0);
    let (now, others): (Vec<_>, Vec<_>) = found.directives.into_iter().partition(|one| one.in_force);
    let doubtful = now.iter().any(|one| !one.validated);
    let unreadable: Vec<String> = found.unreadable.into_iter().map(|(id, version)| format!("{id} {version}")).collect();
    view! {
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
            {now.into_iter().map(|one| directive(i18n, one)).collect_view()}
        </Card>
        {(!others.is_empty())
            .then(|| {
                view! {
                    <Card title=move || t_string!(i18n, desk.d_others)>
                        {others.into_iter().map(|one| directive(i18n, one)).collect_view()}
                    </Card>
                }
            })}
    }
}

/// Returns the sentence of the screen's language.
fn tongue(i18n: I18n, fr: String, en: String) -> String {
    if i18n.get_locale_untracked() == Locale::fr { fr } else { en }
}

fn directive(i18n: I18n, one: DirectiveView) -> impl IntoView {
    let title = tongue(i18n, one.title_fr, one.title_en);
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
        <Fold summary=summary>
            <p class="muted">{more.join(" · ")}</p>
            <p>{t!(i18n, desk.d_source)} " " {source}</p>
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
        </Fold>
    }
}

fn rules(i18n: I18n, title: &'static str, lines: Vec<RuleLine>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        view! {
            <h3>{title}</h3>
            <ul class="plain">{lines.into_iter().map(|line| rule(i18n, line)).collect_view()}</ul>
        }
    })
}

fn rule(i18n: I18n, line: RuleLine) -> impl IntoView {
    let answer = line.outcome.map(|outcome| {
        let answer = Answer::from(outcome);
        view! {
            <span class="rule-answer" data-answer=answer.name()>
                <Icon glyph=answer.glyph() />
                {untrack(|| answer.word(i18n))}
            </span>
        }
    });
    let doubtful = (!line.verified).then(|| {
        view! { <StatusPill tone=Tone::Warning label=words::say!(i18n, desk.d_unverified) /> }
    });
    let absolute = line.absolute.then(|| words::say!(i18n, desk.d_absolute));
    view! {
        <li class="rule">
            {answer}
            <div>
                {tongue(i18n, line.fr, line.en)}
                <div class="cell-note">{line.source} " " {absolute} " " {doubtful}</div>
            </div>
        </li>
    }
}
