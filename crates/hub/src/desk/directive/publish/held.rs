//! A version that ships while the relay has adopted one of the same directive: what accepting it changes.

use super::differences::differences;
use perron_desk_api::HeldView;
use perron_domain::rules::{Directive, version_order};
use perron_domain::state::{Common, Publication};

/// Returns what accepting the version changes; nothing when it does not wait for the head of the relay.
#[must_use]
pub fn held(common: &Common, id: &str, version: &str) -> Option<HeldView> {
    common.publication(id, version).filter(|known| known.is_held())?;
    let new = common.directives.iter().find(|one| one.id == id && one.version == version)?;
    let adopted = |known: &Publication| known.adopted.is_some() && !known.replaced;
    let mut before: Vec<&Directive> = common
        .directives
        .iter()
        .filter(|one| one.id == id && common.publication(id, &one.version).is_some_and(adopted))
        .collect();
    before.sort_by(|one, other| one.from.cmp(&other.from).then_with(|| version_order(&one.version, &other.version)));
    Some(HeldView {
        title_fr: new.title_fr.clone(),
        title_en: new.title_en.clone(),
        from: new.from,
        replaces: before.iter().map(|one| one.version.clone()).collect(),
        differences: differences(before.last().copied(), new),
    })
}
