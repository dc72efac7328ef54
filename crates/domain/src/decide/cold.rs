//! Decisions about the cold box: readings, what they set apart, and who decides, at the desk or by telephone (R20–R22).

use super::{Desk, filled, has_role, optional, within};
use crate::command::NotePhoneDecision;
use crate::fact::{
    AccountNo, Body, DecidedAs, Decider, IsolationDecided, PhoneDecisionAnswered, PhoneDecisionNoted, Role,
    TemperatureRead,
};
use crate::name::FactName;
use crate::refusal::{Field, Needing, Refusal};
use crate::state::{DecidedBy, WrittenDecision};
use crate::temperature::{COLD_MAX, COLD_MIN};
use crate::time::Wall;

impl Desk<'_> {
    pub(super) fn read_temperature(
        &self,
        tenths: i16,
        at: Option<Wall>,
        reason: Option<String>,
    ) -> Result<Vec<Body>, Refusal> {
        within(Field::Temperature, i64::from(tenths), -400, 600)?;
        let reason = optional(reason);
        if reason.is_none() && !(COLD_MIN..=COLD_MAX).contains(&tenths) {
            return Err(Refusal::ReasonNeeded { what: Needing::Temperature });
        }
        Ok(vec![TemperatureRead { tenths, at: self.past(at)?, reason }.into()])
    }

    /// Decides in writing about a load or an opened vial. On a tablet only the head of the relay does: a team notes a call.
    /// The desk says who decided. Whoever says the same again, a double click say, has decided nothing more.
    pub(super) fn decide_isolation(
        &self,
        source: FactName,
        usable: bool,
        reason: String,
        by: Option<Decider>,
    ) -> Result<Vec<Body>, Refusal> {
        let by = match by {
            Some(by) if self.context.device.is_hub() => {
                let name = self.decider(&by.name, by.quality, by.account)?;
                Some(Decider { name, ..by })
            }
            _ => None,
        };
        if !self.context.device.is_hub() {
            has_role(self.common, self.context, Role::Head)?;
        }
        let source = self.round.isolated_as(source);
        if self.round.isolation(source).is_none() {
            self.load(self.round.load_of(source))?;
            return Err(Refusal::NotSetApart);
        }
        let reason = filled(&reason, Field::Reason)?;
        let decided = IsolationDecided { load: self.reference(source), usable, reason, by };
        let same = |one: &WrittenDecision| {
            one.source == source && IsolationDecided { load: decided.load, ..one.decided.clone() } == decided
        };
        let counts = match self.round.isolation(source).and_then(|isolation| isolation.decided) {
            Some(DecidedBy::Written(name)) => self.round.written_decisions.get(&name),
            _ => None,
        };
        if !self.again && counts.is_some_and(same) {
            return Ok(Vec::new());
        }
        Ok(vec![decided.into()])
    }

    /// Returns the name of whoever decided; an account of the relay must have the role that lets it.
    fn decider(&self, name: &str, quality: DecidedAs, account: Option<AccountNo>) -> Result<String, Refusal> {
        let Some(account) = account else { return filled(name, Field::DecidedBy) };
        self.account(account)?;
        let needed = match quality {
            DecidedAs::Head => Some(Role::Head),
            DecidedAs::Physician => Some(Role::Physician),
            // The pharmacist works elsewhere: the relay has no such role.
            DecidedAs::Pharmacist => None,
        };
        let roles = self.common.accounts.get(&account).map(|known| known.roles.as_slice()).unwrap_or_default();
        match needed.filter(|role| !roles.contains(role)) {
            Some(role) => Err(Refusal::RoleNeeded { role }),
            None => Ok(self.common.account_name(account)),
        }
    }

    /// Notes what somebody who may decided by telephone about doses of this tablet that wait.
    pub(super) fn note_phone_decision(&self, note: NotePhoneDecision) -> Result<Vec<Body>, Refusal> {
        let mut sources: Vec<FactName> = Vec::new();
        for source in note.sources {
            let load = self.round.load_of(source);
            self.load(load)?;
            self.in_custody(load)?;
            let source = self.round.isolated_as(source);
            if self.round.isolation(source).is_none_or(|isolation| isolation.usable.is_some()) {
                return Err(Refusal::NotSetApart);
            }
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        if sources.is_empty() {
            return Err(Refusal::Empty { field: Field::Sources });
        }
        let by = self.decider(&note.by, note.quality, note.account)?;
        let reason = filled(&note.reason, Field::Reason)?;
        let sources = sources.into_iter().map(|source| self.reference(source)).collect();
        let (usable, quality, account, at) = (note.usable, note.quality, note.account, self.past(note.at)?);
        Ok(vec![PhoneDecisionNoted { sources, usable, by, quality, account, at, reason }.into()])
    }

    /// Confirms or contradicts, at the desk, what a team noted of a call.
    pub(super) fn answer_phone_decision(
        &self,
        decision: FactName,
        confirmed: bool,
        reason: Option<String>,
    ) -> Result<Vec<Body>, Refusal> {
        let known = self.round.phone_decisions.get(&decision).ok_or(Refusal::Unknown { fact: decision })?;
        if known.answer.is_some() {
            return Err(Refusal::AlreadyAnswered);
        }
        let reason = optional(reason);
        if !confirmed && reason.is_none() {
            return Err(Refusal::ReasonNeeded { what: Needing::Contradiction });
        }
        Ok(vec![PhoneDecisionAnswered { decision: self.reference(decision), confirmed, reason }.into()])
    }
}
