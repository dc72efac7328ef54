//! A tablet lost both copies of its store and is enrolled anew: the doses in its box are in its custody again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::aboard::{self, Why};
use perron_domain::command::GiveDose;
use perron_domain::fact::*;
use perron_domain::lot::LotId;
use perron_domain::name::{DeviceId, FactName, FactRef, Scope};
use perron_domain::refusal::Refusal;
use perron_domain::state::RoundState;
use perron_domain::{Command, CommonCommand};
use perron_testkit::world::*;
use proptest::prelude::*;

fn people(count: usize) -> Tablet {
    tablet_with((0..count).map(|n| person(&format!("Bobine{n}"), "1940-01-01", &[VIAL])).collect())
}

/// A tablet under another number that has everything of the first one's round.
fn anew(number: u32, lost: &Tablet) -> Tablet {
    let mut tablet = Tablet::new(number, &lost.common);
    tablet.now = lost.now;
    tablet.receive(&all(lost));
    tablet
}

fn all(tablet: &Tablet) -> Vec<Fact> {
    tablet.round.log().iter().cloned().collect()
}

fn take(device: DeviceId) -> Command {
    Command::TakeCustody { device }
}

fn read(tenths: i16) -> Command {
    Command::ReadTemperature { tenths, at: None, reason: Some("boîte ouverte".into()) }
}

fn usable(tablet: &Tablet, device: u32) -> i32 {
    aboard::held(&tablet.round, &tablet.common, DeviceId(device), VIAL, tablet.now).doses()
}

#[test]
fn what_was_taken_over_is_given_opened_lost_and_brought_back() {
    let mut lost = people(2);
    let (load, vial) = lost.open_vial(3);
    let mut tablet = anew(3, &lost);
    let people = tablet.people();
    let act = tablet.prepare(people[0]);
    assert_eq!(tablet.refused(Command::Give(give(act, vial, tablet.now))), Refusal::NotInCustody);
    assert_eq!((usable(&tablet, 2), usable(&tablet, 3)), (18, 0));

    tablet.ok(take(lost.device));
    assert_eq!((usable(&tablet, 2), usable(&tablet, 3)), (0, 18));
    assert_eq!(tablet.round.holder(load), DeviceId(3));
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    tablet.ok(Command::CountDrawn { vial, drawn: 5, reason: Some("aiguille bouchée".into()) });
    tablet.ok(Command::Waste { source: vial, count: 1, reason: "flacon tombé".into() });
    tablet.ok(Command::Cede { source: vial, count: 1, to: "Équipe 2".into() });
    let second = tablet.ok(Command::OpenVial { load, diluted: true, at: None });
    let act = tablet.prepare(people[1]);
    tablet.run(Command::Give(give(act, second, tablet.now))).unwrap();
    tablet.ok(Command::Return { load, units: 1 });
    let balance = tablet.round.lot_balances()[&LotId::new(VIAL, "V1")];
    assert_eq!((balance.taken, balance.given, balance.returned), (18, 2, 6));
    assert!(balance.holds());
}

#[test]
fn the_tablet_before_holds_them_no_longer() {
    let mut lost = people(1);
    let (load, vial) = lost.open_vial(2);
    let person = lost.people()[0];
    let act = lost.prepare(person);
    let mut tablet = anew(3, &lost);
    tablet.ok(take(lost.device));
    lost.receive(&tablet.written);
    assert_eq!(lost.refused(Command::Give(give(act, vial, lost.now))), Refusal::NotInCustody);
    assert_eq!(lost.refused(Command::OpenVial { load, diluted: true, at: None }), Refusal::NotInCustody);
    assert_eq!(lost.refused(Command::Return { load, units: 1 }), Refusal::NotInCustody);
    let barred = aboard::held(&lost.round, &lost.common, lost.device, VIAL, lost.now);
    assert_eq!(barred.why_none(), [(Why::OtherTablet, 12)]);
}

#[test]
fn a_dose_given_in_error_counts_out_of_the_vial_only_where_the_vial_is_held() {
    let mut lost = people(2);
    let (_, vial) = lost.open_vial(1);
    let mut tablet = anew(3, &lost);
    let people = tablet.people();
    let error = Some(AdministrationError { what: "other".into(), text: Some("mauvais bras".into()) });
    let wrong = |act, now| Command::Give(GiveDose { error: error.clone(), ..give(act, vial, now) });
    tablet.run(wrong(tablet.first_act(people[0]), tablet.now)).unwrap();
    assert_eq!(tablet.round.vials[&vial].given, 0, "another tablet's vial did not give it");
    tablet.ok(take(lost.device));
    tablet.run(wrong(tablet.first_act(people[1]), tablet.now)).unwrap();
    assert_eq!(tablet.round.vials[&vial].given, 1);
}

#[test]
fn a_reading_sets_apart_what_the_tablet_took_over_and_not_what_it_lost() {
    let mut lost = people(1);
    let (load, vial) = lost.open_vial(2);
    let mut tablet = anew(3, &lost);
    tablet.ok(take(lost.device));
    let mut after = lost.clone();
    after.receive(&tablet.written);
    after.ok(read(310));
    assert!(!after.round.set_apart(load), "what the number before reads is another box");
    assert_eq!(after.round.readings[0].held, []);

    tablet.ok(read(310));
    assert!(tablet.round.set_apart(load) && tablet.round.set_apart(vial));
    assert_eq!(tablet.round.readings[0].held, [load]);
    assert_eq!(tablet.refused(Command::OpenVial { load, diluted: true, at: None }), Refusal::SetApart);
    assert_eq!(tablet.refused(Command::Return { load, units: 1 }), Refusal::ColdChainBroken);
    // And what it says of a call about them is heard.
    tablet.ok(Command::NotePhoneDecision(perron_domain::command::NotePhoneDecision {
        sources: vec![load],
        usable: true,
        by: "Odile Lampion".into(),
        quality: DecidedAs::Pharmacist,
        account: None,
        at: None,
        reason: "moins de dix minutes".into(),
    }));
    assert!(!tablet.round.set_apart(load));
}

#[test]
fn what_was_read_before_stays_set_apart() {
    let mut lost = people(1);
    let (load, _) = lost.open_vial(2);
    lost.ok(read(310));
    let mut tablet = anew(3, &lost);
    tablet.ok(take(lost.device));
    assert_eq!(tablet.refused(Command::OpenVial { load, diluted: true, at: None }), Refusal::SetApart);
    assert_eq!(tablet.round.readings[0].held, [load], "the number before held it then");
}

#[test]
fn a_dose_that_the_number_before_gave_can_be_corrected() {
    let mut lost = people(1);
    let (_, vial) = lost.open_vial(1);
    let person = lost.people()[0];
    let act = lost.prepare(person);
    let given = *lost.run(Command::Give(give(act, vial, lost.now))).unwrap().last().unwrap();
    let mut tablet = anew(3, &lost);
    let dose = GiveDose { site: Site::RightArm, ..give(act, vial, lost.now) };
    let command = Command::Correct { fact: given, by: Some(Box::new(Command::Give(dose))), reason: None };
    assert_eq!(tablet.refused(command.clone()), Refusal::NotInCustody);
    tablet.ok(take(lost.device));
    tablet.run(command).unwrap();
    assert_eq!(tablet.round.acts[&act].given[0].dose.site, Site::RightArm);
}

#[test]
fn nothing_is_taken_from_oneself_or_where_nothing_is_or_twice() {
    let mut lost = people(1);
    let mut tablet = anew(3, &lost);
    assert_eq!(tablet.refused(take(lost.device)), Refusal::NothingToTake);
    lost.open_vial(1);
    let mut tablet = anew(3, &lost);
    assert_eq!(tablet.refused(take(DeviceId(3))), Refusal::OwnCustody);
    assert_eq!(tablet.refused(take(DeviceId(7))), Refusal::NothingToTake);
    assert_eq!(tablet.round.to_take_over(tablet.device, &[DeviceId(7), lost.device]), [lost.device]);
    tablet.ok(take(lost.device));
    assert_eq!(tablet.round.to_take_over(tablet.device, &[DeviceId(7), lost.device]), []);
    assert_eq!(tablet.refused(take(lost.device)), Refusal::AlreadyTaken { by: DeviceId(3) });
    let mut other = anew(4, &tablet);
    assert_eq!(other.refused(take(lost.device)), Refusal::AlreadyTaken { by: DeviceId(3) });
}

#[test]
fn a_tablet_lost_twice_has_what_it_had_at_first() {
    let mut first = people(1);
    let (load, _) = first.open_vial(1);
    let mut second = anew(3, &first);
    second.ok(take(first.device));
    let own = second.ok(Command::Load(vial_load("V2", 1)));
    let mut third = anew(4, &second);
    assert_eq!(third.round.to_take_over(third.device, &[first.device, second.device]), [second.device]);
    third.ok(take(second.device));
    assert_eq!(third.round.loads_of(third.device), [load, own]);
}

#[test]
fn what_the_number_before_takes_aboard_afterwards_is_its_own() {
    let mut lost = people(1);
    let (load, _) = lost.open_vial(1);
    let mut tablet = anew(3, &lost);
    tablet.ok(take(lost.device));
    assert_eq!(tablet.round.wrote_since(&tablet.round.custodies[0]), None);
    lost.receive(&tablet.written);
    lost.pass(7);
    let later = lost.ok(Command::Load(vial_load("V2", 1)));
    tablet.receive(&lost.written);
    assert_eq!((tablet.round.holder(load), tablet.round.holder(later)), (DeviceId(3), DeviceId(2)));
    assert_eq!(tablet.round.wrote_since(&tablet.round.custodies[0]), Some(lost.now), "there are two tablets");
    assert_eq!(tablet.round.to_take_over(tablet.device, &[lost.device]), []);
    assert_eq!(tablet.refused(take(lost.device)), Refusal::AlreadyTaken { by: DeviceId(3) });
}

#[test]
fn a_taker_whose_clock_is_ahead_hides_nothing_that_the_number_before_writes() {
    const AHEAD: i64 = 3 * 60;
    let mut lost = people(1);
    lost.open_vial(1);
    let mut tablet = anew(3, &lost);
    tablet.pass(AHEAD);
    let off = ClockCompared { offset_ms: -AHEAD * 60_000, round_trip_ms: 80, before_ms: None, said: None };
    tablet.write(off.into());
    tablet.ok(take(lost.device));
    lost.pass(4);
    lost.ok(read(52));
    tablet.receive(&lost.written);
    assert_eq!(tablet.round.wrote_since(&tablet.round.custodies[0]), None, "the clocks may differ by so much");
    lost.pass(10);
    lost.ok(read(53));
    tablet.receive(&lost.written);
    assert_eq!(tablet.round.wrote_since(&tablet.round.custodies[0]), Some(lost.now));
}

#[test]
fn what_arrives_of_the_time_before_is_taken_over_as_well() {
    let mut lost = people(1);
    let first = lost.ok(Command::Load(vial_load("V1", 1)));
    let mut tablet = anew(3, &lost);
    lost.pass(1);
    let second = lost.ok(Command::Load(vial_load("V2", 1)));
    tablet.pass(2);
    tablet.ok(take(lost.device));
    tablet.receive(&lost.written);
    assert_eq!(tablet.round.loads_of(tablet.device), [first]);
    assert_eq!(tablet.round.to_take_over(tablet.device, &[lost.device]), [lost.device]);
    tablet.ok(take(lost.device));
    assert_eq!(tablet.round.loads_of(tablet.device), [first, second]);
}

#[test]
fn a_tablet_that_takes_its_doses_back_keeps_them() {
    let mut lost = people(1);
    let (load, _) = lost.open_vial(1);
    let mut tablet = anew(3, &lost);
    tablet.ok(take(lost.device));
    lost.receive(&tablet.written);
    lost.ok(take(tablet.device));
    tablet.receive(&lost.written);
    assert_eq!(tablet.round.holder(load), lost.device);
    assert_eq!(tablet.round.to_take_over(tablet.device, &[lost.device]), []);
}

#[test]
fn the_desk_withdraws_what_was_taken_over_wrongly_and_a_tablet_does_not() {
    let mut lost = people(1);
    let (load, _) = lost.open_vial(2);
    let mut tablet = anew(3, &lost);
    let taken = tablet.ok(take(lost.device));
    let withdraw = Command::Correct { fact: taken, by: None, reason: Some("la première tablette marche".into()) };
    assert_eq!(tablet.refused(withdraw.clone()), Refusal::RelaysOwn);
    tablet.desk_ok(withdraw);
    assert_eq!(tablet.round.holder(load), lost.device);
    assert_eq!(tablet.round.custodies, []);
    // It does not begin again by itself.
    assert_eq!(tablet.round.to_take_over(tablet.device, &[lost.device]), []);
    assert_eq!(tablet.refused(take(lost.device)), Refusal::AlreadyTaken { by: lost.device });
    lost.receive(&all(&tablet));
    lost.pass(1);
    lost.ok(Command::Return { load, units: 1 });
}

#[test]
fn a_fact_that_lists_what_is_no_load_takes_nothing() {
    let mut lost = people(1);
    let (load, vial) = lost.open_vial(2);
    let mut tablet = anew(3, &lost);
    let nowhere = FactName::new(DeviceId(2), 4_000);
    let loads = [vial, nowhere].map(FactRef::Of).to_vec();
    tablet.write(CustodyTaken { device: lost.device, loads, to: None }.into());
    assert_eq!(tablet.round.custodies, [], "nothing was taken over");
    assert_eq!(tablet.round.holder(load), lost.device);
}

/// The branch of a restored copy: what the tablet wrote from `at` on, under the number that the hub gave it.
fn branch(of: &Tablet, at: u32, number: u32) -> Vec<Fact> {
    let forked =
        ChainForked { old_device: of.device, scope: Scope::round(1), fork_number: at, head: vec![0; 32].into() };
    let first = Fact { name: FactName::new(DeviceId(number), 1), body: forked.into(), ..of.written[0].clone() };
    let moved = of.written.iter().filter(|fact| fact.name.number >= at);
    let moved = moved.map(|fact| {
        let name = FactName::new(DeviceId(number), fact.name.number - at + 2);
        Fact { name, ..fact.clone() }
    });
    std::iter::once(first).chain(moved).collect()
}

#[test]
fn a_number_that_goes_on_under_another_is_taken_over_as_that_one() {
    let mut lost = people(1);
    let shared = lost.ok(Command::Load(vial_load("V1", 1)));
    let at = u32::try_from(lost.written.len()).unwrap() + 1;
    let mut copy = lost.clone();
    let other = lost.ok(Command::Load(vial_load("V2", 1)));
    copy.ok(Command::Load(vial_load("V3", 1)));
    let moved = branch(&copy, at, 9);
    lost.receive(&moved);
    let own = FactName::new(DeviceId(9), 2);
    assert_eq!(lost.round.loads[&own].loaded.lot, "V3");

    // The copy is the one that is lost: it had the first number, and went on under the ninth.
    let mut tablet = anew(3, &lost);
    assert_eq!(tablet.round.to_take_over(tablet.device, &[lost.device, DeviceId(9)]), [DeviceId(9)]);
    tablet.ok(take(DeviceId(9)));
    assert_eq!(tablet.round.loads_of(DeviceId(3)), [shared, own]);
    assert_eq!(tablet.round.loads_of(lost.device), [other], "what the other branch took aboard stays with it");
    assert!(aboard::holds(&tablet.round, DeviceId(3), own) && !aboard::holds(&tablet.round, DeviceId(3), other));
}

#[test]
fn a_tablet_that_goes_on_under_another_number_keeps_what_it_took_over() {
    let mut lost = people(1);
    let (load, vial) = lost.open_vial(2);
    let mut tablet = anew(3, &lost);
    tablet.ok(take(lost.device));
    let at = u32::try_from(tablet.written.len()).unwrap() + 1;
    let mut copy = tablet.clone();
    tablet.ok(Command::ReportDifficulty("ascenseur en panne".into()));
    copy.ok(Command::ReportDifficulty("pas de code".into()));
    let moved = branch(&copy, at, 9);
    tablet.receive(&moved);
    let mut goes_on = Tablet { device: DeviceId(9), round: tablet.round.clone(), written: moved, ..copy };
    goes_on.write(ChainTaken { device: DeviceId(9) }.into());
    goes_on.ok(Command::Waste { source: vial, count: 1, reason: "essai".into() });
    goes_on.ok(Command::Return { load, units: 1 });
    assert_eq!(goes_on.refused(take(DeviceId(3))), Refusal::OwnCustody);
    assert_eq!(goes_on.round.loads_of(lost.device), []);
}

/// Three tablets with a load each, and facts by which they take from each other without having seen it.
fn in_a_circle() -> (Vec<FactName>, Vec<Fact>) {
    let mut first = people(1);
    let mut loads = vec![first.ok(Command::Load(vial_load("V1", 1)))];
    let (mut second, mut third) = (anew(3, &first), anew(4, &first));
    loads.push(second.ok(Command::Load(vial_load("V2", 1))));
    third.receive(&all(&second));
    loads.push(third.ok(Command::Load(vial_load("V3", 1))));
    let taken = |device: u32| CustodyTaken {
        device: DeviceId(device),
        loads: loads.iter().copied().map(FactRef::Of).collect(),
        to: None,
    };
    let before = all(&third);
    for (tablet, from, minutes) in [(&mut first, 4, 5), (&mut second, 2, 6), (&mut third, 3, 7)] {
        tablet.receive(&before);
        tablet.pass(minutes);
        tablet.write(taken(from).into());
    }
    let facts = [all(&first), all(&second), all(&third)].concat();
    (loads, facts)
}

#[test]
fn takings_in_a_circle_end_with_the_last_one() {
    let (loads, facts) = in_a_circle();
    let round = RoundState::of(facts);
    assert_eq!(round.custodies.len(), 3);
    assert_eq!(round.loads_of(DeviceId(4)), loads);
    assert_eq!((round.loads_of(DeviceId(2)), round.loads_of(DeviceId(3))), (vec![], vec![]));
}

proptest! {
    #[test]
    fn in_whatever_order_they_come_the_same_tablet_holds_them(order in Just(in_a_circle().1).prop_shuffle()) {
        let straight = RoundState::of(in_a_circle().1);
        let mut state = RoundState::default();
        for fact in order {
            state.apply(fact);
        }
        prop_assert_eq!(state.view(), straight.view());
    }
}

#[test]
fn a_lot_that_the_relay_set_apart_stays_so_whoever_holds_it() {
    let mut lost = people(1);
    let (load, _) = lost.open_vial(2);
    let mut tablet = anew(3, &lost);
    tablet.ok(take(lost.device));
    let isolated = LotIsolated { lot: "V1".into(), reason: "rappel".into(), product: None, confirmed: None };
    tell_common(&mut tablet.common, CommonCommand::IsolateLot(isolated));
    let refused = tablet.refused(Command::OpenVial { load, diluted: true, at: None });
    assert!(matches!(refused, Refusal::LotIsolated { .. }));
}

#[test]
fn whoever_sees_the_doses_in_the_box_takes_them_and_the_other_can_take_them_back() {
    let mut first = people(1);
    let (load, _) = first.open_vial(2);
    let mut second = anew(3, &first);
    assert_eq!(
        second.refused(Command::TakeDoses { load: second.people()[0] }),
        Refusal::Unknown { fact: second.people()[0] }
    );
    second.ok(Command::TakeDoses { load });
    assert_eq!(second.round.holder(load), DeviceId(3));
    assert_eq!(second.refused(Command::TakeDoses { load }), Refusal::OwnCustody);
    let own = second.written.clone();
    first.receive(&own);
    let taken = first.round.taken_from(first.device).unwrap();
    assert_eq!((taken.from, taken.name.device), (first.device, DeviceId(3)));
    assert_eq!(second.round.taken_from(second.device), None, "nobody took anything from it");
    first.ok(Command::TakeDoses { load });
    assert_eq!(first.round.holder(load), first.device);
    assert_eq!(first.round.taken_from(first.device), None, "they are back");
}

#[test]
fn loads_that_are_named_twice_or_not_there_take_nothing_over() {
    let mut lost = people(1);
    let (load, vial) = lost.open_vial(2);
    let mut tablet = anew(3, &lost);
    let to = |name| perron_domain::name::FactRef::to(name, DeviceId(3));
    tablet.write(CustodyTaken { device: lost.device, loads: vec![to(load), to(load), to(vial)], to: None }.into());
    assert_eq!(tablet.round.custodies.last().map(|custody| custody.loads.clone()), Some(vec![load]));
    let count = tablet.round.custodies.len();
    tablet.write(CustodyTaken { device: DeviceId(999), loads: vec![to(vial)], to: None }.into());
    tablet.write(CustodyTaken { device: DeviceId(3), loads: vec![to(load)], to: None }.into());
    assert_eq!(tablet.round.custodies.len(), count, "nothing of another tablet was taken");
}
