//! A lot is a product and a number: whatever way it is spelt, an isolated one is neither taken, received nor injected,
//! and two products that share a number never mix.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::command::GiveDose;
use perron_domain::fact::*;
use perron_domain::lot::{self, LotDoubt, LotId, LotKey};
use perron_domain::refusal::{Field, Refusal};
use perron_domain::state::{CommonState, RoundState};
use perron_domain::{Command, CommonCommand, state::close};
use perron_testkit::world::*;
use proptest::prelude::*;

fn isolate(lot: &str, product: Option<&str>) -> CommonCommand {
    CommonCommand::IsolateLot(LotIsolated {
        lot: lot.into(),
        reason: "rappel du laboratoire".into(),
        product: product.map(Into::into),
        confirmed: None,
    })
}

fn release(lot: &str, product: Option<&str>) -> CommonCommand {
    CommonCommand::ReleaseLot(LotReleased { lot: lot.into(), reason: "levé".into(), product: product.map(Into::into) })
}

fn received(product: &str, lot: &str, expiry: &str) -> LotReceived {
    LotReceived { product: product.into(), lot: lot.into(), expiry: day(expiry), doses: 10, confirmed: None }
}

fn come_in(product: &str, lot: &str) -> CommonCommand {
    CommonCommand::ReceiveLot(received(product, lot, "2022-03-31"))
}

fn at_the_desk(common: &mut CommonState, command: CommonCommand) -> Result<(), Refusal> {
    try_common(common, AccountNo(8), command)
}

fn people(count: usize) -> Tablet {
    tablet_with((0..count).map(|n| person(&format!("Bobine{n}"), "1940-01-01", &[VIAL])).collect())
}

fn sure(reason: &str, doubts: &[LotDoubt]) -> Option<Confirmed> {
    Some(Confirmed { reason: reason.into(), doubts: doubts.iter().map(LotDoubt::code).collect() })
}

fn looks(lot: &str, isolated: bool) -> LotDoubt {
    LotDoubt::LooksLike { lot: lot.into(), isolated }
}

/// A way to write a number: small letters, full-width forms, spaces and hyphens anywhere.
fn spelling(number: &'static str) -> impl Strategy<Value = String> {
    let between = prop::sample::select(vec!["", "", " ", "-", "\u{a0}", "\u{2011}", "\u{202f}", "\u{200b}"]);
    let letter = (0..3_u8, between);
    prop::collection::vec(letter, number.len()).prop_map(move |ways| {
        let mut text = String::new();
        for (one, (way, between)) in number.chars().zip(ways) {
            match way {
                0 => text.push(one),
                1 => text.extend(one.to_lowercase()),
                _ => text.push(char::from_u32(u32::from(one) + 0xfee0).unwrap()),
            }
            text.push_str(between);
        }
        text
    })
}

proptest! {
    #[test]
    fn folding_a_number_twice_is_folding_it_once(number in ".{0,30}") {
        let once = LotKey::of(&number);
        prop_assert_eq!(LotKey::of(once.as_str()), once);
    }

    #[test]
    fn no_spelling_of_an_isolated_lot_is_loaded_received_or_injected(
        recalled in spelling("FL2517"),
        typed in spelling("FL2517"),
        named in any::<bool>(),
    ) {
        let mut tablet = people(1);
        let load = tablet.ok(Command::Load(vial_load(&typed, 1)));
        let vial = tablet.ok(Command::OpenVial { load, diluted: true, at: None });
        let person = tablet.people()[0];
        let act = tablet.prepare(person);
        tell_common(&mut tablet.common, isolate(&recalled, named.then_some(VIAL)));

        let isolated = |refusal: Refusal| matches!(refusal, Refusal::LotIsolated { .. });
        let from_another_team = DosesLoaded { received_from: Some("Équipe 2".into()), ..vial_load(&typed, 1) };
        prop_assert!(isolated(tablet.refused(Command::Load(vial_load(&typed, 1)))));
        prop_assert!(isolated(tablet.refused(Command::Load(from_another_team))));
        prop_assert!(isolated(tablet.refused(Command::Give(give(act, vial, tablet.now)))));
        let cede = Command::Cede { source: vial, count: 1, to: "Équipe 2".into() };
        prop_assert!(isolated(tablet.refused(cede)));
        prop_assert!(isolated(at_the_desk(&mut tablet.common, come_in(VIAL, &typed)).unwrap_err()));

        tell_common(&mut tablet.common, release(&typed, named.then_some(VIAL)));
        tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    }

    #[test]
    fn two_products_with_one_number_never_mix(
        mine in spelling("A100"), other in spelling("A100"), doses in 1..4_usize, syringes in 1..20_u16,
    ) {
        let mut tablet = people(4);
        tell_common(&mut tablet.common, come_in(VIAL, "A100"));
        let doubt = LotDoubt::OtherProduct { lot: "A100".into(), product: VIAL.into() };
        let second = LotReceived { confirmed: sure("deux boîtes", &[doubt]), ..received(SYRINGE, &other, "2022-05-31") };
        tell_common(&mut tablet.common, CommonCommand::ReceiveLot(second));
        let load = tablet.ok(Command::Load(vial_load(&mine, 1)));
        let vial = tablet.ok(Command::OpenVial { load, diluted: true, at: None });
        tablet.ok(Command::Load(DosesLoaded {
            product: SYRINGE.into(),
            expiry: day("2022-05-31"),
            form: DoseForm::Prefilled,
            doses_per_unit: 1,
            ..vial_load(&other, syringes)
        }));
        for person in tablet.people().into_iter().take(doses) {
            let act = tablet.prepare(person);
            tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
        }
        let (given, held) = (i32::try_from(doses).unwrap(), i32::from(syringes));
        let balances = tablet.round.lot_balances();
        let of = |product: &str| balances[&LotId::new(product, "a 100")];
        prop_assert_eq!((balances.len(), of(VIAL).given, of(VIAL).left), (2, given, 6 - given));
        prop_assert_eq!((of(SYRINGE).given, of(SYRINGE).left), (0, held));
        let figures = close::figures(&tablet.round);
        prop_assert_eq!(figures.doses_by_lot, vec![(LotId::new(VIAL, "A100"), u32::try_from(doses).unwrap())]);
        tell_common(&mut tablet.common, isolate(&other, Some(SYRINGE)));
        prop_assert!(tablet.common.isolation(VIAL, &mine).is_none());
        prop_assert!(tablet.common.isolation(SYRINGE, &mine).is_some());
    }
}

#[test]
fn a_dose_given_of_a_lot_that_was_set_apart_already_is_for_the_head_to_settle() {
    let mut tablet = people(2);
    tablet.pass(-30);
    let (_, vial) = tablet.open_vial(1);
    let [before, after] = tablet.people()[..] else { unreachable!() };
    let act = tablet.prepare(before);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    // The relay sets it apart at nine; the tablet has no network and goes on.
    tablet.pass(45);
    let act = tablet.prepare(after);
    let dose = *tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap().last().unwrap();
    let mut relay = tablet.common.clone();
    assert_eq!(close::heads(&tablet.round, &relay), []);
    tell_common(&mut relay, isolate("v 1", Some(VIAL)));
    let gap = close::Gap::GivenRecalled { dose, act, lot: "v 1".into() };
    assert_eq!(close::heads(&tablet.round, &relay), std::slice::from_ref(&gap), "not the one before");
    assert!(close::gaps(&tablet.round, &relay).contains(&gap) && gap.is_heads());
    tablet.common = relay;
    tablet.desk_ok(Command::ExplainGap { gap: gap.code(), text: "revaccinée".into() });
    assert_eq!(gap.explanation(&tablet.round), Some("revaccinée"));
}

#[test]
fn a_dose_is_corrected_although_its_lot_was_set_apart_since() {
    let mut tablet = people(1);
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(tablet.people()[0]);
    let dose = *tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap().last().unwrap();
    tell_common(&mut tablet.common, isolate("V1", Some(VIAL)));
    let right = GiveDose { site: Site::RightArm, ..give(act, vial, tablet.now) };
    tablet.ok(Command::Correct { fact: dose, by: Some(Box::new(Command::Give(right))), reason: None });
    assert_eq!(tablet.round.acts[&act].given[0].dose.site, Site::RightArm);
    // A second time, and the vial too.
    tablet.ok(Command::Correct {
        fact: dose,
        by: Some(Box::new(Command::Give(give(act, vial, tablet.now)))),
        reason: None,
    });
    let load = tablet.round.vials[&vial].load;
    let opened = Command::OpenVial { load, diluted: true, at: Some(tablet.now.plus_minutes(-1)) };
    tablet.ok(Command::Correct { fact: vial, by: Some(Box::new(opened)), reason: None });
    // Another vial of that lot is not opened.
    let another = Command::OpenVial { load, diluted: true, at: None };
    assert!(matches!(tablet.refused(another), Refusal::LotIsolated { .. }));
}

#[test]
fn an_old_isolation_names_no_product_and_hits_each_of_them() {
    let old = [0xa2, 0x00, 0x64, b'A', b'1', b'0', b'0', 0x01, 0x66, b'r', b'a', b'p', b'p', b'e', b'l'];
    let Body::LotIsolated(read) = Body::from_cbor(6, true, &old).unwrap() else { panic!("kind 6") };
    assert_eq!((read.lot.as_str(), read.product.clone(), read.confirmed.clone()), ("A100", None, None));
    let mut common = common();
    tell_common(&mut common, CommonCommand::IsolateLot(read));
    for product in [VIAL, SYRINGE, POWDER] {
        assert_eq!(common.isolation(product, "a-100"), Some("rappel"));
    }
    tell_common(&mut common, release("a100", Some(SYRINGE)));
    assert_eq!(common.isolation(SYRINGE, "A100"), None, "one product is released by its name");
    assert_eq!(common.isolation(VIAL, "A100"), Some("rappel"));
    tell_common(&mut common, isolate("A100", None));
    assert!(common.isolation(SYRINGE, "A100").is_some(), "a later recall is about every product again");
    tell_common(&mut common, release("A100", None));
    assert_eq!(at_the_desk(&mut common, release("A100", None)), Err(Refusal::CannotCorrect));
}

#[test]
fn what_looks_like_a_known_or_isolated_lot_is_asked_about_wherever_it_is_typed() {
    let mut tablet = people(1);
    tell_common(&mut tablet.common, come_in(VIAL, "FL2517"));
    let asked = |refusal: Refusal| match refusal {
        Refusal::LotDoubtful { doubts, .. } => doubts,
        other => panic!("{other:?}"),
    };
    for typed in ["FL25I7", "fl-25l7", "FI2517"] {
        assert_eq!(asked(tablet.refused(Command::Load(vial_load(typed, 1)))), [looks("FL2517", false)], "{typed}");
        assert_eq!(asked(at_the_desk(&mut tablet.common, come_in(VIAL, typed)).unwrap_err()), [looks("FL2517", false)]);
        let refusal = at_the_desk(&mut tablet.common, isolate(typed, None)).unwrap_err();
        assert_eq!(asked(refusal), [looks("FL2517", false)], "the lot in use would stay in use");
    }
    tell_common(&mut tablet.common, isolate("FL2517", None));
    let doubts = asked(tablet.refused(Command::Load(vial_load("FL25I7", 1))));
    assert_eq!(doubts, [looks("FL2517", true)]);
    let silent = DosesLoaded { confirmed: sure(" ", &doubts), ..vial_load("FL25I7", 1) };
    assert_eq!(asked(tablet.refused(Command::Load(silent))), doubts, "without a reason nothing is confirmed");
    let confirmed = DosesLoaded { confirmed: sure("relu à deux : un i", &doubts), ..vial_load("FL25I7", 1) };
    let load = tablet.ok(Command::Load(confirmed));
    tablet.ok(Command::OpenVial { load, diluted: true, at: None });
    let kept = tablet.round.loads[&load].loaded.confirmed.clone().unwrap();
    assert_eq!(kept.reason, "relu à deux : un i", "the reason is on record");
}

#[test]
fn doses_aboard_whose_lot_looks_like_one_recalled_meanwhile_wait_until_somebody_read_the_box_again() {
    let mut tablet = people(1);
    let load = tablet.ok(Command::Load(vial_load("FL25I7", 2)));
    let vial = tablet.ok(Command::OpenVial { load, diluted: true, at: None });
    let person = tablet.people()[0];
    let act = tablet.prepare(person);
    tell_common(&mut tablet.common, come_in(VIAL, "FL2517"));
    tell_common(&mut tablet.common, isolate("FL2517", None));
    let refusal = tablet.refused(Command::Give(give(act, vial, tablet.now)));
    assert!(matches!(refusal, Refusal::LotDoubtful { .. }), "{refusal:?}");
    let read_again = DosesLoaded { confirmed: sure("relu : un i", &[looks("FL2517", true)]), ..vial_load("FL25I7", 2) };
    let correct = Command::Correct { fact: load, by: Some(Box::new(Command::Load(read_again))), reason: None };
    tablet.run(correct).unwrap();
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
}

#[test]
fn a_dose_entered_late_from_elsewhere_says_why_when_its_lot_looks_like_another() {
    let mut tablet = people(1);
    tell_common(&mut tablet.common, come_in(VIAL, "FL2517"));
    tell_common(&mut tablet.common, isolate("FL2517", None));
    let person = tablet.people()[0];
    let act = tablet.first_act(person);
    let error = |text: Option<&str>| Some(AdministrationError { what: "other".into(), text: text.map(Into::into) });
    let late = |lot: &str, text: Option<&str>| GiveDose {
        lot: Some(lot.into()),
        product: Some(VIAL.into()),
        source: None,
        error: error(text),
        ..give(act, act, nine())
    };
    let refusal = tablet.refused(Command::Give(late("FL25I7", None)));
    assert!(matches!(refusal, Refusal::LotDoubtful { .. }), "{refusal:?}");
    tablet.run(Command::Give(late("FL25I7", Some("lu sur la boîte vide")))).unwrap();
}

#[test]
fn what_contradicts_the_relays_record_is_asked_about() {
    let mut tablet = people(1);
    tell_common(&mut tablet.common, come_in(VIAL, "A100"));
    let doubts = |refusal: Refusal| match refusal {
        Refusal::LotDoubtful { doubts, .. } => doubts,
        other => panic!("{other:?}"),
    };
    let later = DosesLoaded { expiry: day("2022-05-31"), ..vial_load("a100", 1) };
    let asked = doubts(tablet.refused(Command::Load(later.clone())));
    assert_eq!(asked, [LotDoubt::OtherExpiry { expiry: day("2022-03-31") }]);
    tablet.ok(Command::Load(DosesLoaded { confirmed: sure("étiquette de décongélation", &asked), ..later }));
    let other =
        DosesLoaded { product: SYRINGE.into(), form: DoseForm::Prefilled, doses_per_unit: 1, ..vial_load("A 100", 1) };
    let asked = doubts(tablet.refused(Command::Load(other)));
    assert_eq!(asked, [LotDoubt::OtherProduct { lot: "A100".into(), product: VIAL.into() }]);
    let far = DosesLoaded { expiry: day("2031-03-31"), ..vial_load("B1", 1) };
    assert_eq!(doubts(tablet.refused(Command::Load(far))), [LotDoubt::FarExpiry { expiry: day("2031-03-31") }]);
    let old = CommonCommand::ReceiveLot(received(VIAL, "B1", "2019-12-31"));
    let asked = doubts(at_the_desk(&mut tablet.common, old).unwrap_err());
    assert_eq!(asked, [LotDoubt::OldExpiry { expiry: day("2019-12-31") }]);
    let again = CommonCommand::ReceiveLot(received(VIAL, "A-100", "2022-02-28"));
    assert!(at_the_desk(&mut tablet.common, again).is_err(), "the second delivery says another day");
}

#[test]
fn a_scan_whose_separator_was_lost_is_no_lot_number() {
    let mut tablet = people(1);
    for scan in ["ABCDEFGHIJKLMNOPQRSTU", "01034009303255061726063010HT482121SN00000005"] {
        let refusal = tablet.refused(Command::Load(vial_load(scan, 1)));
        assert_eq!(refusal, Refusal::OutOfRange { field: Field::Lot, min: 1, max: 20 });
    }
    assert_eq!(tablet.refused(Command::Load(vial_load(" - ", 1))), Refusal::Empty { field: Field::Lot });
}

#[test]
fn a_difference_explained_before_numbers_were_folded_stays_explained() {
    let mut tablet = people(1);
    tablet.ok(Command::Load(vial_load("fl-2517", 1)));
    let person = tablet.people()[0];
    tablet.ok(Command::End {
        person,
        act: None,
        outcome: Outcome::Absent,
        reason: None,
        call_again: true,
        again_on: None,
    });
    tablet.ok(Command::CloseRound { explained: Vec::new(), with_gaps: true });
    let old = GapExplained { gap: format!("lot:{VIAL}:fl-2517"), text: "au relais".into(), figures: vec![6] };
    tablet.write(old.into());
    let gaps = close::gaps(&tablet.round, &tablet.common);
    let lot = gaps.iter().find(|gap| gap.code() == format!("lot:{VIAL}:FL2517")).unwrap();
    assert_eq!(lot.explanation(&tablet.round), Some("au relais"));
}

#[test]
fn stored_loads_of_earlier_versions_fold_into_one_lot() {
    let mut tablet = people(1);
    for spelling in ["FL 2517", "fl2517", "FL-2517"] {
        tablet.write(vial_load(spelling, 1).into());
    }
    let round: &RoundState = &tablet.round;
    let balances = round.lot_balances();
    assert_eq!(balances.len(), 1);
    assert_eq!(balances[&LotId::new(VIAL, "FL2517")].taken, 18);
    assert_eq!(round.printed(&LotId::new(VIAL, "FL2517")), "FL 2517", "the first spelling is what people read");
    assert!(lot::same("FL 2517", "fl2517"));
}

fn correct(fact: perron_domain::name::FactName, by: Option<CommonCommand>, reason: &str) -> CommonCommand {
    CommonCommand::Correct { fact, by: by.map(Box::new), reason: reason.into() }
}

/// Returns the name of the last fact of the common part.
fn last(common: &CommonState) -> perron_domain::name::FactName {
    common.log().iter().next_back().unwrap().name
}

#[test]
fn a_received_lots_expiry_and_quantity_are_corrected_at_the_desk_and_both_versions_stay() {
    let mut common = common();
    tell_common(&mut common, come_in(VIAL, "FL2517"));
    let delivery = last(&common);
    let right = || CommonCommand::ReceiveLot(LotReceived { doses: 12, ..received(VIAL, "FL2517", "2022-05-31") });
    let silent = at_the_desk(&mut common, correct(delivery, Some(right()), " "));
    assert_eq!(silent, Err(Refusal::Empty { field: Field::Reason }));
    at_the_desk(&mut common, correct(delivery, Some(right()), "lu sur la boîte")).unwrap();
    let lot = &common.lots[&LotId::new(VIAL, "FL2517")];
    assert_eq!((lot.expiry, lot.received), (day("2022-05-31"), 12));
    let history = common.log().history(delivery);
    assert_eq!(history.len(), 2);
    assert_eq!(history[1].author, AccountNo(8), "who corrected is on record");
    at_the_desk(&mut common, correct(delivery, None, "livraison d’un autre relais")).unwrap();
    assert!(common.lots.is_empty());
    assert_eq!(common.log().history(delivery).len(), 3);
    at_the_desk(&mut common, correct(delivery, Some(right()), "si, elle est à nous")).unwrap();
    assert_eq!(common.lots[&LotId::new(VIAL, "FL2517")].received, 12);
}

#[test]
fn a_delivery_that_turns_out_to_be_of_a_recalled_lot_is_said_and_stays_apart() {
    let mut tablet = people(1);
    tell_common(&mut tablet.common, come_in(VIAL, "FL25I7"));
    let delivery = last(&tablet.common);
    let load = tablet.ok(Command::Load(vial_load("FL25I7", 1)));
    let recall = LotIsolated {
        lot: "FL2517".into(),
        reason: "rappel".into(),
        product: None,
        confirmed: sure("le courrier du laboratoire", &[looks("FL25I7", false)]),
    };
    tell_common(&mut tablet.common, CommonCommand::IsolateLot(recall));
    at_the_desk(&mut tablet.common, correct(delivery, Some(come_in(VIAL, "FL2517")), "relu")).unwrap();
    assert!(tablet.common.isolation(VIAL, "FL2517").is_some());
    assert!(!tablet.common.lots.contains_key(&LotId::new(VIAL, "FL25I7")));
    let truth = Command::Correct {
        fact: load,
        by: Some(Box::new(Command::Load(vial_load("FL2517", 1)))),
        reason: Some("relu".into()),
    };
    tablet.run(truth).unwrap();
    let open = Command::OpenVial { load, diluted: true, at: None };
    assert!(matches!(tablet.refused(open), Refusal::LotIsolated { .. }), "known for what it is, and not used");
}

#[test]
fn what_else_the_desk_said_is_corrected_or_taken_back_as_far_as_it_makes_sense() {
    let mut common = common();
    let on_call = |name: &str| OnCallNamed { name: name.into(), phone: "0600000000".into() };
    tell_common(&mut common, CommonCommand::NameOnCall(on_call("Dr Tabatiere")));
    let named = last(&common);
    let by = CommonCommand::NameOnCall(on_call("Dr Tabatière"));
    at_the_desk(&mut common, correct(named, Some(by), "accent")).unwrap();
    assert_eq!(common.on_call.as_ref().unwrap().name, "Dr Tabatière");
    let other = CommonCommand::SignProtocol(ProtocolSigned {
        title: "Choc".into(),
        text: "15".into(),
        signed_by: "x".into(),
        on: day("2021-12-01"),
    });
    assert_eq!(at_the_desk(&mut common, correct(named, Some(other), "x")), Err(Refusal::CannotCorrect));
    at_the_desk(&mut common, correct(named, None, "n’est plus d’astreinte")).unwrap();
    assert_eq!(common.on_call, None);

    tell_common(&mut common, isolate("ZZ9", None));
    let isolated = last(&common);
    at_the_desk(&mut common, correct(isolated, None, "autre relais")).unwrap();
    assert_eq!(common.isolation(VIAL, "ZZ9"), None);

    let account = common.log().iter().find(|fact| matches!(fact.body, Body::AccountAdded(_))).unwrap().name;
    assert_eq!(at_the_desk(&mut common, correct(account, None, "partie")), Err(Refusal::CannotCorrect));
    let mut someone = common.accounts[&AccountNo(1)].clone();
    someone.account = AccountNo(77);
    let moved = correct(account, Some(CommonCommand::AddAccount(someone)), "autre numéro");
    assert_eq!(at_the_desk(&mut common, moved), Err(Refusal::CannotCorrect), "facts carry her number");
    let founded = common.log().iter().next().unwrap().name;
    assert_eq!(at_the_desk(&mut common, correct(founded, None, "x")), Err(Refusal::CannotCorrect));
}

#[test]
fn two_corrections_of_a_delivery_that_did_not_know_each_other_are_two_candidates() {
    let mut common = common();
    tell_common(&mut common, come_in(VIAL, "FL2517"));
    let delivery = last(&common);
    for (number, doses) in [(900, 11), (901, 12)] {
        let new: Body = LotReceived { doses, ..received(VIAL, "FL2517", "2022-03-31") }.into();
        let corrected = Corrected {
            of: vec![perron_domain::name::FactRef::Of(delivery)],
            kind: Some(new.kind()),
            body: Some(new.to_cbor().into()),
            reason: None,
        };
        let hlc = common.log().clock().tick(nine());
        let name = perron_domain::name::FactName::new(perron_domain::name::DeviceId::HUB, number);
        common.apply(Fact { name, hlc, wall: nine(), author: AccountNo(8), body: corrected.into() });
    }
    assert_eq!(common.conflicts().len(), 1);
    let by = CommonCommand::ReceiveLot(LotReceived { doses: 13, ..received(VIAL, "FL2517", "2022-03-31") });
    at_the_desk(&mut common, correct(delivery, Some(by), "compté")).unwrap();
    assert!(common.conflicts().is_empty(), "a correction that names both settles it");
    assert_eq!(common.lots[&LotId::new(VIAL, "FL2517")].received, 13);
}
