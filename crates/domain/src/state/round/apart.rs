//! Doses set apart: why, and what was decided.

use crate::name::FactName;
use serde::Serialize;

/// Which fact decided about doses set apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum DecidedBy {
    /// A decision written by who decided.
    Written(FactName),
    /// A decision by telephone that the team noted.
    Phone(FactName),
}

/// Why doses are set apart, and what was decided.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Isolation {
    /// The reading that set them apart.
    pub reading: FactName,
    /// Whether they may be used; none until decided.
    pub usable: Option<bool>,
    /// What decided so.
    pub decided: Option<DecidedBy>,
}

impl Isolation {
    /// Says whether the doses must not be used.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.usable != Some(true)
    }

    pub(super) fn decided_at_the_desk(&self) -> bool {
        matches!(self.decided, Some(DecidedBy::Written(name)) if name.device.is_hub())
    }

    pub(super) fn begin(current: &mut Option<Self>, reading: FactName) {
        // What is to be destroyed stays so, and what waits goes on waiting for the first reading, whatever is read later.
        if current.as_ref().is_none_or(|one| one.usable == Some(true)) {
            *current = Some(Self { reading, usable: None, decided: None });
        }
    }
}
