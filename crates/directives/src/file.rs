//! The shape of a directive file, as it is written.

use crate::when::{Definitions, Of, OneAge, Span, When};
use perron_domain::date::Day;
use perron_domain::rules::{About, By, Family, How, Layer, Outcome, Product, Source, Trait, Translation, Until};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    #[schemars(with = "String")]
    pub(crate) id: Spanned<String>,
    /// The least evaluator that understands the file; 1 where it is not said.
    #[serde(default = "first_evaluator")]
    pub(crate) evaluator: u16,
    pub(crate) layer: Layer,
    pub(crate) territory: String,
    #[serde(default)]
    pub(crate) families: Vec<Family>,
    pub(crate) title_fr: String,
    pub(crate) title_en: String,
    pub(crate) source: Source,
    #[serde(default)]
    pub(crate) validated: bool,
    pub(crate) observation_minutes: Option<u16>,
    pub(crate) traceability_fr: Option<String>,
    pub(crate) traceability_en: Option<String>,
    pub(crate) versions: Vec<FileVersion>,
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, When>")]
    pub(crate) define: Definitions,
    #[serde(default)]
    #[schemars(with = "Vec<Product>")]
    pub(crate) products: Vec<Spanned<Product>>,
    #[serde(default)]
    pub(crate) questions: Vec<FileQuestion>,
    #[serde(default)]
    pub(crate) agreements: Vec<FileAgreement>,
    #[serde(default)]
    pub(crate) rules: Vec<FileRule>,
    #[serde(default)]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub(crate) example_defaults: toml::Table,
    #[serde(default)]
    pub(crate) examples: Vec<FileExample>,
}

const fn first_evaluator() -> u16 {
    1
}

/// A version: in force from its day to the day before the next one, or to `until`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileVersion {
    #[schemars(with = "String")]
    pub(crate) version: Spanned<String>,
    pub(crate) from: Day,
    pub(crate) until: Option<Day>,
    pub(crate) source: Option<Source>,
    pub(crate) traceability_fr: Option<String>,
    pub(crate) traceability_en: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileQuestion {
    #[schemars(with = "String")]
    pub(crate) code: Spanned<String>,
    pub(crate) fr: String,
    pub(crate) en: String,
    #[serde(default)]
    pub(crate) translations: Vec<Translation>,
    pub(crate) pictogram: Option<String>,
    pub(crate) asked: When,
    #[serde(default = "yes")]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) order: u16,
    /// What the answer belongs to; not said: to one product.
    pub(crate) about: Option<About>,
    /// The trait that the question asks for in other words.
    #[serde(rename = "trait")]
    pub(crate) asks_trait: Option<Trait>,
}

const fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileAgreement {
    #[schemars(with = "String")]
    pub(crate) code: Spanned<String>,
    pub(crate) from: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) when: When,
    pub(crate) by: Vec<By>,
    pub(crate) count: u8,
    #[serde(default)]
    pub(crate) or_judge: Vec<By>,
    #[serde(default)]
    pub(crate) how: Vec<How>,
    pub(crate) fr: String,
    pub(crate) en: String,
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) verified: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileRule {
    #[schemars(with = "String")]
    pub(crate) code: Spanned<String>,
    pub(crate) from: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) when: When,
    pub(crate) outcome: Outcome,
    pub(crate) deferred: Option<FileUntil>,
    #[serde(default)]
    pub(crate) instead: Vec<String>,
    pub(crate) fr: String,
    pub(crate) en: String,
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) verified: bool,
    #[serde(default)]
    pub(crate) absolute: bool,
    #[serde(default)]
    pub(crate) advice: bool,
}

/// Until when a deferral runs: exactly one of these.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum FileUntil {
    NoDate,
    Day(Day),
    Age(OneAge),
    AfterDose(FileAfterDose),
    AfterInfection(Span),
    Earliest(Vec<FileUntil>),
    Latest(Vec<FileUntil>),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileAfterDose {
    #[serde(default)]
    of: Of,
    interval: Span,
}

impl FileUntil {
    pub(crate) fn until(&self) -> Until {
        match self {
            Self::NoDate => Until::NoDate,
            Self::Day(day) => Until::Day(*day),
            Self::Age(age) => Until::Age(age.0),
            Self::AfterDose(after) => Until::AfterDose { of: after.of.doses(), interval: after.interval.0 },
            Self::AfterInfection(span) => Until::AfterInfection(span.0),
            Self::Earliest(parts) => Until::Earliest(parts.iter().map(Self::until).collect()),
            Self::Latest(parts) => Until::Latest(parts.iter().map(Self::until).collect()),
        }
    }
}

/// A worked case: what goes in, and what must come out.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileExample {
    #[schemars(with = "String")]
    pub(crate) name: Spanned<String>,
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub(crate) case: toml::Table,
    #[serde(default)]
    pub(crate) unset: Vec<String>,
    pub(crate) expect: Outcome,
    pub(crate) until: Option<Day>,
    #[serde(default)]
    pub(crate) because: Vec<String>,
    #[serde(default)]
    pub(crate) note: String,
}
