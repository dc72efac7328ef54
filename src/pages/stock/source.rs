//! One vial, batch or load: what is known of it, what can be done with it.

use leptos::prelude::*;
use perron_domain::{
    aboard,
    command::Command,
    name::FactName,
    state::{DecidedBy, Vial},
    temperature::TemperatureRange,
};

use super::{
    Desk,
    bring_back::BringBack,
    candidates::Candidates,
    cede::Cede,
    doses::{bar_word, container_line},
    draw::Draw,
    item::{Bar, Item, SOON, relay_bar},
    lose::Lose,
    open_vial::OpenVial,
    words::{call_line, form_glyph},
};
use crate::{
    components::{
        Button, Card, Countdown, EmptyState, Glyph, Icon, KeyFigure, LinkButton, ListRow, Notice, PageHeader, Show,
        Tone, fr, live,
    },
    i18n::{label, t, t_string},
    pages::{visit::link::Problem, words},
};

/// Routes between what is known of a source and the forms about it.
#[component]
pub fn SourcePage(
    /// The page.
    desk: Desk,
    /// The vial or load.
    source: Option<FactName>,
    /// What is to be done with it.
    what: String,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let item = Memo::new(move |_| {
        let source = source?;
        link.both(|round, common| {
            Item::find(
                round,
                |loaded| relay_bar(common, loaded),
                |load| aboard::holds(round, link.device(), load),
                link.today(),
                source,
            )
        })
    });
    let known = Memo::new(move |_| item.with(Option::is_some));
    live(move || {
        let (now, action) = (untrack(|| item.get()), what.clone());
        let (Some(source), true, Some(first)) = (source, known.get(), now) else {
            return view! {
                <PageHeader title=label!(i18n, stock.title) back="/doses" />
                <EmptyState glyph=Glyph::Vial title=label!(i18n, stock.unknown_source)>
                    <LinkButton label=label!(i18n, stock.title) href="/doses" />
                </EmptyState>
            }
            .into_any();
        };
        let product = link.glance(|_, common| words::product_name(common, &first.product, untrack(|| link.today())));
        let title = move || match action.as_str() {
            "ouvrir" => t_string!(i18n, stock.open_vial).to_owned(),
            "tirees" => t_string!(i18n, stock.drawn).to_owned(),
            "ceder" => t_string!(i18n, stock.cede).to_owned(),
            "perdue" => t_string!(i18n, stock.lost).to_owned(),
            "retour" => t_string!(i18n, stock.bring_back).to_owned(),
            _ => item.with(|item| item.as_ref().map(|item| capital(&container_line(desk, item)))).unwrap_or_default(),
        };
        let back = if what.is_empty() { "/doses".to_owned() } else { format!("/doses/{source}") };
        let done = Callback::new(move |()| desk.go.run(format!("/doses/{source}")));
        // The vial that was opened is a line of its own on the list.
        let opened = Callback::new(move |()| desk.go.run("/doses".to_owned()));
        let subtitle =
            move || item.get().map(|item| format!("{product} · {}", t_string!(i18n, stock.lot, lot = item.lot)));
        let inside = match what.as_str() {
            "ouvrir" => {
                view! { <OpenVial desk=desk load=source product=first.product.clone() done=opened /> }.into_any()
            }
            "tirees" => view! { <Draw desk=desk vial=source product=first.product.clone() done=done /> }.into_any(),
            "ceder" => view! { <Cede desk=desk source=source item=item done=done /> }.into_any(),
            "perdue" => view! { <Lose desk=desk source=source item=item done=done /> }.into_any(),
            "retour" => view! { <BringBack desk=desk load=source item=item done=done /> }.into_any(),
            _ => view! { <Known desk=desk source=source item=item product=first.product.clone() /> }.into_any(),
        };
        view! {
            <PageHeader title=Signal::derive(title) subtitle=subtitle back=Signal::stored(back) />
            {inside}
        }
        .into_any()
    })
}

/// What is known, and what can be done.
#[component]
fn Known(desk: Desk, source: FactName, item: Memo<Option<Item>>, product: String) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let left = move || item.with(|item| item.as_ref().map_or(0, |item| item.left));
    let counts = Memo::new(move |_| {
        link.round(|round| match (round.vials.get(&source), round.loads.get(&source)) {
            (Some(vial), _) => (vial.given, i32::from(vial.wasted) + vial.short(), vial.ceded),
            (None, Some(load)) => (load.given, i32::from(load.wasted), load.ceded),
            (None, None) => (0, 0, 0),
        })
    });
    let time = move || {
        item.with(|item| item.as_ref().filter(|item| item.left > 0).and_then(|item| item.use_by)).map(|use_by| {
            let until = link.common(|common| words::moment(i18n, common, use_by, link.now_once()));
            view! {
                <Countdown
                    label=move || t_string!(i18n, stock.use_before, hour = until.clone())
                    left=move || (use_by.since(link.now()) + 999).div_euclid(1000)
                    warn_below=SOON
                    over=move || Some(t_string!(i18n, stock.time_over).to_owned())
                />
            }
        })
    };
    let barred = move || {
        let (bar, elsewhere) =
            item.with(|item| item.as_ref().map_or((Bar::None, true), |item| (item.bar, item.elsewhere)));
        bar_word(i18n, bar).map(|word| {
            let why = link.both(|round, common| {
                let reading = round.isolation(source)?.reading;
                let reading = round.readings.iter().find(|one| one.name == reading)?;
                Some(t_string!(
                    i18n,
                    stock.set_apart_since,
                    hour = words::moment(i18n, common, reading.read.at, link.now_once()),
                    degrees = fr::celsius(i18n.get_locale(), i32::from(reading.read.tenths))
                ))
            });
            let text = match bar {
                Bar::SetApart => t_string!(i18n, stock.set_apart_text),
                Bar::ToDestroy => t_string!(i18n, stock.to_destroy_text),
                Bar::BelowZero => t_string!(i18n, stock.below_zero_text),
                Bar::LotDoubtful => t_string!(i18n, stock.lot_doubtful_text),
                _ => t_string!(i18n, stock.not_usable_text),
            };
            view! {
                <Notice tone=Tone::Danger title=Signal::stored(Some(word.to_owned()))>
                    {why.filter(|_| matches!(bar, Bar::SetApart | Bar::ToDestroy)).map(|why| view! { <p>{why}</p> })}
                    <p>{text}</p>
                    {(bar == Bar::SetApart && !elsewhere)
                        .then(|| {
                            view! {
                                <LinkButton
                                    label=label!(i18n, visit.note_call)
                                    href="/boite/appel"
                                    icon=Glyph::Phone
                                    testid="note-call"
                                />
                            }
                        })}
                </Notice>
            }
        })
    };
    // The decision by telephone that these doses stand on, and what the relay answered.
    let call = move || {
        link.both(|round, common| {
            let DecidedBy::Phone(name) = round.isolation(source)?.decided? else { return None };
            let call = round.phone_decisions.get(&name)?;
            let (tone, word) = match &call.answer {
                None => (Tone::Warning, t_string!(i18n, visit.phone_to_confirm)),
                Some(_) => (Tone::Good, t_string!(i18n, stock.call_confirmed)),
            };
            Some((tone, word.to_owned(), call_line(i18n, common, &call.noted)))
        })
        .map(|(tone, word, line)| {
            view! {
                <Notice tone=tone title=Signal::stored(Some(word))>
                    <p data-testid="phone-decision">{line}</p>
                </Notice>
            }
        })
    };
    let facts = move || {
        link.both(|round, common| {
            let load = round.loads.get(&round.vials.get(&source).map_or(source, |vial| vial.load))?;
            let loaded = &load.loaded;
            let mut lines = vec![
                (t_string!(i18n, stock.lot_word), loaded.lot.clone()),
                (t_string!(i18n, stock.expiry), words::day(i18n, loaded.expiry)),
            ];
            let range = round.vials.get(&source).map_or(loaded.range, |vial| vial.range);
            let range = range.unwrap_or(TemperatureRange::FRIDGE);
            let degrees = |tenths: i16| fr::celsius(i18n.get_locale(), i32::from(tenths));
            lines.push((
                t_string!(i18n, stock.keeps_between),
                t_string!(i18n, stock.degrees_range, min = degrees(range.min_tenths), max = degrees(range.max_tenths)),
            ));
            if let Some(vial) = round.vials.get(&source) {
                lines.push((
                    t_string!(i18n, stock.opened_at),
                    words::moment(i18n, common, vial.opened_at, link.now_once()),
                ));
                lines.push((t_string!(i18n, stock.drawn), drawn_line(i18n, vial)));
            }
            if let Some(prepared) = &loaded.preparation {
                let hour = words::moment(i18n, common, prepared.at, link.now_once());
                lines.push((
                    t_string!(i18n, stock.prepared),
                    t_string!(i18n, stock.prepared_by_at, who = prepared.by.clone(), hour = hour),
                ));
                lines.push((t_string!(i18n, stock.from_vial), prepared.vial.clone()));
            }
            if let Some(from) = &loaded.received_from {
                lines.push((t_string!(i18n, stock.received_from), from.clone()));
            }
            Some(lines)
        })
        .unwrap_or_default()
        .into_iter()
        .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> })
        .collect_view()
    };
    let actions = Memo::new(move |_| {
        item.with(|item| {
            let Some(item) = item.as_ref().filter(|item| !item.elsewhere) else { return Vec::new() };
            let usable = item.left > 0 && item.bar == Bar::None;
            let prepared = item.form == perron_domain::fact::DoseForm::PreparedSyringe;
            [
                ("ouvrir", usable && item.unopened()),
                ("tirees", item.opened.is_some()),
                ("ceder", usable),
                ("perdue", item.left > 0),
                ("retour", usable && item.opened.is_none() && !prepared),
            ]
            .into_iter()
            .filter_map(|(what, can)| can.then_some(what))
            .collect::<Vec<_>>()
        })
    });
    let glyph = untrack(|| item.with(|item| item.as_ref().map_or(Glyph::Vial, |item| form_glyph(item.form))));
    let action = move |what: &'static str| {
        let (glyph, title, testid) = match what {
            "ouvrir" => (Glyph::Vial, t_string!(i18n, stock.open), "do-open"),
            "tirees" => (Glyph::Syringe, t_string!(i18n, stock.drawn_how_many), "do-draw"),
            "ceder" => (Glyph::Swap, t_string!(i18n, stock.cede), "do-cede"),
            "perdue" => (Glyph::Triangle, t_string!(i18n, stock.lost), "do-lose"),
            _ => (Glyph::Home, t_string!(i18n, stock.bring_back), "do-return"),
        };
        view! {
            <ListRow
                title=Signal::stored(title.to_owned())
                href=Signal::stored(format!("/doses/{source}/{what}"))
                lead=move || view! { <Icon glyph=glyph /> }
                testid=testid
            />
        }
    };
    let other = Memo::new(move |_| item.with(|item| item.as_ref().is_some_and(|item| item.elsewhere)));
    let perishable = Memo::new(move |_| {
        item.with(|item| {
            item.as_ref().is_some_and(|item| item.use_by.is_some() && item.left > 0 && item.bar == Bar::None)
        })
    });
    view! {
        {barred}
        {call}
        {time}
        <div class="figures">
            <KeyFigure
                value=move || left().to_string()
                label=label!(i18n, stock.doses_left)
                icon=glyph
                tone=move || if left() < 0 { Tone::Danger } else { Tone::Neutral }
            />
            <KeyFigure value=move || counts.get().0.to_string() label=label!(i18n, stock.column_given) />
            <KeyFigure value=move || counts.get().1.to_string() label=label!(i18n, stock.column_wasted) />
            <KeyFigure value=move || counts.get().2.to_string() label=label!(i18n, stock.column_ceded) />
        </div>
        <Show when=move || other.get()>
            <Notice tone=Tone::Info>
                <p>{t!(i18n, stock.other_tablet_text)}</p>
                <Button
                    label=label!(i18n, stock.in_my_box)
                    icon=Glyph::CoolBox
                    disabled=link.busy
                    on_press=move |()| {
                        if let Some(load) = item.with_untracked(|item| item.as_ref().map(|item| item.load)) {
                            link.write(vec![Command::TakeDoses { load }], || ());
                        }
                    }
                    testid="in-my-box"
                />
            </Notice>
            <Problem link=link />
        </Show>
        <Show when=move || actions.with(|actions| !actions.is_empty())>
            <div class="list">{move || actions.get().into_iter().map(action).collect_view()}</div>
        </Show>
        <Card>
            <dl class="facts">{facts}</dl>
        </Card>
        <Show when=move || perishable.get()>
            <Candidates desk=desk product=product.clone() />
        </Show>
    }
}

fn drawn_line(i18n: crate::i18n::I18n, vial: &Vial) -> String {
    match vial.drawn {
        Some(drawn) => t_string!(i18n, stock.drawn_of, drawn = drawn, expected = vial.expected),
        None => t_string!(i18n, stock.drawn_not_counted, expected = vial.expected),
    }
}

/// Returns the text with a capital at its start.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
