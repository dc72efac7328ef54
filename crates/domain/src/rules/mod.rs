//! Rules as data: directives, cases, and the evaluator that answers one with the other.
//!
//! Health directives changed every few weeks, so no age, no interval and no campaign stands in this code: they stand
//! in the directives, with dates and sources. Perron recalls published rules and explains them; the nurse decides.
//!
//! The way of an answer: a [`Case`] says everything about one intended dose; [`evaluate`] takes the directives in
//! force on that day and place, collects every [`Rule`] whose [`Condition`] holds, adds the [`Agreement`]s that are
//! missing, and gives the strictest outcome with all the reasons.

mod answer;
mod case;
mod condition;
mod directive;
mod evaluate;
mod explain;
mod interval;
mod product;
mod questions;
mod replay;
#[cfg(test)]
mod tests;
mod truth;
mod world;

pub use answer::{Answer, Change, ConsentNeed, Outcome, Reason, Version};
pub use case::{
    By, Case, Consent, How, Infection, Nurse, Objection, Person, PhysicianDecision, Prescriber, Prescription,
    PreviousDose, Protection, Sex, is_rpps,
};
pub use condition::{Condition, Doses, Trait};
pub use directive::{Agreement, Directive, Layer, Question, Rule, Source, Translation, Until, version_order};
pub use evaluate::{EVALUATOR_VERSION, evaluate};
pub use explain::{Trace, explain};
pub use interval::{Age, Interval};
pub use product::{Family, Form, Product, Temperatures, UseBy};
pub use questions::{consents_needed, questions};
pub use replay::{ReplayError, replay};
