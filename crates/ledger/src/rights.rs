//! Which kinds of facts may stand where: the same answer on the hub and on every tablet.
//!
//! A fact that its writer was not allowed to write keeps its leaf and its place, in quarantine. Because tablets judge
//! what they pull by the same rule, all devices that hold a scope fold it to the same state.

use crate::append::Quarantine;
use crate::chain::{Chain, Place};
use crate::envelope::Envelope;
use crate::store::{Store, StoreError};
use perron_domain::fact::{Body, Fact};
use perron_domain::name::{DeviceId, FactRef, Scope};

/// Returns why a readable fact is set aside at this place; `None` when it may stand there.
#[must_use]
pub fn quarantine(place: Place, fact: &Envelope) -> Option<Quarantine> {
    if Body::from_cbor(fact.kind, fact.must_understand, &fact.body).is_err() {
        return Some(Quarantine::Unreadable);
    }
    let allowed = match place.chain.scope {
        // Only the hub writes there, and what the hub may write it has decided itself.
        Scope::COMMON | Scope::PEOPLE => place.chain.device == DeviceId::HUB,
        _ => place.chain.device == DeviceId::HUB || !is_relays_own(fact.kind),
    };
    (!allowed).then_some(Quarantine::NotAllowed)
}

/// Does what the relay decided about facts of a scope: lets accepted ones out of quarantine, erases bytes for good.
///
/// `facts` are those that just arrived in `scope`; carrying one out twice changes nothing. Returns whether the scope must
/// be folded again because facts count now that did not, or are gone.
///
/// # Errors
/// [`StoreError`] when it could not be noted; then call again.
pub async fn carry_out<S: Store>(store: &S, scope: Scope, facts: &[Fact]) -> Result<bool, StoreError> {
    let mut changed = false;
    for fact in facts.iter().filter(|fact| fact.name.device == DeviceId::HUB) {
        let place = |reference: FactRef| {
            let name = reference.name(fact.name.device);
            Chain::new(scope, name.device).at(name.number)
        };
        match &fact.body {
            Body::QuarantineDecided(decided) => {
                let place = place(decided.fact);
                let waits = store.chain(place.chain, place.number, place.number).await?;
                if decided.accept && waits.iter().any(|record| record.quarantine == Some(Quarantine::NotAllowed)) {
                    changed |= store.set_quarantine(place, None).await?;
                }
            }
            Body::Erasure(erasure) => {
                for reference in &erasure.facts {
                    changed |= store.erase(place(*reference)).await?;
                }
            }
            _ => {}
        }
    }
    Ok(changed)
}

/// Says whether only the relay's desk writes facts of this kind into a round.
const fn is_relays_own(kind: u16) -> bool {
    // 1–29: the common part and the people. 30: RoundPlanned, 37: RoundPublished, 38: RoundCancelled.
    // 111: Erasure, 112: QuarantineDecided.
    matches!(kind, 1..=30 | 37 | 38 | 111 | 112)
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
