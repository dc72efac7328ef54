//! A hub in memory: it answers the protocol from the ledger's own parts, as `crates/hub` does over SQLite and HTTP.
//!
//! It can be backed up and restored, as the real one is: then it has a new epoch and less than it acknowledged.

use crate::at_once;
use crate::disk::Disk;
use ed25519_dalek::{SigningKey, VerifyingKey};
use perron_domain::fact::{AccountNo, Body, DeviceEnrolled, Fact, RoundAssigned};
use perron_domain::name::{DeviceId, FactName, RelayId, Scope};
use perron_domain::state::{CommonState, RoundState};
use perron_domain::time::{Hlc, Wall};
use perron_domain::{Command, Context, Refusal, decide};
use perron_ledger::identity::DeviceKey;
use perron_ledger::receive::{Received, receive};
use perron_ledger::store::Epoch;
use perron_ledger::sync::{
    Batch, BatchAnswer, Code, Enrol, EnrolAnswer, Pull, PullAnswer, Purpose, Push, PushAnswer, Request, from_bytes,
    page, to_bytes,
};
use perron_ledger::trust::Trust;
use perron_ledger::{Append, Appended, Chain, Head, NewFact, Origin, SignedHead, Store, fork, rights, written};
use perron_tablet::keeper::readable;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// The morning of the rounds: 16 December 2021, 9 h in Paris.
pub const NOW: Wall = Wall(1_639_641_600_000);
/// The code that enrols any tablet.
pub const CODE: &str = "ABCD-EFGH";
const RELAY: RelayId = RelayId([7; 16]);

/// A relay's hub.
#[derive(Debug)]
pub struct Hub {
    /// Where its facts are.
    pub disk: Disk,
    /// Its epoch, another after each restore.
    pub epoch: Cell<u64>,
    /// Its wall clock.
    pub now: Cell<Wall>,
    /// How many pushes reached it.
    pub pushes: Cell<u32>,
    /// Turns one bit of every signature it sends.
    pub lies: Cell<bool>,
    /// The number that it writes its own chains under: another after each restore.
    device: Cell<DeviceId>,
    next_device: Cell<u32>,
    folded: RefCell<Folded>,
    relay_key: SigningKey,
    hub_key: SigningKey,
}

#[derive(Debug, Default)]
struct Folded {
    common: CommonState,
    rounds: BTreeMap<Scope, RoundState>,
    taken: BTreeMap<Scope, u64>,
    clock: Hlc,
}

impl Default for Hub {
    fn default() -> Self {
        Self::new()
    }
}

impl Hub {
    /// A hub that knows nobody but itself.
    #[must_use]
    pub fn new() -> Self {
        Self {
            disk: Disk::of_a_hub(),
            epoch: Cell::new(1),
            now: Cell::new(NOW),
            pushes: Cell::default(),
            lies: Cell::default(),
            device: Cell::new(DeviceId::HUB),
            next_device: Cell::new(2),
            folded: RefCell::default(),
            relay_key: SigningKey::from_bytes(&[1; 32]),
            hub_key: SigningKey::from_bytes(&[2; 32]),
        }
    }

    /// Writes facts of the hub's own and returns their names.
    pub fn write(&self, scope: Scope, bodies: Vec<Body>) -> Vec<FactName> {
        let chain = Chain::new(scope, self.device.get());
        let start = Head::start(RELAY, chain, &self.hub_key.verifying_key());
        let head = at_once(self.disk.head(chain)).unwrap().unwrap_or(start);
        let mut hlc = self.folded.borrow().clock;
        let mut facts = Vec::new();
        for (number, body) in (head.number + 1..).zip(bodies) {
            hlc = hlc.tick(self.now.get());
            let name = FactName::new(self.device.get(), number);
            let fact = Fact { name, hlc, wall: self.now.get(), author: AccountNo(1), body };
            let [low, high, ..] = number.to_be_bytes();
            facts.push(NewFact::new(written::write(&fact, [low ^ high; 16]).unwrap()));
        }
        let reached = head.after(facts.iter().map(|fact| fact.leaf));
        let signed = Some(SignedHead::sign(RELAY, chain, reached, self.device.get(), &self.hub_key));
        let append = Append { chain, after: head, facts, signed, origin: Origin::Here, received: self.now.get() };
        assert!(matches!(at_once(self.disk.append(append)).unwrap(), Appended::Stored { .. }), "it writes alone");
        self.fold(scope);
        (head.number + 1..=reached.number).map(|number| FactName::new(self.device.get(), number)).collect()
    }

    /// Runs a command of the desk in a round.
    ///
    /// # Errors
    /// The refusal of the domain; then nothing was written.
    pub fn command(&self, round: u32, command: Command) -> Result<Vec<FactName>, Refusal> {
        let scope = Scope::round(round);
        let next =
            at_once(self.disk.head(Chain::new(scope, self.device.get()))).unwrap().map_or(1, |head| head.number + 1);
        let context = Context { device: self.device.get(), next, now: self.now.get(), author: AccountNo(1) };
        let empty = RoundState::default();
        let bodies =
            self.look(|common, rounds| decide(rounds.get(&scope).unwrap_or(&empty), common, command, &context))?;
        Ok(self.write(scope, bodies))
    }

    /// Gives a round to tablets, in place of those who had it.
    pub fn assign(&self, round: u32, devices: &[DeviceId]) {
        let on = "2021-12-16".parse().unwrap();
        let label = format!("Bondy {round}");
        self.write(
            Scope::COMMON,
            vec![RoundAssigned { round, on, label, devices: devices.to_vec(), cancelled: None }.into()],
        );
    }

    /// Looks at the relay's common part and its rounds as they are now.
    pub fn look<R>(&self, look: impl FnOnce(&CommonState, &BTreeMap<Scope, RoundState>) -> R) -> R {
        let folded = self.folded.borrow();
        look(&folded.common, &folded.rounds)
    }

    /// Folds what arrived in a scope since the last look.
    fn fold(&self, scope: Scope) {
        let after = self.folded.borrow().taken.get(&scope).copied().unwrap_or(0);
        let mut records = at_once(self.disk.arrivals(scope, after, usize::MAX)).unwrap();
        let Some(last) = records.last().map(|record| record.arrival) else { return };
        let arrived: Vec<Fact> = records.iter().filter_map(readable).collect();
        let again = at_once(rights::carry_out(&self.disk, scope, &arrived)).unwrap();
        if again {
            records = at_once(self.disk.arrivals(scope, 0, usize::MAX)).unwrap();
        }
        let facts: Vec<Fact> = records.iter().filter_map(readable).collect();
        let now = self.now.get();
        let mut folded = self.folded.borrow_mut();
        for fact in &facts {
            let ours = fact.name.device.is_hub();
            folded.clock = if ours { folded.clock.max(fact.hlc) } else { folded.clock.receive(fact.hlc, now) };
        }
        folded.taken.insert(scope, last);
        if scope == Scope::COMMON {
            folded.common.apply_all(facts);
        } else {
            if again {
                folded.rounds.remove(&scope);
            }
            folded.rounds.entry(scope).or_default().apply_all(facts);
        }
    }

    /// Returns a copy of everything, as a backup is.
    #[must_use]
    pub fn backup(&self) -> Disk {
        self.disk.copied()
    }

    /// Puts a backup back: a new epoch begins, and the hub goes on under a number of its own that it never had, so that
    /// its chains cannot fork. Device numbers go on where they were: none is ever used twice.
    pub fn restore(&self, backup: &Disk) {
        self.disk.put_back(backup);
        self.epoch.set(self.epoch.get() + 1);
        self.device.set(DeviceId(DeviceId::HUB_AGAIN.0 + u32::try_from(self.epoch.get()).unwrap()));
        self.folded.replace(Folded::default());
        for scope in at_once(self.disk.scopes()).unwrap() {
            self.fold(scope);
        }
    }

    /// Binds a number to a key and says so in the common part.
    fn bind(&self, device: DeviceId, key: &VerifyingKey, label: &str) -> DeviceKey {
        let bound = DeviceKey::bind(RELAY, device, key, &self.relay_key);
        let enrolled = DeviceEnrolled {
            device,
            public_key: bound.public_key.to_vec().into(),
            label: label.to_owned(),
            relay_signature: bound.relay_signature.to_vec().into(),
        };
        self.write(Scope::COMMON, vec![enrolled.into()]);
        bound
    }

    fn draw(&self) -> DeviceId {
        DeviceId(self.next_device.replace(self.next_device.get() + 1))
    }

    /// The hub's own device, bound by the relay.
    fn own(&self) -> DeviceKey {
        DeviceKey::bind(RELAY, DeviceId::HUB, &self.hub_key.verifying_key(), &self.relay_key)
    }

    /// Answers one request.
    ///
    /// # Errors
    /// The code of a refusal of the whole request.
    pub fn answer(&self, path: &str, body: &[u8]) -> Result<Vec<u8>, Code> {
        match path {
            "/sync/enrol" => self.enrol(body),
            "/sync/push" => self.push(body),
            _ => self.pull(body),
        }
    }

    fn enrol(&self, body: &[u8]) -> Result<Vec<u8>, Code> {
        let enrol: Enrol = from_bytes(body)?;
        let key = enrol.verify()?;
        if enrol.code != CODE {
            return Err(Code::CodeUnknown);
        }
        let known = self.look(|common, _| {
            let device = common.devices.iter().find(|(_, device)| device.public_key.as_slice() == key.as_bytes());
            device.map(|(number, _)| *number)
        });
        let device = match known {
            Some(number) => DeviceKey::bind(RELAY, number, &key, &self.relay_key),
            None => self.bind(self.draw(), &key, &enrol.label),
        };
        let relay_key = self.relay_key.verifying_key().to_bytes();
        Ok(to_bytes(&EnrolAnswer {
            relay: RELAY.0,
            relay_key,
            device,
            hub: self.own(),
            epoch: Epoch(self.epoch.get()),
        }))
    }

    fn open<T: for<'b> minicbor::Decode<'b, ()>>(&self, body: &[u8], purpose: Purpose) -> Result<(DeviceId, T), Code> {
        let request: Request = from_bytes(body)?;
        request.verify(purpose, &Rights { hub: self, sender: request.device }.key(request.device)?)?;
        Ok((request.device, from_bytes(&request.body)?))
    }

    fn push(&self, body: &[u8]) -> Result<Vec<u8>, Code> {
        let (sender, push): (_, Push) = self.open(body, Purpose::Push)?;
        self.pushes.set(self.pushes.get() + 1);
        let batches = push.batches.into_iter().map(|batch| self.take(sender, batch)).collect();
        Ok(to_bytes(&PushAnswer { epoch: Epoch(self.epoch.get()), batches, update: None, wall: Some(self.now.get()) }))
    }

    fn take(&self, sender: DeviceId, batch: Batch) -> BatchAnswer {
        let (rights, now, scope) = (Rights { hub: self, sender }, self.now.get(), batch.chain().scope);
        let received = at_once(receive(&self.disk, &rights, batch, now)).unwrap();
        let answer = match received {
            Received::Answered(answer) => answer,
            Received::Forked(branch) => {
                let old = branch.batch.chain;
                let key = rights.key(old.device).unwrap();
                let kept_as = branch.half_open.unwrap_or_else(|| {
                    let number = self.draw();
                    self.bind(number, &key, "copie");
                    number
                });
                let hlc = self.folded.borrow().clock.tick(now);
                let first = at_once(fork::first_of(&self.disk, &branch, hlc, now)).unwrap();
                at_once(fork::open(&self.disk, &rights, *branch, kept_as, &key, first, now)).unwrap()
            }
        };
        self.fold(scope);
        answer
    }

    fn pull(&self, body: &[u8]) -> Result<Vec<u8>, Code> {
        let (sender, mut pull): (_, Pull) = self.open(body, Purpose::Pull)?;
        let rights = Rights { hub: self, sender };
        let (mine, closed): (Vec<_>, Vec<_>) =
            pull.scopes.iter().copied().partition(|reached| rights.may_hold(sender, reached.scope));
        pull.scopes = mine;
        let epoch = Epoch(self.epoch.get());
        let (mut batches, mut reached, mut heads, mut more) = (Vec::new(), Vec::new(), Vec::new(), false);
        if pull.epoch == epoch {
            let gaps = pull.gaps.unwrap_or_default();
            for gap in gaps.into_iter().filter(|gap| rights.may_hold(sender, gap.chain.scope)) {
                batches.extend(at_once(page::stretch(&self.disk, gap)).unwrap());
            }
        }
        for scope in &pull.scopes {
            heads.extend(at_once(page::heads(&self.disk, scope.scope)).unwrap());
            if pull.epoch == epoch {
                let page = at_once(page::page(&self.disk, *scope, pull.limit as usize)).unwrap();
                more |= page.more;
                batches.extend(page.batches);
                reached.push(page.reached);
            }
        }
        if self.lies.get() {
            batches.iter_mut().for_each(|batch| batch.signed.signature[3] ^= 1);
        }
        let heads = (!more).then_some(heads);
        let closed: Vec<Scope> = closed.iter().map(|reached| reached.scope).collect();
        let closed = (!closed.is_empty()).then_some(closed);
        Ok(to_bytes(&PullAnswer { epoch, batches, reached, more, heads, closed, wall: Some(self.now.get()) }))
    }
}

/// What a sender may do, by the same rules as `crates/hub/src/hub/trust.rs`.
struct Rights<'a> {
    hub: &'a Hub,
    sender: DeviceId,
}

impl Rights<'_> {
    fn may_hold(&self, device: DeviceId, scope: Scope) -> bool {
        if scope == Scope::COMMON {
            return true;
        }
        let devices = self.hub.look(|common, _| {
            let round = scope.round_number().and_then(|round| common.rounds.get(&round));
            round.map(|round| round.devices.clone()).unwrap_or_default()
        });
        devices.iter().any(|one| self.same(*one, device))
    }

    /// Says whether two numbers are bound to one key.
    fn same(&self, one: DeviceId, other: DeviceId) -> bool {
        self.hub.look(|common, _| {
            let key = |device| common.devices.get(&device).map(|known| &known.public_key);
            one == other || (key(one).is_some() && key(one) == key(other))
        })
    }
}

impl Trust for Rights<'_> {
    fn relay(&self) -> RelayId {
        RELAY
    }

    fn key(&self, device: DeviceId) -> Result<VerifyingKey, Code> {
        if device.is_hub() {
            return Ok(self.hub.hub_key.verifying_key());
        }
        self.hub.look(|common, _| {
            let known = common.devices.get(&device).ok_or(Code::UnknownDevice)?;
            let key = known.public_key.as_slice().try_into().map_err(|_| Code::UnknownDevice)?;
            VerifyingKey::from_bytes(&key).map_err(|_| Code::UnknownDevice)
        })
    }

    /// Whoever holds a scope may bring back any chain of it: its author's signature says whose it is.
    fn allows(&self, chain: Chain) -> bool {
        let author_may =
            chain.device.is_hub() || (chain.scope.round_number().is_some() && self.may_hold(chain.device, chain.scope));
        author_may && self.may_hold(self.sender, chain.scope)
    }

    fn notarise(&self, chain: Chain, head: Head) -> Option<SignedHead> {
        Some(SignedHead::sign(RELAY, chain, head, DeviceId::HUB, &self.hub.hub_key))
    }
}
