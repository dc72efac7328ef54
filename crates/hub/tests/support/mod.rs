//! A hub on a free port with a relay of its own, and tablets that talk to it as `docs/protocol.md` says.

#![allow(dead_code, reason = "each test file uses its part")]

use ed25519_dalek::{SigningKey, VerifyingKey};
use perron_domain::CommonCommand;
use perron_domain::date::Day;
use perron_domain::fact::{AccountNo, Body, DifficultyReported, Fact, LotReceived, RoundAssigned};
use perron_domain::name::{DeviceId, FactName, RelayId, Scope};
use perron_domain::time::{Hlc, Wall};
use perron_hub::serve::{Running, ServeOptions, start};
use perron_ledger::store::Epoch;
use perron_ledger::sync::{
    Batch, BatchAnswer, Client, Code, Enrol, EnrolAnswer, Failure, Item, Pull, PullAnswer, Purpose, Push, PushAnswer,
    Reached, Request, from_bytes, to_bytes,
};
use perron_ledger::{Chain, Head, SignedHead, written};
use reqwest::StatusCode;
use tempfile::TempDir;

pub const ROUND: Scope = Scope::round(1);

/// A hub under test. Its folder goes with it.
pub struct Relay {
    pub running: Running,
    pub client: reqwest::Client,
    folder: TempDir,
}

impl Relay {
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::on(folder).await
    }

    /// Starts a hub on a folder, which it takes with it.
    pub async fn on(folder: TempDir) -> Self {
        let listen = "127.0.0.1:0".parse().unwrap();
        let options = ServeOptions { data: folder.path().join("data"), listen, demo: false, name: None };
        Self { running: start(options).await.unwrap(), client: reqwest::Client::new(), folder }
    }

    pub async fn restart(self) -> Self {
        self.running.stop().await;
        Self::on(self.folder).await
    }

    /// Stops the hub, copies its folder aside, and starts it again: a backup.
    pub async fn back_up(self) -> (Self, TempDir) {
        self.running.stop().await;
        let copy = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(self.folder.path().join("data")).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
        (Self::on(self.folder).await, copy)
    }

    /// Stops the hub and puts the copy in the place of its folder, as after a broken disk.
    pub async fn put_back(self, copy: &TempDir) -> Self {
        let folder = self.put_back_silently(copy).await;
        perron_hub::serve::restored(&folder.path().join("data")).await.unwrap();
        Self::on(folder).await
    }

    /// The same without telling the hub.
    pub async fn put_back_silently(self, copy: &TempDir) -> TempDir {
        self.running.stop().await;
        let data = self.folder.path().join("data");
        std::fs::remove_dir_all(&data).unwrap();
        std::fs::create_dir(&data).unwrap();
        for entry in std::fs::read_dir(copy.path()).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), data.join(entry.file_name())).unwrap();
        }
        self.folder
    }

    /// Stops the hub, says that its folder was put back from a copy, and starts it again.
    pub async fn restore(self) -> Self {
        self.running.stop().await;
        perron_hub::serve::restored(&self.folder.path().join("data")).await.unwrap();
        Self::on(self.folder).await
    }

    /// Returns the hub's database file.
    pub fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("data/perron.sqlite3")
    }

    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    /// Posts bytes and returns the status and the body.
    pub async fn post(&self, path: &str, body: Vec<u8>) -> (StatusCode, Vec<u8>) {
        let answer = self.client.post(self.at(path)).body(body).send().await.unwrap();
        (answer.status(), answer.bytes().await.unwrap().to_vec())
    }

    pub async fn ask<T: for<'b> minicbor::Decode<'b, ()>>(&self, path: &str, body: Vec<u8>) -> Result<T, Failure> {
        let (status, bytes) = self.post(path, body).await;
        if status == StatusCode::OK { Ok(from_bytes(&bytes).unwrap()) } else { Err(from_bytes(&bytes).unwrap()) }
    }

    pub async fn new_code(&self) -> String {
        self.running.hub.new_code("Tablette 1", AccountNo(0)).await.unwrap().code
    }

    /// Types a code on a tablet whose key is made of `seed`.
    pub async fn enrol(&self, code: &str, seed: u8) -> Result<Tablet, Failure> {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let request = Enrol::new(code.to_owned(), "iPad".to_owned(), client(), &key);
        let answer: EnrolAnswer = self.ask("/sync/enrol", to_bytes(&request)).await?;
        let relay = RelayId(answer.relay);
        let relay_key = VerifyingKey::from_bytes(&answer.relay_key).unwrap();
        assert_eq!(answer.device.verify(relay, &relay_key).unwrap(), key.verifying_key());
        assert_eq!(answer.hub.device, DeviceId::HUB);
        answer.hub.verify(relay, &relay_key).unwrap();
        let device = answer.device.device;
        let head = Head::start(relay, Chain::new(ROUND, device), &key.verifying_key());
        Ok(Tablet { relay, device, key, head, epoch: answer.epoch, minute: 0 })
    }

    /// A tablet that was let in and has round 1.
    pub async fn tablet(&self, seed: u8) -> Tablet {
        let tablet = self.enrol(&self.new_code().await, seed).await.unwrap();
        self.assign(&tablet).await;
        tablet
    }

    /// Gives round 1 to a tablet, beside those that have it already.
    pub async fn assign(&self, tablet: &Tablet) {
        let hub = &self.running.hub;
        let mut devices =
            hub.read(|cache| cache.common.rounds.get(&1).map_or(Vec::new(), |round| round.devices.clone()));
        devices.push(tablet.device);
        let on = Day::new(2026, 1, 20).unwrap();
        let assigned = RoundAssigned { round: 1, on, label: "Bondy nord".into(), devices, cancelled: None };
        hub.common_command(AccountNo(0), CommonCommand::AssignRound(assigned)).await.unwrap();
    }

    pub async fn push(&self, tablet: &Tablet, batches: Vec<Batch>) -> Result<PushAnswer, Failure> {
        let push = Push { client: client(), batches };
        self.ask("/sync/push", tablet.request(Purpose::Push, to_bytes(&push))).await
    }

    /// Pushes one batch and returns what became of it.
    pub async fn push_one(&self, tablet: &Tablet, batch: Batch) -> BatchAnswer {
        self.push(tablet, vec![batch]).await.unwrap().batches.remove(0)
    }

    pub async fn pull(&self, tablet: &Tablet, scopes: &[(Scope, u64)]) -> Result<PullAnswer, Failure> {
        let scopes = scopes.iter().map(|(scope, arrival)| Reached { scope: *scope, arrival: *arrival }).collect();
        let pull = Pull { client: client(), epoch: tablet.epoch, scopes, gaps: None, limit: 1000 };
        self.ask("/sync/pull", tablet.request(Purpose::Pull, to_bytes(&pull))).await
    }

    /// Receives doses of a lot at the desk: a fact of the hub's own in the common part.
    pub async fn receive(&self, lot: &str) {
        let received = LotReceived {
            product: "comirnaty".into(),
            lot: lot.into(),
            expiry: Day::new(2030, 1, 1).unwrap(),
            doses: 10,
            confirmed: None,
        };
        self.running.hub.common_command(AccountNo(0), CommonCommand::ReceiveLot(received)).await.unwrap();
    }

    /// Returns the lots as the desk sees them.
    pub fn lots(&self) -> Vec<String> {
        self.running.hub.read(|cache| cache.common.lots.values().map(|lot| lot.printed.clone()).collect())
    }

    /// Returns the difficulties of round 1 as the desk sees them.
    pub fn difficulties(&self) -> Vec<String> {
        self.running.hub.read(|cache| {
            let round = cache.rounds.get(&1).into_iter();
            round.flat_map(|round| &round.difficulties).map(|one| one.text.clone()).collect()
        })
    }
}

pub fn client() -> Client {
    Client { protocol: 1, app: "test 0".to_owned() }
}

/// A tablet: its key, and how far its chain of round 1 goes.
#[derive(Clone)]
pub struct Tablet {
    pub relay: RelayId,
    pub device: DeviceId,
    pub key: SigningKey,
    pub head: Head,
    pub epoch: Epoch,
    pub minute: i64,
}

impl Tablet {
    pub fn chain(&self) -> Chain {
        Chain::new(ROUND, self.device)
    }

    pub fn request(&self, purpose: Purpose, body: Vec<u8>) -> Vec<u8> {
        let wall = Wall(1_760_000_000_000);
        to_bytes(&Request::sign(self.relay, self.device, wall, purpose, body, &self.key))
    }

    /// Writes one difficulty as the bytes of the chain's next fact.
    pub fn says(&mut self, text: &str) -> Vec<u8> {
        self.bytes(DifficultyReported { text: text.to_owned() }.into())
    }

    /// Writes a body as the bytes of the chain's next fact.
    pub fn bytes(&mut self, body: Body) -> Vec<u8> {
        self.minute += 1;
        let wall = Wall(1_760_000_000_000 + self.minute * 60_000);
        let name = FactName::new(self.device, self.head.number + 1);
        let hlc = Hlc { ms: wall.0, counter: 0 };
        let bytes = written::write(&Fact { name, hlc, wall, author: AccountNo(0), body }, [1; 16]).unwrap();
        self.head = self.head.then(perron_ledger::chain::leaf(&bytes));
        bytes
    }

    /// Writes bodies and returns them as a signed batch.
    pub fn writes(&mut self, bodies: impl IntoIterator<Item = Body>) -> Batch {
        let after = self.head;
        let facts = bodies.into_iter().map(|body| Item::Bytes(self.bytes(body))).collect();
        Batch { after, facts, ahead: None, signed: self.sign(self.head) }
    }

    /// Writes difficulties and returns them as a signed batch.
    pub fn batch<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> Batch {
        let after = self.head;
        let facts = texts.into_iter().map(|text| Item::Bytes(self.says(text))).collect();
        Batch { after, facts, ahead: None, signed: self.sign(self.head) }
    }

    pub fn sign(&self, head: Head) -> SignedHead {
        SignedHead::sign(self.relay, self.chain(), head, self.device, &self.key)
    }
}

pub fn code<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Code {
    answer.unwrap_err().code
}
