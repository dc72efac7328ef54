//! Corrections of what the desk said in the relay's common part: the first version stays readable.

use super::correct::{candidates, may_correct, without};
use super::relay::{CommonCommand, decide_once};
use super::{Context, filled};
use crate::fact::{Body, Corrected};
use crate::name::{FactName, FactRef};
use crate::refusal::Field;
use crate::refusal::Refusal;
use crate::state::CommonState;

/// Decides a correction: the replacing command is decided as if the corrected fact had never been said. Without one, the
/// fact is withdrawn.
///
/// The desk says why each time: what it said was read by others.
pub(super) fn correct(
    common: &CommonState,
    fact: FactName,
    by: Option<CommonCommand>,
    reason: &str,
    context: &Context,
) -> Result<Body, Refusal> {
    let reason = Some(filled(reason, Field::Reason)?);
    let original = common.log().get(fact).ok_or(Refusal::Unknown { fact })?;
    let candidates = candidates(common.log(), fact);
    may_correct(original, &candidates, context.device)?;
    let chain = common.log().numbering(context.device);
    let of: Vec<FactRef> = candidates.into_iter().map(|name| FactRef::to(name, chain)).collect();
    let withdrawal = Corrected { of: of.clone(), kind: None, body: None, reason: reason.clone() };
    let Some(command) = by else {
        // Who worked for the relay did: facts carry her number.
        let stays = matches!(original.body, Body::AccountAdded(_));
        return if stays { Err(Refusal::CannotCorrect) } else { Ok(withdrawal.into()) };
    };
    let without = without(common, |_| true, withdrawal, context.device);
    let mut new = decide_once(&without, command, context, true)?;
    match (&original.body, &mut new) {
        (Body::AccountAdded(first), Body::AccountAdded(new)) if first.account != new.account => {
            return Err(Refusal::CannotCorrect);
        }
        (Body::NoticePublished(first), Body::NoticePublished(new)) => new.at = first.at,
        // A confirmation is one physician's word: it is taken back, not put into another's mouth.
        (Body::DirectiveConfirmed(_), _) => return Err(Refusal::CannotCorrect),
        (first, new) if first.kind() != new.kind() => return Err(Refusal::CannotCorrect),
        _ => {}
    }
    let body = Some(new.to_cbor().into());
    Ok(Corrected { of, kind: Some(new.kind()), body, reason }.into())
}
