//! What was loaded: directives, the worked examples that travel with them, and where each thing stands.

use crate::examples::Example;
use perron_domain::rules::Directive;
use std::collections::BTreeMap;

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
