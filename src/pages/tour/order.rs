//! The order of the doors, changed by two arrows and «Plus tard»: pure, so that the host can test it.

use perron_domain::name::FactName;

/// Returns the order in which `stop` and the next open door before it (or after it) changed places.
///
/// Doors already done keep their places; at the end of the list nothing changes.
#[must_use]
pub fn moved(order: &[FactName], open: &[FactName], stop: FactName, up: bool) -> Vec<FactName> {
    let mut moved = order.to_vec();
    let Some(at) = open.iter().position(|one| *one == stop) else { return moved };
    let other = if up { at.checked_sub(1) } else { Some(at + 1) };
    let Some(other) = other.and_then(|other| open.get(other)) else { return moved };
    let place = |name: FactName| order.iter().position(|one| *one == name);
    if let (Some(one), Some(two)) = (place(stop), place(*other)) {
        moved.swap(one, two);
    }
    moved
}

/// Returns the order with `stop` after every other door: «Plus tard».
#[must_use]
pub fn later(order: &[FactName], stop: FactName) -> Vec<FactName> {
    let mut later: Vec<FactName> = order.iter().copied().filter(|one| *one != stop).collect();
    later.push(stop);
    later
}

/// Returns the order with `stop` before every open door: an address added because one stands there.
#[must_use]
pub fn first(order: &[FactName], open: &[FactName], stop: FactName) -> Vec<FactName> {
    let mut first: Vec<FactName> = order.iter().copied().filter(|one| *one != stop).collect();
    let before = open.iter().find(|one| **one != stop);
    let at = before.and_then(|before| first.iter().position(|one| one == before)).unwrap_or(first.len());
    first.insert(at, stop);
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::name::DeviceId;

    fn stops(numbers: &[u32]) -> Vec<FactName> {
        numbers.iter().map(|number| FactName::new(DeviceId(1), *number)).collect()
    }

    #[test]
    fn a_door_goes_up_past_doors_that_are_done() {
        let order = stops(&[1, 2, 3, 4]);
        let open = stops(&[1, 3, 4]);
        assert_eq!(moved(&order, &open, order[2], true), stops(&[3, 2, 1, 4]));
        assert_eq!(moved(&order, &open, order[2], false), stops(&[1, 2, 4, 3]));
    }

    #[test]
    fn at_the_ends_nothing_changes() {
        let order = stops(&[1, 2, 3]);
        assert_eq!(moved(&order, &order, order[0], true), order);
        assert_eq!(moved(&order, &order, order[2], false), order);
    }

    #[test]
    fn later_is_after_everybody_else() {
        let order = stops(&[1, 2, 3]);
        assert_eq!(later(&order, order[0]), stops(&[2, 3, 1]));
    }

    #[test]
    fn an_address_added_on_the_spot_comes_next() {
        let order = stops(&[1, 2, 3, 9]);
        assert_eq!(first(&order, &stops(&[2, 3, 9]), order[3]), stops(&[1, 9, 2, 3]));
        assert_eq!(first(&order, &stops(&[9]), order[3]), stops(&[1, 2, 3, 9]));
    }
}
