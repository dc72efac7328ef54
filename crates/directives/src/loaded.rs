//! What was loaded: directives, the worked examples that travel with them, and where each thing stands.

use perron_domain::date::Day;
use perron_domain::rules::{Case, Directive, Outcome};
use std::collections::BTreeMap;

/// A worked example.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Example {
    /// The file it stands in.
    pub file: String,
    /// The directive it belongs to.
    pub directive: String,
    /// The least evaluator of its file.
    pub evaluator: u16,
    /// Its line in the file.
    pub line: Option<usize>,
    /// Who and what, in words.
    pub name: String,
    /// What goes in.
    pub case: Case,
    /// What must come out.
    pub expect: Outcome,
    /// For a deferral: the first possible day.
    pub until: Option<Day>,
    /// Codes that must be among the rules that apply.
    pub because: Vec<String>,
    /// Where it differs from a first reading, and by which source.
    pub note: String,
}

/// Directives and the worked examples that travel with them.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// One for each version of each file, in the order of files and versions.
    pub directives: Vec<Directive>,
    /// The examples of all files.
    pub examples: Vec<Example>,
    /// The least evaluator of each version of each directive, by identifier and version.
    pub(crate) evaluators: BTreeMap<(String, String), u16>,
    /// Where each thing stands: by directive and place (`rule under-30`), the file and the line.
    pub(crate) places: BTreeMap<(String, String), (String, usize)>,
}
