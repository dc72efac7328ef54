//! Commands of the relay's common part, and corrections of what the desk said there: the first version stays readable.

use super::amend::{candidates, may_correct, without};
use super::relay::{CommonCommand, decide_once};
use super::{Context, filled};
use crate::fact::{Body, Corrected};
use crate::name::{FactName, FactRef};
use crate::refusal::{Field, Refusal};
use crate::state::CommonState;

/// Turns a command into the facts to append to the common scope.
///
/// # Errors
/// A [`Refusal`]; then nothing is to be written.
pub fn decide_common(common: &CommonState, command: CommonCommand, context: &Context) -> Result<Vec<Body>, Refusal> {
    if !context.device.is_hub() {
        return Err(Refusal::RelaysOwn);
    }
    let fact = match command {
        CommonCommand::Correct { fact, by, reason } => {
            correct(common, fact, by.map(|command| *command), &reason, context)?
        }
        command => decide_once(common, command, context, false)?,
    };
    Ok(vec![fact])
}

/// Decides a correction: the replacing command is decided as if the corrected fact had never been said. Without one, the
/// fact is withdrawn.
///
/// The desk says why each time: what it said was read by others.
fn correct(
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
