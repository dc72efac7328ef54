//! Judging corrections: a correction counts only where its writer might have written what it puts in place, and where
//! what it names is the writer's to correct.
//!
//! The judgement looks at nothing but the facts of the scope and the table of kinds, so that every device that holds the
//! same facts judges alike, in whatever order they came. Until the fact that a correction names is here it does nothing.

use crate::fact::{Corrector, Kind};
use crate::name::{DeviceId, FactName};
use serde::Serialize;

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
