//! What a row says otherwise than the relay knows of the same person: shown, and taken only where somebody says so.
//!
//! An empty cell says nothing, and a cell that says what it said when the person came in is no news: the desk may have
//! corrected her since. What a list only completes (wishes, doses, reasons to come first) is added to what is known.

use super::fold::squeeze;
use perron_domain::people::{History, Known as Answer, PersonRecord, Priority, Protection, Sex, TraitKnown};

/// Returns the record as it would be once the row is taken; none when the row says nothing new. `said` is what the list said
/// when she came in.
#[must_use]
pub fn taken(known: &PersonRecord, said: Option<&PersonRecord>, row: &PersonRecord) -> Option<PersonRecord> {
    let nothing = PersonRecord::default();
    let said = said.unwrap_or(&nothing);
    let mut taken = known.clone();
    identity(&mut taken, said, row);
    address(&mut taken, said, row);
    for (mine, theirs, then) in [
        (&mut taken.used_name, &row.used_name, &said.used_name),
        (&mut taken.floor, &row.floor, &said.floor),
        (&mut taken.door_code, &row.door_code, &said.door_code),
        (&mut taken.household, &row.household, &said.household),
        (&mut taken.family_doctor, &row.family_doctor, &said.family_doctor),
        (&mut taken.language, &row.language, &said.language),
        (&mut taken.mobility, &row.mobility, &said.mobility),
    ] {
        let folded = |text: &Option<String>| text.as_deref().map(squeeze);
        if theirs.is_some() && folded(theirs) != folded(mine) && folded(theirs) != folded(then) {
            mine.clone_from(theirs);
        }
    }
    let dialled = |text: &Option<String>| {
        text.as_deref().map(|text| perron_domain::phone::dialled(text).unwrap_or(text.to_owned()))
    };
    if row.phone.is_some()
        && dialled(&row.phone) != dialled(&taken.phone)
        && dialled(&row.phone) != dialled(&said.phone)
    {
        taken.phone.clone_from(&row.phone);
    }
    if row.audience.is_some() && row.audience != said.audience {
        taken.audience = row.audience;
    }
    if row.origin.is_some() && row.origin != said.origin {
        taken.origin = row.origin;
    }
    if row.protection != Protection::None && row.protection != said.protection {
        taken.protection = row.protection;
    }
    history(&mut taken, said, row);
    notes(&mut taken, said, row);
    (taken != *known).then_some(taken)
}

fn identity(taken: &mut PersonRecord, said: &PersonRecord, row: &PersonRecord) {
    let news =
        |theirs: &str, mine: &str, then: &str| squeeze(theirs) != squeeze(mine) && squeeze(theirs) != squeeze(then);
    if news(&row.birth_name, &taken.birth_name, &said.birth_name) {
        taken.birth_name.clone_from(&row.birth_name);
    }
    if news(&row.given_names, &taken.given_names, &said.given_names) {
        taken.given_names.clone_from(&row.given_names);
    }
    if row.birth.is_some() && row.birth != said.birth {
        taken.birth = row.birth;
    }
    if row.sex != Sex::Unknown && row.sex != said.sex {
        taken.sex = row.sex;
    }
}

/// An address goes as a whole: the coordinates of one are not those of another.
fn address(taken: &mut PersonRecord, said: &PersonRecord, row: &PersonRecord) {
    let differs = |theirs: &str, mine: &str| !theirs.is_empty() && squeeze(theirs) != squeeze(mine);
    let other = |one: &PersonRecord| {
        differs(&row.address.line, &one.address.line)
            || differs(&row.address.postcode, &one.address.postcode)
            || differs(&row.address.city, &one.address.city)
    };
    if other(taken) && other(said) {
        let before = std::mem::replace(&mut taken.address, row.address.clone());
        if squeeze(&before.line) == squeeze(&row.address.line) {
            let or = |new: &mut String, old: String| {
                if new.is_empty() {
                    *new = old;
                }
            };
            or(&mut taken.address.postcode, before.postcode);
            or(&mut taken.address.city, before.city);
        }
    }
}

fn history(taken: &mut PersonRecord, said: &PersonRecord, row: &PersonRecord) {
    let risks = |one: &&Priority| !said.priorities.contains(one);
    for priority in row.priorities.iter().filter(risks) {
        if !taken.priorities.contains(priority) {
            taken.priorities.push(*priority);
        }
    }
    if row.health_worker && !said.health_worker {
        taken.health_worker = true;
    }
    let no = |one: &&TraitKnown| one.known == Answer::No && !said.traits.contains(one);
    let denied: Vec<TraitKnown> =
        row.traits.iter().filter(no).filter(|one| taken.knows(one.which) != Some(one.known)).copied().collect();
    taken.learn(&History { traits: denied, ..History::default() });
    for wish in row.wishes.iter().filter(|wish| !said.wishes.contains(wish)) {
        match taken.wishes.iter_mut().find(|known| known.product == wish.product) {
            Some(known) => known.rank = wish.rank.or(known.rank),
            None => taken.wishes.push(wish.clone()),
        }
    }
    for dose in row.doses.iter().filter(|dose| !said.doses.contains(dose)) {
        if !taken.doses.iter().any(|known| known.product == dose.product && known.on == dose.on) {
            taken.doses.push(dose.clone());
        }
    }
    for infection in row.infections.iter().filter(|one| !said.infections.contains(one)) {
        if !taken.infections.iter().any(|known| known.on == infection.on) {
            taken.infections.push(infection.clone());
        }
    }
    for list in row.lists.iter().filter(|list| !said.lists.contains(list)) {
        if taken.list(&list.list).is_none() {
            taken.lists.push(list.clone());
        }
    }
}

fn notes(taken: &mut PersonRecord, said: &PersonRecord, row: &PersonRecord) {
    let has = |notes: &Option<String>, line: &str| {
        notes.as_deref().is_some_and(|notes| squeeze(notes).contains(&squeeze(line)))
    };
    for line in row.notes.iter().flat_map(|notes| notes.lines()) {
        if !has(&taken.notes, line) && !has(&said.notes, line) {
            let before = taken.notes.take().map(|notes| notes + "\n").unwrap_or_default();
            taken.notes = Some(before + line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::people::{Address, Wish};

    fn record(phone: &str) -> PersonRecord {
        PersonRecord {
            birth_name: "Elanor".into(),
            given_names: "Zoé".into(),
            phone: (!phone.is_empty()).then(|| phone.to_owned()),
            address: Address { line: "1 allée du Test".into(), postcode: "93140".into(), ..Address::default() },
            notes: Some("chien gentil".into()),
            ..PersonRecord::default()
        }
    }

    #[test]
    fn a_row_that_says_the_same_or_less_is_no_news() {
        let known = record("0612340001");
        assert_eq!(taken(&known, None, &known), None);
        let less = PersonRecord { notes: None, given_names: "ZOE".into(), ..record("") };
        assert_eq!(taken(&known, None, &less), None);
        assert_eq!(taken(&known, None, &record("+33 6 12 34 00 01")), None, "the same number");
    }

    #[test]
    fn what_differs_is_taken_and_what_is_known_beside_it_stays() {
        let known = PersonRecord { priorities: vec![Priority::Elder], ..record("0612340001") };
        let row = PersonRecord {
            priorities: vec![Priority::VeryHighRisk],
            wishes: vec![Wish { product: "shingrix".into(), rank: None }],
            notes: Some("sonner fort".into()),
            ..record("0699000002")
        };
        let taken = taken(&known, Some(&known), &row).unwrap();
        assert_eq!(taken.phone.as_deref(), Some("0699000002"));
        assert_eq!(taken.priorities, [Priority::Elder, Priority::VeryHighRisk]);
        assert_eq!((taken.wishes.len(), taken.notes.as_deref()), (1, Some("chien gentil\nsonner fort")));
    }

    #[test]
    fn what_the_list_said_already_is_no_news_after_the_desk_corrected_it() {
        let said = record("0612340001");
        let corrected = record("0699000002");
        assert_eq!(taken(&corrected, Some(&said), &said), None);
        assert!(taken(&corrected, Some(&said), &record("0699000003")).is_some());
    }
}
