//! What a restored hub or a copied tablet leaves behind: two branches of one chain, neither of which may be lost.

use super::terms::EPOCH;
use super::{Courier, Replicated};
use crate::identity::Identity;
use crate::keeper::{Moment, NotKept};
use crate::wire::SyncError;
use crate::wire::Wire;
use perron_domain::fact::{AccountNo, ChainTaken};
use perron_domain::name::Scope;
use perron_ledger::store::{Epoch, Stuck};
use perron_ledger::sync::plan::Step;
use perron_ledger::sync::{ChainHead, Code, Gap, restart, to_bytes};
use perron_ledger::trust::Trust;
use perron_ledger::{Store, StoreError, fork};

impl<S: Store, W: Wire, T: Trust, R: Replicated> Courier<'_, S, W, T, R> {
    /// The hub was restored: what it lost is pushed again, also what others wrote and only this device still has.
    pub(super) async fn restored(&self, epoch: Epoch, scopes: &[Scope], theirs: &[ChainHead]) -> Result<(), SyncError> {
        let steps = restart::compare_again(self.store(), scopes, theirs).await?;
        for step in steps {
            if let Step::Push(gap) = step {
                self.push_stretch(gap).await?;
            }
        }
        self.store().set_named(EPOCH, &to_bytes(&epoch)).await?;
        Ok(())
    }

    /// Moves branches that the hub keeps under another number; their first fact has been pulled by now. Says whether
    /// nothing was to be done; with `last`, what could not be moved is stuck.
    pub(super) async fn go_on_after_forks(&self, last: bool) -> Result<bool, SyncError> {
        let forks = std::mem::take(&mut *self.forks.borrow_mut());
        let settled = forks.is_empty();
        for (old, answer) in forks {
            if !self.me.borrow().writes(old) {
                if fork::follow(self.store(), old, answer, self.replica.now()).await?.is_some() {
                    self.replica.fold_again(old.scope);
                }
            } else if fork::go_on(self.store(), old, answer, self.replica.now()).await?.is_some() {
                let me = self.me.borrow().clone().going_on(old.scope, answer.kept_as);
                self.keeper.forget_heads();
                // Before anything else is written under the new number: what it names from here on counts there.
                self.take_up(&me, old.scope).await?;
                me.keep(self.store()).await?;
                self.me.replace(me);
                self.keeper.forget_heads();
                self.replica.renumbered(old.scope, answer.kept_as);
            } else if last {
                let stuck = Stuck { why: Code::Forked, number: answer.at, since: self.replica.now() };
                self.store().set_stuck(old, Some(stuck)).await?;
            }
        }
        Ok(settled)
    }

    /// Writes that this device goes on here, under the number that its branch got.
    async fn take_up(&self, me: &Identity, scope: Scope) -> Result<(), SyncError> {
        let head = self.keeper.head(me, scope).await?;
        let body = ChainTaken { device: me.writes_as(scope) }.into();
        let moment = Moment { now: self.replica.now(), author: AccountNo::default() };
        match self.keeper.append(me, scope, head, vec![body], moment).await {
            Ok(_) => Ok(()),
            Err(NotKept::Store(error)) => Err(error.into()),
            Err(other) => Err(StoreError::Failed(other.to_string()).into()),
        }
    }

    /// Gives the hub the branch that this device holds of another device's chain: after a restore the hub may have taken
    /// the other branch first. It is moved to where the hub keeps it once that chain is here. Says whether there was one.
    pub(super) async fn give_back_parted(&self) -> Result<bool, SyncError> {
        let parted = std::mem::take(&mut *self.parted.borrow_mut());
        let mut gave_back = false;
        for chain in parted {
            gave_back = true;
            if fork::finish_move(self.store(), chain, self.replica.now()).await? {
                self.replica.fold_again(chain.scope);
                continue;
            }
            // Ours differs from what the hub has under this name: pushed from the first fact, it says where.
            if self.me.borrow().writes(chain) && self.store().acknowledge(chain, 0).await? {
                continue;
            }
            let end = self.store().head(chain).await?.map_or(0, |head| head.number);
            if let Some(fork) = self.push_stretch(Gap { chain, from: 1, to: end }).await? {
                self.forks.borrow_mut().push((chain, fork));
            }
        }
        Ok(gave_back)
    }
}
