//! Doses, box and waste: what this tablet holds, what it may do with it, and the balance that always holds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::Command;
use perron_domain::command::GiveDose;
use perron_domain::fact::*;
use perron_domain::lot::LotId;
use perron_domain::refusal::{Needing, Refusal};
use perron_domain::state::close::{self, Gap};
use perron_testkit::world::*;
use proptest::prelude::*;

fn people(count: usize) -> Tablet {
    tablet_with((0..count).map(|n| person(&format!("Bobine{n}"), "1940-01-01", &[VIAL])).collect())
}

#[test]
fn an_expired_isolated_or_withdrawn_lot_is_never_taken() {
    let mut tablet = people(1);
    let expired = DosesLoaded { expiry: day("2021-12-15"), ..vial_load("V1", 1) };
    assert!(matches!(tablet.refused(Command::Load(expired)), Refusal::LotExpired { .. }));
    let last_day = DosesLoaded { expiry: day("2021-12-16"), ..vial_load("V1", 1) };
    tablet.ok(Command::Load(last_day));
    let withdrawn = DosesLoaded { product: OLD.into(), ..vial_load("V3", 1) };
    assert!(matches!(tablet.refused(Command::Load(withdrawn)), Refusal::NotTakeable { .. }));
    tell_common(
        &mut tablet.common,
        perron_domain::CommonCommand::IsolateLot(LotIsolated {
            lot: "V2".into(),
            reason: "rappel".into(),
            product: None,
            confirmed: None,
        }),
    );
    assert!(matches!(tablet.refused(Command::Load(vial_load("V2", 1))), Refusal::LotIsolated { .. }));
}

#[test]
fn a_vial_gives_five_six_or_seven_and_the_unusual_has_a_reason() {
    let mut tablet = people(7);
    let (load, vial) = tablet.open_vial(1);
    let drawn = |drawn, reason: Option<&str>| Command::CountDrawn { vial, drawn, reason: reason.map(Into::into) };
    assert_eq!(tablet.refused(drawn(7, None)), Refusal::ReasonNeeded { what: Needing::Drawn });
    for person in tablet.people().into_iter().take(6) {
        let act = tablet.prepare(person);
        tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    }
    let last = tablet.people()[6];
    let act = tablet.prepare(last);
    assert_eq!(tablet.refused(Command::Give(give(act, vial, tablet.now))), Refusal::NotEnough { left: 0 });
    tablet.ok(drawn(7, Some("seringues à faible volume mort")));
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    let balance = tablet.round.lot_balances()[&LotId::new(VIAL, "V1")];
    assert_eq!((balance.taken, balance.extra, balance.given, balance.left), (6, 1, 7, 0));
    assert_eq!(tablet.round.loads[&load].left(), 0);
}

#[test]
fn a_vial_past_its_time_gives_no_intended_dose() {
    let mut tablet = people(1);
    let (_, vial) = tablet.open_vial(1);
    let person = tablet.people()[0];
    let act = tablet.prepare(person);
    tablet.pass(361);
    assert!(matches!(tablet.refused(Command::Give(give(act, vial, tablet.now))), Refusal::PastUseBy { .. }));
    // A dose done in time and entered late is not refused.
    let done = nine().plus_minutes(60);
    tablet.run(Command::Give(give(act, vial, done))).unwrap();
}

#[test]
fn no_dose_is_older_than_the_vial_it_came_from() {
    let mut tablet = people(2);
    tablet.pass(60);
    let (_, vial) = tablet.open_vial(1);
    let opened = tablet.now;
    let people = tablet.people();
    let act = tablet.prepare(people[0]);
    tablet.pass(30);
    let before = opened.plus_minutes(-1);
    assert_eq!(tablet.refused(Command::Give(give(act, vial, before))), Refusal::NotReadyYet { ready_at: opened });
    // Hours are typed by the minute: the minute of the opening is not before it.
    let same_minute = perron_domain::time::Wall(opened.0 - opened.0.rem_euclid(60_000));
    let dose = give(act, vial, same_minute);
    let given = *tablet.run(Command::Give(dose.clone())).unwrap().last().unwrap();
    // A correction is held to it as well, of the dose as of the opening.
    let by = Some(Box::new(Command::Give(perron_domain::command::GiveDose { done_at: before, ..dose })));
    let refused = tablet.refused(Command::Correct { fact: given, by, reason: None });
    assert_eq!(refused, Refusal::NotReadyYet { ready_at: opened });
    let load = tablet.round.load_of(vial);
    let later = |minutes| Command::OpenVial { load, diluted: true, at: Some(opened.plus_minutes(minutes)) };
    let by = Some(Box::new(later(10)));
    let refused = tablet.refused(Command::Correct { fact: vial, by, reason: None });
    assert_eq!(refused, Refusal::NotReadyYet { ready_at: opened.plus_minutes(10) });
    tablet.ok(Command::Correct { fact: vial, by: Some(Box::new(later(-10))), reason: None });
    assert_eq!(tablet.round.vials[&vial].opened_at, opened.plus_minutes(-10));
    // Given in error or not: one of the two hours is wrong.
    let act = tablet.first_act(people[1]);
    let error = Some(AdministrationError { what: "other".into(), text: None });
    let before = opened.plus_minutes(-20);
    let wrong = perron_domain::command::GiveDose { error, ..give(act, vial, before) };
    assert!(matches!(tablet.refused(Command::Give(wrong)), Refusal::NotReadyYet { .. }));
}

#[test]
fn a_dose_is_taken_back_with_a_reason_only_and_said_again_alike_is_no_correction() {
    let mut tablet = people(1);
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(tablet.people()[0]);
    let dose = *tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap().last().unwrap();
    let correct = |by: Option<Command>, reason: Option<&str>| Command::Correct {
        fact: dose,
        by: by.map(Box::new),
        reason: reason.map(Into::into),
    };
    let needed = Refusal::ReasonNeeded { what: Needing::Withdrawal };
    assert_eq!(tablet.refused(correct(None, None)), needed);
    assert_eq!(tablet.refused(correct(None, Some("  "))), needed, "spaces are no reason");
    let same = tablet.run(correct(Some(Command::Give(give(act, vial, tablet.now))), None)).unwrap();
    assert!(same.is_empty(), "nothing is corrected by what was said already");
    tablet.ok(correct(None, Some("mauvaise personne")));
    assert!(tablet.round.acts[&act].given.is_empty());
}

#[test]
fn what_was_entered_for_a_dose_that_was_taken_back_is_to_be_undone() {
    let mut tablet = people(1);
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    let dose = *tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap().last().unwrap();
    let gap = Gap::TracedNone { person };
    let told = |tablet: &Tablet| close::gaps(&tablet.round, &tablet.common).contains(&gap);
    let trace = tablet.ok(Command::Trace { person, means: Traceability::Record });
    assert!(!told(&tablet), "the dose stands");
    let right = GiveDose { site: Site::RightArm, ..give(act, vial, tablet.now) };
    tablet.ok(Command::Correct { fact: dose, by: Some(Box::new(Command::Give(right))), reason: None });
    assert!(!told(&tablet) && tablet.round.traced(person).is_some(), "a dose that was corrected is the same dose");
    tablet.ok(Command::Correct { fact: dose, by: None, reason: Some("mauvaise personne".into()) });
    assert!(told(&tablet), "the entry stands at ameli pro although nothing was given");
    // Another dose is given: nobody entered that one yet, and the first entry is still to be undone.
    let again = tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    assert!(!again.is_empty());
    let untraced = Gap::Untraced { person };
    assert!(told(&tablet) && close::gaps(&tablet.round, &tablet.common).contains(&untraced));
    assert_eq!(tablet.round.traced(person), None);
    tablet.ok(Command::Trace { person, means: Traceability::Record });
    assert!(told(&tablet) && !close::gaps(&tablet.round, &tablet.common).contains(&untraced));
    tablet.ok(Command::Correct { fact: trace, by: None, reason: Some("saisie annulée".into()) });
    assert!(!told(&tablet), "it was undone");
}

#[test]
fn prepared_syringes_keep_no_longer_than_their_product_says() {
    let mut tablet = people(1);
    let prepared = |minutes| Preparation {
        by: "Cléo Bassine".into(),
        vial: "1".into(),
        at: nine(),
        use_by: nine().plus_minutes(minutes),
    };
    let syringes = |minutes| {
        Command::Load(DosesLoaded {
            form: DoseForm::PreparedSyringe,
            units: 7,
            doses_per_unit: 1,
            preparation: Some(prepared(minutes)),
            ..vial_load("V1", 7)
        })
    };
    let latest = nine().plus_minutes(360);
    assert_eq!(tablet.refused(syringes(361)), Refusal::KeepsShorter { latest });
    let load = tablet.ok(syringes(360));
    assert_eq!(tablet.round.use_by(load), Some(latest));
    // The same when the load is said again, and never later than the opened vial keeps.
    let by = Some(Box::new(syringes(600)));
    let refused = tablet.refused(Command::Correct { fact: load, by, reason: None });
    assert_eq!(refused, Refusal::KeepsShorter { latest });
    let mut product = directive().products.remove(0);
    product.after_opening.as_mut().unwrap().minutes = 120;
    assert_eq!(product.syringe_minutes(), Some(120));
    product.prepared_syringe = None;
    assert_eq!(product.syringe_minutes(), Some(120));
    product.after_opening = None;
    assert_eq!(product.syringe_minutes(), None, "no figure is made up");
}

#[test]
fn an_opened_vial_never_goes_back_nor_does_a_prepared_syringe() {
    let mut tablet = people(1);
    let (load, _) = tablet.open_vial(1);
    assert_eq!(tablet.refused(Command::Return { load, units: 1 }), Refusal::NotEnough { left: 0 });
    let prepared =
        Preparation { by: "Cléo Bassine".into(), vial: "1".into(), at: nine(), use_by: nine().plus_minutes(300) };
    let syringes = DosesLoaded {
        form: DoseForm::PreparedSyringe,
        units: 7,
        doses_per_unit: 1,
        preparation: Some(prepared),
        ..vial_load("V1", 7)
    };
    let load = tablet.ok(Command::Load(syringes));
    assert_eq!(tablet.round.loads[&load].left(), 7, "seven syringes are one entry");
    assert_eq!(tablet.refused(Command::Return { load, units: 1 }), Refusal::CannotReturn);
}

#[test]
fn nine_degrees_set_the_doses_apart_until_the_head_of_the_relay_decides() {
    let mut tablet = people(1);
    let (load, vial) = tablet.open_vial(2);
    let person = tablet.people()[0];
    let act = tablet.prepare(person);
    let read =
        |tenths, reason: Option<&str>| Command::ReadTemperature { tenths, at: None, reason: reason.map(Into::into) };
    assert_eq!(tablet.refused(read(91, None)), Refusal::ReasonNeeded { what: Needing::Temperature });
    tablet.ok(read(80, None));
    tablet.ok(read(91, Some("box ouverte au soleil")));
    assert_eq!(tablet.refused(Command::Give(give(act, vial, tablet.now))), Refusal::SetApart);
    assert_eq!(tablet.refused(Command::OpenVial { load, diluted: true, at: None }), Refusal::SetApart);
    assert_eq!(tablet.refused(Command::Return { load, units: 1 }), Refusal::ColdChainBroken);
    tablet.desk_ok(Command::DecideIsolation { load, usable: true, reason: "moins de 10 minutes".into(), by: None });
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
}

#[test]
fn doses_of_another_tablet_are_not_ours_to_give() {
    let mut first = people(1);
    let (load, vial) = first.open_vial(2);
    let mut second = Tablet::new(3, &first.common);
    let all: Vec<Fact> = first.round.log().iter().cloned().collect();
    second.receive(&all);
    let person = second.people()[0];
    let act = second.prepare(person);
    assert_eq!(second.refused(Command::Give(give(act, vial, second.now))), Refusal::NotInCustody);
    assert_eq!(second.refused(Command::Return { load, units: 1 }), Refusal::NotInCustody);
}

#[test]
fn a_tally_counts_by_itself_and_never_goes_below_zero() {
    let mut tablet = people(1);
    let (_, vial) = tablet.open_vial(1);
    let person = tablet.people()[0];
    let act = tablet.prepare(person);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    assert_eq!(tablet.round.tally(WasteStream::Sharps).total(), 1);
    let minus = |delta| Command::Tally { stream: WasteStream::Sharps, delta };
    assert!(matches!(tablet.refused(minus(-2)), Refusal::NotEnough { left: 1 }));
    tablet.ok(minus(-1));
    assert_eq!(tablet.round.tally(WasteStream::Sharps).total(), 0);
}

#[test]
fn a_container_is_closed_before_it_is_handed_over_and_not_filled_after() {
    let mut tablet = people(1);
    let container = tablet.ok(Command::OpenContainer { kind: ContainerKind::SharpsBox, volume_dl: 6 });
    let hand = Command::HandOver { container, grams: 320, to: "Relais".into() };
    assert_eq!(tablet.refused(hand.clone()), Refusal::ContainerState);
    tablet.ok(Command::Fill { container, percent: 75 });
    tablet.ok(Command::CloseContainer(container));
    assert_eq!(tablet.refused(Command::Fill { container, percent: 80 }), Refusal::ContainerState);
    tablet.ok(hand);
}

/// A random thing to do with doses; numbers pick among what exists.
#[derive(Clone, Debug)]
enum Act {
    Load(u16),
    Open(usize),
    Draw(usize, u8),
    Waste(usize, u16),
    Cede(usize, u16),
    Return(usize, u16),
    Give(usize, usize),
    Error(usize, usize),
    Withdraw(usize),
    Pass(u8),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        (1u16..4).prop_map(Act::Load),
        (0usize..4).prop_map(Act::Open),
        ((0usize..4), (4u8..8)).prop_map(|(vial, drawn)| Act::Draw(vial, drawn)),
        ((0usize..8), (1u16..5)).prop_map(|(source, count)| Act::Waste(source, count)),
        ((0usize..8), (1u16..5)).prop_map(|(source, count)| Act::Cede(source, count)),
        ((0usize..4), (1u16..3)).prop_map(|(load, units)| Act::Return(load, units)),
        ((0usize..6), (0usize..8)).prop_map(|(person, source)| Act::Give(person, source)),
        ((0usize..6), (0usize..8)).prop_map(|(person, source)| Act::Error(person, source)),
        (0usize..60).prop_map(Act::Withdraw),
        (1u8..90).prop_map(Act::Pass),
    ];
    prop::collection::vec(act, 1..40)
}

fn play(tablet: &mut Tablet, act: &Act) {
    let loads: Vec<_> = tablet.round.loads.keys().copied().collect();
    let vials: Vec<_> = tablet.round.vials.keys().copied().collect();
    let sources: Vec<_> = vials.iter().chain(&loads).copied().collect();
    let pick = |from: &[perron_domain::name::FactName], n: usize| (!from.is_empty()).then(|| from[n % from.len()]);
    let reason = || "essai".to_owned();
    let dose = |tablet: &Tablet, person: usize, source: Option<_>, error: Option<AdministrationError>| {
        let act = tablet.first_act(tablet.people()[person]);
        source.map(|source| Command::Give(perron_domain::command::GiveDose { error, ..give(act, source, tablet.now) }))
    };
    let command = match act {
        Act::Load(units) => Some(Command::Load(vial_load("V1", *units))),
        Act::Open(n) => pick(&loads, *n).map(|load| Command::OpenVial { load, diluted: true, at: None }),
        Act::Draw(n, drawn) => {
            pick(&vials, *n).map(|vial| Command::CountDrawn { vial, drawn: *drawn, reason: Some(reason()) })
        }
        Act::Waste(n, count) => {
            pick(&sources, *n).map(|source| Command::Waste { source, count: *count, reason: reason() })
        }
        Act::Cede(n, count) => pick(&sources, *n).map(|source| Command::Cede { source, count: *count, to: reason() }),
        Act::Return(n, units) => pick(&loads, *n).map(|load| Command::Return { load, units: *units }),
        Act::Give(person, n) => dose(tablet, *person, pick(&sources, *n), None),
        Act::Error(person, n) => {
            let error = AdministrationError { what: "other".into(), text: None };
            dose(tablet, *person, pick(&sources, *n), Some(error))
        }
        Act::Withdraw(n) => {
            let doses: Vec<_> =
                tablet.round.acts.values().flat_map(|act| act.given.iter().map(|given| given.name)).collect();
            pick(&doses, *n).map(|fact| Command::Correct { fact, by: None, reason: Some(reason()) })
        }
        Act::Pass(minutes) => {
            tablet.pass(i64::from(*minutes));
            None
        }
    };
    if let Some(command) = command {
        let _refused_or_done = tablet.run(command);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_dose_balance_holds_and_this_tablet_never_goes_below_what_it_holds(acts in acts()) {
        let mut tablet = people(6);
        for person in tablet.people() {
            tablet.prepare(person);
        }
        for act in &acts {
            play(&mut tablet, act);
            for balance in tablet.round.lot_balances().values() {
                prop_assert!(balance.holds(), "{balance:?}");
            }
            for vial in tablet.round.vials.values() {
                prop_assert!(vial.left() >= 0, "{vial:?}");
            }
            for load in tablet.round.loads.values() {
                prop_assert!(load.left() >= 0, "{load:?}");
            }
        }
    }
}

#[test]
fn a_weight_corrected_in_the_evening_leaves_the_hour_of_the_handing_over() {
    let mut tablet = people(1);
    let container = tablet.ok(Command::OpenContainer { kind: ContainerKind::SharpsBox, volume_dl: 6 });
    tablet.ok(Command::CloseContainer(container));
    let fact = tablet.ok(Command::HandOver { container, grams: 32, to: "Relais".into() });
    let handed = tablet.now;
    tablet.now = tablet.now.plus_minutes(300);
    let by = Some(Box::new(Command::HandOver { container, grams: 320, to: "Relais".into() }));
    tablet.ok(Command::Correct { fact, by, reason: None });
    assert_eq!(tablet.round.containers[&container].handed_over, Some((handed, 320, "Relais".to_owned())));
}

#[test]
fn what_was_done_before_the_box_grew_warm_can_still_be_corrected() {
    let mut tablet = people(1);
    let (_, vial) = tablet.open_vial(1);
    let person = tablet.people()[0];
    let act = tablet.prepare(person);
    let dose = give(act, vial, tablet.now);
    let given = *tablet.run(Command::Give(dose.clone())).unwrap().last().unwrap();
    let ceded = tablet.ok(Command::Cede { source: vial, count: 2, to: "Équipe 2".into() });
    tablet.now = tablet.now.plus_minutes(60);
    tablet.ok(Command::ReadTemperature { tenths: 91, at: None, reason: Some("boîte ouverte".into()) });
    let cede = |count| Command::Cede { source: vial, count, to: "Équipe 2".into() };
    assert_eq!(tablet.refused(cede(1)), Refusal::SetApart);
    tablet.ok(Command::Correct { fact: ceded, by: Some(Box::new(cede(1))), reason: None });
    assert_eq!(tablet.round.vials[&vial].ceded, 1);
    let other_arm = perron_domain::command::GiveDose { site: Site::RightArm, ..dose };
    tablet.ok(Command::Correct { fact: given, by: Some(Box::new(Command::Give(other_arm))), reason: None });
    assert_eq!(tablet.round.acts[&act].given[0].dose.site, Site::RightArm);
    assert_eq!(tablet.refused(cede(1)), Refusal::SetApart, "the doses stay set apart");
}
