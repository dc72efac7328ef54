//! Whose doses they are: refusing those of another tablet, and taking over those of a number whose store was lost.

use super::Desk;
use crate::fact::{Body, CustodyTaken};
use crate::name::{DeviceId, FactName};
use crate::refusal::Refusal;

impl Desk<'_> {
    /// Refuses the doses of another tablet.
    pub(super) fn in_custody(&self, load: FactName) -> Result<(), Refusal> {
        if self.round.is_held_by(self.numbering(), load) { Ok(()) } else { Err(Refusal::NotInCustody) }
    }

    /// Takes over one load from whoever holds it: somebody sees it in this tablet's box.
    pub(super) fn take_doses(&self, load: FactName) -> Result<Vec<Body>, Refusal> {
        if !self.round.loads.contains_key(&load) {
            return Err(Refusal::Unknown { fact: load });
        }
        if self.round.is_held_by(self.numbering(), load) {
            return Err(Refusal::OwnCustody);
        }
        Ok(vec![CustodyTaken { device: self.round.holder(load), loads: vec![self.reference(load)] }.into()])
    }

    /// Takes over the loads that are in the custody of `device`.
    pub(super) fn take_custody(&self, device: DeviceId) -> Result<Vec<Body>, Refusal> {
        if self.numbering().was(device) {
            return Err(Refusal::OwnCustody);
        }
        let loads = self.round.to_take(self.context.device, device);
        if loads.is_empty() {
            let before = self.round.log().numbering(device);
            let had = self.round.loads.keys().find(|load| before.wrote(**load));
            return Err(
                had.map_or(Refusal::NothingToTake, |load| Refusal::AlreadyTaken { by: self.round.holder(*load) })
            );
        }
        let loads = loads.into_iter().map(|load| self.reference(load)).collect();
        Ok(vec![CustodyTaken { device, loads }.into()])
    }
}
