//! Answering again, years later, what was answered once.
//!
//! An answer is kept with its inputs, the versions of the directives that made it and the version of the evaluator. Every
//! evaluator that shipped stays callable here under its number, so that the same answer comes out, byte for byte.

use super::answer::Answer;
use super::case::Case;
use super::directive::Directive;
use super::evaluate::evaluate;
use super::one;
use super::terms::{EVALUATOR_VERSION, Version};

/// Why an answer cannot be given again.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReplayError {
    /// The evaluator is newer than this program.
    #[error("evaluator {0} is not known here")]
    Evaluator(u16),
    /// A directive that took part is not there.
    #[error("directive {0} {1} is not there")]
    Directive(String, String),
}

/// Returns the answer to `case` by exactly the versions in `used`, as evaluator `evaluator` gives it.
///
/// # Errors
/// [`ReplayError`] when this program lacks the evaluator, or `directives` lacks a version.
pub fn replay(directives: &[Directive], used: &[Version], evaluator: u16, case: &Case) -> Result<Answer, ReplayError> {
    let find = |one: &Version| {
        let same = |known: &&Directive| known.id == one.directive && known.version == one.version;
        let found = directives.iter().find(same);
        found.ok_or_else(|| ReplayError::Directive(one.directive.clone(), one.version.clone()))
    };
    let used = used.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    match evaluator {
        1 => Ok(one::evaluate(used, case)),
        EVALUATOR_VERSION => Ok(evaluate(used, case)),
        newer => Err(ReplayError::Evaluator(newer)),
    }
}
