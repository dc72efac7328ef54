//! The files of `demo/` and `directives/`, which travel inside the hub, and their shape.

use perron_domain::date::{Day, PartialDate};
use perron_domain::fact::{AccountNo, PlannedLot, Role};
use perron_domain::people::{
    Address, Answered, Audience, INFECTIONS, Infection, Known, LIVE, ListKnown, Origin, PersonRecord, PriorDose,
    Priority, Protection, Reaction, Sex, TraitKnown, Wish,
};
use perron_domain::rules::{Family, Trait};
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Names the clone that this is built in. Two clones may share a build folder, and in a debug build the files are read
/// from the clone: named here, another clone builds anew instead of reading the files of this one.
const _: &str = env!("CARGO_MANIFEST_DIR");

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../demo"]
#[include = "*.toml"]
#[include = "ban_*.csv"]
struct DemoFiles;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../directives"]
#[include = "*.toml"]
struct DirectiveFiles;

/// Why a file that travels with the hub cannot be used; a test reads them all.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct BadFile {
    /// Which file.
    pub file: String,
    /// What is wrong.
    pub reason: String,
}

/// Returns the files of directives that ship, in order of their names.
pub(crate) fn directive_files() -> Vec<(String, Vec<u8>)> {
    let mut names: Vec<_> = DirectiveFiles::iter().collect();
    names.sort();
    names.iter().filter_map(|name| Some((name.to_string(), DirectiveFiles::get(name)?.data.into_owned()))).collect()
}

/// Returns the addresses of the demonstration's town.
pub(crate) fn addresses() -> Vec<u8> {
    DemoFiles::get("ban_bondy_93010.csv").map(|file| file.data.into_owned()).unwrap_or_default()
}

/// Reads `demo/relay.toml`.
pub(super) fn relay() -> Result<Relay, BadFile> {
    read("relay.toml")
}

/// Reads the rounds of `demo/`, in order of their numbers.
pub(super) fn rounds() -> Result<Vec<Round>, BadFile> {
    let mut names: Vec<_> = DemoFiles::iter().filter(|name| name.starts_with("round-")).collect();
    names.sort();
    let mut rounds: Vec<Round> = names.iter().map(|name| read(name)).collect::<Result<_, _>>()?;
    rounds.sort_by_key(|round| round.number);
    Ok(rounds)
}

fn read<T: DeserializeOwned>(name: &str) -> Result<T, BadFile> {
    let bad = |reason: String| BadFile { file: name.to_owned(), reason };
    let file = DemoFiles::get(name).ok_or_else(|| bad("is missing".to_owned()))?;
    let text = std::str::from_utf8(&file.data).map_err(|error| bad(error.to_string()))?;
    toml::from_str(text).map_err(|error| bad(error.to_string()))
}

/// The relay.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Relay {
    #[expect(dead_code, reason = "the founding names the relay")]
    name: String,
    #[expect(dead_code, reason = "the founding places the relay")]
    territory: String,
    #[expect(dead_code, reason = "the founding sets the clock")]
    utc_offset_minutes: i16,
    pub accounts: Vec<Account>,
    pub on_call: OnCall,
    pub protocol: Protocol,
    pub lots: Vec<PlannedLot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Account {
    pub number: AccountNo,
    pub name: String,
    pub roles: Vec<Role>,
    pub rpps: String,
    pub prescriber_trained: bool,
    pub phone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OnCall {
    pub name: String,
    pub phone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Protocol {
    pub title: String,
    pub signed_by: String,
    pub on: String,
    pub text: String,
}

/// One round.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Round {
    pub number: u32,
    pub on: Day,
    pub label: String,
    pub team: String,
    pub nurses: Vec<AccountNo>,
    pub start_place: String,
    pub start_minute: u16,
    pub relay_protocol: bool,
    pub lots: Vec<PlannedLot>,
    pub stops: Vec<Stop>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stop {
    address: String,
    lon: f64,
    lat: f64,
    iris: String,
    pub place: Option<String>,
    pub from_minute: Option<u16>,
    pub until_minute: Option<u16>,
    pub people: Vec<Person>,
}

impl Stop {
    /// Returns the address as the Base Adresse Nationale writes it.
    pub(super) fn address(&self) -> Address {
        Address {
            line: self.address.clone(),
            postcode: "93140".to_owned(),
            city: "Bondy".to_owned(),
            lon: Some(self.lon),
            lat: Some(self.lat),
            iris: Some(self.iris.clone()),
        }
    }
}

/// How long before the day of the round.
#[derive(Deserialize, Clone, Copy, Default)]
#[serde(deny_unknown_fields, default)]
struct Ago {
    years: u32,
    months: u32,
    days: i64,
}

impl Ago {
    fn before(self, day: Day) -> Day {
        let months = chrono::Months::new(self.years * 12 + self.months);
        Day(day.0.checked_sub_months(months).unwrap_or(day.0)).plus_days(-self.days)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dose {
    product: String,
    ago: Option<Ago>,
    on: Option<PartialDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    birth_name: String,
    given_names: String,
    sex: Sex,
    phone: Option<String>,
    age: Option<Ago>,
    born_year_at_age: Option<u32>,
    floor: Option<String>,
    door_code: Option<String>,
    household: Option<String>,
    #[serde(default)]
    priorities: Vec<Priority>,
    audience: Option<Audience>,
    origin: Option<Origin>,
    #[serde(default)]
    health_worker: bool,
    language: Option<String>,
    #[serde(default)]
    protection: Protection,
    #[serde(default)]
    unable: bool,
    notes: Option<String>,
    #[serde(default)]
    wishes: Vec<Wish>,
    #[serde(default)]
    doses: Vec<Dose>,
    #[serde(default)]
    infections: Vec<Infection>,
    /// Lists and traits that were asked in vain, by their codes; everything else is known as it stands here.
    #[serde(default)]
    not_known: Vec<String>,
    /// Lists and traits that nobody asked yet.
    #[serde(default)]
    not_asked: Vec<String>,
    #[serde(default)]
    lasting: Vec<Answered>,
    #[serde(default)]
    reactions: Vec<Reaction>,
}

impl Person {
    fn lists(&self) -> Vec<ListKnown> {
        let families = Family::ALL.into_iter().map(Family::code);
        let all = families.chain([LIVE, INFECTIONS]).filter(|list| !self.not_asked.iter().any(|one| one == list));
        all.map(|list| ListKnown { list: list.to_owned(), complete: !self.not_known.iter().any(|one| one == list) })
            .collect()
    }

    /// Returns what was asked of the traits that are not said to be so.
    fn traits(&self) -> Vec<TraitKnown> {
        let named = |list: &[String], which: Trait| {
            let code = serde_json::to_value(which).ok();
            code.as_ref().and_then(serde_json::Value::as_str).is_some_and(|code| list.iter().any(|one| one == code))
        };
        let asked = Trait::ASKED.into_iter().filter(|which| !named(&self.not_asked, *which));
        asked
            .map(|which| {
                let known = if named(&self.not_known, which) { Known::NotKnown } else { Known::No };
                TraitKnown { which, known }
            })
            .collect()
    }

    /// Returns the person as the relay knows her on the day of the round.
    pub(super) fn record(&self, on: Day, address: &Address) -> PersonRecord {
        let year = |age: u32| {
            let born = Ago { years: age, ..Ago::default() }.before(on);
            PartialDate::Year(chrono::Datelike::year(&born.0))
        };
        PersonRecord {
            birth_name: self.birth_name.clone(),
            used_name: None,
            given_names: self.given_names.clone(),
            birth: self.age.map(|age| PartialDate::Day(age.before(on))).or(self.born_year_at_age.map(year)),
            sex: self.sex,
            phone: self.phone.clone(),
            address: address.clone(),
            floor: self.floor.clone(),
            door_code: self.door_code.clone(),
            household: self.household.clone(),
            priorities: self.priorities.clone(),
            audience: self.audience,
            origin: self.origin,
            health_worker: self.health_worker,
            family_doctor: None,
            language: self.language.clone(),
            mobility: None,
            protection: self.protection,
            unable: self.unable,
            wishes: self.wishes.clone(),
            doses: self
                .doses
                .iter()
                .map(|dose| PriorDose {
                    product: dose.product.clone(),
                    on: dose.on.or(dose.ago.map(|ago| PartialDate::Day(ago.before(on)))),
                    lot: None,
                })
                .collect(),
            infections: self.infections.clone(),
            notes: self.notes.clone(),
            traits: self.traits(),
            lists: self.lists(),
            lasting: self.lasting.clone(),
            reactions: self.reactions.clone(),
        }
    }
}
