//! The people of the relay, as the desk sees them. No tablet holds this scope.

use super::{Effective, View};
use crate::fact::Body;
use crate::name::FactName;
use crate::people::PersonRecord;
use serde::Serialize;
use std::collections::BTreeMap;

/// Everybody to be visited.
#[derive(Clone, Default, PartialEq, Debug, Serialize)]
pub struct People {
    /// By the name of the fact that added them.
    pub persons: BTreeMap<FactName, PersonRecord>,
    /// Which person a row of a file became.
    pub by_source: BTreeMap<String, FactName>,
}

impl View for People {
    fn step(&mut self, effective: &Effective<'_>) {
        if let Body::PersonAdded(added) = effective.body.as_ref() {
            self.persons.insert(effective.fact.name, added.record.clone());
            if !added.source_key.is_empty() {
                self.by_source.entry(added.source_key.clone()).or_insert(effective.fact.name);
            }
        }
    }
}
