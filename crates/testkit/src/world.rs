//! A small relay to play in: one directive, two nurses, three products, and tablets that run commands.
use perron_domain::command::{GiveDose, PlannedPerson, PlannedStop};
use perron_domain::date::{Day, PartialDate};
use perron_domain::fact::*;
use perron_domain::name::{DeviceId, FactName};
use perron_domain::people::*;
use perron_domain::rules::{
    About, Age, Agreement, By, Condition, Directive, Family, Form, Layer, Least, Outcome as RuleOutcome, Product,
    Question, Rule, Source, UseBy,
};
use perron_domain::state::{CommonState, RoundState};
use perron_domain::time::{Hlc, Wall};
use perron_domain::zone::PARIS;
use perron_domain::{Command, CommonCommand, Context, NewDirective, Refusal, decide, decide_common};

/// A vaccine in vials of six doses, diluted, 360 minutes once opened.
pub const VIAL: &str = "covid-vial";
/// A vaccine in prefilled syringes.
pub const SYRINGE: &str = "flu-syringe";
/// A vaccine as powder and solvent.
pub const POWDER: &str = "shingles-powder";
/// A vaccine that nobody may take aboard any more.
pub const OLD: &str = "withdrawn";

/// Reads a day: `2021-12-16`.
pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The morning of the round: 16 December 2021, 9 h in Bondy.
pub fn nine() -> Wall {
    PARIS.at(day("2021-12-16"), 540)
}

fn product(code: &str, family: Family, form: Form, doses: u8, dilution: bool) -> Product {
    let keeps = |minutes| UseBy { minutes, source: "test".into(), verified: true };
    Product {
        code: code.into(),
        name_fr: code.into(),
        family,
        cip13: Vec::new(),
        form,
        doses_per_vial: doses,
        usual_draws_min: doses,
        usual_draws_max: doses,
        dose_microlitres: Some(300),
        dilution,
        unopened_fridge: None,
        after_opening: Some(keeps(360)),
        prepared_syringe: Some(keeps(360)),
        min_months: None,
        below_months: None,
        mrna: family == Family::Covid,
        live_attenuated: false,
        takeable_from: (code != OLD).then(|| day("2021-01-01")),
        takeable_until: None,
        source: "test".into(),
        unopened_temperature: None,
        opened_temperature: None,
        prepared_temperature: None,
        absolute_min_interval: None,
        diluent: None,
    }
}

/// One directive: everybody may be vaccinated, fever defers, 16 to 29 years need a judgement, minors two parents.
pub fn directive() -> Directive {
    let rule = |code: &str, when, outcome| Rule {
        code: code.into(),
        when,
        outcome,
        until: None,
        instead: Vec::new(),
        fr: code.into(),
        en: code.into(),
        source: "test".into(),
        verified: true,
        absolute: false,
        advice: false,
    };
    let minor = Condition::Age { from: None, below: Some(Age::Years(16)) };
    let agreement = |code: &str, when, by, count| Agreement {
        code: code.into(),
        when,
        by,
        count,
        or_judge: Vec::new(),
        how: Vec::new(),
        fr: code.into(),
        en: code.into(),
        source: "test".into(),
        verified: true,
    };
    Directive {
        id: "test".into(),
        version: "1".into(),
        from: day("2021-01-01"),
        until: None,
        territory: "FR".into(),
        layer: Layer::National,
        families: Vec::new(),
        title_fr: "Essai".into(),
        title_en: "Test".into(),
        source: Source::default(),
        validated: false,
        observation_minutes: Some(20),
        products: vec![
            product(VIAL, Family::Covid, Form::Vial, 6, true),
            product(SYRINGE, Family::Influenza, Form::Prefilled, 1, false),
            product(POWDER, Family::Shingles, Form::PowderSolvent, 1, false),
            product(OLD, Family::Covid, Form::Vial, 6, false),
        ],
        questions: vec![Question {
            code: "fever".into(),
            fr: "Fièvre ?".into(),
            en: "Fever?".into(),
            translations: Vec::new(),
            pictogram: None,
            asked: Condition::Always,
            required: true,
            order: 1,
            about: Some(About::Today),
            asks_trait: None,
        }],
        agreements: vec![
            agreement("parents", minor.clone(), vec![By::Parent], 2),
            agreement("own", Condition::Not(Box::new(minor)), vec![By::Person], 1),
        ],
        rules: vec![
            rule("open", Condition::Always, RuleOutcome::Eligible),
            rule("fever", Condition::Answer { question: "fever".into(), is: true }, RuleOutcome::Deferred),
            rule(
                "young",
                Condition::All(vec![
                    Condition::Age { from: Some(Age::Years(16)), below: Some(Age::Years(30)) },
                    Condition::Product(vec![VIAL.into()]),
                ]),
                RuleOutcome::Judge,
            ),
        ],
        traceability_fr: None,
        traceability_en: None,
        evaluator: Least::default(),
    }
}

/// A person with a birth date and wishes.
pub fn person(name: &str, birth: &str, products: &[&str]) -> PersonRecord {
    PersonRecord {
        birth_name: name.into(),
        given_names: "Camille".into(),
        birth: Some(birth.parse::<PartialDate>().unwrap()),
        wishes: products.iter().map(|code| Wish { product: (*code).into(), rank: Some(1) }).collect(),
        ..PersonRecord::default()
    }
}

/// The common part: the relay, two nurses, the directive.
pub fn common() -> CommonState {
    let mut common = CommonState::default();
    let relay = RelayCreated { name: "Relais".into(), territory: "FR-93".into(), utc_offset_minutes: 60, demo: false };
    let account = |n: u32, name: &str, role: Role| {
        CommonCommand::AddAccount(AccountAdded {
            account: AccountNo(n),
            name: name.into(),
            roles: vec![role],
            rpps: None,
            prescriber_trained: true,
            phone: None,
        })
    };
    for command in [
        CommonCommand::CreateRelay(relay),
        account(1, "Anne Perchoir", Role::Nurse),
        account(2, "Bilal Tisane", Role::Nurse),
        account(8, "Carole Persienne", Role::Head),
        account(9, "Dr David Tabatière", Role::Physician),
        CommonCommand::PublishDirective(Box::new(NewDirective {
            directive: directive(),
            text: None,
            urgent: false,
            adopted: None,
        })),
    ] {
        tell_common(&mut common, command);
    }
    common
}

/// Runs a command of the desk in the common part; what ships with the hub is published by the hub itself.
pub fn tell_common(common: &mut CommonState, command: CommonCommand) {
    let ships = matches!(&command, CommonCommand::PublishDirective(new) if new.text.is_none());
    try_common(common, AccountNo(u32::from(!ships)), command).unwrap();
}

/// Runs a command of an account in the common part.
pub fn try_common(common: &mut CommonState, author: AccountNo, command: CommonCommand) -> Result<(), Refusal> {
    let next = u32::try_from(common.log().len()).unwrap() + 1;
    let context = Context { device: DeviceId::HUB, next, now: nine(), author };
    for (number, body) in (next..).zip(decide_common(common, command, &context)?) {
        let hlc = common.log().clock().tick(nine());
        let name = FactName::new(DeviceId::HUB, number);
        let body = Body::from_cbor(body.kind(), body.must_understand(), &body.to_cbor()).unwrap();
        common.apply(Fact { name, hlc, wall: nine(), author, body });
    }
    Ok(())
}

/// The number of the hub under which [`Tablet::desk`] writes.
pub const DESK: DeviceId = DeviceId(DeviceId::HUB_AGAIN.0 + 1);

/// A device with its replica of one round.
#[derive(Clone)]
pub struct Tablet {
    /// Its number.
    pub device: DeviceId,
    /// The relay's common part.
    pub common: CommonState,
    /// The round.
    pub round: RoundState,
    /// Its wall clock.
    pub now: Wall,
    /// Its hybrid clock.
    pub clock: Hlc,
    /// Every fact that it wrote.
    pub written: Vec<Fact>,
}

impl Tablet {
    /// A tablet that holds nothing of a round yet.
    pub fn new(device: u32, common: &CommonState) -> Self {
        Self {
            device: DeviceId(device),
            common: common.clone(),
            round: RoundState::default(),
            now: nine(),
            clock: Hlc::default(),
            written: Vec::new(),
        }
    }

    /// Returns what the next decision needs.
    pub fn context(&self) -> Context {
        let next = u32::try_from(self.written.len()).unwrap() + 1;
        Context { device: self.device, next, now: self.now, author: AccountNo(1) }
    }

    /// Runs a command; returns the names of the facts written.
    pub fn run(&mut self, command: Command) -> Result<Vec<FactName>, Refusal> {
        let bodies = decide(&self.round, &self.common, command, &self.context())?;
        Ok(bodies.into_iter().map(|body| self.write(body)).collect())
    }

    /// Writes a fact that nobody decided on, and returns its name.
    pub fn write(&mut self, body: Body) -> FactName {
        let name = FactName::new(self.device, self.context().next);
        self.clock = self.clock.max(self.round.log().clock()).tick(self.now);
        // The bytes are what travels: a body that does not come back from its bytes would be lost.
        let again = Body::from_cbor(body.kind(), body.must_understand(), &body.to_cbor()).unwrap();
        assert_eq!(again, body);
        let fact = Fact { name, hlc: self.clock, wall: self.now, author: AccountNo(1), body };
        self.written.push(fact.clone());
        assert!(self.round.apply(fact));
        name
    }

    /// Runs a command that is allowed; returns the name of its first fact.
    pub fn ok(&mut self, command: Command) -> FactName {
        self.run(command).expect("the command is allowed")[0]
    }

    /// Runs a command that is not allowed; returns why.
    pub fn refused(&mut self, command: Command) -> Refusal {
        self.run(command).expect_err("the command is refused")
    }

    /// Returns the relay's desk over the same round, under a number of the hub that it takes for this alone.
    #[must_use]
    pub fn desk(&self) -> Self {
        let mut desk = Self { device: DESK, written: Vec::new(), ..self.clone() };
        desk.written.extend(self.round.log().iter().filter(|fact| fact.name.device == DESK).cloned());
        desk
    }

    /// Lets the desk run a command that is allowed, and takes what it wrote; returns the name of its first fact.
    pub fn desk_ok(&mut self, command: Command) -> FactName {
        let mut desk = self.desk();
        let name = desk.ok(command);
        self.receive(&desk.written);
        name
    }

    /// Takes facts of others.
    pub fn receive(&mut self, facts: &[Fact]) {
        for fact in facts {
            self.round.apply(fact.clone());
        }
    }

    /// Lets minutes pass.
    pub fn pass(&mut self, minutes: i64) {
        self.now = self.now.plus_minutes(minutes);
    }

    /// Returns the people of the round, in order.
    pub fn people(&self) -> Vec<FactName> {
        self.round.people_in_order()
    }

    /// Returns the first act of a person.
    pub fn first_act(&self, person: FactName) -> FactName {
        self.round.people[&person].acts[0]
    }

    /// Loads `vials` vials of lot V1 and opens the first; returns (load, vial).
    pub fn open_vial(&mut self, vials: u16) -> (FactName, FactName) {
        let load = self.ok(Command::Load(vial_load("V1", vials)));
        let vial = self.ok(Command::OpenVial { load, diluted: true, at: None });
        (load, vial)
    }

    /// Goes through the door's steps up to the injection for an adult.
    pub fn prepare(&mut self, person: FactName) -> FactName {
        let act = self.first_act(person);
        self.ok(Command::CheckIdentity { person, means: IdentityMeans::PaperSeen });
        self.ok(Command::Answer { act, answers: vec![no_fever()] });
        self.ok(Command::Consent { act, by: ConsentBy::Own, name: None, relation: None, manner: ConsentManner::Oral });
        act
    }
}

/// The answer «no» to the one question.
pub fn no_fever() -> Answered {
    Answered { question: "fever".into(), yes: false }
}

/// A load of vials of a lot.
pub fn vial_load(lot: &str, units: u16) -> DosesLoaded {
    DosesLoaded {
        product: VIAL.into(),
        lot: lot.into(),
        expiry: day("2022-03-31"),
        form: DoseForm::Vial,
        units,
        doses_per_unit: 6,
        preparation: None,
        received_from: None,
        range: None,
        confirmed: None,
    }
}

/// A dose out of a source, in the left arm.
pub fn give(act: FactName, source: FactName, at: Wall) -> GiveDose {
    GiveDose {
        act,
        source: Some(source),
        lot: None,
        product: None,
        site: Site::LeftArm,
        done_at: at,
        injected_by: AccountNo(1),
        prepared_by: None,
        error: None,
    }
}

/// A tablet with a published round of these people, one address each.
pub fn tablet_with(people: Vec<PersonRecord>) -> Tablet {
    let common = common();
    let mut hub = Tablet::new(1, &common);
    let stops = people
        .into_iter()
        .map(|record| PlannedStop {
            stop: StopPlanned {
                address: Address { line: "1 Rue de la Marelle".into(), ..Address::default() },
                from_minute: None,
                until_minute: None,
                place: None,
                unplanned: false,
            },
            people: vec![PlannedPerson { person: None, record }],
        })
        .collect();
    hub.run(Command::PublishRound { plan: plan(), stops }).unwrap();
    let mut tablet = Tablet::new(2, &common);
    tablet.receive(&hub.written);
    tablet
}

/// The frame of the round.
pub fn plan() -> RoundPlanned {
    RoundPlanned {
        on: day("2021-12-16"),
        label: "Bondy".into(),
        team: "Équipe 1".into(),
        nurses: vec![AccountNo(1)],
        start_place: "Relais".into(),
        start_minute: 540,
        modality: Modality::Home,
        territory: "FR-93".into(),
        relay_protocol: false,
        lots: Vec::new(),
    }
}

impl Tablet {
    /// Puts in a fact of a kind that this version does not know, as if received.
    pub fn write_unknown(&mut self, kind: u16, must_understand: bool) {
        let number = u32::try_from(self.round.log().len()).unwrap();
        let hlc = self.round.log().clock().tick(self.now);
        let name = FactName::new(DeviceId(99), number);
        let body = Body::Unknown { kind, must_understand };
        self.round.apply(Fact { name, hlc, wall: self.now, author: AccountNo(1), body });
    }
}
