//! Decisions in the relay's common scope; only the hub writes there.

use super::directive::{self, NewDirective};
use super::{Context, filled, has_letters, lot, today};
use crate::fact::{
    AccountAdded, Body, DeviceEnrolled, DeviceRetired, LotIsolated, LotReceived, LotReleased, NoticePublished,
    OnCallNamed, ProtocolSigned, RelayCreated, Role, RoundAssigned,
};
use crate::name::FactName;
use crate::phone;
use crate::refusal::{Field, Refusal};
use crate::state::CommonState;

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

/// Refuses a number that nobody can dial; those of services are short.
fn can_be_dialled(typed: &str) -> Result<(), Refusal> {
    if phone::dialled(typed).is_none() && !phone::is_short(typed) { Err(Refusal::NotAPhone) } else { Ok(()) }
}

/// Refuses to take the desk from the last who has it: nobody could give it back.
fn somebody_coordinates(common: &CommonState, account: &AccountAdded) -> Result<(), Refusal> {
    let coordinates = |one: &AccountAdded| one.roles.iter().any(|role| matches!(role, Role::Coordinator | Role::Head));
    let mut others = common.accounts.values().filter(|one| one.account != account.account);
    let had = common.accounts.get(&account.account).is_some_and(coordinates);
    let nobody = had && !coordinates(account) && !others.any(coordinates);
    if nobody { Err(Refusal::LastCoordinator) } else { Ok(()) }
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
            filled(&relay.name, Field::Name)?;
            has_letters(&relay.name, Field::Name)?;
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
            filled(&account.name, Field::Name)?;
            has_letters(&account.name, Field::Name)?;
            if let Some(rpps) = &account.rpps {
                super::rpps(rpps)?;
            }
            if let Some(typed) = account.phone.as_deref().filter(|typed| !typed.trim().is_empty()) {
                can_be_dialled(typed)?;
            }
            somebody_coordinates(common, &account)?;
            account.into()
        }
        CommonCommand::PublishDirective(new) => directive::publish(common, *new, context)?,
        CommonCommand::ConfirmDirective { id, version } => directive::confirm(common, id, version, context)?,
        CommonCommand::AcceptShipped { id, version } => directive::accept_shipped(common, id, version, context)?,
        CommonCommand::ReceiveLot(received) => lot::receive(common, received, context, again)?,
        CommonCommand::IsolateLot(isolated) => lot::isolate(common, isolated, context)?,
        CommonCommand::ReleaseLot(released) => {
            filled(&released.reason, Field::Reason)?;
            if !lot::is_isolated(common, &released) {
                return Err(Refusal::CannotCorrect);
            }
            released.into()
        }
        CommonCommand::SignProtocol(protocol) => {
            filled(&protocol.text, Field::Text)?;
            filled(&protocol.signed_by, Field::SignedBy)?;
            has_letters(&protocol.signed_by, Field::SignedBy)?;
            if protocol.on > today(common, context) {
                return Err(Refusal::InTheFuture);
            }
            protocol.into()
        }
        CommonCommand::NameOnCall(on_call) => {
            has_letters(&on_call.name, Field::Name)?;
            can_be_dialled(&filled(&on_call.phone, Field::Phone)?)?;
            on_call.into()
        }
        CommonCommand::AssignRound(assigned) => assigned.into(),
        CommonCommand::PublishNotice(notice) => {
            filled(&notice.title, Field::Title)?;
            notice.into()
        }
        // A correction is not corrected: what it named is.
        CommonCommand::Correct { .. } => return Err(Refusal::CannotCorrect),
    })
}
