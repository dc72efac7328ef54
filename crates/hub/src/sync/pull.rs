//! `POST /sync/pull`: what a tablet does not have yet of the scopes that it may hold.

use super::request::check;
use super::wire::{Answer, Message, Refused};
use crate::hub::{AppState, Hub, unavailable};
use axum::extract::State;
use perron_domain::name::Scope;
use perron_ledger::StoreError;
use perron_ledger::sync::page::{self, Page};
use perron_ledger::sync::{
    Batch, Code, Failure, Item, MAX_BATCH_FACTS, MAX_BODY_BYTES, Pull, PullAnswer, Purpose, Reached, Versions,
    from_bytes,
};

/// The most scopes, and the most gaps, that one pull may name.
const MAX_ASKED: usize = 64;

/// How many bytes of facts go into one answer; the rest of the body's limit is for leaves, heads and the frame.
const ANSWER_BYTES: usize = MAX_BODY_BYTES / 2;

/// Gives a tablet what it lacks: first the gaps it names, then what arrived after its cursors.
#[utoipa::path(post, path = "/sync/pull", tag = "sync",
    request_body(content_type = "application/cbor", description = "Request around a Pull"),
    responses((status = 200, description = "PullAnswer", content_type = "application/cbor"),
              (status = "4XX", description = "Failure", content_type = "application/cbor")))]
pub(super) async fn pull(State(hub): State<AppState>, Message(bytes): Message) -> Result<Answer<PullAnswer>, Refused> {
    let asked = check(&hub, &bytes, Purpose::Pull)?;
    let mut pull: Pull = from_bytes(&asked.body)?;
    if Versions::HERE.too_old(pull.client.protocol) {
        return Err(Failure { versions: Some(Versions::HERE), ..Code::TooOld.into() }.into());
    }
    if pull.scopes.len() > MAX_ASKED || pull.gaps.as_ref().is_some_and(|gaps| gaps.len() > MAX_ASKED) {
        return Err(Code::TooLarge.into());
    }
    let may_hold = |scope: Scope| asked.rights.may_hold(asked.device, scope);
    let closed: Vec<Scope> =
        pull.scopes.iter().map(|reached| reached.scope).filter(|scope| !may_hold(*scope)).collect();
    pull.scopes.retain(|reached| may_hold(reached.scope));
    if let Some(gaps) = &mut pull.gaps {
        gaps.retain(|gap| may_hold(gap.chain.scope));
    }
    let mut answer = gather(&hub, &pull).await.map_err(unavailable)?;
    answer.closed = (!closed.is_empty()).then_some(closed);
    Ok(Answer(answer))
}

async fn gather(hub: &Hub, pull: &Pull) -> Result<PullAnswer, StoreError> {
    let mut answer = PullAnswer {
        epoch: hub.epoch,
        batches: Vec::new(),
        reached: Vec::new(),
        more: false,
        heads: None,
        closed: None,
    };
    if pull.epoch == hub.epoch {
        let limit = usize::try_from(pull.limit).unwrap_or(usize::MAX).clamp(1, MAX_BATCH_FACTS);
        let mut room = Room { facts: limit, bytes: ANSWER_BYTES };
        for gap in pull.gaps.iter().flatten() {
            match page::stretch(&hub.store, *gap).await? {
                Some(batch) if room.takes(std::slice::from_ref(&batch)) => answer.batches.push(batch),
                Some(_) => answer.more = true,
                None => {}
            }
        }
        for reached in &pull.scopes {
            let page = fitting(hub, *reached, &mut room).await?;
            answer.more |= page.more;
            answer.reached.push(page.reached);
            answer.batches.extend(page.batches);
        }
    }
    if !answer.more {
        let mut heads = Vec::new();
        for reached in &pull.scopes {
            heads.extend(page::heads(&hub.store, reached.scope).await?);
        }
        answer.heads = Some(heads);
    }
    Ok(answer)
}

/// What still fits into an answer.
struct Room {
    facts: usize,
    bytes: usize,
}

impl Room {
    /// Takes the batches' room, unless there is too little left.
    fn takes(&mut self, batches: &[Batch]) -> bool {
        let facts: usize = batches.iter().map(|batch| batch.facts.len()).sum();
        let bytes: usize = batches.iter().flat_map(|batch| &batch.facts).map(size).sum();
        if facts > self.facts || bytes > self.bytes {
            return false;
        }
        self.facts -= facts;
        self.bytes -= bytes;
        true
    }
}

fn size(item: &Item) -> usize {
    match item {
        Item::Bytes(bytes) => bytes.len(),
        Item::Leaf(_) => 32,
    }
}

/// Returns the page of a scope that fits into `room`, which may be an empty one that says there is more.
async fn fitting(hub: &Hub, reached: Reached, room: &mut Room) -> Result<Page, StoreError> {
    let mut limit = room.facts;
    while limit > 0 {
        let page = page::page(&hub.store, reached, limit).await?;
        if room.takes(&page.batches) {
            return Ok(page);
        }
        limit /= 2;
    }
    Ok(Page { batches: Vec::new(), reached, facts: 0, more: true })
}
