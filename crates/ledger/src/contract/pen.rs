//! A device that writes facts, for tests: it holds a key, a chain, and what it wrote.

use crate::append::{Append, Appended, NewFact, Origin};
use crate::chain::{Chain, Head, SignedHead};
use crate::envelope::{Envelope, VERSION};
use crate::store::{Record, Store};
use ed25519_dalek::SigningKey;
use perron_domain::name::{DeviceId, RelayId, Scope};
use perron_domain::time::{Hlc, Wall};

/// A device that writes facts about nothing in particular.
#[derive(Clone, Debug)]
pub struct Writer {
    /// The relay.
    pub relay: RelayId,
    /// The device's number.
    pub device: DeviceId,
    /// Its key, made from its number.
    pub key: SigningKey,
}

impl Writer {
    /// Returns device `number` of the relay that all tests share.
    #[must_use]
    pub fn new(number: u32) -> Self {
        let seed = [u8::try_from(number % 251).unwrap_or_default().wrapping_add(1); 32];
        Self { relay: RelayId([7; 16]), device: DeviceId(number), key: SigningKey::from_bytes(&seed) }
    }

    /// Returns its pen for a scope, at the start of the chain.
    #[must_use]
    pub fn pen(&self, scope: Scope) -> Pen {
        let chain = Chain::new(scope, self.device);
        let start = Head::start(self.relay, chain, &self.key.verifying_key());
        Pen { writer: self.clone(), chain, start, written: Vec::new() }
    }
}

/// A chain as its author knows it.
#[derive(Clone, Debug)]
pub struct Pen {
    /// Who writes.
    pub writer: Writer,
    /// The chain.
    pub chain: Chain,
    /// Its head 0.
    pub start: Head,
    /// Everything written so far.
    pub written: Vec<NewFact>,
}

impl Pen {
    /// Writes a fact whose body is this number, without storing it anywhere.
    pub fn write(&mut self, says: u32) -> NewFact {
        let ms = 1_639_645_200_000 + i64::from(says);
        let fact = Envelope {
            version: VERSION,
            kind: 1000,
            must_understand: false,
            hlc: Hlc { ms, counter: 0 },
            wall: Wall(ms),
            author: 3,
            body: minicbor::to_vec(says).unwrap_or_default(),
            salt: None,
        };
        let fact = NewFact::new(fact.encode().unwrap_or_default());
        self.written.push(fact.clone());
        fact
    }

    /// Writes facts that say these numbers.
    pub fn write_all(&mut self, says: impl IntoIterator<Item = u32>) {
        for number in says {
            self.write(number);
        }
    }

    /// Returns the head after fact `number`.
    #[must_use]
    pub fn head_at(&self, number: u32) -> Head {
        self.start.after(self.written.iter().take(number as usize).map(|fact| fact.leaf))
    }

    /// Returns the head after everything written.
    #[must_use]
    pub fn head(&self) -> Head {
        self.start.after(self.written.iter().map(|fact| fact.leaf))
    }

    /// Returns the signed head after fact `number`.
    #[must_use]
    pub fn signed_at(&self, number: u32) -> SignedHead {
        SignedHead::sign(self.writer.relay, self.chain, self.head_at(number), self.writer.device, &self.writer.key)
    }

    /// Returns the append of the facts `from..=to` as received from elsewhere, with the signed head at its end.
    #[must_use]
    pub fn stretch(&self, from: u32, to: u32) -> Append {
        let facts = self.written.iter().skip(from as usize - 1).take((to + 1).saturating_sub(from) as usize);
        Append {
            chain: self.chain,
            after: self.head_at(from - 1),
            facts: facts.cloned().collect(),
            signed: Some(self.signed_at(to)),
            origin: Origin::Elsewhere,
            received: Wall(1_639_650_000_000),
        }
    }

    /// Returns the append of everything written, as written on this device.
    #[must_use]
    pub fn own(&self) -> Append {
        let to = u32::try_from(self.written.len()).unwrap_or(u32::MAX);
        Append { origin: Origin::Here, signed: None, ..self.stretch(1, to) }
    }
}

/// Appends and says what the store answered; the store itself must not fail.
pub(super) async fn append(store: &impl Store, append: Append) -> Appended {
    store.append(append).await.expect("the store works")
}

/// Returns everything of a chain.
pub(super) async fn whole(store: &impl Store, chain: Chain) -> Vec<Record> {
    store.chain(chain, 1, u32::MAX).await.expect("the store works")
}
