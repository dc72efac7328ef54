//! Doses set apart after a temperature, and what was decided about them, at the desk or by telephone.

use crate::desk::relay::Relay;
use perron_desk_api::{ApartLine, ColdDecisionLine, PhoneAnswerLine};
use perron_domain::lot::LotId;
use perron_domain::name::FactName;
use perron_domain::state::{Load, Round};
use perron_domain::time::Wall;

fn label(round: &Round) -> String {
    round.plan.as_ref().map(|plan| plan.label.clone()).unwrap_or_default()
}

/// Returns the doses of a round that wait: for a decision, or for the confirmation of one taken by telephone.
#[must_use]
pub fn apart(relay: &Relay<'_>, number: u32, round: &Round) -> Vec<ApartLine> {
    let line = |source: FactName| {
        let isolation = round.isolation(source)?;
        let phone = round.to_confirm(source).map(|(name, _)| name);
        let decided = isolation.usable.is_some() && phone.is_none();
        // What was decided by telephone is answered even when nothing is left of it.
        if decided || (phone.is_none() && round.doses_apart(source) == 0) {
            return None;
        }
        let load = round.loads.get(&round.load_of(source))?;
        let reading = round.readings.iter().find(|reading| reading.name == isolation.reading);
        Some(ApartLine {
            round: number,
            label: label(round),
            load: source,
            product: relay.product_name(&load.loaded.product),
            lot: load.loaded.lot.clone(),
            doses: round.doses_apart(source),
            tenths: reading.map(|reading| reading.read.tenths),
            at: reading.map(|reading| reading.read.at),
            reason: reading.and_then(|reading| reading.read.reason.clone()),
            phone,
        })
    };
    round.isolated().into_iter().filter_map(|(source, _)| line(source)).collect()
}

/// Returns what was decided on a round about doses set apart, the earliest first, each with its author.
#[must_use]
pub fn decisions(relay: &Relay<'_>, number: u32, round: &Round) -> Vec<ColdDecisionLine> {
    decisions_about(relay, number, round, |_| true)
}

/// Returns what was decided on a round about doses of the lots that are `meant`.
#[must_use]
pub fn decisions_about(
    relay: &Relay<'_>,
    number: u32,
    round: &Round,
    meant: impl Fn(&LotId) -> bool,
) -> Vec<ColdDecisionLine> {
    let loads = |sources: &[FactName]| -> Vec<&Load> {
        sources.iter().filter_map(|source| round.loads.get(&round.load_of(*source))).collect()
    };
    let concerns = |sources: &[FactName]| loads(sources).iter().any(|load| meant(&load.lot()));
    let about = |sources: &[FactName]| {
        let mut about: Vec<String> = Vec::new();
        for load in loads(sources) {
            let one = format!("{} · {}", relay.product_name(&load.loaded.product), load.loaded.lot);
            if !about.contains(&one) {
                about.push(one);
            }
        }
        about
    };
    let line = |id: FactName, sources: &[FactName], at: Wall, usable: bool, reason: &str| {
        let stands = round.counts(id);
        let doses = if stands { sources.iter().map(|source| round.doses_apart(*source)).sum() } else { 0 };
        ColdDecisionLine {
            id,
            round: number,
            label: label(round),
            load: sources.first().copied(),
            about: about(sources),
            usable,
            by: String::new(),
            quality: None,
            stands,
            doses,
            phone_as: None,
            at,
            reason: reason.to_owned(),
            noted_by: None,
            given: given_since(round, sources, at),
            answer: None,
        }
    };
    let phone = round.phone_decisions.iter().filter(|(_, one)| concerns(&one.sources)).map(|(id, one)| {
        let noted = &one.noted;
        ColdDecisionLine {
            by: noted.by.clone(),
            quality: Some(noted.quality),
            phone_as: Some(noted.quality),
            noted_by: Some(relay.common.account_name(one.noted_by)),
            given: given_since(round, &one.sources, one.noted_at),
            answer: one.answer.as_ref().map(|answer| PhoneAnswerLine {
                confirmed: answer.confirmed,
                by: relay.common.account_name(answer.by),
                at: answer.at,
                reason: answer.reason.clone(),
            }),
            ..line(*id, &one.sources, noted.at, noted.usable, &noted.reason)
        }
    });
    let written = round.written_decisions.iter().filter(|(_, one)| concerns(&[one.source])).map(|(id, one)| {
        let author = relay.common.account_name(one.by);
        let decided = &one.decided;
        let line = line(*id, &[one.source], one.at, decided.usable, &decided.reason);
        match &decided.by {
            Some(by) => {
                let noted_by = (by.account != Some(one.by)).then_some(author);
                ColdDecisionLine { by: by.name.clone(), quality: Some(by.quality), noted_by, ..line }
            }
            None => ColdDecisionLine { by: author, ..line },
        }
    });
    let mut lines: Vec<ColdDecisionLine> = phone.chain(written).collect();
    lines.sort_by_key(|line| (line.at, line.id));
    lines
}

/// Counts the doses given since an hour out of loads, the vials opened out of them, or vials.
fn given_since(round: &Round, sources: &[FactName], since: Wall) -> u32 {
    let of = |source: FactName| sources.contains(&source) || sources.contains(&round.load_of(source));
    let given = round.acts.values().flat_map(|act| &act.given);
    let since = given.filter(|given| given.dose.done_at >= since && given.source.is_some_and(of));
    u32::try_from(since.count()).unwrap_or(u32::MAX)
}
