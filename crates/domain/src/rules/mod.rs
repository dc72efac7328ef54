//! Rules as data: directives, cases, and the evaluator that answers one with the other.
//!
//! Health directives changed every few weeks, so no age, no interval and no campaign stands in this code: they stand
//! in the directives, with dates and sources. Perron recalls published rules and explains them; the nurse decides.
//!
//! The way of an answer: a [`Case`] says everything about one intended dose; [`evaluate`] takes the directives in
//! force on that day and place, collects every [`Rule`] whose [`Condition`] holds, adds the [`Agreement`]s that are
//! missing, and gives the strictest outcome with all the reasons. What the dossier does not know of a person's past and a
//! rule reads is asked for, and where nobody knows, the nurse judges: see `doubt.rs`. Evaluator 1, which read silence as
//! «no», stays in [`one`] for what it answered.

mod answer;
mod applies;
mod built_in;
mod case;
mod condition;
mod directive;
mod doubt;
mod evaluate;
mod explain;
mod found;
#[cfg(test)]
mod history_tests;
mod interval;
pub mod one;
mod prepare;
mod product;
mod questions;
mod replay;
mod terms;
#[cfg(test)]
mod tests;
mod truth;
mod unknown;
mod world;

pub use answer::{Answer, Change, ConsentNeed, Outcome, Reason};
pub use case::{
    Case, Consent, Infection, KnownReaction, Nurse, Objection, Person, PhysicianDecision, Prescription, PreviousDose,
    is_rpps,
};
pub use condition::{Condition, Doses};
pub use directive::{
    About, Agreement, Directive, Least, Question, Rule, Source, Translation, Unreadable, Until, version_order,
};
pub use evaluate::evaluate;
pub use explain::{Trace, explain};
pub use interval::{Age, Interval};
pub use product::{Family, Form, Product, Temperatures, UseBy};
pub use questions::{consents_needed, questions};
pub use replay::{ReplayError, replay};
pub use terms::{By, EVALUATOR_VERSION, How, Layer, Prescriber, Protection, Sex, Trait, Version};
pub use unknown::{Item, Unknown};
