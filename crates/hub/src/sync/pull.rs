//! `POST /sync/pull`: what a tablet does not have yet of the scopes that it may hold.

use super::request::check;
use super::wire::{Answer, Message, Refused};
use crate::clock;
use crate::hub::{AppState, Hub, unavailable};
use axum::extract::State;
use perron_domain::name::Scope;
use perron_ledger::StoreError;
use perron_ledger::sync::page::{self, Page};
use perron_ledger::sync::{
    Batch, Code, Failure, Gap, Item, MAX_BATCH_FACTS, MAX_BODY_BYTES, Pull, PullAnswer, Purpose, Reached, Versions,
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
    if pull.epoch == hub.epoch {
        for reached in &pull.scopes {
            hub.hears(asked.device, reached.scope, reached.arrival).await;
        }
    }
    let mut answer = gather(&hub, &pull).await.map_err(unavailable)?;
    answer.closed = (!closed.is_empty()).then_some(closed);
    // Read last: what gathering took is no part of the way back.
    answer.wall = Some(clock::now());
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
        wall: None,
    };
    if pull.epoch == hub.epoch {
        let limit = usize::try_from(pull.limit).unwrap_or(usize::MAX).clamp(1, MAX_BATCH_FACTS);
        let mut room = Room { facts: limit, bytes: ANSWER_BYTES };
        for gap in pull.gaps.iter().flatten() {
            // What of a gap does not fit is asked for again: the heads show that it is still there.
            match part(hub, *gap, &mut room).await? {
                Part::Of(batch) => answer.batches.push(batch),
                Part::NoRoom => answer.more = true,
                Part::Nothing => {}
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
        let leaves: usize = batches.iter().filter_map(|batch| batch.ahead.as_ref()).map(Vec::len).sum();
        let bytes: usize = batches.iter().flat_map(|batch| &batch.facts).map(size).sum::<usize>() + leaves * LEAF_BYTES;
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
        Item::Leaf(_) => LEAF_BYTES,
    }
}

/// How many bytes a leaf takes in an answer.
const LEAF_BYTES: usize = 35;

/// What an answer has for a gap.
enum Part {
    /// Its beginning, as far as it fits.
    Of(Batch),
    /// Nothing of it fits into this answer any more.
    NoRoom,
    /// Nothing of it is here under a signature.
    Nothing,
}

async fn part(hub: &Hub, gap: Gap, room: &mut Room) -> Result<Part, StoreError> {
    let mut limit = u32::try_from(room.facts).unwrap_or(u32::MAX);
    while limit > 0 {
        let to = gap.to.min(gap.from.saturating_add(limit - 1));
        let Some(batch) = page::stretch(&hub.store, Gap { to, ..gap }).await? else { return Ok(Part::Nothing) };
        if room.takes(std::slice::from_ref(&batch)) {
            return Ok(Part::Of(batch));
        }
        limit /= 2;
    }
    Ok(Part::NoRoom)
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
