//! One of two stores: what asks need not know which of them answers.

use crate::operated::Operated;
use crate::operation::{Answer, Operation};
use crate::store::{Cursor, Fork, Outgoing, Scope, Store, StoreError, Waiting};
use crate::{Chain, Head, Record, SignedHead};
use std::rc::Rc;

/// One of two stores of different kinds.
#[derive(Debug)]
pub enum OneOf<'a, A, B> {
    /// One of the first kind.
    First(&'a A),
    /// One of the second kind.
    Second(&'a B),
}

macro_rules! ask {
    ($self:ident, $store:ident => $ask:expr) => {
        match $self {
            Self::First($store) => $ask.await,
            Self::Second($store) => $ask.await,
        }
    };
}

impl<A: Store, B: Store> Operated for OneOf<'_, A, B> {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        ask!(self, store => operation.carry_out(*store))
    }
}

impl<A: Store, B: Store> Store for OneOf<'_, A, B> {
    crate::writes_by_operations!();

    async fn chain(&self, chain: Chain, from: u32, to: u32) -> Result<Vec<Record>, StoreError> {
        ask!(self, store => store.chain(chain, from, to))
    }

    async fn arrivals(&self, scope: Scope, after: u64, limit: usize) -> Result<Vec<Record>, StoreError> {
        ask!(self, store => store.arrivals(scope, after, limit))
    }

    async fn last_arrival(&self) -> Result<u64, StoreError> {
        ask!(self, store => store.last_arrival())
    }

    async fn heads(&self, scope: Scope) -> Result<Vec<(Chain, Head)>, StoreError> {
        ask!(self, store => store.heads(scope))
    }

    async fn head(&self, chain: Chain) -> Result<Option<Head>, StoreError> {
        ask!(self, store => store.head(chain))
    }

    async fn head_at(&self, chain: Chain, number: u32) -> Result<Option<Head>, StoreError> {
        ask!(self, store => store.head_at(chain, number))
    }

    async fn scopes(&self) -> Result<Vec<Scope>, StoreError> {
        ask!(self, store => store.scopes())
    }

    async fn quarantined(&self, scope: Scope) -> Result<Vec<Record>, StoreError> {
        ask!(self, store => store.quarantined(scope))
    }

    async fn signed(&self, chain: Chain, from: u32, limit: usize) -> Result<Vec<SignedHead>, StoreError> {
        ask!(self, store => store.signed(chain, from, limit))
    }

    async fn outbox(&self) -> Result<Vec<Outgoing>, StoreError> {
        ask!(self, store => store.outbox())
    }

    async fn held(&self, chain: Chain) -> Result<Vec<Waiting>, StoreError> {
        ask!(self, store => store.held(chain))
    }

    async fn forks(&self, scope: Scope) -> Result<Vec<Fork>, StoreError> {
        ask!(self, store => store.forks(scope))
    }

    async fn cursor(&self, scope: Scope) -> Result<Option<Cursor>, StoreError> {
        ask!(self, store => store.cursor(scope))
    }

    async fn named(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        ask!(self, store => store.named(name))
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        ask!(self, store => store.names(prefix))
    }
}

impl<T: Store> Operated for Rc<T> {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        operation.carry_out(&**self).await
    }
}

impl<T: Store> Store for Rc<T> {
    crate::writes_by_operations!();
    crate::reads_from!(self => &**self);
}
