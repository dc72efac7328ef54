//! What a tablet may send that it should not, and what it is told. Whatever is wrong, the rest goes on.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use perron_desk_api::SetAside;
use perron_domain::fact::{AccountNo, Body, Corrected, DeviceRetired, RoundCancelled};
use perron_domain::name::{DeviceId, FactRef, RelayId, Scope};
use perron_domain::{Command, CommonCommand};
use perron_ledger::sync::{
    Batch, BatchAnswer, Code, FactAnswer, Failure, Gap, Item, MAX_BODY_BYTES, Pull, Purpose, Push, Versions,
    from_bytes, to_bytes,
};
use perron_ledger::{Chain, Envelope, Head, Quarantine, SignedHead};
use reqwest::StatusCode;
use support::{ROUND, Relay, Tablet, client, code};

const ENDPOINTS: [&str; 3] = ["/sync/enrol", "/sync/push", "/sync/pull"];

#[tokio::test]
async fn a_body_of_ten_megabytes_is_refused_with_a_reason() {
    let relay = Relay::open().await;
    for path in ENDPOINTS {
        let (status, body) = relay.post(path, vec![0x40; 10 * 1024 * 1024]).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        assert_eq!(from_bytes::<Failure>(&body).unwrap().code, Code::TooLarge, "{path}");
    }
    const { assert!(MAX_BODY_BYTES < 10 * 1024 * 1024) };
}

#[tokio::test]
async fn html_half_a_body_or_nothing_is_not_a_message() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let whole =
        tablet.request(Purpose::Push, to_bytes(&Push { client: client(), batches: vec![tablet.clone().batch(["x"])] }));
    let half = whole[..whole.len() / 2].to_vec();
    for path in ENDPOINTS {
        for body in [b"<!doctype html><title>502</title>".to_vec(), half.clone(), Vec::new(), vec![0xff; 64]] {
            let (status, body) = relay.post(path, body).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
            assert_eq!(from_bytes::<Failure>(&body).unwrap().code, Code::NotAMessage, "{path}");
        }
    }
    let batch = tablet.batch(["x"]);
    assert_eq!(relay.push_one(&tablet, batch).await.facts, [FactAnswer::Stored], "the hub is still there");
}

#[tokio::test]
async fn a_head_that_the_facts_do_not_lead_to_is_refused() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let before = tablet.clone();
    let mut batch = tablet.batch(["un", "deux"]);
    batch.facts.swap(0, 1);
    let answer = relay.push_one(&tablet, batch).await;
    assert_eq!((answer.refusal, answer.facts), (Some(Code::BrokenHead), vec![FactAnswer::Refused; 2]));
    let batch = before.clone().batch(["un", "deux"]);
    assert_eq!(relay.push_one(&before, batch).await.facts, [FactAnswer::Stored; 2], "the right bytes still get in");
}

#[tokio::test]
async fn a_false_signature_of_a_head_is_refused() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let mut batch = tablet.batch(["un"]);
    batch.signed.signature[5] ^= 1;
    assert_eq!(relay.push_one(&tablet, batch).await.refusal, Some(Code::FalseSignature));
}

#[tokio::test]
async fn a_request_under_another_key_another_relay_or_an_unknown_number_is_refused() {
    let relay = Relay::open().await;
    let tablet = relay.tablet(2).await;
    let mut other = tablet.clone();
    other.key = ed25519_dalek::SigningKey::from_bytes(&[77; 32]);
    assert_eq!(code(relay.push(&other, Vec::new()).await), Code::FalseSignature);
    let mut other = tablet.clone();
    other.device = DeviceId(4711);
    assert_eq!(code(relay.push(&other, Vec::new()).await), Code::UnknownDevice);
    other.device = DeviceId::HUB;
    assert_eq!(code(relay.pull(&other, &[]).await), Code::UnknownDevice);
    let mut other = tablet;
    other.relay = RelayId([0; 16]);
    assert_eq!(code(relay.push(&other, Vec::new()).await), Code::OtherRelay);
}

#[tokio::test]
async fn a_push_cannot_be_played_back_as_a_pull() {
    let relay = Relay::open().await;
    let tablet = relay.tablet(2).await;
    let push = tablet.request(Purpose::Push, to_bytes(&Push { client: client(), batches: Vec::new() }));
    assert_eq!(code(relay.ask::<Push>("/sync/pull", push).await), Code::FalseSignature);
}

#[tokio::test]
async fn a_tablet_that_parts_again_and_again_takes_no_more_than_its_share_of_numbers() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let start = tablet.clone();
    let first = tablet.batch(["un"]);
    relay.push_one(&tablet, first).await;
    let branch = |number: usize| start.clone().batch([format!("branche {number}").as_str()]);
    let at_once = relay.push(&tablet, (0..8).map(branch).collect()).await.unwrap();
    let kept = |answers: &[BatchAnswer]| answers.iter().filter(|answer| answer.fork.is_some()).count();
    assert_eq!(kept(&at_once.batches), 4, "the others wait for the next try");
    assert_eq!(at_once.batches[7].refusal, Some(Code::Unavailable));
    for tries in 0..12 {
        relay.push(&tablet, (tries * 4..tries * 4 + 4).map(branch).collect()).await.unwrap();
    }
    let copies = relay.running.hub.read(|cache| cache.common.devices.len());
    let refused = relay.push_one(&tablet, branch(99)).await;
    assert_eq!((refused.refusal, refused.fork), (Some(Code::Forked), None));
    assert_eq!(relay.running.hub.read(|cache| cache.common.devices.len()), copies, "and no number was drawn");
    let again = relay.push_one(&tablet, branch(0)).await;
    assert!(again.fork.is_some(), "a branch that is known still gets its answer");
    let todo: perron_desk_api::TodoView =
        relay.client.get(relay.at("/api/todo")).send().await.unwrap().json().await.unwrap();
    assert!(todo.tablets.iter().any(|one| one.what == perron_desk_api::TabletFault::Parted), "{:?}", todo.tablets);
    let batch = tablet.batch(["deux"]);
    assert_eq!(relay.push_one(&tablet, batch).await.facts, [FactAnswer::Stored], "the chain itself goes on");
}

#[tokio::test]
async fn facts_behind_a_hole_wait_and_the_first_missing_one_is_asked_for() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let (first, second, third) = (tablet.batch(["un"]), tablet.batch(["deux"]), tablet.batch(["trois"]));
    relay.push_one(&tablet, first).await;
    let early = relay.push_one(&tablet, third).await;
    assert_eq!((early.facts, early.missing), (vec![FactAnswer::Waiting], Some(2)));
    assert_eq!(relay.difficulties(), ["un"]);
    let filled = relay.push_one(&tablet, second).await;
    assert_eq!(filled.head, Some(tablet.head));
    assert_eq!(relay.difficulties(), ["un", "deux", "trois"]);
}

#[tokio::test]
async fn a_restored_copy_of_a_tablet_is_kept_under_another_number() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let batch = tablet.batch(["un"]);
    relay.push_one(&tablet, batch).await;
    let mut copy = tablet.clone();
    let batch = tablet.batch(["deux"]);
    relay.push_one(&tablet, batch).await;
    let other = copy.batch(["deux, autrement", "trois"]);
    let answer = relay.push_one(&copy, other.clone()).await;
    let fork = answer.fork.unwrap();
    assert_eq!((fork.at, answer.facts), (2, vec![FactAnswer::Moved; 2]));
    assert_ne!(fork.kept_as, tablet.device);
    assert_eq!(answer.head, Some(tablet.head), "the first branch keeps the name");
    let again = relay.push_one(&copy, other).await;
    assert_eq!(again.fork, Some(fork), "told twice, kept once");
    let mut told = relay.difficulties();
    told.sort();
    assert_eq!(told, ["deux", "deux, autrement", "trois", "un"]);

    // The copy goes on under the number it was given, with its own key.
    let mut gone_on = copy.clone();
    gone_on.device = fork.kept_as;
    gone_on.head = fork.head;
    let batch = gone_on.batch(["quatre"]);
    assert_eq!(relay.push_one(&gone_on, batch).await.facts, [FactAnswer::Stored]);
    let pulled = relay.pull(&tablet, &[(ROUND, 0)]).await.unwrap();
    assert!(pulled.batches.iter().any(|batch| batch.chain().device == fork.kept_as));
}

#[tokio::test]
async fn a_tablet_writes_only_into_its_own_chains_of_its_own_rounds() {
    let relay = Relay::open().await;
    let (mut tablet, other) = (relay.tablet(2).await, relay.enrol(&relay.new_code().await, 3).await.unwrap());
    let mut outsider = other.clone();
    let batch = outsider.batch(["intrus"]);
    assert_eq!(relay.push_one(&other, batch).await.refusal, Some(Code::ScopeNotAllowed), "not its round");
    let batch = tablet.batch(["un"]);
    let refused = relay.push_one(&other, batch).await;
    assert_eq!(refused.refusal, Some(Code::ScopeNotAllowed), "not its chain");
    for scope in [Scope::COMMON, Scope::PEOPLE] {
        let chain = Chain::new(scope, tablet.device);
        let after = Head::start(tablet.relay, chain, &tablet.key.verifying_key());
        let bytes = tablet.clone().says("ici");
        let head = after.then(perron_ledger::chain::leaf(&bytes));
        let signed = SignedHead::sign(tablet.relay, chain, head, tablet.device, &tablet.key);
        let batch = Batch { after, facts: vec![Item::Bytes(bytes)], ahead: None, signed };
        assert_eq!(relay.push_one(&tablet, batch).await.refusal, Some(Code::ScopeNotAllowed), "{scope:?}");
    }
    assert!(relay.difficulties().is_empty());
}

#[tokio::test]
async fn a_fact_that_cannot_be_read_or_was_not_allowed_is_set_aside_and_the_chain_goes_on() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let after = tablet.head;
    let rubbish = vec![0xa0];
    let good = tablet.says("un");
    let cancelled = {
        let body = perron_domain::fact::Body::from(RoundCancelled { reason: "neige".into() });
        let envelope = Envelope { kind: body.kind(), body: body.to_cbor(), ..Envelope::decode(&good).unwrap() };
        envelope.encode().unwrap()
    };
    let facts = [rubbish, cancelled, good];
    let head = after.after(facts.iter().map(|bytes| perron_ledger::chain::leaf(bytes)));
    let batch =
        Batch { after, facts: facts.into_iter().map(Item::Bytes).collect(), ahead: None, signed: tablet.sign(head) };
    let answer = relay.push_one(&tablet, batch).await;
    assert_eq!(answer.facts, [FactAnswer::Quarantined, FactAnswer::Quarantined, FactAnswer::Stored]);
    assert_eq!(answer.head, Some(head));
    assert_eq!(relay.difficulties(), ["un"]);
    let relay = relay.restart().await;
    assert_eq!(relay.difficulties(), ["un"]);
    let hub = &relay.running.hub;
    let name = |number| perron_domain::name::FactName::new(tablet.device, number);
    let aside = hub.quarantined(ROUND).await.unwrap();
    assert_eq!(aside, [(name(1), Quarantine::Unreadable), (name(2), Quarantine::NotAllowed)]);
    let todo: perron_desk_api::TodoView =
        relay.client.get(relay.at("/api/todo")).send().await.unwrap().json().await.unwrap();
    let shown = todo.quarantine.iter().map(|line| (line.fact, line.why, line.acceptable, line.kind.as_deref()));
    let expected =
        [(name(2), SetAside::NotAllowed, true, Some("RoundCancelled")), (name(1), SetAside::Unreadable, false, None)];
    assert!(shown.clone().count() == 2 && expected.iter().all(|one| shown.clone().any(|line| line == *one)));
    let why = || Some("vérifié au téléphone".to_owned());
    hub.decide_quarantine(ROUND, AccountNo(1), name(2), true, why()).await.unwrap();
    let unreadable = hub.decide_quarantine(ROUND, AccountNo(1), name(1), true, why()).await;
    assert!(unreadable.is_err(), "what nobody can read cannot be accepted");
    hub.decide_quarantine(ROUND, AccountNo(1), name(1), false, why()).await.unwrap();
    let counts = |name| hub.read(|cache| cache.rounds[&1].log().get(name).is_some());
    assert!(counts(name(2)), "what the relay accepts counts");
    assert!(!counts(name(1)), "what nobody can read does not");
    assert!(hub.decide_quarantine(ROUND, AccountNo(1), name(3), true, None).await.is_err(), "it was never set aside");
    let relay = relay.restart().await;
    assert_eq!(relay.running.hub.quarantined(ROUND).await.unwrap(), [(name(1), Quarantine::Unreadable)]);
}

/// The bytes of a correction as another client might write it, by who wrote `like`.
fn correction(like: &[u8], of: Vec<FactRef>, becomes: Option<Body>) -> Vec<u8> {
    let kind = becomes.as_ref().map(Body::kind);
    let body = becomes.map(|body| body.to_cbor().into());
    let said = Body::from(Corrected { of, kind, body, reason: None });
    let like = Envelope::decode(like).unwrap();
    let (kind, body) = (said.kind(), said.to_cbor());
    Envelope { kind, must_understand: true, body, salt: Some([4; 16]), ..like }.encode().unwrap()
}

/// Facts of that tablet, signed by it, from the beginning of its chain.
fn signed(tablet: &Tablet, facts: Vec<Vec<u8>>) -> Batch {
    let after = Head::start(tablet.relay, tablet.chain(), &tablet.key.verifying_key());
    let head = after.after(facts.iter().map(|bytes| perron_ledger::chain::leaf(bytes)));
    let facts = facts.into_iter().map(Item::Bytes).collect();
    Batch { after, facts, ahead: None, signed: tablet.sign(head) }
}

#[tokio::test]
async fn a_correction_swallows_nothing_that_another_tablet_has_not_written_yet() {
    let relay = Relay::open().await;
    let (mut author, mut other) = (relay.tablet(2).await, relay.tablet(3).await);
    let later = author.batch(["une dose donnée"]);
    let said = other.says("la mienne");
    let nobody = DeviceId(author.device.0 + 100);
    let ahead = |of| signed(&other, vec![said.clone(), correction(&said, vec![FactRef::Of(of)], None)]);
    for of in [author.chain().at(1).name(), perron_domain::name::FactName::new(nobody, 1)] {
        assert_eq!(relay.push_one(&other, ahead(of)).await.refusal, Some(Code::Unavailable));
    }
    assert_eq!(relay.push_one(&author, later).await.facts, [FactAnswer::Stored]);
    assert_eq!(relay.difficulties(), ["une dose donnée"]);
    // What is there and was read may be corrected, as before.
    let answer = relay.push_one(&other, ahead(author.chain().at(1).name())).await;
    assert_eq!(answer.facts, [FactAnswer::Stored; 2]);
    assert_eq!(relay.difficulties(), ["la mienne"]);
}

#[tokio::test]
async fn a_chain_that_parted_is_no_way_to_swallow_what_it_has_not_written_yet() {
    let relay = Relay::open().await;
    let (mut author, mut other) = (relay.tablet(2).await, relay.tablet(3).await);
    let mut copy = author.clone();
    let (first, branch) = (author.batch(["un"]), copy.batch(["un autre"]));
    assert_eq!(relay.push_one(&author, first).await.facts, [FactAnswer::Stored]);
    let kept = relay.push_one(&copy, branch).await.fork.unwrap().kept_as;
    let said = other.says("la mienne");
    let of = |device, number| {
        let target = FactRef::Of(perron_domain::name::FactName::new(device, number));
        signed(&other, vec![said.clone(), correction(&said, vec![target], None)])
    };
    for (device, number) in [(author.device, 2), (author.device, 50), (kept, 3), (kept, 50)] {
        assert_eq!(relay.push_one(&other, of(device, number)).await.refusal, Some(Code::Unavailable), "{number}");
    }
    let second = author.batch(["une dose donnée"]);
    assert_eq!(relay.push_one(&author, second).await.facts, [FactAnswer::Stored]);
    assert!(relay.difficulties().contains(&"une dose donnée".to_owned()));
    assert_eq!(relay.push_one(&other, of(author.device, 2)).await.refusal, None, "it is here now");
}

#[tokio::test]
async fn a_correction_of_more_facts_than_anybody_corrects_is_set_aside() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let own = tablet.says("un");
    let many = (0..50_000).map(FactRef::Own).collect();
    let all = vec![own.clone(), correction(&own, vec![FactRef::Own(1); 64], None), correction(&own, many, None)];
    let answer = relay.push_one(&tablet, signed(&tablet, all)).await;
    assert_eq!(answer.facts, [FactAnswer::Stored, FactAnswer::Stored, FactAnswer::Quarantined]);
}

#[tokio::test]
async fn a_tablet_whose_clock_was_far_ahead_is_shown_at_the_desk() {
    let relay = Relay::open().await;
    let (mut right, mut ahead) = (relay.tablet(2).await, relay.tablet(3).await);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let minutes = i64::try_from(now.as_secs()).unwrap() / 60 - 1_760_000_000 / 60;
    (right.minute, ahead.minute) = (minutes, minutes + 5_256_000);
    for tablet in [&mut right, &mut ahead] {
        let batch = tablet.batch(["un"]);
        assert_eq!(relay.push_one(tablet, batch).await.facts, [FactAnswer::Stored], "no fact is refused for its clock");
    }
    // What the desk decides on it stands after it, here and nowhere else.
    let hub = &relay.running.hub;
    let written = hub.command(1, AccountNo(0), Command::ReportDifficulty("vu".into())).await.unwrap();
    let last = hub.read(|cache| cache.rounds[&1].log().iter().last().map(|fact| fact.name));
    assert_eq!(last, written.last().copied());
    let real = i64::try_from(now.as_millis()).unwrap();
    assert!(hub.read(|cache| cache.clock()).ms < real + 3_600_000, "the hub's own clock is not pulled along");
    let relay = relay.restart().await;
    assert!(relay.running.hub.read(|cache| cache.clock()).ms < real + 3_600_000);
    let todo: perron_desk_api::TodoView =
        relay.client.get(relay.at("/api/todo")).send().await.unwrap().json().await.unwrap();
    let shown: Vec<_> = todo.tablets.iter().map(|one| &one.what).collect();
    assert!(
        matches!(&shown[..], [perron_desk_api::TabletFault::Ahead { round: 1, ms, .. }] if ms / 86_400_000 == 3_650),
        "{shown:?}"
    );
}

/// Rights: a tablet corrects the relay's round away, and its own fact into a cancelled round.
#[tokio::test]
async fn a_correction_that_a_tablet_may_not_make_changes_nothing_and_is_shown_at_the_desk() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let after = tablet.head;
    let own = tablet.says("un");
    let correction = |of, becomes| correction(&own, vec![of], becomes);
    let desk = Command::ReportDifficulty("du relais".into());
    let desks = relay.running.hub.command(1, AccountNo(0), desk).await.unwrap()[0];
    let withdrawal = correction(FactRef::Of(desks), None);
    let cancelling = correction(FactRef::Own(1), Some(RoundCancelled { reason: "neige".into() }.into()));
    let facts = [own.clone(), withdrawal, cancelling];
    let head = after.after(facts.iter().map(|bytes| perron_ledger::chain::leaf(bytes)));
    let facts = facts.into_iter().map(Item::Bytes).collect();
    let answer = relay.push_one(&tablet, Batch { after, facts, ahead: None, signed: tablet.sign(head) }).await;
    assert_eq!(answer.facts, [FactAnswer::Stored, FactAnswer::Stored, FactAnswer::Quarantined]);
    let hub = &relay.running.hub;
    assert!(hub.read(|cache| cache.rounds[&1].cancelled.is_none()));
    let mut difficulties = relay.difficulties();
    difficulties.sort();
    assert_eq!(difficulties, ["du relais", "un"], "both stand");
    let todo: perron_desk_api::TodoView =
        relay.client.get(relay.at("/api/todo")).send().await.unwrap().json().await.unwrap();
    let name = |number| perron_domain::name::FactName::new(tablet.device, number);
    let shown = |number| todo.quarantine.iter().find(|line| line.fact == name(number)).unwrap();
    assert_eq!((shown(2).why, shown(2).acceptable), (SetAside::RelaysOwn, false));
    assert!(shown(2).kind.as_deref().unwrap().starts_with("DifficultyReported"), "{:?}", shown(2).kind);
    assert_eq!((shown(3).why, shown(3).acceptable), (SetAside::NotAllowed, false));
    let why = || Some("vu".to_owned());
    for number in [2, 3] {
        assert!(hub.decide_quarantine(ROUND, AccountNo(1), name(number), true, why()).await.is_err());
        hub.decide_quarantine(ROUND, AccountNo(1), name(number), false, why()).await.unwrap();
    }
    let todo: perron_desk_api::TodoView =
        relay.client.get(relay.at("/api/todo")).send().await.unwrap().json().await.unwrap();
    assert!(todo.quarantine.iter().all(|line| line.rejected.as_deref() == Some("vu")));
}

#[tokio::test]
async fn after_a_restore_the_tablet_hears_of_a_new_epoch_and_pushes_again() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let batch = tablet.batch(["un"]);
    relay.push_one(&tablet, batch.clone()).await;
    let relay = relay.restore().await;
    let answer = relay.pull(&tablet, &[(ROUND, 1)]).await.unwrap();
    assert_ne!(answer.epoch, tablet.epoch);
    assert!(answer.batches.is_empty());
    assert_eq!(answer.heads.unwrap()[0].head, tablet.head);
    let again = relay.push(&tablet, vec![batch]).await.unwrap();
    assert_eq!((again.epoch, again.batches[0].facts.clone()), (answer.epoch, vec![FactAnswer::Identical]));
}

#[tokio::test]
async fn a_fact_that_is_too_large_keeps_its_leaf_and_its_place_and_cannot_be_accepted() {
    let relay = Relay::open().await;
    let (mut tablet, second) = (relay.tablet(2).await, relay.tablet(3).await);
    let after = tablet.head;
    let large = vec![0; perron_ledger::envelope::MAX_FACT_BYTES + 1];
    tablet.head = tablet.head.then(perron_ledger::chain::leaf(&large));
    let good = tablet.says("un");
    let facts = vec![Item::Bytes(large), Item::Bytes(good)];
    let batch = Batch { after, facts, ahead: None, signed: tablet.sign(tablet.head) };
    let answer = relay.push_one(&tablet, batch).await;
    assert_eq!(answer.facts, [FactAnswer::Quarantined, FactAnswer::Stored]);
    assert_eq!(answer.head, Some(tablet.head), "the chain goes on");
    let hub = &relay.running.hub;
    let name = perron_domain::name::FactName::new(tablet.device, 1);
    assert_eq!(hub.quarantined(ROUND).await.unwrap(), [(name, Quarantine::TooLarge)]);
    assert!(hub.decide_quarantine(ROUND, AccountNo(1), name, true, Some("tant pis".into())).await.is_err());
    let pulled = relay.pull(&second, &[(ROUND, 0)]).await.unwrap();
    let facts = &pulled.batches[0].facts;
    assert!(matches!(facts.as_slice(), [Item::Leaf(_), Item::Bytes(_)]), "others get the leaf");
    assert_eq!(relay.difficulties(), ["un"]);
}

#[tokio::test]
async fn a_clock_that_is_ten_years_off_is_noted_and_moves_nobody_elses() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let years = 10 * 365 * 24 * 60;
    tablet.minute = years;
    let batch = tablet.batch(["un"]);
    assert_eq!(relay.push_one(&tablet, batch).await.facts, [FactAnswer::Stored]);
    relay.receive("L1").await;
    let now = perron_hub::clock::now();
    let ours = relay.running.hub.read(|cache| cache.common.log().iter().last().unwrap().hlc);
    assert!(ours.ms - now.0 <= 5 * 60_000 + 1_000, "five minutes at most, not years: {}", ours.ms - now.0);
    let said = relay.running.hub.read(|cache| cache.rounds[&1].log().iter().last().unwrap().wall);
    assert!(said.0 > now.0 + 5 * 365 * 24 * 3_600_000, "what the tablet read stays as it was written");
}

#[tokio::test]
async fn a_store_that_cannot_be_written_just_now_refuses_and_keeps_nothing_and_the_next_push_gets_in() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    relay.push(&tablet, Vec::new()).await.unwrap();
    let file = relay.database();
    // Another program holds the database, as a backup tool might: the hub waits five seconds, then says so.
    let holder = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    let mut held = holder.acquire().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *held).await.unwrap();
    let batch = tablet.batch(["un"]);
    let answer = relay.push_one(&tablet, batch.clone()).await;
    assert_eq!((answer.refusal, answer.facts), (Some(Code::Unavailable), vec![FactAnswer::Refused]));
    sqlx::query("ROLLBACK").execute(&mut *held).await.unwrap();
    assert!(relay.difficulties().is_empty());
    assert_eq!(relay.push_one(&tablet, batch).await.facts, [FactAnswer::Stored]);
}

#[tokio::test]
async fn an_unknown_kind_is_kept_and_given_on() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let after = tablet.head;
    for must_understand in [false, true] {
        let known = tablet.clone().says("un");
        let unknown = Envelope { kind: 60_000, must_understand, ..Envelope::decode(&known).unwrap() }.encode().unwrap();
        let before = tablet.head;
        tablet.head = before.then(perron_ledger::chain::leaf(&unknown));
        let batch =
            Batch { after: before, facts: vec![Item::Bytes(unknown)], ahead: None, signed: tablet.sign(tablet.head) };
        assert_eq!(relay.push_one(&tablet, batch).await.facts, [FactAnswer::Stored]);
    }
    let pulled = relay.pull(&tablet, &[(ROUND, 0)]).await.unwrap();
    assert_eq!((pulled.batches[0].after, pulled.batches[0].facts.len()), (after, 2));
    let not_understood = relay.running.hub.read(|cache| cache.rounds[&1].not_understood().count());
    assert_eq!(not_understood, 1);
}

#[tokio::test]
async fn the_head_lifts_what_a_fact_that_nobody_understands_forbids() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let known = tablet.clone().says("un");
    let unknown =
        Envelope { kind: 60_000, must_understand: true, ..Envelope::decode(&known).unwrap() }.encode().unwrap();
    let later_version = vec![0xa4, 0, 2, 1, 9, 2, 0xf5, 0x18, 99, 0x60];
    let (after, facts) = (tablet.head, [unknown, later_version]);
    tablet.head = after.after(facts.iter().map(|bytes| perron_ledger::chain::leaf(bytes)));
    let facts = facts.into_iter().map(Item::Bytes).collect();
    relay.push_one(&tablet, Batch { after, facts, ahead: None, signed: tablet.sign(tablet.head) }).await;
    let hub = &relay.running.hub;
    let cancel = || hub.command(1, AccountNo(1), Command::CancelRound { reason: "neige".into() });
    assert!(cancel().await.is_err(), "nothing is done in a round that is not understood");
    let todo = async || -> perron_desk_api::TodoView {
        relay.client.get(relay.at("/api/todo")).send().await.unwrap().json().await.unwrap()
    };
    let shown = todo().await.quarantine;
    assert_eq!(shown.iter().map(|line| line.why).collect::<Vec<_>>(), [SetAside::NotUnderstood; 2]);
    for line in shown {
        assert!(hub.decide_quarantine(ROUND, AccountNo(1), line.fact, true, None).await.is_err(), "it cannot count");
        hub.decide_quarantine(ROUND, AccountNo(1), line.fact, false, Some("vu".into())).await.unwrap();
    }
    assert!(todo().await.quarantine.iter().all(|line| line.rejected.as_deref() == Some("vu")));
    cancel().await.unwrap();
}

#[tokio::test]
async fn a_blocked_tablet_neither_writes_nor_reads() {
    let relay = Relay::open().await;
    let tablet = relay.tablet(2).await;
    relay.push(&tablet, Vec::new()).await.unwrap();
    let retired = DeviceRetired { device: tablet.device, reason: "volée".into() };
    relay.running.hub.common_command(AccountNo(0), CommonCommand::RetireDevice(retired)).await.unwrap();
    assert_eq!(code(relay.push(&tablet, Vec::new()).await), Code::DeviceBlocked);
    assert_eq!(code(relay.pull(&tablet, &[(ROUND, 0)]).await), Code::DeviceBlocked);
}

#[tokio::test]
async fn a_tablet_that_is_too_old_may_push_and_is_told_to_update() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let old = perron_ledger::sync::Client { protocol: 0, app: "perron 0.0.1".into() };
    let push = Push { client: old.clone(), batches: vec![tablet.batch(["un"])] };
    let body = tablet.request(Purpose::Push, to_bytes(&push));
    let answer: perron_ledger::sync::PushAnswer = relay.ask("/sync/push", body).await.unwrap();
    assert_eq!((answer.update, answer.batches[0].facts.clone()), (Some(Versions::HERE), vec![FactAnswer::Stored]));
    let pull = Pull { client: old, epoch: tablet.epoch, scopes: Vec::new(), gaps: None, limit: 10 };
    let refused = relay.ask::<Push>("/sync/pull", tablet.request(Purpose::Pull, to_bytes(&pull))).await.unwrap_err();
    assert_eq!((refused.code, refused.versions), (Code::TooOld, Some(Versions::HERE)));
}

#[tokio::test]
async fn a_gap_is_answered_before_the_rest_and_another_epoch_with_heads_only() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let batch = tablet.batch(["un", "deux", "trois"]);
    relay.push_one(&tablet, batch).await;
    let gap = Gap { chain: tablet.chain(), from: 2, to: 3 };
    let pull = Pull { client: client(), epoch: tablet.epoch, scopes: Vec::new(), gaps: Some(vec![gap]), limit: 10 };
    let body = tablet.request(Purpose::Pull, to_bytes(&pull));
    let answer: perron_ledger::sync::PullAnswer = relay.ask("/sync/pull", body).await.unwrap();
    assert_eq!((answer.batches[0].after.number, answer.batches[0].facts.len()), (1, 2));
    let mut restored = tablet.clone();
    restored.epoch = perron_ledger::store::Epoch(tablet.epoch.0.wrapping_add(1));
    let answer = relay.pull(&restored, &[(ROUND, 99)]).await.unwrap();
    assert_eq!((answer.epoch, answer.batches.len()), (tablet.epoch, 0));
    assert_eq!(answer.heads.unwrap()[0].head, tablet.head);
}

/// Delivery: one signature at six, facts 1 to 4 pushed, the author never comes again.
#[tokio::test]
async fn what_was_signed_far_ahead_reaches_another_tablet_in_parts_and_a_long_gap_too() {
    let relay = Relay::open().await;
    let (mut author, other) = (relay.tablet(2).await, relay.tablet(3).await);
    let mut batch = author.batch(["un", "deux", "trois", "quatre", "cinq", "six"]);
    let rest = batch.facts.split_off(4);
    batch.ahead = Some(rest.iter().map(Item::leaf).collect());
    let answer = relay.push_one(&author, batch).await;
    assert_eq!(answer.facts, [FactAnswer::Stored; 4]);

    let relay = relay.restart().await;
    let ask = async |scopes: Vec<perron_ledger::sync::Reached>, gaps, limit| {
        let pull = Pull { client: client(), epoch: other.epoch, scopes, gaps, limit };
        let body = other.request(Purpose::Pull, to_bytes(&pull));
        relay.ask::<perron_ledger::sync::PullAnswer>("/sync/pull", body).await.unwrap()
    };
    let from_start = perron_ledger::sync::Reached { scope: ROUND, arrival: 0 };
    let (mut reached, mut facts) = (from_start, 0);
    loop {
        let answer = ask(vec![reached], None, 3).await;
        for batch in answer.batches {
            assert!(batch.facts.len() <= 3);
            facts += batch.check().unwrap().facts.len();
        }
        assert!(!answer.more || answer.reached[0].arrival > reached.arrival, "the cursor goes on");
        reached = answer.reached[0];
        if !answer.more {
            break;
        }
    }
    assert_eq!(facts, 4);

    let gap = Gap { chain: author.chain(), from: 1, to: 4 };
    let answer = ask(Vec::new(), Some(vec![gap]), 3).await;
    let part = answer.batches[0].clone().check().unwrap();
    assert_eq!((part.after.number, part.facts.len()), (0, 3), "a gap longer than the limit is answered in part");
    assert!(!answer.more, "the heads show what is left of it");
}

#[tokio::test]
async fn nobody_takes_the_place_of_a_fact_without_its_bytes() {
    let relay = Relay::open().await;
    let (mut author, other) = (relay.tablet(2).await, relay.tablet(3).await);
    let whole = author.batch(["une dose donnée", "une réaction"]);
    // Another tablet knows the leaves and the author's signature from what the hub gave it, and pushes these alone.
    let leaves = whole.facts.iter().map(|item| Item::Leaf(item.leaf())).collect();
    let bare = Batch { facts: leaves, ..whole.clone() };
    let answer = relay.push_one(&other, bare).await;
    assert_eq!((answer.refusal, answer.facts), (Some(Code::Unavailable), vec![FactAnswer::Refused; 2]));
    assert_eq!(relay.push_one(&author, whole).await.facts, [FactAnswer::Stored, FactAnswer::Stored]);
    assert_eq!(relay.difficulties(), ["une dose donnée", "une réaction"]);
}
