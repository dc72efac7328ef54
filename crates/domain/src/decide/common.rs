//! Decisions in the relay's common scope; only the hub writes there.

use super::{Context, common_correct, filled, number, settled, within};
use crate::date::Day;
use crate::fact::{
    AccountAdded, AccountNo, Adopted, Body, DeviceEnrolled, DeviceRetired, DirectiveConfirmed, DirectivePublished,
    LotIsolated, LotReceived, LotReleased, NoticePublished, OnCallNamed, Origin, ProtocolSigned, Reach, RelayCreated,
    Role, RoundAssigned, ShippedAccepted,
};
use crate::lot::{self, LotDoubt, LotKey};
use crate::name::FactName;
use crate::refusal::Refusal;
use crate::rules::{Directive, Layer, Least, version_order};
use crate::state::{CommonState, Publication};
use crate::zone::{PARIS, Zone};

/// What the desk, or the hub itself, wants to do in the common scope.
#[derive(Clone, PartialEq, Debug)]
pub enum CommonCommand {
    /// Founds the relay.
    CreateRelay(RelayCreated),
    /// Binds a device number to a key.
    EnrolDevice(DeviceEnrolled),
    /// Takes the pen from a device.
    RetireDevice(DeviceRetired),
    /// Adds or changes an account.
    AddAccount(AccountAdded),
    /// Publishes a version of a directive.
    PublishDirective(Box<NewDirective>),
    /// A physician of the relay confirms a version of a directive.
    ConfirmDirective {
        /// The directive.
        id: String,
        /// Its version.
        version: String,
    },
    /// The head of the relay accepts a version that ships in the place of adopted ones.
    AcceptShipped {
        /// The directive.
        id: String,
        /// The version that ships.
        version: String,
    },
    /// Receives doses.
    ReceiveLot(LotReceived),
    /// Sets a lot apart.
    IsolateLot(LotIsolated),
    /// Releases a lot.
    ReleaseLot(LotReleased),
    /// Signs the emergency protocol.
    SignProtocol(ProtocolSigned),
    /// Names the physician on call.
    NameOnCall(OnCallNamed),
    /// Assigns a round to devices.
    AssignRound(RoundAssigned),
    /// Publishes a message.
    PublishNotice(NoticePublished),
    /// Corrects what the desk said, or withdraws it.
    Correct {
        /// The fact that said it first.
        fact: FactName,
        /// What it is to say; none withdraws it.
        by: Option<Box<CommonCommand>>,
        /// Why.
        reason: String,
    },
}

/// A version of a directive to be published.
#[derive(Clone, PartialEq, Debug)]
pub struct NewDirective {
    /// What it says.
    pub directive: Directive,
    /// The text that it was read from; none for those that ship with the hub.
    pub text: Option<String>,
    /// It also counts for rounds that left with an earlier version.
    pub urgent: bool,
    /// For a national version that the relay adopts: what it was made from. None for one that ships, and for the relay's
    /// own layer.
    pub adopted: Option<Origin>,
}

/// Turns a command into the facts to append to the common scope.
///
/// # Errors
/// A [`Refusal`]; then nothing is to be written.
pub fn decide_common(common: &CommonState, command: CommonCommand, context: &Context) -> Result<Vec<Body>, Refusal> {
    if !context.device.is_hub() {
        return Err(Refusal::RelaysOwn);
    }
    decide_once(common, command, context, false).map(|fact| vec![fact])
}

/// Decides one command of the common scope. `again` when it says otherwise what was said before: then doses that are in
/// the relay's fridge already are not refused for what their lot turns out to be.
pub(super) fn decide_once(
    common: &CommonState,
    command: CommonCommand,
    context: &Context,
    again: bool,
) -> Result<Body, Refusal> {
    Ok(match command {
        CommonCommand::CreateRelay(relay) => {
            filled(&relay.name, "name")?;
            relay.into()
        }
        CommonCommand::EnrolDevice(enrolled) => {
            if common.devices.contains_key(&enrolled.device) || enrolled.public_key.len() != 32 {
                return Err(Refusal::CannotCorrect);
            }
            enrolled.into()
        }
        CommonCommand::RetireDevice(retired) => {
            if !common.devices.contains_key(&retired.device) {
                return Err(Refusal::UnknownAccount);
            }
            retired.into()
        }
        CommonCommand::AddAccount(account) => {
            filled(&account.name, "name")?;
            if let Some(rpps) = &account.rpps {
                super::rpps(rpps)?;
            }
            account.into()
        }
        CommonCommand::PublishDirective(new) => publish(common, *new, context)?,
        CommonCommand::ConfirmDirective { id, version } => {
            has_role(common, context, Role::Physician)?;
            if !common.publications.contains_key(&(id.clone(), version.clone())) {
                return Err(Refusal::UnknownDirective { id });
            }
            DirectiveConfirmed { id, version, physician: context.author, at: context.now }.into()
        }
        CommonCommand::AcceptShipped { id, version } => {
            has_role(common, context, Role::Head)?;
            if !common.publication(&id, &version).is_some_and(Publication::is_held) {
                return Err(Refusal::UnknownDirective { id });
            }
            ShippedAccepted { id, version, head: context.author, at: context.now }.into()
        }
        CommonCommand::ReceiveLot(received) => receive(common, received, context, again)?,
        CommonCommand::IsolateLot(isolated) => isolate(common, isolated, context)?,
        CommonCommand::ReleaseLot(released) => {
            filled(&released.reason, "reason")?;
            if !is_isolated(common, &released) {
                return Err(Refusal::CannotCorrect);
            }
            released.into()
        }
        CommonCommand::SignProtocol(protocol) => {
            filled(&protocol.text, "text")?;
            filled(&protocol.signed_by, "signed_by")?;
            protocol.into()
        }
        CommonCommand::NameOnCall(on_call) => {
            filled(&on_call.phone, "phone")?;
            on_call.into()
        }
        CommonCommand::AssignRound(assigned) => assigned.into(),
        CommonCommand::PublishNotice(notice) => {
            filled(&notice.title, "title")?;
            notice.into()
        }
        CommonCommand::Correct { fact, by, reason } => {
            common_correct::correct(common, fact, by.map(|command| *command), &reason, context)?
        }
    })
}

/// Receives doses. A lot that must not be used does not come in; what contradicts the relay's record, or looks like another
/// lot, is asked about.
fn receive(common: &CommonState, received: LotReceived, context: &Context, again: bool) -> Result<Body, Refusal> {
    let lot = number(&received.lot)?;
    within("doses", i64::from(received.doses), 1, 1_000_000)?;
    if let Some(reason) = common.isolation(&received.product, &lot).filter(|_| !again) {
        return Err(Refusal::LotIsolated { reason: reason.to_owned(), lot });
    }
    let known = common.known_lots();
    let mut doubts = lot::doubts(&known, &received.product, &lot, Some(received.expiry), today(common, context));
    // Another last day is what the correction is about.
    doubts.retain(|doubt| !again || !matches!(doubt, LotDoubt::OtherExpiry { .. }));
    settled(&lot, doubts, received.confirmed.as_ref())?;
    Ok(LotReceived { lot, ..received }.into())
}

/// Sets a lot apart. A number that only looks like a known one is asked about: the known one would stay in use.
fn isolate(common: &CommonState, isolated: LotIsolated, context: &Context) -> Result<Body, Refusal> {
    let lot = number(&isolated.lot)?;
    filled(&isolated.reason, "reason")?;
    let known = common.known_lots();
    let doubts = lot::isolation_doubts(&known, isolated.product.as_deref(), &lot, today(common, context));
    settled(&lot, doubts, isolated.confirmed.as_ref())?;
    Ok(LotIsolated { lot, ..isolated }.into())
}

fn is_isolated(common: &CommonState, released: &LotReleased) -> bool {
    match &released.product {
        Some(product) => common.isolation(product, &released.lot).is_some(),
        None => common
            .isolations
            .get(&LotKey::of(&released.lot))
            .is_some_and(|said| said.all.is_some() || said.products.values().any(Option::is_some)),
    }
}

/// Returns today at the relay.
fn today(common: &CommonState, context: &Context) -> Day {
    common.relay.as_ref().map_or(PARIS, Zone::of).day(context.now)
}

/// The evaluator from which on a program knows that an adopted version waits for a physician. To an earlier one it is
/// unreadable: it goes on with the version before.
const KNOWS_ADOPTED: Least = Least(2);

/// Publishes a version. The hub itself (account 0) publishes what ships with it; a person must be the head of the relay,
/// and changes the relay's own layer, or adopts a national version with its origin, from a day on that is not over.
fn publish(common: &CommonState, new: NewDirective, context: &Context) -> Result<Body, Refusal> {
    let NewDirective { mut directive, text, urgent, adopted } = new;
    if context.author != AccountNo(0) {
        has_role(common, context, Role::Head)?;
        let layer = if adopted.is_some() { Layer::National } else { Layer::Relay };
        if directive.layer != layer {
            return Err(Refusal::NotYourLayer);
        }
        let first = first_day_of_effect(common, context);
        if directive.from < first {
            return Err(Refusal::EffectInThePast { first });
        }
        let known = || common.directives.iter().filter(|known| known.id == directive.id);
        // What a physician or the head of the relay has not let in stands in nobody's way.
        let waits = |known: &Directive| {
            let publication = common.publication(&known.id, &known.version);
            publication.is_some_and(|one| one.is_held() || one.replaced)
        };
        let begins_later = known().filter(|known| known.from > directive.from && !waits(known));
        if let Some(later) = begins_later.max_by_key(|known| known.from) {
            return Err(Refusal::LaterVersion { version: later.version.clone(), from: later.from });
        }
        let last = known().map(|known| &known.version).max_by(|one, other| version_order(one, other));
        if let Some(last) = last.filter(|last| version_order(last, &directive.version).is_ge()) {
            return Err(Refusal::VersionOrder { last: last.clone() });
        }
    }
    let adopted = adopted.map(|origin| Adopted { origin, by: context.author, at: context.now });
    if adopted.is_some() {
        directive.evaluator = directive.evaluator.max(KNOWS_ADOPTED);
    }
    let families = directive.families.iter().map(|family| family.code().to_owned()).collect();
    Ok(DirectivePublished {
        id: directive.id.clone(),
        version: directive.version.clone(),
        content: directive.to_content().into(),
        reach: Reach { from: Some(directive.from), until: directive.until, families },
        urgent,
        text,
        adopted,
    }
    .into())
}

/// Returns the first day on which a directive may take effect: today at the relay; in a relay of demonstration, whose
/// rounds are tied to their days, the day of its earliest round.
#[must_use]
pub fn first_day_of_effect(common: &CommonState, context: &Context) -> Day {
    let relay = common.relay.as_ref();
    let today = relay.map_or(PARIS, Zone::of).day(context.now);
    let earliest = common.rounds.values().map(|round| round.on).min();
    match earliest.filter(|_| relay.is_some_and(|relay| relay.demo)) {
        Some(earliest) => earliest.min(today),
        None => today,
    }
}

pub(super) fn has_role(common: &CommonState, context: &Context, role: Role) -> Result<(), Refusal> {
    let roles = common.accounts.get(&context.author).map(|account| account.roles.as_slice()).unwrap_or_default();
    if roles.contains(&role) { Ok(()) } else { Err(Refusal::RoleNeeded { role }) }
}
