//! The relay and its team: accounts, the signed protocol, who is on call.

use perron_domain::date::Day;
use perron_domain::fact::{AccountNo, Role};
use serde::{Deserialize, Serialize};

/// Somebody of the relay.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountLine {
    /// Number.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub account: AccountNo,
    /// Name.
    pub name: String,
    /// What she does.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub roles: Vec<Role>,
    /// RPPS number.
    pub rpps: Option<String>,
    /// Whether the training to prescribe was declared.
    pub prescriber_trained: bool,
    /// Telephone.
    pub phone: Option<String>,
}

/// Adds somebody to the relay, or changes her when the number is given.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaveAccount {
    /// Number, when she is known.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>))]
    pub account: Option<AccountNo>,
    /// Name.
    pub name: String,
    /// What she does.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub roles: Vec<Role>,
    /// RPPS number.
    pub rpps: Option<String>,
    /// Whether the training to prescribe was declared.
    pub prescriber_trained: bool,
    /// Telephone.
    pub phone: Option<String>,
}

/// The relay in short.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelayView {
    /// Name.
    pub name: String,
    /// Territory code.
    pub territory: String,
    /// Offset of its wall clock from UTC in winter, in minutes.
    pub utc_offset_minutes: i16,
    /// Whether its people are invented.
    pub demo: bool,
    /// Today, where the relay is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub today: Day,
    /// Staff.
    pub accounts: Vec<AccountLine>,
    /// The physician on call: name and telephone.
    pub on_call: Option<(String, String)>,
    /// The signed emergency protocol.
    pub protocol: Option<ProtocolLine>,
    /// What its products are called: code and name.
    pub products: Vec<(String, String)>,
}

/// The relay's emergency protocol, signed beforehand by a physician.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProtocolLine {
    /// Title.
    pub title: String,
    /// Text, paragraphs separated by blank lines.
    pub text: String,
    /// Who signed.
    pub signed_by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
}

/// Names the relay and says where it is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NameRelay {
    /// Name.
    pub name: String,
    /// Territory code of the rules: `FR-93`.
    pub territory: String,
}

/// Names the physician on call.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NameOnCall {
    /// Name.
    pub name: String,
    /// Telephone.
    pub phone: String,
}
