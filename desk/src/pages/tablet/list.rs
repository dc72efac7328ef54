//! «Tablettes»: codes that let one in, and those that are in.

use crate::browser::live;
use crate::client::{ask, get, routes};
use crate::components::{
    Button, Card, DataTable, EmptyState, Glyph, PageHeader, QrCode, StatusPill, TextField, Tone, Weight, fr,
};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::ask::AskReason;
use crate::pages::kept::{Fields, KeptLine};
use crate::pages::parts::{Work, loaded, on_news};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{Because, CodeLine, NewTablet, TabletLine, TabletsView};
use perron_domain::name::DeviceId;

/// The page.
#[component]
pub fn Tablets() -> impl IntoView {
    let i18n = use_i18n();
    let tablets = LocalResource::new(|| get(routes::TABLETS));
    on_news(move || tablets.refetch());
    let shown = RwSignal::new(None::<CodeLine>);
    let asked = RwSignal::new(None::<(DeviceId, String)>);
    let changed = Callback::new(move |()| tablets.refetch());
    view! {
        <PageHeader title=move || t_string!(i18n, desk.t_title) />
        <NewCode on_code=move |code| {
            shown.set(Some(code));
            tablets.refetch();
        } />
        {move || shown.get().map(|code| code_card(i18n, code))}
        {loaded(i18n, tablets, move |tablets| page(i18n, tablets, shown, asked))}
        <Retire asked=asked on_changed=changed />
    }
}

#[component]
fn NewCode(#[prop(into)] on_code: Callback<CodeLine>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let label = RwSignal::new(String::new());
    let kept = Fields::of("tablet-new").texts([("label", label)]).keep();
    let make = move |()| {
        let name = label.get_untracked().trim().to_owned();
        work.run(ask(routes::NEW_TABLET, (), NewTablet { label: name }), move |code| {
            label.set(String::new());
            kept.settle();
            on_code.run(code);
        });
    };
    view! {
        <Card title=move || t_string!(i18n, desk.t_new)>
            <div class="form-grid form-line">
                <TextField
                    label=move || t_string!(i18n, desk.t_label)
                    value=label
                    hint=move || Some(t_string!(i18n, desk.t_label_hint).to_owned())
                    testid="tablet-label"
                />
                <Button
                    label=move || t_string!(i18n, desk.t_make)
                    weight=Weight::Primary
                    icon=Glyph::Key
                    disabled=Signal::derive(move || work.busy.get() || label.with(|text| text.trim().is_empty()))
                    on_press=make
                    testid="make-code"
                />
            </div>
            <KeptLine kept=kept />
            {work.failure(i18n)}
        </Card>
    }
}

/// The code, large enough to be read out, and its picture.
fn code_card(i18n: I18n, code: CodeLine) -> impl IntoView {
    let address = format!("{}/enrolement", live::origin());
    // Behind «#» it never reaches a server or its log.
    let link = format!("{address}#{}", code.code);
    let expires = code.expires_at;
    let label = code.label.clone();
    let until = move || {
        t_string!(
            i18n,
            desk.t_code_until,
            date = words::day_of(expires),
            time = words::hour(i18n, expires),
            label = label.as_str()
        )
    };
    view! {
        <Card title=move || t_string!(i18n, desk.t_code) tone=Tone::Info>
            <div class="code-line">
                <QrCode text=link />
                <div class="stack">
                    <p class="big-code" data-testid="code">{code.code}</p>
                    <p>{t!(i18n, desk.t_code_text, address = address)}</p>
                    <p class="muted">{until}</p>
                </div>
            </div>
        </Card>
    }
}

fn page(
    i18n: I18n,
    tablets: TabletsView,
    shown: RwSignal<Option<CodeLine>>,
    asked: RwSignal<Option<(DeviceId, String)>>,
) -> impl IntoView {
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_tablet).to_owned(),
            t_string!(i18n, desk.c_stage).to_owned(),
            t_string!(i18n, desk.c_seen_at).to_owned(),
            t_string!(i18n, desk.c_rounds).to_owned(),
            String::new(),
        ]
    };
    let codes = tablets.codes;
    view! {
        {if tablets.tablets.is_empty() {
            view! {
                <EmptyState
                    glyph=Glyph::Tablet
                    title=move || t_string!(i18n, desk.t_none)
                    text=move || Some(t_string!(i18n, desk.t_none_text).to_owned())
                />
            }
                .into_any()
        } else {
            view! {
                <DataTable caption=move || t_string!(i18n, desk.t_title) columns=columns>
                    {tablets.tablets.into_iter().map(|tablet| row(i18n, tablet, asked)).collect_view()}
                </DataTable>
            }
                .into_any()
        }}
        {(!codes.is_empty())
            .then(|| {
                view! {
                    <Card title=move || t_string!(i18n, desk.t_waiting)>
                        <ul class="plain">
                            {codes
                                .into_iter()
                                .map(|code| {
                                    let whole = code.clone();
                                    let word = code.code.clone();
                                    view! {
                                        <li class="chosen-lot">
                                            <span>{code.label}</span>
                                            <Button label=word icon=Glyph::Key on_press=move |()| shown.set(Some(whole.clone())) />
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    </Card>
                }
            })}
    }
}

fn row(i18n: I18n, tablet: TabletLine, asked: RwSignal<Option<(DeviceId, String)>>) -> impl IntoView {
    let device = tablet.device;
    let retired = tablet.retired.clone();
    let active = retired.is_none();
    let (tone, word) = match &retired {
        Some(reason) => (Tone::Danger, words::say!(i18n, desk.t_retired, reason = reason.as_str())),
        None => (Tone::Good, words::say!(i18n, desk.t_active).to_owned()),
    };
    let seen = match tablet.seen_at {
        Some(at) => words::moment(i18n, at),
        None => words::say!(i18n, desk.t_never).to_owned(),
    };
    // Five minutes is what a received clock may pull ours ahead: beyond it the tablet's hours are doubtful.
    let off = tablet.clock_ahead_ms.filter(|ms| ms.abs() > 5 * 60_000);
    let label = tablet.label.clone();
    view! {
        <tr data-testid="tablet">
            <td><strong>{tablet.label}</strong></td>
            <td>
                <StatusPill tone=tone label=word />
                {off
                    .map(|ms| {
                        let time = fr::duration(i18n.get_locale(), ms / 1000);
                        let text = move || {
                            if ms > 0 {
                                t_string!(i18n, desk.t_clock_ahead, time = time.clone())
                            } else {
                                t_string!(i18n, desk.t_clock_behind, time = time.clone())
                            }
                        };
                        view! {
                            <StatusPill
                                tone=Tone::Warning
                                label=text
                            />
                        }
                    })}
            </td>
            <td class="nowrap">{seen}</td>
            <td>{tablet.rounds.join(", ")}</td>
            <td>
                {active
                    .then(|| {
                        view! {
                            <Button
                                label=move || t_string!(i18n, desk.t_retire)
                                on_press=move |()| asked.set(Some((device, label.clone())))
                            />
                        }
                    })}
            </td>
        </tr>
    }
}

#[component]
fn Retire(asked: RwSignal<Option<(DeviceId, String)>>, on_changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let title = move || match asked.get() {
        Some((_, label)) => t_string!(i18n, desk.t_retire_title, label = label),
        None => String::new(),
    };
    let go = move |reason: String| {
        let Some((device, _)) = asked.get_untracked() else { return };
        work.run(ask(routes::RETIRE_TABLET, (device.0,), Because { reason }), move |()| {
            asked.set(None);
            on_changed.run(());
        });
    };
    view! {
        <AskReason
            open=Signal::derive(move || asked.with(Option::is_some))
            about=Signal::derive(move || { asked.with(|asked| asked.as_ref().map(|(device, _)| format!("tablet-{}-retire", device.0)).unwrap_or_default()) })
            title=title
            text=move || Some(t_string!(i18n, desk.t_retire_text).to_owned())
            label=move || t_string!(i18n, desk.s_why)
            word=move || t_string!(i18n, desk.t_retire)
            danger=true
            work=work
            on_close=move |()| asked.set(None)
            on_go=go
        />
    }
}
