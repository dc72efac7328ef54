//! `docs/protocol.md` says what the program does: each of its hex blocks and refusals is compared with the code.
//!
//! `PERRON_WRITE_PROTOCOL=1` writes the blocks into the document instead; a change there is a change of the protocol.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ed25519_dalek::SigningKey;
use perron_domain::name::{DeviceId, Scope};
use perron_domain::time::{Hlc, Wall};
use perron_ledger::contract::{Pen, Writer};
use perron_ledger::envelope::{Envelope, VERSION};
use perron_ledger::identity::DeviceKey;
use perron_ledger::store::Epoch;
use perron_ledger::sync::refusal::CODES;
use perron_ledger::sync::{
    ChainHead, Client, Code, Enrol, EnrolAnswer, Failure, HelloAnswer, Pull, PullAnswer, Purpose, Push, PushAnswer,
    Reached, Request, Versions, to_bytes,
};
use perron_ledger::{NewFact, SignedHead};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use support::{batch, hub};

const WALL: Wall = Wall(1_639_645_200_000);
const EPOCH: Epoch = Epoch(0x0102_0304_0506_0708);

fn facts() -> [Envelope; 2] {
    let one = Envelope {
        version: VERSION,
        kind: 1000,
        must_understand: false,
        hlc: Hlc { ms: WALL.0, counter: 0 },
        wall: WALL,
        author: 0,
        body: vec![0x01],
        salt: None,
    };
    let two = Envelope {
        must_understand: true,
        hlc: Hlc { ms: WALL.0, counter: 1 },
        wall: Wall(WALL.0 - 1000),
        author: 12,
        body: vec![0x82, 0x02, 0x65, b'p', b'o', b'r', b't', b'e'],
        salt: Some([0x5a; 16]),
        ..one.clone()
    };
    [one, two]
}

fn pen() -> Pen {
    let mut pen = Writer::new(3).pen(Scope::round(1));
    pen.written = facts().iter().map(|fact| NewFact::new(fact.encode().unwrap())).collect();
    pen
}

fn client() -> Client {
    Client { protocol: 1, app: "perron 0.1.0".to_owned() }
}

/// Every example of the document, by its name.
fn examples() -> BTreeMap<&'static str, Vec<u8>> {
    let pen = pen();
    let (relay, key) = (pen.writer.relay, &pen.writer.key);
    let relay_key = SigningKey::from_bytes(&[0x63; 32]);
    let bound =
        |number: u32| DeviceKey::bind(relay, DeviceId(number), &Writer::new(number).key.verifying_key(), &relay_key);
    let fact = |index: usize| pen.written[index].bytes.clone().unwrap();
    let leaf = |index: usize| pen.written[index].leaf.0.to_vec();
    let head = |number: u32| pen.head_at(number).hash.0.to_vec();
    let hub = hub();
    let answer = hub.push(batch(&pen, 1, 2));
    let push = to_bytes(&Push { client: client(), batches: vec![batch(&pen, 1, 2)] });
    let reached = |arrival| vec![Reached { scope: pen.chain.scope, arrival }];
    let heads = vec![ChainHead { chain: pen.chain, head: pen.head() }];
    BTreeMap::from([
        ("fact-1", fact(0)),
        ("fact-2", fact(1)),
        ("public-key", key.verifying_key().to_bytes().to_vec()),
        ("head-0", head(0)),
        ("leaf-1", leaf(0)),
        ("head-1", head(1)),
        ("leaf-2", leaf(1)),
        ("head-2", head(2)),
        ("head-2-message", SignedHead::message(relay, pen.chain, pen.head())),
        ("head-2-signature", pen.signed_at(2).signature.to_vec()),
        ("device-key", to_bytes(&bound(3))),
        ("batch", to_bytes(&batch(&pen, 1, 2))),
        ("hello-answer", to_bytes(&HelloAnswer { relay: relay.0, epoch: EPOCH, versions: Versions::HERE, wall: WALL })),
        ("enrol", to_bytes(&Enrol::new("ABCD-EFGH".to_owned(), "Tablette 1".to_owned(), client(), key))),
        (
            "enrol-answer",
            to_bytes(&EnrolAnswer {
                relay: relay.0,
                relay_key: relay_key.verifying_key().to_bytes(),
                device: bound(3),
                hub: bound(1),
                epoch: EPOCH,
            }),
        ),
        ("push", push.clone()),
        ("push-request", to_bytes(&Request::sign(relay, DeviceId(3), WALL, Purpose::Push, push, key))),
        ("push-answer", to_bytes(&PushAnswer { epoch: EPOCH, batches: vec![answer], update: None, wall: None })),
        ("pull", to_bytes(&Pull { client: client(), epoch: EPOCH, scopes: reached(0), gaps: None, limit: 1000 })),
        (
            "pull-answer",
            to_bytes(&PullAnswer {
                epoch: EPOCH,
                batches: vec![batch(&pen, 1, 2)],
                reached: reached(2),
                more: false,
                heads: Some(heads),
                closed: None,
                wall: None,
            }),
        ),
        ("failure", to_bytes(&Failure { after_seconds: Some(30), ..Failure::from(Code::TooManyAttempts) })),
    ])
}

fn document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/protocol.md")
}

fn hex(bytes: &[u8]) -> String {
    let lines: Vec<String> = bytes
        .chunks(32)
        .map(|line| line.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" "))
        .collect();
    lines.join("\n")
}

/// Returns the text with each hex block replaced by what `block` gives for its name and content.
fn with_blocks(text: &str, mut block: impl FnMut(&str, &str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("```hex ") {
        let (name, after) = after.split_once('\n').unwrap();
        let (content, after) = after.split_once("```\n").unwrap();
        out.push_str(before);
        out.push_str(&format!("```hex {name}\n{}\n```\n", block(name, content.trim())));
        rest = after;
    }
    out + rest
}

#[test]
fn the_worked_bytes_are_what_the_program_writes() {
    let text = std::fs::read_to_string(document()).unwrap();
    let mut examples = examples();
    if std::env::var_os("PERRON_WRITE_PROTOCOL").is_some() {
        let written = with_blocks(&text, |name, _| hex(&examples[name]));
        std::fs::write(document(), written).unwrap();
        return;
    }
    with_blocks(&text, |name, content| {
        let bytes = examples.remove(name).unwrap_or_else(|| panic!("the document has an example {name} too many"));
        assert_eq!(content, hex(&bytes), "{name}");
        String::new()
    });
    assert!(examples.is_empty(), "examples that the document does not show: {:?}", examples.keys());
}

#[test]
fn every_refusal_is_in_the_table_with_its_status_and_words() {
    let text = std::fs::read_to_string(document()).unwrap();
    for code in CODES {
        let row = format!("| {} | {} | {} |", code.number(), code.status(), code);
        assert!(text.contains(&row), "missing: {row}");
    }
    assert_eq!(text.matches("| What the client does |").count(), 1);
}

#[test]
fn the_golden_facts_and_heads_of_version_1_are_still_read_and_written_so() {
    let golden = include_str!("golden/version-1.txt");
    let lines: BTreeMap<&str, &str> = golden.lines().filter_map(|line| line.split_once(" = ")).collect();
    let bytes = |name: &str| -> Vec<u8> {
        let text = lines[name];
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    };
    for (name, fact) in ["fact-1", "fact-2"].iter().zip(facts()) {
        assert_eq!(Envelope::decode(&bytes(name)), Ok(fact.clone()), "{name}");
        assert_eq!(fact.encode().unwrap(), bytes(name), "{name}");
    }
    let examples = examples();
    for name in ["head-0", "leaf-1", "head-1", "leaf-2", "head-2", "head-2-signature", "batch"] {
        assert_eq!(examples[name], bytes(name), "{name}");
    }
}
