//! Addresses of the API about rounds that are published: under way, done, and what the desk decides about them.

pub mod again;
pub mod cold;
pub mod follow;
pub mod held;
pub mod names;
pub mod short;
pub mod view;

use crate::desk::draft::plan::tidy;
use crate::desk::mount::{Addresses, Answer, Caller};
use crate::desk::relay::Relay;
use crate::errors::ApiError;
use crate::hub::Hub;
use perron_desk_api::{
    AnswerPhone, AssignTablets, Because, Code, DecideApart, ExplainGap, ReceiptLine, RoundDraft, RoundLine, RoundStage,
    RoundView, TakeOver, Where, routes,
};
use perron_domain::command::Whither;
use perron_domain::fact::RoundAssigned;
use perron_domain::name::{DeviceId, FactName};
use perron_domain::{Command, CommonCommand};

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new()
        .at(routes::ROUNDS, list)
        .at(routes::ROUND, read)
        .at(routes::ASSIGN_ROUND, assign)
        .at(routes::CANCEL_ROUND, cancel)
        .at(routes::DECIDE_APART, decide_apart)
        .at(routes::ANSWER_PHONE, answer_phone)
        .at(routes::GIVE_BACK, give_back)
        .at(routes::TAKE_OVER, take_over)
        .at(routes::EXPLAIN_GAP, explain_gap)
}

async fn list(Caller { hub, .. }: Caller, (): (), (): ()) -> Answer<Vec<RoundLine>> {
    let drafts = hub.drafts().await?;
    let mut lines = hub.look(|relay| {
        let mut lines: Vec<RoundLine> =
            relay.planned().map(|(number, round)| view::line(relay, number, round)).collect();
        let open = drafts.into_iter().filter(|draft| !published(relay, draft.number));
        lines.extend(open.map(|mut draft| {
            // Whoever was erased since is on no page of the draft, and in no count of it.
            tidy(relay, &mut draft);
            draft_line(&draft)
        }));
        lines
    });
    lines.sort_by_key(|line| std::cmp::Reverse((line.on, line.number)));
    Ok(lines)
}

pub(super) fn published(relay: &Relay<'_>, number: u32) -> bool {
    relay.rounds.get(&number).is_some_and(|round| round.plan.is_some())
}

fn draft_line(draft: &RoundDraft) -> RoundLine {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    RoundLine {
        number: draft.number,
        label: draft.label.clone(),
        on: draft.on,
        team: draft.team.clone(),
        stage: RoundStage::Draft,
        stops: count(draft.stops.len()),
        persons: count(draft.stops.iter().map(|stop| stop.people.len()).sum()),
        done: 0,
        vaccinated: 0,
        doses: 0,
        gaps: 0,
        last_news: None,
    }
}

pub(super) async fn seen(hub: &Hub, number: u32) -> Answer<RoundView> {
    let seen = hub.look(|relay| {
        let round = relay.rounds.get(&number).filter(|round| round.plan.is_some());
        round.map(|round| view::view(relay, number, round))
    });
    let mut seen = seen.ok_or_else(|| ApiError::not_found("Cette tournée n’existe pas ou n’est pas publiée."))?;
    for device in &seen.devices {
        let tablet = hub.look(|relay| view::called(relay, *device));
        seen.receipts.push(ReceiptLine { tablet, at: hub.heard_at(number, *device).await? });
    }
    Ok(seen)
}

async fn read(Caller { hub, .. }: Caller, (number,): (u32,), (): ()) -> Answer<RoundView> {
    seen(&hub, number).await
}

async fn assign(Caller { hub, author }: Caller, (number,): (u32,), assign: AssignTablets) -> Answer<RoundView> {
    let round = seen(&hub, number).await?;
    let devices = enrolled(&hub, assign.devices)?;
    let assigned = RoundAssigned {
        round: number,
        on: round.line.on,
        label: round.line.label,
        devices,
        cancelled: round.cancelled,
    };
    hub.common_command(author, CommonCommand::AssignRound(assigned)).await?;
    seen(&hub, number).await
}

/// Returns those of these tablets that were not withdrawn, each once. A number that no tablet has is refused: whoever gets
/// it later would have the round.
fn enrolled(hub: &Hub, mut devices: Vec<DeviceId>) -> Result<Vec<DeviceId>, ApiError> {
    perron_domain::order::sort_and_dedup(&mut devices);
    let known = hub.look(|relay| devices.iter().all(|device| relay.is_tablet(*device)));
    if known {
        hub.look(|relay| devices.retain(|device| relay.may_take_rounds(*device)));
        Ok(devices)
    } else {
        Err(ApiError::refused(Code::NoSuchTablet, "Cette tablette n’est pas enrôlée au relais."))
    }
}

/// Gives a round up, and says so in the common part: its tablets then show it no longer. Asked again after it stopped half way,
/// it goes on.
async fn cancel(Caller { hub, author }: Caller, (number,): (u32,), because: Because) -> Answer<RoundView> {
    let round = seen(&hub, number).await?;
    let told = hub.look(|relay| relay.common.rounds.get(&number).is_some_and(|one| one.cancelled.is_some()));
    if round.cancelled.is_none() || told {
        hub.command(number, author, Command::CancelRound { reason: because.reason }).await?;
    }
    let round = seen(&hub, number).await?;
    let RoundLine { on, label, .. } = round.line;
    let assigned = RoundAssigned { round: number, on, label, devices: round.devices, cancelled: round.cancelled };
    hub.common_command(author, CommonCommand::AssignRound(assigned)).await?;
    seen(&hub, number).await
}

async fn decide_apart(
    Caller { hub, author }: Caller,
    (number, load): (u32, FactName),
    decided: DecideApart,
) -> Answer<RoundView> {
    let DecideApart { usable, reason, by } = decided;
    hub.command(number, author, Command::DecideIsolation { load, usable, reason, by: Some(by) }).await?;
    seen(&hub, number).await
}

async fn take_over(Caller { hub, author }: Caller, (number,): (u32,), take: TakeOver) -> Answer<RoundView> {
    let round = seen(&hub, number).await?;
    let whither = match (take.whither, take.to) {
        (Where::Tablet, Some(to)) if round.devices.contains(&to) => Whither::Tablet(to),
        (Where::Tablet, _) => {
            return Err(ApiError::refused(Code::NoSuchTablet, "Cette tablette n’a pas cette tournée."));
        }
        (Where::Relay, _) => Whither::Relay,
        (Where::Lost, _) => Whither::Lost,
    };
    let command = Command::HandOverCustody { from: take.from, whither, reason: take.reason };
    hub.command(number, author, command).await?;
    seen(&hub, number).await
}

async fn answer_phone(
    Caller { hub, author }: Caller,
    (number, decision): (u32, FactName),
    answer: AnswerPhone,
) -> Answer<RoundView> {
    let AnswerPhone { confirmed, reason } = answer;
    hub.command(number, author, Command::AnswerPhoneDecision { decision, confirmed, reason }).await?;
    seen(&hub, number).await
}

async fn give_back(
    Caller { hub, author }: Caller,
    (number, taken): (u32, FactName),
    because: Because,
) -> Answer<RoundView> {
    let round = seen(&hub, number).await?;
    if !round.custodies.iter().any(|one| one.name == taken) {
        return Err(ApiError::not_found("Cette reprise de doses n’est pas connue."));
    }
    hub.command(number, author, Command::Correct { fact: taken, by: None, reason: Some(because.reason) }).await?;
    seen(&hub, number).await
}

async fn explain_gap(Caller { hub, author }: Caller, (number,): (u32,), explain: ExplainGap) -> Answer<RoundView> {
    hub.command(number, author, Command::ExplainGap { gap: explain.gap, text: explain.text }).await?;
    seen(&hub, number).await
}
