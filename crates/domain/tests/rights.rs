//! Rights: a correction is judged like the fact that it becomes, and like what it names, on every device alike.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::fact::*;
use perron_domain::name::{DeviceId, FactName, FactRef};
use perron_domain::refusal::Refusal;
use perron_domain::state::{Ignored, NotCounted, RoundState};
use perron_domain::time::Hlc;
use perron_domain::{Command, CommonCommand, Context, PeopleCommand, decide_common, decide_people};
use perron_testkit::world::*;
use proptest::prelude::*;

/// A correction that nobody decided on, as another client might write it.
fn forged(of: &[FactName], becomes: Option<Body>) -> Body {
    let of = of.iter().copied().map(FactRef::Of).collect();
    let kind = becomes.as_ref().map(Body::kind);
    Corrected { of, kind, body: becomes.map(|body| body.to_cbor().into()), reason: None }.into()
}

fn cancelled() -> Body {
    RoundCancelled { reason: "neige".into() }.into()
}

/// A tablet with one person, and the name of a difficulty that it reported.
fn reported() -> (Tablet, FactName) {
    let mut tablet = tablet_with(vec![person("Bobine", "1931-05-01", &[VIAL])]);
    let own = tablet.ok(Command::ReportDifficulty("ascenseur en panne".into()));
    (tablet, own)
}

fn planned(tablet: &Tablet, wanted: u16) -> FactName {
    tablet.round.log().iter().find(|fact| fact.body.kind() == wanted).unwrap().name
}

fn only(state: &RoundState) -> Ignored {
    let all: Vec<&Ignored> = state.ignored().collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

#[test]
fn a_tablet_does_not_cancel_the_round_by_correcting_its_own_fact_into_it() {
    let (mut tablet, own) = reported();
    let forged = tablet.write(forged(&[own], Some(cancelled())));
    assert_eq!(tablet.round.cancelled, None);
    assert_eq!(tablet.round.difficulties.len(), 1, "what it named stands");
    let expected = Ignored { correction: forged, of: own, kind: 100, becomes: Some(38), why: NotCounted::RelaysOwn };
    assert_eq!(only(&tablet.round), expected);
}

#[test]
fn a_tablet_withdraws_nothing_that_the_desk_wrote() {
    for kind in [30, 31, 32, 33, 37] {
        let (mut tablet, _) = reported();
        let before = format!("{:?}", tablet.round.view());
        let of = planned(&tablet, kind);
        let refused = tablet.refused(Command::Correct { fact: of, by: None, reason: None });
        let no_correction = Kind::of(kind).unwrap().corrected == Corrector::No;
        assert_eq!(refused, if no_correction { Refusal::CannotCorrect } else { Refusal::RelaysOwn }, "kind {kind}");
        tablet.write(forged(&[of], None));
        assert_eq!(format!("{:?}", tablet.round.view()), before, "kind {kind}");
        assert_eq!(only(&tablet.round).of, of);
    }
}

#[test]
fn a_tablet_does_not_run_the_commands_of_the_desk() {
    let (mut tablet, _) = reported();
    assert_eq!(tablet.refused(Command::CancelRound { reason: "neige".into() }), Refusal::RelaysOwn);
    tablet.desk_ok(Command::CancelRound { reason: "neige".into() });
    let bobine = tablet.people()[0];
    assert_eq!(tablet.refused(Command::Erase(bobine)), Refusal::RelaysOwn);
    let context = Context { device: DeviceId(2), ..tablet.context() };
    let lot = LotIsolated { lot: "V1".into(), reason: "rappel".into(), product: None, confirmed: None };
    assert_eq!(decide_common(&tablet.common, CommonCommand::IsolateLot(lot), &context), Err(Refusal::RelaysOwn));
    let erase = PeopleCommand::Erase(bobine);
    assert_eq!(decide_people(&Default::default(), erase, &context), Err(Refusal::RelaysOwn));
}

#[test]
fn teams_correct_each_other_and_the_desk_corrects_them_all() {
    let (mut tablet, own) = reported();
    let mut other = Tablet::new(3, &tablet.common);
    other.receive(&tablet.round.log().iter().cloned().collect::<Vec<_>>());
    let by = |text: &str| Some(Box::new(Command::ReportDifficulty(text.into())));
    other.ok(Command::Correct { fact: own, by: by("ascenseur réparé"), reason: None });
    assert_eq!(other.round.difficulties[0].text, "ascenseur réparé");
    tablet.receive(&other.written);
    tablet.desk_ok(Command::Correct { fact: own, by: by("ascenseur au sous-sol"), reason: None });
    assert_eq!(tablet.round.difficulties[0].text, "ascenseur au sous-sol");
    // What the desk put right is the desk's: a team does not take it back.
    assert_eq!(tablet.refused(Command::Correct { fact: own, by: None, reason: None }), Refusal::RelaysOwn);
    let desks = tablet.round.log().history(own).last().unwrap().name;
    tablet.write(forged(&[desks], None));
    assert_eq!(tablet.round.difficulties[0].text, "ascenseur au sous-sol");
    assert_eq!(only(&tablet.round).why, NotCounted::RelaysOwn);
}

#[test]
fn what_is_not_corrected_stays_for_the_desk_too() {
    let (mut tablet, own) = reported();
    let correction = tablet.ok(Command::Correct { fact: own, by: None, reason: None });
    for fact in [correction, planned(&tablet, 37)] {
        let command = Command::Correct { fact, by: None, reason: None };
        assert_eq!(tablet.desk().refused(command), Refusal::CannotCorrect);
    }
    let mut desk = tablet.desk();
    desk.write(forged(&[planned(&tablet, 37)], None));
    assert!(desk.round.published, "the round stays published");
    assert_eq!(only(&desk.round).why, NotCounted::NotCorrectable);
}

#[test]
fn a_correction_that_nobody_can_read_withdraws_nothing() {
    let (mut tablet, own) = reported();
    let of = vec![FactRef::Of(own)];
    tablet.write(Corrected { of, kind: Some(100), body: Some(vec![0x60].into()), reason: None }.into());
    assert_eq!(tablet.round.difficulties.len(), 1);
    assert_eq!(only(&tablet.round).why, NotCounted::Unreadable);
}

#[test]
fn a_correction_waits_for_what_it_names_and_is_judged_then() {
    let (mut tablet, own) = reported();
    let correction = tablet.write(forged(&[own], Some(cancelled())));
    let mut facts: Vec<Fact> = tablet.round.log().iter().cloned().collect();
    let late = facts.remove(facts.iter().position(|fact| fact.name == own).unwrap());
    let mut state = RoundState::of(facts);
    assert_eq!(state.ignored().count(), 0, "nothing is known of what it names");
    state.apply(late);
    assert_eq!(only(&state).correction, correction);
    assert_eq!(state.difficulties.len(), 1);
}

#[test]
fn an_erasure_a_tablet_writes_erases_nothing() {
    let (mut tablet, own) = reported();
    tablet.write(Erasure::of(vec![FactRef::Of(own)]).into());
    assert_eq!(tablet.round.difficulties.len(), 1);
    tablet.write(forged(&[own], Some(Erasure::of(vec![FactRef::Of(planned(&tablet, 32))]).into())));
    assert_eq!(tablet.people().len(), 1);
}

#[test]
fn a_chain_that_says_later_that_it_is_a_branch_does_not_become_one() {
    let (mut tablet, own) = reported();
    let mut other = Tablet::new(3, &tablet.common);
    other.receive(&tablet.round.log().iter().cloned().collect::<Vec<_>>());
    other.ok(Command::ReportDifficulty("rien".into()));
    let scope = perron_domain::name::Scope::round(1);
    let fork = ChainForked { old_device: tablet.device, scope, fork_number: 1, head: vec![0; 32].into() };
    other.write(fork.into());
    tablet.receive(&other.written);
    assert!(!tablet.round.log().numbering(DeviceId(3)).wrote(own));
    assert!(!tablet.round.log().numbering(DeviceId(3)).was(tablet.device));
}

/// A correction out of the hat: by whom, of how many facts and which, into what.
#[derive(Clone, Debug)]
struct Throw {
    device: u32,
    of: Vec<prop::sample::Index>,
    becomes: Option<prop::sample::Index>,
    minutes: i64,
}

fn throws() -> impl Strategy<Value = Vec<Throw>> {
    let device = prop::sample::select(vec![2, 3, DESK.0]);
    let of = prop::collection::vec(any::<prop::sample::Index>(), 1..3);
    let becomes = prop::option::of(any::<prop::sample::Index>());
    let one = (device, of, becomes, -600_i64..600);
    prop::collection::vec(one.prop_map(|(device, of, becomes, minutes)| Throw { device, of, becomes, minutes }), 1..9)
}

/// The facts of a round with corrections that nobody decided on.
fn thrown(throws: &[Throw]) -> Vec<Fact> {
    let (mut tablet, _) = reported();
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    let mut facts: Vec<Fact> = tablet.round.log().iter().cloned().collect();
    let bodies: Vec<Body> = facts.iter().map(|fact| fact.body.clone()).chain([cancelled()]).collect();
    for throw in throws {
        let device = DeviceId(throw.device);
        let of: Vec<FactName> = throw.of.iter().map(|index| index.get(&facts).name).collect();
        let becomes = throw.becomes.map(|index| index.get(&bodies).clone());
        let number = facts.iter().filter(|fact| fact.name.device == device).count() + 1;
        let wall = tablet.now.plus_minutes(throw.minutes);
        let name = FactName::new(device, u32::try_from(number).unwrap());
        let body = forged(&of, becomes);
        facts.push(Fact { name, hlc: Hlc { ms: wall.0, counter: 0 }, wall, author: AccountNo(1), body });
    }
    facts
}

fn folded(facts: impl IntoIterator<Item = Fact>) -> (String, String, String) {
    let mut state = RoundState::default();
    for fact in facts {
        state.apply(fact);
    }
    let ignored: Vec<Ignored> = state.ignored().cloned().collect();
    (format!("{:?}", state.view()), format!("{:?}", state.conflicts()), format!("{ignored:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_corrected_by_whomever_any_order_gives_the_same_state(
        (facts, order) in throws().prop_map(|throws| thrown(&throws)).prop_flat_map(|facts| {
            (Just(facts.clone()), Just(facts).prop_shuffle())
        }),
    ) {
        prop_assert_eq!(folded(facts), folded(order));
    }

    #[test]
    fn whatever_tablets_correct_the_desks_facts_stand(throws in throws()) {
        let throws: Vec<Throw> = throws.into_iter().filter(|throw| throw.device != DESK.0).collect();
        let facts = thrown(&throws);
        let state = RoundState::of(facts.iter().cloned());
        let effective = state.log().effective().0;
        for fact in facts.iter().filter(|fact| fact.name.device.is_hub()) {
            let now = effective.iter().find(|one| one.fact.name == fact.name);
            prop_assert!(now.is_some_and(|now| *now.body == fact.body), "{} was changed", fact.body.kind_name());
        }
        for one in &effective {
            let writer = one.fact.name.device;
            prop_assert!(Kind::may_write(one.body.kind(), writer), "{} became {}", writer.0, one.body.kind_name());
        }
    }
}
