//! Addresses of the API about what is typed in forms and not saved yet: kept as it is typed, by the account that types it.

use crate::clock;
use crate::desk::mount::{Addresses, Answer, Caller};
use crate::errors::ApiError;
use crate::hub::Hub;
use axum::http::StatusCode;
use perron_desk_api::{Code, LARGEST_TYPED, TypedForm, is_form, person_form, routes};
use perron_domain::fact::AccountNo;
use perron_domain::name::FactName;
use perron_domain::time::Wall;
use perron_ledger::Store;
use serde_json::Value;

/// What is typed is kept under this name, the account's number, the form's key, and the window's.
const TYPED: &str = "desk/typed/";
/// After so many days nobody comes back to it: what it says of people is not kept longer.
const KEPT_DAYS: i64 = 30;
/// So many drafts of one account are kept, of all forms and windows: more is no person at a desk. None of them makes room for
/// another by itself.
const MOST_DRAFTS: usize = 200;

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new().at(routes::TYPED, read).at(routes::KEEP_TYPED, keep).at(routes::DROP_TYPED, drop_it)
}

/// Returns what stands before the window's key in the names of an account's drafts of a form.
fn all(author: AccountNo, form: &str) -> Answer<String> {
    let unknown = || ApiError::not_found("Le relais ne connaît pas ce formulaire.");
    is_form(form).then(|| format!("{TYPED}{}/{form}/", author.0)).ok_or_else(unknown)
}

fn name(author: AccountNo, form: &str, window: &str) -> Answer<String> {
    let unknown = || ApiError::not_found("Le relais ne connaît pas cette fenêtre.");
    let all = all(author, form)?;
    is_form(window).then(|| format!("{all}{window}")).ok_or_else(unknown)
}

/// Returns an account's drafts of a form, the newest first.
async fn drafts(hub: &Hub, author: AccountNo, form: &str) -> Answer<Vec<TypedForm>> {
    let mut drafts = Vec::new();
    for name in hub.store.names(&all(author, form)?).await? {
        drafts.extend(kept(hub, &name).await?);
    }
    drafts.sort_by(|one, other| (other.at, &other.window).cmp(&(one.at, &one.window)));
    Ok(drafts)
}

async fn read(Caller { hub, author }: Caller, (form,): (String,), (): ()) -> Answer<Vec<TypedForm>> {
    let (drafts, now) = (drafts(&hub, author, &form).await?, clock::now());
    Ok(drafts.into_iter().filter(|kept| !is_old(kept, now)).collect())
}

async fn keep(Caller { hub, author }: Caller, (form, window): (String, String), typed: TypedForm) -> Answer<TypedForm> {
    let name = name(author, &form, &window)?;
    let now = clock::now();
    let kept = TypedForm { at: Some(now), window, ..typed };
    let bytes = serde_json::to_vec(&kept).map_err(ApiError::internal)?;
    if bytes.len() > LARGEST_TYPED {
        let message = "Ce brouillon est trop long pour être gardé.";
        return Err(ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge, message));
    }
    if hub.store.named(&name).await?.is_none() {
        forget_old(&hub, now).await?;
        if hub.store.names(&format!("{TYPED}{}/", author.0)).await?.len() >= MOST_DRAFTS {
            let message = "Trop de brouillons attendent : terminez-en ou effacez-en.";
            return Err(ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge, message));
        }
    }
    hub.store.set_named(&name, &bytes).await?;
    // The page has the fields already.
    Ok(TypedForm { fields: Value::Null, ..kept })
}

async fn drop_it(Caller { hub, author }: Caller, (form, window): (String, String), (): ()) -> Answer<()> {
    hub.store.delete_named(&name(author, &form, &window)?).await?;
    Ok(())
}

async fn kept(hub: &Hub, name: &str) -> Answer<Option<TypedForm>> {
    let bytes = hub.store.named(name).await?;
    // What a later version wrote otherwise is nobody's loss but of one form.
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

fn is_old(kept: &TypedForm, now: Wall) -> bool {
    kept.at.is_none_or(|at| now.since(at) > KEPT_DAYS * 24 * 3_600_000)
}

async fn forget_old(hub: &Hub, now: Wall) -> Answer<()> {
    for name in hub.store.names(TYPED).await? {
        if kept(hub, &name).await?.is_none_or(|kept| is_old(&kept, now)) {
            hub.store.delete_named(&name).await?;
        }
    }
    Ok(())
}

/// Forgets what anybody typed in the form of a person and did not save: she asked to be erased.
pub(super) async fn forget_person(hub: &Hub, person: FactName) -> Answer<()> {
    let form = format!("/{}/", person_form(person));
    for name in hub.store.names(TYPED).await?.into_iter().filter(|name| name.contains(&form)) {
        hub.store.delete_named(&name).await?;
    }
    Ok(())
}
