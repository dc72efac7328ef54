//! Publishing directives: who may, from when, and what a round that has left goes by.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::door;
use perron_domain::fact::*;
use perron_domain::refusal::Refusal;
use perron_domain::rules::{Case, Change, Condition, Directive, Layer, Outcome as RuleOutcome, Version, replay};
use perron_domain::{Command, CommonCommand, NewDirective};
use perron_testkit::world::*;

const HEAD: AccountNo = AccountNo(8);
const PHYSICIAN: AccountNo = AccountNo(9);

/// The relay's own layer: nobody is vaccinated without a judgement.
fn relay_directive(version: &str, from: &str) -> Directive {
    let mut directive = directive();
    directive.id = "relay".into();
    directive.version = version.into();
    directive.from = day(from);
    directive.layer = Layer::Relay;
    directive.products.clear();
    directive.questions.clear();
    directive.agreements.clear();
    directive.rules.retain(|rule| rule.code == "young");
    directive.rules[0].code = format!("relay-{version}");
    directive.rules[0].when = Condition::Always;
    directive
}

fn publish(directive: Directive, urgent: bool) -> CommonCommand {
    CommonCommand::PublishDirective(Box::new(NewDirective {
        directive,
        text: Some("id = …".into()),
        urgent,
        adopted: None,
    }))
}

fn adult() -> Tablet {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL])]);
    let mut plan = tablet.round.plan.clone().unwrap();
    plan.relay_protocol = true;
    tablet.write(plan.into());
    tablet
}

fn depart(tablet: &mut Tablet) {
    tablet.ok(Command::Depart { reason: Some("essai".into()), battery: None, storage_guaranteed: true });
}

fn outcome(tablet: &Tablet) -> (RuleOutcome, Vec<String>) {
    let act = tablet.first_act(tablet.people()[0]);
    let (_, answer) = door::answer(&tablet.round, &tablet.common, act, AccountNo(1), tablet.now).unwrap();
    (answer.outcome, answer.reasons.into_iter().map(|reason| reason.rule).collect())
}

#[test]
fn the_head_of_the_relay_publishes_its_own_layer_from_today_on() {
    let mut common = common();
    let today = "2021-12-16";
    let refused = |common: &mut _, by, directive| try_common(common, by, publish(directive, false)).unwrap_err();
    let nurse = refused(&mut common, AccountNo(1), relay_directive("1", today));
    assert_eq!(nurse, Refusal::RoleNeeded { role: Role::Head });
    let mut national = relay_directive("1", today);
    national.layer = Layer::National;
    assert_eq!(refused(&mut common, HEAD, national), Refusal::NotYourLayer);
    let past = refused(&mut common, HEAD, relay_directive("1", "2021-12-15"));
    assert_eq!(past, Refusal::EffectInThePast { first: day(today) });
    try_common(&mut common, HEAD, publish(relay_directive("2", "2022-01-01"), false)).unwrap();
    let before = refused(&mut common, HEAD, relay_directive("3", "2021-12-20"));
    assert_eq!(before, Refusal::LaterVersion { version: "2".into(), from: day("2022-01-01") });
    let order = refused(&mut common, HEAD, relay_directive("2", "2022-01-01"));
    assert_eq!(order, Refusal::VersionOrder { last: "2".into() });
    try_common(&mut common, HEAD, publish(relay_directive("3", "2022-01-01"), false)).unwrap();
}

#[test]
fn a_version_counts_from_its_day_on_and_the_one_before_does_not_come_back() {
    let mut tablet = adult();
    let mut first = relay_directive("1", "2021-12-16");
    first.until = None;
    let mut second = relay_directive("2", "2021-12-16");
    second.until = Some(day("2021-12-20"));
    try_common(&mut tablet.common, HEAD, publish(first, false)).unwrap();
    assert!(outcome(&tablet).1.contains(&"relay-1".to_owned()));
    try_common(&mut tablet.common, HEAD, publish(second, false)).unwrap();
    let (_, reasons) = outcome(&tablet);
    assert!(reasons.contains(&"relay-2".to_owned()) && !reasons.contains(&"relay-1".to_owned()), "{reasons:?}");
    tablet.pass(10 * 24 * 60);
    assert!(!outcome(&tablet).1.iter().any(|reason| reason.starts_with("relay")), "both are over");
}

#[test]
fn a_round_that_left_keeps_its_version_unless_the_new_one_is_urgent() {
    let mut tablet = adult();
    try_common(&mut tablet.common, HEAD, publish(relay_directive("1", "2021-12-16"), false)).unwrap();
    depart(&mut tablet);
    try_common(&mut tablet.common, HEAD, publish(relay_directive("2", "2021-12-16"), false)).unwrap();
    assert!(outcome(&tablet).1.contains(&"relay-1".to_owned()), "it goes on with what it left with");
    let waiting = door::waiting(&tablet.round, &tablet.common, tablet.now);
    assert_eq!(waiting.iter().map(|one| one.version.as_str()).collect::<Vec<_>>(), ["2"], "and says that one waits");
    try_common(&mut tablet.common, HEAD, publish(relay_directive("3", "2021-12-16"), true)).unwrap();
    let (_, reasons) = outcome(&tablet);
    assert!(reasons.contains(&"relay-3".to_owned()) && !reasons.contains(&"relay-1".to_owned()), "{reasons:?}");
    assert_eq!(door::took_over(&tablet.round, &tablet.common, tablet.now)[0].version, "3");
    assert_eq!(door::reexamined(&tablet.round, &tablet.common, AccountNo(1), tablet.now), [], "both say the same");
    let mut stricter = relay_directive("4", "2021-12-16");
    stricter.rules[0].outcome = RuleOutcome::Contraindicated;
    try_common(&mut tablet.common, HEAD, publish(stricter, true)).unwrap();
    let changed = door::reexamined(&tablet.round, &tablet.common, AccountNo(1), tablet.now);
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].now, RuleOutcome::Contraindicated);
    assert!(changed[0].before > RuleOutcome::Contraindicated, "the visit to come is looked at again");

    let mut next = adult();
    next.common = tablet.common.clone();
    depart(&mut next);
    assert!(outcome(&next).1.contains(&"relay-4".to_owned()), "the next round leaves with the newest");
}

#[test]
fn what_a_tablet_is_too_old_to_understand_forbids_what_it_is_about_and_nothing_else() {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL, SYRINGE])]);
    let newer = DirectivePublished {
        id: "covid-2022".into(),
        version: "1".into(),
        content: vec![0xa1, 0x18, 0x63, 0x01].into(),
        reach: Reach { from: Some(day("2021-12-16")), until: None, families: vec!["covid".into()] },
        urgent: false,
        text: None,
        adopted: None,
    };
    let number = u32::try_from(tablet.common.log().len()).unwrap() + 1;
    tablet.common.apply(Fact {
        name: perron_domain::name::FactName::new(perron_domain::name::DeviceId::HUB, number),
        hlc: tablet.common.log().clock().tick(nine()),
        wall: nine(),
        author: AccountNo(0),
        body: newer.into(),
    });
    let person = tablet.people()[0];
    let answer = |tablet: &Tablet, place: usize| {
        let act = tablet.round.people[&person].acts[place];
        door::answer(&tablet.round, &tablet.common, act, AccountNo(1), tablet.now).unwrap().1
    };
    let covid = answer(&tablet, 0);
    assert_eq!((covid.outcome, covid.until), (RuleOutcome::Deferred, None));
    assert!(covid.reasons[0].fr.contains("covid-2022 1"), "it says which: {}", covid.reasons[0].fr);
    assert!(covid.what_would_change.contains(&Change::Update));
    assert!(answer(&tablet, 1).outcome > RuleOutcome::Deferred, "influenza goes on");
    assert_eq!(door::too_new(&tablet.round, &tablet.common, tablet.now).len(), 1);
}

#[test]
fn an_answer_that_was_recorded_replays_to_the_same_bytes_whatever_was_published_since() {
    let mut tablet = adult();
    try_common(&mut tablet.common, HEAD, publish(relay_directive("1", "2021-12-16"), false)).unwrap();
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    tablet.ok(Command::Judge { act, vaccinate: true, reason: "essai".into() });
    tablet.ok(Command::Give(give(act, vial, tablet.now)));
    try_common(&mut tablet.common, HEAD, publish(relay_directive("2", "2021-12-16"), true)).unwrap();
    let recorded = tablet
        .written
        .iter()
        .find_map(|fact| match &fact.body {
            Body::AnswerRecorded(recorded) => Some(recorded.clone()),
            _ => None,
        })
        .unwrap();
    let used: Vec<Version> = recorded
        .directives
        .iter()
        .map(|one| Version { directive: one.id.clone(), version: one.version.clone() })
        .collect();
    assert!(used.contains(&Version { directive: "relay".into(), version: "1".into() }));
    let case: Case = minicbor::decode(&recorded.case).unwrap();
    let again = replay(&tablet.common.directives, &used, recorded.evaluator, &case).unwrap();
    assert_eq!(recorded.answer.unwrap().as_slice(), &again.digest()[..]);
    assert!(replay(&tablet.common.directives, &used, 9_999, &case).is_err(), "no evaluator of that number shipped");
}

#[test]
fn a_visit_that_ends_without_a_dose_keeps_the_answer_that_stopped_it() {
    let mut tablet = adult();
    let person = tablet.people()[0];
    let act = tablet.prepare(person);
    tablet.ok(Command::Answer { act, answers: vec![Answered { question: "fever".into(), yes: true }] });
    let end = Command::End {
        person,
        act: Some(act),
        outcome: Outcome::Postponed,
        reason: None,
        call_again: true,
        again_on: None,
    };
    tablet.ok(end);
    let kept = tablet.written.iter().any(
        |fact| matches!(&fact.body, Body::AnswerRecorded(recorded) if recorded.outcome == "deferred" && recorded.answer.is_some()),
    );
    assert!(kept);
}

#[test]
fn a_physician_of_the_relay_confirms_a_version() {
    let mut common = common();
    let confirm = || CommonCommand::ConfirmDirective { id: "test".into(), version: "1".into() };
    assert_eq!(try_common(&mut common, HEAD, confirm()), Err(Refusal::RoleNeeded { role: Role::Physician }));
    assert!(!common.is_confirmed("test", "1"));
    try_common(&mut common, PHYSICIAN, confirm()).unwrap();
    assert!(common.is_confirmed("test", "1"));
    let unknown = CommonCommand::ConfirmDirective { id: "other".into(), version: "1".into() };
    assert_eq!(try_common(&mut common, PHYSICIAN, unknown), Err(Refusal::UnknownDirective { id: "other".into() }));
}

#[test]
fn a_message_is_read_once_by_a_team_and_the_round_says_so() {
    let mut tablet = adult();
    let notice = NoticePublished { title: "DGS".into(), text: "texte".into(), link: None, at: nine() };
    tell_common(&mut tablet.common, CommonCommand::PublishNotice(notice));
    let name = *tablet.common.notices.keys().next().unwrap();
    tablet.ok(Command::ReadNotice(name));
    assert_eq!(tablet.round.notices_read[&name].0, AccountNo(1));
    assert_eq!(tablet.run(Command::ReadNotice(name)).unwrap(), [], "once is enough");
}

#[test]
fn an_age_is_reached_by_the_day_of_the_relay_and_not_of_utc() {
    // 16 on 16 December: alone from then on, by the one directive of these tests.
    for (territory, offset, before, after) in [
        ("FR-974", 240, "2021-12-15T19:59:00Z", "2021-12-15T20:00:00Z"),
        ("FR-971", -240, "2021-12-16T03:59:00Z", "2021-12-16T04:00:00Z"),
        ("FR-987", -600, "2021-12-16T09:59:00Z", "2021-12-16T10:00:00Z"),
        ("FR-93", 60, "2021-12-15T22:59:00Z", "2021-12-15T23:00:00Z"),
    ] {
        let mut tablet = tablet_with(vec![person("Girouette", "2005-12-16", &[SYRINGE])]);
        let relay = RelayCreated {
            name: "Relais".into(),
            territory: territory.into(),
            utc_offset_minutes: offset,
            demo: false,
        };
        tell_common(&mut tablet.common, CommonCommand::CreateRelay(relay));
        let at = |text: &str| {
            perron_domain::time::Wall(chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis())
        };
        let act = tablet.first_act(tablet.people()[0]);
        let needs_parents = |text: &str| {
            let (case, _) = door::answer(&tablet.round, &tablet.common, act, AccountNo(1), at(text)).unwrap();
            let needs = door::consents_needed(&tablet.round, &tablet.common, &case);
            needs.iter().any(|need| need.by == perron_domain::rules::By::Parent)
        };
        assert!(needs_parents(before), "{territory}: still 15");
        assert!(!needs_parents(after), "{territory}: 16");
    }
}
