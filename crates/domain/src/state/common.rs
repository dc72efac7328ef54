//! The relay's common part: devices, staff, lots, rules in force. Every device holds it.

use super::{Effective, View};
use crate::date::Day;
use crate::fact::{
    AccountAdded, AccountNo, Adopted, Body, DosesLoaded, NoticePublished, OnCallNamed, ProtocolSigned, Reach,
    RelayCreated, RoundAssigned,
};
use crate::lot::{self, KnownLot, LotId, LotKey};
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
    /// Its number as it was written when it first came in.
    pub printed: String,
    /// Last day of use, unopened; the earliest where several were told.
    pub expiry: Day,
    /// Doses received so far.
    pub received: u32,
}

/// Why a lot must not be used.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SetApart {
    /// Its number as it was written.
    pub printed: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: Wall,
}

/// What the relay said of one lot number: of all products that have it, and of single ones.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize)]
pub struct Isolations {
    /// What holds for every product that is not named below.
    pub all: Option<SetApart>,
    /// What holds for a product; none: it was released by its name.
    pub products: BTreeMap<String, Option<SetApart>>,
}

impl Isolations {
    fn of(&self, product: &str) -> Option<&SetApart> {
        self.products.get(product).map_or(self.all.as_ref(), Option::as_ref)
    }

    fn set(&mut self, product: Option<&str>, apart: Option<SetApart>) {
        match product {
            Some(product) => {
                self.products.insert(product.to_owned(), apart);
            }
            // What names no product is about every one of them, whatever was said of single ones before.
            None => {
                self.products.clear();
                self.all = apart;
            }
        }
    }
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
    /// For a national version that the relay adopted: from where, and by whom.
    pub adopted: Option<Adopted>,
    /// It shipped after the relay had adopted a version of the same directive: it waits for the head of the relay.
    pub waits_for_head: bool,
    /// The head of the relay who accepted it in the place of adopted versions, and when.
    pub accepted: Option<(AccountNo, Wall)>,
    /// A version that ships took the place of this adopted one.
    pub replaced: bool,
}

impl Publication {
    /// Tells whether the rules may go by it: not an adopted version that no physician confirmed, nor one that a shipped
    /// version replaced; not a shipped one that waits for the head of the relay.
    #[must_use]
    pub const fn counts(&self) -> bool {
        !self.waits_for_physician() && !self.is_held() && !self.replaced
    }

    /// Tells whether it was adopted and no physician of the relay has confirmed it.
    #[must_use]
    pub const fn waits_for_physician(&self) -> bool {
        self.adopted.is_some() && self.confirmed.is_none()
    }

    /// Tells whether it ships, and waits until the head of the relay accepts it in the place of an adopted version.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        self.waits_for_head && self.accepted.is_none()
    }

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
    /// Lots that came in.
    pub lots: BTreeMap<LotId, Lot>,
    /// What the relay said of lot numbers that must not be used, or may be again, received or not.
    pub isolations: BTreeMap<LotKey, Isolations>,
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
    /// Says why the lot of a product must not be used, if so, in whatever spelling.
    #[must_use]
    pub fn isolation(&self, product: &str, lot: &str) -> Option<&str> {
        self.isolated(&LotId::new(product, lot))
    }

    /// Says why a lot must not be used, if so.
    #[must_use]
    pub fn isolated(&self, lot: &LotId) -> Option<&str> {
        self.set_apart(lot).map(|apart| apart.reason.as_str())
    }

    /// Returns what the relay said of a lot that must not be used.
    #[must_use]
    pub fn set_apart(&self, lot: &LotId) -> Option<&SetApart> {
        self.isolations.get(&lot.number)?.of(&lot.product)
    }

    /// Returns the number of a lot as it is written on the box; as `typed` where the relay does not know it.
    #[must_use]
    pub fn printed<'a>(&'a self, product: &str, typed: &'a str) -> &'a str {
        self.lots.get(&LotId::new(product, typed)).map_or(typed, |lot| lot.printed.as_str())
    }

    /// Says whether doses aboard look like those of a lot set apart, and nobody confirmed that they are of another one.
    #[must_use]
    pub fn is_doubtful(&self, loaded: &DosesLoaded) -> bool {
        !lot::open(lot::isolated_doubts(&self.known_lots(), loaded), loaded.confirmed.as_ref()).is_empty()
    }

    /// Returns every lot that the relay received or set apart, to compare what is typed with.
    #[must_use]
    pub fn known_lots(&self) -> Vec<KnownLot> {
        let received = self.lots.iter().map(|(id, lot)| KnownLot {
            product: Some(id.product.clone()),
            lot: lot.printed.clone(),
            expiry: Some(lot.expiry),
            isolated: self.isolated(id).is_some(),
        });
        let known = |product: Option<&str>, number: &LotKey| {
            self.lots.keys().any(|id| id.number == *number && product.is_none_or(|product| id.product == product))
        };
        let apart = self.isolations.iter().flat_map(|(number, said)| {
            let all = said.all.iter().map(|apart| (None, apart));
            let named = said.products.iter().filter_map(|(product, apart)| Some((Some(product), apart.as_ref()?)));
            all.chain(named).map(move |(product, apart)| (number, product, apart))
        });
        let unknown = apart.filter(|(number, product, _)| !known(product.map(String::as_str), number));
        let unknown = unknown.map(|(_, product, apart)| KnownLot {
            product: product.cloned(),
            lot: apart.printed.clone(),
            expiry: None,
            isolated: true,
        });
        received.chain(unknown).collect()
    }

    /// Returns the names and versions of directives that this version of the program cannot read.
    pub fn unreadable_directives(&self) -> impl Iterator<Item = &(String, String)> {
        self.publications.iter().filter(|(_, publication)| !publication.readable).map(|(name, _)| name)
    }

    /// Returns how a version of a directive was published.
    #[must_use]
    pub fn publication(&self, id: &str, version: &str) -> Option<&Publication> {
        self.publications.get(&(id.to_owned(), version.to_owned()))
    }

    /// Returns the directives that the rules may go by: every one, but for those that wait for a physician's confirmation
    /// or for the head of the relay.
    pub fn counting(&self) -> impl Iterator<Item = &Directive> {
        self.directives.iter().filter(|one| self.publication(&one.id, &one.version).is_none_or(Publication::counts))
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
                // What ships is published by the hub itself, in nobody's name.
                let ships = published.adopted.is_none() && effective.fact.author == AccountNo::default();
                let adopted_before = |((id, _), known): (&(String, String), &Publication)| {
                    *id == published.id && known.adopted.is_some() && !known.replaced
                };
                let waits_for_head = ships && self.publications.iter().any(adopted_before);
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
                        adopted: published.adopted.clone(),
                        waits_for_head,
                        accepted: None,
                        replaced: false,
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
            Body::ShippedAccepted(accepted) => {
                let key = (accepted.id.clone(), accepted.version.clone());
                if let Some(publication) = self.publications.get_mut(&key).filter(|known| known.is_held()) {
                    publication.accepted = Some((accepted.head, accepted.at));
                    let same = self.publications.iter_mut().filter(|((id, _), _)| *id == accepted.id);
                    same.filter(|(_, known)| known.adopted.is_some()).for_each(|(_, known)| known.replaced = true);
                }
            }
            Body::LotReceived(received) => {
                let lot = self.lots.entry(LotId::new(&received.product, &received.lot)).or_insert_with(|| Lot {
                    printed: received.lot.trim().to_owned(),
                    expiry: received.expiry,
                    received: 0,
                });
                lot.received = lot.received.saturating_add(received.doses);
                lot.expiry = lot.expiry.min(received.expiry);
            }
            Body::LotIsolated(isolated) => {
                let (printed, reason) = (isolated.lot.trim().to_owned(), isolated.reason.clone());
                let apart = SetApart { printed, reason, since: effective.fact.wall };
                let said = self.isolations.entry(LotKey::of(&isolated.lot)).or_default();
                said.set(isolated.product.as_deref(), Some(apart));
            }
            Body::LotReleased(released) => {
                let said = self.isolations.entry(LotKey::of(&released.lot)).or_default();
                said.set(released.product.as_deref(), None);
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
