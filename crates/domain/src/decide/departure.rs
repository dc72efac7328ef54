//! Decisions about leaving: kit and vacations (R37, R38, R42, R55).

use super::{Desk, optional};
use crate::fact::{AccountNo, Body, Departed, KitChecked, KitItem, KitLine, VacationEnded, VacationStarted};
use crate::refusal::Refusal;
use crate::state::{Common, Round};
use crate::time::Wall;
use crate::{aboard, door};

/// Returns what is missing to leave: needed or recommended things that are absent, expired or out of range.
#[must_use]
pub fn missing(round: &Round, common: &Common, storage_guaranteed: bool, now: Wall) -> Vec<KitItem> {
    let today = door::today(round, common, now);
    let line = |item: KitItem| round.kit.get(&item);
    let good = |item: KitItem| match item {
        KitItem::OfflineStorage => storage_guaranteed,
        KitItem::BoxTemperature => round.readings.last().is_some_and(|reading| reading.read.in_range()),
        // Too few of a product is told beside it (`aboard::needs`); what somebody expects and nobody could get is missing.
        KitItem::Doses => {
            aboard::products(round).iter().any(|product| !aboard::aboard(round, common, product, now).usable.is_empty())
                && aboard::needs(round, common, now).iter().all(|need| need.usable > 0)
        }
        KitItem::SignedProtocol => common.protocol.is_some() || line(item).is_some_and(|line| line.present),
        KitItem::OnCallNumber => common.on_call.is_some() || line(item).is_some_and(|line| line.present),
        _ => line(item).is_some_and(|line| {
            let dated = !item.expires() || line.expiry.is_some();
            line.present && dated && line.expiry.is_none_or(|expiry| expiry >= today)
        }),
    };
    KitItem::ALL.into_iter().filter(|item| !good(*item)).collect()
}

impl Desk<'_> {
    pub(super) fn check_kit(&self, lines: Vec<KitLine>) -> Result<Vec<Body>, Refusal> {
        if lines.is_empty() { Err(Refusal::Empty { field: "kit" }) } else { Ok(vec![KitChecked { lines }.into()]) }
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
