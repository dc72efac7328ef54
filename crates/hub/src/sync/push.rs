//! `POST /sync/push`: facts of a tablet, answered batch by batch and fact by fact.

use super::request::check;
use super::too_early::too_early;
use super::wire::{Answer, Message, Refused};
use crate::clock;
use crate::hub::{AppState, Hub, Rights, unavailable};
use axum::extract::State;
use ed25519_dalek::VerifyingKey;
use perron_domain::name::DeviceId;
use perron_domain::time::Hlc;
use perron_ledger::StoreError;
use perron_ledger::fork::{self, Branch};
use perron_ledger::receive::{Received, receive};
use perron_ledger::sync::{Batch, BatchAnswer, Code, Purpose, Push, PushAnswer, Versions, from_bytes};
use perron_ledger::trust::Trust;
use std::collections::BTreeSet;

/// The most batches of one push.
const MAX_BATCHES: usize = 64;

/// The most branches that one push may open: each costs a device number and holds up every other writer meanwhile. What
/// is left is taken at the tablet's next try.
const MAX_NEW_BRANCHES: usize = 4;

/// The most device numbers that branches of one key may have. A tablet that is put back from copies more often than this
/// is ill, and a person looks at it.
pub(crate) const MAX_COPIES: usize = 32;

/// Takes facts of a tablet. A tablet of any version may push; one that is too old is told to update.
#[utoipa::path(post, path = "/sync/push", tag = "sync",
    request_body(content_type = "application/cbor", description = "Request around a Push"),
    responses((status = 200, description = "PushAnswer", content_type = "application/cbor"),
              (status = "4XX", description = "Failure", content_type = "application/cbor"),
              (status = 503, description = "Failure: nothing was kept, try again", content_type = "application/cbor")))]
pub(super) async fn push(State(hub): State<AppState>, Message(bytes): Message) -> Result<Answer<PushAnswer>, Refused> {
    let asked = check(&hub, &bytes, Purpose::Push)?;
    let push: Push = from_bytes(&asked.body)?;
    if push.batches.len() > MAX_BATCHES {
        return Err(Code::TooLarge.into());
    }
    hub.settle_code(asked.device).await?;
    let update = Versions::HERE.too_old(push.client.protocol).then_some(Versions::HERE);
    // What was begun is finished even when the tablet goes away: half of its batches kept is no harm, but no gain.
    let batches = tokio::spawn(take(hub.clone(), asked.device, asked.rights, push.batches));
    let batches = batches.await.map_err(unavailable)?;
    Ok(Answer(PushAnswer { epoch: hub.epoch, batches, update, wall: Some(clock::now()) }))
}

/// Receives the batches one after another; a batch that could not be stored does not stop the others.
async fn take(hub: AppState, sender: DeviceId, mut rights: Rights, batches: Vec<Batch>) -> Vec<BatchAnswer> {
    let _writing = hub.writing().await;
    let mut scopes = BTreeSet::new();
    let mut answers = Vec::with_capacity(batches.len());
    let mut opened = 0;
    for batch in batches {
        let (chain, count) = (batch.chain(), batch.facts.len());
        match too_early(&hub, &batch).await {
            Ok(None) => {}
            Ok(Some(why)) => {
                tracing::warn!(device = sender.0, scope = chain.scope.0, why, "a batch came too early");
                answers.push(BatchAnswer::refused(chain, count, Code::Unavailable));
                continue;
            }
            Err(error) => {
                tracing::error!(%error, device = sender.0, "a batch could not be looked at");
                answers.push(BatchAnswer::refused(chain, count, Code::Unavailable));
                continue;
            }
        }
        scopes.insert(chain.scope);
        let answer = match receive(&hub.store, &rights, batch, clock::now()).await {
            Ok(Received::Answered(answer)) => Ok(answer),
            Ok(Received::Forked(branch)) if chain.device.is_hub() => Ok(own_fork(&branch)),
            Ok(Received::Forked(_)) if opened == MAX_NEW_BRANCHES => {
                Ok(BatchAnswer::refused(chain, count, Code::Unavailable))
            }
            Ok(Received::Forked(branch)) if branch.half_open.is_none() && rights.copies(chain.device) > MAX_COPIES => {
                tracing::error!(device = chain.device.0, scope = chain.scope.0, "this tablet parted too often");
                Ok(BatchAnswer::refused(chain, count, Code::Forked))
            }
            Ok(Received::Forked(branch)) => {
                opened += 1;
                keep_branch(&hub, sender, &mut rights, *branch).await
            }
            Err(error) => Err(error),
        };
        answers.push(answer.unwrap_or_else(|error| {
            tracing::error!(%error, device = sender.0, "a batch could not be stored");
            BatchAnswer::refused(chain, count, Code::Unavailable)
        }));
    }
    for scope in scopes {
        if let Err(error) = hub.changed(scope).await {
            tracing::error!(%error, "what was stored could not be folded yet");
        }
        hub.follow(scope).await;
    }
    answers
}

/// Refuses a branch of the hub's own: it was put back from a copy and has written since, without being told so.
fn own_fork(branch: &Branch) -> BatchAnswer {
    let chain = branch.batch.chain;
    tracing::error!(
        scope = chain.scope.0,
        at = branch.at,
        "a tablet has other facts of the hub than the hub: was the data folder put back from a copy? \
         Stop the hub and run `perron restored` after each restore"
    );
    BatchAnswer::refused(chain, branch.batch.facts.len(), Code::Forked)
}

/// Keeps a branch that was not known under a device number of its own, bound to the key that signed it.
async fn keep_branch(
    hub: &Hub,
    sender: DeviceId,
    rights: &mut Rights,
    branch: Branch,
) -> Result<BatchAnswer, StoreError> {
    let chain = branch.batch.chain;
    let refused = |code| Ok(BatchAnswer::refused(chain, branch.batch.facts.len(), code));
    let Ok(key) = rights.key(chain.device) else { return refused(Code::UnknownDevice) };
    tracing::warn!(device = chain.device.0, scope = chain.scope.0, at = branch.at, "a chain appeared twice");
    // A number that was drawn for this branch before an interruption is bound already.
    let kept_as = match branch.half_open {
        Some(number) => number,
        None => bind_copy(hub, chain.device, &key).await?,
    };
    *rights = hub.rights(sender);
    let now = clock::now();
    let hlc = hub.read(|cache| cache.clock()).max(Hlc::default()).tick(now);
    let first = fork::first_of(&hub.store, &branch, hlc, now).await?;
    fork::open(&hub.store, rights, branch, kept_as, &key, first, now).await
}

/// Draws a device number for a branch of `device` and binds it to the same key.
async fn bind_copy(hub: &Hub, device: DeviceId, key: &VerifyingKey) -> Result<DeviceId, StoreError> {
    let number = hub.store.new_device_number().await?;
    let label = hub.label(device);
    hub.bind_under_lock(number, key, format!("{label} (copie {})", number.0))
        .await
        .map_err(|error| StoreError::Failed(error.to_string()))?;
    Ok(number)
}
