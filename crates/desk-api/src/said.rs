//! What the desk said in the relay's common part, with every version of it: who said what when, and what stands.

use perron_domain::fact::{
    AccountAdded, Body, DirectiveConfirmed, LotIsolated, LotReceived, LotReleased, NoticePublished, OnCallNamed,
    ProtocolSigned,
};
use perron_domain::lot::LotKey;
use perron_domain::name::FactName;
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// One thing that the desk said, as it says it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Says {
    /// Doses of a lot came in.
    LotReceived(LotReceived),
    /// A lot must not be used.
    LotIsolated(LotIsolated),
    /// A lot may be used again.
    LotReleased(LotReleased),
    /// The emergency protocol.
    ProtocolSigned(ProtocolSigned),
    /// The physician on call.
    OnCallNamed(OnCallNamed),
    /// A message to the teams.
    NoticePublished(NoticePublished),
    /// Somebody works for the relay.
    AccountAdded(AccountAdded),
    /// A physician confirmed a directive.
    DirectiveConfirmed(DirectiveConfirmed),
}

impl Says {
    /// Returns what a fact says, where the desk can say it otherwise.
    #[must_use]
    pub fn of(body: &Body) -> Option<Self> {
        Some(match body {
            Body::LotReceived(one) => Self::LotReceived(one.clone()),
            Body::LotIsolated(one) => Self::LotIsolated(one.clone()),
            Body::LotReleased(one) => Self::LotReleased(one.clone()),
            Body::ProtocolSigned(one) => Self::ProtocolSigned(one.clone()),
            Body::OnCallNamed(one) => Self::OnCallNamed(one.clone()),
            Body::NoticePublished(one) => Self::NoticePublished(one.clone()),
            Body::AccountAdded(one) => Self::AccountAdded(one.clone()),
            Body::DirectiveConfirmed(one) => Self::DirectiveConfirmed(one.clone()),
            _ => return None,
        })
    }

    /// Says whether it is about a lot.
    #[must_use]
    pub fn about_a_lot(&self) -> bool {
        matches!(self, Self::LotReceived(_) | Self::LotIsolated(_) | Self::LotReleased(_))
    }

    /// Says whether it is about the lot of this number, of this product where both name one.
    #[must_use]
    pub fn about_lot(&self, product: Option<&str>, number: &LotKey) -> bool {
        let (named, lot) = match self {
            Self::LotReceived(one) => (Some(one.product.as_str()), &one.lot),
            Self::LotIsolated(one) => (one.product.as_deref(), &one.lot),
            Self::LotReleased(one) => (one.product.as_deref(), &one.lot),
            _ => return false,
        };
        LotKey::of(lot) == *number && (product.is_none() || named.is_none() || product == named)
    }

    /// Says whether it may be withdrawn altogether. Who worked for the relay did, and facts carry her number.
    #[must_use]
    pub fn may_be_withdrawn(&self) -> bool {
        !matches!(self, Self::AccountAdded(_))
    }
}

/// One version of what the desk said.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaidVersion {
    /// The fact that says it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub fact: FactName,
    /// Who.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// Why it was corrected; none for what was said first.
    pub reason: Option<String>,
    /// What it says; none: withdrawn.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub says: Option<Says>,
    /// Whether it counts now.
    pub stands: bool,
}

/// What the desk said, with its corrections.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Said {
    /// The fact that said it first.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub fact: FactName,
    /// Every version, the first one said first.
    pub versions: Vec<SaidVersion>,
    /// Whether two corrections did not know each other: the first counts until somebody corrects again.
    pub conflict: bool,
}

impl Said {
    /// Returns the version that counts; none where it was withdrawn.
    #[must_use]
    pub fn standing(&self) -> Option<&SaidVersion> {
        self.versions.iter().find(|version| version.stands && version.says.is_some())
    }
}

/// Corrects what the desk said, or withdraws it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectSaid {
    /// What it is to say, of the same kind; none withdraws it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub says: Option<Says>,
    /// Why.
    pub reason: String,
}
