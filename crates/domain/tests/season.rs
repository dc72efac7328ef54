//! A season that the relay opens itself: a national version that it adopts counts once its physician confirmed it, and a
//! version that ships later waits for the head.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use perron_domain::door;
use perron_domain::fact::*;
use perron_domain::refusal::Refusal;
use perron_domain::rules::{
    Case, Condition, Directive, EVALUATOR_VERSION, Family, Layer, Outcome as RuleOutcome, Version, replay,
};
use perron_domain::{Command, CommonCommand, NewDirective};
use perron_testkit::world::*;

const NURSE: AccountNo = AccountNo(1);
const HEAD: AccountNo = AccountNo(8);
const PHYSICIAN: AccountNo = AccountNo(9);

/// A campaign of influenza: open for all between two days, closed to all from the day after.
fn campaign(version: &str, from: &str, season: (&str, &str)) -> Directive {
    let mut directive = directive();
    directive.id = "flu".into();
    directive.version = version.into();
    directive.from = day(from);
    directive.families = vec![Family::Influenza];
    directive.products.clear();
    directive.questions.clear();
    directive.agreements.clear();
    directive.rules.retain(|rule| rule.code != "fever");
    directive.rules.truncate(2);
    let until = day(season.1);
    directive.rules[0].when = Condition::Date { from: Some(day(season.0)), until: Some(until) };
    directive.rules[1].code = "season-over".into();
    directive.rules[1].when = Condition::Date { from: Some(until.plus_days(1)), until: None };
    directive.rules[1].outcome = RuleOutcome::NotConcerned;
    directive
}

fn ship(directive: Directive) -> CommonCommand {
    CommonCommand::PublishDirective(Box::new(NewDirective { directive, text: None, urgent: false, adopted: None }))
}

fn adopt(directive: Directive) -> CommonCommand {
    let origin = Origin::Season { id: "flu".into(), version: "2020".into() };
    let text = Some("id = …".into());
    CommonCommand::PublishDirective(Box::new(NewDirective { directive, text, urgent: false, adopted: Some(origin) }))
}

/// The season 2021–2022, adopted from the one before.
fn new_season() -> Directive {
    campaign("2021-relais", "2021-12-16", ("2021-12-16", "2022-02-28"))
}

fn confirm(version: &str) -> CommonCommand {
    CommonCommand::ConfirmDirective { id: "flu".into(), version: version.into() }
}

fn accept(version: &str) -> CommonCommand {
    CommonCommand::AcceptShipped { id: "flu".into(), version: version.into() }
}

/// A woman of 84, all asked and agreed, in December 2021; the last campaign that shipped ended in February.
fn at_her_door() -> Tablet {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[SYRINGE])]);
    let over = campaign("2020", "2020-10-13", ("2020-10-13", "2021-02-28"));
    try_common(&mut tablet.common, AccountNo(0), ship(over)).unwrap();
    tablet.prepare(tablet.people()[0]);
    tablet
}

fn answered(tablet: &Tablet) -> RuleOutcome {
    let act = tablet.first_act(tablet.people()[0]);
    door::answer(&tablet.round, &tablet.common, act, NURSE, tablet.now).unwrap().1.outcome
}

#[test]
fn an_adopted_season_opens_once_the_physician_confirmed_it_and_closes_after_its_last_day() {
    let mut tablet = at_her_door();
    assert_eq!(answered(&tablet), RuleOutcome::NotConcerned, "every shipped campaign is over");
    try_common(&mut tablet.common, HEAD, adopt(new_season())).unwrap();
    assert_eq!(answered(&tablet), RuleOutcome::NotConcerned, "nothing opens before the physician confirmed");
    let known = tablet.common.publication("flu", "2021-relais").unwrap();
    assert!(known.waits_for_physician() && !known.counts());
    let adopted = known.adopted.clone().unwrap();
    assert_eq!(adopted.by, HEAD, "who adopted is kept");
    assert_eq!(adopted.origin, Origin::Season { id: "flu".into(), version: "2020".into() }, "and from what");

    assert!(try_common(&mut tablet.common, HEAD, confirm("2021-relais")).is_err(), "the head is no physician");
    try_common(&mut tablet.common, PHYSICIAN, confirm("2021-relais")).unwrap();
    assert_eq!(answered(&tablet), RuleOutcome::Eligible);
    tablet.pass(74 * 24 * 60);
    assert_eq!(answered(&tablet), RuleOutcome::Eligible, "28 February, the last day");
    tablet.pass(24 * 60);
    assert_eq!(answered(&tablet), RuleOutcome::NotConcerned, "1 March: closed again");
}

#[test]
fn only_the_head_adopts_and_only_a_national_version_with_its_origin() {
    let mut tablet = at_her_door();
    let role = Err(Refusal::RoleNeeded { role: Role::Head });
    assert_eq!(try_common(&mut tablet.common, NURSE, adopt(new_season())), role);
    assert_eq!(try_common(&mut tablet.common, PHYSICIAN, adopt(new_season())), role);
    let without_origin = try_common(&mut tablet.common, HEAD, ship(new_season()));
    assert_eq!(without_origin, Err(Refusal::NotYourLayer));
    let mut of_the_relay = new_season();
    of_the_relay.layer = Layer::Relay;
    assert_eq!(try_common(&mut tablet.common, HEAD, adopt(of_the_relay)), Err(Refusal::NotYourLayer));
    let past = campaign("2021-relais", "2021-12-15", ("2021-12-15", "2022-02-28"));
    let first = day("2021-12-16");
    assert_eq!(try_common(&mut tablet.common, HEAD, adopt(past)), Err(Refusal::EffectInThePast { first }));
    assert_eq!(answered(&tablet), RuleOutcome::NotConcerned);
}

#[test]
fn a_round_that_left_before_the_confirmation_keeps_what_it_left_with() {
    let mut tablet = at_her_door();
    try_common(&mut tablet.common, HEAD, adopt(new_season())).unwrap();
    tablet.ok(Command::Depart { reason: Some("essai".into()), battery: None, storage_guaranteed: true });
    try_common(&mut tablet.common, PHYSICIAN, confirm("2021-relais")).unwrap();
    assert_eq!(answered(&tablet), RuleOutcome::NotConcerned);
    let waiting = door::waiting(&tablet.round, &tablet.common, tablet.now);
    assert_eq!(waiting.iter().map(|one| one.version.as_str()).collect::<Vec<_>>(), ["2021-relais"], "and says so");
}

#[test]
fn a_version_that_ships_later_waits_for_the_head_and_then_takes_the_place_of_the_adopted_one() {
    let mut tablet = at_her_door();
    try_common(&mut tablet.common, HEAD, adopt(new_season())).unwrap();
    try_common(&mut tablet.common, PHYSICIAN, confirm("2021-relais")).unwrap();
    // A Perron that is newer than the relay's own season says that the season began and ended in December.
    let shipped = campaign("2021-12-10", "2021-12-10", ("2021-12-10", "2021-12-15"));
    try_common(&mut tablet.common, AccountNo(0), ship(shipped)).unwrap();
    assert!(tablet.common.publication("flu", "2021-12-10").unwrap().is_held());
    assert_eq!(answered(&tablet), RuleOutcome::Eligible, "the adopted season goes on");

    let role = Err(Refusal::RoleNeeded { role: Role::Head });
    assert_eq!(try_common(&mut tablet.common, NURSE, accept("2021-12-10")), role);
    let unknown = Err(Refusal::UnknownDirective { id: "flu".into() });
    assert_eq!(try_common(&mut tablet.common, HEAD, accept("2020")), unknown, "that one never waited");
    try_common(&mut tablet.common, HEAD, accept("2021-12-10")).unwrap();
    let replaced = tablet.common.publication("flu", "2021-relais").unwrap();
    assert!(replaced.replaced && !replaced.counts());
    assert_eq!(answered(&tablet), RuleOutcome::NotConcerned, "now the shipped one counts");
}

#[test]
fn a_shipped_version_of_another_directive_waits_for_nobody() {
    let mut tablet = at_her_door();
    try_common(&mut tablet.common, HEAD, adopt(new_season())).unwrap();
    let mut other = campaign("1", "2021-12-10", ("2021-12-10", "2022-02-28"));
    other.id = "other".into();
    try_common(&mut tablet.common, AccountNo(0), ship(other)).unwrap();
    assert!(tablet.common.publication("other", "1").unwrap().counts());
}

#[test]
fn a_decision_taken_before_and_one_taken_in_the_adopted_season_replay_to_the_same_bytes() {
    let mut tablet = at_her_door();
    let act = tablet.first_act(tablet.people()[0]);
    let (case, before) = door::answer(&tablet.round, &tablet.common, act, NURSE, tablet.now).unwrap();
    try_common(&mut tablet.common, HEAD, adopt(new_season())).unwrap();
    try_common(&mut tablet.common, PHYSICIAN, confirm("2021-relais")).unwrap();
    let (_, within) = door::answer(&tablet.round, &tablet.common, act, NURSE, tablet.now).unwrap();
    assert!(within.directives.contains(&Version { directive: "flu".into(), version: "2021-relais".into() }));
    try_common(&mut tablet.common, AccountNo(0), ship(campaign("2022", "2021-12-16", ("2021-12-16", "2021-12-16"))))
        .unwrap();
    try_common(&mut tablet.common, HEAD, accept("2022")).unwrap();
    let again = |case: &Case, used: &[Version]| {
        replay(&tablet.common.directives, used, EVALUATOR_VERSION, case).unwrap().digest()
    };
    assert_eq!(again(&case, &before.directives), before.digest());
    assert_eq!(again(&case, &within.directives), within.digest());
}

#[test]
fn an_adopted_version_is_unreadable_to_a_program_that_does_not_know_that_it_waits() {
    let mut tablet = at_her_door();
    try_common(&mut tablet.common, HEAD, adopt(new_season())).unwrap();
    let adopted = tablet.common.directives.iter().find(|one| one.version == "2021-relais").unwrap();
    assert!(minicbor::decode::<Directive>(&adopted.to_content()).is_err(), "the first programs read the map alone");
}

#[test]
fn a_publication_without_origin_has_the_bytes_it_always_had() {
    let shipped = DirectivePublished {
        id: "flu".into(),
        version: "1".into(),
        content: vec![0xa0].into(),
        reach: Reach::default(),
        urgent: false,
        text: None,
        adopted: None,
    };
    let bytes = minicbor::to_vec(&shipped).unwrap();
    assert!(!bytes.contains(&6), "the new field is absent: {bytes:?}");
    let with = DirectivePublished {
        adopted: Some(Adopted {
            origin: Origin::File { name: "grippe.toml".into(), given_by: "Relais voisin".into() },
            by: HEAD,
            at: nine(),
        }),
        ..shipped
    };
    let Body::DirectivePublished(read) = Body::from_cbor(4, false, &minicbor::to_vec(&with).unwrap()).unwrap() else {
        panic!("another kind")
    };
    assert_eq!(read, with);
}
