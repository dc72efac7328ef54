//! Decisions about doses (R18, R23): this tablet never goes below what it holds.

use super::lot::{number, settled};
use super::{Desk, filled, optional, within};
use crate::door;
use crate::fact::{
    Body, DoseForm, DosesCeded, DosesLoaded, DosesReturned, DosesWasted, Preparation, VialDrawn, VialOpened,
};
use crate::lot::{self, KnownLot};
use crate::name::FactName;
use crate::refusal::{Field, Needing, Refusal};
use crate::rules::{Product, Temperatures};
use crate::time::Wall;

impl Desk<'_> {
    pub(super) fn load_doses(&self, loaded: DosesLoaded) -> Result<Vec<Body>, Refusal> {
        let lot = number(&loaded.lot)?;
        within(Field::Units, i64::from(loaded.units), 1, 500)?;
        within(Field::DosesPerUnit, i64::from(loaded.doses_per_unit), 1, 20)?;
        let today = door::today(self.round, self.common, self.context.now);
        if !self.product(&loaded.product)?.takeable(today) {
            return Err(Refusal::NotTakeable { product: loaded.product });
        }
        match self.lot_usable(&loaded.product, &lot, loaded.expiry) {
            Err(Refusal::LotIsolated { .. }) if self.again => {}
            usable => usable?,
        }
        let doubts = lot::doubts(&self.known_lots(), &loaded.product, &lot, Some(loaded.expiry), today);
        settled(&lot, doubts, loaded.confirmed.as_ref())?;
        match (loaded.form, &loaded.preparation) {
            (DoseForm::PreparedSyringe, None) => return Err(Refusal::Empty { field: Field::Preparation }),
            (DoseForm::PreparedSyringe, Some(prepared)) => self.fresh(prepared, self.product(&loaded.product)?)?,
            (_, Some(_)) => return Err(Refusal::WrongForm),
            (_, None) => {}
        }
        let product = self.product(&loaded.product)?;
        let kept = match loaded.form {
            DoseForm::PreparedSyringe => product.prepared_temperature.as_ref(),
            _ => product.unopened_temperature.as_ref(),
        };
        let range = kept.and_then(Temperatures::relied_on);
        Ok(vec![DosesLoaded { lot, range, ..loaded }.into()])
    }

    /// Refuses syringes without a preparer, past their time, or said to keep longer than their product does.
    fn fresh(&self, prepared: &Preparation, product: &Product) -> Result<(), Refusal> {
        filled(&prepared.by, Field::PreparedBy)?;
        let latest = product.syringe_minutes().map(|minutes| prepared.at.plus_minutes(i64::from(minutes)));
        if let Some(latest) = latest.filter(|latest| prepared.use_by > *latest) {
            return Err(Refusal::KeepsShorter { latest });
        }
        if prepared.use_by <= self.context.now {
            return Err(Refusal::PastUseBy { use_by: prepared.use_by });
        }
        self.past(Some(prepared.at)).map(|_| ())
    }

    /// Refuses a lot past its day or set apart by the relay.
    pub(super) fn lot_usable(&self, product: &str, lot: &str, expiry: crate::date::Day) -> Result<(), Refusal> {
        let today = door::today(self.round, self.common, self.context.now);
        if expiry < today {
            return Err(Refusal::LotExpired { lot: lot.to_owned(), expiry });
        }
        match self.common.isolation(product, lot) {
            Some(reason) => Err(Refusal::LotIsolated { lot: lot.to_owned(), reason: reason.to_owned() }),
            None => Ok(()),
        }
    }

    /// Returns the lots that the relay knows, or planned for this round.
    pub(super) fn known_lots(&self) -> Vec<KnownLot> {
        self.round.known_lots(self.common)
    }

    pub(super) fn open_vial(&self, load_name: FactName, diluted: bool, at: Option<Wall>) -> Result<Vec<Body>, Refusal> {
        let load = self.load(load_name)?;
        self.in_custody(load_name)?;
        if load.loaded.form != DoseForm::Vial {
            return Err(Refusal::WrongForm);
        }
        self.usable_source(load_name)?;
        enough(load.left(), i32::from(load.loaded.doses_per_unit))?;
        let at = self.past(at)?;
        let product = self.product(&load.loaded.product)?;
        if product.dilution && !diluted {
            return Err(Refusal::Empty { field: Field::Diluted });
        }
        let minutes = product.after_opening.as_ref().map(|kept| i64::from(kept.minutes));
        // A product whose time after opening nobody stated is used at once.
        let use_by = at.plus_minutes(minutes.unwrap_or(60));
        let range = product.opened_temperature.as_ref().and_then(Temperatures::relied_on);
        Ok(vec![VialOpened { load: self.reference(load_name), at, diluted, use_by, range }.into()])
    }

    /// Refuses a load or an opened vial that is set apart, expired or isolated by the relay; not where it is only said anew
    /// what came out of it: then the record is all the more needed.
    pub(super) fn usable_source(&self, source: FactName) -> Result<(), Refusal> {
        if self.again {
            return Ok(());
        }
        if self.round.set_apart(source) {
            return Err(Refusal::SetApart);
        }
        let load = self.load(self.round.load_of(source))?;
        let loaded = &load.loaded;
        self.lot_usable(&loaded.product, &loaded.lot, loaded.expiry)?;
        settled(&loaded.lot, lot::isolated_doubts(&self.common.known_lots(), loaded), loaded.confirmed.as_ref())
    }

    pub(super) fn count_drawn(
        &self,
        vial_name: FactName,
        drawn: u8,
        reason: Option<String>,
    ) -> Result<Vec<Body>, Refusal> {
        let vial = self.vial(vial_name)?;
        self.in_custody(vial.load)?;
        let load = self.load(vial.load)?;
        let used = i64::from(vial.given) + i64::from(vial.wasted) + i64::from(vial.ceded);
        within(Field::Drawn, i64::from(drawn), used, i64::from(load.loaded.doses_per_unit) + 2)?;
        let reason = optional(reason);
        let usual = self.product(&load.loaded.product)?.usual_draw(drawn);
        if !usual && reason.is_none() {
            return Err(Refusal::ReasonNeeded { what: Needing::Drawn });
        }
        Ok(vec![VialDrawn { vial: self.reference(vial_name), drawn, reason }.into()])
    }

    pub(super) fn waste(&self, source: FactName, count: u16, reason: String) -> Result<Vec<Body>, Refusal> {
        self.held(source, count)?;
        let reason = filled(&reason, Field::Reason)?;
        Ok(vec![DosesWasted { source: self.reference(source), count, reason }.into()])
    }

    pub(super) fn cede(&self, source: FactName, count: u16, to: String) -> Result<Vec<Body>, Refusal> {
        self.held(source, count)?;
        self.usable_source(source)?;
        let to = filled(&to, Field::To)?;
        Ok(vec![DosesCeded { source: self.reference(source), count, to }.into()])
    }

    /// Refuses more doses than a vial or load of this tablet holds.
    fn held(&self, source: FactName, count: u16) -> Result<(), Refusal> {
        within(Field::Count, i64::from(count), 1, 500)?;
        let (load, left) = match self.round.vials.get(&source) {
            Some(vial) => (vial.load, vial.left()),
            None => (source, self.load(source)?.left()),
        };
        self.in_custody(load)?;
        enough(left, i32::from(count))
    }

    pub(super) fn bring_back(&self, load_name: FactName, units: u16) -> Result<Vec<Body>, Refusal> {
        let load = self.load(load_name)?;
        self.in_custody(load_name)?;
        within(Field::Units, i64::from(units), 1, 500)?;
        if load.loaded.form == DoseForm::PreparedSyringe {
            return Err(Refusal::CannotReturn);
        }
        if self.round.set_apart(load_name) {
            return Err(Refusal::ColdChainBroken);
        }
        enough(load.left(), i32::from(units) * i32::from(load.loaded.doses_per_unit))?;
        Ok(vec![DosesReturned { load: self.reference(load_name), units }.into()])
    }
}

/// Refuses to take more than is left.
pub(super) fn enough(left: i32, wanted: i32) -> Result<(), Refusal> {
    if left >= wanted { Ok(()) } else { Err(Refusal::NotEnough { left: left.max(0) }) }
}
