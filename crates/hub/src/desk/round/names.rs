//! What people call what stands in a round: its people, its tablets, its errors.

use crate::desk::relay::Relay;
use perron_domain::fact::AdministrationError;
use perron_domain::name::{DeviceId, FactName};
use perron_domain::state::Round;

/// Returns what people call a device; its number where nobody does.
#[must_use]
pub fn called(relay: &Relay<'_>, device: DeviceId) -> String {
    relay.common.devices.get(&device).map_or_else(|| device.0.to_string(), |known| known.label.clone())
}

/// Returns what a person of the round is called.
#[must_use]
pub fn name_of(round: &Round, person: FactName) -> Option<String> {
    let visit = round.people.get(&person).or_else(|| round.taken_out.get(&person).map(|out| &out.visit));
    visit.map(|visit| visit.record.display_name())
}

/// Returns an administration error in words: what kind it was, and what the nurse wrote of it.
#[must_use]
pub fn words(error: &AdministrationError) -> String {
    let what = match error.what.as_str() {
        "product" => "Mauvais produit",
        "person" => "Mauvaise personne",
        "interval" => "Intervalle",
        "expired" => "Dose périmée",
        AdministrationError::INCOMPLETE => "Dose incomplète",
        "other" => "Autre",
        other => other,
    };
    match &error.text {
        Some(text) => format!("{what}\u{a0}: {text}"),
        None => what.to_owned(),
    }
}
