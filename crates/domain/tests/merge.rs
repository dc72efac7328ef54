//! Facts in any order, repeated, interrupted, from several tablets give the same state.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::fact::*;
use perron_domain::name::{DeviceId, FactName, FactRef, Scope};
use perron_domain::state::RoundState;
use perron_domain::time::Hlc;
use perron_domain::{Command, decide};
use perron_testkit::world::*;
use proptest::prelude::*;

/// Two tablets on one round, both offline: visits, a correction on each of the same fact, an erasure, a cession.
fn two_tablets() -> Vec<Fact> {
    let mut first = tablet_with((0..5).map(|n| person(&format!("Tabouret{n}"), "1950-06-01", &[VIAL])).collect());
    let people = first.people();
    let mut second = Tablet::new(3, &first.common);
    let planned: Vec<Fact> = first.round.log().iter().cloned().collect();
    second.receive(&planned);
    second.pass(3);

    let (_, vial) = first.open_vial(1);
    let mut dose = None;
    for person in people.iter().take(3) {
        first.pass(7);
        let act = first.prepare(*person);
        dose = first.run(Command::Give(give(act, vial, first.now))).unwrap().last().copied();
    }
    let (_, vial) = second.open_vial(1);
    for person in people.iter().skip(2) {
        second.pass(5);
        let act = second.prepare(*person);
        second.run(Command::Give(give(act, vial, second.now))).unwrap();
    }
    // Both correct the same dose without knowing each other.
    let dose = dose.unwrap();
    let shared: Vec<Fact> = first.written.clone();
    second.receive(&shared);
    first.ok(Command::Correct { fact: dose, by: None, reason: Some("mauvaise personne".into()) });
    let act = first.first_act(people[2]);
    let right_arm = perron_domain::command::GiveDose { site: Site::RightArm, ..give(act, vial, second.now) };
    let as_error = perron_domain::command::GiveDose {
        error: Some(AdministrationError { what: "other".into(), text: None }),
        ..right_arm
    };
    second.run(Command::Correct { fact: dose, by: Some(Box::new(Command::Give(as_error))), reason: None }).unwrap();
    let erased = first.written.iter().find(|fact| matches!(fact.body, Body::ConsentGiven(_))).unwrap().name;
    let mut desk = second.desk();
    desk.write(Erasure::of(vec![FactRef::Of(erased)]).into());
    second.receive(&desk.written);
    second.write_unknown(4_000, false);
    let mut all: Vec<Fact> = first.round.log().iter().chain(second.round.log().iter()).cloned().collect();
    all.sort_by_key(|fact| fact.name);
    all.dedup_by_key(|fact| fact.name);
    all
}

fn folded(facts: impl IntoIterator<Item = Fact>) -> (String, String) {
    let mut state = RoundState::default();
    for fact in facts {
        state.apply(fact);
    }
    (format!("{:?}", state.view()), format!("{:?}", state.conflicts()))
}

#[test]
fn two_corrections_that_did_not_know_each_other_are_two_candidates() {
    let state = RoundState::of(two_tablets());
    assert_eq!(state.conflicts().len(), 1);
    assert_eq!(state.conflicts()[0].candidates.len(), 2);
}

#[test]
fn the_state_is_the_same_whether_erased_bytes_are_there_or_gone() {
    let facts = two_tablets();
    let erased: Vec<_> = facts
        .iter()
        .filter_map(|fact| match &fact.body {
            Body::Erasure(erasure) => Some(erasure.facts[0].name(fact.name.device)),
            _ => None,
        })
        .collect();
    assert_eq!(erased.len(), 1);
    let gone = facts.iter().cloned().map(|fact| {
        if erased.contains(&fact.name) {
            Fact { body: Body::Erased, hlc: Default::default(), wall: Default::default(), ..fact }
        } else {
            fact
        }
    });
    assert_eq!(folded(facts.clone()), folded(gone));
}

#[test]
fn folding_one_by_one_is_folding_all_at_once() {
    let facts = two_tablets();
    let at_once = RoundState::of(facts.clone());
    assert_eq!(folded(facts).0, format!("{:?}", at_once.view()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_order_and_any_repetition_gives_the_same_state(
        order in Just(two_tablets()).prop_shuffle(),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
    ) {
        let repeated: Vec<Fact> = again.iter().map(|index| index.get(&order).clone()).collect();
        let straight = folded(two_tablets());
        prop_assert_eq!(&folded(order.iter().cloned().chain(repeated.clone())), &straight);
        prop_assert_eq!(&folded(repeated.into_iter().chain(order)), &straight);
    }

    #[test]
    fn batches_cut_anywhere_in_any_order_give_the_same_state(
        order in Just(two_tablets()).prop_shuffle(),
        size in 1_usize..60,
    ) {
        let mut state = RoundState::default();
        for batch in order.chunks(size) {
            state.apply_all(batch.to_vec());
        }
        let straight = folded(two_tablets());
        prop_assert_eq!((format!("{:?}", state.view()), format!("{:?}", state.conflicts())), straight);
    }
}

/// A restored copy of a tablet went its own way: the branch is kept under another number, its bytes unchanged.
#[test]
fn a_branch_kept_after_a_fork_still_refers_to_itself() {
    let mut tablet = tablet_with(vec![person("Ruban", "1950-06-01", &[VIAL]), person("Tamis", "1951-06-01", &[VIAL])]);
    let people = tablet.people();
    let (load, vial) = tablet.open_vial(1);
    let at = u32::try_from(tablet.written.len()).unwrap() + 1;
    let mut copy = tablet.clone();
    let act = tablet.prepare(people[0]);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    let act = copy.prepare(people[1]);
    copy.run(Command::Give(give(act, vial, copy.now))).unwrap();

    let branch = DeviceId(9);
    let forked =
        ChainForked { old_device: copy.device, scope: Scope::round(1), fork_number: at, head: vec![0; 32].into() };
    let moved = copy.written.iter().skip(usize::try_from(at).unwrap() - 1).cloned().enumerate();
    let first = Fact { name: FactName::new(branch, 1), body: forked.into(), ..copy.written[0].clone() };
    let moved: Vec<Fact> = std::iter::once(first)
        .chain(
            moved.map(|(place, fact)| Fact { name: FactName::new(branch, u32::try_from(place).unwrap() + 2), ..fact }),
        )
        .collect();
    tablet.receive(&moved);
    assert_eq!(tablet.round.outcome_of(people[0]), Some(Outcome::Vaccinated));
    assert_eq!(tablet.round.outcome_of(people[1]), Some(Outcome::Vaccinated));
    assert_eq!(tablet.round.vials[&vial].given, 2, "both branches drew from the vial opened before the fork");

    // The copy goes on under its new number, and what it held before the fork is still its own.
    let mut goes_on = Tablet { device: branch, round: tablet.round.clone(), written: moved, ..copy };
    goes_on.write(ChainTaken { device: branch }.into());
    let observed = goes_on.ok(Command::EndObservation { person: people[1], early_reason: Some("essai".into()) });
    assert_eq!(observed.device, branch);
    assert!(goes_on.round.people[&people[1]].observation_ended.is_some());
    let wasted = goes_on.ok(Command::Waste { source: vial, count: 1, reason: "essai".into() });
    assert_eq!(goes_on.round.vials[&vial].wasted, 1);
    let twice = Command::Waste { source: vial, count: 2, reason: "essai".into() };
    goes_on.ok(Command::Correct { fact: wasted, by: Some(Box::new(twice)), reason: None });
    assert_eq!(goes_on.round.vials[&vial].wasted, 2, "what it says under its new number can be corrected");
    assert!(goes_on.round.loads.contains_key(&load));
}

/// A tablet whose clock is years ahead corrects a dose; the relay, whose clock is right, corrects the correction.
#[test]
fn a_correction_of_a_correction_counts_although_its_clock_stands_before_it() {
    let mut tablet = tablet_with(vec![person("Ruban", "1950-06-01", &[VIAL])]);
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    let dose = *tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap().last().unwrap();
    let mut ahead = Tablet::new(3, &tablet.common);
    ahead.receive(&tablet.round.log().iter().cloned().collect::<Vec<_>>());
    ahead.pass(5_256_000);
    ahead.ok(Command::Correct { fact: dose, by: None, reason: Some("mauvaise personne".into()) });
    assert!(ahead.round.acts[&act].given.is_empty());

    let mut relay = Tablet::new(4, &tablet.common);
    relay.receive(&ahead.round.log().iter().cloned().collect::<Vec<_>>());
    let right_arm = perron_domain::command::GiveDose { site: Site::RightArm, ..give(act, vial, tablet.now) };
    let as_error = perron_domain::command::GiveDose {
        error: Some(AdministrationError { what: "other".into(), text: None }),
        ..right_arm
    };
    let decided = decide(
        &relay.round,
        &relay.common,
        Command::Correct { fact: dose, by: Some(Box::new(Command::Give(as_error))), reason: None },
        &relay.context(),
    );
    let hlc = tablet.round.log().clock().tick(tablet.now);
    for (number, body) in (1..).zip(decided.unwrap()) {
        let name = FactName::new(relay.device, number);
        relay.round.apply(Fact { name, hlc, wall: tablet.now, author: AccountNo(1), body });
    }
    assert_eq!(relay.round.acts[&act].given.len(), 1, "the dose is there again");
    assert_eq!(relay.round.acts[&act].given[0].dose.site, Site::RightArm);
    assert_eq!(relay.round.log().history(dose).len(), 3);
}

/// Many corrections, each of the one before, or all of the same fact, in the worst order: nothing is looked at again for each
/// of them. A hub that took minutes over them would stop for every team; here it would stop this test.
#[test]
fn ten_thousand_corrections_are_read_in_one_go() {
    let mut tablet = tablet_with(vec![person("Ruban", "1950-06-01", &[VIAL])]);
    let said = tablet.ok(Command::ReportDifficulty("ascenseur".into()));
    let text = |text: String| -> Body { DifficultyReported { text }.into() };
    let corrected = |of: FactName, number: u32| -> Body {
        let new = text(format!("{number}"));
        let (kind, body) = (Some(new.kind()), Some(new.to_cbor().into()));
        Corrected { of: vec![FactRef::Of(of)], kind, body, reason: None }.into()
    };
    let count = 10_000;
    let first = said.number + 1;
    for chained in [true, false] {
        let mut facts: Vec<Fact> = (first..first + count)
            .map(|number| {
                let name = FactName::new(tablet.device, number);
                let of = if chained && number > first { FactName::new(tablet.device, number - 1) } else { said };
                let hlc = Hlc { ms: tablet.clock.ms + i64::from(first + count - number), counter: 0 };
                Fact { name, hlc, wall: tablet.now, author: AccountNo(1), body: corrected(of, number) }
            })
            .collect();
        facts.reverse();
        let mut relay = tablet.clone();
        relay.round.apply_all(facts);
        assert_eq!(relay.round.log().history(said).len(), 1 + count as usize);
        if chained {
            assert_eq!(relay.round.difficulties[0].text, format!("{}", first + count - 1), "the last one counts");
            assert!(relay.round.conflicts().is_empty());
        } else {
            assert_eq!(relay.round.conflicts()[0].candidates.len(), count as usize);
        }
    }
}
