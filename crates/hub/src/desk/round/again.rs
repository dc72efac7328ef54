//! Doses that were given although the person had just had one of the same vaccine family, of which the tablet did not know:
//! another round, another tablet. No tablet can see it; the relay has all rounds.

use crate::desk::relay::Relay;
use perron_desk_api::{GapKind, GapLine};
use perron_domain::date::PartialDate;
use perron_domain::fact::{AdministrationError, Back, RoundFact};
use perron_domain::name::FactName;
use perron_domain::people::PriorDose;
use perron_domain::state::close::{self, Gap};
use perron_domain::state::{Act, RoundState};

/// Returns the doses of a round before which another one was given that the tablet did not know.
#[must_use]
pub fn lines(relay: &Relay<'_>, number: u32, state: &RoundState) -> Vec<GapLine> {
    let round = state.view();
    close::perhaps_again(round)
        .filter_map(|gap| {
            let Gap::GivenAgain { dose, act } = gap else { return None };
            let known = round.acts.get(&act)?;
            let visit = round.people.get(&known.person)?;
            let person = relay.person_of(number, known.person, visit)?;
            let before = before(relay, person, RoundFact::new(number, dose), &visit.record.doses)?;
            let who = visit.record.display_name();
            let about =
                format!("{who} · {} · {}", relay.product_short(before.product), relay.label(before.source.round));
            let days = i32::try_from(before.days).unwrap_or(i32::MAX);
            let explained = gap.explanation(round).map(str::to_owned);
            Some(GapLine { code: gap.code(), kind: GapKind::GivenAgain, about, figures: vec![days], explained })
        })
        .collect()
}

/// A dose that came before another.
struct Before<'a> {
    product: &'a str,
    source: RoundFact,
    /// How many days before.
    days: i64,
}

/// Returns the last whole dose of the same family that was given before a dose, when it was for another act and is not among
/// those that the tablet knew of.
fn before<'a>(relay: &Relay<'a>, person: FactName, dose: RoundFact, known: &[PriorDose]) -> Option<Before<'a>> {
    let back = &relay.people.view().known.get(&person)?.back;
    let later = back.values().find(|one| one.source == dose)?;
    let Back::Dose { product: own, on: day, .. } = &later.what else { return None };
    let family = relay.family(own);
    let same = |code: &str| code == own || (relay.family(code) == family && family.is_some());
    let given = back.values().filter_map(|one| match &one.what {
        Back::Dose { product, on, error, .. }
            if same(product) && error.as_deref() != Some(AdministrationError::INCOMPLETE) =>
        {
            Some((one, product, *on))
        }
        _ => None,
    });
    let earlier = given.filter(|(one, ..)| (one.at, one.source) < (later.at, later.source));
    let (last, product, on) = earlier.max_by_key(|(one, ..)| (one.at, one.source))?;
    let told = known.iter().any(|one| same(&one.product) && one.on == Some(PartialDate::Day(on)));
    let apart = !told && !of_one_act(relay, last.source, dose);
    apart.then_some(Before { product, source: last.source, days: day.days_since(on) })
}

/// Two doses of one act are a difference of their own.
fn of_one_act(relay: &Relay<'_>, one: RoundFact, other: RoundFact) -> bool {
    let Some(round) = relay.rounds.get(&one.round).filter(|_| one.round == other.round) else { return false };
    let has = |act: &Act, fact: RoundFact| act.given.iter().any(|given| RoundFact::new(one.round, given.name) == fact);
    round.acts.values().any(|act| has(act, one) && has(act, other))
}
