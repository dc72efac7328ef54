//! The doses in the box of a tablet whose store was lost: once it is enrolled anew, it takes them over by itself.

use super::replica::Replica;
use super::writer::Writer;
use crate::browser::enrolled_mark;
use leptos::prelude::*;
use perron_domain::command::Command;
use perron_ledger::Store;
use perron_tablet::{Enrolment, Identity, former};

impl Replica {
    /// Keeps who this device was before its store was lost, and marks who it is now.
    pub(super) async fn remember_enrolments<S: Store>(&self, store: &S, me: &Identity) {
        let marked = enrolled_mark::read().unwrap_or_default().enrolments;
        // A tab that only reads cannot keep it: the mark stays as it is for the one that writes.
        if former::keep_former(store, me, &marked).await.is_ok() {
            enrolled_mark::keep(Enrolment::of(me), None, self.zone());
            self.gone.set(enrolled_mark::gone());
        }
    }

    /// Takes over, in the open round, the doses that this device had under former numbers and that nobody took over yet.
    pub(super) async fn take_over_doses(&self) {
        let Ok(keeper) = self.keeper() else { return };
        if self.writer.get_untracked() != Writer::Here {
            return;
        }
        // What cannot be read or written now is tried again after the next run.
        let former = former::former(keeper.store()).await.unwrap_or_default();
        if former.is_empty() {
            return;
        }
        let numbers = self.common().with_untracked(|common| former::bound(&former, common));
        let own = self.writes_as();
        let open = self.round().with_untracked(|round| round.to_take_over(own, &numbers));
        for device in open {
            if self.dispatch(Command::TakeCustody { device }).await.is_ok() {
                self.taken_over.set(true);
            }
        }
    }
}
