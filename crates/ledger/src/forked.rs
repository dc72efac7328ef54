//! The first fact of a chain that keeps the other branch of a fork.

use crate::envelope::Envelope;
use perron_domain::fact::{Body, ChainForked};

/// The kind of the first fact of a chain that keeps a fork's other branch.
pub const KIND_CHAIN_FORKED: u16 = 113;

/// Reads what the first fact of a branch's chain says; none for any other fact.
pub(crate) fn parted(envelope: &Envelope) -> Option<ChainForked> {
    match Body::from_cbor(envelope.kind, envelope.must_understand, &envelope.body) {
        Ok(Body::ChainForked(forked)) => Some(forked),
        _ => None,
    }
}
