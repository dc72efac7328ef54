//! A hub in memory, for tests: it answers the protocol from the ledger's own parts, and fails when told to.

use super::wire::Wire;
use crate::browser::network::NetworkError;
use ed25519_dalek::{SigningKey, VerifyingKey};
use futures::FutureExt;
use perron_domain::fact::{AccountNo, Body, DeviceEnrolled, Fact};
use perron_domain::name::{DeviceId, FactName, RelayId, Scope};
use perron_domain::time::{Hlc, Wall};
use perron_ledger::identity::DeviceKey;
use perron_ledger::receive::{Received, Trust, receive};
use perron_ledger::store::Epoch;
use perron_ledger::sync::{
    Batch, BatchAnswer, Code, Enrol, EnrolAnswer, Failure, Pull, PullAnswer, Purpose, Push, PushAnswer, Request,
    from_bytes, page, to_bytes,
};
use perron_ledger::{Append, Chain, Head, MemoryStore, NewFact, Origin, SignedHead, Store, fork, written};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

pub const NOW: Wall = Wall(1_639_645_200_000);
const RELAY: RelayId = RelayId([7; 16]);

/// Runs what the store in memory does without ever waiting, also inside a run.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never().unwrap()
}

/// How the next request fails.
#[derive(Clone, PartialEq, Debug)]
pub enum Fault {
    /// It never arrives.
    Lost(NetworkError),
    /// It arrives and is done; the answer is lost.
    AnswerLost(NetworkError),
}

pub struct FakeHub {
    pub store: RefCell<MemoryStore>,
    pub epoch: Cell<u64>,
    pub faults: RefCell<Vec<Option<Fault>>>,
    pub pushes: Cell<u32>,
    /// Turns one bit of every signature it sends.
    pub lies: Cell<bool>,
    keys: RefCell<BTreeMap<DeviceId, VerifyingKey>>,
    relay_key: SigningKey,
    hub_key: SigningKey,
}

impl FakeHub {
    pub fn new() -> Self {
        let hub_key = SigningKey::from_bytes(&[2; 32]);
        let keys = RefCell::new(BTreeMap::from([(DeviceId::HUB, hub_key.verifying_key())]));
        Self {
            store: RefCell::default(),
            epoch: Cell::new(1),
            faults: RefCell::default(),
            pushes: Cell::new(0),
            lies: Cell::new(false),
            keys,
            relay_key: SigningKey::from_bytes(&[1; 32]),
            hub_key,
        }
    }

    /// The hub writes facts of its own.
    pub fn write(&self, scope: Scope, bodies: Vec<Body>) {
        let chain = Chain::new(scope, DeviceId::HUB);
        let store = self.store.borrow();
        let start = Head::start(RELAY, chain, &self.hub_key.verifying_key());
        let head = at_once(store.head(chain)).unwrap().unwrap_or(start);
        let facts: Vec<NewFact> = (head.number + 1..)
            .zip(bodies)
            .map(|(number, body)| {
                let name = FactName::new(DeviceId::HUB, number);
                let hlc = Hlc { ms: NOW.0, counter: number };
                let fact = Fact { name, hlc, wall: NOW, author: AccountNo(1), body };
                NewFact::new(written::write(&fact, [number as u8; 16]).unwrap())
            })
            .collect();
        let reached = head.after(facts.iter().map(|fact| fact.leaf));
        let signed = Some(SignedHead::sign(RELAY, chain, reached, DeviceId::HUB, &self.hub_key));
        let append = Append { chain, after: head, facts, signed, origin: Origin::Here, received: NOW };
        let _ = at_once(store.append(append)).unwrap();
    }

    /// Binds a number to a key and says so in the common part.
    fn bind(&self, device: DeviceId, key: VerifyingKey, label: &str) -> DeviceKey {
        let bound = DeviceKey::bind(RELAY, device, &key, &self.relay_key);
        self.keys.borrow_mut().insert(device, key);
        let enrolled = DeviceEnrolled {
            device,
            public_key: bound.public_key.to_vec().into(),
            label: label.to_owned(),
            relay_signature: bound.relay_signature.to_vec().into(),
        };
        self.write(Scope::COMMON, vec![enrolled.into()]);
        bound
    }

    fn next_number(&self) -> DeviceId {
        DeviceId(self.keys.borrow().len() as u32 + 1)
    }

    /// The hub is restored from a backup made before any tablet wrote.
    pub fn lose_everything(&self) {
        let old = self.store.replace(MemoryStore::new());
        let common = Chain::new(Scope::COMMON, DeviceId::HUB);
        let kept = at_once(old.chain(common, 1, u32::MAX)).unwrap();
        let bodies = kept.iter().map(|record| written::read(record.place, record.bytes.as_deref()).unwrap().body);
        self.write(Scope::COMMON, bodies.collect());
        self.epoch.set(self.epoch.get() + 1);
    }

    fn enrol(&self, body: &[u8]) -> Result<Vec<u8>, Code> {
        let enrol: Enrol = from_bytes(body)?;
        let key = enrol.verify()?;
        if enrol.code != "ABCD-EFGH" {
            return Err(Code::CodeUnknown);
        }
        let known = self.keys.borrow().iter().find(|(_, known)| **known == key).map(|(device, _)| *device);
        let device = self.bind(known.unwrap_or_else(|| self.next_number()), key, &enrol.label);
        let hub = DeviceKey::bind(RELAY, DeviceId::HUB, &self.hub_key.verifying_key(), &self.relay_key);
        let relay_key = self.relay_key.verifying_key().to_bytes();
        Ok(to_bytes(&EnrolAnswer { relay: RELAY.0, relay_key, device, hub, epoch: Epoch(self.epoch.get()) }))
    }

    fn open<T: for<'b> minicbor::Decode<'b, ()>>(&self, body: &[u8], purpose: Purpose) -> Result<T, Code> {
        let request: Request = from_bytes(body)?;
        request.verify(purpose, &self.key(request.device)?)?;
        from_bytes(&request.body)
    }

    fn push(&self, body: &[u8]) -> Result<Vec<u8>, Code> {
        let push: Push = self.open(body, Purpose::Push)?;
        self.pushes.set(self.pushes.get() + 1);
        let batches = push.batches.into_iter().map(|batch| self.take(batch)).collect();
        Ok(to_bytes(&PushAnswer { epoch: Epoch(self.epoch.get()), batches, update: None }))
    }

    fn take(&self, batch: Batch) -> BatchAnswer {
        let received = at_once(receive(&*self.store.borrow(), self, batch, NOW)).unwrap();
        let branch = match received {
            Received::Answered(answer) => return answer,
            Received::Forked(branch) => branch,
        };
        let old = branch.batch.chain;
        let (kept_as, key) = (self.next_number(), self.key(old.device).unwrap());
        self.bind(kept_as, key, "fork");
        let store = self.store.borrow();
        let before = at_once(store.head_at(old, branch.at - 1)).unwrap().unwrap();
        let first = fork::first_fact(old, branch.at, before, Hlc { ms: NOW.0, counter: 0 }, NOW).unwrap();
        at_once(fork::open(&*store, self, *branch, kept_as, &key, first, NOW)).unwrap()
    }

    fn pull(&self, body: &[u8]) -> Result<Vec<u8>, Code> {
        let pull: Pull = self.open(body, Purpose::Pull)?;
        let store = self.store.borrow();
        let epoch = Epoch(self.epoch.get());
        let (mut batches, mut reached, mut heads, mut more) = (Vec::new(), Vec::new(), Vec::new(), false);
        for gap in pull.gaps.unwrap_or_default() {
            batches.extend(at_once(page::stretch(&*store, gap)).unwrap());
        }
        for scope in &pull.scopes {
            heads.extend(at_once(page::heads(&*store, scope.scope)).unwrap());
            if pull.epoch == epoch {
                let page = at_once(page::page(&*store, *scope, pull.limit as usize)).unwrap();
                more |= page.more;
                batches.extend(page.batches);
                reached.push(page.reached);
            }
        }
        if self.lies.get() {
            batches.iter_mut().for_each(|batch| batch.signed.signature[3] ^= 1);
        }
        let heads = (!more).then_some(heads);
        Ok(to_bytes(&PullAnswer { epoch, batches, reached, more, heads, closed: None }))
    }
}

impl Trust for FakeHub {
    fn relay(&self) -> RelayId {
        RELAY
    }

    fn key(&self, device: DeviceId) -> Result<VerifyingKey, Code> {
        self.keys.borrow().get(&device).copied().ok_or(Code::UnknownDevice)
    }

    fn allows(&self, chain: Chain) -> bool {
        chain.scope.round_number().is_some()
    }

    fn notarise(&self, chain: Chain, head: Head) -> Option<SignedHead> {
        Some(SignedHead::sign(RELAY, chain, head, DeviceId::HUB, &self.hub_key))
    }
}

impl Wire for FakeHub {
    async fn post(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, NetworkError> {
        let fault = self.faults.borrow_mut().pop().flatten();
        if let Some(Fault::Lost(error)) = fault {
            return Err(error);
        }
        let answer = match path {
            "/sync/enrol" => self.enrol(&body),
            "/sync/push" => self.push(&body),
            _ => self.pull(&body),
        };
        if let Some(Fault::AnswerLost(error)) = fault {
            return Err(error);
        }
        answer.map_err(|code| NetworkError::Status { status: 403, ours: true, body: to_bytes(&Failure::from(code)) })
    }
}
