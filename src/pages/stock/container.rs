//! One container: how full, closed for good, handed over with its weight, how long it may be stored.

use leptos::prelude::*;
use perron_domain::{command::Command, fact::WasteStream, name::FactName, waste_law::Until};

use super::{
    Desk,
    parts::read_grams,
    production::{AskProduction, Made},
    waste::{FULL, detail, state},
    words::{container_standard, container_word, litres},
};
use crate::{
    components::{
        Button, Card, Choice, ChoiceRow, Dialog, EmptyState, Glyph, LinkButton, MainAction, Notice, NumberField,
        PageHeader, Progress, Show, StatusPill, TextField, Tone, Weight, live,
    },
    i18n::{label, t, t_string},
    pages::{visit::link::Problem, words},
};

const STEPS: [u8; 5] = [0, 25, 50, 75, 100];

/// The page.
#[component]
pub fn ContainerPage(
    /// The page.
    desk: Desk,
    /// Which one.
    container: Option<FactName>,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let made = Made::find(desk);
    let one = Memo::new(move |_| link.round(|round| round.containers.get(&container?).cloned()));
    let first_use = Memo::new(move |_| link.round(|round| round.first_use(container?)));
    let stage = Memo::new(move |_| {
        one.with(|one| one.as_ref().map(|one| (one.closed_at.is_some(), one.handed_over.is_some())))
    });
    live(move || {
        let (Some(name), Some(stage), Some(first)) = (container, stage.get(), untrack(|| one.get())) else {
            return view! {
                <PageHeader title=label!(i18n, stock.waste_title) back="/dasri" />
                <EmptyState glyph=Glyph::SharpsBox title=label!(i18n, stock.unknown_container)>
                    <LinkButton label=label!(i18n, stock.waste_title) href="/dasri" />
                </EmptyState>
            }
            .into_any();
        };
        let kind = first.kind;
        let title = format!("{} · {}", container_word(i18n, kind), litres(i18n, first.volume_dl));
        let line = move || {
            let used = first_use.get();
            one.with(|one| one.as_ref().map(|one| link.common(|common| detail(desk, common, one, used, made))))
        };
        let pill = move || {
            one.with(|one| one.as_ref().map(|one| state(i18n, one))).map(|(tone, word)| {
                view! { <StatusPill tone=tone label=Signal::stored(word) /> }
            })
        };
        let percent = Signal::derive(move || one.with(|one| one.as_ref().map_or(0, |one| one.percent)));
        let limit = move || {
            let used = first_use.get()?;
            link.common(|common| {
                let zone = words::zone(common);
                let (limit, over) = made.end(kind, Some(used), zone)?;
                let time = words::waste::length(i18n, limit.length);
                let (day, first) = (words::waste::end(i18n, zone, over), words::day(i18n, zone.day(used)));
                let line = match limit.until {
                    Until::Removal => t_string!(i18n, stock.remove_until, day = day, time = time, first = first),
                    Until::Treatment => t_string!(i18n, stock.treat_until, day = day, time = time, first = first),
                };
                let tone = if over.is_over(link.now_once(), zone) { Tone::Danger } else { Tone::Info };
                Some((tone, line, limit.to_validate))
            })
        };
        let until = move || {
            limit().map(|(tone, line, to_validate)| {
                view! {
                    <Notice tone=tone>
                        <p data-testid="store-until">{line}</p>
                        {to_validate
                            .then(|| view! { <p class="muted">{t_string!(i18n, stock.to_validate_by_relay)}</p> })}
                    </Notice>
                }
            })
        };
        let fill_tone = move || if percent.get() >= FULL { Tone::Warning } else { Tone::Neutral };
        let clinical = kind.stream() != WasteStream::Ordinary;
        view! {
            <PageHeader title=Signal::stored(title) subtitle=line back="/dasri">
                {pill}
            </PageHeader>
            <Card>
                <Progress
                    percent=percent
                    label=move || t_string!(i18n, stock.full_at, percent = percent.get())
                    tone=Signal::derive(fill_tone)
                />
                {(!stage.0).then(|| view! { <Filling desk=desk container=name percent=percent /> })}
                {container_standard(kind).map(|standard| view! { <p class="muted">{standard}</p> })}
            </Card>
            {(clinical && !stage.0).then_some(until)}
            {(clinical && stage.0 && !stage.1)
                .then(|| {
                    view! {
                        <Card>
                            <AskProduction desk=desk made=made />
                            {until}
                            <p class="muted">{t!(i18n, stock.storage_source)}</p>
                        </Card>
                    }
                })}
            {match stage {
                (false, _) => view! { <Close desk=desk container=name percent=percent /> }.into_any(),
                (true, false) => view! { <HandOver desk=desk container=name /> }.into_any(),
                (true, true) => view! { <Problem link=link /> }.into_any(),
            }}
        }
        .into_any()
    })
}

/// How full, as the nurse sees it.
#[component]
fn Filling(desk: Desk, container: FactName, percent: Signal<u8>) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let tiles: Vec<Choice<u8>> = STEPS
        .map(|step| {
            Choice::new(
                step,
                Signal::derive(move || match step {
                    0 => t_string!(i18n, stock.empty).to_owned(),
                    100 => t_string!(i18n, stock.at_the_line).to_owned(),
                    step => format!("{step}{}%", crate::components::fr::NNBSP),
                }),
            )
        })
        .to_vec();
    view! {
        <div class="filling">
            <ChoiceRow
                legend=label!(i18n, stock.filling)
                choices=tiles
                value=move || Some(percent.get())
                on_change=move |percent| link.write(vec![Command::Fill { container, percent }], || ())
                testid="container-fill"
            />
        </div>
    }
}

/// Closing for good, asked once more: it cannot be opened again.
#[component]
fn Close(desk: Desk, container: FactName, percent: Signal<u8>) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let asking = RwSignal::new(false);
    let close = move |()| {
        asking.set(false);
        link.write(vec![Command::CloseContainer(container)], || ());
    };
    let nearly = move || percent.get() >= FULL;
    view! {
        <Show when=nearly>
            <Notice tone=Tone::Warning>
                <p>{t!(i18n, stock.close_soon)}</p>
            </Notice>
        </Show>
        <Problem link=link />
        <Dialog
            open=asking
            on_close=move |()| asking.set(false)
            title=label!(i18n, stock.close_sure)
            tone=Tone::Warning
            actions=move || {
                view! {
                    <Button
                        label=label!(i18n, common.cancel)
                        on_press=move |()| asking.set(false)
                        testid="container-close-no"
                    />
                    <Button
                        label=label!(i18n, stock.close_for_good)
                        icon=Glyph::Lock
                        weight=Weight::Danger
                        on_press=close
                        testid="container-close-yes"
                    />
                }
            }
        >
            <p>{t!(i18n, stock.close_text)}</p>
        </Dialog>
        <MainAction
            label=label!(i18n, stock.close_for_good)
            icon=Glyph::Lock
            busy=link.busy
            on_press=move |()| asking.set(true)
            testid="container-close"
        />
    }
}

/// Handing over, with the weight.
#[component]
fn HandOver(desk: Desk, container: FactName) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let form = link.form(format!("waste/{container}/hand"));
    let weight = form.text("weight", "");
    let to = form.text("to", "");
    let wrong = RwSignal::new(None::<String>);
    let save = move |()| {
        let Some(grams) = read_grams(&weight.get_untracked()) else {
            wrong.set(Some(t_string!(i18n, stock.weight_wrong).to_owned()));
            return;
        };
        wrong.set(None);
        link.write(vec![Command::HandOver { container, grams, to: to.get_untracked() }], move || form.done());
    };
    let blank = move || to.with(|to| to.trim().is_empty()) || weight.with(|weight| weight.trim().is_empty());
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, stock.hand_over).to_owned()) icon=Glyph::Hands>
            <div class="pair">
                <NumberField
                    label=label!(i18n, stock.weight)
                    value=weight
                    unit=Signal::stored("kg".to_owned())
                    error=wrong
                    testid="hand-weight"
                />
                <TextField
                    label=label!(i18n, stock.to_whom)
                    value=to
                    placeholder=label!(i18n, stock.to_example)
                    testid="hand-to"
                />
            </div>
        </Card>
        <Problem link=link />
        <MainAction
            label=label!(i18n, stock.hand_over)
            icon=Glyph::Hands
            busy=link.busy
            disabled=Signal::derive(blank)
            on_press=save
            testid="hand-save"
        />
    }
}
