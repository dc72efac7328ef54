//! What the hub does not take yet, because it would do away with facts that it does not hold: their authors still do, and
//! would be told that the hub has them. The sender tries again, as after a restore, when more came back.

use crate::hub::Hub;
use perron_domain::fact::{Body, Corrected};
use perron_domain::name::{FactName, Scope};
use perron_domain::state::Log;
use perron_ledger::sync::{Batch, Item};
use perron_ledger::{Chain, Envelope, Store, StoreError};

const KIND_CORRECTED: u16 = 110;

/// Returns why a batch comes too early; none when it may be taken.
pub(super) async fn too_early(hub: &Hub, batch: &Batch) -> Result<Option<&'static str>, StoreError> {
    if unexplained(hub, batch) {
        return Ok(Some("facts without bytes came that nobody erased"));
    }
    for target in corrected(hub, batch) {
        if !held(hub, batch.chain().scope, target).await? {
            return Ok(Some("a correction came of a fact that is not here"));
        }
    }
    Ok(None)
}

/// Says whether a fact is here, under its name or, where its chain was put back from a copy and parted, in the branch that
/// was kept under another number.
async fn held(hub: &Hub, scope: Scope, target: FactName) -> Result<bool, StoreError> {
    let places = hub.read(|cache| cache.log(scope).map(|log| log.places(target))).unwrap_or_else(|| vec![target]);
    for place in places {
        let head = hub.store.head(Chain::new(scope, place.device)).await?;
        if head.is_some_and(|head| head.number >= place.number) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Says whether a batch brings a fact without its bytes that no erasure names. Kept, it would take the place of the fact
/// that its author still holds. An erasure that comes later explains it.
fn unexplained(hub: &Hub, batch: &Batch) -> bool {
    let chain = batch.chain();
    if !batch.facts.iter().any(|item| matches!(item, Item::Leaf(_))) {
        return false;
    }
    let erased = hub.read(|cache| cache.log(chain.scope).map(Log::erased)).unwrap_or_default();
    let numbered = (batch.after.number.saturating_add(1)..).zip(&batch.facts);
    numbered
        .filter(|(_, item)| matches!(item, Item::Leaf(_)))
        .any(|(number, _)| !erased.contains(&chain.at(number).name()))
}

/// Returns the facts of other tablets that the corrections of a batch name. A correction of what is not written yet would
/// swallow it when it comes.
fn corrected(hub: &Hub, batch: &Batch) -> Vec<FactName> {
    let chain = batch.chain();
    let numbered = (batch.after.number.saturating_add(1)..).zip(&batch.facts);
    let mut named = Vec::new();
    for (number, item) in numbered {
        let Item::Bytes(bytes) = item else { continue };
        let Some(corrected) = correction(bytes) else { continue };
        hub.read(|cache| {
            let name = FactName::new(chain.device, number);
            let log = cache.log(chain.scope);
            let from = log.map_or_else(|| chain.device.into(), |log| log.reading(name));
            named.extend(corrected.of.iter().map(|of| of.name(from)).filter(|target| {
                // No tablet corrects what the hub wrote; of its own it may say what it likes.
                !target.device.is_hub() && !from.was(target.device)
            }));
        });
    }
    named
}

fn correction(bytes: &[u8]) -> Option<Corrected> {
    let fact = Envelope::decode(bytes).ok().filter(|fact| fact.kind == KIND_CORRECTED)?;
    match Body::from_cbor(fact.kind, fact.must_understand, &fact.body) {
        Ok(Body::Corrected(corrected)) => Some(corrected),
        _ => None,
    }
}
