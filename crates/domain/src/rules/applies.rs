//! Which directives and products apply to a case.

use super::case::Case;
use super::directive::{Directive, version_order};
use super::product::Product;
use super::terms::Layer;
use super::truth::lies_in;
use crate::date::Day;

/// Returns every product that `directives` know, those of directives in force on `on` first: a newer description counts,
/// and a product of an expired directive is still known as an earlier dose.
pub(super) fn catalogue<'a>(directives: &[&'a Directive], on: Day) -> Vec<&'a Product> {
    let (mut dated, others): (Vec<&Directive>, Vec<&Directive>) =
        directives.iter().partition(|directive| directive.is_dated(on));
    dated.retain(|one| !superseded(one, directives, on));
    dated.into_iter().chain(others).flat_map(|directive| &directive.products).collect()
}

/// Tells whether a later version of the same directive has begun by `on`: the one that began last counts, and when it
/// ends, the one before does not come back.
fn superseded(one: &Directive, directives: &[&Directive], on: Day) -> bool {
    directives.iter().any(|other| {
        other.id == one.id
            && other.from <= on
            && other.from.cmp(&one.from).then_with(|| version_order(&other.version, &one.version)).is_gt()
    })
}

/// Returns those of `directives` that are in force on the day and in the place of the case, in its layers: of several
/// versions of one directive the one that began last.
pub(super) fn in_force<'a>(directives: &[&'a Directive], case: &Case) -> Vec<&'a Directive> {
    directives
        .iter()
        .filter(|directive| {
            directive.is_dated(case.on)
                && lies_in(&case.territory, &directive.territory)
                && (directive.layer == Layer::National || case.relay_protocol)
                && !superseded(directive, directives, case.on)
        })
        .copied()
        .collect()
}

/// Returns those that are about the family of the product.
pub(super) fn about<'a>(in_force: &[&'a Directive], product: Option<&Product>) -> Vec<&'a Directive> {
    let is_about = |directive: &&&Directive| {
        directive.families.is_empty() || product.is_some_and(|product| directive.families.contains(&product.family))
    };
    in_force.iter().filter(is_about).copied().collect()
}
