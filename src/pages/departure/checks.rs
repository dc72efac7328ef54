//! The checklist: kit and adrenaline with their dates, protocol, boxes and bags, equipment, number, battery.

use leptos::prelude::*;
use perron_domain::{
    fact::{KitItem, KitLine},
    lot,
};

use super::item::item_name;
use crate::{
    browser::battery,
    components::{Button, Card, Choice, ChoiceRow, DateField, Glyph, Show, Tick, Weight, fr},
    i18n::{label, t, t_string},
    pages::{form::Form, visit::link::Link, words},
};

/// What a person looks at and ticks; doses, temperature and storage are known by themselves.
const ITEMS: [KitItem; 9] = [
    KitItem::EmergencyKit,
    KitItem::Adrenaline,
    KitItem::SignedProtocol,
    KitItem::SharpsBox,
    KitItem::YellowBags,
    KitItem::OrdinaryBag,
    KitItem::ProtectiveEquipment,
    KitItem::OnCallNumber,
    KitItem::Battery,
];
/// Volumes of sharps boxes, in tenths of a litre.
const SHARPS: [u16; 3] = [6, 10, 20];
/// From how many percent on a battery is enough for a round without being asked about.
const ENOUGH: u8 = 50;

const fn key(item: KitItem) -> &'static str {
    match item {
        KitItem::EmergencyKit => "kit",
        KitItem::Adrenaline => "adrenaline",
        KitItem::SignedProtocol => "protocol",
        KitItem::SharpsBox => "sharps",
        KitItem::YellowBags => "yellow",
        KitItem::OrdinaryBag => "ordinary",
        KitItem::ProtectiveEquipment => "equipment",
        KitItem::OnCallNumber => "on-call",
        KitItem::Battery => "battery",
        KitItem::OfflineStorage => "storage",
        KitItem::BoxTemperature => "temperature",
        KitItem::Doses => "doses",
    }
}

/// The ticks and dates of the form. A tick is kept as text, as everything of a form that comes back after a kill.
#[derive(Clone, Copy)]
pub struct Checks {
    ticks: [RwSignal<String>; ITEMS.len()],
    kit_expiry: RwSignal<String>,
    adrenaline_expiry: RwSignal<String>,
    kit_wrong: RwSignal<Option<String>>,
    adrenaline_wrong: RwSignal<Option<String>>,
    sharps: RwSignal<String>,
    battery: RwSignal<Option<u8>>,
}

impl Checks {
    /// Returns the form's ticks, beginning with what was recorded already.
    pub fn of(link: Link, form: Form) -> Self {
        let known = |item: KitItem| {
            link.glance(|round, common| {
                let line = round.kit.get(&item).is_some_and(|line| line.present);
                line || match item {
                    KitItem::SignedProtocol => common.protocol.is_some(),
                    KitItem::OnCallNumber => common.on_call.is_some(),
                    _ => false,
                }
            })
        };
        let date = |item: KitItem| {
            link.glance(|round, _| round.kit.get(&item).and_then(|line| line.expiry))
                .map_or_else(String::new, |day| fr::date_short(day.0))
        };
        Self {
            ticks: ITEMS.map(|item| form.text(key(item), if known(item) { "yes" } else { "" })),
            kit_expiry: form.text("kit_expiry", date(KitItem::EmergencyKit)),
            adrenaline_expiry: form.text("adrenaline_expiry", date(KitItem::Adrenaline)),
            kit_wrong: RwSignal::new(None),
            adrenaline_wrong: RwSignal::new(None),
            sharps: form.text("sharps_volume", "6"),
            battery: RwSignal::new(None),
        }
    }

    fn tick(&self, item: KitItem) -> Option<RwSignal<String>> {
        ITEMS.iter().position(|one| *one == item).and_then(|at| self.ticks.get(at).copied())
    }

    fn ticked(&self, item: KitItem) -> bool {
        self.tick(item).is_some_and(|tick| tick.with(|tick| !tick.is_empty()))
    }

    /// Says whether an item is ticked at this moment.
    #[must_use]
    pub fn ticked_once(&self, item: KitItem) -> bool {
        untrack(|| self.ticked(item))
    }

    fn set(&self, item: KitItem, yes: bool) {
        if let Some(tick) = self.tick(item) {
            tick.set(if yes { "yes".to_owned() } else { String::new() });
        }
    }

    /// Returns the checklist as a fact writes it.
    #[must_use]
    pub fn lines(&self) -> Vec<KitLine> {
        let expiry = |item: KitItem| match item {
            KitItem::EmergencyKit => self.kit_expiry.with(|typed| lot::read_expiry(typed)),
            KitItem::Adrenaline => self.adrenaline_expiry.with(|typed| lot::read_expiry(typed)),
            _ => None,
        };
        ITEMS.into_iter().map(|item| KitLine { item, present: self.ticked(item), expiry: expiry(item) }).collect()
    }

    /// Returns where the error belongs when a date cannot be read.
    #[must_use]
    pub fn wrong_date(&self) -> Option<RwSignal<Option<String>>> {
        let pairs = [(self.kit_expiry, self.kit_wrong), (self.adrenaline_expiry, self.adrenaline_wrong)];
        pairs.into_iter().for_each(|(_, wrong)| wrong.set(None));
        let unreadable = |typed: &String| !typed.trim().is_empty() && lot::read_expiry(typed).is_none();
        pairs.into_iter().find(|(typed, _)| typed.with_untracked(unreadable)).map(|(_, wrong)| wrong)
    }

    /// Returns the sharps box's volume in tenths of a litre.
    #[must_use]
    pub fn sharps_dl(&self) -> u16 {
        self.sharps.with_untracked(|volume| volume.parse().unwrap_or(SHARPS[0]))
    }

    /// Returns the battery in percent, where the browser says it.
    #[must_use]
    pub fn percent(&self) -> Option<u8> {
        self.battery.get_untracked()
    }
}

/// The card of the checklist.
#[component]
pub fn ChecksCard(
    /// The way to the replica.
    link: Link,
    /// The ticks.
    checks: Checks,
) -> impl IntoView {
    let i18n = link.i18n;
    let measured = LocalResource::new(battery::read);
    Effect::new(move |_| {
        if let Some(Some(battery)) = measured.get() {
            checks.battery.set(Some(battery.percent));
            if battery.percent >= ENOUGH || battery.charging {
                checks.set(KitItem::Battery, true);
            }
        }
    });
    let note = move |item: KitItem| match item {
        KitItem::Battery => checks.battery.get().map(|percent| format!("{percent}\u{a0}%")),
        _ => None,
    };
    let protocol = move || {
        link.common(|common| {
            let protocol = common.protocol.as_ref()?;
            Some(format!("{} · {} · {}", protocol.title, protocol.signed_by, words::day(i18n, protocol.on)))
        })
    };
    let on_call = move || {
        link.common(|common| common.on_call.as_ref().map(|on_call| format!("{} · {}", on_call.name, on_call.phone)))
    };
    let tick = move |item: KitItem| {
        view! {
            <Tick
                label=Signal::derive(move || item_name(i18n, item))
                note=Signal::derive(move || note(item))
                value=Signal::derive(move || checks.ticked(item))
                on_change=move |yes| checks.set(item, yes)
                testid=format!("kit-{}", key(item))
            />
        }
    };
    let details = RwSignal::new(false);
    let all = move || ITEMS.into_iter().all(|item| checks.ticked(item));
    let volumes: Vec<Choice<u16>> = SHARPS
        .into_iter()
        .map(|volume| {
            Choice::new(
                volume,
                Signal::derive(move || format!("{}\u{a0}l", fr::short_number(i18n.get_locale(), volume.into(), 1))),
            )
        })
        .collect();
    view! {
        <Card
            title=Signal::derive(move || t_string!(i18n, tour.kit_title).to_owned())
            aside=move || {
                view! {
                    <Button
                        label=label!(i18n, tour.kit_details)
                        icon=Glyph::Info
                        weight=Weight::Quiet
                        on_press=move |()| details.update(|details| *details = !*details)
                        testid="kit-details"
                    />
                    <Show when=move || !all()>
                        <Button
                            label=label!(i18n, tour.tick_all)
                            icon=Glyph::List
                            weight=Weight::Quiet
                            on_press=move |()| ITEMS.into_iter().for_each(|item| checks.set(item, true))
                            testid="kit-all"
                        />
                    </Show>
                }
            }
        >
            <div class="kit-grid">{ITEMS.map(tick).into_iter().collect_view()}</div>
            <div class="pair">
                <DateField
                    label=label!(i18n, tour.expires_kit)
                    value=checks.kit_expiry
                    expiry=true
                    brief=true
                    error=checks.kit_wrong
                    testid="kit-expiry"
                />
                <DateField
                    label=label!(i18n, tour.expires_adrenaline)
                    value=checks.adrenaline_expiry
                    expiry=true
                    brief=true
                    error=checks.adrenaline_wrong
                    testid="adrenaline-expiry"
                />
            </div>
            // Folded away: the departure fits one screen, and these are looked at once in a while.
            <Show when=move || details.get()>
                <div class="stack">
                    <ChoiceRow
                        legend=label!(i18n, tour.sharps_volume)
                        choices=volumes.clone()
                        value=move || checks.sharps.with(|volume| volume.parse::<u16>().ok())
                        on_change=move |volume: u16| checks.sharps.set(volume.to_string())
                        testid="sharps-volume"
                    />
                    <p class="muted">{t!(i18n, tour.kit_note)}</p>
                    <p class="muted">{protocol}</p>
                    <p class="muted">{on_call}</p>
                </div>
            </Show>
        </Card>
    }
}
