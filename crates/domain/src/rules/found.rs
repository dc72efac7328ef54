//! What the evaluator finds: a reason, with what it still needs to know of it.

use super::answer::{Change, Outcome, Reason};
use super::directive::{Agreement, Directive};

/// A reason, and what the evaluator still needs to know of it.
pub(super) struct Found {
    pub(super) reason: Reason,
    pub(super) absolute: bool,
    pub(super) opens: bool,
    pub(super) changes: Vec<Change>,
}

/// Returns the reason that an agreement gives, with this outcome.
pub(super) fn agreement_reason(directive: &Directive, need: &Agreement, outcome: Outcome) -> Reason {
    Reason {
        rule: need.code.clone(),
        layer: directive.layer,
        directive: directive.id.clone(),
        version: directive.version.clone(),
        outcome,
        until: None,
        source: need.source.clone(),
        fr: need.fr.clone(),
        en: need.en.clone(),
        validated: directive.validated && need.verified,
        lifted: false,
    }
}
