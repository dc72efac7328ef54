//! Opening the database: making it, migrating it, and stepping aside for another tab.

use crate::error::from_open;
use crate::layout::{VERSION, steps};
use indexed_db_futures::database::{Database, VersionChangeEvent};
use indexed_db_futures::error::OpenDbError;
use indexed_db_futures::prelude::*;
use perron_ledger::StoreError;
use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen_futures::spawn_local;

/// Set by the browser when another tab stands in the way of a migration.
#[derive(Default)]
struct InTheWay {
    yes: bool,
    waker: Option<Waker>,
}

/// Opens database `name`, making or migrating it. Answers [`StoreError::Blocked`] when another tab holds an older version
/// and does not let go.
pub async fn open(name: &str) -> Result<Database, StoreError> {
    let in_the_way = Rc::new(RefCell::new(InTheWay::default()));
    let told = Rc::clone(&in_the_way);
    let request = Database::open(name)
        .with_version(VERSION)
        .with_on_blocked(move |_| {
            let mut told = told.borrow_mut();
            told.yes = true;
            if let Some(waker) = told.waker.take() {
                waker.wake();
            }
            Ok(())
        })
        .with_on_upgrade_needed(|event, db| migrate(&event, &db))
        .build()
        .map_err(|error| from_open(&error))?;
    let db = first_of(request, &in_the_way).await?;
    step_aside(&db)?;
    Ok(db)
}

fn migrate(event: &VersionChangeEvent, db: &Database) -> indexed_db_futures::Result<()> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "versions are small whole numbers")]
    let from = event.old_version() as u32;
    for step in steps(from) {
        for name in step.adds {
            db.create_object_store(*name).build()?;
        }
        for name in step.drops {
            db.delete_object_store(name)?;
        }
    }
    Ok(())
}

async fn first_of(
    request: impl Future<Output = Result<Database, OpenDbError>>,
    in_the_way: &RefCell<InTheWay>,
) -> Result<Database, StoreError> {
    let mut request = pin!(request);
    poll_fn(|context| {
        if let Poll::Ready(answer) = request.as_mut().poll(context) {
            return Poll::Ready(answer.map_err(|error| from_open(&error)));
        }
        let mut told = in_the_way.borrow_mut();
        if told.yes {
            return Poll::Ready(Err(StoreError::Blocked));
        }
        told.waker = Some(context.waker().clone());
        Poll::Pending
    })
    .await
}

/// Closes our connection when another tab wants to migrate: it would wait for ever otherwise. What we ask of the
/// database from then on answers [`StoreError::Closed`].
fn step_aside(db: &Database) -> Result<(), StoreError> {
    let mut asked = db.version_changes().map_err(|error| crate::error::from_idb(&error))?;
    let db = db.clone();
    spawn_local(async move {
        if asked.recv().await.is_some() {
            db.close();
        }
    });
    Ok(())
}
