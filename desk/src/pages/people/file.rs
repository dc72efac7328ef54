//! What came back of somebody from rounds: who must not be called, alerts, what is possible next, visits and doses.

use crate::client::{ask, name, routes};
use crate::components::{Button, Card, Glyph, Notice, StatusPill, TextField, Tone, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::parts::{Work, loaded, on_news};
use crate::pages::people::known;
use crate::pages::words::{self, say};
use leptos::prelude::*;
use perron_desk_api::{BackKind, BackLine, Because, ExpectedLine, PersonFile, StandingLine};

/// The cards of the page that no one edits.
#[component]
pub fn FileCards(
    /// Who.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let of = id.clone();
    let file = LocalResource::new(move || {
        let id = of.clone();
        async move { ask(routes::PERSON_FILE, (name(&id)?,), ()).await }
    });
    on_news(move || file.refetch());
    view! { {loaded(i18n, file, move |read| cards(i18n, id.clone(), read, move || file.refetch()))} }
}

fn cards(i18n: I18n, id: String, file: PersonFile, again: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let standing = file.line.standing.clone();
    let alerts: Vec<String> = file.line.alerts.iter().map(|one| known::alert(i18n, one)).collect();
    let agreed = file.agreed_on.map(|on| say!(i18n, desk.k_agreed, date = fr::date_short(on.0)));
    view! {
        {standing.map(|one| not_called(i18n, id, one, again))}
        {(!alerts.is_empty())
            .then(|| {
                view! {
                    <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, desk.k_alerts).to_owned())>
                        <ul class="plain" data-testid="alerts">
                            {alerts.into_iter().map(|one| view! { <li>{one}</li> }).collect_view()}
                        </ul>
                    </Notice>
                }
            })}
        <Card title=move || t_string!(i18n, desk.k_next)>
            {agreed.map(|agreed| view! { <p>{agreed}</p> })}
            <ul class="plain checks" data-testid="next-doses">
                {file.next.iter().map(|one| next(i18n, one)).collect_view()}
            </ul>
            {file.next.is_empty().then(|| view! { <p class="muted">{t!(i18n, desk.k_next_none)}</p> })}
        </Card>
        <Card title=move || t_string!(i18n, desk.k_back)>
            {file.back.is_empty().then(|| view! { <p class="muted">{t!(i18n, desk.k_back_none)}</p> })}
            <ol class="plain timeline" data-testid="came-back">
                {file.back.iter().map(|one| entry(i18n, one)).collect_view()}
            </ol>
        </Card>
    }
}

/// Why she is not called, and the way to say that she may be again.
fn not_called(
    i18n: I18n,
    id: String,
    one: StandingLine,
    again: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (tone, sentence) = known::standing(i18n, &one);
    let (work, reason) = (Work::new(), RwSignal::new(String::new()));
    let send = move |()| {
        let (id, reason) = (id.clone(), reason.get_untracked());
        work.run(async move { ask(routes::MAY_CALL, (name(&id)?,), Because { reason }).await }, move |()| again());
    };
    view! {
        <Notice tone=tone>
            <p data-testid="standing">{sentence}</p>
            <TextField label=move || t_string!(i18n, desk.k_may_call_why) value=reason testid="may-call-why" />
            {work.failure(i18n)}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.k_may_call)
                    icon=Glyph::Phone
                    disabled=Signal::derive(move || work.busy.get() || reason.with(|text| text.trim().is_empty()))
                    on_press=send
                    testid="may-call"
                />
            </div>
        </Notice>
    }
}

fn next(i18n: I18n, one: &ExpectedLine) -> impl IntoView + use<> {
    let why = words::tongue(i18n, one.fr.clone(), one.en.clone());
    let (tone, word) = if one.may_go && one.outcome.is_some() {
        (Tone::Good, say!(i18n, desk.k_next_on, name = one.name.clone(), date = fr::date_short(one.on.0)))
    } else {
        known::expected(i18n, one)
    };
    view! {
        <li>
            <StatusPill tone=tone label=word />
            <span class="cell-note">{why}</span>
        </li>
    }
}

fn entry(i18n: I18n, one: &BackLine) -> impl IntoView + use<> {
    let title = match one.kind {
        BackKind::Met => say!(i18n, desk.k_met).to_owned(),
        BackKind::Dose => say!(i18n, desk.k_dose).to_owned(),
        BackKind::Identity => say!(i18n, desk.k_identity).to_owned(),
        BackKind::History => say!(i18n, desk.k_history).to_owned(),
        BackKind::Incident => say!(i18n, desk.k_incident).to_owned(),
        BackKind::NextDate => say!(i18n, desk.k_next_date).to_owned(),
        BackKind::Outcome => words::outcome(i18n, one.outcome).1,
    };
    let lot = one.lot.as_ref().map(|lot| say!(i18n, desk.k_lot, lot = lot.as_str()));
    let rank = one.rank.map(|rank| say!(i18n, desk.k_rank, rank = rank));
    let day = one.day.filter(|_| one.kind != BackKind::Dose).map(|day| fr::date_short(day.0));
    let mut parts: Vec<String> = [one.product.clone(), lot, rank, day].into_iter().flatten().collect();
    parts.extend(one.details.iter().cloned());
    let from = say!(
        i18n,
        desk.k_from,
        when = words::moment(i18n, one.at),
        name = one.by.as_str(),
        label = one.label.as_str(),
        device = one.device.as_str()
    );
    let href = format!("/relais/tournees/{}", one.round);
    let settled =
        one.settled.then(|| view! { <StatusPill tone=Tone::Neutral label=say!(i18n, desk.k_settled).to_owned() /> });
    view! {
        <li data-testid="back">
            <strong>{title}</strong>
            " "
            {parts.join(" · ")}
            " "
            {settled}
            <div class="cell-note">
                <a href=href>{from}</a>
            </div>
        </li>
    }
}
