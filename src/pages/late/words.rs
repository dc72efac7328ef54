//! One fact of the round in one plain line.

use perron_domain::{
    fact::{Body, ContainerKind, WasteStream},
    name::{DeviceId, FactName},
    state::{Common, Round},
};

use crate::{
    components::fr,
    i18n::{I18n, t_string},
    pages::{tour::short_name, words},
};

fn container_word(i18n: I18n, kind: ContainerKind) -> &'static str {
    match kind {
        ContainerKind::SharpsBox => t_string!(i18n, close.sharps_box),
        ContainerKind::YellowBag => t_string!(i18n, close.yellow_bag),
        ContainerKind::Drum => t_string!(i18n, close.drum),
        ContainerKind::Carton => t_string!(i18n, close.carton),
        ContainerKind::OrdinaryBag => t_string!(i18n, close.ordinary_bag),
    }
}

/// Returns what a vial or a load holds: «Comirnaty 30 µg · FH0151».
fn source_word(round: &Round, common: &Common, source: FactName) -> String {
    let load = round.vials.get(&source).map_or(source, |vial| vial.load);
    let on = round.plan.as_ref().map(|plan| plan.on);
    match (round.loads.get(&load), on) {
        (Some(load), Some(on)) => format!("{} · {}", short_name(common, &load.loaded.product, on), load.loaded.lot),
        _ => source.to_string(),
    }
}

/// Returns what a fact says. References are read as those of `device`.
#[must_use]
pub fn line(i18n: I18n, round: &Round, common: &Common, body: &Body, device: DeviceId) -> String {
    let source = |name: FactName| source_word(round, common, name);
    let container = |name: FactName| {
        round.containers.get(&name).map_or_else(|| name.to_string(), |one| container_word(i18n, one.kind).to_owned())
    };
    let with = |text: String, more: &Option<String>| match more {
        Some(more) => format!("{text} · {more}"),
        None => text,
    };
    match body {
        Body::KitChecked(fact) => {
            let present = fact.lines.iter().filter(|line| line.present).count();
            t_string!(i18n, close.line_kit, present = present, all = fact.lines.len())
        }
        Body::Departed(fact) => {
            with(t_string!(i18n, close.line_departed, hour = words::hour(i18n, common, fact.at)), &fact.reason)
        }
        Body::VacationStarted(fact) => t_string!(i18n, close.line_vacation, who = common.account_name(fact.account)),
        Body::VacationEnded(fact) => t_string!(i18n, close.line_vacation_end, who = common.account_name(fact.account)),
        Body::DosesLoaded(fact) => {
            let on = round.plan.as_ref().map_or(fact.expiry, |plan| plan.on);
            let doses = u32::from(fact.units) * u32::from(fact.doses_per_unit);
            let product = short_name(common, &fact.product, on);
            t_string!(i18n, close.line_loaded, count = doses, product = product, lot = fact.lot.clone())
        }
        Body::VialOpened(fact) => t_string!(
            i18n,
            close.line_opened,
            what = source(fact.load.name(device)),
            hour = words::hour(i18n, common, fact.at)
        ),
        Body::VialDrawn(fact) => {
            let text = t_string!(i18n, close.line_drawn, what = source(fact.vial.name(device)), count = fact.drawn);
            with(text, &fact.reason)
        }
        Body::DosesWasted(fact) => t_string!(
            i18n,
            close.line_wasted,
            what = source(fact.source.name(device)),
            count = fact.count,
            reason = fact.reason.clone()
        ),
        Body::DosesCeded(fact) => t_string!(
            i18n,
            close.line_ceded,
            what = source(fact.source.name(device)),
            count = fact.count,
            to = fact.to.clone()
        ),
        Body::DosesReturned(fact) => {
            t_string!(i18n, close.line_returned, what = source(fact.load.name(device)), count = fact.units)
        }
        Body::TemperatureRead(fact) => {
            let degrees = fr::celsius(i18n.get_locale(), i32::from(fact.tenths));
            let text = t_string!(i18n, close.line_read, degrees = degrees, hour = words::hour(i18n, common, fact.at));
            with(text, &fact.reason)
        }
        Body::ContainerOpened(fact) => {
            let litres = fr::number(i18n.get_locale(), f64::from(fact.volume_dl) / 10.0, 1);
            t_string!(i18n, close.line_container, what = container_word(i18n, fact.kind), litres = litres)
        }
        Body::WasteTallied(fact) => {
            let stream = match fact.stream {
                WasteStream::Sharps => t_string!(i18n, close.sharps_box),
                WasteStream::Soft => t_string!(i18n, close.yellow_bag),
                WasteStream::Ordinary => t_string!(i18n, close.ordinary_bag),
            };
            t_string!(i18n, close.line_tally, what = stream, count = format!("{:+}", fact.delta))
        }
        Body::ContainerFilled(fact) => {
            t_string!(i18n, close.line_filled, what = container(fact.container.name(device)), percent = fact.percent)
        }
        Body::ContainerClosed(fact) => {
            t_string!(i18n, close.line_closed, what = container(fact.container.name(device)))
        }
        Body::ContainerHandedOver(fact) => t_string!(
            i18n,
            close.line_handed,
            what = container(fact.container.name(device)),
            grams = fr::count(i18n.get_locale(), fact.grams),
            to = fact.to.clone()
        ),
        Body::DifficultyReported(fact) => t_string!(i18n, close.line_difficulty, text = fact.text.clone()),
        Body::TeamSatisfaction(fact) => t_string!(i18n, close.line_satisfaction, score = fact.score),
        Body::EntriesCounted(fact) => {
            let text = t_string!(
                i18n,
                close.line_entries,
                who = common.account_name(fact.account),
                entered = fact.entered,
                not_due = fact.not_due
            );
            with(text, &fact.reason)
        }
        Body::Arrived(fact) => {
            let stop = round.stops.get(&fact.stop.name(device)).map(|stop| stop.address.line.clone());
            t_string!(i18n, close.line_arrived, place = stop.unwrap_or_default())
        }
        other => other.kind_name().to_owned(),
    }
}
