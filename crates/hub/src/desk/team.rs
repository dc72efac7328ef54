//! Addresses of the API about who the relay is: its name, its staff, the physician on call, the signed protocol.

use crate::desk::mount::{Addresses, Answer, Caller};
use crate::errors::ApiError;
use crate::hub::territory_offset;
use perron_desk_api::{AccountLine, Code, NameOnCall, NameRelay, ProtocolLine, RelayView, SaveAccount, routes};
use perron_domain::CommonCommand;
use perron_domain::fact::{AccountAdded, AccountNo, OnCallNamed, ProtocolSigned, RelayCreated};

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new()
        .at(routes::RELAY, relay)
        .at(routes::NAME_RELAY, name_relay)
        .at(routes::SIGN_PROTOCOL, sign_protocol)
        .at(routes::SAVE_ACCOUNT, save_account)
        .at(routes::NAME_ON_CALL, name_on_call)
}

async fn relay(Caller { hub, .. }: Caller, (): (), (): ()) -> Answer<RelayView> {
    Ok(hub.look(|relay| {
        let founded = relay.common.relay.as_ref();
        RelayView {
            name: founded.map(|one| one.name.clone()).unwrap_or_default(),
            territory: founded.map(|one| one.territory.clone()).unwrap_or_default(),
            utc_offset_minutes: relay.zone().offset_minutes,
            demo: founded.is_some_and(|one| one.demo),
            today: relay.today(),
            accounts: relay.common.accounts.values().map(account).collect(),
            on_call: relay.common.on_call.as_ref().map(|one| (one.name.clone(), one.phone.clone())),
            protocol: relay.common.protocol.as_ref().map(|one| ProtocolLine {
                title: one.title.clone(),
                text: one.text.clone(),
                signed_by: one.signed_by.clone(),
                on: one.on,
            }),
            products: relay.products().into_values().map(|one| (one.code.clone(), one.name_fr.clone())).collect(),
        }
    }))
}

fn account(one: &AccountAdded) -> AccountLine {
    AccountLine {
        account: one.account,
        name: one.name.clone(),
        roles: one.roles.clone(),
        rpps: one.rpps.clone(),
        prescriber_trained: one.prescriber_trained,
        phone: one.phone.clone(),
    }
}

async fn name_relay(Caller { hub, author }: Caller, (): (), named: NameRelay) -> Answer<()> {
    let Some(utc_offset_minutes) = territory_offset(&named.territory) else {
        return Err(ApiError::bad_request(
            Code::Territory,
            "Le territoire s’écrit « FR- » suivi du département : FR-93.",
        ));
    };
    let demo = hub.look(|relay| relay.common.relay.as_ref().is_some_and(|one| one.demo));
    let name = named.name.trim().to_owned();
    let relay = RelayCreated { name, territory: named.territory, utc_offset_minutes, demo };
    hub.common_command(author, CommonCommand::CreateRelay(relay)).await?;
    Ok(())
}

async fn sign_protocol(Caller { hub, author }: Caller, (): (), new: ProtocolLine) -> Answer<()> {
    let protocol = ProtocolSigned { title: new.title, text: new.text, signed_by: new.signed_by, on: new.on };
    hub.common_command(author, CommonCommand::SignProtocol(protocol)).await?;
    Ok(())
}

async fn save_account(Caller { hub, author }: Caller, (): (), save: SaveAccount) -> Answer<AccountNo> {
    let last = hub.look(|relay| relay.common.accounts.keys().next_back().map_or(0, |last| last.0));
    let account = match save.account {
        // Number 0 is nobody, and the next number is the relay's to give.
        Some(account) if !hub.look(|relay| relay.common.accounts.contains_key(&account)) => {
            return Err(ApiError::refused(Code::NoSuchAccount, "Ce compte n’existe pas au relais."));
        }
        Some(account) => account,
        None => AccountNo(hub.next_number(last).await?),
    };
    let added = AccountAdded {
        account,
        name: save.name,
        roles: save.roles,
        rpps: save.rpps.filter(|rpps| !rpps.is_empty()),
        prescriber_trained: save.prescriber_trained,
        phone: save.phone.filter(|phone| !phone.is_empty()),
    };
    hub.common_command(author, CommonCommand::AddAccount(added)).await?;
    Ok(account)
}

async fn name_on_call(Caller { hub, author }: Caller, (): (), named: NameOnCall) -> Answer<()> {
    let named = OnCallNamed { name: named.name, phone: named.phone };
    hub.common_command(author, CommonCommand::NameOnCall(named)).await?;
    Ok(())
}
