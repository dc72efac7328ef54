//! Judging corrections: a correction counts only where its writer might have written what it puts in place, and where
//! what it names is the writer's to correct.
//!
//! The judgement looks at nothing but the facts of the scope and the table of kinds, so that every device that holds the
//! same facts judges alike, in whatever order they came. Until the fact that a correction names is here it does nothing.

use super::Log;
use crate::fact::{Body, Corrector, Kind};
use crate::name::{DeviceId, FactName};
use serde::Serialize;
use std::collections::BTreeMap;

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

/// Judges whether `device` may put a fact of the kind `becomes` (none withdraws) in place of a fact of `kind` that it names
/// as written by `named`, which may be a correction of that fact.
///
/// # Errors
/// Why it would not count.
pub fn judge(kind: u16, named: DeviceId, becomes: Option<u16>, device: DeviceId) -> Result<(), NotCounted> {
    let corrector = Kind::of(kind).map(|kind| kind.corrected);
    if corrector == Some(Corrector::No) {
        return Err(NotCounted::NotCorrectable);
    }
    let desks = corrector == Some(Corrector::Desk) || named.is_hub() || !Kind::may_write(kind, device);
    if !device.is_hub() && desks {
        return Err(NotCounted::RelaysOwn);
    }
    match becomes {
        Some(new) if !Kind::may_write(new, device) => Err(NotCounted::RelaysOwn),
        Some(new) if new != kind => Err(NotCounted::OtherKind),
        _ => Ok(()),
    }
}

/// Returns the corrections of a log that do not count, by name; those of erased facts are gone and not among them.
pub(super) fn ignored(log: &Log) -> BTreeMap<FactName, Ignored> {
    let erased = log.erased();
    let corrections = log.standing_corrections(&erased);
    let roots = super::log::roots(&corrections);
    let judged = corrections.iter().filter_map(|(fact, targets, corrected)| {
        // Read once, however many facts it names.
        let readable = corrected.kind.is_none() || super::log::replacement(corrected).is_some();
        let not_counted = |target: &FactName| {
            let of = super::log::root(&roots, *target);
            let root = log.get(of).filter(|root| !erased.contains(&of) && !matches!(root.body, Body::Erased))?;
            let (kind, device) = (root.body.kind(), fact.name.device);
            let why = judge(kind, target.device, corrected.kind, device)
                .and_then(|()| judge(kind, of.device, corrected.kind, device))
                .and(if readable { Ok(()) } else { Err(NotCounted::Unreadable) })
                .err()?;
            Some(Ignored { correction: fact.name, of, kind, becomes: corrected.kind, why })
        };
        Some((fact.name, targets.iter().find_map(not_counted)?))
    });
    crate::order::gather(judged)
}
