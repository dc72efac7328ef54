//! Addresses of the API about what the desk said in the common part: reading every version, correcting.

pub mod versions;

use crate::desk::mount::{Addresses, Answer, Caller};
use crate::errors::ApiError;
use perron_desk_api::{Code, CorrectSaid, Said, Says, routes};
use perron_domain::CommonCommand;
use perron_domain::name::FactName;

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new().at(routes::SAID, list).at(routes::CORRECT_SAID, correct)
}

async fn list(Caller { hub, .. }: Caller, (): (), (): ()) -> Answer<Vec<Said>> {
    Ok(hub.look(|relay| versions::said(relay, |says| !says.about_a_lot())))
}

async fn correct(Caller { hub, author }: Caller, (fact,): (FactName,), correction: CorrectSaid) -> Answer<()> {
    if let Some(Says::NoticePublished(notice)) = &correction.says
        && notice.link.as_deref().is_some_and(|link| !link.starts_with("https://"))
    {
        return Err(ApiError::bad_request(Code::Link, "Le lien doit commencer par https://."));
    }
    let by = correction.says.map(|says| Box::new(command(says)));
    hub.common_command(author, CommonCommand::Correct { fact, by, reason: correction.reason }).await?;
    Ok(())
}

/// Returns the command that says it.
fn command(says: Says) -> CommonCommand {
    match says {
        Says::LotReceived(one) => CommonCommand::ReceiveLot(one),
        Says::LotIsolated(one) => CommonCommand::IsolateLot(one),
        Says::LotReleased(one) => CommonCommand::ReleaseLot(one),
        Says::ProtocolSigned(one) => CommonCommand::SignProtocol(one),
        Says::OnCallNamed(one) => CommonCommand::NameOnCall(one),
        Says::NoticePublished(one) => CommonCommand::PublishNotice(one),
        Says::AccountAdded(one) => CommonCommand::AddAccount(one),
        Says::DirectiveConfirmed(one) => CommonCommand::ConfirmDirective { id: one.id, version: one.version },
    }
}
