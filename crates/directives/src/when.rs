//! How a condition is written in a file: a table whose keys must all hold.
//!
//! `when = { product = "spikevax-02", age = "..30y", from = "2021-11-08" }` reads as it is meant. `all`, `any` and `not`
//! combine tables, `use` takes one that the file defines under `[define]`.

use crate::problem::{Sentence, say};
use perron_domain::date::Day;
use perron_domain::rules::{Age, By, Condition, Doses, Family, How, Interval, Prescriber, Protection, Sex, Trait};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de::Error as _};
use std::collections::BTreeMap;
use toml::Spanned;

/// A condition as it is written.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct When {
    always: bool,
    all: Option<Vec<When>>,
    any: Option<Vec<When>>,
    not: Option<Box<When>>,
    #[schemars(with = "Option<String>")]
    r#use: Option<Spanned<String>>,
    age: Option<AgeRange>,
    born_from: Option<Day>,
    born_until: Option<Day>,
    from: Option<Day>,
    until: Option<Day>,
    territory: Option<Many<String>>,
    product: Option<Many<String>>,
    family: Option<Many<Family>>,
    mrna: Option<bool>,
    live: Option<bool>,
    rank: Option<RankRange>,
    doses: Option<Count>,
    dose_within: Option<Within>,
    dose_since: Option<Since>,
    dose_undated: Option<Of>,
    infected: Option<bool>,
    infection_within: Option<Span>,
    infection_undated: Option<bool>,
    yes: Option<Many<String>>,
    no: Option<Many<String>>,
    after_another: Option<String>,
    person: Option<Many<Trait>>,
    sex: Option<Sex>,
    protection: Option<Many<Protection>>,
    agreed: Option<Agreed>,
    opposed: Option<Many<By>>,
    refused: Option<Many<By>>,
    prescribed: Option<Many<Prescriber>>,
    prescription_entered: Option<bool>,
    prescription_older: Option<Span>,
    nurse_prescriber: Option<bool>,
    kit_not_checked: Option<bool>,
}

/// One value or several.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Many<T> {
    One(T),
    Several(Vec<T>),
}

impl<T: Clone> Many<T> {
    fn list(&self) -> Vec<T> {
        match self {
            Self::One(one) => vec![one.clone()],
            Self::Several(several) => several.clone(),
        }
    }
}

/// Which doses: as in [`Doses`].
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Of {
    products: Vec<String>,
    families: Vec<Family>,
    live: bool,
    same_family: bool,
    from_age: Option<OneAge>,
    below_age: Option<OneAge>,
}

impl Of {
    pub(crate) fn doses(&self) -> Doses {
        Doses {
            products: self.products.clone(),
            families: self.families.clone(),
            live_attenuated: self.live,
            same_family: self.same_family,
            from_age: self.from_age.as_ref().map(|age| age.0),
            below_age: self.below_age.as_ref().map(|age| age.0),
        }
    }
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Count {
    #[serde(default)]
    of: Of,
    at_least: Option<u8>,
    at_most: Option<u8>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Within {
    #[serde(default)]
    of: Of,
    interval: Span,
    #[serde(default)]
    but_same_day: bool,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Since {
    #[serde(default)]
    of: Of,
    day: Day,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Agreed {
    by: Many<By>,
    #[serde(default = "one")]
    count: u8,
    #[serde(default)]
    how: Vec<How>,
}

const fn one() -> u8 {
    1
}

/// A length of time: `21d`, `6m`, `2y` (days, calendar months, years).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span(pub(crate) Interval);

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (number, unit) = measure(&text).ok_or_else(|| D::Error::custom(NOT_A_SPAN))?;
        Ok(Self(match unit {
            'd' => Interval::Days(number),
            'm' => Interval::Months(number),
            _ => Interval::Years(number),
        }))
    }
}

const NOT_A_SPAN: &str = "a length of time is a number and d, m or y: \"21d\", \"6m\", \"2y\"";

fn measure(text: &str) -> Option<(u16, char)> {
    let unit = text.chars().last().filter(|unit| "dmy".contains(*unit))?;
    Some((text.get(..text.len() - 1)?.parse().ok()?, unit))
}

/// One age: `12y`, `6m`, `42d`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OneAge(pub(crate) Age);

impl<'de> Deserialize<'de> for OneAge {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        age(&text).map(Self).ok_or_else(|| D::Error::custom(NOT_A_SPAN))
    }
}

fn age(text: &str) -> Option<Age> {
    measure(text).map(|(number, unit)| match unit {
        'd' => Age::Days(number),
        'm' => Age::Months(number),
        _ => Age::Years(number),
    })
}

/// Ages from the first to just below the second: `12y..16y`, `65y..`, `..30y`.
#[derive(Clone, Copy, Debug)]
struct AgeRange {
    from: Option<Age>,
    below: Option<Age>,
}

impl<'de> Deserialize<'de> for AgeRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::custom("ages are written \"12y..16y\" (from 12, below 16), \"65y..\" or \"..30y\"");
        let (from, below) = text.split_once("..").ok_or_else(wrong)?;
        let end = |part: &str| if part.is_empty() { Ok(None) } else { age(part).map(Some).ok_or_else(wrong) };
        let range = Self { from: end(from)?, below: end(below)? };
        let days = |age: Age| match age {
            Age::Years(years) => u32::from(years) * 366,
            Age::Months(months) => u32::from(months) * 61 / 2,
            Age::Days(days) => u32::from(days),
        };
        match (range.from, range.below) {
            (None, None) => Err(wrong()),
            (Some(from), Some(below)) if days(from) >= days(below) => {
                Err(D::Error::custom("no age lies in this range: it can never be true"))
            }
            _ => Ok(range),
        }
    }
}

/// Ranks, both ends included: `2`, `"1..2"`, `"3.."`, `"unknown"`.
#[derive(Clone, Copy, Debug)]
enum RankRange {
    Unknown,
    Known(Option<u8>, Option<u8>),
}

impl<'de> Deserialize<'de> for RankRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw {
            Number(u8),
            Text(String),
        }
        let wrong = || D::Error::custom("ranks are written 2, \"1..2\" (both included), \"3..\" or \"unknown\"");
        match Raw::deserialize(deserializer)? {
            Raw::Number(rank) => Ok(Self::Known(Some(rank), Some(rank))),
            Raw::Text(text) if text == "unknown" => Ok(Self::Unknown),
            Raw::Text(text) => {
                let (from, to) = text.split_once("..").ok_or_else(wrong)?;
                let end =
                    |part: &str| if part.is_empty() { Ok(None) } else { part.parse().map(Some).map_err(|_| wrong()) };
                Ok(Self::Known(end(from)?, end(to)?))
            }
        }
    }
}

/// What a file defines under `[define]`.
pub(crate) type Definitions = BTreeMap<String, Spanned<When>>;

/// Why a condition cannot be understood, and where.
pub(crate) struct Unclear {
    pub(crate) offset: Option<usize>,
    pub(crate) said: Sentence,
}

/// Returns the tree that `when` means, with every `use` put in.
pub(crate) fn lower(when: &When, definitions: &Definitions) -> Result<Condition, Unclear> {
    lower_within(when, definitions, &mut Vec::new())
}

fn lower_within(when: &When, definitions: &Definitions, inside: &mut Vec<String>) -> Result<Condition, Unclear> {
    let mut parts = Vec::new();
    combine(when, definitions, inside, &mut parts)?;
    about_the_act(when, &mut parts);
    about_earlier_events(when, &mut parts);
    about_the_person(when, &mut parts);
    if when.always {
        parts.push(Condition::Always);
    }
    match parts.len() {
        0 => {
            let said = say(
                "an empty condition: write { always = true } if it is meant",
                "condition vide : écrire { always = true } si c’est voulu",
            );
            Err(Unclear { offset: None, said })
        }
        1 => Ok(parts.swap_remove(0)),
        _ => Ok(Condition::All(parts)),
    }
}

fn combine(
    when: &When,
    definitions: &Definitions,
    inside: &mut Vec<String>,
    parts: &mut Vec<Condition>,
) -> Result<(), Unclear> {
    let mut many =
        |list: &[When]| list.iter().map(|one| lower_within(one, definitions, inside)).collect::<Result<Vec<_>, _>>();
    if let Some(all) = &when.all {
        parts.push(Condition::All(many(all)?));
    }
    if let Some(any) = &when.any {
        parts.push(Condition::Any(many(any)?));
    }
    if let Some(not) = &when.not {
        parts.push(Condition::Not(Box::new(lower_within(not, definitions, inside)?)));
    }
    if let Some(name) = &when.r#use {
        let unclear = |said: Sentence| Unclear { offset: Some(name.span().start), said };
        let name = name.get_ref();
        let Some(definition) = definitions.get(name) else {
            return Err(unclear(say(
                format!("no definition is called {name}"),
                format!("aucune définition ne s’appelle {name}"),
            )));
        };
        if inside.contains(name) {
            return Err(unclear(say(
                format!("a loop: {name} is defined by itself"),
                format!("une boucle : {name} est défini par lui-même"),
            )));
        }
        inside.push(name.clone());
        parts.push(lower_within(definition.get_ref(), definitions, inside)?);
        inside.pop();
    }
    Ok(())
}

fn flag(value: Option<bool>, condition: Condition, parts: &mut Vec<Condition>) {
    match value {
        Some(true) => parts.push(condition),
        Some(false) => parts.push(Condition::Not(Box::new(condition))),
        None => {}
    }
}

fn about_the_act(when: &When, parts: &mut Vec<Condition>) {
    if when.from.is_some() || when.until.is_some() {
        parts.push(Condition::Date { from: when.from, until: when.until });
    }
    parts.extend(when.territory.as_ref().map(|places| Condition::Territory(places.list())));
    parts.extend(when.product.as_ref().map(|codes| Condition::Product(codes.list())));
    parts.extend(when.family.as_ref().map(|families| Condition::Family(families.list())));
    flag(when.mrna, Condition::Mrna, parts);
    flag(when.live, Condition::LiveAttenuated, parts);
    parts.extend(when.rank.map(|rank| match rank {
        RankRange::Unknown => Condition::RankUnknown,
        RankRange::Known(from, to) => Condition::Rank { from, to },
    }));
    parts.extend(when.prescribed.as_ref().map(|by| Condition::Prescribed(by.list())));
    flag(when.prescription_entered, Condition::PrescriptionEntered, parts);
    parts.extend(when.prescription_older.map(|span| Condition::PrescriptionOlder(span.0)));
    flag(when.nurse_prescriber, Condition::NursePrescriber, parts);
    flag(when.kit_not_checked, Condition::KitNotChecked, parts);
}

fn about_earlier_events(when: &When, parts: &mut Vec<Condition>) {
    parts.extend(when.doses.as_ref().map(|count| Condition::PreviousDoses {
        of: count.of.doses(),
        from: count.at_least,
        to: count.at_most,
    }));
    parts.extend(when.dose_within.as_ref().map(|within| Condition::DoseWithin {
        of: within.of.doses(),
        interval: within.interval.0,
        but_same_day: within.but_same_day,
    }));
    parts.extend(when.dose_since.as_ref().map(|since| Condition::DoseSince { of: since.of.doses(), since: since.day }));
    parts.extend(when.dose_undated.as_ref().map(|of| Condition::DoseDateUnknown(of.doses())));
    flag(when.infected, Condition::Infected, parts);
    parts.extend(when.infection_within.map(|span| Condition::InfectionWithin(span.0)));
    flag(when.infection_undated, Condition::InfectionDateUnknown, parts);
}

fn about_the_person(when: &When, parts: &mut Vec<Condition>) {
    parts.extend(when.age.map(|range| Condition::Age { from: range.from, below: range.below }));
    if when.born_from.is_some() || when.born_until.is_some() {
        parts.push(Condition::Born { from: when.born_from, until: when.born_until });
    }
    let answer = |question: String, is: bool| Condition::Answer { question, is };
    parts.extend(when.yes.as_ref().map(|q| Condition::Any(q.list().into_iter().map(|q| answer(q, true)).collect())));
    parts.extend(when.no.as_ref().map(|q| Condition::All(q.list().into_iter().map(|q| answer(q, false)).collect())));
    parts.extend(when.after_another.clone().map(Condition::AfterAnother));
    parts.extend(when.person.as_ref().map(|traits| Condition::Person(traits.list())));
    parts.extend(when.sex.map(Condition::Sex));
    parts.extend(when.protection.as_ref().map(|measures| Condition::Protection(measures.list())));
    parts.extend(when.agreed.as_ref().map(|agreed| Condition::Agreed {
        by: agreed.by.list(),
        count: agreed.count,
        how: agreed.how.clone(),
    }));
    parts.extend(when.opposed.as_ref().map(|by| Condition::Opposed(by.list())));
    parts.extend(when.refused.as_ref().map(|by| Condition::Refused(by.list())));
}

/// A text of one form, as the JSON Schema says it.
macro_rules! pattern {
    ($type:ty, $name:literal, $schema:tt) => {
        impl JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    };
}

pattern!(Span, "Interval", {
    "type": "string",
    "pattern": "^[0-9]+[dmy]$",
    "description": "A number and d, m or y: days, calendar months, years."
});
pattern!(OneAge, "Age", {
    "type": "string",
    "pattern": "^[0-9]+[dmy]$",
    "description": "Completed years (y), months (m) or days (d)."
});
pattern!(AgeRange, "AgeRange", {
    "type": "string",
    "pattern": "^([0-9]+[dmy])?\\.\\.([0-9]+[dmy])?$",
    "description": "From the first age, below the second: 12y..16y, 65y.., ..6m."
});
pattern!(RankRange, "RankRange", {
    "oneOf": [
        { "type": "integer", "minimum": 1 },
        { "type": "string", "pattern": "^(unknown|[0-9]*\\.\\.[0-9]*)$" }
    ],
    "description": "2, 1..2 (both included), 3.., unknown."
});
