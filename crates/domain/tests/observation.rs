//! Watching somebody after a dose: the longest minutes win, whatever the clocks of the tablets do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::Command;
use perron_domain::fact::*;
use perron_domain::name::{FactName, FactRef};
use perron_domain::refusal::{Needing, Refusal};
use perron_domain::state::RoundState;
use perron_domain::state::close::{Gap, gaps};
use perron_domain::time::Wall;
use perron_testkit::world::*;
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;

/// A tablet at a door where somebody has just had a dose, and who.
fn after_a_dose() -> (Tablet, FactName) {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL])]);
    let (_, vial) = tablet.open_vial(1);
    let who = tablet.people()[0];
    let act = tablet.prepare(who);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    (tablet, who)
}

/// A second dose of the person, as the log of another vaccine would say it.
fn another(tablet: &mut Tablet, minutes: u16) {
    let mut body = tablet
        .written
        .iter()
        .find_map(|fact| if let Body::DoseGiven(given) = &fact.body { Some(given.clone()) } else { None })
        .unwrap();
    body.done_at = tablet.now;
    body.observation_minutes = minutes;
    tablet.write(body.into());
}

fn left(tablet: &Tablet) -> Option<i64> {
    let now = tablet.round.clocks.steady(tablet.device, tablet.now);
    tablet.round.timers().first().map(|timer| timer.until.since(now) / 60_000)
}

fn end(who: FactName, reason: Option<&str>) -> Command {
    Command::EndObservation { person: who, early_reason: reason.map(Into::into) }
}

fn compared(offset_ms: i64, before_ms: Option<i64>) -> Body {
    ClockCompared { offset_ms, round_trip_ms: 80, before_ms, said: None }.into()
}

proptest! {
    #[test]
    fn the_longest_minutes_of_all_doses_win(doses in prop::collection::vec((0_i64..20, 15_u16..60), 0..4)) {
        let (mut tablet, _) = after_a_dose();
        let begun = tablet.now;
        let mut until = begun.plus_minutes(20);
        for (later, minutes) in doses {
            tablet.pass(later);
            another(&mut tablet, minutes);
            until = until.max(tablet.now.plus_minutes(i64::from(minutes)));
        }
        let timers = tablet.round.timers();
        prop_assert_eq!(timers.len(), 1);
        prop_assert_eq!((timers[0].from, timers[0].until), (begun, until));
    }

    #[test]
    fn a_clock_set_while_somebody_is_watched_changes_nothing_of_the_minutes_left(
        watched in 0_i64..19, jump in -30 * HOUR..30 * HOUR, offset in -30 * HOUR..30 * HOUR, compare in any::<bool>(),
    ) {
        let (mut tablet, who) = after_a_dose();
        tablet.pass(watched);
        tablet.now = Wall(tablet.now.0 + jump);
        tablet.write(ClockJumped { by_ms: jump, said: None }.into());
        prop_assert_eq!(left(&tablet), Some(20 - watched));
        if compare {
            tablet.write(compared(offset, None));
            prop_assert_eq!(left(&tablet), Some(20 - watched));
        }
        prop_assert_eq!(tablet.refused(end(who, None)), Refusal::ReasonNeeded { what: Needing::Observation });
        tablet.pass(20 - watched);
        tablet.ok(end(who, None));
    }

    #[test]
    fn a_tablet_whose_clock_is_off_watches_as_long_as_any_other(offset in -30 * HOUR..30 * HOUR, watched in 0_i64..19) {
        let (mut right, who) = after_a_dose();
        let mut off = Tablet::new(3, &right.common);
        off.receive(&right.round.log().iter().cloned().collect::<Vec<_>>());
        right.pass(watched);
        off.now = Wall(right.now.0 - offset);
        off.write(compared(offset, None));
        prop_assert_eq!(left(&off), Some(20 - watched));
        prop_assert_eq!(off.refused(end(who, None)), Refusal::ReasonNeeded { what: Needing::Observation });
        right.receive(&off.written);
        prop_assert_eq!(left(&right), left(&off));
    }
}

#[test]
fn a_comparison_that_misses_the_jump_by_a_millisecond_does_not_lengthen_the_minutes() {
    let (mut tablet, who) = after_a_dose();
    tablet.now = Wall(tablet.now.0 + 13_669_282);
    tablet.write(ClockJumped { by_ms: 13_669_282, said: None }.into());
    tablet.write(compared(-13_669_283, None));
    tablet.pass(20);
    tablet.ok(end(who, None));
}

#[test]
fn a_tablet_two_hours_ahead_does_not_end_the_observation_of_a_dose_noted_before_it_knew() {
    let (mut tablet, who) = after_a_dose();
    tablet.pass(7);
    tablet.write(compared(-2 * HOUR, None));
    assert_eq!(left(&tablet), Some(13));
    assert_eq!(tablet.refused(end(who, None)), Refusal::ReasonNeeded { what: Needing::Observation });
    let given = tablet.written.iter().find(|fact| matches!(fact.body, Body::DoseGiven(_))).unwrap();
    assert!(matches!(&given.body, Body::DoseGiven(one) if one.done_at == given.wall), "stored hours stay as read");
}

#[test]
fn a_clock_that_was_set_while_the_app_was_closed_is_told_from_one_that_was_always_off() {
    let (mut tablet, _) = after_a_dose();
    tablet.pass(7);
    tablet.now = Wall(tablet.now.0 + 2 * HOUR);
    // The contact before the departure had found nothing to add.
    tablet.write(compared(-2 * HOUR, Some(0)));
    assert_eq!(left(&tablet), Some(13));
}

#[test]
fn an_hour_typed_from_a_watch_that_is_right_begins_the_minutes_then() {
    let (mut tablet, _) = after_a_dose();
    let right = tablet.now;
    tablet.now = Wall(tablet.now.0 + 2 * HOUR);
    tablet.write(compared(-2 * HOUR, Some(-2 * HOUR)));
    another(&mut tablet, 30);
    let Some(Body::DoseGiven(mut typed)) = tablet.written.last().map(|fact| fact.body.clone()) else { panic!() };
    typed.done_at = right.plus_minutes(-2);
    tablet.write(typed.into());
    assert_eq!(tablet.round.timers()[0].until, right.plus_minutes(30));
}

#[test]
fn a_vial_keeps_its_hours_on_a_tablet_whose_clock_was_set() {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL])]);
    let (_, vial) = tablet.open_vial(1);
    tablet.now = Wall(tablet.now.0 + 30 * HOUR);
    tablet.write(ClockJumped { by_ms: 30 * HOUR, said: None }.into());
    let now = tablet.round.clocks.steady(tablet.device, tablet.now);
    let aboard = perron_domain::aboard::aboard(&tablet.round, &tablet.common, VIAL, now);
    assert!(aboard.usable.iter().any(|(name, _)| *name == vial));
    let act = tablet.prepare(tablet.people()[0]);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
}

#[test]
fn a_round_that_closes_while_somebody_is_watched_has_a_difference_that_names_her() {
    let (mut tablet, who) = after_a_dose();
    tablet.pass(5);
    assert!(gaps(&tablet.round, &tablet.common).contains(&Gap::Observed { person: who }));
    let close = Command::CloseRound { explained: Vec::new(), with_gaps: false };
    let Refusal::Gaps { codes } = tablet.refused(close) else { panic!("it closes") };
    assert!(codes.contains(&format!("observed:{who}")));
    tablet.pass(20);
    tablet.ok(end(who, None));
    assert!(!gaps(&tablet.round, &tablet.common).contains(&Gap::Observed { person: who }));
}

#[test]
fn every_end_of_an_observation_stays_known_with_its_reason() {
    let (mut tablet, who) = after_a_dose();
    tablet.pass(5);
    tablet.ok(end(who, Some("elle doit partir")));
    tablet.pass(1);
    another(&mut tablet, 15);
    let visit = &tablet.round.people[&who];
    assert_eq!(visit.observation_ended, None);
    assert_eq!(visit.observations[0].early_reason.as_deref(), Some("elle doit partir"));
    assert_eq!(left(&tablet), Some(15));
}

#[test]
fn adrenaline_is_noted_with_its_hour_and_can_be_said_again() {
    let (mut tablet, who) = after_a_dose();
    tablet.pass(2);
    let first = tablet.ok(Command::NoteAdrenaline { person: Some(who), at: None });
    tablet.pass(5);
    tablet.ok(Command::NoteAdrenaline { person: Some(who), at: None });
    assert_eq!(tablet.round.adrenaline.len(), 2);
    let again = Command::NoteAdrenaline { person: Some(who), at: Some(tablet.now.plus_minutes(-6)) };
    tablet.ok(Command::Correct { fact: first, by: Some(Box::new(again)), reason: None });
    assert_eq!(tablet.round.adrenaline[0].at, tablet.now.plus_minutes(-6));
    let ahead = Command::NoteAdrenaline { person: None, at: Some(tablet.now.plus_minutes(30)) };
    assert_eq!(tablet.refused(ahead), Refusal::InTheFuture);
    assert!(Body::from(AdrenalineGiven { person: Some(FactRef::Own(1)), at: tablet.now }).about_person());
}

#[test]
fn comparisons_give_the_same_in_any_order_of_arrival() {
    let (mut tablet, _) = after_a_dose();
    tablet.write(compared(HOUR, None));
    tablet.write(ClockJumped { by_ms: HOUR, said: None }.into());
    let mut facts: Vec<Fact> = tablet.round.log().iter().cloned().collect();
    facts.reverse();
    let mut again = RoundState::default();
    for fact in facts {
        again.apply(fact);
    }
    assert_eq!(again.view(), tablet.round.view());
}

#[test]
fn every_advice_is_said_with_the_dose_and_the_longest_minutes_of_all_directives_count() {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL])]);
    let first = directive();
    let advice = |code: &str| perron_domain::rules::Rule { code: code.into(), advice: true, ..first.rules[0].clone() };
    let more = perron_domain::rules::Directive {
        id: "advice".into(),
        rules: vec![advice("lie-down"), advice("fine-needle")],
        observation_minutes: Some(30),
        questions: Vec::new(),
        agreements: Vec::new(),
        products: Vec::new(),
        ..first.clone()
    };
    let new = perron_domain::NewDirective { directive: more, text: None, urgent: false, adopted: None };
    tell_common(&mut tablet.common, perron_domain::CommonCommand::PublishDirective(Box::new(new)));
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(tablet.people()[0]);
    let answered = perron_domain::door::answer(&tablet.round, &tablet.common, act, AccountNo(1), tablet.now);
    let (_, answer) = answered.unwrap();
    let said = perron_domain::door::advice(&tablet.round, &tablet.common, &answer);
    let mut codes: Vec<&str> = said.iter().map(|reason| reason.rule.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["fine-needle", "lie-down"]);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    assert_eq!(left(&tablet), Some(30));
}
