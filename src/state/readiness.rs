//! «Prêt à partir hors ligne»: said only when every piece is really stored.

use perron_domain::door;
use perron_domain::state::{CommonState, RoundState};
use perron_domain::time::Wall;

/// What is stored of all that a round without a network needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Readiness {
    /// The app itself, every file of it.
    pub shell: bool,
    /// The round: its plan, released by the relay.
    pub round: bool,
    /// The directives, each one readable by this version.
    pub directives: bool,
    /// The products that the round's acts name.
    pub products: bool,
    /// The browser promised to keep what is stored.
    pub persisted: bool,
    /// Each step is kept in two places.
    pub two_copies: bool,
}

impl Readiness {
    /// Says whether everything is stored. Whether it is also guaranteed says [`Readiness::persisted`]: departure asks for a
    /// reason without it.
    #[must_use]
    pub const fn ready(self) -> bool {
        self.shell && self.round && self.directives && self.products
    }

    /// Says whether everything is stored and the browser promised to keep it.
    #[must_use]
    pub const fn guaranteed(self) -> bool {
        self.ready() && self.persisted
    }
}

/// Works out what of the data is stored; the shell and the promise come from the browser.
#[must_use]
pub fn of_data(common: &CommonState, round: Option<&RoundState>, now: Wall) -> Readiness {
    let directives = !common.directives.is_empty()
        && round.is_none_or(|round| door::too_new(round, common, now).is_empty())
        && common.not_understood().next().is_none();
    let Some(round) = round else { return Readiness { directives, ..Readiness::default() } };
    let day = door::today(round, common, now);
    let known = |act: &perron_domain::state::Act| door::product(common, &act.wish.product, day).is_some();
    Readiness {
        directives,
        round: round.published && round.plan.is_some(),
        products: round.published && round.acts.values().all(known),
        ..Readiness::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stored_is_not_ready() {
        let none = of_data(&CommonState::default(), None, Wall(0));
        assert_eq!(none, Readiness::default());
        let unpublished = of_data(&CommonState::default(), Some(&RoundState::default()), Wall(0));
        assert!(!unpublished.round && !unpublished.products && !unpublished.ready());
    }

    #[test]
    fn ready_without_the_promise_is_not_guaranteed() {
        let ready = Readiness { shell: true, round: true, directives: true, products: true, ..Readiness::default() };
        assert!(ready.ready() && !ready.guaranteed());
        assert!(Readiness { persisted: true, ..ready }.guaranteed());
        assert!(!Readiness { shell: false, persisted: true, ..ready }.ready());
    }
}
