//! What a dose can come from: an opened vial or a load of syringes, and how it reads.

use perron_domain::{
    aboard,
    fact::DoseForm,
    name::{DeviceId, FactName},
    order,
    state::{Common, Round, RoundState},
    time::Wall,
};

use super::link::Link;
use crate::{i18n::t_string, pages::words};

/// A vial or a load of syringes that a dose can come from.
#[derive(Clone, PartialEq, Debug)]
pub struct DoseSource {
    /// Its fact.
    pub name: FactName,
    /// Product code.
    pub product: String,
    /// Lot.
    pub lot: String,
    /// How it travels.
    pub form: DoseForm,
    /// When it was opened, for vials.
    pub opened: Option<Wall>,
    /// To be used before; none for what keeps until the lot's expiry.
    pub use_by: Option<Wall>,
    /// Doses left.
    pub left: i32,
    /// Whether they are usable by a decision by telephone that the desk has not answered.
    pub to_confirm: bool,
}

/// Returns what a dose of `product` can be taken out of at `now` on the scale of the hub, held by this tablet, the first to expire at the front.
#[must_use]
pub fn sources(round: &RoundState, common: &Common, device: DeviceId, product: &str, now: Wall) -> Vec<DoseSource> {
    let mut sources: Vec<DoseSource> = aboard::held(round, common, device, product, now)
        .usable
        .into_iter()
        .filter_map(|(name, left)| of(round, name).map(|source| DoseSource { left, ..source }))
        .filter(|source| source.opened.is_some() || source.form != DoseForm::Vial)
        .collect();
    order::sort_by_key(&mut sources, |source| (source.use_by.unwrap_or(Wall(i64::MAX)), source.name));
    sources
}

/// Returns every vial and load of the round, whatever their state: for what was given and should not have been.
#[must_use]
pub fn all_sources(round: &Round) -> Vec<DoseSource> {
    let vials = round.vials.keys();
    let loads = round.loads.iter().filter(|(_, load)| load.loaded.form != DoseForm::Vial).map(|(name, _)| name);
    vials.chain(loads).filter_map(|name| of(round, *name)).collect()
}

fn of(round: &Round, name: FactName) -> Option<DoseSource> {
    let vial = round.vials.get(&name);
    let load = round.loads.get(&round.load_of(name))?;
    Some(DoseSource {
        name,
        product: load.loaded.product.clone(),
        lot: load.loaded.lot.clone(),
        form: load.loaded.form,
        opened: vial.map(|vial| vial.opened_at),
        use_by: vial.map(|vial| vial.use_by).or(load.loaded.preparation.as_ref().map(|prepared| prepared.use_by)),
        left: vial.map_or_else(|| load.left(), perron_domain::state::Vial::left),
        to_confirm: round.to_confirm(name).is_some(),
    })
}

/// Returns a source in two lines: lot and container; use-by and doses left.
#[must_use]
pub fn source_lines(link: Link, source: &DoseSource) -> (String, String) {
    let i18n = link.i18n;
    link.common(|common| {
        let container = match (source.form, source.opened) {
            (DoseForm::Vial, Some(at)) => {
                t_string!(i18n, visit.vial_opened, hour = words::moment(i18n, common, at, link.now_once()))
            }
            (DoseForm::Vial, None) => t_string!(i18n, visit.vial).to_owned(),
            (DoseForm::PreparedSyringe, _) => t_string!(i18n, visit.prepared_syringe).to_owned(),
            (DoseForm::Prefilled, _) => t_string!(i18n, visit.prefilled).to_owned(),
            (DoseForm::PowderSolvent, _) => t_string!(i18n, visit.powder).to_owned(),
        };
        let left = t_string!(i18n, visit.doses_left, count = source.left);
        let left =
            if source.to_confirm { format!("{left} · {}", t_string!(i18n, visit.phone_to_confirm)) } else { left };
        let note = match source.use_by {
            Some(use_by) => {
                format!(
                    "{} · {left}",
                    t_string!(i18n, visit.use_before, hour = words::moment(i18n, common, use_by, link.now_once()))
                )
            }
            None => left,
        };
        (format!("{} · {container}", t_string!(i18n, visit.lot_number, lot = source.lot.clone())), note)
    })
}
