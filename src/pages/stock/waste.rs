//! «DASRI»: three pictures that count by themselves and can be corrected, and the containers.

use leptos::prelude::*;
use perron_domain::{command::Command, fact::WasteStream, name::FactName, order, state::Container, time::Wall};

use super::{
    Desk,
    production::{AskProduction, AskReading, Made},
    words::{container_glyph, container_word, kilograms, litres, picture, stream_detail, stream_word},
};
use crate::{
    components::{
        EmptyState, Fold, Glyph, Icon, LinkButton, ListRow, MainAction, PageHeader, Show, StatusPill, Tally, Tone,
        Weight,
    },
    i18n::{label, t, t_string},
    pages::{visit::link::Problem, words},
};

/// From how many percent on a container is to be closed.
pub const FULL: u8 = 75;

/// The page.
#[component]
pub fn Waste(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let made = Made::find(desk);
    let containers = Memo::new(move |_| {
        link.round(|round| {
            let first_use = |name: &FactName| round.first_use(*name);
            let mut all: Vec<(FactName, Container, Option<Wall>)> =
                round.containers.iter().map(|(name, one)| (*name, one.clone(), first_use(name))).collect();
            order::sort_by_key(&mut all, |(name, one, _)| {
                (one.handed_over.is_some(), one.closed_at.is_some(), one.opened_at, *name)
            });
            all
        })
    });
    let tally = move |stream: WasteStream| {
        let counted = Memo::new(move |_| link.round(|round| round.tally(stream)));
        // The container in use: the last one opened that is not closed.
        let filling = Signal::derive(move || {
            containers.with(|all| {
                let mut open = all.iter().filter(|(_, one, _)| one.kind.stream() == stream && one.closed_at.is_none());
                open.next_back().map(|(_, one, _)| one.percent)
            })
        });
        let change = move |wanted: u32| {
            let delta = i64::from(wanted) - i64::from(counted.get_untracked().total());
            let Ok(delta) = i16::try_from(delta) else { return };
            if delta != 0 {
                link.write(vec![Command::Tally { stream, delta }], || ());
            }
        };
        let testid = match stream {
            WasteStream::Sharps => "tally-sharps",
            WasteStream::Soft => "tally-soft",
            WasteStream::Ordinary => "tally-ordinary",
        };
        view! {
            <Tally
                stream=picture(stream)
                label=move || stream_word(i18n, stream)
                detail=move || Some(stream_detail(i18n, stream).to_owned())
                count=Signal::derive(move || counted.get().total().max(0).unsigned_abs())
                on_change=change
                filling=filling
                testid=testid
            />
        }
    };
    let by_hand = move || {
        let moved: Vec<String> = WasteStream::ALL
            .into_iter()
            .filter_map(|stream| {
                let tally = link.round(|round| round.tally(stream));
                (tally.by_hand != 0).then(|| {
                    t_string!(
                        i18n,
                        stock.by_hand,
                        stream = stream_word(i18n, stream),
                        automatic = tally.automatic,
                        by_hand = format!("{:+}", tally.by_hand)
                    )
                })
            })
            .collect();
        (!moved.is_empty()).then(|| moved.join(" · "))
    };
    let row = move |(name, one, first_use): (FactName, Container, Option<Wall>)| {
        let (tone, word) = state(i18n, &one);
        let title = format!("{} · {}", container_word(i18n, one.kind), litres(i18n, one.volume_dl));
        let shown = one.clone();
        let detail = move || Some(link.common(|common| detail(desk, common, &shown, first_use, made)));
        let done = one.handed_over.is_some();
        let glyph = container_glyph(one.kind);
        view! {
            <ListRow
                title=Signal::stored(title)
                detail=Signal::derive(detail)
                href=Signal::stored(format!("/dasri/{name}"))
                lead=move || view! { <Icon glyph=glyph /> }
                trail=move || view! { <StatusPill tone=tone label=Signal::stored(word.clone()) /> }
                done=Signal::stored(done)
                testid="container"
            />
        }
    };
    view! {
        <PageHeader title=label!(i18n, stock.waste_title)>
            <LinkButton
                label=label!(i18n, stock.correct)
                href="/dasri/corriger"
                icon=Glyph::Pen
                weight=Weight::Quiet
                testid="waste-correct"
            />
        </PageHeader>
        <div class="tallies">{WasteStream::ALL.map(tally).into_iter().collect_view()}</div>
        <p class="muted">{move || by_hand().unwrap_or_else(|| t_string!(i18n, stock.counts_by_itself).to_owned())}</p>
        <Problem link=link />
        <Show
            when=move || containers.with(|all| !all.is_empty())
            fallback=move || {
                view! {
                    <EmptyState
                        glyph=Glyph::SharpsBox
                        title=label!(i18n, stock.no_container)
                        text=move || Some(t_string!(i18n, stock.no_container_text).to_owned())
                    />
                }
            }
        >
            <div class="list">{move || containers.get().into_iter().map(row).collect_view()}</div>
        </Show>
        <Fold summary=Signal::derive(move || t_string!(i18n, stock.storage).to_owned())>
            <AskProduction desk=desk made=made />
            <AskReading desk=desk made=made />
            <p class="muted">{t!(i18n, stock.storage_source)}</p>
        </Fold>
        <MainAction
            label=label!(i18n, stock.open_container)
            icon=Glyph::Plus
            on_press=move |()| desk.go.run("/dasri/ouvrir".to_owned())
            testid="container-open"
        />
    }
}

/// Returns the state of a container.
#[must_use]
pub fn state(i18n: crate::i18n::I18n, one: &Container) -> (Tone, String) {
    match (&one.handed_over, one.closed_at) {
        (Some(_), _) => (Tone::Good, t_string!(i18n, stock.handed_over).to_owned()),
        (None, Some(_)) => (Tone::Info, t_string!(i18n, stock.closed).to_owned()),
        (None, None) if one.percent >= FULL => (Tone::Warning, t_string!(i18n, stock.full_at, percent = one.percent)),
        (None, None) if one.percent == 0 => (Tone::Neutral, t_string!(i18n, stock.empty).to_owned()),
        (None, None) => (Tone::Neutral, t_string!(i18n, stock.full_at, percent = one.percent)),
    }
}

/// Returns what matters next about a container, in a line: `first_use` starts the time of the law.
#[must_use]
pub fn detail(
    desk: Desk,
    common: &perron_domain::state::Common,
    one: &Container,
    first_use: Option<Wall>,
    made: Made,
) -> String {
    let (i18n, now) = (desk.link.i18n, desk.link.now_once());
    if let Some((at, grams, to)) = &one.handed_over {
        let hour = words::moment(i18n, common, *at, now);
        return t_string!(i18n, stock.handed_line, hour = hour, weight = kilograms(i18n, *grams), to = to.clone());
    }
    let stage = match one.closed_at {
        None => t_string!(i18n, stock.opened_at_hour, hour = words::moment(i18n, common, one.opened_at, now)),
        Some(at) => t_string!(i18n, stock.closed_at_hour, hour = words::moment(i18n, common, at, now)),
    };
    if one.kind.stream() == WasteStream::Ordinary {
        return stage;
    }
    let zone = words::zone(common);
    let until = match (first_use, made.end(one.kind, first_use, zone)) {
        (None, _) => t_string!(i18n, stock.not_used_yet).to_owned(),
        (Some(_), None) => t_string!(i18n, stock.keep_unknown).to_owned(),
        (Some(_), Some((limit, over))) => words::waste::before(i18n, zone, limit, over, desk.link.now_once()),
    };
    format!("{stage} · {until}")
}
