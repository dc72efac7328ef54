//! A second copy that may not be there now.

use perron_ledger::operated::{Copied, Operated};
use perron_ledger::operation::{Answer, Operation};
use perron_ledger::{Store, StoreError};

/// A store, or nothing: a browser's database does not always open. Nothing answers [`StoreError::Blocked`].
#[derive(Debug)]
pub struct Perhaps<B>(pub Option<B>);

impl<B> Perhaps<B> {
    fn there(&self) -> Result<&B, StoreError> {
        self.0.as_ref().ok_or(StoreError::Blocked)
    }
}

impl<B: Store> Operated for Perhaps<B> {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        operation.carry_out(self.there()?).await
    }
}

impl<B: Store> Store for Perhaps<B> {
    perron_ledger::writes_by_operations!();
    perron_ledger::reads_from!(self => self.there()?);
}

impl<B: Copied> Copied for Perhaps<B> {
    async fn export(&self) -> Result<Vec<Operation>, StoreError> {
        self.there()?.export().await
    }

    async fn replace(&self, parts: Vec<Operation>) -> Result<(), StoreError> {
        self.there()?.replace(parts).await
    }

    async fn follow(&self, changes: Vec<Operation>) -> Result<bool, StoreError> {
        self.there()?.follow(changes).await
    }
}
