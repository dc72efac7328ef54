//! A hub in memory for tests: it trusts writers by their number and opens forks under numbers from 100 on.

#![allow(dead_code, reason = "each test file uses a part")]

use ed25519_dalek::VerifyingKey;
use futures::executor::block_on;
use perron_domain::name::{DeviceId, RelayId, Scope};
use perron_domain::time::{Hlc, Wall};
use perron_ledger::contract::{Pen, Writer};
use perron_ledger::envelope::Envelope;
use perron_ledger::receive::{Received, receive};
use perron_ledger::sync::{Batch, BatchAnswer, Code, Item, page};
use perron_ledger::trust::Trust;
use perron_ledger::{Chain, Head, MemoryStore, Place, Quarantine, SignedHead, Store, fork};

/// The time of every receipt.
pub const NOW: Wall = Wall(1_639_650_000_000);

/// What a store keeps of a fact, whenever it arrived.
pub type Kept = (Place, Option<Vec<u8>>, Head, Option<Quarantine>);

/// A relay's hub, or with `notary` off, a tablet that receives.
pub struct Hub {
    pub store: MemoryStore,
    pub notary: bool,
    /// Which tablet's key a number drawn for a fork is bound to.
    pub forks: std::cell::RefCell<Vec<u32>>,
    /// Kinds that nobody may write.
    pub forbidden_kind: Option<u16>,
}

/// The device that is blocked, and the largest number that was enrolled.
pub const BLOCKED: u32 = 66;
pub const UNKNOWN_FROM: u32 = 200;
/// The first number drawn for a fork.
pub const FORKS_FROM: u32 = 100;

pub fn hub() -> Hub {
    Hub { store: MemoryStore::new(), notary: true, forks: Default::default(), forbidden_kind: None }
}

impl Hub {
    /// A tablet that trusts the same devices as this hub.
    pub fn tablet(&self) -> Hub {
        Hub { notary: false, forks: self.forks.clone(), ..hub() }
    }

    pub fn receive(&self, batch: Batch) -> Received {
        block_on(receive(&self.store, self, batch, NOW)).unwrap()
    }

    /// Receives and, as the hub does, opens a chain for a fork.
    pub fn push(&self, batch: Batch) -> BatchAnswer {
        match self.receive(batch) {
            Received::Answered(answer) => answer,
            Received::Forked(branch) => {
                let kept_as = branch.half_open.unwrap_or_else(|| self.draw(branch.batch.chain.device));
                self.open(*branch, kept_as)
            }
        }
    }

    pub fn draw(&self, old: DeviceId) -> DeviceId {
        let mut forks = self.forks.borrow_mut();
        forks.push(old.0);
        DeviceId(FORKS_FROM + u32::try_from(forks.len()).unwrap() - 1)
    }

    pub fn open(&self, branch: fork::Branch, kept_as: DeviceId) -> BatchAnswer {
        let hlc = Hlc { ms: NOW.0, counter: 0 };
        let first = block_on(fork::first_of(&self.store, &branch, hlc, NOW)).unwrap();
        let key = self.key(kept_as).unwrap();
        block_on(fork::open(&self.store, self, branch, kept_as, &key, first, NOW)).unwrap()
    }

    pub fn head(&self, chain: Chain) -> Option<Head> {
        block_on(self.store.head(chain)).unwrap()
    }

    /// Everything of a scope, without what depends on the order of arrival.
    pub fn content(&self, scope: Scope) -> Vec<Kept> {
        let mut all: Vec<_> = block_on(self.store.arrivals(scope, 0, usize::MAX))
            .unwrap()
            .into_iter()
            .map(|it| (it.place, it.bytes, Head { number: it.place.number, hash: it.head }, it.quarantine))
            .collect();
        all.sort_by_key(|it| it.0);
        all
    }

    /// Gives everything of a scope to another receiver, page by page.
    pub fn give_all(&self, to: &Hub, scope: Scope, limit: usize) {
        let mut reached = perron_ledger::sync::Reached { scope, arrival: 0 };
        loop {
            let page = block_on(page::page(&self.store, reached, limit)).unwrap();
            for batch in page.batches {
                let Received::Answered(answer) = to.receive(batch) else { panic!("a fork") };
                assert_eq!(answer.refusal, None);
            }
            reached = page.reached;
            if !page.more {
                return;
            }
        }
    }
}

impl Trust for Hub {
    fn relay(&self) -> RelayId {
        RelayId([7; 16])
    }

    fn key(&self, device: DeviceId) -> Result<VerifyingKey, Code> {
        match device.0 {
            BLOCKED => Err(Code::DeviceBlocked),
            UNKNOWN_FROM.. => Err(Code::UnknownDevice),
            FORKS_FROM.. => {
                let forks = self.forks.borrow();
                let old = forks.get((device.0 - FORKS_FROM) as usize).ok_or(Code::UnknownDevice)?;
                Ok(Writer::new(*old).key.verifying_key())
            }
            number => Ok(Writer::new(number).key.verifying_key()),
        }
    }

    fn allows(&self, chain: Chain) -> bool {
        chain.scope.round_number().is_some() || chain.device == DeviceId::HUB
    }

    fn quarantine(&self, _: Place, fact: &Envelope) -> Option<Quarantine> {
        (Some(fact.kind) == self.forbidden_kind).then_some(Quarantine::NotAllowed)
    }

    fn notarise(&self, chain: Chain, head: Head) -> Option<SignedHead> {
        let hub = Writer::new(1);
        self.notary.then(|| SignedHead::sign(self.relay(), chain, head, DeviceId::HUB, &hub.key))
    }
}

/// Returns a chain of device `number` in round 1 that says these numbers.
pub fn wrote(number: u32, says: impl IntoIterator<Item = u32>) -> Pen {
    let mut pen = Writer::new(number).pen(Scope::round(1));
    pen.write_all(says);
    pen
}

/// Returns the facts `from..=to` as a batch.
pub fn batch(pen: &Pen, from: u32, to: u32) -> Batch {
    let stretch = pen.stretch(from, to);
    let item = |fact: perron_ledger::NewFact| fact.bytes.map_or(Item::Leaf(fact.leaf), Item::Bytes);
    let facts = stretch.facts.into_iter().map(item).collect();
    Batch { after: stretch.after, facts, ahead: None, signed: pen.signed_at(to) }
}
