//! What the emergency page tells of a person: every vaccine of today for who answers the call, and every event, in order.
//! Pure, so that the host can test it.

use perron_domain::{
    fact::{DoseGiven, IncidentKind},
    name::FactName,
    order,
    state::{Adrenaline, Round},
    time::Wall,
};

/// Something that happened.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Its fact.
    pub name: FactName,
    /// When, as it was noted.
    pub at: Wall,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// A dose was given.
    Dose(DoseGiven),
    /// Something was reported, with its words.
    Incident(IncidentKind, String),
    /// Adrenaline was given.
    Adrenaline,
}

/// Returns the doses that a person was given on this round, the first one first: whoever treats her must hear all of them.
#[must_use]
pub fn given(round: &Round, person: FactName) -> Vec<DoseGiven> {
    let visit = round.people.get(&person);
    let acts = visit.into_iter().flat_map(|visit| &visit.acts).filter_map(|act| round.acts.get(act));
    let mut given: Vec<DoseGiven> = acts.flat_map(|act| &act.given).map(|given| given.dose.clone()).collect();
    order::sort_by_key(&mut given, |dose| dose.done_at);
    given
}

/// Returns the adrenaline noted, each one of them a line of its own: of the person, or of everybody where none is named.
#[must_use]
pub fn adrenaline(round: &Round, person: Option<FactName>) -> Vec<Adrenaline> {
    round.adrenaline.iter().filter(|one| person.is_none() || one.person == person).cloned().collect()
}

/// Returns every event, in the order of its hour: of the person, or of the whole round where none is named.
#[must_use]
pub fn events(round: &Round, person: Option<FactName>) -> Vec<Event> {
    let concerns = |whose: Option<FactName>| person.is_none() || whose == person;
    let incidents = round.incidents.iter().filter(|one| concerns(one.person)).map(|one| Event {
        name: one.name,
        at: one.at,
        what: What::Incident(one.kind, one.text.clone()),
    });
    let adrenaline = adrenaline(round, person);
    let adrenaline = adrenaline.iter().map(|one| Event { name: one.name, at: one.at, what: What::Adrenaline });
    let acts = round.acts.values().filter(|act| person == Some(act.person));
    let doses = acts.flat_map(|act| &act.given).map(|given| Event {
        name: given.name,
        at: given.dose.done_at,
        what: What::Dose(given.dose.clone()),
    });
    let mut events: Vec<Event> = doses.chain(incidents).chain(adrenaline).collect();
    order::sort_by_key(&mut events, |event| (event.at, event.name));
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::{Command, fact::Body};
    use perron_testkit::world::{self, Tablet, VIAL};

    /// Somebody with a first vaccine at 9 o'clock and a second one five minutes later, and a malaise after it.
    fn malaise() -> (Tablet, FactName) {
        let mut tablet = world::tablet_with(vec![world::person("Parapluie", "1937-05-04", &[VIAL])]);
        let (_, vial) = tablet.open_vial(1);
        let who = tablet.people()[0];
        let act = tablet.prepare(who);
        tablet.run(Command::Give(world::give(act, vial, tablet.now))).unwrap();
        let first = given(&tablet.round, who)[0].clone();
        tablet.pass(5);
        let second = DoseGiven { lot: "F77".into(), done_at: tablet.now, ..first };
        tablet.write(Body::from(second));
        tablet.pass(1);
        tablet.ok(Command::Report { person: Some(who), kind: IncidentKind::Faint, text: String::new() });
        (tablet, who)
    }

    #[test]
    fn both_vaccines_of_the_day_are_read_out_with_their_lots() {
        let (tablet, who) = malaise();
        let lots: Vec<String> = given(&tablet.round, who).into_iter().map(|dose| dose.lot).collect();
        assert_eq!(lots, ["V1", "F77"]);
    }

    #[test]
    fn each_event_is_listed_in_the_order_of_its_hour() {
        let (mut tablet, who) = malaise();
        tablet.pass(2);
        tablet.ok(Command::NoteAdrenaline { person: Some(who), at: None });
        tablet.pass(5);
        tablet.ok(Command::NoteAdrenaline { person: Some(who), at: None });
        let events = events(&tablet.round, Some(who));
        let names = events.iter().map(|event| match event.what {
            What::Dose(_) => "dose",
            What::Incident(..) => "incident",
            What::Adrenaline => "adrenaline",
        });
        assert_eq!(names.collect::<Vec<_>>(), ["dose", "dose", "incident", "adrenaline", "adrenaline"]);
        assert_eq!(adrenaline(&tablet.round, Some(who)).len(), 2, "each of them has a line of its own");
    }

    #[test]
    fn what_happened_to_another_person_is_not_told_of_this_one() {
        let (mut tablet, who) = malaise();
        tablet.ok(Command::NoteAdrenaline { person: None, at: None });
        assert!(adrenaline(&tablet.round, Some(who)).is_empty());
        assert_eq!(adrenaline(&tablet.round, None).len(), 1);
    }
}
