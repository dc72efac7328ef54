//! What people do on a round, drawn at random: commands that are often allowed, sometimes refused, always possible.

use crate::rng::Rng;
use crate::world::{VIAL, give, no_fever, person, vial_load};
use perron_domain::Command;
use perron_domain::command::GiveDose;
use perron_domain::fact::{
    AccountNo, AdministrationError, ConsentBy, ConsentManner, ContainerKind, DosesLoaded, IdentityMeans, Outcome, Site,
    StopPlanned, Traceability, WasteStream,
};
use perron_domain::name::FactName;
use perron_domain::people::Address;
use perron_domain::state::RoundState;
use perron_domain::time::Wall;

/// Draws what somebody does next on a round that stands like this.
#[must_use]
pub fn next(rng: &Rng, round: &RoundState, now: Wall) -> Command {
    let things = Things::of(round);
    for _ in 0..40 {
        if let Some(command) = things.draw(rng, now) {
            return command;
        }
    }
    Command::ReportDifficulty("rien à faire".to_owned())
}

/// How many people and doors a long day has at most, with those who were met on the spot.
const DOORS: usize = 60;
/// How many times doses are taken aboard on such a day at most.
const LOADS: usize = 200;

/// Draws what somebody does next, without the corrections: what most days are made of. What is taken aboard is `product`.
#[must_use]
pub fn work(rng: &Rng, round: &RoundState, product: &str, now: Wall) -> Command {
    let things = Things::of(round);
    loop {
        match things.draw(rng, now) {
            Some(Command::Correct { .. }) | None => {}
            Some(Command::AddPerson { .. }) if things.people.len() >= DOORS => {}
            Some(Command::AddStop(_)) if round.stops.len() >= DOORS => {}
            Some(Command::Load(_)) if things.loads.len() >= LOADS => {}
            // A box is seldom too warm.
            Some(Command::ReadTemperature { tenths: 91, .. }) if rng.chance(95) => {}
            Some(Command::Load(load)) => {
                let year = now.0.div_euclid(31_556_952_000) + 1971;
                let expiry = format!("{year}-06-30").parse().unwrap_or(load.expiry);
                return Command::Load(DosesLoaded { product: product.to_owned(), expiry, ..load });
            }
            Some(command) => return command,
        }
    }
}

struct Things<'a> {
    round: &'a RoundState,
    people: Vec<FactName>,
    acts: Vec<FactName>,
    loads: Vec<FactName>,
    sources: Vec<FactName>,
    vials: Vec<FactName>,
}

impl<'a> Things<'a> {
    fn of(round: &'a RoundState) -> Self {
        let loads: Vec<FactName> = round.loads.keys().copied().collect();
        let vials: Vec<FactName> = round.vials.keys().copied().collect();
        Self {
            round,
            people: round.people.keys().copied().collect(),
            acts: round.acts.keys().copied().collect(),
            sources: vials.iter().chain(&loads).copied().collect(),
            loads,
            vials,
        }
    }

    fn draw(&self, rng: &Rng, now: Wall) -> Option<Command> {
        let reason = || Some("essai".to_owned());
        Some(match rng.below(24) {
            0 | 1 => Command::Load(vial_load(["V1", "V2"][rng.below(2)], 1 + u16::try_from(rng.below(3)).unwrap_or(0))),
            2 | 3 => Command::OpenVial { load: rng.pick(&self.loads)?, diluted: true, at: None },
            4 => {
                let drawn = 4 + u8::try_from(rng.below(4)).unwrap_or(0);
                Command::CountDrawn { vial: rng.pick(&self.vials)?, drawn, reason: reason() }
            }
            5 => Command::Waste { source: rng.pick(&self.sources)?, count: self.few(rng), reason: "casse".to_owned() },
            6 => Command::Cede { source: rng.pick(&self.sources)?, count: self.few(rng), to: "Équipe 2".to_owned() },
            7 => Command::Return { load: rng.pick(&self.loads)?, units: self.few(rng) },
            8 => Command::CheckIdentity { person: rng.pick(&self.people)?, means: IdentityMeans::PaperSeen },
            9 => Command::Answer { act: rng.pick(&self.acts)?, answers: vec![no_fever()] },
            10 => Command::Consent {
                act: rng.pick(&self.acts)?,
                by: ConsentBy::Own,
                name: None,
                relation: None,
                manner: ConsentManner::Oral,
            },
            11..=14 => self.dose(rng, now)?,
            15 => {
                let outcome = [Outcome::Refused, Outcome::Absent, Outcome::Postponed][rng.below(3)];
                let person = rng.pick(&self.people)?;
                Command::End { person, act: None, outcome, reason: reason(), call_again: true, again_on: None }
            }
            16 => Command::EndObservation { person: rng.pick(&self.people)?, early_reason: reason() },
            17 => self.new_door(rng)?,
            18 => Command::ReportDifficulty(format!("difficulté {}", rng.below(1000))),
            19 => {
                let warm = rng.chance(40);
                Command::ReadTemperature { tenths: if warm { 91 } else { 52 }, at: None, reason: reason() }
            }
            20 => self.waste_container(rng)?,
            21 => Command::Trace { person: rng.pick(&self.people)?, means: Traceability::Later },
            _ => self.correction(rng, now)?,
        })
    }

    fn few(&self, rng: &Rng) -> u16 {
        1 + u16::try_from(rng.below(3)).unwrap_or(0)
    }

    fn dose(&self, rng: &Rng, now: Wall) -> Option<Command> {
        let error = rng.chance(40).then(|| AdministrationError { what: "other".into(), text: None });
        let act = rng.pick(&self.acts)?;
        if error.is_some() && rng.chance(20) {
            let elsewhere = GiveDose {
                source: None,
                lot: Some("V9".into()),
                product: Some(VIAL.into()),
                error,
                ..give(act, act, now)
            };
            return Some(Command::Give(elsewhere));
        }
        Some(Command::Give(GiveDose { error, ..give(act, rng.pick(&self.sources)?, now) }))
    }

    fn new_door(&self, rng: &Rng) -> Option<Command> {
        if rng.chance(50) {
            let line = format!("{} Rue de la Marelle", rng.below(90));
            let address = Address { line, ..Address::default() };
            return Some(Command::AddStop(StopPlanned {
                address,
                from_minute: None,
                until_minute: None,
                place: None,
                unplanned: true,
            }));
        }
        let stops: Vec<FactName> = self.round.stops.keys().copied().collect();
        let record = person(&format!("Bobine{}", rng.below(99)), "1950-06-01", &[VIAL]);
        Some(Command::AddPerson { stop: rng.pick(&stops)?, record, despite: None })
    }

    fn waste_container(&self, rng: &Rng) -> Option<Command> {
        let containers: Vec<FactName> = self.round.containers.keys().copied().collect();
        Some(match rng.below(4) {
            0 => Command::OpenContainer { kind: ContainerKind::SharpsBox, volume_dl: 6 },
            1 => Command::Tally { stream: WasteStream::Sharps, delta: 1 },
            2 => Command::CloseContainer(rng.pick(&containers)?),
            _ => Command::HandOver { container: rng.pick(&containers)?, grams: 320, to: "Relais".into() },
        })
    }

    /// Takes back or puts right something that was said before, a correction included.
    fn correction(&self, rng: &Rng, now: Wall) -> Option<Command> {
        let facts: Vec<FactName> = self.round.log().iter().map(|fact| fact.name).collect();
        let doses: Vec<FactName> =
            self.round.acts.values().flat_map(|act| act.given.iter().map(|given| given.name)).collect();
        let fact = rng.pick(if rng.chance(60) { &doses } else { &facts })?;
        let by = match rng.below(3) {
            0 => None,
            1 => self.dose(rng, now).map(Box::new),
            _ => Some(Box::new(Command::Give(GiveDose {
                site: Site::RightArm,
                injected_by: AccountNo(2),
                ..give(rng.pick(&self.acts)?, rng.pick(&self.sources)?, now)
            }))),
        };
        Some(Command::Correct { fact, by, reason: Some("correction".to_owned()) })
    }
}
