//! Addresses of the API about tablets: enrolled, withdrawn, and what they sent that was set aside.

use crate::desk::mount::{Addresses, Answer, Caller};
use crate::errors::ApiError;
use perron_desk_api::{Because, Code, CodeLine, DecideQuarantine, NewTablet, TabletLine, TabletsView, routes};
use perron_domain::fact::DeviceRetired;
use perron_domain::name::{DeviceId, Scope};
use perron_domain::refusal::Field;
use perron_domain::time::Wall;
use perron_domain::{CommonCommand, Refusal};

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new()
        .at(routes::TABLETS, tablets)
        .at(routes::NEW_TABLET, new_tablet)
        .at(routes::RETIRE_TABLET, retire_tablet)
        .at(routes::DECIDE_QUARANTINE, decide_quarantine)
}

async fn tablets(Caller { hub, .. }: Caller, (): (), (): ()) -> Answer<TabletsView> {
    let now = crate::clock::now();
    let codes = hub.codes().await?;
    let rounds = hub.look(|relay| relay.common.rounds.values().cloned().collect::<Vec<_>>());
    let tablets = hub.tablets().await?.into_iter().map(|tablet| {
        let device = DeviceId(tablet.device);
        let held = rounds.iter().filter(|round| round.devices.contains(&device));
        TabletLine {
            device,
            label: tablet.label,
            enrolled_at: tablet.enrolled_ms.map(Wall),
            seen_at: tablet.seen_ms.map(Wall),
            clock_ahead_ms: tablet.clock_ahead_ms,
            retired: tablet.retired,
            rounds: held.map(|round| round.label.clone()).collect(),
        }
    });
    let waits = |code: &crate::hub::EnrolmentCode| code.used_by.is_none() && code.expires_ms > now.0;
    Ok(TabletsView {
        tablets: tablets.collect(),
        codes: codes
            .into_iter()
            .filter(waits)
            .map(|code| CodeLine { code: code.code, label: code.label, expires_at: Wall(code.expires_ms) })
            .collect(),
    })
}

async fn new_tablet(Caller { hub, author }: Caller, (): (), new: NewTablet) -> Answer<CodeLine> {
    let code = hub.new_code(&new.label, author).await?;
    Ok(CodeLine { code: code.code, label: code.label, expires_at: Wall(code.expires_ms) })
}

async fn retire_tablet(Caller { hub, author }: Caller, (device,): (u32,), because: Because) -> Answer<()> {
    if DeviceId(device).is_hub() {
        return Err(ApiError::bad_request(Code::OwnNumber, "Le serveur du relais n’est pas une tablette."));
    }
    let retired = DeviceRetired { device: DeviceId(device), reason: because.reason };
    hub.common_command(author, CommonCommand::RetireDevice(retired)).await?;
    Ok(())
}

async fn decide_quarantine(Caller { hub, author }: Caller, (): (), decided: DecideQuarantine) -> Answer<()> {
    let reason = decided.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Refusal::Empty { field: Field::Reason }.into());
    }
    hub.decide_quarantine(Scope(decided.scope), author, decided.fact, decided.accept, Some(reason)).await?;
    Ok(())
}
