//! Which questions are asked, and whose agreement is needed, for one case.

use super::answer::{ConsentNeed, Outcome};
use super::applies::{about, catalogue, in_force};
use super::case::Case;
use super::directive::{Directive, Question};
use super::found::agreement_reason;
use super::prepare::prepare;
use super::truth::{Truth, World, agreed};
use super::world;
use crate::order;
use std::cmp::Reverse;

/// Returns the questions that `directives` ask for this product, age and rank, in the order of the screen, each once.
#[must_use]
pub fn questions<'a>(directives: impl IntoIterator<Item = &'a Directive>, case: &Case) -> Vec<&'a Question> {
    let mut asked: Vec<&Question> = Vec::new();
    each_world(&directives.into_iter().collect::<Vec<_>>(), case, |world, directives| {
        for question in asked_in(world, directives) {
            if !asked.iter().any(|known| known.code == question.code) {
                asked.push(question);
            }
        }
    });
    order::sort_by_key(&mut asked, |question| question.order);
    asked
}

/// Returns whose agreement `directives` ask for in this case, whether it was given yet or not.
#[must_use]
pub fn consents_needed<'a>(directives: impl IntoIterator<Item = &'a Directive>, case: &Case) -> Vec<ConsentNeed> {
    let mut needs: Vec<ConsentNeed> = Vec::new();
    each_world(&directives.into_iter().collect::<Vec<_>>(), case, |world, directives| {
        for directive in directives {
            for need in directive.agreements.iter().filter(|need| world.truth(&need.when).is_yes()) {
                let Some(by) = need.by.first().or(need.or_judge.first()).copied() else { continue };
                let given = agreed(&case.consents, &need.by, &need.how);
                let met = given >= usize::from(need.count) || agreed(&case.consents, &need.or_judge, &need.how) > 0;
                let one = ConsentNeed {
                    by,
                    or_by: need.by.iter().skip(1).copied().collect(),
                    count: need.count,
                    given: u8::try_from(given).unwrap_or(u8::MAX),
                    or_judge: need.or_judge.clone(),
                    how: need.how.clone(),
                    met,
                    reason: agreement_reason(directive, need, Outcome::ConsentMissing),
                };
                match needs.iter_mut().find(|known| known.by == by) {
                    None => needs.push(one),
                    Some(known) if stricter(&one, known) => *known = one,
                    Some(_) => {}
                }
            }
        }
    });
    order::sort_by_key(&mut needs, |need| need.by);
    needs
}

/// Of two needs of the same person the one that asks for more is shown, then the one that is not met yet, then the one that fewer
/// may stand in for.
fn stricter(one: &ConsentNeed, known: &ConsentNeed) -> bool {
    let asks = |need: &ConsentNeed| (need.count, !need.met, Reverse(need.or_judge.len()));
    asks(one) > asks(known)
}

/// Returns the questions that are asked in one world; where it is not known whether one is, it is.
pub(super) fn asked_in<'a>(world: &World<'_>, directives: &[&'a Directive]) -> Vec<&'a Question> {
    let may = |question: &&Question| match world.truth(&question.asked) {
        Truth::Yes => true,
        Truth::No => false,
        Truth::Unknown => {
            let mut doubtful = false;
            world.doubts(&question.asked, &mut |_| doubtful = true);
            doubtful
        }
    };
    directives.iter().flat_map(|d| &d.questions).filter(may).collect()
}

fn each_world<'a>(directives: &[&'a Directive], case: &Case, mut see: impl FnMut(&World<'_>, &[&'a Directive])) {
    let catalogue = catalogue(directives, case.on);
    let product = catalogue.iter().find(|product| product.code == case.product).copied();
    let asked = about(&in_force(directives, case), product);
    let case = &*prepare(case, &asked);
    for birth in world::births(case, &asked, product) {
        for prior in world::priors(case) {
            see(&World { case, product, catalogue: &catalogue, birth, prior: *prior }, &asked);
        }
    }
}
