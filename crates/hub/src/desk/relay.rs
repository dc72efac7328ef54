//! The relay as the desk's folds read it: one borrowed view, with the look-ups that every list needs.

use perron_desk_api::RoundStage;
use perron_domain::date::Day;
use perron_domain::door;
use perron_domain::fact::RoundFact;
use perron_domain::name::{DeviceId, FactName};
use perron_domain::people::PersonRecord;
use perron_domain::rules::{Family, Product};
use perron_domain::state::{Common, CommonState, PeopleState, RoundState, Visit};
use perron_domain::time::Wall;
use perron_domain::zone::{PARIS, Zone};
use std::collections::BTreeMap;

/// What the desk reads from.
#[derive(Clone, Copy, Debug)]
pub struct Relay<'a> {
    /// Devices, staff, lots, rules.
    pub common: &'a CommonState,
    /// People.
    pub people: &'a PeopleState,
    /// Rounds by number.
    pub rounds: &'a BTreeMap<u32, RoundState>,
    /// The wall clock.
    pub now: Wall,
}

impl<'a> Relay<'a> {
    /// Returns the relay's clock.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.common.relay.as_ref().map_or(PARIS, Zone::of)
    }

    /// Returns today at the relay.
    #[must_use]
    pub fn today(&self) -> Day {
        self.zone().day(self.now)
    }

    /// Returns the name of a product, or its code.
    #[must_use]
    pub fn product_name(&self, code: &str) -> String {
        door::product(self.common, code, self.today())
            .map_or_else(|| code.to_owned(), |product| product.name_fr.clone())
    }

    /// Returns the name of a product without what stands in brackets, for lists of people.
    #[must_use]
    pub fn product_short(&self, code: &str) -> String {
        let name = self.product_name(code);
        name.split(" (").next().unwrap_or(&name).to_owned()
    }

    /// Says whether a number is that of a tablet of the relay, and not the hub's own.
    #[must_use]
    pub fn is_tablet(&self, device: DeviceId) -> bool {
        !device.is_hub() && self.common.devices.contains_key(&device)
    }

    /// Says whether a number is that of a tablet that was not withdrawn.
    #[must_use]
    pub fn may_take_rounds(&self, device: DeviceId) -> bool {
        !device.is_hub() && self.common.devices.get(&device).is_some_and(|known| known.retired.is_none())
    }

    /// Returns every product of the directives, one by code: the one in force today where there are several.
    #[must_use]
    pub fn products(&self) -> BTreeMap<&'a str, &'a Product> {
        let common: &'a Common = self.common.view();
        let codes = common.directives.iter().flat_map(|directive| directive.products.iter());
        codes
            .filter_map(|product| {
                door::product(common, &product.code, self.today()).map(|found| (product.code.as_str(), found))
            })
            .collect()
    }

    /// Returns the family of a product; none for one that nobody describes, or that has no family of its own.
    #[must_use]
    pub fn family(&self, code: &str) -> Option<Family> {
        let described = door::product(self.common.view(), code, self.today()).map(|product| product.family);
        described.filter(|family| *family != Family::Other)
    }

    /// Returns a person of the relay.
    #[must_use]
    pub fn person(&self, name: FactName) -> Option<&'a PersonRecord> {
        let people = self.people.view();
        people.persons.get(&people.now(name))
    }

    /// Returns what the desk edits of a person: as it stands now, but for the doses that the relay gave.
    #[must_use]
    pub fn editable(&self, name: FactName) -> Option<PersonRecord> {
        let people = self.people.view();
        people.known.get(&people.now(name))?.editable(None)
    }

    /// Returns whose dossier a round holds: the person of the list, or who began there, met on the spot.
    #[must_use]
    pub fn person_of(&self, round: u32, dossier: FactName, visit: &Visit) -> Option<FactName> {
        let met = || self.people.view().came_back(RoundFact::new(round, dossier)).map(|(person, _)| person);
        let listed = visit.person.map(|person| self.people.view().now(person));
        listed.filter(|person| self.people.view().persons.contains_key(person)).or_else(met).or(listed)
    }

    /// Returns what people call a round, or its number.
    #[must_use]
    pub fn label(&self, round: u32) -> String {
        let plan = self.rounds.get(&round).and_then(|round| round.plan.as_ref());
        plan.map_or_else(|| round.to_string(), |plan| plan.label.clone())
    }

    /// Returns where a published round stands.
    #[must_use]
    pub fn stage(&self, round: &RoundState) -> RoundStage {
        if round.cancelled.is_some() {
            RoundStage::Cancelled
        } else if round.closed_at.is_some() {
            RoundStage::Closed
        } else if round.departed.is_some() {
            RoundStage::Departed
        } else {
            RoundStage::Published
        }
    }

    /// Returns the rounds that the relay planned, by number.
    pub fn planned(&self) -> impl Iterator<Item = (u32, &'a RoundState)> {
        self.rounds.iter().filter(|(_, round)| round.plan.is_some()).map(|(number, round)| (*number, round))
    }
}
