//! What every step of a visit holds.

use super::link::Link;
use super::path::At;
use crate::pages::words;
use leptos::prelude::*;
use perron_domain::aboard::{self, Aboard};
use perron_domain::command::Command;
use perron_domain::date::Day;
use perron_domain::fact;
use perron_domain::name::FactName;

/// What every step of a visit holds.
#[derive(Clone, Copy)]
pub struct Door {
    /// The way to the replica.
    pub link: Link,
    /// Whose visit.
    pub person: FactName,
    /// The step is finished: go where the visit stands now.
    pub done: Callback<()>,
    /// Go to another step.
    pub go: Callback<At>,
}

impl Door {
    /// Returns the command that ends the visit, or one act of it where the person has several.
    #[must_use]
    pub fn end(
        self,
        act: Option<FactName>,
        outcome: fact::Outcome,
        reason: Option<String>,
        call_again: bool,
        again_on: Option<Day>,
    ) -> Command {
        let several =
            self.link.glance(|round, _| round.people.get(&self.person).is_some_and(|visit| visit.acts.len() > 1));
        Command::End {
            person: self.person,
            act: act.filter(|_| several),
            outcome,
            reason: reason.filter(|reason| !reason.trim().is_empty()),
            call_again,
            again_on,
        }
    }

    /// Returns the products aboard, each with what this tablet can give of it and why it cannot give the rest.
    #[must_use]
    pub fn aboard(self) -> Vec<(String, Aboard)> {
        let now = self.link.steady_once();
        self.link.both(|round, common| {
            let of = |code: String| {
                let held = aboard::held(round, common, self.link.device(), &code, now);
                (code, held)
            };
            aboard::products(round).into_iter().map(of).collect()
        })
    }

    /// Returns every product that a form can name, by code and name: the wished one, then those of the round.
    #[must_use]
    pub fn products(self, wished: Option<&str>) -> Vec<(String, String)> {
        self.link.both(|round, common| {
            let mut codes: Vec<String> = wished.map(ToOwned::to_owned).into_iter().collect();
            codes.extend(round.loads.values().map(|load| load.loaded.product.clone()));
            codes.extend(round.acts.values().map(|act| act.wish.product.clone()));
            let mut seen: Vec<String> = Vec::new();
            codes.retain(|code| {
                let new = !seen.contains(code);
                seen.push(code.clone());
                new
            });
            codes
                .into_iter()
                .map(|code| {
                    let name = words::product_name(common, &code, self.link.today());
                    (code, name)
                })
                .collect()
        })
    }
}
