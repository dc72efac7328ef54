//! Stores that change by [`Operation`]s only, and what is written once for all of them.

use crate::operation::{Answer, Operation};
use crate::store::{Store, StoreError};

/// A store whose every change goes through one place.
#[allow(async_fn_in_trait, reason = "see Store")]
pub trait Operated {
    /// Does an operation, its bytes open; what it wrote is durable when it answers.
    ///
    /// # Errors
    /// [`StoreError`] when nothing was written.
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError>;
}

/// A store that can be copied into another, and take the place of another: what a second copy must be able to do.
#[allow(async_fn_in_trait, reason = "see Store")]
pub trait Copied: Store {
    /// Returns operations, their bytes open, that make an empty store the same as this one.
    ///
    /// # Errors
    /// [`StoreError`] when something cannot be read.
    async fn export(&self) -> Result<Vec<Operation>, StoreError>;

    /// Deletes everything and does these operations, their bytes open, which another store exported. Killed on the way, it
    /// may have left a part.
    ///
    /// # Errors
    /// [`StoreError`] when not everything was done.
    async fn replace(&self, parts: Vec<Operation>) -> Result<(), StoreError>;

    /// Does changes of another store, their bytes open, in their order. Returns whether all joined what is here; after one
    /// that did not, none follows. Killed on the way, it may have done a part: changes are the same when done again.
    ///
    /// # Errors
    /// [`StoreError`] when not everything was done.
    async fn follow(&self, changes: Vec<Operation>) -> Result<bool, StoreError>
    where
        Self: Sized,
    {
        for change in changes {
            if change.carry_out(self).await?.refuses() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl<T: Copied> Copied for std::rc::Rc<T> {
    async fn export(&self) -> Result<Vec<Operation>, StoreError> {
        (**self).export().await
    }

    async fn replace(&self, parts: Vec<Operation>) -> Result<(), StoreError> {
        (**self).replace(parts).await
    }

    async fn follow(&self, changes: Vec<Operation>) -> Result<bool, StoreError> {
        (**self).follow(changes).await
    }
}

/// Writes the methods of [`Store`] that change something, each as an [`Operation`] given to [`Operated::operate`].
#[macro_export]
macro_rules! writes_by_operations {
    () => {
        async fn append(&self, append: $crate::Append) -> Result<$crate::Appended, $crate::StoreError> {
            let operation = $crate::operation::Operation::Append { append, arrival: None };
            Ok($crate::operated::Operated::operate(self, operation).await?.appended())
        }

        async fn erase(&self, place: $crate::Place) -> Result<bool, $crate::StoreError> {
            let operation = $crate::operation::Operation::Erase(place);
            Ok($crate::operated::Operated::operate(self, operation).await?.changed())
        }

        async fn set_quarantine(
            &self,
            place: $crate::Place,
            quarantine: Option<$crate::Quarantine>,
        ) -> Result<bool, $crate::StoreError> {
            let operation = $crate::operation::Operation::SetQuarantine(place, quarantine);
            Ok($crate::operated::Operated::operate(self, operation).await?.changed())
        }

        async fn forget(&self, scope: $crate::store::Scope) -> Result<(), $crate::StoreError> {
            let operation = $crate::operation::Operation::Forget(scope);
            $crate::operated::Operated::operate(self, operation).await.map(drop)
        }

        async fn keep_signed(&self, signed: $crate::SignedHead) -> Result<(), $crate::StoreError> {
            let operation = $crate::operation::Operation::KeepSigned(signed);
            $crate::operated::Operated::operate(self, operation).await.map(drop)
        }

        async fn acknowledge(&self, chain: $crate::Chain, number: u32) -> Result<bool, $crate::StoreError> {
            let operation = $crate::operation::Operation::Acknowledge(chain, number);
            Ok($crate::operated::Operated::operate(self, operation).await?.changed())
        }

        async fn set_stuck(
            &self,
            chain: $crate::Chain,
            stuck: Option<$crate::store::Stuck>,
        ) -> Result<bool, $crate::StoreError> {
            let operation = $crate::operation::Operation::SetStuck(chain, stuck);
            Ok($crate::operated::Operated::operate(self, operation).await?.changed())
        }

        async fn hold(&self, waiting: $crate::store::Waiting) -> Result<(), $crate::StoreError> {
            let operation = $crate::operation::Operation::Hold(waiting);
            $crate::operated::Operated::operate(self, operation).await.map(drop)
        }

        async fn drop_held(
            &self,
            chain: $crate::Chain,
            from: u32,
            signed: $crate::Hash,
        ) -> Result<(), $crate::StoreError> {
            let operation = $crate::operation::Operation::DropHeld(chain, from, signed);
            $crate::operated::Operated::operate(self, operation).await.map(drop)
        }

        async fn keep_fork(&self, fork: $crate::store::Fork) -> Result<(), $crate::StoreError> {
            let operation = $crate::operation::Operation::KeepFork(fork);
            $crate::operated::Operated::operate(self, operation).await.map(drop)
        }

        async fn rehome(
            &self,
            old: $crate::Chain,
            at: u32,
            new: $crate::Append,
        ) -> Result<$crate::Appended, $crate::StoreError> {
            let operation = $crate::operation::Operation::Rehome { old, at, new, arrival: None };
            Ok($crate::operated::Operated::operate(self, operation).await?.appended())
        }

        async fn set_cursor(
            &self,
            scope: $crate::store::Scope,
            cursor: $crate::store::Cursor,
        ) -> Result<(), $crate::StoreError> {
            let operation = $crate::operation::Operation::SetCursor(scope, cursor);
            $crate::operated::Operated::operate(self, operation).await.map(drop)
        }

        async fn set_named(&self, name: &str, value: &[u8]) -> Result<(), $crate::StoreError> {
            let operation = $crate::operation::Operation::SetNamed(name.to_owned(), value.to_vec());
            $crate::operated::Operated::operate(self, operation).await.map(drop)
        }

        async fn delete_named(&self, name: &str) -> Result<bool, $crate::StoreError> {
            let operation = $crate::operation::Operation::DeleteNamed(name.to_owned());
            Ok($crate::operated::Operated::operate(self, operation).await?.changed())
        }
    };
}

/// Writes the methods of [`Store`] that only read, each passed on to another store: `reads_from!(self.memory)`.
#[macro_export]
macro_rules! reads_from {
    ($self:ident => $from:expr) => {
        async fn chain(&$self, chain: $crate::Chain, from: u32, to: u32) -> Result<Vec<$crate::Record>, $crate::StoreError> {
            $crate::Store::chain($from, chain, from, to).await
        }

        async fn arrivals(
            &$self,
            scope: $crate::store::Scope,
            after: u64,
            limit: usize,
        ) -> Result<Vec<$crate::Record>, $crate::StoreError> {
            $crate::Store::arrivals($from, scope, after, limit).await
        }

        async fn last_arrival(&$self) -> Result<u64, $crate::StoreError> {
            $crate::Store::last_arrival($from).await
        }

        async fn heads(
            &$self,
            scope: $crate::store::Scope,
        ) -> Result<Vec<($crate::Chain, $crate::Head)>, $crate::StoreError> {
            $crate::Store::heads($from, scope).await
        }

        async fn head(&$self, chain: $crate::Chain) -> Result<Option<$crate::Head>, $crate::StoreError> {
            $crate::Store::head($from, chain).await
        }

        async fn head_at(
            &$self,
            chain: $crate::Chain,
            number: u32,
        ) -> Result<Option<$crate::Head>, $crate::StoreError> {
            $crate::Store::head_at($from, chain, number).await
        }

        async fn scopes(&$self) -> Result<Vec<$crate::store::Scope>, $crate::StoreError> {
            $crate::Store::scopes($from).await
        }

        async fn quarantined(
            &$self,
            scope: $crate::store::Scope,
        ) -> Result<Vec<$crate::Record>, $crate::StoreError> {
            $crate::Store::quarantined($from, scope).await
        }

        async fn signed(
            &$self,
            chain: $crate::Chain,
            from: u32,
            limit: usize,
        ) -> Result<Vec<$crate::SignedHead>, $crate::StoreError> {
            $crate::Store::signed($from, chain, from, limit).await
        }

        async fn outbox(&$self) -> Result<Vec<$crate::store::Outgoing>, $crate::StoreError> {
            $crate::Store::outbox($from).await
        }

        async fn held(&$self, chain: $crate::Chain) -> Result<Vec<$crate::store::Waiting>, $crate::StoreError> {
            $crate::Store::held($from, chain).await
        }

        async fn forks(
            &$self,
            scope: $crate::store::Scope,
        ) -> Result<Vec<$crate::store::Fork>, $crate::StoreError> {
            $crate::Store::forks($from, scope).await
        }

        async fn cursor(
            &$self,
            scope: $crate::store::Scope,
        ) -> Result<Option<$crate::store::Cursor>, $crate::StoreError> {
            $crate::Store::cursor($from, scope).await
        }

        async fn named(&$self, name: &str) -> Result<Option<Vec<u8>>, $crate::StoreError> {
            $crate::Store::named($from, name).await
        }

        async fn names(&$self, prefix: &str) -> Result<Vec<String>, $crate::StoreError> {
            $crate::Store::names($from, prefix).await
        }
    };
}
