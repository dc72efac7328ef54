//! Which questions are asked in one possible world.

use super::super::directive::{Directive, Question};
use super::truth::World;

/// Returns the questions that are asked in one world.
pub(super) fn asked_in<'a>(world: &World<'_>, directives: &[&'a Directive]) -> Vec<&'a Question> {
    directives.iter().flat_map(|d| &d.questions).filter(|question| world.truth(&question.asked).is_yes()).collect()
}
