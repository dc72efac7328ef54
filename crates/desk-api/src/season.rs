//! Opening a season without a new Perron: last year's campaign taken over in a form, or a file from elsewhere.

use crate::{Difference, DirectiveCheck};
use perron_domain::date::Day;
use perron_domain::fact::Origin;
use serde::{Deserialize, Serialize};

/// The campaigns that are over on a day, each with what a new season would take over.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeasonsView {
    /// The day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// The first day on which a version may take effect.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub first_day: Day,
    /// The campaigns, the latest first: each as a form that is filled in already.
    pub campaigns: Vec<SeasonOver>,
}

/// A campaign that is over.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeasonOver {
    /// Its title in French.
    pub title_fr: String,
    /// Its title in English.
    pub title_en: String,
    /// The version that the form takes over.
    pub version: String,
    /// Its last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Day,
    /// Codes and names of every known vaccine of its families: one of them may stand in the place of another.
    pub known: Vec<(String, String)>,
    /// The form of the new season, one or several years later.
    pub form: SeasonForm,
}

/// A new season, as the head of the relay describes it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeasonForm {
    /// The directive whose rules are taken over; the new season is a version of it.
    pub id: String,
    /// The name of the new version.
    pub version: String,
    /// Title in French.
    pub title_fr: String,
    /// Title in English.
    pub title_en: String,
    /// Where it applies (`FR`, `FR-93`).
    pub territory: String,
    /// The document that opens the season, with the issuing body.
    pub source: String,
    /// The day that it was issued, `YYYY-MM-DD`; empty: not known.
    #[serde(default)]
    pub source_date: String,
    /// Where it can be read; empty: nowhere.
    #[serde(default)]
    pub source_link: String,
    /// First and last days, one line for each pair that the rules name.
    pub dates: Vec<SeasonDates>,
    /// The vaccines that the rules name.
    pub products: Vec<SeasonProduct>,
    /// Worked examples that are left out, by name: those that do not hold any more.
    #[serde(default)]
    pub without: Vec<String>,
}

/// First and last day of a season.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeasonDates {
    /// The name that the rules give it; empty where they give none.
    pub name: String,
    /// Where these days are those of the season; none named: everywhere.
    #[serde(default)]
    pub places: Vec<String>,
    /// The first day as it was.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub was_from: Day,
    /// The last day as it was.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub was_until: Day,
    /// The new first day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Day,
    /// The new last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Day,
}

/// A vaccine of the season before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeasonProduct {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is one of the new season, itself or by the one in its place.
    pub keep: bool,
    /// The code of the vaccine that takes its place.
    #[serde(default)]
    pub instead: Option<String>,
}

/// The text that follows from a form or a file, and what the checks say of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeasonText {
    /// The text, one version, as it would be published.
    pub text: String,
    /// What the checks say.
    pub check: DirectiveCheck,
    /// Sentences that still name a vaccine that is not of the season.
    #[serde(default)]
    pub to_read: Vec<String>,
}

/// A file of directives from elsewhere.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectiveFile {
    /// Its text.
    pub text: String,
}

/// A national version that the relay adopts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdoptDirective {
    /// Its text.
    pub text: String,
    /// What it was made from.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub origin: Origin,
}

/// A version that ships and waits for the head of the relay: what accepting it changes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldView {
    /// Its title in French.
    pub title_fr: String,
    /// Its title in English.
    pub title_en: String,
    /// The first day of its effect.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Day,
    /// The adopted versions that it replaces, the latest last.
    pub replaces: Vec<String>,
    /// What it says otherwise than the latest of them.
    pub differences: Vec<Difference>,
}

/// A version that ships, to be accepted in the place of one that the relay had adopted.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AcceptShipped {
    /// Which directive.
    pub id: String,
    /// Its version.
    pub version: String,
}
