//! «Départ»: what is missing, the lots, the kit, the temperature; then the team may go. Nothing missing is hidden, and
//! what is missing all the same is left with a reason.

mod checks;
mod cold;
mod item;
mod load;
mod lots;
mod told;

use crate::pages::words::product_short;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use perron_domain::{
    Lack,
    aboard::{self, Need},
    command::Command,
    dated, door,
    fact::{ContainerKind, KitItem},
    lacking,
    state::Round,
};

pub use self::cold::tenths;
use self::{
    checks::{Checks, ChecksCard},
    cold::{ColdCard, Typed},
    lots::LotsCard,
    told::ToldSince,
};
use super::{
    choose::AccountChoice,
    ready::ReadyPill,
    visit::link::{Link, Problem},
    words,
};
use crate::{
    components::{Card, Confirm, Glyph, Icon, MainAction, Notice, PageHeader, Show, TextField, Tone, live},
    i18n::{I18n, label, t, t_string},
    state::use_replica,
};

/// The page of the departure: `/depart`.
#[component]
pub fn Departure() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let replica = use_replica();
    let known = Memo::new(move |_| replica.round_number().get());
    live(move || match known.get() {
        Some(number) => view! { <OneDeparture link=link number=number /> }.into_any(),
        None => view! {
            <PageHeader title=label!(i18n, tour.departure) back=Signal::stored("/".to_owned()) />
            <p class="muted">{t!(i18n, common.loading)}</p>
        }
        .into_any(),
    })
}

/// Returns a missing thing with why: «adrénaline (périmée depuis le 30/06/2022)».
fn lack_word(i18n: I18n, item: KitItem, why: Lack) -> String {
    let word = words::kit_word(i18n, item);
    match why {
        Lack::Absent => word.to_owned(),
        Lack::Undated => format!("{word} ({})", t_string!(i18n, tour.lack_undated)),
        Lack::Expired(last) => format!("{word} ({})", t_string!(i18n, tour.lack_expired, day = words::day(i18n, last))),
    }
}

/// Returns what is said of a product of which too few doses are aboard: «Comirnaty 30 µg : 12 à bord pour 20».
fn short_line(i18n: I18n, product: &str, need: &Need) -> String {
    match need.usable {
        ..=0 => t_string!(i18n, tour.none_aboard_for, product = product, waiting = need.waiting),
        usable => t_string!(i18n, tour.aboard_for, product = product, usable = usable, waiting = need.waiting),
    }
}

/// Returns the commands that open the containers taken along, where none of that kind is open yet.
fn containers(round: &Round, checks: &Checks) -> Vec<Command> {
    let open = |kind: ContainerKind| {
        round.containers.values().any(|container| container.kind == kind && container.closed_at.is_none())
    };
    let wanted = [
        (KitItem::SharpsBox, ContainerKind::SharpsBox, checks.sharps_dl()),
        (KitItem::YellowBags, ContainerKind::YellowBag, 150),
        (KitItem::OrdinaryBag, ContainerKind::OrdinaryBag, 300),
    ];
    let taken = wanted.into_iter().filter(|(item, kind, _)| checks.ticked_once(*item) && !open(*kind));
    taken.map(|(_, kind, volume_dl)| Command::OpenContainer { kind, volume_dl }).collect()
}

#[component]
fn OneDeparture(link: Link, number: u32) -> impl IntoView {
    let i18n = link.i18n;
    let replica = use_replica();
    let navigate = use_navigate();
    let form = link.form(format!("depart/{number}"));
    let checks = Checks::of(link, form);
    let reason = form.text("reason", "");
    let reading = Typed::of(form);
    let stored = move || replica.readiness().get().guaranteed();
    let absent = Memo::new(move |_| {
        let lines = checks.lines();
        link.both(|round, common| {
            // As it will be once the ticks are written.
            let mut after: Round = round.view().clone();
            after.kit.extend(lines.into_iter().map(|line| (line.item, line)));
            // A temperature in the field is written by leaving.
            let waits = reading.waits();
            let mut absent = lacking(&after, common, stored(), link.now_once());
            absent.retain(|(item, _)| !(waits && *item == KitItem::BoxTemperature));
            absent
        })
    });
    // Of which product not everybody can have a dose: told, and no reason asked where there are some. With nothing aboard yet
    // the doses are missing as a whole, and the lots stand below.
    let short = Memo::new(move |_| {
        link.both(|round, common| {
            if round.loads.is_empty() {
                return Vec::new();
            }
            let needs = aboard::needs(round, common, link.now_once()).into_iter().filter(Need::is_short);
            needs
                .map(|need| short_line(i18n, &product_short(common, &need.product, link.today()), &need))
                .collect::<Vec<_>>()
        })
    });
    let nothing = move || absent.with(Vec::is_empty) && short.with(Vec::is_empty);
    let needed = move || absent.with(|absent| absent.iter().any(|(item, _)| !item.recommended_only()));
    let reasonless = move || needed() && reason.with(|reason| reason.trim().is_empty());
    let nobody = move || link.account().0 == 0;
    let departed = Memo::new(move |_| {
        link.both(|round, common| {
            let gone = round.departed.as_ref()?;
            let on = door::today(round, common, gone.at);
            let why = |item: KitItem| dated(round, item, on).unwrap_or(Lack::Absent);
            let missing: Vec<String> = gone.missing.iter().map(|item| lack_word(i18n, *item, why(*item))).collect();
            Some((words::moment(i18n, common, gone.at, link.now_once()), missing.join(", "), gone.reason.clone()))
        })
    });
    // A load that was begun and is not aboard is asked about.
    let unloaded = RwSignal::new(false);
    let begun = RwSignal::new(false);
    let go = Callback::new(move |()| {
        if let Some(wrong) = checks.wrong_date() {
            wrong.set(Some(t_string!(i18n, tour.date_wrong).to_owned()));
            return;
        }
        let account = untrack(|| link.account());
        let Ok(temperature) = reading.command(i18n) else { return };
        let mut commands = vec![Command::CheckKit(untrack(|| checks.lines()))];
        commands.extend(link.glance(|round, _| containers(round, &checks)));
        let running = link.glance(|round, _| {
            round.vacations.iter().any(|vacation| vacation.account == account && vacation.ended.is_none())
        });
        if !running {
            commands.push(Command::StartVacation(account));
        }
        commands.push(Command::Depart {
            reason: Some(reason.get_untracked()).filter(|reason| !reason.trim().is_empty()),
            battery: checks.percent(),
            storage_guaranteed: untrack(stored),
        });
        let navigate = navigate.clone();
        let go = move || {
            link.write(commands, move || {
                form.done();
                navigate("/", NavigateOptions::default());
            });
        };
        match temperature {
            Some(read) => link.write(vec![read], move || {
                reading.clear();
                go();
            }),
            None => go(),
        }
    });
    let leave = move |()| {
        if begun.get_untracked() { unloaded.set(true) } else { go.run(()) }
    };
    let named = move || {
        let mut items = absent.get();
        let short = short.get();
        if !short.is_empty() && !items.iter().any(|(item, _)| *item == KitItem::Doses) {
            items.push((KitItem::Doses, Lack::Absent));
        }
        let word = |(item, why): (KitItem, Lack)| match lack_word(i18n, item, why) {
            word if item == KitItem::Doses && !short.is_empty() => format!("{word} ({})", short.join(" · ")),
            word => word,
        };
        items.into_iter().map(word).collect::<Vec<_>>().join(", ")
    };
    let anyway = move || needed() || !short.with(Vec::is_empty);
    let tone = move || match (nothing(), anyway()) {
        (true, _) => Tone::Good,
        (false, true) => Tone::Warning,
        (false, false) => Tone::Info,
    };
    view! {
        <Confirm
            open=unloaded
            on_close=move |()| unloaded.set(false)
            title=label!(i18n, tour.unloaded_title)
            does=label!(i18n, tour.unloaded_leave)
            on_do=move |()| {
                unloaded.set(false);
                go.run(());
            }
            testid="unloaded"
        >
            <p>{t!(i18n, tour.unloaded_text)}</p>
        </Confirm>
        <PageHeader
            title=label!(i18n, tour.departure)
            subtitle=move || link.round(|round| round.plan.as_ref().map(|plan| format!("{} · {}", plan.label, plan.team)))
            back=Signal::stored("/".to_owned())
        >
            <ReadyPill />
        </PageHeader>
        {move || {
            departed
                .get()
                .map(|(hour, missing, why)| {
                    view! {
                        <Notice tone=Tone::Good title=move || Some(t_string!(i18n, tour.departed_at, hour = hour.clone()))>
                            {(!missing.is_empty())
                                .then(|| {
                                    view! {
                                        <p>
                                            {move || t_string!(i18n, tour.left_without, items = missing.clone())}
                                            {why.map(|why| format!(" ({why})"))}
                                        </p>
                                    }
                                })}
                        </Notice>
                    }
                })
        }}
        <ToldSince link=link />
        <p class="missing" data-tone=move || tone().name() data-testid="missing" aria-live="polite">
            <Icon glyph=Signal::derive(move || tone().glyph()) />
            <span>
                <strong>
                    {move || {
                        if nothing() {
                            t_string!(i18n, tour.nothing_missing)
                        } else {
                            t_string!(i18n, tour.missing)
                        }
                    }}
                </strong>
                {named}
            </span>
        </p>
        <Show when=nobody>
            <Card>
                <AccountChoice link=link />
            </Card>
        </Show>
        <div class="depart">
            <ColdCard link=link.apart() reading=reading />
            <LotsCard link=link.apart() begun=begun />
            <ChecksCard link=link checks=checks />
        </div>
        <Problem link=link />
        <MainAction
            label=move || {
                if anyway() { t_string!(i18n, tour.leave_anyway) } else { t_string!(i18n, tour.leave) }
            }
            icon=Glyph::Route
            busy=link.busy
            disabled=Signal::derive(move || reasonless() || nobody())
            hint=move || nobody().then(|| t_string!(i18n, tour.who_works_hint).to_owned())
            on_press=leave
            testid="leave"
        >
            // Beside the button that waits for it.
            <Show when=needed>
                <TextField label=label!(i18n, tour.why_leave) value=reason testid="depart-reason" />
            </Show>
        </MainAction>
    }
}
