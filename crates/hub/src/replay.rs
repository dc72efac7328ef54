//! Answering again every answer that the relay keeps: anyone can prove which rule and which inputs allowed an injection.

use perron_domain::fact::{AnswerRecorded, Body};
use perron_domain::name::FactName;
use perron_domain::rules::{Case, Directive, Version, replay};
use perron_domain::state::RoundState;
use std::collections::BTreeMap;

/// What came out of the answers of a relay.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Replayed {
    /// Answers that came out again, byte for byte.
    pub same: usize,
    /// Answers that did not: round, fact, and why.
    pub other: Vec<(u32, FactName, String)>,
}

/// Answers everything again that these rounds hold.
#[must_use]
pub fn replay_all(directives: &[Directive], rounds: &BTreeMap<u32, RoundState>) -> Replayed {
    let mut replayed = Replayed::default();
    for (number, round) in rounds {
        for fact in round.log().iter() {
            if let Body::AnswerRecorded(recorded) = &fact.body {
                match again(directives, recorded) {
                    Ok(()) => replayed.same += 1,
                    Err(why) => replayed.other.push((*number, fact.name, why)),
                }
            }
        }
    }
    replayed
}

fn again(directives: &[Directive], recorded: &AnswerRecorded) -> Result<(), String> {
    let case: Case = minicbor::decode(&recorded.case).map_err(|error| format!("its inputs cannot be read: {error}"))?;
    let used = recorded.directives.iter();
    let used: Vec<Version> =
        used.map(|one| Version { directive: one.id.clone(), version: one.version.clone() }).collect();
    let answer = replay(directives, &used, recorded.evaluator, &case).map_err(|error| error.to_string())?;
    if answer.outcome.code() != recorded.outcome {
        return Err(format!("{} then, {} now", recorded.outcome, answer.outcome.code()));
    }
    match &recorded.answer {
        Some(digest) if digest.as_slice() != answer.digest() => Err("the same outcome, other reasons".to_owned()),
        _ => Ok(()),
    }
}
