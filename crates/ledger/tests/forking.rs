//! A copy of a tablet was restored, and both go on: nothing is lost, and each keeps a name.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use futures::executor::block_on;
use perron_domain::fact::Body;
use perron_domain::name::{DeviceId, FactName, FactRef, Numbering, Rename};
use perron_ledger::contract::{Pen, Writer};
use perron_ledger::receive::Received;
use perron_ledger::sync::{Code, FactAnswer, ForkAnswer};
use perron_ledger::{Append, Chain, Envelope, NewFact, Origin, SignedHead, Store, fork};
use support::{FORKS_FROM, Hub, NOW, batch, hub, wrote};

/// Two tablets that share their first three facts and then went apart; the hub has the first one's six.
fn apart(hub: &Hub) -> (Pen, Pen) {
    let mut first = wrote(3, 0..3);
    let mut second = first.clone();
    first.write_all(10..13);
    second.write_all(20..24);
    let _ = hub.push(batch(&first, 1, 6));
    (first, second)
}

fn kept(second: &Pen) -> Chain {
    Chain::new(second.chain.scope, DeviceId(FORKS_FROM))
}

fn bytes_from(facts: &[NewFact], skip: usize) -> Vec<Option<Vec<u8>>> {
    facts.iter().skip(skip).map(|fact| fact.bytes.clone()).collect()
}

fn bytes_of(hub: &Hub, chain: Chain) -> Vec<Option<Vec<u8>>> {
    block_on(hub.store.chain(chain, 1, u32::MAX)).unwrap().into_iter().map(|record| record.bytes).collect()
}

#[test]
fn the_second_branch_is_kept_under_a_new_number_with_its_bytes_and_signature() {
    let hub = hub();
    let (first, second) = apart(&hub);
    let answer = hub.push(batch(&second, 2, 7));
    let fork = answer.fork.unwrap();
    assert_eq!((fork.at, fork.kept_as, fork.head.number), (4, DeviceId(FORKS_FROM), 5));
    use FactAnswer::{Identical, Moved};
    assert_eq!(answer.facts, [Identical, Identical, Moved, Moved, Moved, Moved]);
    assert_eq!(hub.head(first.chain), Some(first.head()), "the first known branch keeps the name");
    let moved = bytes_of(&hub, kept(&second));
    assert_eq!(moved.get(1..), Some(bytes_from(&second.written, 3).as_slice()));
    assert!(block_on(hub.store.signed(first.chain, 7, 9)).unwrap().contains(&second.signed_at(7)));
    let opening = Envelope::decode(moved.first().unwrap().as_deref().unwrap()).unwrap();
    let Ok(Body::ChainForked(names)) = Body::from_cbor(opening.kind, false, &opening.body) else { panic!() };
    assert_eq!((names.old_device, names.scope, names.fork_number), (DeviceId(3), first.chain.scope, 4));
    assert_eq!(names.head.as_slice(), first.head_at(3).hash.as_bytes());
}

#[test]
fn the_same_branch_pushed_again_gets_the_same_number_and_may_grow() {
    let hub = hub();
    let (_, mut second) = apart(&hub);
    let one = hub.push(batch(&second, 2, 7)).fork.unwrap();
    for (from, to) in [(2, 7), (1, 7), (4, 7), (5, 6), (7, 7)] {
        assert_eq!(hub.push(batch(&second, from, to)).fork, Some(one), "{from}..={to}");
    }
    second.write_all(30..33);
    let grown = hub.push(batch(&second, 8, 10));
    assert_eq!(grown.facts, vec![FactAnswer::Moved; 3]);
    let fork = grown.fork.unwrap();
    assert_eq!((fork.kept_as, fork.head.number), (one.kept_as, 8));
    assert_eq!(bytes_of(&hub, kept(&second)).get(1..), Some(bytes_from(&second.written, 3).as_slice()));
}

#[test]
fn a_third_branch_gets_a_third_number_and_what_it_shares_with_the_second_stands_once() {
    let hub = hub();
    let (_, second) = apart(&hub);
    let mut third = second.clone();
    third.written.truncate(5);
    third.write_all(40..42);
    let _ = hub.push(batch(&second, 1, 7));
    for (from, to) in [(1, 7), (4, 7), (6, 7), (7, 7)] {
        let fork = hub.push(batch(&third, from, to)).fork.unwrap();
        assert_eq!((fork.at, fork.kept_as), (6, DeviceId(FORKS_FROM + 1)), "{from}..={to}");
    }
    let chain = Chain::new(third.chain.scope, DeviceId(FORKS_FROM + 1));
    let moved = bytes_of(&hub, chain);
    assert_eq!(moved.get(1..), Some(bytes_from(&third.written, 5).as_slice()));
    let opening = Envelope::decode(moved.first().unwrap().as_deref().unwrap()).unwrap();
    let Ok(Body::ChainForked(names)) = Body::from_cbor(opening.kind, false, &opening.body) else { panic!() };
    assert_eq!((names.old_device, names.fork_number), (DeviceId(FORKS_FROM), 4), "where it parts from the second");

    // The tablet of the third branch moves to where its facts stand.
    let tablet = hub.tablet();
    let append = Append { origin: Origin::Here, ..third.stretch(1, 7) };
    let _ = block_on(tablet.store.append(append)).unwrap();
    hub.give_all_of(&tablet, kept(&second));
    hub.give_all_of(&tablet, chain);
    let answer = ForkAnswer { at: 6, kept_as: chain.device, head: hub.head(chain).unwrap() };
    let moved_to = block_on(fork::go_on(&tablet.store, third.chain, answer, NOW)).unwrap();
    assert_eq!(moved_to, hub.head(chain));
    assert_eq!(tablet.head(third.chain).map(|head| head.number), Some(3));
    assert_eq!(tablet.head(kept(&second)), hub.head(kept(&second)));
}

#[test]
fn when_they_parted_before_the_batch_the_hub_asks_from_the_start() {
    let hub = hub();
    let (_, second) = apart(&hub);
    let answer = hub.push(batch(&second, 6, 7));
    assert_eq!((answer.refusal, answer.missing, answer.fork), (Some(Code::Forked), Some(1), None));
    let answer = hub.push(batch(&second, 1, 5));
    assert_eq!(answer.fork.map(|fork| fork.at), Some(4));
    assert_eq!(hub.push(batch(&second, 6, 7)).fork.map(|fork| fork.head.number), Some(5));
}

#[test]
fn an_interruption_while_opening_does_not_spend_a_second_number() {
    let hub = hub();
    let (first, second) = apart(&hub);
    let number = hub.draw(first.chain.device);
    let branch = second.signed_at(7);
    let note = perron_ledger::store::Fork { chain: first.chain, at: 4, branch, kept_as: number, within: None };
    block_on(hub.store.keep_fork(note)).unwrap();
    let answer = hub.push(batch(&second, 1, 7));
    assert_eq!(answer.fork.map(|fork| fork.kept_as), Some(number));
    assert_eq!(hub.forks.borrow().len(), 1);
}

/// The second tablet: it wrote everything itself, and learns of the fork by the hub's answer.
fn second_tablet(hub: &Hub, second: &Pen) -> (Hub, ForkAnswer) {
    let mut tablet = hub.tablet();
    let _ = block_on(tablet.store.append(second.own())).unwrap();
    let fork = hub.push(batch(second, 1, 7)).fork.unwrap();
    tablet.forks.clone_from(&hub.forks);
    (tablet, fork)
}

#[test]
fn the_tablet_goes_on_under_its_new_number_and_takes_the_first_branch_in() {
    let hub = hub();
    let (first, second) = apart(&hub);
    let (tablet, fork) = second_tablet(&hub, &second);
    let new = kept(&second);
    assert_eq!(block_on(fork::go_on(&tablet.store, second.chain, fork, NOW)).unwrap(), None, "not fetched yet");
    let gap = perron_ledger::sync::Gap { chain: new, from: 1, to: u32::MAX };
    let fetched = block_on(perron_ledger::sync::page::stretch(&hub.store, gap)).unwrap().unwrap();
    let Received::Answered(answer) = tablet.receive(fetched) else { panic!("a fork") };
    assert_eq!(answer.refusal, None, "the hub's signature opens this chain");
    let head = block_on(fork::go_on(&tablet.store, second.chain, fork, NOW)).unwrap().unwrap();
    assert_eq!(Some(head), hub.head(new));
    assert_eq!(tablet.head(second.chain), Some(second.head_at(3)));
    hub.give_all(&tablet, second.chain.scope, 3);
    assert_eq!(tablet.head(first.chain), Some(first.head()));
    assert_eq!(tablet.content(first.chain.scope), hub.content(first.chain.scope));
    let outbox = block_on(tablet.store.outbox()).unwrap();
    assert!(outbox.iter().all(|outgoing| outgoing.waiting() == 0), "{outbox:?}");
    assert_eq!(block_on(fork::go_on(&tablet.store, second.chain, fork, NOW)).unwrap(), None, "done twice: no change");
    assert_eq!(tablet.content(first.chain.scope), hub.content(first.chain.scope));

    let author = Writer::new(3);
    let fact = NewFact::new(author.pen(new.scope).write(77).bytes.unwrap());
    let after = tablet.head(new).unwrap();
    let written = Append { chain: new, after, facts: vec![fact], signed: None, origin: Origin::Here, received: NOW };
    let _ = block_on(tablet.store.append(written)).unwrap();
    let signed = SignedHead::sign(author.relay, new, tablet.head(new).unwrap(), new.device, &author.key);
    block_on(tablet.store.keep_signed(signed)).unwrap();
    let next = perron_ledger::sync::Gap { chain: new, from: 6, to: 6 };
    let push = block_on(perron_ledger::sync::page::stretch(&tablet.store, next)).unwrap().unwrap();
    assert_eq!(hub.push(push).facts, vec![FactAnswer::Stored], "it goes on with its own key");
}

#[test]
fn facts_not_pushed_yet_move_along() {
    let hub = hub();
    let (_, mut second) = apart(&hub);
    let (tablet, fork) = second_tablet(&hub, &second);
    let fact = second.write(99);
    let own = Append { after: second.head_at(7), facts: vec![fact.clone()], ..second.own() };
    let _ = block_on(tablet.store.append(own)).unwrap();
    hub.give_all_of(&tablet, kept(&second));
    let head = block_on(fork::go_on(&tablet.store, second.chain, fork, NOW)).unwrap().unwrap();
    assert_eq!(head.number, 6);
    let outbox = block_on(tablet.store.outbox()).unwrap();
    let waiting: Vec<_> = outbox.iter().map(|outgoing| (outgoing.chain, outgoing.waiting())).collect();
    assert!(waiting.contains(&(kept(&second), 1)), "{waiting:?}");
    assert_eq!(bytes_of(&tablet, kept(&second)).last(), Some(&fact.bytes));
}

impl Hub {
    fn give_all_of(&self, to: &Hub, chain: Chain) {
        let gap = perron_ledger::sync::Gap { chain, from: 1, to: u32::MAX };
        let fetched = block_on(perron_ledger::sync::page::stretch(&self.store, gap)).unwrap().unwrap();
        let Received::Answered(answer) = to.receive(fetched) else { panic!("a fork") };
        assert_eq!(answer.refusal, None);
    }
}

#[test]
fn a_bare_number_of_the_branch_still_means_the_branch_or_the_shared_beginning() {
    let (new, old) = (DeviceId(100), DeviceId(3));
    let line = [Rename { old, at: 4, new }];
    let chain = Numbering { device: new, line: &line, known: 0 };
    let name = |reference: FactRef| reference.name(chain);
    assert_eq!(name(FactRef::Own(4)), FactName::new(new, 2));
    assert_eq!(name(FactRef::Own(7)), FactName::new(new, 5));
    assert_eq!(name(FactRef::Own(3)), FactName::new(old, 3));
    let other = FactName::new(DeviceId(9), 1);
    assert_eq!(name(FactRef::Of(other)), other);
}

#[test]
fn a_branch_that_parts_again_still_means_itself_and_the_other_branch_once_it_knows_both() {
    let (old, first, second) = (DeviceId(3), DeviceId(100), DeviceId(101));
    let line = [Rename { old, at: 4, new: first }, Rename { old: first, at: 6, new: second }];
    let read = |known, reference: FactRef| reference.name(Numbering { device: second, line: &line, known });
    let of = |device, number| FactRef::Of(FactName::new(device, number));
    // Written before it knew of any fork, and after it knew of the first.
    assert_eq!(read(0, FactRef::Own(9)), FactName::new(second, 3), "9 was 7 of the first branch, and is 3 here");
    assert_eq!(read(0, FactRef::Own(5)), FactName::new(first, 3));
    assert_eq!(read(0, FactRef::Own(2)), FactName::new(old, 2));
    assert_eq!(read(1, FactRef::Own(7)), FactName::new(second, 3));
    assert_eq!(read(1, of(first, 7)), FactName::new(second, 3));
    assert_eq!(read(1, of(old, 9)), FactName::new(old, 9), "the branch that kept the old name");
    // Written since it knows of both.
    assert_eq!(read(2, FactRef::Own(3)), FactName::new(second, 3));
    assert_eq!(read(2, of(first, 7)), FactName::new(first, 7), "the branch that kept the first name");
    let here = Numbering { device: second, line: &line, known: 2 };
    assert_eq!(FactRef::to(FactName::new(second, 3), here), FactRef::Own(3));
    assert!(here.wrote(FactName::new(first, 5)) && !here.wrote(FactName::new(first, 6)));
}
