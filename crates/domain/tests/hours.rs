//! The hour of what was done is corrected by itself, and stays when the rest is corrected (A8: an hour belongs to a day).
#![allow(clippy::unwrap_used, reason = "tests")]

use perron_domain::Command;
use perron_domain::fact::*;
use perron_domain::name::FactName;
use perron_domain::refusal::Refusal;
use perron_domain::time::Wall;
use perron_testkit::world::*;

fn hour(fact: FactName, at: Wall) -> Command {
    Command::CorrectHour { fact, at, reason: Some("noté au retour".into()) }
}

#[test]
fn a_malaise_is_noted_late_and_said_at_its_hour() {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL])]);
    let who = tablet.people()[0];
    tablet.pass(40);
    let report = |text: &str| Command::Report { person: Some(who), kind: IncidentKind::Faint, text: text.into() };
    let noted = tablet.ok(report("vertige"));
    let (late, real) = (tablet.now, tablet.now.plus_minutes(-25));
    tablet.ok(hour(noted, real));
    assert_eq!((tablet.round.incidents[0].at, tablet.round.incidents[0].person), (real, Some(who)));
    // Correcting the words leaves the hour that counts.
    tablet.ok(Command::Correct { fact: noted, by: Some(Box::new(report("vertige bref"))), reason: None });
    assert_eq!((tablet.round.incidents[0].at, tablet.round.incidents[0].text.as_str()), (real, "vertige bref"));
    // Both versions stay readable, and nobody writes what has not come yet.
    let first = tablet.round.log().history(noted);
    assert_eq!(first.len(), 3);
    assert!(matches!(&first[0].body, Body::IncidentReported(said) if said.at == late));
    assert_eq!(tablet.refused(hour(noted, tablet.now.plus_minutes(60))), Refusal::InTheFuture);
    // The desk reads and writes the references of the tablet's chain as its own.
    tablet.desk_ok(hour(noted, real.plus_minutes(1)));
    assert_eq!((tablet.round.incidents[0].at, tablet.round.incidents[0].person), (real.plus_minutes(1), Some(who)));
}

#[test]
fn what_ends_does_not_end_before_it_began() {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL])]);
    let began = tablet.now;
    let opened = tablet.ok(Command::OpenContainer { kind: ContainerKind::SharpsBox, volume_dl: 10 });
    tablet.pass(30);
    let closed = tablet.ok(Command::CloseContainer(opened));
    tablet.pass(5);
    assert_eq!(tablet.refused(hour(closed, began.plus_minutes(-1))), Refusal::EndsBeforeItBegan);
    assert_eq!(tablet.refused(hour(opened, began.plus_minutes(31))), Refusal::EndsBeforeItBegan);
    tablet.ok(hour(closed, began.plus_minutes(20)));
    assert_eq!(tablet.round.containers[&opened].closed_at, Some(began.plus_minutes(20)));
}

#[test]
fn an_hour_that_its_command_says_is_corrected_there() {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL])]);
    let difficulty = tablet.ok(Command::ReportDifficulty("ascenseur en panne".into()));
    assert_eq!(tablet.refused(hour(difficulty, tablet.now)), Refusal::CannotCorrect);
}

#[test]
fn what_the_desk_wrote_is_not_offered_to_a_tablet_for_correction() {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL])]);
    let own = tablet.ok(Command::ReportDifficulty("ascenseur en panne".into()));
    let offered = |tablet: &Tablet| perron_domain::cannot_correct(&tablet.round, own, tablet.device);
    assert_eq!(offered(&tablet), None);
    let by = Some(Box::new(Command::ReportDifficulty("ascenseur au sous-sol".into())));
    tablet.desk_ok(Command::Correct { fact: own, by, reason: None });
    assert_eq!(offered(&tablet), Some(Refusal::RelaysOwn), "the relay has corrected it since");
}

#[test]
fn a_corrected_hour_of_another_day_can_be_meant_of_today() {
    use perron_domain::hour::{About, candidates};
    use perron_domain::zone::PARIS;
    let at = |on: &str, minute: u16| PARIS.at(day(on), minute);
    // Written at 8:45 as 10:00, which was taken for yesterday's: 8:44 may be today's.
    let (now, first) = (at("2026-11-28", 8 * 60 + 45), at("2026-11-27", 600));
    let found = candidates(PARIS, "08:44", About::Corrected(first), now);
    assert_eq!(found, [at("2026-11-28", 524), at("2026-11-27", 524), at("2026-11-26", 524)]);
    // What has not come yet today is not meant.
    assert_eq!(candidates(PARIS, "10:00", About::Corrected(first), now), [first, at("2026-11-26", 600)]);
    // A fact of today, or an hour of something done, is plain.
    assert_eq!(candidates(PARIS, "08:44", About::Corrected(at("2026-11-28", 500)), now), []);
    assert_eq!(candidates(PARIS, "10:00", About::Done, now), []);
}
