//! The directives: to be read, and those of the relay's own layer to be written, checked and published.

use crate::DirectiveForm;
use perron_domain::date::Day;
use perron_domain::fact::Origin;
use perron_domain::rules::{Layer, Outcome};
use perron_domain::time::Wall;
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
    /// Its code.
    pub code: String,
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
    /// How it stands with the relay.
    pub standing: Standing,
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
    /// Directives of which a text is being written; `new` for one that does not exist yet.
    pub drafts: Vec<String>,
}

/// How a version of a directive stands with the relay.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standing {
    /// Who published it; none for those that ship with the hub.
    pub published_by: Option<String>,
    /// It also counts for rounds that left with an earlier version.
    pub urgent: bool,
    /// The physician who confirmed it, and when.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<(String, i64)>))]
    pub confirmed: Option<(String, Wall)>,
    /// For a national version that the relay adopted: where it comes from, and who adopted it.
    #[serde(default)]
    pub adopted: Option<AdoptedLine>,
    /// It was adopted, and counts only once a physician of the relay confirmed it.
    #[serde(default)]
    pub waits_for_physician: bool,
    /// It ships, and counts only once the head of the relay accepted it in the place of an adopted version.
    #[serde(default)]
    pub waits_for_head: bool,
    /// A version that ships took its place.
    #[serde(default)]
    pub replaced: bool,
    /// The worked examples of the season taken over that this version left out, by their names.
    #[serde(default)]
    pub left_out: Vec<String>,
}

/// Where an adopted version comes from.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdoptedLine {
    /// What it was made from.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub origin: Origin,
    /// The head of the relay who adopted it.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
}

/// A directive being written: the text is what counts, the form is another way to change it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectiveDraft {
    /// Which directive; empty for a new one.
    pub id: String,
    /// The text, one version.
    pub text: String,
    /// The version in force that it is compared with, and its first day.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<(String, String)>))]
    pub in_force: Option<(String, Day)>,
    /// The first day on which it may take effect.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub first_day: Day,
    /// Whether this is a draft that was kept, rather than the version in force.
    pub kept: bool,
    /// What the checks say of it.
    pub check: DirectiveCheck,
}

/// A text to be checked or kept.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectiveText {
    /// The text.
    pub text: String,
}

/// A directive to be published.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishDirective {
    /// The text.
    pub text: String,
    /// It also counts for rounds that left with an earlier version.
    pub urgent: bool,
}

/// A version to be confirmed by a physician of the relay.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmDirective {
    /// Which directive.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// What the checks say of a text.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectiveCheck {
    /// What is wrong; a text with problems is not published.
    pub problems: Vec<DirectiveProblem>,
    /// The text as a form; none while it cannot be read.
    pub form: Option<DirectiveForm>,
    /// What differs from the version in force.
    pub differences: Vec<Difference>,
    /// The worked examples, tried.
    pub examples: Vec<ExampleLine>,
    /// Ages, ranks and competences that it leaves without an answer, or answers twice.
    pub findings: Vec<GridLine>,
    /// The people of coming rounds to whom it would answer otherwise.
    pub affected: Vec<AffectedLine>,
    /// Whether it may be published.
    pub publishable: bool,
}

/// Something wrong with a text.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectiveProblem {
    /// The line, from 1, when it is known.
    pub line: Option<u32>,
    /// What it is about: `rule under-30`.
    pub place: String,
    /// One sentence, in French.
    pub fr: String,
    /// The same in English.
    pub en: String,
}

/// How something changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Altered,
}

/// One difference to the version in force.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// What: `rule`, `agreement`, `question`, or a field of the directive (`observation_minutes`, `until`, `source` …).
    pub what: String,
    /// Which one; empty for a field of the directive.
    pub code: String,
    /// How.
    pub changed: Changed,
    /// As it is in force, one line a field that differs.
    pub before: Option<String>,
    /// As it would be.
    pub after: Option<String>,
}

/// A worked example, tried.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExampleLine {
    /// Who and what, in words.
    pub name: String,
    /// Its line.
    pub line: Option<u32>,
    /// What must come out.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub expected: Outcome,
    /// What comes out.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub found: Outcome,
    /// Whether it holds, with its day and its rules.
    pub holds: bool,
}

/// Cells of the grid that are left without an answer, or answered in two ways.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GridLine {
    /// `gap`, `overlap` or `too_many_questions`.
    pub fault: String,
    /// The day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// Product name.
    pub product: String,
    /// The rank, none when it is unknown.
    pub rank: Option<u8>,
    /// Whether the person is at risk.
    pub at_risk: bool,
    /// Youngest and oldest age, in completed years.
    pub ages: (u16, u16),
    /// The rules concerned.
    pub about: String,
}

/// Somebody on a coming round to whom a new version would answer otherwise.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AffectedLine {
    /// The round.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// Its day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// The round has left: it keeps its version unless the new one is urgent.
    pub left: bool,
    /// Who.
    pub person: String,
    /// Product name.
    pub product: String,
    /// The answer now, once everything that is asked at the door is given.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub before: Outcome,
    /// The answer by the new version.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub after: Outcome,
    /// Minutes of observation by the new version.
    pub observation_minutes: u16,
    /// The reason of the new answer, in French.
    pub fr: String,
    /// The same in English.
    pub en: String,
}
