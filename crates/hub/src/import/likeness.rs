//! Who may be whom: the stable key of a row, and likely duplicates.
//!
//! The key says «the same row again»: names, birth date and address as written, but for accents, case and
//! punctuation. Likely duplicates are looser and are only ever shown, side by side: a person decides.

use super::fold::squeeze;
use super::place;
use chrono::Datelike;
use perron_desk_api::Likeness;
use perron_domain::date::PartialDate;
use perron_domain::people::{Address, PersonRecord};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// How many members of one block are compared with a newcomer: a file where everybody has one telephone number must
/// not cost the square of its length.
const BLOCK: usize = 40;

/// Returns the stable key of a row: 32 hexadecimal digits, the same for the same row in another file.
#[must_use]
pub fn key(record: &PersonRecord) -> String {
    let mut hash = Sha256::new();
    let birth = record.birth.map(|birth| birth.to_string()).unwrap_or_default();
    let given = squeeze(&record.given_names);
    let address = squeeze(&record.address.line);
    for part in [&squeeze(&record.birth_name), &given, &birth, &address, &record.address.postcode] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the key of what a row says, of the key that somebody was added under: the second of two people with one key has a
/// number behind hers.
#[must_use]
pub fn base(source_key: &str) -> &str {
    match source_key.split_once('-') {
        Some((key, number)) if key.len() == 32 && number.bytes().all(|b| b.is_ascii_digit()) => key,
        _ => source_key,
    }
}

/// The traits of a person that are compared, folded once.
#[derive(Debug)]
struct Traits {
    birth_name: String,
    used_name: String,
    given: String,
    birth: Option<PartialDate>,
    phone: String,
    address: String,
}

impl Traits {
    fn of(record: &PersonRecord) -> Self {
        let first = record.given_names.split([' ', ',']).next().unwrap_or_default();
        Self {
            birth_name: squeeze(&record.birth_name),
            used_name: record.used_name.as_deref().map(squeeze).unwrap_or_default(),
            given: squeeze(first),
            birth: record.birth,
            phone: record.phone.as_deref().and_then(perron_domain::phone::dialled).unwrap_or_default(),
            address: house(&record.address),
        }
    }

    /// Whoever is like this one shares one of these.
    fn blocks(&self) -> Vec<String> {
        let mut blocks = Vec::with_capacity(5);
        for name in [&self.birth_name, &self.used_name].into_iter().filter(|name| !name.is_empty()) {
            let (a, b) = if *name < self.given { (name, &self.given) } else { (&self.given, name) };
            blocks.push(format!("n{a} {b}"));
        }
        if let Some(day) = self.birth.and_then(PartialDate::day) {
            blocks.push(format!("b{day}"));
        }
        if !self.phone.is_empty() {
            blocks.push(format!("p{}", self.phone));
        }
        if !self.address.is_empty() {
            blocks.push(format!("a{} {}", self.given, self.address));
        }
        blocks
    }
}

/// Returns what an address is compared by: the town apart, when no postcode says it.
fn house(address: &Address) -> String {
    let (number, repetition, street) = place::house(&address.line).unwrap_or(("", String::new(), address.line.trim()));
    if street.is_empty() {
        return String::new();
    }
    format!("{number}{repetition}{}{}", place::street_key(street), squeeze(&address.postcode))
}

fn alike_names(a: &Traits, b: &Traits) -> Option<Likeness> {
    fn names(traits: &Traits) -> impl Iterator<Item = &String> {
        [&traits.birth_name, &traits.used_name].into_iter().filter(|name| !name.is_empty())
    }
    let mut close = false;
    for left in names(a) {
        for right in names(b) {
            if (left == right && a.given == b.given) || (*left == b.given && a.given == *right) {
                return Some(Likeness::SameName);
            }
            close |= strsim::jaro_winkler(left, right) >= 0.9 && strsim::jaro_winkler(&a.given, &b.given) >= 0.9;
        }
    }
    close.then_some(Likeness::CloseName)
}

fn alike_births(a: Option<PartialDate>, b: Option<PartialDate>) -> Option<Likeness> {
    let (a, b) = (a?, b?);
    if let (Some(left), Some(right)) = (a.day(), b.day()) {
        if left == right {
            return Some(Likeness::SameBirth);
        }
        let (left, right) = (left.0, right.0);
        let swapped = left.year() == right.year() && left.month() == right.day() && left.day() == right.month();
        let digits = |date: chrono::NaiveDate| date.format("%Y%m%d").to_string();
        let slip = strsim::osa_distance(&digits(left), &digits(right)) == 1;
        return (swapped || slip).then_some(Likeness::CloseBirth);
    }
    let overlap = a.earliest() <= b.latest() && b.earliest() <= a.latest();
    overlap.then_some(Likeness::CloseBirth)
}

/// Returns what makes two people likely to be one, or `None` when they are not.
fn alike(a: &Traits, b: &Traits) -> Option<Vec<Likeness>> {
    let name = alike_names(a, b);
    let birth = alike_births(a.birth, b.birth);
    let phone = (!a.phone.is_empty() && a.phone == b.phone).then_some(Likeness::SamePhone);
    let address = (!a.address.is_empty() && a.address == b.address).then_some(Likeness::SameAddress);
    let near = phone.is_some() || address.is_some();
    let likely = match (name, birth) {
        (Some(_), Some(Likeness::SameBirth)) | (Some(Likeness::SameName), Some(_)) => true,
        (Some(_), Some(_)) => near,
        (Some(Likeness::SameName), None) => phone.is_some() && address.is_some(),
        // Another surname, by marriage or by mistake.
        (None, Some(Likeness::SameBirth)) => near && a.given == b.given,
        (None, Some(_)) => phone.is_some() && address.is_some() && a.given == b.given,
        _ => false,
    };
    likely.then(|| [name, birth, phone, address].into_iter().flatten().collect())
}

/// Returns what makes two people likely to be one, or `None` when they are not.
#[must_use]
pub fn between(one: &PersonRecord, other: &PersonRecord) -> Option<Vec<Likeness>> {
    alike(&Traits::of(one), &Traits::of(other))
}

/// People seen so far, by what likely duplicates share.
#[derive(Debug, Default)]
pub struct Crowd {
    people: Vec<Traits>,
    blocks: HashMap<String, Vec<usize>>,
}

impl Crowd {
    /// Adds somebody and returns whom of the earlier ones, by their place in the order of adding, she may be.
    pub fn add(&mut self, record: &PersonRecord) -> Vec<(usize, Vec<Likeness>)> {
        let traits = Traits::of(record);
        let place = self.people.len();
        let mut seen = Vec::new();
        let mut found = Vec::new();
        for block in traits.blocks() {
            let members = self.blocks.entry(block).or_default();
            for &other in members.iter() {
                if seen.contains(&other) {
                    continue;
                }
                seen.push(other);
                if let Some(likenesses) = self.people.get(other).and_then(|earlier| alike(&traits, earlier)) {
                    found.push((other, likenesses));
                }
            }
            if members.len() < BLOCK {
                members.push(place);
            }
        }
        self.people.push(traits);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, given: &str, birth: &str, phone: &str, line: &str) -> PersonRecord {
        PersonRecord {
            birth_name: name.into(),
            given_names: given.into(),
            birth: birth.parse().ok(),
            phone: (!phone.is_empty()).then(|| phone.into()),
            address: Address { line: line.into(), postcode: "93140".into(), ..Address::default() },
            ..PersonRecord::default()
        }
    }

    fn likely(a: &PersonRecord, b: &PersonRecord) -> bool {
        let mut crowd = Crowd::default();
        assert!(crowd.add(a).is_empty());
        !crowd.add(b).is_empty()
    }

    #[test]
    fn the_key_does_not_see_accents_case_and_punctuation() {
        let a = person("Théière", "Anne-Lise", "2007-05-01", "", "7, rue Noémie");
        let b = person("THEIERE", "Anne Lise", "2007-05-01", "0612345678", "7 Rue Noemie");
        assert_eq!(key(&a), key(&b));
        assert_ne!(key(&a), key(&person("Théière", "Anne-Lise", "2007", "", "7, rue Noémie")));
        assert_ne!(key(&a), key(&person("Théière", "Anne-Lise", "2007-05-01", "", "9 rue Noémie")));
    }

    #[test]
    fn likely_duplicates_are_found() {
        let one = person("Parapluie", "Odette", "1937-03-12", "0612345678", "7 Rue Noémie");
        for (why, other) in [
            ("moved", person("PARAPLUIE", "Odette Marie", "1937-03-12", "", "2 Place Neuve")),
            ("year only", person("Parapluie", "Odette", "1937", "", "2 Place Neuve")),
            ("names swapped", person("Odette", "Parapluie", "1937-03-12", "", "")),
            ("typing slip", person("Paraplui", "Odete", "1937-03-12", "", "")),
            ("day and month swapped", person("Parapluie", "Odette", "1937-12-03", "", "2 Place Neuve")),
            ("other surname, same phone", person("Ombrelle", "Odette", "1937-03-12", "0612345678", "")),
        ] {
            assert!(likely(&one, &other), "{why}");
        }
    }

    #[test]
    fn a_telephone_is_the_same_however_it_was_typed() {
        let one = person("Ombrelle", "Odette", "1937-03-12", "06 12 34 56 78", "");
        assert!(likely(&one, &person("Parapluie", "Odette", "1937-03-12", "+33612345678", "")));
    }

    #[test]
    fn relatives_and_namesakes_are_not_duplicates() {
        let one = person("Parapluie", "Odette", "1937-03-12", "0612345678", "7 Rue Noémie");
        for (why, other) in [
            ("husband", person("Parapluie", "Marcel", "1935-10-30", "0612345678", "7 Rue Noémie")),
            ("namesake", person("Parapluie", "Odette", "1961-07-08", "", "2 Place Neuve")),
            ("same birthday", person("Brouette", "Jules", "1937-03-12", "", "7 Rue Noémie")),
        ] {
            assert!(!likely(&one, &other), "{why}");
        }
    }
}
