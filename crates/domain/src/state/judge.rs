//! Judging corrections: a correction counts only where its writer might have written what it puts in place, and where
//! what it names is the writer's to correct.
//!
//! The judgement looks at nothing but the facts of the scope and the table of kinds, so that every device that holds the
//! same facts judges alike, in whatever order they came. Until the fact that a correction names is here it does nothing.

use super::Log;
use crate::depth;
use crate::fact::{Body, Corrected, Corrector, Fact, Kind};
use crate::name::{DeviceId, FactName};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Why a correction does not count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotCounted {
    /// Facts of the kind that it names are not corrected: another fact says what is so now.
    NotCorrectable,
    /// It would put a fact of another kind in place.
    OtherKind,
    /// What it names, or what it puts in place, is the relay's desk's.
    RelaysOwn,
    /// What it puts in place cannot be read.
    Unreadable,
}

/// A correction that does not count, kept and shown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Ignored {
    /// The correction.
    pub correction: FactName,
    /// The fact that it names.
    pub of: FactName,
    /// The kind of that fact.
    pub kind: u16,
    /// The kind that it would put in place; none for a withdrawal.
    pub becomes: Option<u16>,
    /// Why it does not count.
    pub why: NotCounted,
}

/// Judges what `device` would put in place (`becomes`: kind and bytes; none withdraws) of a fact of `kind` that it names as
/// written by `named`, which may be a correction of that fact.
///
/// # Errors
/// Why it would not count.
pub fn judge(kind: u16, named: DeviceId, becomes: Option<(u16, &[u8])>, device: DeviceId) -> Result<(), NotCounted> {
    let corrector = Kind::of(kind).map(|kind| kind.corrected);
    if corrector == Some(Corrector::No) {
        return Err(NotCounted::NotCorrectable);
    }
    let desks = corrector == Some(Corrector::Desk) || named.is_hub() || !Kind::may_write(kind, device);
    if !device.is_hub() && desks {
        return Err(NotCounted::RelaysOwn);
    }
    let Some((new, bytes)) = becomes else { return Ok(()) };
    if !Kind::may_write(new, device) {
        return Err(NotCounted::RelaysOwn);
    }
    if new != kind {
        return Err(NotCounted::OtherKind);
    }
    let readable = depth::check(bytes, depth::BODY).is_ok() && Body::from_cbor(new, false, bytes).is_ok();
    if readable { Ok(()) } else { Err(NotCounted::Unreadable) }
}

/// Returns the corrections of a log that do not count, by name; those of erased facts are gone and not among them.
pub(super) fn ignored(log: &Log) -> BTreeMap<FactName, Ignored> {
    let erased = log.erased();
    let corrections = log.standing_corrections(&erased);
    let first = super::log::first_targets(&corrections);
    let judged = corrections.iter().filter_map(|(fact, targets, corrected)| {
        targets.iter().find_map(|target| Some((fact.name, one(log, &erased, &first, (fact, corrected), *target)?)))
    });
    crate::order::gather(judged)
}

/// Judges one name of one correction.
fn one(
    log: &Log,
    erased: &BTreeSet<FactName>,
    first: &BTreeMap<FactName, FactName>,
    (fact, corrected): (&Fact, &Corrected),
    target: FactName,
) -> Option<Ignored> {
    let of = super::log::root(first, target);
    let root = log.get(of).filter(|root| !erased.contains(&of) && !matches!(root.body, Body::Erased))?;
    // A body is missing where a kind is named: nothing could stand there.
    let bytes = corrected.body.as_ref().map_or(&[][..], |body| body.as_slice());
    let becomes = corrected.kind.map(|kind| (kind, bytes));
    let device = fact.name.device;
    let why = judge(root.body.kind(), target.device, becomes, device)
        .and_then(|()| judge(root.body.kind(), of.device, becomes, device))
        .err()?;
    Some(Ignored { correction: fact.name, of, kind: root.body.kind(), becomes: corrected.kind, why })
}
