//! A round as it happens, out of its fold: what the desk shows live, and what its exports are made of.

pub use super::names::{called, name_of, words};
use crate::desk::relay::Relay;
use crate::desk::round::{again, cold, follow, held, short};
use crate::desk::waiting::line;
use perron_desk_api::{
    AdrenalineLine, ContainerLine, CopyLine, DoseLine, EntriesLine, GapKind, GapLine, IncidentLine, LotLine,
    ObservationLine, ObservationStage, OutcomeLine, RoundLine, RoundPerson, RoundStage, RoundView, SaidLine,
    TakenOutLine, TemperatureLine, Totals,
};
use perron_domain::fact::{CopyMended, Outcome};
use perron_domain::name::FactName;
use perron_domain::state::close::{self, Gap};
use perron_domain::state::{Act, Round, RoundState, TakenOut, Visit};
use perron_domain::time::Wall;
use std::collections::BTreeMap;

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Returns the line of a published round in the list of rounds.
#[must_use]
pub fn line(relay: &Relay<'_>, number: u32, state: &RoundState) -> RoundLine {
    let round = state.view();
    let figures = close::figures(round);
    let plan = round.plan.as_ref();
    let stage = relay.stage(state);
    RoundLine {
        number,
        label: plan.map(|plan| plan.label.clone()).unwrap_or_default(),
        on: plan.map_or_else(|| relay.today(), |plan| plan.on),
        team: plan.map(|plan| plan.team.clone()).unwrap_or_default(),
        stage,
        stops: count(round.stops.len()),
        persons: figures.persons,
        done: figures.persons.saturating_sub(figures.pending),
        vaccinated: figures.outcomes.get(&Outcome::Vaccinated).copied().unwrap_or(0),
        doses: figures.doses,
        gaps: if stage == RoundStage::Closed { open_gaps(relay, state) } else { 0 },
        last_news: state.log().iter().next_back().map(|fact| fact.wall),
    }
}

fn copy(relay: &Relay<'_>, name: FactName, at: Wall, mended: &CopyMended) -> CopyLine {
    let known = relay.common.devices.get(&name.device);
    let tablet = known.map(|known| known.label.clone()).unwrap_or_default();
    CopyLine { tablet, at, lost: mended.lost, first: mended.log }
}

/// Returns a published round with everything looked up.
#[must_use]
pub fn view(relay: &Relay<'_>, number: u32, state: &RoundState) -> RoundView {
    let round = state.view();
    let plan = round.plan.as_ref();
    let departed = round.departed.as_ref();
    let tablet = |device| relay.common.devices.get(device).map(|known| known.label.clone());
    // Whoever stands at no address that is known here is counted above, and so has her row.
    let mut names = round.people_in_order();
    names.extend(round.people.keys().filter(|name| !names.contains(name)).copied().collect::<Vec<_>>());
    let people: Vec<RoundPerson> = names.into_iter().filter_map(|name| person(relay, round, name)).collect();
    RoundView {
        line: line(relay, number, state),
        nurses: plan.iter().flat_map(|plan| &plan.nurses).map(|nurse| relay.common.account_name(*nurse)).collect(),
        tablets: relay.common.rounds.get(&number).iter().flat_map(|round| &round.devices).filter_map(tablet).collect(),
        devices: relay.common.rounds.get(&number).map(|round| round.devices.clone()).unwrap_or_default(),
        departed_at: departed.map(|departed| departed.at),
        missing: departed.map(|departed| departed.missing.clone()).unwrap_or_default(),
        missing_reason: departed.and_then(|departed| departed.reason.clone()),
        copies: round.copies_mended.iter().map(|(name, at, mended)| copy(relay, *name, *at, mended)).collect(),
        custodies: held::custodies(relay, state),
        held: held::lines(relay, state),
        cancelled: round.cancelled.clone(),
        changed: changed(relay, round),
        receipts: Vec::new(),
        taken_out: taken_out(relay, round),
        short: short::lines(relay, round),
        closed_at: round.closed_at,
        totals: totals(round),
        outcomes: outcomes(&people),
        people,
        lots: lots(relay, round),
        containers: containers(round),
        temperatures: temperatures(round),
        difficulties: round
            .difficulties
            .iter()
            .map(|said| SaidLine { at: said.at, by: relay.common.account_name(said.by), text: said.text.clone() })
            .collect(),
        incidents: round
            .incidents
            .iter()
            .map(|incident| IncidentLine {
                at: incident.at,
                kind: incident.kind,
                person: incident.person.and_then(|person| name_of(round, person)),
                text: incident.text.clone(),
                followed: follow::code_of(round, incident.name).and_then(|code| follow::done(relay, round, &code)),
                code: follow::code_of(round, incident.name),
            })
            .collect(),
        adrenaline: round
            .adrenaline
            .iter()
            .map(|one| AdrenalineLine {
                at: one.at,
                person: one.person.and_then(|person| name_of(round, person)),
                followed: follow::code_of(round, one.name).and_then(|code| follow::done(relay, round, &code)),
                code: follow::code_of(round, one.name),
            })
            .collect(),
        entries: close::accounts(round, relay.common)
            .into_iter()
            .map(|line| EntriesLine {
                account: line.account,
                name: relay.common.account_name(line.account),
                seen: line.seen,
                due: line.due(),
                entered: line.entered,
            })
            .collect(),
        apart: cold::apart(relay, number, round),
        cold_decisions: cold::decisions(relay, number, round),
        // Before the signature everything is still open: that is not yet a difference.
        gaps: if round.closed_at.is_some() { gaps(relay, number, state) } else { urgent(relay, number, state) },
        waiting: line::of_round(relay, number, state),
    }
}

/// Returns when the relay last changed the round after it was published, and who did.
fn changed(relay: &Relay<'_>, round: &Round) -> Option<SaidLine> {
    let last = round.releases.get(1..).and_then(<[_]>::last)?;
    Some(SaidLine { at: last.at, by: relay.common.account_name(last.by), text: String::new() })
}

fn taken_out(relay: &Relay<'_>, round: &Round) -> Vec<TakenOutLine> {
    let out = round.taken_out.values();
    let line = |out: &TakenOut| TakenOutLine {
        name: out.visit.record.display_name(),
        by: relay.common.account_name(out.by),
        at: out.at,
    };
    out.map(line).collect()
}

fn acts<'a>(round: &'a Round, visit: &'a Visit) -> impl Iterator<Item = &'a Act> {
    visit.acts.iter().filter_map(|act| round.acts.get(act))
}

fn person(relay: &Relay<'_>, round: &Round, name: FactName) -> Option<RoundPerson> {
    let visit = round.people.get(&name)?;
    let outcome = round.outcome_of(name);
    let stop = round.stops.get(&visit.stop);
    let ended = visit.ended.as_ref().or_else(|| acts(round, visit).find_map(|act| act.ended.as_ref()));
    let ended = ended.filter(|_| outcome != Some(Outcome::Vaccinated));
    let vaccinated = outcome == Some(Outcome::Vaccinated);
    Some(RoundPerson {
        id: name,
        name: visit.record.display_name(),
        address: stop.map(|stop| stop.address.line.clone()).unwrap_or_default(),
        walk_in: visit.walk_in,
        outcome,
        reason: ended.and_then(|ended| ended.reason.clone()),
        again_on: ended.and_then(|ended| ended.again_on),
        call_again: ended.is_none_or(|ended| ended.call_again),
        birth: visit.record.birth,
        wishes: acts(round, visit).map(|act| relay.product_short(&act.wish.product)).collect(),
        doses: acts(round, visit)
            .flat_map(|act| &act.given)
            .map(|given| DoseLine {
                product: relay.product_short(&given.dose.product),
                lot: relay.common.printed(&given.dose.product, &given.dose.lot).to_owned(),
                at: given.dose.done_at,
                by: relay.common.account_name(given.dose.injected_by),
                site: Some(given.dose.site),
                rank: given.dose.rank,
                followed: given
                    .dose
                    .error
                    .as_ref()
                    .and_then(|_| follow::code_of(round, given.name))
                    .and_then(|code| follow::done(relay, round, &code)),
                error: given.dose.error.as_ref().map(words),
            })
            .collect(),
        traced: !vaccinated || round.traced(name).is_some(),
        observations: observations(relay, round, name, visit),
    })
}

/// Returns the observations of a person: those that were ended, and the one that is still open.
fn observations(relay: &Relay<'_>, round: &Round, name: FactName, visit: &Visit) -> Vec<ObservationLine> {
    let ended = visit.observations.iter().map(|end| ObservationLine {
        stage: if end.early_reason.is_some() { ObservationStage::CutShort } else { ObservationStage::Ended },
        at: end.at,
        reason: end.early_reason.clone(),
    });
    let open = round.timers().into_iter().find(|timer| timer.person == name).map(|timer| {
        let runs = timer.until > relay.now && round.closed_at.is_none();
        let stage = if runs { ObservationStage::Running } else { ObservationStage::Unfinished };
        ObservationLine { stage, at: timer.until, reason: None }
    });
    ended.chain(open).collect()
}

fn totals(round: &Round) -> Totals {
    let figures = close::figures(round);
    let team: Vec<u32> = round.team_satisfaction.values().map(|score| u32::from(*score)).collect();
    let minutes = round
        .vacations
        .iter()
        .filter_map(|vacation| vacation.ended.map(|ended| ended.since(vacation.started) / 60_000))
        .sum::<i64>();
    Totals {
        persons: figures.persons,
        vaccinated: figures.outcomes.get(&Outcome::Vaccinated).copied().unwrap_or(0),
        pending: figures.pending,
        doses: figures.doses,
        health_workers: figures.health_workers,
        errors: figures.errors,
        satisfaction_x100: figures.satisfaction_x100,
        team_x100: (!team.is_empty()).then(|| team.iter().sum::<u32>() * 100 / count(team.len())),
        vacation_minutes: u32::try_from(minutes).unwrap_or(0),
    }
}

fn outcomes(people: &[RoundPerson]) -> Vec<OutcomeLine> {
    let mut lines: BTreeMap<(Option<Outcome>, Option<String>), u32> = BTreeMap::new();
    for person in people {
        *lines.entry((person.outcome, person.reason.clone())).or_default() += 1;
    }
    let mut lines: Vec<OutcomeLine> =
        lines.into_iter().map(|((outcome, reason), persons)| OutcomeLine { outcome, reason, persons }).collect();
    // Who is still to be seen stands last.
    lines.sort_by_key(|line| line.outcome.is_none());
    lines
}

fn lots(relay: &Relay<'_>, round: &Round) -> Vec<LotLine> {
    close::lots(round)
        .into_iter()
        .map(|(lot, balance)| LotLine {
            name: relay.product_name(&lot.product),
            lot: relay.common.lots.get(&lot).map_or_else(|| round.printed(&lot), |known| known.printed.clone()),
            product: lot.product,
            taken: balance.taken,
            extra: balance.extra,
            given: balance.given,
            ceded: balance.ceded,
            wasted: balance.wasted,
            returned: balance.returned,
            left: balance.left,
        })
        .collect()
}

fn containers(round: &Round) -> Vec<ContainerLine> {
    round
        .containers
        .iter()
        .map(|(name, container)| {
            let handed = container.handed_over.as_ref();
            ContainerLine {
                kind: container.kind,
                volume_dl: container.volume_dl,
                percent: container.percent,
                opened_at: container.opened_at,
                first_use: round.first_use(*name),
                closed_at: container.closed_at,
                handed_at: handed.map(|(at, _, _)| *at),
                grams: handed.map(|(_, grams, _)| *grams),
                to: handed.map(|(_, _, to)| to.clone()),
            }
        })
        .collect()
}

fn temperatures(round: &Round) -> Vec<TemperatureLine> {
    let mut lines: Vec<TemperatureLine> = round
        .readings
        .iter()
        .map(|reading| TemperatureLine {
            at: reading.read.at,
            tenths: reading.read.tenths,
            in_range: reading.read.in_range(),
            reason: reading.read.reason.clone(),
        })
        .collect();
    lines.sort_by_key(|line| line.at);
    lines
}

/// Returns how many differences nobody has explained.
fn open_gaps(relay: &Relay<'_>, state: &RoundState) -> u32 {
    let gaps = close::gaps(state, relay.common);
    count(gaps.iter().filter(|gap| gap.explanation(state.view()).is_none()).count())
}

/// Returns every difference of a round, explained or not.
#[must_use]
pub fn gaps(relay: &Relay<'_>, number: u32, state: &RoundState) -> Vec<GapLine> {
    let mut lines = gap_lines(relay, state, close::gaps(state, relay.common));
    lines.extend(again::lines(relay, number, state));
    lines
}

/// Returns the differences of a round that do not wait for its signature.
#[must_use]
pub fn urgent(relay: &Relay<'_>, number: u32, state: &RoundState) -> Vec<GapLine> {
    let mut lines = gap_lines(relay, state, close::urgent(state.view(), relay.common));
    lines.extend(again::lines(relay, number, state));
    lines
}

fn gap_lines(relay: &Relay<'_>, state: &RoundState, gaps: Vec<Gap>) -> Vec<GapLine> {
    let round = state.view();
    let person = |name: &FactName| name_of(round, *name).unwrap_or_else(|| name.to_string());
    let line = |gap: Gap| {
        let (kind, about) = match &gap {
            Gap::Entries { account, .. } => (GapKind::Entries, relay.common.account_name(*account)),
            Gap::Lot { product, lot, .. } => (GapKind::Lot, format!("{} · {lot}", relay.product_name(product))),
            Gap::Sharps { .. } => (GapKind::Sharps, String::new()),
            Gap::Open { person: name } => (GapKind::Open, person(name)),
            Gap::TwoDoses { act } => {
                let about = round.acts.get(act).map(|act| person(&act.person));
                (GapKind::TwoDoses, about.unwrap_or_else(|| act.to_string()))
            }
            Gap::Conflict { fact } => (GapKind::Conflict, conflict(relay, state, *fact)),
            Gap::SetApart { load } => {
                let about = round.loads.get(&round.load_of(*load)).map(|load| load.loaded.lot.clone());
                (GapKind::SetApart, about.unwrap_or_else(|| load.to_string()))
            }
            Gap::GivenWarm { act, .. } => {
                let who = round.acts.get(act).map_or_else(|| act.to_string(), |act| person(&act.person));
                let told = gap.of_team(round).map(|text| format!("{who} ({text})"));
                (GapKind::GivenWarm, told.unwrap_or(who))
            }
            Gap::GivenRecalled { act, lot, .. } => {
                let who = round.acts.get(act).map_or_else(|| act.to_string(), |act| person(&act.person));
                (GapKind::GivenRecalled, format!("{who} · {lot}"))
            }
            Gap::GivenAgain { act, .. } => {
                let who = round.acts.get(act).map_or_else(|| act.to_string(), |act| person(&act.person));
                (GapKind::GivenAgain, who)
            }
            Gap::Observed { person: name } => (GapKind::Observed, person(name)),
            Gap::Untraced { person: name } => (GapKind::Untraced, person(name)),
            Gap::TracedNone { person: name } => (GapKind::TracedNone, person(name)),
        };
        let explained = gap.explanation(round).map(str::to_owned);
        GapLine { code: gap.code(), kind, about, figures: gap.figures(), explained }
    };
    gaps.into_iter().map(line).collect()
}

/// Returns whom a corrected fact is about, or else the device that wrote it: what a person recognises.
fn conflict(relay: &Relay<'_>, state: &RoundState, name: FactName) -> String {
    let round = state.view();
    let subject = state.log().get(name).and_then(|fact| {
        let subject = fact.body.subject()?.name(state.log().reading(fact.name));
        let dossier = round.acts.get(&subject).map_or(subject, |act| act.person);
        name_of(round, dossier)
    });
    let device = || relay.common.devices.get(&name.device).map(|known| known.label.clone());
    subject.or_else(device).unwrap_or_else(|| name.to_string())
}
