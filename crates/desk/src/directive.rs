//! The directives, to be read.

use perron_domain::date::Day;
use perron_domain::rules::{Layer, Outcome};
use serde::{Deserialize, Serialize};

/// A sentence of a directive, with where it stands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleLine {
    /// What a rule answers; none for an agreement.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub outcome: Option<Outcome>,
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
    /// Where it stands.
    pub source: String,
    /// Whether a public source was read.
    pub verified: bool,
    /// Whether no physician's decision lifts it.
    pub absolute: bool,
}

/// A question of a directive.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionLine {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
    /// Whether a dose waits for its answer.
    pub required: bool,
}

/// One version of a directive.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectiveView {
    /// Which directive.
    pub id: String,
    /// Which version.
    pub version: String,
    /// First day in force.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Day,
    /// Last day in force.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Day>,
    /// Whether it is in force on the day asked for.
    pub in_force: bool,
    /// Whose it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub layer: Layer,
    /// Where it applies.
    pub territory: String,
    /// Title in French.
    pub title_fr: String,
    /// Title in English.
    pub title_en: String,
    /// Title of the source, with the issuing body.
    pub source: String,
    /// The day that the source was issued.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub source_date: Option<Day>,
    /// Where the source can be read.
    pub link: Option<String>,
    /// Whether the relay's physician confirmed it.
    pub validated: bool,
    /// Minutes of observation after a dose.
    pub observation_minutes: Option<u16>,
    /// Where a dose is entered, in French.
    pub traceability_fr: Option<String>,
    /// The same in English.
    pub traceability_en: Option<String>,
    /// Products that it describes, by name.
    pub products: Vec<String>,
    /// Questions.
    pub questions: Vec<QuestionLine>,
    /// Agreements.
    pub agreements: Vec<RuleLine>,
    /// Rules.
    pub rules: Vec<RuleLine>,
}

/// The directives on one day.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectivesView {
    /// The day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// Those in force first.
    pub directives: Vec<DirectiveView>,
    /// Directives that this version cannot read: identifier and version.
    pub unreadable: Vec<(String, String)>,
}
