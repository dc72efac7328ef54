//! What tablets hold of a round: the doses in their custody, and who took over whose.

use crate::desk::relay::Relay;
use crate::desk::round::names::called;
use perron_desk_api::{CustodyLine, HeldLine};
use perron_domain::lot::LotId;
use perron_domain::name::DeviceId;
use perron_domain::state::{Custody, RoundState};
use std::collections::{BTreeMap, BTreeSet};

/// Returns who took over the doses of numbers whose store was lost, in order.
#[must_use]
pub fn custodies(relay: &Relay<'_>, state: &RoundState) -> Vec<CustodyLine> {
    let line = |custody: &Custody| CustodyLine {
        name: custody.name,
        tablet: holder(relay, custody.to),
        device: custody.to,
        before: called(relay, custody.from),
        device_before: custody.from,
        at: custody.at,
        loads: u32::try_from(custody.loads.len()).unwrap_or(u32::MAX),
        wrote_since: state.wrote_since(custody),
    };
    state.custodies.iter().map(line).collect()
}

/// Returns what people call whoever holds doses: a tablet, or the relay itself.
#[must_use]
pub fn holder(relay: &Relay<'_>, device: DeviceId) -> String {
    if device.is_hub() { "Relais".to_owned() } else { called(relay, device) }
}

/// Returns the doses that tablets hold of a round that is not signed, tablet by tablet.
#[must_use]
pub fn lines(relay: &Relay<'_>, state: &RoundState) -> Vec<HeldLine> {
    if state.closed_at.is_some() {
        return Vec::new();
    }
    let holders: BTreeSet<DeviceId> =
        state.loads.keys().map(|load| state.holder(*load)).filter(|device| !device.is_hub()).collect();
    holders.into_iter().filter_map(|device| line(relay, state, device)).collect()
}

fn line(relay: &Relay<'_>, state: &RoundState, device: DeviceId) -> Option<HeldLine> {
    let mut lots: BTreeMap<LotId, i32> = BTreeMap::new();
    for load in state.loads_of(device) {
        let doses = state.doses_in(load);
        if let Some(known) = state.loads.get(&load).filter(|_| doses > 0) {
            *lots.entry(known.lot()).or_default() += doses;
        }
    }
    let doses = lots.values().sum();
    let name = |(lot, doses): (&LotId, &i32)| {
        format!("{} · {} · {doses}", relay.product_short(&lot.product), state.printed(lot))
    };
    (doses > 0).then(|| HeldLine {
        device,
        tablet: called(relay, device),
        retired: relay.common.devices.get(&device).and_then(|known| known.retired.clone()),
        lots: lots.iter().map(name).collect(),
        doses,
    })
}
