//! Two windows on one thing: what was changed in both is put together field by field, and where both changed the same field
//! differently, a person chooses. Nobody's work is thrown away because somebody else saved first.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

fn fields(of: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(of) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// What becomes of a field that both changed, differently.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Both {
    /// It is told.
    Told,
    /// What the form says counts.
    Here,
    /// What stands there counts.
    There,
}

fn merged<T: Serialize + DeserializeOwned>(before: &T, now: &T, there: &T, both: Both) -> Result<T, Vec<String>> {
    let (before, now, mut there) = (fields(before), fields(now), fields(there));
    let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let mut differs = Vec::new();
    let mut changed = Vec::new();
    for name in names {
        let (was, is, other) = (before.get(name), now.get(name), there.get(name));
        if was == is || is == other {
            continue;
        }
        match both {
            _ if was == other => changed.push((name.clone(), is.cloned())),
            Both::Here => changed.push((name.clone(), is.cloned())),
            Both::There => {}
            Both::Told => differs.push(name.clone()),
        }
    }
    if !differs.is_empty() {
        return Err(differs);
    }
    for (name, value) in changed {
        match value {
            Some(value) => there.insert(name, value),
            None => there.remove(&name),
        };
    }
    // What was read as this type, field by field, is of this type.
    serde_json::from_value(Value::Object(there)).map_err(|_| Vec::new())
}

/// Puts together what a form says `now`, which was filled from `before`, and what stands `there` by now.
///
/// # Errors
/// The names of the fields that both changed, differently.
pub fn together<T: Serialize + DeserializeOwned>(before: &T, now: &T, there: &T) -> Result<T, Vec<String>> {
    merged(before, now, there, Both::Told)
}

/// The same once a person has chosen: in the fields that both changed, what the form says counts (`here`), or what stands there.
/// What only one of both changed stays changed.
#[must_use]
pub fn settled<T: Serialize + DeserializeOwned + Clone>(before: &T, now: &T, there: &T, here: bool) -> T {
    let both = if here { Both::Here } else { Both::There };
    merged(before, now, there, both).unwrap_or_else(|_| now.clone())
}

/// Returns the names of the fields in which two records differ.
#[must_use]
pub fn differing<T: Serialize>(one: &T, other: &T) -> Vec<String> {
    let (one, other) = (fields(one), fields(other));
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    names.into_iter().filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}

/// Returns what a field says, for a person to compare; nothing for what is a list of its own.
#[must_use]
pub fn shown(of: &impl Serialize, name: &str) -> Option<Value> {
    fields(of).remove(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::people::PersonRecord;

    fn record(phone: &str, notes: &str) -> PersonRecord {
        PersonRecord {
            birth_name: "Bobine".into(),
            phone: Some(phone.into()),
            notes: Some(notes.into()),
            ..PersonRecord::default()
        }
    }

    #[test]
    fn two_windows_that_changed_different_fields_are_put_together() {
        let both = together(&record("1", "a"), &record("2", "a"), &record("1", "b"));
        assert_eq!(both, Ok(record("2", "b")));
    }

    #[test]
    fn the_same_field_changed_twice_is_named_and_the_same_change_is_none() {
        assert_eq!(together(&record("1", "a"), &record("2", "a"), &record("3", "b")), Err(vec!["phone".to_owned()]));
        assert_eq!(together(&record("1", "a"), &record("2", "a"), &record("2", "b")), Ok(record("2", "b")));
    }

    #[test]
    fn emptying_a_field_is_a_change_too() {
        let emptied = PersonRecord { phone: None, ..record("1", "a") };
        assert_eq!(together(&record("1", "a"), &emptied, &record("1", "b")).map(|one| one.phone), Ok(None));
        assert_eq!(together(&record("1", "a"), &emptied, &record("2", "a")), Err(vec!["phone".to_owned()]));
    }

    #[test]
    fn whoever_chooses_keeps_what_only_one_of_both_changed() {
        let (before, now, there) = (record("1", "a"), record("2", "a"), record("3", "b"));
        let now = PersonRecord { floor: Some("3".into()), ..now };
        let chosen = |here| settled(&before, &now, &there, here);
        let both = |phone: &str| PersonRecord { floor: Some("3".into()), ..record(phone, "b") };
        assert_eq!((chosen(true), chosen(false)), (both("2"), both("3")));
    }
}
