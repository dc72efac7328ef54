//! Decisions about the lots that the relay has.

use super::{Context, filled, today, within};
use crate::fact::{Body, Confirmed, LotIsolated, LotReceived, LotReleased};
use crate::lot::{self, LotDoubt, LotKey};
use crate::refusal::{Field, Refusal};
use crate::state::CommonState;

/// Receives doses. A lot that must not be used does not come in; what contradicts the relay's record, or looks like another
/// lot, is asked about.
pub(super) fn receive(
    common: &CommonState,
    received: LotReceived,
    context: &Context,
    again: bool,
) -> Result<Body, Refusal> {
    let lot = number(&received.lot)?;
    within(Field::Doses, i64::from(received.doses), 1, i64::from(lot::MOST_DOSES))?;
    if let Some(reason) = common.isolation(&received.product, &lot).filter(|_| !again) {
        return Err(Refusal::LotIsolated { reason: reason.to_owned(), lot });
    }
    let known = common.known_lots();
    let mut doubts = lot::doubts(&known, &received.product, &lot, Some(received.expiry), today(common, context));
    doubts.extend(lot::amount_doubt(received.doses));
    // Another last day is what the correction is about, and doses that came in long ago may be over by now.
    doubts.retain(|doubt| !again || !matches!(doubt, LotDoubt::OtherExpiry { .. } | LotDoubt::Expired { .. }));
    settled(&lot, doubts, received.confirmed.as_ref())?;
    Ok(LotReceived { lot, ..received }.into())
}

/// Sets a lot apart. A number that only looks like a known one is asked about: the known one would stay in use.
pub(super) fn isolate(common: &CommonState, isolated: LotIsolated, context: &Context) -> Result<Body, Refusal> {
    let lot = number(&isolated.lot)?;
    filled(&isolated.reason, Field::Reason)?;
    let known = common.known_lots();
    let doubts = lot::isolation_doubts(&known, isolated.product.as_deref(), &lot, today(common, context));
    settled(&lot, doubts, isolated.confirmed.as_ref())?;
    Ok(LotIsolated { lot, ..isolated }.into())
}

pub(super) fn is_isolated(common: &CommonState, released: &LotReleased) -> bool {
    match &released.product {
        Some(product) => common.isolation(product, &released.lot).is_some(),
        None => common
            .isolations
            .get(&LotKey::of(&released.lot))
            .is_some_and(|said| said.all.is_some() || said.products.values().any(Option::is_some)),
    }
}

/// Returns a lot number as it was typed, trimmed; one that is empty, or longer than a lot number can be, is refused.
pub(super) fn number(typed: &str) -> Result<String, Refusal> {
    let key = LotKey::of(typed);
    if key.is_empty() {
        return Err(Refusal::Empty { field: Field::Lot });
    }
    let length = i64::try_from(key.as_str().chars().count()).unwrap_or(i64::MAX);
    within(Field::Lot, length, 1, i64::try_from(lot::LONGEST).unwrap_or(i64::MAX))?;
    filled(typed, Field::Lot)
}

/// Refuses a lot that something speaks against and nobody confirmed.
pub(super) fn settled(lot: &str, doubts: Vec<LotDoubt>, confirmed: Option<&Confirmed>) -> Result<(), Refusal> {
    let doubts = lot::open(doubts, confirmed);
    if doubts.is_empty() { Ok(()) } else { Err(Refusal::LotDoubtful { lot: lot.to_owned(), doubts }) }
}
