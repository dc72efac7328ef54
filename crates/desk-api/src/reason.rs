//! Why something is done, where nothing else is said with it.

use serde::{Deserialize, Serialize};

/// A reason in words.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Because {
    /// Why.
    pub reason: String,
}
