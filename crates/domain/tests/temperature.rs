//! The cold box: which doses a reading concerns, who decides about them, and what every screen says when none is left.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::aboard::{self, Why};
use perron_domain::command::NotePhoneDecision;
use perron_domain::fact::*;
use perron_domain::name::FactName;
use perron_domain::refusal::{Field, Needing, Refusal};
use perron_domain::rules::Temperatures;
use perron_domain::state::DecidedBy;
use perron_domain::state::close::{Gap, gaps};
use perron_domain::{Command, CommonCommand, NewDirective};
use perron_testkit::world::*;
use proptest::prelude::*;

fn keeps(min: i8, max: i8, verified: bool) -> Option<Temperatures> {
    Some(Temperatures { min, max, source: "test".into(), verified })
}

/// A tablet whose vaccine in vials keeps, once opened, between 2 and 30 °C, and as a prepared syringe between 2 and 25 °C.
fn tablet(verified: bool, people: usize) -> Tablet {
    let mut tablet = tablet_with((0..people).map(|n| person(&format!("Bobine{n}"), "1940-01-01", &[VIAL])).collect());
    let mut directive = directive();
    directive.version = "2".into();
    let vial = directive.products.iter_mut().find(|product| product.code == VIAL).unwrap();
    vial.opened_temperature = keeps(2, 30, verified);
    vial.prepared_temperature = keeps(2, 25, verified);
    let publish =
        CommonCommand::PublishDirective(Box::new(NewDirective { directive, text: None, urgent: true, adopted: None }));
    tell_common(&mut tablet.common, publish);
    tablet
}

fn read(tenths: i16) -> Command {
    Command::ReadTemperature { tenths, at: None, reason: Some("box ouverte au soleil".into()) }
}

fn call(sources: &[FactName], usable: bool) -> NotePhoneDecision {
    NotePhoneDecision {
        sources: sources.to_vec(),
        usable,
        by: "Odile Lampion".into(),
        quality: DecidedAs::Pharmacist,
        account: None,
        at: None,
        reason: "moins de dix minutes à 9 °C".into(),
    }
}

fn syringes(tablet: &mut Tablet, units: u16) -> FactName {
    let preparation =
        Some(Preparation {
            by: "Cléo Bassine".into(), vial: "1".into(), at: nine(), use_by: nine().plus_minutes(300)
        });
    let form = DoseForm::PreparedSyringe;
    tablet.ok(Command::Load(DosesLoaded { form, units, doses_per_unit: 1, preparation, ..vial_load("V9", units) }))
}

#[test]
fn nine_degrees_leave_the_opened_vial_and_set_the_closed_ones_apart() {
    let mut tablet = tablet(true, 1);
    let (load, vial) = tablet.open_vial(2);
    let act = tablet.prepare(tablet.people()[0]);
    tablet.ok(read(90));
    assert!(tablet.round.set_apart(load));
    assert!(!tablet.round.set_apart(vial), "2–30 °C once opened");
    assert_eq!(tablet.refused(Command::OpenVial { load, diluted: true, at: None }), Refusal::SetApart);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    // At 31 °C the opened vial is concerned too.
    tablet.ok(read(310));
    assert!(tablet.round.set_apart(vial));
}

#[test]
fn a_range_that_nobody_verified_spares_no_vial() {
    let mut tablet = tablet(false, 1);
    let (load, vial) = tablet.open_vial(1);
    let act = tablet.prepare(tablet.people()[0]);
    tablet.ok(read(90));
    assert!(tablet.round.set_apart(vial));
    assert_eq!(tablet.refused(Command::Give(give(act, vial, tablet.now))), Refusal::SetApart);
    // It follows its load: one decision is enough.
    assert_eq!(tablet.round.isolated().into_iter().map(|(name, _)| name).collect::<Vec<_>>(), [load]);
    tablet.desk_ok(Command::DecideIsolation { load, usable: true, reason: "vu".into(), by: None });
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
}

#[test]
fn syringes_prepared_at_the_relay_have_their_own_range() {
    let mut tablet = tablet(true, 1);
    let load = syringes(&mut tablet, 7);
    tablet.ok(read(200));
    assert!(!tablet.round.set_apart(load));
    tablet.ok(read(15));
    assert!(tablet.round.set_apart(load), "1.5 °C is too cold for them as well");
}

#[test]
fn doses_given_before_a_late_reading_was_entered_are_told_to_the_head() {
    let mut tablet = tablet(true, 3);
    let people = tablet.people();
    let acts: Vec<FactName> = people.iter().map(|person| tablet.prepare(*person)).collect();
    let load = syringes(&mut tablet, 3);
    let give_to = |tablet: &mut Tablet, act: FactName| {
        *tablet.run(Command::Give(give(act, load, tablet.now))).unwrap().last().unwrap()
    };
    tablet.pass(10);
    give_to(&mut tablet, acts[0]);
    tablet.pass(10);
    let excursion = tablet.now;
    tablet.pass(10);
    let after = give_to(&mut tablet, acts[1]);
    tablet.pass(10);
    let late = |tenths| Command::ReadTemperature { tenths, at: Some(excursion), reason: Some("box ouverte".into()) };
    // At 20 °C the prepared syringes keep.
    tablet.ok(late(200));
    assert!(tablet.round.given_warm().is_empty());
    tablet.ok(late(260));
    let gap = Gap::GivenWarm { dose: after, act: acts[1], tenths: 260 };
    let warm = |tablet: &Tablet| -> Vec<Gap> {
        gaps(&tablet.round, &tablet.common).into_iter().filter(|gap| matches!(gap, Gap::GivenWarm { .. })).collect()
    };
    assert_eq!(warm(&tablet), std::slice::from_ref(&gap), "the first was given before, the third was not given");
    // Its own words do not settle it; the head's do, and need no signature.
    tablet.desk_ok(Command::ExplainGap { gap: gap.code(), text: "revaccinée".into() });
    assert_eq!(gap.explanation(&tablet.round), Some("revaccinée"));
    // Found usable: nothing is left to tell.
    tablet.desk_ok(Command::DecideIsolation { load, usable: true, reason: "vu avec le fabricant".into(), by: None });
    assert!(warm(&tablet).is_empty());
}

#[test]
fn the_last_dose_of_a_load_is_told_as_well() {
    let mut tablet = tablet(true, 1);
    let act = tablet.prepare(tablet.people()[0]);
    let load = syringes(&mut tablet, 1);
    let excursion = tablet.now;
    tablet.pass(10);
    tablet.run(Command::Give(give(act, load, tablet.now))).unwrap();
    tablet.pass(10);
    tablet.ok(Command::ReadTemperature { tenths: 10, at: Some(excursion), reason: Some("accumulateur".into()) });
    assert_eq!(
        tablet.round.given_warm().len(),
        1,
        "nothing is left to be set apart, and the dose was frozen all the same"
    );
}

#[test]
fn what_was_taken_after_the_excursion_was_not_in_the_box() {
    let mut tablet = tablet(true, 1);
    let before = tablet.ok(Command::Load(vial_load("V1", 1)));
    let excursion = tablet.now;
    tablet.pass(30);
    let after = tablet.ok(Command::Load(vial_load("V2", 1)));
    tablet.pass(30);
    // Read at nine, entered an hour later.
    tablet.ok(Command::ReadTemperature { tenths: 120, at: Some(excursion), reason: Some("box ouverte".into()) });
    assert!(tablet.round.set_apart(before));
    assert!(!tablet.round.set_apart(after));
}

#[test]
fn a_vial_opened_since_was_still_closed_when_the_box_was_read() {
    let mut tablet = tablet(true, 1);
    let load = tablet.ok(Command::Load(vial_load("V1", 2)));
    let excursion = tablet.now;
    tablet.pass(20);
    let vial = tablet.ok(Command::OpenVial { load, diluted: true, at: None });
    tablet.ok(Command::ReadTemperature { tenths: 90, at: Some(excursion), reason: Some("box ouverte".into()) });
    assert!(tablet.round.set_apart(vial));
    // Another reading, which an opened vial may have, does not free it of the first.
    tablet.ok(read(95));
    assert!(tablet.round.set_apart(vial));
    // It follows its load: one decision is enough for both.
    tablet.ok(Command::NotePhoneDecision(call(&[vial], true)));
    assert!(!tablet.round.set_apart(load) && !tablet.round.set_apart(vial));
    assert!(tablet.round.to_confirm(vial).is_some());
}

#[test]
fn a_decision_made_before_a_late_reading_was_entered_says_nothing_of_it() {
    let mut tablet = tablet(true, 2);
    let people = tablet.people();
    let load = syringes(&mut tablet, 3);
    tablet.pass(10);
    let excursion = tablet.now;
    tablet.pass(2);
    let act = tablet.prepare(people[0]);
    let dose = *tablet.run(Command::Give(give(act, load, tablet.now))).unwrap().last().unwrap();
    // Too warm now: somebody who may says «usable». Only then the earlier reading is entered.
    tablet.pass(5);
    tablet.ok(Command::ReadTemperature { tenths: 260, at: None, reason: Some("box ouverte".into()) });
    tablet.ok(Command::NotePhoneDecision(call(&[load], true)));
    tablet.pass(1);
    let late = Command::ReadTemperature { tenths: 280, at: Some(excursion), reason: Some("relevé oublié".into()) };
    tablet.ok(late);
    let told: Vec<Gap> = gaps(&tablet.round, &tablet.common);
    assert!(told.contains(&Gap::GivenWarm { dose, act, tenths: 280 }), "{told:?}");
}

#[test]
fn what_is_to_be_destroyed_stays_so_whatever_is_read_later() {
    let mut tablet = tablet(true, 1);
    let load = tablet.ok(Command::Load(vial_load("V1", 1)));
    tablet.ok(read(150));
    tablet.desk_ok(Command::DecideIsolation { load, usable: false, reason: "trop chaud".into(), by: None });
    tablet.ok(read(90));
    assert_eq!(tablet.round.isolation(load).unwrap().usable, Some(false));
}

#[test]
fn a_load_whose_last_vial_is_set_apart_by_itself_leaves_one_thing_to_decide() {
    let mut tablet = tablet(true, 1);
    let load = tablet.ok(Command::Load(vial_load("V1", 1)));
    let excursion = tablet.now;
    tablet.pass(20);
    let vial = tablet.ok(Command::OpenVial { load, diluted: true, at: None });
    tablet.ok(Command::ReadTemperature { tenths: 91, at: Some(excursion), reason: Some("box ouverte".into()) });
    tablet.ok(read(312));
    let gaps = perron_domain::state::close::gaps(&tablet.round, &tablet.common);
    let apart: Vec<_> = gaps.iter().filter(|gap| gap.code().starts_with("apart:")).map(|gap| gap.code()).collect();
    assert_eq!(apart, [format!("apart:{vial}")]);
}

#[test]
fn a_call_makes_the_doses_usable_at_once_and_the_desk_confirms_it() {
    let mut tablet = tablet(true, 1);
    let (load, _) = tablet.open_vial(3);
    let act = tablet.prepare(tablet.people()[0]);
    tablet.ok(read(90));
    let noted = tablet.ok(Command::NotePhoneDecision(call(&[load], true)));
    assert!(!tablet.round.set_apart(load));
    assert_eq!(tablet.round.to_confirm(load).unwrap().0, noted, "until the desk has answered");
    let second = tablet.ok(Command::OpenVial { load, diluted: true, at: None });
    tablet.run(Command::Give(give(act, second, tablet.now))).unwrap();

    let mut hub = Tablet::new(1, &tablet.common);
    let all: Vec<Fact> = tablet.round.log().iter().cloned().collect();
    hub.receive(&all);
    hub.now = tablet.now;
    let contradiction = Command::AnswerPhoneDecision { decision: noted, confirmed: false, reason: None };
    assert_eq!(decide_as_hub(&hub, contradiction), Err(Refusal::ReasonNeeded { what: Needing::Contradiction }));
    let confirmed = Command::AnswerPhoneDecision { decision: noted, confirmed: true, reason: None };
    answer(&mut tablet, confirmed.clone());
    assert!(tablet.round.to_confirm(load).is_none());
    assert!(!tablet.round.set_apart(load));
    let answer = tablet.round.phone_decisions[&noted].answer.clone().unwrap();
    assert_eq!((answer.confirmed, answer.by), (true, AccountNo(8)));
    assert_eq!(decide_as_hub(&tablet, confirmed), Err(Refusal::AlreadyAnswered));
}

#[test]
fn a_call_that_the_desk_contradicts_sets_the_doses_apart_again() {
    let mut tablet = tablet(true, 1);
    let load = tablet.ok(Command::Load(vial_load("V1", 2)));
    tablet.ok(read(90));
    let noted = tablet.ok(Command::NotePhoneDecision(call(&[load], true)));
    let reason = Some("personne n’a été appelé".to_owned());
    answer(&mut tablet, Command::AnswerPhoneDecision { decision: noted, confirmed: false, reason });
    assert!(tablet.round.set_apart(load));
    assert_eq!(tablet.round.isolation(load).unwrap().usable, None, "somebody still has to decide");
    tablet.ok(Command::NotePhoneDecision(call(&[load], false)));
    assert_eq!(tablet.round.isolation(load).unwrap().usable, Some(false));
}

#[test]
fn a_call_needs_who_why_a_right_and_doses_that_wait() {
    let mut tablet = tablet(true, 1);
    let load = tablet.ok(Command::Load(vial_load("V1", 2)));
    let refused = |tablet: &mut Tablet, note| tablet.refused(Command::NotePhoneDecision(note));
    assert_eq!(refused(&mut tablet, call(&[load], true)), Refusal::NotSetApart);
    tablet.ok(read(90));
    assert_eq!(refused(&mut tablet, call(&[], true)), Refusal::Empty { field: Field::Sources });
    let nobody = NotePhoneDecision { by: " ".into(), ..call(&[load], true) };
    assert_eq!(refused(&mut tablet, nobody), Refusal::Empty { field: Field::DecidedBy });
    let no_reason = NotePhoneDecision { reason: String::new(), ..call(&[load], true) };
    assert_eq!(refused(&mut tablet, no_reason), Refusal::Empty { field: Field::Reason });
    let nurse = NotePhoneDecision { account: Some(AccountNo(2)), quality: DecidedAs::Head, ..call(&[load], true) };
    assert_eq!(refused(&mut tablet, nurse), Refusal::RoleNeeded { role: Role::Head });
    let later = NotePhoneDecision { at: Some(tablet.now.plus_minutes(60)), ..call(&[load], true) };
    assert_eq!(refused(&mut tablet, later), Refusal::InTheFuture);
    let head = NotePhoneDecision { account: Some(AccountNo(8)), quality: DecidedAs::Head, ..call(&[load], true) };
    let noted = tablet.ok(Command::NotePhoneDecision(head));
    assert_eq!(tablet.round.phone_decisions[&noted].noted.by, "Carole Persienne");
    // Decided is decided: a second call is not noted over it.
    assert_eq!(refused(&mut tablet, call(&[load], false)), Refusal::NotSetApart);
}

#[test]
fn what_was_written_at_the_desk_stands_above_a_call() {
    let mut first = tablet(true, 1);
    let load = first.ok(Command::Load(vial_load("V1", 2)));
    first.ok(read(90));
    let mut desk = Tablet::new(1, &first.common);
    // The team noted the call without a network, while the head decided at the desk.
    let call_noted = first.ok(Command::NotePhoneDecision(call(&[load], true)));
    let all: Vec<Fact> = first.round.log().iter().filter(|fact| fact.name != call_noted).cloned().collect();
    desk.receive(&all);
    let decided =
        desk_fact(&desk, Command::DecideIsolation { load, usable: false, reason: "trop chaud".into(), by: None });
    first.receive(std::slice::from_ref(&decided));
    let isolation = first.round.isolation(load).unwrap().clone();
    assert_eq!((isolation.usable, isolation.decided), (Some(false), Some(DecidedBy::Written(decided.name))));
    assert!(first.round.set_apart(load));
}

#[test]
fn a_tablet_whose_clock_is_ahead_does_not_overrule_what_the_desk_decided() {
    let mut tablet = tablet(true, 1);
    let load = tablet.ok(Command::Load(vial_load("V1", 2)));
    tablet.ok(read(150));
    let usable = Command::DecideIsolation { load, usable: true, reason: "vu".into(), by: None };
    assert_eq!(tablet.refused(usable.clone()), Refusal::RoleNeeded { role: Role::Head }, "a nurse notes a call");
    tablet.desk_ok(Command::DecideIsolation { load, usable: false, reason: "trop chaud".into(), by: None });
    // What another client might write, years ahead of everybody.
    let reason = "à garder".to_owned();
    let load_of = perron_domain::name::FactRef::Of(load);
    tablet.pass(5_256_000);
    tablet.write(IsolationDecided { load: load_of, usable: true, reason, by: None }.into());
    assert_eq!(tablet.round.isolation(load).unwrap().usable, Some(false));
    assert_eq!(tablet.round.written_decisions.len(), 2, "both are shown");
    // The desk may think again.
    tablet.desk_ok(usable);
    assert!(!tablet.round.set_apart(load));
}

#[test]
fn each_reason_for_having_no_dose_has_its_name() {
    let mut tablet = tablet(true, 2);
    let why = |tablet: &Tablet| {
        let aboard = aboard::held(&tablet.round, &tablet.common, tablet.device, VIAL, tablet.now);
        aboard.why_none().to_vec()
    };
    assert_eq!(why(&tablet), [(Why::NoneTaken, 0)]);
    let (load, vial) = tablet.open_vial(1);
    assert_eq!(why(&tablet), []);
    let mut hot = tablet.clone();
    hot.ok(read(310));
    assert_eq!(why(&hot), [(Why::SetApart, 6)]);
    hot.desk_ok(Command::DecideIsolation { load: vial, usable: false, reason: "trop chaud".into(), by: None });
    assert_eq!(why(&hot), [(Why::ToDestroy, 6)]);
    let mut late = tablet.clone();
    late.pass(361);
    assert_eq!(why(&late), [(Why::TimeOver, 6)]);
    let mut recalled = tablet.clone();
    tell_common(
        &mut recalled.common,
        CommonCommand::IsolateLot(LotIsolated {
            lot: "V1".into(),
            reason: "rappel".into(),
            product: None,
            confirmed: None,
        }),
    );
    assert_eq!(why(&recalled), [(Why::LotIsolated, 6)]);
    let mut lost = tablet.clone();
    lost.ok(Command::Waste { source: vial, count: 6, reason: "flacon tombé".into() });
    assert_eq!(why(&lost), [(Why::AllGone, 0)]);
    let other = aboard::held(&tablet.round, &tablet.common, perron_domain::name::DeviceId(3), VIAL, tablet.now);
    assert_eq!(other.why_none(), [(Why::OtherTablet, 6)]);
    assert!(tablet.round.loads.contains_key(&load));
}

#[test]
fn a_lot_recalled_on_the_way_is_no_free_dose_for_somebody_met_on_the_stairs() {
    let mut tablet = tablet(true, 1);
    tablet.ok(Command::Load(vial_load("V1", 2)));
    let walk_in = Command::AddPerson {
        stop: tablet.round.order[0],
        record: person("Guidon", "1950-01-01", &[VIAL]),
        despite: None,
    };
    let mut before = tablet.clone();
    before.ok(walk_in.clone());
    tell_common(
        &mut tablet.common,
        CommonCommand::IsolateLot(LotIsolated {
            lot: "V1".into(),
            reason: "rappel".into(),
            product: None,
            confirmed: None,
        }),
    );
    assert_eq!(tablet.refused(walk_in), Refusal::NoFreeDose);
}

proptest! {
    /// A reading sets apart exactly what may not be kept at that temperature, in the state it was in.
    #[test]
    fn a_reading_concerns_what_cannot_be_kept_at_it_and_nothing_else(tenths in -50_i16..400, verified in any::<bool>()) {
        let mut tablet = tablet(verified, 1);
        let (load, vial) = tablet.open_vial(2);
        let prepared = syringes(&mut tablet, 2);
        tablet.ok(read(tenths));
        let out = |min: i16, max: i16| !(min..=max).contains(&tenths);
        prop_assert_eq!(tablet.round.set_apart(load), out(20, 80));
        let (opened, syringe) = if verified { (out(20, 300), out(20, 250)) } else { (out(20, 80), out(20, 80)) };
        prop_assert_eq!(tablet.round.set_apart(vial), opened);
        prop_assert_eq!(tablet.round.set_apart(prepared), syringe);
        let left = aboard::aboard(&tablet.round, &tablet.common, VIAL, tablet.now);
        let apart = left.barred.iter().filter(|(why, _)| *why == Why::SetApart).map(|(_, doses)| doses).sum::<i32>();
        prop_assert_eq!(left.doses() + apart, 14, "no dose is lost between usable and set apart");
    }
}

/// What the desk would write.
fn decide_as_hub(tablet: &Tablet, command: Command) -> Result<Vec<Body>, Refusal> {
    let next = u32::try_from(tablet.round.log().len()).unwrap() + 1;
    let context = perron_domain::Context {
        device: perron_domain::name::DeviceId::HUB,
        next,
        now: tablet.now,
        author: AccountNo(8),
    };
    perron_domain::decide(&tablet.round, &tablet.common, command, &context)
}

fn desk_fact(tablet: &Tablet, command: Command) -> Fact {
    let body = decide_as_hub(tablet, command).unwrap().remove(0);
    let number = u32::try_from(tablet.round.log().len()).unwrap() + 1;
    let body = Body::from_cbor(body.kind(), body.must_understand(), &body.to_cbor()).unwrap();
    Fact {
        name: FactName::new(perron_domain::name::DeviceId::HUB, number),
        hlc: tablet.round.log().clock().tick(tablet.now),
        wall: tablet.now,
        author: AccountNo(8),
        body,
    }
}

fn answer(tablet: &mut Tablet, command: Command) {
    let fact = desk_fact(tablet, command);
    tablet.receive(&[fact]);
}
