//! «Enrôlement»: a typed code, one read by the camera, or a link with the code in its fragment; then the download, and
//! who works.

mod code;
mod scan;

use code::code_of;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_url},
};
use perron_domain::{
    time::Wall,
    zone::{PARIS, Zone},
};
use perron_ledger::sync::Code;

use self::scan::ScanCode;
use super::{
    choose::{AccountChoice, RoundChoice},
    ready::{ReadyList, ReadyPill},
    visit::link::{Link, Problem},
    words,
};
use crate::{
    browser::{
        enrolled_mark::{self, Enrolled},
        prefs::use_prefs,
    },
    components::{
        Button, Card, ErrorBlock, Glyph, Keys, MainAction, Notice, PageHeader, Progress, Show, TextField, Tone, fr,
        live,
    },
    i18n::{I18n, label, t, t_string, use_i18n},
    shell::why_stuck,
    state::{Failure, Phase, SyncState, enrol::EnrolError, sync::SyncError, use_replica},
};

/// Returns why the tablet was not enrolled, in words.
fn why_not(i18n: I18n, error: &EnrolError, failure: impl Fn(&Failure) -> String) -> String {
    match error {
        EnrolError::Already => t_string!(i18n, tour.enrol_already).to_owned(),
        EnrolError::FalseAnswer(_) => t_string!(i18n, tour.enrol_false).to_owned(),
        EnrolError::Failure(one) => failure(one),
        EnrolError::Sync(SyncError::Network(_)) => t_string!(i18n, tour.enrol_offline).to_owned(),
        EnrolError::Sync(SyncError::Store(error)) => failure(&Failure::Store(error.clone())),
        EnrolError::Sync(SyncError::NoProgress) => t_string!(i18n, tour.enrol_offline).to_owned(),
        EnrolError::Sync(SyncError::Hub { code, .. }) => match code {
            Code::CodeUnknown => t_string!(i18n, tour.enrol_code_unknown).to_owned(),
            Code::CodeExpired => t_string!(i18n, tour.enrol_code_expired).to_owned(),
            Code::CodeUsed => t_string!(i18n, tour.enrol_code_used).to_owned(),
            Code::TooManyAttempts => t_string!(i18n, tour.enrol_wait).to_owned(),
            _ => t_string!(i18n, tour.enrol_refused).to_owned(),
        },
    }
}

#[derive(Clone, PartialEq)]
enum Shown {
    Opening,
    Failed(String),
    Form,
    Enrolled,
}

/// The page of the enrolment.
#[component]
pub fn EnrolPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let link = Link::find();
    let shown = Memo::new(move |_| match replica.phase().get() {
        Phase::Opening => Shown::Opening,
        Phase::Failed(error) => {
            Shown::Failed(link.common(|common| words::failure_text(i18n, common, &Failure::Store(error))))
        }
        Phase::NotEnrolled => Shown::Form,
        Phase::Ready => Shown::Enrolled,
    });
    live(move || match shown.get() {
        Shown::Opening => view! {
            <PageHeader title=label!(i18n, tour.enrol_title) />
            <p class="muted">{t!(i18n, common.loading)}</p>
        }
        .into_any(),
        Shown::Failed(message) => view! {
            <PageHeader title=label!(i18n, tour.enrol_title) />
            <ErrorBlock message=message unsure=true on_retry=Callback::new(move |()| replica.retry()) />
        }
        .into_any(),
        Shown::Form => view! { <EnrolForm link=link /> }.into_any(),
        Shown::Enrolled => view! { <Download link=link /> }.into_any(),
    })
}

/// What a tablet says whose data is gone although it was enrolled; nothing on a new one.
fn gone(i18n: I18n) -> impl IntoView {
    let text = move |synced: Option<Wall>, zone: Zone| match synced {
        Some(at) => {
            let minute = u32::from(zone.minute(at));
            let time = fr::time(i18n.get_locale(), minute / 60, minute % 60);
            t_string!(i18n, tour.gone_since, day = words::day(i18n, zone.day(at)), time = time)
        }
        None => t_string!(i18n, tour.gone_never).to_owned(),
    };
    enrolled_mark::read().map(|Enrolled { synced, zone, .. }| {
        // What was marked before the mark kept the clock is shown by that of Paris.
        let zone = zone.unwrap_or(PARIS);
        view! {
            <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, tour.gone_title).to_owned())>
                <p data-testid="data-gone">{move || text(synced, zone)}</p>
            </Notice>
        }
    })
}

#[component]
fn EnrolForm(link: Link) -> impl IntoView {
    let i18n = link.i18n;
    let replica = use_replica();
    let prefs = use_prefs();
    let url = use_url();
    let origin = StoredValue::new(url.with_untracked(|url| url.origin().to_owned()));
    let code = RwSignal::new(url.with_untracked(|url| code_of(url.hash())));
    let label = RwSignal::new(untrack(|| t_string!(i18n, tour.tablet_name).to_owned()));
    let hub = RwSignal::new(prefs.hub.get_untracked().unwrap_or_else(|| origin.get_value()));
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let empty = move || code.with(|code| code.trim().is_empty());
    let enrol = move |()| {
        if busy.get_untracked() {
            return;
        }
        let typed = hub.get_untracked().trim().trim_end_matches('/').to_owned();
        let other = !typed.is_empty() && typed != origin.get_value();
        prefs.hub.set(other.then_some(typed));
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let asked = replica.enrol(&code.get_untracked(), &label.get_untracked()).await;
            if let Err(error) = &asked {
                let failure = |failure: &Failure| link.glance(|_, common| words::failure_text(i18n, common, failure));
                problem.try_set(Some(why_not(i18n, error, failure)));
            } else {
                replica.ask_to_keep().await;
            }
            busy.try_set(false);
        });
    };
    view! {
        <PageHeader
            title=label!(i18n, tour.enrol_title)
            subtitle=move || Some(t_string!(i18n, tour.enrol_text).to_owned())
        />
        {gone(i18n)}
        <div class="install-first" data-testid="install-first">
            <Notice tone=Tone::Warning title=move || Some(t_string!(i18n, tour.install_title).to_owned())>
                <p>{t!(i18n, tour.install_text)}</p>
            </Notice>
        </div>
        <Card>
            <div class="stack">
                <TextField
                    label=label!(i18n, tour.enrol_code)
                    value=code
                    keys=Keys::Code
                    placeholder=Signal::stored("ABCD-EFGH".to_owned())
                    hint=move || Some(t_string!(i18n, tour.enrol_code_hint).to_owned())
                    testid="enrol-code"
                />
                <ScanCode on_code=Callback::new(move |read| code.set(read)) />
                <TextField
                    label=label!(i18n, tour.enrol_label)
                    value=label
                    hint=move || Some(t_string!(i18n, tour.enrol_label_hint).to_owned())
                    testid="enrol-label"
                />
                <TextField
                    label=label!(i18n, tour.enrol_hub)
                    value=hub
                    hint=move || Some(t_string!(i18n, tour.enrol_hub_hint).to_owned())
                    testid="enrol-hub"
                />
            </div>
        </Card>
        {move || {
            problem
                .get()
                .map(|text| {
                    view! {
                        <Notice tone=Tone::Danger>
                            <p data-testid="enrol-problem">{text}</p>
                        </Notice>
                    }
                })
        }}
        <MainAction
            label=label!(i18n, tour.enrol)
            icon=Glyph::Tablet
            busy=busy
            disabled=Signal::derive(empty)
            on_press=enrol
            testid="enrol"
        />
    }
}

#[component]
fn Download(link: Link) -> impl IntoView {
    let i18n = link.i18n;
    let replica = use_replica();
    let navigate = use_navigate();
    let ready = replica.readiness();
    let sync = replica.sync_state();
    let chosen = move || link.account().0 > 0;
    let round = move || replica.round_number().get().is_some();
    let keep = move |()| {
        spawn_local(async move {
            replica.ask_to_keep().await;
        });
    };
    let subtitle = move || {
        let label = replica.me().with(|me| me.as_ref().map(|me| me.label.clone()))?;
        let relay = link.common(|common| common.relay.as_ref().map(|relay| relay.name.clone()));
        Some([Some(label), relay].into_iter().flatten().collect::<Vec<_>>().join(" · "))
    };
    view! {
        <PageHeader title=label!(i18n, tour.enrolled) subtitle=Signal::derive(subtitle) />
        <Card
            title=Signal::derive(move || t_string!(i18n, tour.stored_title).to_owned())
            aside=move || view! { <ReadyPill /> }
        >
            {move || match sync.get() {
                SyncState::Working { done, total } => {
                    let percent = u8::try_from(u64::from(done) * 100 / u64::from(total.max(1))).unwrap_or(100);
                    view! {
                        <Progress
                            percent=Signal::stored(percent)
                            label=Signal::stored(t_string!(i18n, tour.receiving, done = done, total = total))
                        />
                    }
                    .into_any()
                }
                SyncState::Stuck { reason, .. } => view! {
                    <Notice tone=Tone::Danger>
                        <p>{why_stuck(i18n, &reason)}</p>
                    </Notice>
                }
                .into_any(),
                SyncState::Offline { .. } => view! {
                    <div class="row-between">
                        <p>{t!(i18n, tour.enrol_offline)}</p>
                        <Button
                            label=label!(i18n, common.retry)
                            icon=Glyph::Sync
                            on_press=move |()| replica.sync_now()
                            testid="sync-now"
                        />
                    </div>
                }
                .into_any(),
                _ => ().into_any(),
            }}
            <ReadyList />
            <Show when=move || ready.get().ready() && !ready.get().persisted>
                <div class="row-between">
                    <p class="muted">{t!(i18n, tour.not_kept_text)}</p>
                    <Button
                        label=label!(i18n, tour.ask_to_keep)
                        on_press=keep
                        testid="ask-to-keep"
                    />
                </div>
            </Show>
        </Card>
        <Show when=move || replica.rounds().with(|rounds| rounds.len() > 1)>
            <Card>
                <RoundChoice link=link />
            </Card>
        </Show>
        <Show when=round>
            <Card>
                <AccountChoice link=link />
            </Card>
        </Show>
        <Problem link=link />
        <MainAction
            label=label!(i18n, tour.open_tour)
            icon=Glyph::Steps
            disabled=Signal::derive(move || !(round() && chosen()))
            hint=move || {
                if !round() {
                    Some(t_string!(i18n, tour.round_awaited).to_owned())
                } else if !chosen() {
                    Some(t_string!(i18n, tour.who_works_hint).to_owned())
                } else {
                    None
                }
            }
            on_press=move |()| navigate("/", NavigateOptions::default())
            testid="open-tour"
        />
    }
}
