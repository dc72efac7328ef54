//! Why a rule applies: its condition as a tree, each node with what it came to.

use super::applies::{about, catalogue, in_force};
use super::case::Case;
use super::condition::Condition;
use super::directive::Directive;
use super::prepare::prepare;
use super::truth::{Truth, World};
use super::world;
use serde::{Deserialize, Serialize};

/// One node of a condition and what it came to for this case.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Trace {
    /// The node; of `All`, `Any` and `Not` the parts stand below, traced.
    pub node: Condition,
    /// Whether it holds; none while a question has no answer.
    pub holds: Option<bool>,
    /// The parts.
    pub parts: Vec<Trace>,
}

/// Returns the traced condition of the rule or agreement `code` of the directive `id`, where it applies to this case; none
/// when no directive in force says it (what the evaluator itself says has no condition).
#[must_use]
pub fn explain<'a>(
    directives: impl IntoIterator<Item = &'a Directive>,
    case: &Case,
    id: &str,
    code: &str,
) -> Option<Trace> {
    let directives: Vec<&Directive> = directives.into_iter().collect();
    let catalogue = catalogue(&directives, case.on);
    let product = catalogue.iter().find(|product| product.code == case.product).copied();
    let asked = about(&in_force(&directives, case), product);
    let case = &*prepare(case, &asked);
    let directive = asked.iter().find(|directive| directive.id == id)?;
    let rules = directive.rules.iter().map(|rule| (&rule.code, &rule.when));
    let needs = directive.agreements.iter().map(|need| (&need.code, &need.when));
    let (_, when) = rules.chain(needs).find(|(known, _)| *known == code)?;
    let mut worlds = world::births(case, &asked, product)
        .into_iter()
        .flat_map(|birth| world::priors(case).iter().map(move |prior| (birth, *prior)));
    worlds.find_map(|(birth, prior)| {
        let world = World { case, product, catalogue: &catalogue, birth, prior };
        world.truth(when).is_yes().then(|| trace(&world, when))
    })
}

fn trace(world: &World<'_>, node: &Condition) -> Trace {
    let parts: Vec<Trace> = match node {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().map(|part| trace(world, part)).collect(),
        Condition::Not(part) => vec![trace(world, part)],
        _ => Vec::new(),
    };
    let holds = match world.truth(node) {
        Truth::Yes => Some(true),
        Truth::No => Some(false),
        Truth::Unknown => None,
    };
    let node = match node {
        Condition::All(_) => Condition::All(Vec::new()),
        Condition::Any(_) => Condition::Any(Vec::new()),
        Condition::Not(_) => Condition::Not(Box::new(Condition::Always)),
        leaf => leaf.clone(),
    };
    Trace { node, holds, parts }
}
