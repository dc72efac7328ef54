//! Decisions in the relay's common scope; only the hub writes there.

use super::{Context, filled, within};
use crate::fact::{
    AccountAdded, Body, DeviceEnrolled, DeviceRetired, DirectivePublished, LotIsolated, LotReceived, LotReleased,
    NoticePublished, OnCallNamed, ProtocolSigned, RelayCreated, RoundAssigned,
};
use crate::refusal::Refusal;
use crate::rules::Directive;
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
    /// Publishes a directive.
    PublishDirective(Box<Directive>),
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
}

/// Turns a command into the facts to append to the common scope.
///
/// # Errors
/// A [`Refusal`]; then nothing is to be written.
pub fn decide_common(common: &CommonState, command: CommonCommand, _: &Context) -> Result<Vec<Body>, Refusal> {
    let fact: Body = match command {
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
        CommonCommand::PublishDirective(directive) => DirectivePublished {
            id: directive.id.clone(),
            version: directive.version.clone(),
            content: minicbor::to_vec(&*directive).unwrap_or_default().into(),
        }
        .into(),
        CommonCommand::ReceiveLot(received) => {
            filled(&received.lot, "lot")?;
            within("doses", i64::from(received.doses), 1, 1_000_000)?;
            if let Some(known) = common.lots.get(&received.lot)
                && (known.product != received.product || known.expiry != received.expiry)
            {
                return Err(Refusal::OtherProduct);
            }
            received.into()
        }
        CommonCommand::IsolateLot(isolated) => {
            filled(&isolated.lot, "lot")?;
            filled(&isolated.reason, "reason")?;
            isolated.into()
        }
        CommonCommand::ReleaseLot(released) => {
            filled(&released.reason, "reason")?;
            if common.isolation(&released.lot).is_none() {
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
    };
    Ok(vec![fact])
}
