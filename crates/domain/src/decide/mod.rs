//! Deciding: a command becomes facts, or is refused. Pure: clock, numbers and account come in the [`Context`].

mod amend;
mod change;
mod close;
mod cold;
mod common_correct;
mod correct;
mod correct_hour;
mod custody;
mod departure;
mod directive;
mod dose;
mod erase;
mod forward;
mod lot;
mod people;
mod relay;
mod returned;
mod round;
mod stock;
mod visit;
mod waste;

pub use common_correct::decide_common;
pub use correct::cannot_correct;
pub use correct_hour::hour_apart;
pub use departure::{Lack, dated, lacking, missing};
pub use directive::{NewDirective, first_day_of_effect};
pub use erase::must_keep;
pub use forward::{Told, bring_forward, told_since};
pub use people::{PeopleCommand, decide_people};
pub use relay::CommonCommand;
pub use returned::bring_back;

use crate::command::Command;
use crate::date::Day;
use crate::fact::{AccountNo, Body, Kind, Role};
use crate::name::{DeviceId, FactName, FactRef, Numbering};
use crate::refusal::{Field, Refusal};
use crate::state::{Act, CommonState, Container, Load, RoundState, Stop, Vial, Visit};
use crate::time::Wall;
use crate::zone::{PARIS, Zone};

/// What a decision needs from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Context {
    /// The device that writes.
    pub device: DeviceId,
    /// The number that the next fact of this device's chain in this scope will have.
    pub next: u32,
    /// The wall clock as it was read.
    pub now: Wall,
    /// The account that acts.
    pub author: AccountNo,
}

/// Turns a command into the facts to append, in order.
///
/// # Errors
/// A [`Refusal`]; then nothing is to be written.
pub fn decide(
    round: &RoundState,
    common: &CommonState,
    command: Command,
    context: &Context,
) -> Result<Vec<Body>, Refusal> {
    decide_as(round, common, command, context, false)
}

/// Decides; `again` when a correction says anew what came out of the same vial or box already, so that what was set apart
/// since is no reason against it.
pub(super) fn decide_as(
    round: &RoundState,
    common: &CommonState,
    command: Command,
    context: &Context,
    again: bool,
) -> Result<Vec<Body>, Refusal> {
    if let Some((_, kind)) = common.not_understood().chain(round.not_understood()).next()
        && !matches!(
            command,
            Command::ReportDifficulty(_)
                | Command::ReadNotice(_)
                | Command::NoteClockJump { .. }
                | Command::NoteClock { .. }
                | Command::NoteCopyMended { .. }
                | Command::NoteAdrenaline { .. }
        )
    {
        return Err(Refusal::UpdateNeeded { kind });
    }
    let bodies = decided(round, common, command, context, again)?;
    let may_write = |body: &Body| Kind::may_write(body.kind(), context.device);
    if bodies.iter().all(may_write) { Ok(bodies) } else { Err(Refusal::RelaysOwn) }
}

fn decided(
    round: &RoundState,
    common: &CommonState,
    command: Command,
    context: &Context,
    again: bool,
) -> Result<Vec<Body>, Refusal> {
    let desk = Desk { round, common, context, again };
    match command {
        Command::PublishRound { plan, stops } => desk.publish(plan, stops),
        Command::ChangeRound(changed) => desk.change_round(*changed),
        Command::CancelRound { reason } => desk.cancel(reason),
        Command::OrderStops(order) => desk.order(order),
        Command::AddStop(stop) => desk.add_stop(stop),
        Command::AddPerson { stop, record, despite } => desk.add_person(stop, record, despite),
        Command::List { record, proposed, stop } => desk.list(record, proposed, stop),
        Command::AddAct { person, wish, despite } => desk.add_act(person, wish, despite),
        Command::ChangeAct { act, wish, despite } => desk.change_act(act, wish, despite),

        Command::CheckKit(lines) => desk.check_kit(lines),
        Command::Depart { reason, battery, storage_guaranteed } => desk.depart(reason, battery, storage_guaranteed),
        Command::StartVacation(account) => desk.start_vacation(account),
        Command::EndVacation(account) => desk.end_vacation(account),
        Command::ReadTemperature { tenths, at, reason } => desk.read_temperature(tenths, at, reason),
        Command::DecideIsolation { load, usable, reason, by } => desk.decide_isolation(load, usable, reason, by),
        Command::NotePhoneDecision(note) => desk.note_phone_decision(note),
        Command::AnswerPhoneDecision { decision, confirmed, reason } => {
            desk.answer_phone_decision(decision, confirmed, reason)
        }

        Command::Load(loaded) => desk.load_doses(loaded),
        Command::OpenVial { load, diluted, at } => desk.open_vial(load, diluted, at),
        Command::CountDrawn { vial, drawn, reason } => desk.count_drawn(vial, drawn, reason),
        Command::Waste { source, count, reason } => desk.waste(source, count, reason),
        Command::Cede { source, count, to } => desk.cede(source, count, to),
        Command::Return { load, units } => desk.bring_back(load, units),

        Command::Give(give) => desk.give(give),

        Command::ReportDifficulty(text) => desk.report_difficulty(text),
        Command::ReadNotice(notice) => desk.read_notice(notice),
        Command::TeamSatisfaction(score) => desk.team_satisfaction(score),
        Command::CountEntries { account, entered, not_due, reason } => {
            desk.count_entries(account, entered, not_due, reason)
        }
        Command::CloseRound { explained, with_gaps } => desk.close_round(explained, with_gaps),
        Command::ExplainGap { gap, text } => desk.explain_gap(gap, &text),
        Command::Erase(name) => desk.erase(name),
        Command::OpenContainer { kind, volume_dl } => desk.open_container(kind, volume_dl),
        Command::Tally { stream, delta } => desk.tally(stream, delta),
        Command::Fill { container, percent } => desk.fill(container, percent),
        Command::CloseContainer(container) => desk.close_container(container),
        Command::HandOver { container, grams, to } => desk.hand_over(container, grams, to),

        Command::Correct { fact, by, reason } => desk.correct(fact, by, reason),
        Command::CorrectHour { fact, at, reason } => desk.correct_hour(fact, at, reason),
        Command::NoteClock { offset_ms, round_trip_ms, before_ms, said } => {
            Ok(vec![crate::fact::ClockCompared { offset_ms, round_trip_ms, before_ms, said }.into()])
        }
        Command::NoteCopyMended { log, lost } => Ok(vec![crate::fact::CopyMended { log, lost }.into()]),
        Command::TakeCustody { device } => desk.take_custody(device),
        Command::TakeDoses { load } => desk.take_doses(load),
        Command::HandOverCustody { from, whither, reason } => desk.hand_over_custody(from, whither, &reason),
        Command::NoteClockJump { by_ms, said } => Ok(vec![crate::fact::ClockJumped { by_ms, said }.into()]),
        other => desk.visit(other),
    }
}

/// What every decision looks at.
struct Desk<'a> {
    round: &'a RoundState,
    common: &'a CommonState,
    context: &'a Context,
    /// What is said comes out of a vial or box that it came out of before ([`decide_as`]).
    again: bool,
}

impl<'a> Desk<'a> {
    /// Returns how this device's chain in the round is numbered.
    fn numbering(&self) -> Numbering<'a> {
        self.round.log().numbering(self.context.device)
    }

    /// Returns a reference to the fact that will stand `places` after the next one written.
    fn reference_to_next(&self, places: usize) -> FactRef {
        let number = self.context.next.saturating_add(u32::try_from(places).unwrap_or(u32::MAX));
        self.reference(FactName::new(self.context.device, number))
    }

    fn reference(&self, name: FactName) -> FactRef {
        FactRef::to(name, self.numbering())
    }

    fn stop(&self, name: FactName) -> Result<&'a Stop, Refusal> {
        self.round.stops.get(&name).ok_or(Refusal::Unknown { fact: name })
    }

    fn person(&self, name: FactName) -> Result<&'a Visit, Refusal> {
        self.round.people.get(&name).ok_or(Refusal::Unknown { fact: name })
    }

    fn act(&self, name: FactName) -> Result<&'a Act, Refusal> {
        self.round.acts.get(&name).ok_or(Refusal::Unknown { fact: name })
    }

    fn load(&self, name: FactName) -> Result<&'a Load, Refusal> {
        self.round.loads.get(&name).ok_or(Refusal::Unknown { fact: name })
    }

    fn vial(&self, name: FactName) -> Result<&'a Vial, Refusal> {
        self.round.vials.get(&name).ok_or(Refusal::Unknown { fact: name })
    }

    fn container(&self, name: FactName) -> Result<&'a Container, Refusal> {
        self.round.containers.get(&name).ok_or(Refusal::Unknown { fact: name })
    }

    fn account(&self, account: AccountNo) -> Result<(), Refusal> {
        if self.common.accounts.contains_key(&account) { Ok(()) } else { Err(Refusal::UnknownAccount) }
    }

    /// Returns the hour noted, or now; an hour that has not come yet is refused.
    fn past(&self, at: Option<Wall>) -> Result<Wall, Refusal> {
        let at = at.unwrap_or(self.context.now);
        if at.since(self.context.now) > crate::hour::AHEAD_MS { Err(Refusal::InTheFuture) } else { Ok(at) }
    }

    /// Returns the hour of this device on the scale of the hub: what countdowns are compared with.
    fn steady_now(&self) -> Wall {
        self.round.clocks.steady(self.context.device, self.context.now)
    }
}

/// Returns today at the relay.
fn today(common: &CommonState, context: &Context) -> Day {
    common.relay.as_ref().map_or(PARIS, Zone::of).day(context.now)
}

/// Refuses what only somebody with that role may do.
fn has_role(common: &CommonState, context: &Context, role: Role) -> Result<(), Refusal> {
    let roles = common.accounts.get(&context.author).map(|account| account.roles.as_slice()).unwrap_or_default();
    if roles.contains(&role) { Ok(()) } else { Err(Refusal::RoleNeeded { role }) }
}

/// Returns the text trimmed; an empty one is refused.
fn filled(text: &str, field: Field) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() { Err(Refusal::Empty { field }) } else { Ok(text.to_owned()) }
}

/// Refuses a name without a single letter; an empty one is another matter.
fn has_letters(name: &str, field: Field) -> Result<(), Refusal> {
    let without = !name.trim().is_empty() && !name.chars().any(char::is_alphabetic);
    if without { Err(Refusal::NotAName { field }) } else { Ok(()) }
}

/// Refuses a person whose names are no names.
fn is_called(record: &crate::people::PersonRecord) -> Result<(), Refusal> {
    has_letters(&record.birth_name, Field::BirthName)?;
    has_letters(&record.given_names, Field::GivenNames)?;
    has_letters(record.used_name.as_deref().unwrap_or_default(), Field::UsedName)
}

/// Returns an optional text trimmed; an empty one is none.
fn optional(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Refuses a number outside its range.
fn within(field: Field, value: i64, min: i64, max: i64) -> Result<(), Refusal> {
    if (min..=max).contains(&value) { Ok(()) } else { Err(Refusal::OutOfRange { field, min, max }) }
}

/// Refuses what is not an RPPS number (eleven digits, Luhn).
fn rpps(number: &str) -> Result<String, Refusal> {
    let digits: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    if crate::rules::is_rpps(&digits) { Ok(digits) } else { Err(Refusal::NotRpps) }
}
