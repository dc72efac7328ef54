//! Decisions about leaving: kit and vacations (R37, R38, R42, R55).

use super::{Desk, optional};
use crate::date::Day;
use crate::fact::{AccountNo, Body, Departed, KitChecked, KitItem, KitLine, VacationEnded, VacationStarted};
use crate::refusal::{Field, Refusal};
use crate::state::{Common, Round};
use crate::time::Wall;
use crate::{aboard, door};

/// Why a thing of the checklist is missing: what is there and expired is not the same as what is not there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lack {
    /// It is not there, or not good.
    Absent,
    /// It is there, and nobody wrote until when it keeps.
    Undated,
    /// It is there, and its last day was this one.
    Expired(Day),
}

/// Returns what is missing to leave: needed or recommended things that are absent, expired or out of range.
#[must_use]
pub fn missing(round: &Round, common: &Common, storage_guaranteed: bool, now: Wall) -> Vec<KitItem> {
    lacking(round, common, storage_guaranteed, now).into_iter().map(|(item, _)| item).collect()
}

/// Returns what is missing to leave, each thing with why.
#[must_use]
pub fn lacking(round: &Round, common: &Common, storage_guaranteed: bool, now: Wall) -> Vec<(KitItem, Lack)> {
    let today = door::today(round, common, now);
    let present = |item: KitItem| round.kit.get(&item).is_some_and(|line| line.present);
    let there = |item: KitItem| match item {
        KitItem::OfflineStorage => storage_guaranteed,
        KitItem::BoxTemperature => round.readings.last().is_some_and(|reading| reading.read.in_range()),
        // Too few of a product is told beside it (`aboard::needs`); what somebody expects and nobody could get is missing.
        KitItem::Doses => {
            aboard::products(round).iter().any(|product| !aboard::aboard(round, common, product, now).usable.is_empty())
                && aboard::needs(round, common, now).iter().all(|need| need.usable > 0)
        }
        KitItem::SignedProtocol => common.protocol.is_some() || present(item),
        KitItem::OnCallNumber => common.on_call.is_some() || present(item),
        _ => present(item),
    };
    let lack = |item: KitItem| if there(item) { dated(round, item, today) } else { Some(Lack::Absent) };
    KitItem::ALL.into_iter().filter_map(|item| Some((item, lack(item)?))).collect()
}

/// Returns what is wrong on `today` with the date of a thing that is there; nothing where it has none to be read.
#[must_use]
pub fn dated(round: &Round, item: KitItem, today: Day) -> Option<Lack> {
    let line = round.kit.get(&item)?;
    match line.expiry {
        Some(last) if last < today => Some(Lack::Expired(last)),
        None if item.expires() => Some(Lack::Undated),
        _ => None,
    }
}

impl Desk<'_> {
    pub(super) fn check_kit(&self, lines: Vec<KitLine>) -> Result<Vec<Body>, Refusal> {
        if lines.is_empty() { Err(Refusal::Empty { field: Field::Kit }) } else { Ok(vec![KitChecked { lines }.into()]) }
    }

    pub(super) fn depart(
        &self,
        reason: Option<String>,
        battery: Option<u8>,
        storage_guaranteed: bool,
    ) -> Result<Vec<Body>, Refusal> {
        if !self.round.published {
            return Err(Refusal::NotPublished);
        }
        let missing = missing(self.round, self.common, storage_guaranteed, self.context.now);
        let reason = optional(reason);
        if reason.is_none() && missing.iter().any(|item| !item.recommended_only()) {
            return Err(Refusal::Missing { items: missing });
        }
        let now = self.context.now;
        let directives = door::to_keep(self.common, door::today(self.round, self.common, now));
        Ok(vec![Departed { at: now, missing, reason, battery, directives }.into()])
    }

    pub(super) fn start_vacation(&self, account: AccountNo) -> Result<Vec<Body>, Refusal> {
        self.account(account)?;
        Ok(vec![VacationStarted { account, at: self.context.now }.into()])
    }

    pub(super) fn end_vacation(&self, account: AccountNo) -> Result<Vec<Body>, Refusal> {
        self.account(account)?;
        Ok(vec![VacationEnded { account, at: self.context.now }.into()])
    }
}
