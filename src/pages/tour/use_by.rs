//! Before a use-by: how many doses are left, and who could have them. Pure, so that the host can test it.

use perron_domain::{
    fact::Outcome,
    name::FactName,
    order,
    people::{Address, PersonRecord},
    state::Round,
    time::Wall,
};

/// Doses that must be used soon.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ending {
    /// The vial or the load.
    pub source: FactName,
    /// Product code.
    pub product: String,
    /// Doses left in it.
    pub left: i32,
    /// To be used before, as it was read.
    pub use_by: Wall,
    /// The same on the scale of the hub, for countdowns.
    pub ends: Wall,
}

/// Returns the opened vials and prepared syringes with doses left whose time ends within `minutes` of
/// `now`, on the scale of the hub; the first first.
#[must_use]
pub fn ending(round: &Round, now: Wall, minutes: i64) -> Vec<Ending> {
    let soon = |ends: Wall| ends > now && ends.since(now) <= minutes * 60_000;
    let vials = round.vials.iter().filter_map(|(name, vial)| {
        let product = round.loads.get(&vial.load)?.loaded.product.clone();
        let ends = round.ends_at(*name)?;
        (vial.left() > 0 && !round.set_apart(*name) && soon(ends)).then(|| Ending {
            source: *name,
            product,
            left: vial.left(),
            use_by: vial.use_by,
            ends,
        })
    });
    let syringes = round.loads.iter().filter_map(|(name, load)| {
        let use_by = load.loaded.preparation.as_ref()?.use_by;
        let product = load.loaded.product.clone();
        let ends = round.ends_at(*name)?;
        (load.left() > 0 && !round.set_apart(*name) && soon(ends)).then(|| Ending {
            source: *name,
            product,
            left: load.left(),
            use_by,
            ends,
        })
    });
    let mut ending: Vec<Ending> = vials.chain(syringes).collect();
    order::sort_by_key(&mut ending, |one| (one.ends, one.source));
    ending
}

/// Why somebody could have a dose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// Still to be visited on this round, for this product.
    OnRound,
    /// On the waiting list.
    Waiting,
    /// Was absent earlier today.
    WasAbsent,
}

/// Somebody who could have a dose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// How a list names the person.
    pub name: String,
    /// Number and street.
    pub place: String,
    /// The phone, to ask before going there.
    pub phone: Option<String>,
    /// The visit, where there is one.
    pub visit: Option<FactName>,
    /// Why.
    pub why: Why,
    /// Metres from where the team is, as the crow flies; none where one of the two places is not known.
    pub metres: Option<u32>,
}

/// Returns where the team is: the door where it arrived last, else the next one.
#[must_use]
pub fn here(round: &Round) -> Option<Address> {
    let last = round.stops.values().filter(|stop| stop.arrived.is_some()).max_by_key(|stop| stop.arrived);
    let next = || round.next_stops().first().and_then(|stop| round.stops.get(stop));
    last.or_else(next).map(|stop| stop.address.clone())
}

/// Returns who could have a dose of `product`, the nearest first; those of the round before the others.
#[must_use]
pub fn candidates(round: &Round, product: &str) -> Vec<Candidate> {
    let from = here(round);
    let far = |address: &Address| from.as_ref().and_then(|from| metres(from, address));
    let one = |record: &PersonRecord, address: &Address, visit, why| Candidate {
        name: record.display_name(),
        place: address.line.clone(),
        phone: record.phone.clone(),
        visit,
        why,
        metres: far(address),
    };
    let mut found = Vec::new();
    for name in round.people_in_order() {
        let Some(visit) = round.people.get(&name) else { continue };
        let wishes = visit.acts.iter().filter_map(|act| round.acts.get(act)).any(|act| act.wish.product == product);
        let address = round.stops.get(&visit.stop).map_or(&visit.record.address, |stop| &stop.address);
        match (wishes, round.outcome_of(name)) {
            (true, None) => found.push(one(&visit.record, address, Some(name), Why::OnRound)),
            (true, Some(Outcome::Absent)) => found.push(one(&visit.record, address, Some(name), Why::WasAbsent)),
            _ => {}
        }
    }
    for (name, listed) in &round.waiting {
        let wishes = &listed.record.wishes;
        if wishes.is_empty() || wishes.iter().any(|wish| wish.product == product) {
            let stop = listed.stop.and_then(|stop| round.stops.get(&stop.name(name.device)));
            let address = stop.map_or(&listed.record.address, |stop| &stop.address);
            found.push(one(&listed.record, address, None, Why::Waiting));
        }
    }
    order::sort_by_key(&mut found, |one| (one.why, one.metres.unwrap_or(u32::MAX)));
    found
}

/// Returns the metres between two addresses, as the crow flies over the small distances of a town.
fn metres(one: &Address, other: &Address) -> Option<u32> {
    const METRES_PER_DEGREE: f64 = 111_320.0;
    let (lat, lon) = (one.lat?, one.lon?);
    let (north, east) = (other.lat? - lat, (other.lon? - lon) * lat.to_radians().cos());
    let metres = north.hypot(east) * METRES_PER_DEGREE;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what a u32 holds")]
    Some(metres.round().clamp(0.0, f64::from(u32::MAX)) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Address {
        Address { lat: Some(lat), lon: Some(lon), ..Address::default() }
    }

    #[test]
    fn two_doors_of_bondy_are_a_walk_apart() {
        let far = metres(&at(48.907_476, 2.487_137), &at(48.906_926, 2.484_509)).unwrap();
        assert!((195..=215).contains(&far), "{far}");
        assert_eq!(metres(&at(48.9, 2.4), &at(48.9, 2.4)), Some(0));
        assert_eq!(metres(&at(48.9, 2.4), &Address::default()), None);
    }

    #[test]
    fn an_empty_round_has_nothing_that_ends() {
        assert!(ending(&Round::default(), Wall(0), 90).is_empty());
        assert!(candidates(&Round::default(), "influenza-standard").is_empty());
    }
}
