//! How the desk's handlers reach the relay: reading folds, naming who acts, keeping drafts.

use super::relay::Relay;
use crate::clock;
use crate::errors::ApiError;
use crate::hub::Hub;
use axum::http::HeaderMap;
use perron_desk_api::{Code, RoundDraft};
use perron_domain::Refusal;
use perron_domain::fact::{AccountNo, Role};
use perron_ledger::Store;

/// Drafts are kept under this name and the round's number.
const DRAFTS: &str = "desk/round/";
/// The header that says which account acts, until the hub knows who is there.
const ACCOUNT: &str = "x-perron-account";

/// One hub process per data folder (its lock says so): one lock is enough for its few drafts.
static DRAFTING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

impl Hub {
    /// Reads the relay as the desk sees it. `look` runs under the lock: it copies out what it needs.
    pub(super) fn look<R>(&self, look: impl FnOnce(&Relay<'_>) -> R) -> R {
        let now = clock::now();
        self.read(|cache| look(&Relay { common: &cache.common, people: &cache.people, rounds: &cache.rounds, now }))
    }

    /// Holds the one right to change drafts: reading, changing and keeping one is not a single step.
    pub(super) async fn drafting(&self) -> tokio::sync::MutexGuard<'static, ()> {
        DRAFTING.lock().await
    }

    /// Returns the drafts, by number.
    pub(super) async fn drafts(&self) -> Result<Vec<RoundDraft>, ApiError> {
        let mut drafts = Vec::new();
        for name in self.store.names(DRAFTS).await? {
            if let Some(bytes) = self.store.named(&name).await? {
                drafts.push(serde_json::from_slice(&bytes).map_err(ApiError::internal)?);
            }
        }
        drafts.sort_by_key(|draft: &RoundDraft| draft.number);
        Ok(drafts)
    }

    /// Returns one draft.
    pub(super) async fn draft(&self, number: u32) -> Result<RoundDraft, ApiError> {
        let bytes = self.store.named(&format!("{DRAFTS}{number}")).await?;
        let bytes = bytes.ok_or_else(|| ApiError::not_found("Cette tournée n’est pas en préparation."))?;
        serde_json::from_slice(&bytes).map_err(ApiError::internal)
    }

    /// Keeps a draft in place of its last version. The caller holds the right to write.
    pub(super) async fn keep_draft(&self, draft: &RoundDraft) -> Result<(), ApiError> {
        let bytes = serde_json::to_vec(draft).map_err(ApiError::internal)?;
        Ok(self.store.set_named(&format!("{DRAFTS}{}", draft.number), &bytes).await?)
    }

    /// Forgets a draft.
    pub(super) async fn drop_draft(&self, number: u32) -> Result<(), ApiError> {
        self.store.delete_named(&format!("{DRAFTS}{number}")).await?;
        Ok(())
    }
}

impl Hub {
    /// Returns the account in whose name something is asked: the one that the request names, which must have one of these roles,
    /// or the relay's first coordinator.
    ///
    /// Nobody proves who they are yet, which is why the hub listens on its own machine only.
    pub(super) fn caller(&self, headers: &HeaderMap, roles: &[Role]) -> Result<AccountNo, ApiError> {
        let unknown = || ApiError::bad_request(Code::NoSuchAccount, "Ce compte n’est pas connu du relais.");
        let named = match headers.get(ACCOUNT) {
            Some(value) => Some(value.to_str().ok().and_then(|text| text.parse().ok()).ok_or_else(unknown)?),
            None => None,
        };
        self.look(|relay| {
            let accounts = &relay.common.accounts;
            let Some(number) = named else {
                let with = |role| accounts.values().find(move |one| one.roles.contains(&role));
                let first = with(Role::Coordinator).or_else(|| with(Role::Head));
                return Ok(first.map_or(AccountNo(0), |one| one.account));
            };
            let account = accounts.get(&AccountNo(number)).ok_or_else(unknown)?;
            match roles {
                roles if roles.iter().any(|role| account.roles.contains(role)) => Ok(account.account),
                [role, ..] => Err(Refusal::RoleNeeded { role: *role }.into()),
                [] => Err(unknown()),
            }
        })
    }
}
