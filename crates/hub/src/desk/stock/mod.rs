//! Addresses of the API about the stock: lots received, isolated, released, and one of them with all that is known.

pub mod lots;

use crate::desk::mount::{Addresses, Answer, Caller};
use crate::desk::said::versions;
use crate::errors::ApiError;
use crate::hub::Hub;
use perron_desk_api::{ChangeLot, ConfirmLot, LotView, OfProduct, OnDay, ReceiveLot, StockView, routes};
use perron_domain::fact::{Confirmed, LotIsolated, LotReceived, LotReleased};
use perron_domain::{CommonCommand, Refusal};

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new()
        .at(routes::STOCK, read_stock)
        .at(routes::RECEIVE_LOT, receive_lot)
        .at(routes::ISOLATE_LOT, isolate_lot)
        .at(routes::RELEASE_LOT, release_lot)
        .at(routes::LOT, read_lot)
}

async fn read_stock(Caller { hub, .. }: Caller, (): (), query: OnDay) -> Answer<StockView> {
    let drafts = hub.drafts().await?;
    Ok(hub.look(|relay| lots::stock(relay, &drafts, query.on.unwrap_or_else(|| relay.today()))))
}

async fn receive_lot(Caller { hub, author }: Caller, (): (), lot: ReceiveLot) -> Answer<()> {
    known_product(&hub, Some(&lot.product))?;
    let received = LotReceived {
        product: lot.product,
        lot: lot.lot,
        expiry: lot.expiry,
        doses: lot.doses,
        confirmed: lot.confirmed.map(confirmed),
    };
    hub.common_command(author, CommonCommand::ReceiveLot(received)).await?;
    Ok(())
}

fn confirmed(sent: ConfirmLot) -> Confirmed {
    Confirmed { reason: sent.reason, doubts: sent.doubts }
}

/// Refuses a product that no directive names.
fn known_product(hub: &Hub, product: Option<&str>) -> Result<(), ApiError> {
    let known = product.is_none_or(|code| hub.look(|relay| relay.products().contains_key(code)));
    let unknown = || Refusal::UnknownProduct { product: product.unwrap_or_default().to_owned() };
    known.then_some(()).ok_or_else(|| unknown().into())
}

async fn isolate_lot(Caller { hub, author }: Caller, (lot,): (String,), change: ChangeLot) -> Answer<()> {
    known_product(&hub, change.product.as_deref())?;
    let confirmed = change.confirmed.map(confirmed);
    let isolated = LotIsolated { lot, reason: change.reason, product: change.product, confirmed };
    hub.common_command(author, CommonCommand::IsolateLot(isolated)).await?;
    Ok(())
}

async fn release_lot(Caller { hub, author }: Caller, (lot,): (String,), change: ChangeLot) -> Answer<()> {
    let released = LotReleased { lot, reason: change.reason, product: change.product };
    hub.common_command(author, CommonCommand::ReleaseLot(released)).await?;
    Ok(())
}

async fn read_lot(Caller { hub, .. }: Caller, (lot,): (String,), query: OfProduct) -> Answer<LotView> {
    let drafts = hub.drafts().await?;
    Ok(hub.look(|relay| versions::lot(relay, &drafts, query.product.as_deref(), &lot)))
}
