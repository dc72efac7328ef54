//! A directive as a form: what its text says, field by field.

use perron_domain::rules::Outcome;
use serde::{Deserialize, Serialize};

/// A form to be written into a text.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectiveFormIn {
    /// The text that the form was read from.
    pub text: String,
    /// The form as it was changed.
    pub form: DirectiveForm,
}

/// A directive as a form. Texts are as they are written in the file.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectiveForm {
    /// Identifier: lower-case letters, digits, hyphens.
    pub id: String,
    /// Version.
    pub version: String,
    /// First day in force, `YYYY-MM-DD`.
    pub from: String,
    /// Last day in force; empty: none.
    pub until: String,
    /// Where it applies (`FR`, `FR-93`).
    pub territory: String,
    /// Codes of the families it is about; none: all.
    pub families: Vec<String>,
    /// Title in French.
    pub title_fr: String,
    /// Title in English.
    pub title_en: String,
    /// Title of the source, with the issuing body.
    pub source: String,
    /// The day that the source was issued, `YYYY-MM-DD`; empty: not known.
    pub source_date: String,
    /// Where it can be read; empty: nowhere.
    pub source_link: String,
    /// Minutes of observation; empty: it does not say.
    pub observation_minutes: String,
    /// Rules, in order.
    pub rules: Vec<RuleForm>,
    /// Agreements, in order.
    pub agreements: Vec<AgreementForm>,
    /// Questions, in order.
    pub questions: Vec<QuestionForm>,
}

/// A condition as a form: what is common has a field of its own, the rest stands as text. All of it must hold.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConditionForm {
    /// From this age on: `12y`, `6m`, `42d`; empty: any.
    pub age_from: String,
    /// Below this age; empty: any.
    pub age_below: String,
    /// One of these products; none named: any.
    pub products: Vec<String>,
    /// Rank: `2`, `1..2`, `3..`, `unknown`; empty: any.
    pub rank: String,
    /// One of these questions is answered by yes.
    pub yes: Vec<String>,
    /// The person is one of these (`at_risk`, `pregnant` …).
    pub person: Vec<String>,
    /// Anything else, as in a file: `not = { prescribed = "physician" }, mrna = true`.
    pub more: String,
}

/// A rule as a form.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleForm {
    /// Its code, unique in the directive.
    pub code: String,
    /// When it applies.
    pub when: ConditionForm,
    /// What it answers.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub outcome: Outcome,
    /// For a deferral, until when, as in a file: `"no_date"`, `{ age = "12y" }`, `{ day = "2026-01-31" }`; else empty.
    pub deferred: String,
    /// For another product: which ones.
    pub instead: Vec<String>,
    /// Why, in French.
    pub fr: String,
    /// Why, in English.
    pub en: String,
    /// Where it stands.
    pub source: String,
    /// Read in a public source.
    pub verified: bool,
    /// It only adds a sentence.
    pub advice: bool,
    /// No physician's decision lifts it.
    pub absolute: bool,
}

/// An agreement as a form.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgreementForm {
    /// Its code, unique in the directive.
    pub code: String,
    /// When it is needed.
    pub when: ConditionForm,
    /// Whose: any of these counts (`self`, `parent` …).
    pub by: Vec<String>,
    /// How many.
    pub count: u8,
    /// One of these alone is enough too, but the nurse judges.
    pub or_judge: Vec<String>,
    /// Manners that count; none named: any (`present`, `phone` …).
    pub how: Vec<String>,
    /// Why, in French.
    pub fr: String,
    /// Why, in English.
    pub en: String,
    /// Where it stands.
    pub source: String,
    /// Read in a public source.
    pub verified: bool,
}

/// A question as a form.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionForm {
    /// Its code.
    pub code: String,
    /// When it is asked.
    pub asked: ConditionForm,
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
    /// A dose waits for its answer.
    pub required: bool,
    /// Its place on the screen, lowest first.
    pub order: u16,
    /// What its answer belongs to: `today`, `always`, `product`, `family`; empty, as the first directives left it: one product.
    #[serde(default)]
    pub about: String,
    /// The name of its pictogram; empty for none.
    #[serde(default)]
    pub pictogram: String,
    /// The question in other languages.
    #[serde(default)]
    pub translations: Vec<TranslationForm>,
}

/// A question in another language, as a form.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TranslationForm {
    /// The language (`ar`, `ta`).
    pub lang: String,
    /// The text.
    pub text: String,
    /// Somebody who speaks the language confirmed it.
    pub validated: bool,
}
