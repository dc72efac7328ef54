//! Whose doses they are: refusing those of another tablet, and taking over those of a number whose store was lost.

use super::{Desk, filled};
use crate::command::Whither;
use crate::fact::{Body, CustodyTaken, DoseForm, DosesReturned, DosesWasted};
use crate::name::{DeviceId, FactName};
use crate::refusal::{Field, Refusal};

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
        Ok(vec![CustodyTaken { device: self.round.holder(load), loads: vec![self.reference(load)], to: None }.into()])
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
        Ok(vec![CustodyTaken { device, loads, to: None }.into()])
    }

    /// Takes over, at the desk, what a tablet that is lost still holds: another tablet has the box, or it is back at the relay, or
    /// nobody has it. What is back goes to the relay's stock unopened, and the rest is lost.
    pub(super) fn hand_over_custody(
        &self,
        from: DeviceId,
        whither: Whither,
        reason: &str,
    ) -> Result<Vec<Body>, Refusal> {
        let reason = filled(reason, Field::Reason)?;
        let round = self.round;
        let mut loads = round.loads_of(from);
        loads.retain(|load| round.doses_in(*load) > 0);
        if loads.is_empty() {
            return Err(Refusal::NothingToTake);
        }
        let to = match whither {
            Whither::Tablet(to) if to == from => return Err(Refusal::OwnCustody),
            Whither::Tablet(to) => Some(to),
            Whither::Relay | Whither::Lost => None,
        };
        let references = loads.iter().map(|load| self.reference(*load)).collect();
        let mut facts: Vec<Body> = vec![CustodyTaken { device: from, loads: references, to }.into()];
        if to.is_some() {
            return Ok(facts);
        }
        let lost = |source: FactName, left: i32| -> Option<Body> {
            let count = u16::try_from(left).ok().filter(|count| *count > 0)?;
            Some(DosesWasted { source: self.reference(source), count, reason: reason.clone() }.into())
        };
        for name in loads {
            let Ok(load) = self.load(name) else { continue };
            let each = i32::from(load.loaded.doses_per_unit).max(1);
            let returns =
                whither == Whither::Relay && load.loaded.form != DoseForm::PreparedSyringe && !round.set_apart(name);
            let units = if returns { (load.left() / each).max(0) } else { 0 };
            if let Some(units) = u16::try_from(units).ok().filter(|units| *units > 0) {
                facts.push(DosesReturned { load: self.reference(name), units }.into());
            }
            facts.extend(lost(name, load.left() - units * each));
            let vials = round.vials.iter().filter(|(_, vial)| vial.load == name);
            facts.extend(vials.filter_map(|(vial, known)| lost(*vial, known.left())));
        }
        Ok(facts)
    }
}
