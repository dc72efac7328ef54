//! What the emergency page tells of a person: every vaccine of today for who answers the call, and every event, in order.
//! Pure, so that the host can test it.

use perron_domain::{
    date::{Day, PartialDate},
    door, dossier,
    fact::{DoseGiven, IncidentKind},
    name::FactName,
    order,
    rules::{About, Directive, Trait},
    state::{Adrenaline, Common, Round, Visit},
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

/// A «yes» to a question, known of somebody: an allergy, a reaction, a treatment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// The code of the question.
    pub question: String,
    /// The code of the product that it was about; none for what is of the person.
    pub product: Option<String>,
    /// When it happened, where somebody knows.
    pub on: Option<PartialDate>,
}

/// Returns what is known of a person and may matter to who treats her: allergies and reactions first, then what is of the
/// person, always or today. What the dossier knows stays said even where the door said no: who answers the call must hear both.
#[must_use]
pub fn known(round: &Round, common: &Common, person: FactName, on: Day) -> Vec<Known> {
    let Some(visit) = round.people.get(&person) else { return Vec::new() };
    let directives: Vec<&Directive> = door::directives(round, common).collect();
    let scopes = dossier::scopes(&directives, on);
    let about = |code: &str| scopes.get(code).copied().unwrap_or_default();
    let of_dossier = visit.record.reactions.iter().map(|one| Known {
        question: one.question.clone(),
        product: Some(one.product.clone()),
        on: one.on,
    });
    let lasting = visit.record.lasting.iter().map(|one| (&one.question, one.yes, None));
    let acts = visit.acts.iter().filter_map(|act| round.acts.get(act));
    let said = acts.flat_map(|act| act.answers.iter().map(|(code, yes)| (code, *yes, Some(&act.wish.product))));
    let answered = lasting.chain(said).filter(|(_, yes, _)| *yes).map(|(code, _, product)| match about(code) {
        About::Today | About::Always => Known { question: code.clone(), product: None, on: None },
        About::Product | About::Family => Known { question: code.clone(), product: product.cloned(), on: None },
    });
    let mut known: Vec<Known> = Vec::new();
    for one in of_dossier.chain(answered) {
        if !known.iter().any(|other| (&other.question, &other.product) == (&one.question, &one.product)) {
            known.push(one);
        }
    }
    order::sort_by_key(&mut known, |one| one.product.is_none());
    known
}

/// Returns what of a person's state changes how she is treated: pregnancy, immunodepression.
#[must_use]
pub fn states(round: &Round, person: FactName) -> Vec<Trait> {
    let Some(visit) = round.people.get(&person) else { return Vec::new() };
    let mut states = vec![Trait::Pregnant, Trait::Immunocompromised];
    states.retain(|one| visit.record.knows(*one) == Some(perron_domain::people::Known::Yes));
    states
}

/// Returns the adrenaline noted, each one of them a line of its own: of the person, or of nobody named. What one person was
/// given is never read beside another's name.
#[must_use]
pub fn adrenaline(round: &Round, person: Option<FactName>) -> Vec<Adrenaline> {
    round.adrenaline.iter().filter(|one| one.person == person).cloned().collect()
}

/// How long after a touch on «Adrénaline» another one is the same touch twice, in milliseconds. The next dose follows after
/// minutes.
const TWICE_MS: i64 = 20_000;

/// Says whether adrenaline was noted for the person so shortly before that another touch means the same one.
#[must_use]
pub fn just_noted(round: &Round, person: Option<FactName>, now: Wall) -> bool {
    adrenaline(round, person).iter().any(|one| (0..TWICE_MS).contains(&now.since(one.at)))
}

/// Returns the people who are watched now or were given something within the last hours: one of them is meant, most likely,
/// when an emergency is opened without a name. The latest dose first.
#[must_use]
pub fn likely(round: &Round, now: Wall) -> Vec<FactName> {
    let last = |visit: &Visit| {
        let acts = visit.acts.iter().filter_map(|act| round.acts.get(act));
        acts.flat_map(|act| &act.given).map(|given| given.dose.done_at).max()
    };
    let of = round.people.iter().filter_map(|(person, visit)| Some((last(visit)?, *person)));
    let mut recent: Vec<(Wall, FactName)> = of.filter(|(at, _)| now.since(*at) < RECENT_MS).collect();
    recent.sort_unstable_by(|one, other| other.cmp(one));
    recent.into_iter().map(|(_, person)| person).collect()
}

/// How long after a dose or an arrival a person or a door is still the likely one, in milliseconds: two hours.
const RECENT_MS: i64 = 2 * 3_600_000;

/// Returns the door where the team stood last, unless that was hours ago: then nobody knows where they are now.
#[must_use]
pub fn last_door(round: &Round, now: Wall) -> Option<FactName> {
    let arrived = round.stops.iter().filter_map(|(name, stop)| stop.arrived.map(|at| (at, *name)));
    arrived.max().filter(|(at, _)| now.since(*at) < RECENT_MS).map(|(_, name)| name)
}

/// Returns every event, in the order of its hour: of the person, or of nobody named.
#[must_use]
pub fn events(round: &Round, person: Option<FactName>) -> Vec<Event> {
    let incidents = round.incidents.iter().filter(|one| one.person == person).map(|one| Event {
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
    use perron_domain::{
        Command, CommonCommand, NewDirective,
        fact::{Answered, Body},
        people::{PersonRecord, Reaction},
        rules::Question,
    };
    use perron_testkit::world::{self, SYRINGE, Tablet, VIAL};

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

    /// A question about a product, one about the person always, and the fever of today.
    fn questions() -> Vec<Question> {
        let fever = world::directive().questions[0].clone();
        let one =
            |code: &str, about| Question { code: code.into(), about: Some(about), required: false, ..fever.clone() };
        vec![one("allergy_component", About::Product), one("anticoagulant", About::Always), fever.clone()]
    }

    #[test]
    fn allergies_and_reactions_known_of_her_or_said_today_are_read_out() {
        let mut tablet = world::tablet_with(vec![PersonRecord {
            reactions: vec![Reaction {
                question: "anaphylaxis_previous_dose".into(),
                product: SYRINGE.into(),
                on: Some("2019".parse().unwrap()),
            }],
            ..world::person("Parapluie", "1937-05-04", &[VIAL])
        }]);
        let directive = Directive { version: "2".into(), questions: questions(), ..world::directive() };
        world::tell_common(
            &mut tablet.common,
            CommonCommand::PublishDirective(Box::new(NewDirective {
                directive,
                text: None,
                urgent: false,
                adopted: None,
            })),
        );
        let who = tablet.people()[0];
        let act = tablet.first_act(who);
        let yes = |question: &str| Answered { question: question.into(), yes: true };
        let answers = vec![yes("anticoagulant"), yes("allergy_component"), yes("fever")];
        tablet.ok(Command::Answer { act, answers });
        let on = tablet.round.plan.as_ref().unwrap().on;
        let known = known(&tablet.round, &tablet.common, who, on);
        let told: Vec<(&str, Option<&str>)> =
            known.iter().map(|one| (one.question.as_str(), one.product.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("anaphylaxis_previous_dose", Some(SYRINGE)),
                ("allergy_component", Some(VIAL)),
                ("anticoagulant", None),
                ("fever", None),
            ]
        );
        assert_eq!(known[0].on, Some("2019".parse().unwrap()));
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
    fn what_happened_to_one_person_is_told_of_nobody_else() {
        let (mut tablet, who) = malaise();
        tablet.ok(Command::NoteAdrenaline { person: None, at: None });
        assert!(adrenaline(&tablet.round, Some(who)).is_empty());
        assert_eq!(adrenaline(&tablet.round, None).len(), 1);
        tablet.ok(Command::NoteAdrenaline { person: Some(who), at: None });
        assert_eq!(adrenaline(&tablet.round, None).len(), 1, "hers stands on her own page");
        assert!(events(&tablet.round, None).iter().all(|event| matches!(event.what, What::Adrenaline)));
    }

    #[test]
    fn without_a_name_the_latest_person_is_offered_and_hours_later_nobody_is() {
        let (mut tablet, who) = malaise();
        assert_eq!(likely(&tablet.round, tablet.now), [who]);
        tablet.pass(180);
        assert_eq!(likely(&tablet.round, tablet.now), []);
        assert_eq!(last_door(&tablet.round, tablet.now), None);
    }

    #[test]
    fn a_touch_twice_is_one_adrenaline_and_the_next_dose_is_another() {
        let (mut tablet, who) = malaise();
        tablet.ok(Command::NoteAdrenaline { person: Some(who), at: None });
        assert!(just_noted(&tablet.round, Some(who), tablet.now));
        assert!(!just_noted(&tablet.round, None, tablet.now), "another person's is hers");
        tablet.pass(5);
        assert!(!just_noted(&tablet.round, Some(who), tablet.now));
    }
}
