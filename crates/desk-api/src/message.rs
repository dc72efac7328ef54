//! Messages to the tablets, and who has read them.

use perron_domain::name::FactName;
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// A message of the relay to its teams.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeLine {
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub notice: FactName,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Where to read more.
    pub link: Option<String>,
    /// When it was written.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// Which teams read it.
    pub read: Vec<NoticeReadLine>,
    /// Rounds under way or to come that have not read it.
    pub unread: Vec<String>,
}

/// A team that read a message.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeReadLine {
    /// What people call the round.
    pub label: String,
    /// Who read it.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
}

/// Writes a message.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewNotice {
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Where to read more.
    pub link: Option<String>,
}
