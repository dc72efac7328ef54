//! The worked examples of a campaign that an adopted season left out: whoever confirms it must know what it no longer promises.

use super::season::text_of;
use perron_domain::fact::Origin;
use perron_domain::rules::Directive;
use perron_domain::state::Common;
use std::collections::BTreeSet;
use toml_edit::{DocumentMut, Item};

/// Returns the names of the examples that the season taken over has and this version does not; none for a
/// version that was not made from another season.
#[must_use]
pub fn left_out(common: &Common, shipped: &[(String, Vec<u8>)], one: &Directive) -> Vec<String> {
    let known = common.publication(&one.id, &one.version);
    let origin = known.and_then(|known| known.adopted.as_ref()).map(|adopted| &adopted.origin);
    let Some(Origin::Season { id, version }) = origin else { return Vec::new() };
    let before = text_of(common, shipped, id, version).unwrap_or_default();
    let kept: BTreeSet<String> = examples(known.and_then(|known| known.text.as_deref()).unwrap_or_default());
    let mut gone: Vec<String> = examples(&before).into_iter().filter(|name| !kept.contains(name)).collect();
    gone.sort();
    gone
}

fn examples(text: &str) -> BTreeSet<String> {
    let document: DocumentMut = text.parse().unwrap_or_default();
    let tables = document.get("examples").and_then(Item::as_array_of_tables);
    let names = tables.into_iter().flatten().filter_map(|table| table.get("name").and_then(Item::as_str));
    names.map(str::to_owned).collect()
}
