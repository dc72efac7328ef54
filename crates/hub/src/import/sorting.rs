//! Puts each row where it belongs: known and the same, known but different, perhaps somebody else, new.
//!
//! Two people may share everything but a telephone: a hostel has namesakes born on 1 January. So no row is refused for
//! being like another; and each row is one person at most, whom another row cannot be as well.

use super::difference;
use super::likeness::{self, Crowd};
use super::outcome::{AlreadyKnown, Changed, Duplicate, Import, Known, Other};
use super::row::Row;
use perron_desk_api::Likeness;
use perron_domain::people::PersonRecord;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Who the person of a row is.
#[derive(Clone, Copy)]
enum Is {
    /// Nobody whom the relay surely knows.
    New,
    /// Known, by her place among the known.
    Known(usize),
}

/// Sorts the rows of a file into what becomes of them.
pub fn sort(rows: Vec<Row>, known: &[Known], import: &mut Import) {
    let keys: Vec<String> = rows.iter().map(|row| likeness::key(&row.record)).collect();
    let by_key = by_key(known);
    // Somebody is one row of each key at most: a record that was joined of two has two.
    let mut claimed: HashSet<(usize, &str)> = HashSet::new();
    let mut are = vec![Is::New; rows.len()];
    // Whoever says the same of somebody has the first claim.
    for same in [true, false] {
        for ((row, key), is) in rows.iter().zip(&keys).zip(&mut are) {
            if matches!(is, Is::Known(_)) {
                continue;
            }
            let says = |place: &usize| known.get(*place).is_some_and(|one| one.taken(&row.record).is_none());
            let places = by_key.get(key).into_iter().flatten().copied();
            let mut free = places.filter(|place| !claimed.contains(&(*place, key.as_str())) && (!same || says(place)));
            if let Some(place) = free.next() {
                *is = Is::Known(place);
                claimed.insert((place, key));
            }
        }
    }
    drop(claimed);
    let mut newcomers = Newcomers::new(known, by_key);
    for ((row, key), is) in rows.into_iter().zip(keys).zip(are) {
        let one = match is {
            Is::New => None,
            Is::Known(place) => known.get(place),
        };
        match one.map(|one| (one, one.taken(&row.record))) {
            Some((one, None)) => import.already_known.push(AlreadyKnown { line: row.line, person: one.name }),
            Some((one, Some(taken))) => {
                let key = newcomers.own_key(&key);
                import.changed.push(Changed { row, key, person: one.name, there: one.record.clone(), taken });
            }
            None => newcomers.add(row, &key, import),
        }
    }
}

/// Returns the known people by key: that of the row they came from, and that of what is known of them now, by hand or
/// corrected since, so that whoever reads the same row again still finds them.
fn by_key(known: &[Known]) -> HashMap<String, Vec<usize>> {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, one) in known.iter().enumerate() {
        let came = one.sources.iter().map(|source| likeness::base(&source.key).to_owned());
        let keys: BTreeSet<String> = came.chain([likeness::key(&one.record)]).collect();
        for key in keys {
            by_key.entry(key).or_default().push(place);
        }
    }
    by_key
}

/// Rows of people whom the relay does not surely know.
struct Newcomers<'a> {
    known: &'a [Known],
    by_key: HashMap<String, Vec<usize>>,
    crowd: Crowd,
    /// Places among the rows, by key.
    in_file: HashMap<String, Vec<usize>>,
    /// Keys that somebody has.
    taken: HashSet<String>,
    /// The number that a key was last given, where several have it.
    numbers: HashMap<String, u32>,
}

/// As many of those who are like a row are shown beside it: nobody compares more.
const SHOWN: usize = 3;
/// Once so many are shown in all, each row shows one more: a file of one row repeated is not kept in memory many times.
const MANY: usize = 50_000;

impl<'a> Newcomers<'a> {
    fn new(known: &'a [Known], by_key: HashMap<String, Vec<usize>>) -> Self {
        let mut crowd = Crowd::default();
        for one in known {
            crowd.add(&one.record);
        }
        let taken = known.iter().flat_map(|one| &one.sources).map(|source| source.key.clone()).collect();
        Self { known, by_key, crowd, in_file: HashMap::new(), taken, numbers: HashMap::new() }
    }

    /// Returns a key that nobody has: two people of one name, birth and address are two.
    fn own_key(&mut self, base: &str) -> String {
        if self.taken.insert(base.to_owned()) {
            return base.to_owned();
        }
        let number = self.numbers.entry(base.to_owned()).or_insert(1);
        loop {
            *number = number.saturating_add(1);
            let key = format!("{base}-{number}");
            if self.taken.insert(key.clone()) {
                return key;
            }
        }
    }

    fn add(&mut self, row: Row, key: &str, import: &mut Import) {
        let mut like = self.crowd.add(&row.record);
        let first = self.known.len();
        // The crowd looks at some of many who are alike; whoever has the same key is always shown.
        let known = self.by_key.get(key).into_iter().flatten().copied();
        let file = self.in_file.get(key).into_iter().flatten().map(|place| first + place);
        for place in known.chain(file).take(1) {
            if !like.iter().any(|(one, _)| *one == place) {
                like.insert(0, (place, vec![Likeness::SameName, Likeness::SameBirth, Likeness::SameAddress]));
            }
        }
        like.truncate(if import.duplicates.len() < MANY { SHOWN } else { 1 });
        for (place, likenesses) in like {
            let (other, other_record, taken) = match (self.known.get(place), place.checked_sub(first)) {
                (Some(one), _) => (Other::Person(one.name), one.record.clone(), one.taken(&row.record)),
                (None, Some(earlier)) => match import.rows.get(earlier) {
                    Some(earlier) => (Other::Line(earlier.line), earlier.record.clone(), None),
                    None => continue,
                },
                (None, None) => continue,
            };
            let record = row.record.clone();
            import.duplicates.push(Duplicate { line: row.line, other, record, other_record, likenesses, taken });
        }
        self.in_file.entry(key.to_owned()).or_default().push(import.rows.len());
        import.keys.push(self.own_key(key));
        import.rows.push(row);
    }
}

impl Known {
    /// Returns what her row said when she came in: the one that reads as this one does, where there are several.
    #[must_use]
    pub fn said(&self, row: &PersonRecord) -> Option<&PersonRecord> {
        let one = || self.sources.first();
        let same = || {
            let key = likeness::key(row);
            self.sources.iter().find(|source| likeness::base(&source.key) == key)
        };
        let source = if self.sources.len() > 1 { same().or_else(one) } else { one() };
        source?.said.as_ref()
    }

    /// Returns her record once a row is taken; none when the row says nothing new of her.
    #[must_use]
    pub fn taken(&self, row: &PersonRecord) -> Option<PersonRecord> {
        difference::taken(&self.record, self.said(row), row)
    }
}
