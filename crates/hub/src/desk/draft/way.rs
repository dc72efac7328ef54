//! «Au plus proche»: an order of addresses that does not zigzag, and respects the hours promised.
//!
//! Nearest neighbour from the first address, then 2-opt, over distances as the crow flies: good enough to start from,
//! and the coordinator moves addresses by hand afterwards. Nothing asks a map service: addresses stay at the relay.

/// A place to go to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Longitude and latitude, degrees; addresses without stay at the end, in the order they had.
    pub lon_lat: Option<(f64, f64)>,
    /// From when, minutes after midnight.
    pub from_minute: Option<u16>,
    /// Until when, minutes after midnight.
    pub until_minute: Option<u16>,
}

/// What going to an address after its hour, because of the order, costs in metres: more than any town is wide.
const BROKEN_WINDOW: f64 = 1_000_000.0;

/// How often 2-opt may go over the whole order.
const PASSES: usize = 60;

/// Returns the metres between two points as the crow flies (haversine on a sphere of 6,371 km).
#[must_use]
pub fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.1.to_radians(), b.1.to_radians());
    let (half_lat, half_lon) = ((lat_b - lat_a) / 2.0, (b.0 - a.0).to_radians() / 2.0);
    let h = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
    2.0 * 6_371_000.0 * h.sqrt().min(1.0).asin()
}

/// Returns the length of the way through places in this order, in metres; places without coordinates are skipped.
#[must_use]
pub fn length(places: &[Place]) -> f64 {
    let points: Vec<(f64, f64)> = places.iter().filter_map(|place| place.lon_lat).collect();
    points.windows(2).map(|pair| metres(pair[0], pair[1])).sum()
}

/// Returns how many places come, in this order, after one whose window only opens once theirs has closed.
#[must_use]
pub fn broken_windows(places: &[Place]) -> usize {
    let mut opened = 0;
    let mut broken = 0;
    for place in places {
        broken += usize::from(place.until_minute.is_some_and(|until| until <= opened));
        opened = opened.max(place.from_minute.unwrap_or(0));
    }
    broken
}

fn cost(places: &[Place], order: &[usize]) -> f64 {
    let ordered: Vec<Place> = order.iter().map(|index| places[*index]).collect();
    length(&ordered) + broken_windows(&ordered) as f64 * BROKEN_WINDOW
}

/// Returns the indexes of `places` in a good order. The first place stays the first.
#[must_use]
pub fn nearest(places: &[Place]) -> Vec<usize> {
    let located = |index: &usize| places[*index].lon_lat.is_some();
    let (mut open, lost): (Vec<usize>, Vec<usize>) = (0..places.len()).partition(located);
    let mut order = Vec::with_capacity(places.len());
    if !open.is_empty() {
        order.push(open.remove(0));
    }
    while let Some(last) = order.last().and_then(|last| places[*last].lon_lat) {
        let distance = |index: &usize| places[*index].lon_lat.map_or(f64::MAX, |point| metres(last, point));
        let next = (0..open.len()).min_by(|a, b| distance(&open[*a]).total_cmp(&distance(&open[*b])));
        match next {
            Some(next) => order.push(open.remove(next)),
            None => break,
        }
    }
    two_opt(places, &mut order);
    order.extend(lost);
    order
}

/// Turns stretches of the order round, and moves single places, as long as that shortens it. The first one stays.
fn two_opt(places: &[Place], order: &mut Vec<usize>) {
    let mut best = cost(places, order);
    for _ in 0..PASSES {
        let before = best;
        for from in 1..order.len() {
            for to in from + 1..order.len() {
                order[from..=to].reverse();
                let turned = cost(places, order);
                if turned + 0.5 < best {
                    best = turned;
                } else {
                    order[from..=to].reverse();
                }
            }
            for to in 1..order.len() {
                let place = order.remove(from);
                order.insert(to, place);
                let moved = cost(places, order);
                if moved + 0.5 < best {
                    best = moved;
                } else {
                    let place = order.remove(to);
                    order.insert(from, place);
                }
            }
        }
        if best >= before {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> Place {
        Place { lon_lat: Some((lon, lat)), ..Place::default() }
    }

    #[test]
    fn a_degree_of_latitude_is_111_kilometres() {
        let distance = metres((2.5, 48.0), (2.5, 49.0));
        assert!((distance - 111_195.0).abs() < 5.0, "{distance}");
    }

    #[test]
    fn doors_of_one_street_are_visited_along_it() {
        let street: Vec<Place> = [0, 7, 2, 9, 4, 1, 8, 3, 6, 5].map(|n| at(2.48 + f64::from(n) * 0.001, 48.9)).to_vec();
        let order = nearest(&street);
        let along: Vec<Place> = order.iter().map(|index| street[*index]).collect();
        assert_eq!(order[0], 0, "the first address stays the first");
        assert!((length(&along) - metres((2.48, 48.9), (2.489, 48.9))).abs() < 1.0);
    }

    #[test]
    fn crossing_ways_are_uncrossed() {
        // Nearest neighbour alone leaves the far corner for the end; the best way round has length 3.
        let places = [at(0.0, 0.0), at(0.0, 0.009), at(0.011, 0.0), at(0.0111, 0.009)];
        let order = nearest(&places);
        let way: Vec<Place> = order.iter().map(|index| places[*index]).collect();
        let shortest = permutations(&places).into_iter().map(|way| length(&way)).fold(f64::MAX, f64::min);
        assert!(length(&way) <= shortest + 1.0);
    }

    fn permutations(places: &[Place; 4]) -> Vec<Vec<Place>> {
        let mut all = Vec::new();
        for a in 1..4 {
            for b in (1..4).filter(|b| *b != a) {
                let c = 6 - a - b;
                all.push(vec![places[0], places[a], places[b], places[c]]);
            }
        }
        all
    }

    #[test]
    fn promised_hours_come_before_short_ways() {
        let late = Place { from_minute: Some(15 * 60), ..at(0.001, 0.0) };
        let early = Place { until_minute: Some(11 * 60), ..at(0.010, 0.0) };
        let order = nearest(&[at(0.0, 0.0), late, early]);
        assert_eq!(order, [0, 2, 1]);
        assert_eq!(broken_windows(&[at(0.0, 0.0), late, early]), 1);
    }

    #[test]
    fn addresses_without_coordinates_stay_at_the_end() {
        let order = nearest(&[Place::default(), at(0.0, 0.0), Place::default(), at(0.001, 0.0)]);
        assert_eq!(order, [1, 3, 0, 2]);
        assert_eq!(nearest(&[]), Vec::<usize>::new());
    }
}
