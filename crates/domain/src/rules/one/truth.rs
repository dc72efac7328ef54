//! Whether a condition holds in one possible world: yes, no, or not known while a question has no answer.

use super::super::case::{Case, Consent, is_rpps};
use super::super::condition::{Condition, Doses};
use super::super::directive::Until;
use super::super::interval::Interval;
use super::super::product::Product;
use super::super::terms::{By, How, Trait};
use super::world::Prior;
use crate::date::Day;

/// Yes, no, or not known yet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Truth {
    No,
    Unknown,
    Yes,
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

impl Truth {
    pub(super) fn is_yes(self) -> bool {
        self == Self::Yes
    }

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

/// One possible world: the case, with one birth date and one end of every partial date.
#[derive(Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) case: &'a Case,
    pub(super) product: Option<&'a Product>,
    pub(super) catalogue: &'a [&'a Product],
    pub(super) birth: Day,
    pub(super) prior: Prior,
}

impl World<'_> {
    pub(super) fn truth(&self, condition: &Condition) -> Truth {
        let case = self.case;
        match condition {
            Condition::Always => Truth::Yes,
            Condition::All(parts) => parts.iter().map(|part| self.truth(part)).min().unwrap_or(Truth::Yes),
            Condition::Any(parts) => parts.iter().map(|part| self.truth(part)).max().unwrap_or(Truth::No),
            Condition::Not(part) => self.truth(part).not(),
            Condition::Age { from, below } => {
                let reached = |age: &super::super::interval::Age| age.is_reached(self.birth, case.on);
                (from.as_ref().is_none_or(reached) && !below.as_ref().is_some_and(reached)).into()
            }
            Condition::Born { from, until } => between(self.birth, *from, *until).into(),
            Condition::Date { from, until } => between(case.on, *from, *until).into(),
            Condition::Territory(places) => places.iter().any(|place| lies_in(&case.territory, place)).into(),
            Condition::Product(codes) => codes.contains(&case.product).into(),
            Condition::Family(families) => self.product.is_some_and(|p| families.contains(&p.family)).into(),
            Condition::Mrna => self.product.is_some_and(|p| p.mrna).into(),
            Condition::LiveAttenuated => self.product.is_some_and(|p| p.live_attenuated).into(),
            Condition::Rank { from, to } => {
                case.rank.is_some_and(|rank| from.is_none_or(|f| f <= rank) && to.is_none_or(|t| rank <= t)).into()
            }
            Condition::RankUnknown => case.rank.is_none().into(),
            Condition::PreviousDoses { of, from, to } => {
                let count = case.previous.iter().filter(|dose| self.counts(of, &dose.product)).count();
                (from.is_none_or(|f| usize::from(f) <= count) && to.is_none_or(|t| count <= usize::from(t))).into()
            }
            Condition::DoseWithin { of, interval, but_same_day } => {
                self.doses(of).any(|day| case.on < interval.after(day) && !(*but_same_day && day == case.on)).into()
            }
            Condition::DoseSince { of, since } => self.doses(of).any(|day| day >= *since).into(),
            Condition::DoseDateUnknown(of) => {
                case.previous.iter().any(|dose| dose.on.is_none() && self.counts(of, &dose.product)).into()
            }
            Condition::InfectionWithin(interval) => self.infections().any(|day| case.on < interval.after(day)).into(),
            Condition::Infected => (!case.infections.is_empty()).into(),
            Condition::InfectionDateUnknown => case.infections.iter().any(|infection| infection.on.is_none()).into(),
            Condition::Answer { question, is } => match case.answers.get(question) {
                Some(answer) => (answer == is).into(),
                None => Truth::Unknown,
            },
            Condition::Person(traits) => traits.iter().any(|one| self.has(*one)).into(),
            Condition::Sex(sex) => (case.person.sex == Some(*sex)).into(),
            Condition::Protection(measures) => measures.contains(&case.person.protection).into(),
            Condition::Agreed { by, count, how } => (agreed(&case.consents, by, how) >= usize::from(*count)).into(),
            Condition::Opposed(by) => {
                let refused = case.consents.iter().any(|consent| !consent.given && by.contains(&consent.by));
                (refused || case.objections.iter().any(|objection| by.contains(&objection.by))).into()
            }
            Condition::Refused(by) => case.consents.iter().any(|c| !c.given && by.contains(&c.by)).into(),
            Condition::Prescribed(by) => case
                .prescription
                .as_ref()
                .is_some_and(|p| by.contains(&p.by) && p.product == case.product && p.on <= case.on && is_rpps(&p.rpps))
                .into(),
            Condition::PrescriptionOlder(interval) => {
                case.prescription.as_ref().is_some_and(|p| interval.after(p.on) <= case.on).into()
            }
            Condition::PrescriptionEntered => case.prescription.is_some().into(),
            Condition::NursePrescriber => case.nurse.prescriber_trained.into(),
            Condition::KitNotChecked => (case.kit_checked == Some(false)).into(),
            // A directive that says this is meant for a later evaluator.
            Condition::AfterAnother(_) => Truth::No,
        }
    }

    /// Returns the first possible day of a deferral, or `None` when it cannot be said.
    pub(super) fn first_day(&self, until: &Until) -> Option<Day> {
        let after = |days: Option<Day>, interval: &Interval| days.map(|day| interval.after(day));
        match until {
            Until::NoDate => None,
            Until::Day(day) => Some(*day),
            Until::Age(age) => Some(age.reached_on(self.birth)),
            Until::AfterDose { of, interval } => after(self.doses(of).max(), interval),
            Until::AfterInfection(interval) => after(self.infections().max(), interval),
            // Only directives for a later evaluator say these.
            Until::Earliest(_) | Until::Latest(_) => None,
        }
    }

    fn doses(&self, of: &Doses) -> impl Iterator<Item = Day> {
        self.case
            .previous
            .iter()
            .filter(move |dose| self.counts(of, &dose.product))
            .filter_map(|dose| dose.on.map(|date| self.prior.day(date)))
    }

    fn infections(&self) -> impl Iterator<Item = Day> {
        self.case.infections.iter().filter_map(|infection| infection.on.map(|date| self.prior.day(date)))
    }

    fn counts(&self, of: &Doses, code: &str) -> bool {
        let product = self.catalogue.iter().find(|product| product.code == code);
        let family = product.map(|product| product.family);
        (of.products.is_empty() || of.products.iter().any(|own| own == code))
            && (of.families.is_empty() || family.is_some_and(|family| of.families.contains(&family)))
            && (!of.live_attenuated || product.is_some_and(|product| product.live_attenuated))
            && (!of.same_family || family.is_some() && family == self.product.map(|product| product.family))
    }

    fn has(&self, one: Trait) -> bool {
        let person = &self.case.person;
        match one {
            Trait::AtRisk => person.at_risk,
            Trait::VeryHighRisk => person.very_high_risk,
            Trait::Immunocompromised => person.immunocompromised,
            Trait::Pregnant => person.pregnant,
            Trait::HealthWorker => person.health_worker,
            Trait::Unable => person.unable,
        }
    }
}

/// Returns how many agreements by one of `by` count, in a manner that is admitted (none named: any; not noted: yes).
pub(super) fn agreed(consents: &[Consent], by: &[By], how: &[How]) -> usize {
    let admitted = |consent: &Consent| how.is_empty() || consent.how.is_none_or(|manner| how.contains(&manner));
    consents.iter().filter(|consent| consent.given && by.contains(&consent.by) && admitted(consent)).count()
}

/// Tells whether `place` is `area` or lies in it: `FR-93` lies in `FR`.
pub(super) fn lies_in(place: &str, area: &str) -> bool {
    place.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn between(day: Day, from: Option<Day>, until: Option<Day>) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}
