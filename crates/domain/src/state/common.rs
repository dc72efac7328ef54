//! The relay's common part: devices, staff, lots, rules in force. Every device holds it.

use super::{Effective, View};
use crate::date::Day;
use crate::fact::{
    AccountAdded, AccountNo, Body, NoticePublished, OnCallNamed, ProtocolSigned, Reach, RelayCreated, RoundAssigned,
};
use crate::name::{DeviceId, FactName};
use crate::rules::Directive;
use crate::time::Wall;
use serde::Serialize;
use std::collections::BTreeMap;

/// A device of the relay.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Device {
    /// Ed25519 public key.
    #[serde(skip)]
    pub public_key: Vec<u8>,
    /// Signature of the relay's key over the binding.
    #[serde(skip)]
    pub relay_signature: Vec<u8>,
    /// What people call it.
    pub label: String,
    /// Why it may not write any more.
    pub retired: Option<String>,
}

/// A lot in the relay.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Lot {
    /// Product code.
    pub product: String,
    /// Last day of use, unopened.
    pub expiry: Day,
    /// Doses received so far.
    pub received: u32,
    /// Why it must not be used.
    pub isolated: Option<String>,
}

/// How a version of a directive was published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Publication {
    /// When and about what it speaks, whoever can read it or not.
    pub reach: Reach,
    /// It also counts for rounds that left with an earlier version.
    pub urgent: bool,
    /// The text it was read from; none for those that ship with the hub.
    pub text: Option<String>,
    /// Who published it.
    pub by: AccountNo,
    /// When.
    pub at: Wall,
    /// Whether this version of the program can read it.
    pub readable: bool,
    /// The physician who confirmed it, and when.
    pub confirmed: Option<(AccountNo, Wall)>,
}

impl Publication {
    /// Tells whether it is in force on `on` and about the family with this code.
    #[must_use]
    pub fn reaches(&self, family: &str, on: Day) -> bool {
        self.reach.from.is_none_or(|from| from <= on)
            && self.reach.until.is_none_or(|until| on <= until)
            && (self.reach.families.is_empty() || self.reach.families.iter().any(|known| known == family))
    }
}

/// The relay's common part.
#[derive(Clone, Default, PartialEq, Debug, Serialize)]
pub struct Common {
    /// The relay itself.
    pub relay: Option<RelayCreated>,
    /// Devices by number.
    pub devices: BTreeMap<DeviceId, Device>,
    /// Staff by account.
    pub accounts: BTreeMap<AccountNo, AccountAdded>,
    /// Lots by lot number.
    pub lots: BTreeMap<String, Lot>,
    /// Lots set apart that nobody received.
    pub isolated_lots: BTreeMap<String, String>,
    /// Directives published, sorted by identifier and version.
    #[serde(skip)]
    pub directives: Vec<Directive>,
    /// How each version of a directive was published, by identifier and version; also those that cannot be read here.
    #[serde(skip)]
    pub publications: BTreeMap<(String, String), Publication>,
    /// The emergency protocol.
    pub protocol: Option<ProtocolSigned>,
    /// The physician on call.
    pub on_call: Option<OnCallNamed>,
    /// Rounds by number.
    pub rounds: BTreeMap<u32, RoundAssigned>,
    /// Messages, by fact.
    pub notices: BTreeMap<FactName, NoticePublished>,
}

impl Common {
    /// Says why a lot must not be used, if so.
    #[must_use]
    pub fn isolation(&self, lot: &str) -> Option<&str> {
        self.isolated_lots.get(lot).map(String::as_str)
    }

    /// Returns the names and versions of directives that this version of the program cannot read.
    pub fn unreadable_directives(&self) -> impl Iterator<Item = &(String, String)> {
        self.publications.iter().filter(|(_, publication)| !publication.readable).map(|(name, _)| name)
    }

    /// Tells whether a physician of the relay confirmed this version of a directive.
    #[must_use]
    pub fn is_confirmed(&self, id: &str, version: &str) -> bool {
        let key = (id.to_owned(), version.to_owned());
        self.publications.get(&key).is_some_and(|publication| publication.confirmed.is_some())
    }

    /// Returns the name of an account, or its number.
    #[must_use]
    pub fn account_name(&self, account: AccountNo) -> String {
        self.accounts.get(&account).map_or_else(|| account.0.to_string(), |known| known.name.clone())
    }
}

impl View for Common {
    fn step(&mut self, effective: &Effective<'_>) {
        match effective.body.as_ref() {
            Body::RelayCreated(relay) => self.relay = Some(relay.clone()),
            Body::DeviceEnrolled(enrolled) => {
                // A device number is never used twice: the first binding stands.
                self.devices.entry(enrolled.device).or_insert_with(|| Device {
                    public_key: enrolled.public_key.to_vec(),
                    relay_signature: enrolled.relay_signature.to_vec(),
                    label: enrolled.label.clone(),
                    retired: None,
                });
            }
            Body::DeviceRetired(retired) => {
                if let Some(device) = self.devices.get_mut(&retired.device) {
                    device.retired = Some(retired.reason.clone());
                }
            }
            Body::AccountAdded(added) => {
                self.accounts.insert(added.account, added.clone());
            }
            Body::DirectivePublished(published) => {
                let key = (published.id.clone(), published.version.clone());
                let read = Directive::of_content(&published.content);
                self.publications.insert(
                    key.clone(),
                    Publication {
                        reach: published.reach.clone(),
                        urgent: published.urgent,
                        text: published.text.clone(),
                        by: effective.fact.author,
                        at: effective.fact.wall,
                        readable: read.is_ok(),
                        confirmed: None,
                    },
                );
                if let Ok(directive) = read {
                    let place = |known: &Directive| (&known.id, &known.version).cmp(&(&key.0, &key.1));
                    match self.directives.binary_search_by(place) {
                        Ok(known) => self.directives[known] = directive,
                        Err(at) => self.directives.insert(at, directive),
                    }
                }
            }
            Body::DirectiveConfirmed(confirmed) => {
                let key = (confirmed.id.clone(), confirmed.version.clone());
                if let Some(publication) = self.publications.get_mut(&key) {
                    publication.confirmed = Some((confirmed.physician, confirmed.at));
                }
            }
            Body::LotReceived(received) => {
                let isolated = self.isolated_lots.get(&received.lot).cloned();
                let lot = self.lots.entry(received.lot.clone()).or_insert_with(|| Lot {
                    product: received.product.clone(),
                    expiry: received.expiry,
                    received: 0,
                    isolated,
                });
                lot.received = lot.received.saturating_add(received.doses);
            }
            Body::LotIsolated(isolated) => {
                self.isolated_lots.insert(isolated.lot.clone(), isolated.reason.clone());
                if let Some(lot) = self.lots.get_mut(&isolated.lot) {
                    lot.isolated = Some(isolated.reason.clone());
                }
            }
            Body::LotReleased(released) => {
                self.isolated_lots.remove(&released.lot);
                if let Some(lot) = self.lots.get_mut(&released.lot) {
                    lot.isolated = None;
                }
            }
            Body::ProtocolSigned(protocol) => self.protocol = Some(protocol.clone()),
            Body::OnCallNamed(on_call) => self.on_call = Some(on_call.clone()),
            Body::RoundAssigned(assigned) => {
                self.rounds.insert(assigned.round, assigned.clone());
            }
            Body::NoticePublished(notice) => {
                self.notices.insert(effective.fact.name, notice.clone());
            }
            _ => {}
        }
    }
}
