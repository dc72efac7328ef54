//! Where vaccinations were entered, and for which doses that vouches: what was entered, or handed over in writing, for a dose that
//! was taken back says nothing of a dose that was given since.

use super::{Round, Visit};
use crate::fact::{AccountNo, Traceability};
use crate::name::FactName;

impl Round {
    /// Returns where the doses of a person that stand were entered, on whose account: the last entry that vouches for one of
    /// them.
    #[must_use]
    pub fn traced(&self, person: FactName) -> Option<(Traceability, AccountNo)> {
        let visit = self.people.get(&person)?;
        let last = visit.traces.iter().rev().find(|one| self.vouches(visit, one.name))?;
        Some((last.means, last.account))
    }

    /// Says whether a certificate was handed over for a dose of a person that stands.
    #[must_use]
    pub fn certified(&self, person: FactName) -> bool {
        self.people.get(&person).is_some_and(|visit| visit.certificates.iter().any(|one| self.vouches(visit, *one)))
    }

    /// Says whether a vaccination of a person was entered somewhere although no dose that it vouches for stands any more: it is
    /// to be undone there.
    #[must_use]
    pub fn is_traced_without_dose(&self, person: FactName) -> bool {
        self.people.get(&person).is_some_and(|visit| {
            let entered = visit.traces.iter().filter(|one| one.means != Traceability::Later);
            entered.into_iter().any(|one| !self.vouches(visit, one.name))
        })
    }

    /// Says whether a dose that stands may be meant by what was written: a dose that the same tablet wrote before, or another
    /// tablet at all, whose numbers say nothing of the order.
    fn vouches(&self, visit: &Visit, written: FactName) -> bool {
        let given = visit.acts.iter().filter_map(|act| self.acts.get(act)).flat_map(|act| &act.given);
        given.into_iter().any(|one| one.name.device != written.device || one.name.number < written.number)
    }
}
