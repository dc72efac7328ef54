//! The forms in which things lie in the database: CBOR arrays, with the key's parts repeated so that a value says by
//! itself what it is.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use perron_domain::time::Wall;
use perron_ledger::append::Known;
use perron_ledger::store::{Outgoing, Stuck, Waiting};
use perron_ledger::{Chain, Hash, Head, Quarantine, Record, SignedHead, StoreError};

/// A fact, its bytes sealed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct KeptFact {
    #[n(0)]
    pub chain: Chain,
    #[n(1)]
    pub number: u32,
    #[n(2)]
    pub arrival: u64,
    #[n(3)]
    pub received: Wall,
    #[n(4)]
    pub leaf: Hash,
    #[n(5)]
    pub head: Hash,
    #[n(6)]
    pub quarantine: Option<Quarantine>,
    #[n(7)]
    pub bytes: Option<ByteVec>,
}

impl KeptFact {
    /// Returns what a store answers, with the bytes still sealed.
    pub fn sealed_record(self) -> Record {
        Record {
            place: self.chain.at(self.number),
            arrival: self.arrival,
            received: self.received,
            leaf: self.leaf,
            head: self.head,
            bytes: self.bytes.map(Vec::from),
            quarantine: self.quarantine,
        }
    }

    pub const fn known(&self) -> Known {
        Known { leaf: self.leaf, head: self.head }
    }
}

/// A chain: where it began, how far it goes, and for one written here what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct KeptChain {
    #[n(0)]
    pub chain: Chain,
    #[n(1)]
    pub start: Hash,
    #[n(2)]
    pub head: Head,
    #[n(3)]
    pub outgoing: Option<KeptOutgoing>,
}

/// What the hub said of a chain written here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct KeptOutgoing {
    #[n(0)]
    pub acknowledged: u32,
    #[n(1)]
    pub stuck: Option<Stuck>,
}

impl KeptChain {
    pub fn outgoing(&self) -> Option<Outgoing> {
        let KeptOutgoing { acknowledged, stuck } = self.outgoing?;
        Some(Outgoing { chain: self.chain, head: self.head, acknowledged, stuck })
    }
}

/// A batch behind a hole, its bytes sealed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct KeptWaiting {
    #[n(0)]
    pub from: u32,
    #[n(1)]
    pub facts: Vec<KeptWaitingFact>,
    #[n(2)]
    pub ahead: Vec<Hash>,
    #[n(3)]
    pub signed: SignedHead,
}

/// One fact of such a batch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct KeptWaitingFact {
    #[n(0)]
    pub leaf: Hash,
    #[n(1)]
    pub bytes: Option<ByteVec>,
}

impl From<Waiting> for KeptWaiting {
    fn from(waiting: Waiting) -> Self {
        let facts = waiting.facts.into_iter();
        Self {
            from: waiting.from,
            facts: facts.map(|(leaf, bytes)| KeptWaitingFact { leaf, bytes: bytes.map(ByteVec::from) }).collect(),
            ahead: waiting.ahead,
            signed: waiting.signed,
        }
    }
}

impl KeptWaiting {
    pub fn waiting(self, chain: Chain) -> Waiting {
        let facts = self.facts.into_iter();
        Waiting {
            chain,
            from: self.from,
            facts: facts.map(|fact| (fact.leaf, fact.bytes.map(Vec::from))).collect(),
            ahead: self.ahead,
            signed: self.signed,
        }
    }
}

/// Returns the bytes to keep for `value`.
pub fn encode<T: Encode<()>>(value: &T) -> Result<Vec<u8>, StoreError> {
    minicbor::to_vec(value).map_err(|error| StoreError::Failed(error.to_string()))
}

/// Returns the value that was kept as `bytes`.
pub fn decode<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Result<T, StoreError> {
    minicbor::decode(bytes).map_err(|error| StoreError::Damaged(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::name::{DeviceId, Scope};

    fn fact() -> KeptFact {
        KeptFact {
            chain: Chain::new(Scope::round(1), DeviceId(7)),
            number: 3,
            arrival: 12,
            received: Wall(1_639_670_400_000),
            leaf: Hash([1; 32]),
            head: Hash([2; 32]),
            quarantine: Some(Quarantine::NotAllowed),
            bytes: Some(vec![9, 9].into()),
        }
    }

    #[test]
    fn a_fact_comes_back_as_it_was_kept() {
        let kept = encode(&fact()).unwrap();
        assert_eq!(decode::<KeptFact>(&kept).unwrap(), fact());
        let erased = KeptFact { bytes: None, ..fact() };
        assert_eq!(decode::<KeptFact>(&encode(&erased).unwrap()).unwrap(), erased);
    }

    #[test]
    fn damaged_bytes_are_an_error_and_not_a_fact() {
        let mut kept = encode(&fact()).unwrap();
        kept.truncate(20);
        assert!(matches!(decode::<KeptFact>(&kept), Err(StoreError::Damaged(_))));
    }

    #[test]
    fn a_chain_that_was_received_is_not_in_the_outbox() {
        let chain = Chain::new(Scope::COMMON, DeviceId::HUB);
        let head = Head { number: 2, hash: Hash([3; 32]) };
        let received = KeptChain { chain, start: Hash([0; 32]), head, outgoing: None };
        assert_eq!(received.outgoing(), None);
        let own = KeptChain { outgoing: Some(KeptOutgoing { acknowledged: 1, stuck: None }), ..received };
        assert_eq!(own.outgoing().unwrap().waiting(), 1);
    }
}
