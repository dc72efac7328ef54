//! Which kinds of facts may stand where: the same answer on the hub and on every tablet.
//!
//! A fact that its writer was not allowed to write keeps its leaf and its place, in quarantine. Because tablets judge
//! what they pull by the same rule, all devices that hold a scope fold it to the same state.

use crate::append::Quarantine;
use crate::chain::{Chain, Place};
use crate::envelope::Envelope;
use crate::forked::KIND_CHAIN_FORKED;
use crate::store::{Record, Store, StoreError};
use minicbor::{Decode, Encode};
use perron_domain::fact::{Body, Fact, Home, Kind};
use perron_domain::name::{DeviceId, FactRef, Scope};

/// How many facts one correction may name: the fact itself, or the corrections of it that did not know each other. More is
/// nobody's correction and costs every device that folds it.
pub const MOST_CORRECTED: usize = 64;

/// Returns why a readable fact is set aside at this place; `None` when it may stand there.
#[must_use]
pub fn quarantine(place: Place, fact: &Envelope) -> Option<Quarantine> {
    let Ok(body) = Body::from_cbor(fact.kind, fact.must_understand, &fact.body) else {
        return Some(Quarantine::Unreadable);
    };
    if let Body::Corrected(corrected) = &body
        && corrected.of.len() > MOST_CORRECTED
    {
        return Some(Quarantine::Meaningless);
    }
    // The hub opens the chain that keeps a fork's branch: it writes the first fact there, under the tablet's new number.
    let opens = fact.kind == KIND_CHAIN_FORKED && place.number == 1;
    let may_stand = |kind| Kind::may_stand(kind, place.chain.device, place.chain.scope);
    let allowed = opens || (may_stand(fact.kind) && becomes(&body).is_none_or(may_stand));
    (!allowed).then_some(Quarantine::NotAllowed)
}

/// Returns the kind that a correction puts in place: whoever may not write it may not correct anything into it, whatever
/// it names. What it names is judged by the fold, once that is here.
fn becomes(body: &Body) -> Option<u16> {
    if let Body::Corrected(corrected) = body { corrected.kind } else { None }
}

/// Says whether the relay may let a fact count that was set aside: it was not allowed, means something where it stands, and
/// is no decision about other facts, which only the hub's own chain makes.
#[must_use]
pub fn acceptable(record: &Record) -> bool {
    let kind = record.bytes.as_deref().and_then(|bytes| Kind::of(Envelope::decode(bytes).ok()?.kind));
    let meant = kind.is_some_and(|kind| kind.home != Home::Any && kind.home.holds(record.place.chain.scope));
    record.quarantine == Some(Quarantine::NotAllowed) && meant
}

/// Decisions about facts that have not arrived yet are kept under this name and the scope's number.
const OWED: &str = "ledger/owed/";

/// What the relay decided about one fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
struct Owed {
    /// Which fact.
    #[n(0)]
    device: DeviceId,
    /// Its number in the chain.
    #[n(1)]
    number: u32,
    /// Whether its bytes are to be erased; otherwise it is let out of quarantine.
    #[n(2)]
    erase: bool,
}

/// Does what the relay decided about facts of a scope: lets accepted ones out of quarantine, erases bytes for good.
///
/// `facts` are those that just arrived in `scope`; carrying one out twice changes nothing. A decision that arrives before
/// the fact that it is about (after a restore, when chains come back in any order) is kept and carried out at a later
/// call, so call for every arrival. Returns whether the scope must be folded again because facts count now that did not,
/// or are gone.
///
/// # Errors
/// [`StoreError`] when it could not be noted; then call again.
pub async fn carry_out<S: Store>(store: &S, scope: Scope, facts: &[Fact]) -> Result<bool, StoreError> {
    let key = format!("{OWED}{}", scope.0);
    let kept = store.named(&key).await?;
    let before: Vec<Owed> = match &kept {
        Some(bytes) => minicbor::decode(bytes).map_err(|error| StoreError::Damaged(error.to_string()))?,
        None => Vec::new(),
    };
    let mut wanted = before.clone();
    for fact in facts.iter().filter(|fact| fact.name.device.is_hub()) {
        let mut want = |reference: FactRef, erase| {
            let name = reference.name(fact.name.device);
            wanted.push(Owed { device: name.device, number: name.number, erase });
        };
        match &fact.body {
            Body::QuarantineDecided(decided) if decided.accept => want(decided.fact, false),
            Body::Erasure(erasure) => erasure.facts.iter().for_each(|reference| want(*reference, true)),
            _ => {}
        }
    }
    let (mut changed, mut after) = (false, Vec::new());
    for owed in wanted {
        let place = Chain::new(scope, owed.device).at(owed.number);
        match store.chain(place.chain, place.number, place.number).await?.first() {
            None => after.push(owed),
            Some(_) if owed.erase => changed |= store.erase(place).await?,
            Some(record) if record.quarantine == Some(Quarantine::NotAllowed) => {
                changed |= store.set_quarantine(place, None).await?;
            }
            Some(_) => {}
        }
    }
    if after.is_empty() && kept.is_some() {
        store.delete_named(&key).await?;
    } else if after != before {
        let bytes = minicbor::to_vec(&after).map_err(|error| StoreError::Failed(error.to_string()))?;
        store.set_named(&key, &bytes).await?;
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::fact::{ClockJumped, RoundCancelled};
    use perron_domain::time::{Hlc, Wall};

    fn judge(scope: Scope, device: u32, body: &Body) -> Option<Quarantine> {
        let envelope = Envelope {
            version: 1,
            kind: body.kind(),
            must_understand: false,
            hlc: Hlc::default(),
            wall: Wall(0),
            author: 0,
            body: body.to_cbor(),
            salt: None,
        };
        quarantine(Chain::new(scope, DeviceId(device)).at(1), &envelope)
    }

    #[test]
    fn a_tablet_writes_about_its_round_and_not_for_the_relay() {
        let jumped = Body::from(ClockJumped { by_ms: 5, said: None });
        let cancelled = Body::from(RoundCancelled { reason: "neige".into() });
        assert_eq!(judge(Scope::round(1), 2, &jumped), None);
        assert_eq!(judge(Scope::round(1), 2, &cancelled), Some(Quarantine::NotAllowed));
        assert_eq!(judge(Scope::round(1), 1, &cancelled), None);
        assert_eq!(judge(Scope::COMMON, 2, &jumped), Some(Quarantine::NotAllowed));
    }

    #[test]
    fn a_body_of_another_shape_is_unreadable_and_an_unknown_kind_is_not() {
        let mut envelope = Envelope {
            version: 1,
            kind: 114,
            must_understand: false,
            hlc: Hlc::default(),
            wall: Wall(0),
            author: 0,
            body: vec![0x60],
            salt: None,
        };
        let place = Chain::new(Scope::round(1), DeviceId(2)).at(1);
        assert_eq!(quarantine(place, &envelope), Some(Quarantine::Unreadable));
        envelope.kind = 60_000;
        assert_eq!(quarantine(place, &envelope), None);
    }
}
