//! The way of a visit, as sentences about a door.

use perron_domain::{
    Context,
    command::{Command, GiveDose, PlannedPerson, PlannedStop},
    date::{Day, PartialDate},
    decide,
    fact::{
        AccountAdded, AccountNo, Answered, Body, ConsentBy, ConsentManner, DirectivePublished, DoseForm, DosesLoaded,
        Fact, IdentityMeans, Modality, Outcome, Role, RoundPlanned, Site, StopPlanned,
    },
    name::{DeviceId, FactName},
    people::{Address, Known, ListKnown, PersonRecord, Wish},
    rules::Directive,
    state::{CommonState, RoundState},
    time::{Hlc, Wall},
    zone::PARIS,
};

use super::path::{At, Next, Step, after, door_href, next};

const NURSE: AccountNo = AccountNo(2);
const TABLET: DeviceId = DeviceId(3);

/// One vaccine, one question that defers, an agreement of the person's own.
const RULES: &str = r#"{
  "id": "test", "version": "1", "from": "2021-01-01", "until": null, "territory": "FR", "layer": "national",
  "title_fr": "Essai", "title_en": "Test", "source": {"title": "Essai"}, "validated": true, "observation_minutes": 15,
  "products": [
    {"code": "a", "name_fr": "Vaccin A", "family": "covid", "form": "vial", "doses_per_vial": 6, "usual_draws_min": 5,
     "usual_draws_max": 7, "dose_microlitres": 300, "unopened_fridge": null, "prepared_syringe": null,
     "after_opening": {"minutes": 360, "source": "essai"}, "min_months": null, "below_months": null,
     "takeable_from": "2021-01-01", "takeable_until": null, "source": "essai"},
    {"code": "b", "name_fr": "Vaccin B", "family": "influenza", "form": "prefilled", "doses_per_vial": 1,
     "usual_draws_min": 1, "usual_draws_max": 1, "dose_microlitres": 500, "unopened_fridge": null,
     "prepared_syringe": null, "after_opening": null, "min_months": null, "below_months": null,
     "takeable_from": "2021-01-01", "takeable_until": null, "source": "essai"}
  ],
  "questions": [{"code": "fever", "fr": "Fièvre ?", "en": "Fever?", "asked": "always"}],
  "agreements": [{"code": "own", "when": "always", "by": ["self"], "count": 1, "fr": "Accord.", "en": "Agreement.",
    "source": "essai"}],
  "rules": [
    {"code": "open", "when": "always", "outcome": "eligible", "fr": "Ouvert.", "en": "Open.", "source": "essai"},
    {"code": "fever", "when": {"answer": {"question": "fever", "is": true}}, "outcome": "deferred", "until": "no_date", "fr": "Après guérison.",
     "en": "After recovery.", "source": "essai"},
    {"code": "interval", "when": {"dose_within": {"of": {"products": [], "families": ["covid"], "live_attenuated": false,
     "same_family": false}, "interval": {"months": 1}, "but_same_day": false}}, "outcome": "deferred", "until": "no_date",
     "fr": "Trop tôt.", "en": "Too early.", "source": "essai"}
  ]
}"#;

struct Story {
    common: CommonState,
    round: RoundState,
    now: Wall,
    written: u32,
}

impl Story {
    /// A round with a couple behind the first door and somebody alone behind the second.
    fn begin() -> Self {
        let directive: Directive = serde_json::from_str(RULES).unwrap();
        let now = PARIS.at(Day::new(2021, 12, 16).unwrap(), 9 * 60);
        let content = minicbor::to_vec(&directive).unwrap().into();
        let bodies: Vec<Body> = vec![
            AccountAdded {
                account: NURSE,
                name: "Nour".to_owned(),
                roles: vec![Role::Nurse],
                rpps: None,
                prescriber_trained: true,
                phone: None,
            }
            .into(),
            DirectivePublished {
                id: "test".to_owned(),
                version: "1".to_owned(),
                content,
                reach: perron_domain::fact::Reach::default(),
                urgent: false,
                text: None,
                adopted: None,
            }
            .into(),
        ];
        let common = CommonState::of(bodies.into_iter().enumerate().map(|(index, body)| Fact {
            name: FactName::new(DeviceId::HUB, u32::try_from(index).unwrap() + 1),
            hlc: Hlc { ms: i64::try_from(index).unwrap(), counter: 0 },
            wall: now,
            author: AccountNo(1),
            body,
        }));
        let mut story = Self { common, round: RoundState::default(), now, written: 0 };
        let person = |name: &str| PlannedPerson {
            person: None,
            record: PersonRecord {
                birth_name: name.to_owned(),
                birth: Some(PartialDate::Year(1950)),
                wishes: vec![Wish { product: "a".to_owned(), rank: Some(1) }],
                lists: vec![ListKnown { list: "covid".to_owned(), complete: true }],
                ..PersonRecord::default()
            },
        };
        let stop = |line: &str, people: Vec<PlannedPerson>| PlannedStop {
            stop: StopPlanned {
                address: Address { line: line.to_owned(), ..Address::default() },
                from_minute: None,
                until_minute: None,
                place: None,
                unplanned: false,
            },
            people,
        };
        let plan = RoundPlanned {
            on: Day::new(2021, 12, 16).unwrap(),
            label: "Essai".to_owned(),
            team: "Équipe 1".to_owned(),
            nurses: vec![NURSE],
            start_place: "Relais".to_owned(),
            start_minute: 540,
            modality: Modality::Home,
            territory: "FR-93".to_owned(),
            relay_protocol: false,
            lots: Vec::new(),
        };
        let stops = vec![
            stop("1 rue A", vec![person("Parapluie"), person("Lanterne")]),
            stop("2 rue B", vec![person("Boussole")]),
        ];
        story.writes(DeviceId::HUB, Command::PublishRound { plan, stops });
        story.loads(1);
        story
    }

    fn loads(&mut self, units: u16) -> FactName {
        self.says(Command::Load(DosesLoaded {
            product: "a".to_owned(),
            lot: "L1".to_owned(),
            expiry: Day::new(2022, 3, 31).unwrap(),
            form: DoseForm::Vial,
            units,
            doses_per_unit: 6,
            preparation: None,
            received_from: None,
            confirmed: None,
            range: None,
        }))
    }

    fn says(&mut self, command: Command) -> FactName {
        self.writes(TABLET, command)
    }

    fn writes(&mut self, device: DeviceId, command: Command) -> FactName {
        let context = Context { device, next: self.written + 1, now: self.now, author: NURSE };
        let bodies = decide(&self.round, &self.common, command, &context).unwrap();
        let first = FactName::new(device, self.written + 1);
        for body in bodies {
            self.written += 1;
            self.round.apply(Fact {
                name: FactName::new(device, self.written),
                hlc: Hlc { ms: self.now.0, counter: self.written },
                wall: self.now,
                author: NURSE,
                body,
            });
        }
        first
    }

    fn person(&self, name: &str) -> FactName {
        *self.round.people.iter().find(|(_, visit)| visit.record.birth_name == name).unwrap().0
    }

    fn act(&self, name: &str) -> FactName {
        self.round.people[&self.person(name)].acts[0]
    }

    fn at(&self, name: &str) -> At {
        next(&self.round, &self.common, self.person(name), (NURSE, TABLET), self.now).unwrap()
    }

    fn answers(&mut self, name: &str, yes: bool) {
        let (person, act) = (self.person(name), self.act(name));
        self.says(Command::CheckIdentity { person, means: IdentityMeans::PaperSeen });
        self.says(Command::Answer { act, answers: vec![Answered { question: "fever".to_owned(), yes }] });
    }

    fn agrees(&mut self, name: &str) -> FactName {
        let act = self.act(name);
        self.says(Command::Consent { act, by: ConsentBy::Own, name: None, relation: None, manner: ConsentManner::Oral })
    }

    fn gets_a_dose(&mut self, name: &str) {
        let load = self.loads(1);
        let vial = self.says(Command::OpenVial { load, diluted: false, at: None });
        let act = self.act(name);
        self.says(Command::Give(GiveDose {
            act,
            source: Some(vial),
            lot: None,
            product: None,
            site: Site::LeftArm,
            done_at: self.now,
            injected_by: NURSE,
            prepared_by: None,
            error: None,
        }));
    }
}

#[test]
fn the_commonest_visit_goes_from_identity_to_observation() {
    let mut story = Story::begin();
    let act = story.act("Boussole");
    assert_eq!(story.at("Boussole"), At::person(Step::Identity));
    let person = story.person("Boussole");
    story.says(Command::CheckIdentity { person, means: IdentityMeans::PaperSeen });
    assert_eq!(story.at("Boussole"), At::act(Step::Questions, act));
    story.says(Command::Answer { act, answers: vec![Answered { question: "fever".to_owned(), yes: false }] });
    assert_eq!(story.at("Boussole"), At::act(Step::Consent, act));
    story.agrees("Boussole");
    assert_eq!(story.at("Boussole"), At::act(Step::Injection, act));
    story.gets_a_dose("Boussole");
    assert_eq!(story.at("Boussole"), At::person(Step::Observation));
}

#[test]
fn nobody_agrees_to_a_dose_that_is_set_apart() {
    let mut story = Story::begin();
    story.answers("Boussole", false);
    let act = story.act("Boussole");
    assert_eq!(story.at("Boussole"), At::act(Step::Consent, act));
    story.says(Command::ReadTemperature { tenths: 150, at: None, reason: Some("box ouverte".to_owned()) });
    assert_eq!(story.at("Boussole"), At::act(Step::NoDose, act));
    // Once somebody who may has decided, the visit goes on where it stood.
    let load = *story.round.loads.keys().next().unwrap();
    story.writes(
        DeviceId::HUB,
        Command::DecideIsolation { load, usable: true, reason: "moins de dix minutes".to_owned(), by: None },
    );
    assert_eq!(story.at("Boussole"), At::act(Step::Consent, act));
}

#[test]
fn a_stopping_answer_asks_for_no_agreement() {
    let mut story = Story::begin();
    story.answers("Boussole", true);
    let act = story.act("Boussole");
    assert_eq!(story.at("Boussole"), At::act(Step::Response, act));
    let person = story.person("Boussole");
    story.says(Command::End {
        person,
        act: None,
        outcome: Outcome::Postponed,
        reason: None,
        call_again: true,
        again_on: None,
    });
    assert_eq!(story.at("Boussole"), At::person(Step::Finished));
}

#[test]
fn an_objection_after_an_agreement_leads_back_to_the_agreements() {
    let mut story = Story::begin();
    story.answers("Boussole", false);
    story.agrees("Boussole");
    let act = story.act("Boussole");
    let objection = story.says(Command::Object { act, by: ConsentBy::Own, name: None, reason: None });
    assert_eq!(story.at("Boussole"), At::act(Step::Consent, act));
    story.says(Command::Correct { fact: objection, by: None, reason: None });
    assert_eq!(story.at("Boussole"), At::act(Step::Injection, act));
}

#[test]
fn a_judgement_against_the_dose_ends_the_path() {
    let mut story = Story::begin();
    story.answers("Boussole", false);
    let act = story.act("Boussole");
    story.says(Command::Judge { act, vaccinate: false, reason: "Préfère attendre".to_owned() });
    assert_eq!(story.at("Boussole"), At::act(Step::Response, act));
}

#[test]
fn a_second_vaccine_is_asked_about_before_the_first_agreement() {
    let mut story = Story::begin();
    story.answers("Boussole", false);
    let person = story.person("Boussole");
    let other =
        story.says(Command::AddAct { person, wish: Wish { product: "b".to_owned(), rank: None }, despite: None });
    assert_eq!(story.at("Boussole"), At::act(Step::Questions, other));
}

#[test]
fn the_other_one_of_a_couple_comes_before_the_next_door() {
    let mut story = Story::begin();
    let (first, second) = (story.person("Parapluie"), story.person("Lanterne"));
    let alone = story.person("Boussole");
    assert_eq!(after(&story.round, first), Some(Next::Person(second)));
    for person in [first, second] {
        story.says(Command::End {
            person,
            act: None,
            outcome: Outcome::Absent,
            reason: None,
            call_again: true,
            again_on: None,
        });
    }
    let stop = story.round.people[&alone].stop;
    assert_eq!(after(&story.round, second), Some(Next::Stop(stop)));
    assert_eq!(door_href(&story.round, stop), format!("/visite/{alone}"));
    assert_eq!(after(&story.round, alone), None);
}

#[test]
fn an_address_names_its_step_and_its_act() {
    let story = Story::begin();
    let (person, act) = (story.person("Boussole"), story.act("Boussole"));
    let href = At::act(Step::Consent, act).href(person);
    assert_eq!(href, format!("/visite/{person}/accord/{act}"));
    let slug = href.split('/').nth(3).unwrap();
    assert_eq!(Step::from_slug(slug), Some(Step::Consent));
}

#[test]
fn a_walk_in_is_asked_for_her_past_before_the_questions_and_never_waved_through() {
    let mut story = Story::begin();
    let stop = *story.round.stops.keys().next_back().unwrap();
    let record = PersonRecord {
        birth_name: "Tabatière".to_owned(),
        given_names: "Ana".to_owned(),
        birth: Some(PartialDate::Year(1960)),
        wishes: vec![Wish { product: "a".to_owned(), rank: None }],
        ..PersonRecord::default()
    };
    let person = story.says(Command::AddPerson { stop, record, despite: None });
    story.says(Command::CheckIdentity { person, means: IdentityMeans::Declared });
    assert_eq!(story.at("Tabatière"), At::person(Step::Past));
    let asked = super::past::asked(&story.round, &story.common, person, NURSE, story.now);
    let history = super::past::learned(&asked, Known::No);
    story.says(Command::NoteHistory { person, history });
    assert_eq!(story.at("Tabatière").step, Step::Questions, "one touch for «jamais», then the questions");
}

#[test]
fn what_the_dossier_knows_is_not_asked_again() {
    let story = Story::begin();
    for person in story.round.people.keys() {
        assert!(super::past::asked(&story.round, &story.common, *person, NURSE, story.now).is_empty());
    }
}

#[test]
fn the_same_family_twice_on_one_visit_is_refused() {
    let story = Story::begin();
    let person = story.person("Boussole");
    let again = Command::AddAct { person, wish: Wish { product: "a".to_owned(), rank: Some(2) }, despite: None };
    let context = Context { device: TABLET, next: story.written + 1, now: story.now, author: NURSE };
    let refused = decide(&story.round, &story.common, again, &context);
    assert_eq!(refused, Err(perron_domain::Refusal::SameFamily));
}
