//! People to visit: filters, lines, and where each one stands.

use crate::desk::people::birth;
use crate::desk::people::expected;
use crate::desk::people::expected::Asked;
use crate::desk::relay::Relay;
use crate::import::fold::fold;
use crate::import::place;
use perron_desk_api::{Facet, PeoplePage, PeopleQuery, PersonLine, PersonState, RoundDraft, RoundStage, WishLine};
use perron_domain::fact::Outcome;
use perron_domain::name::FactName;
use perron_domain::people::{Address, Audience, PersonRecord, Priority};
use perron_domain::phone::has_part;
use perron_domain::state::Standing;
use std::collections::{BTreeMap, HashMap};

/// The most people of one page.
const MOST: usize = 1_000;

/// Where everybody stands who is in a round; whoever is missing is to be visited.
#[must_use]
pub fn states(relay: &Relay<'_>, drafts: &[RoundDraft]) -> HashMap<FactName, PersonState> {
    let mut states = HashMap::new();
    let mut rounds: Vec<_> = relay.planned().collect();
    rounds.sort_by_key(|(number, round)| (round.plan.as_ref().map(|plan| plan.on), *number));
    for (number, round) in rounds {
        let stage = relay.stage(round);
        let label = round.plan.as_ref().map(|plan| plan.label.clone()).unwrap_or_default();
        for (dossier, visit) in &round.people {
            let Some(person) = relay.person_of(number, *dossier, visit) else { continue };
            let state = match round.outcome_of(*dossier) {
                Some(outcome) => PersonState::Seen { round: number, outcome },
                None if matches!(stage, RoundStage::Closed | RoundStage::Cancelled) => continue,
                None => PersonState::Planned { round: number, label: label.clone() },
            };
            states.insert(person, state);
        }
    }
    // A refusal for good or a death outlives every later round.
    for (person, known) in &relay.people.view().known {
        let forever = |one: &Standing| one.never || one.outcome == Outcome::Deceased;
        if let Some(standing) = known.standing(None).filter(forever) {
            states.insert(*person, PersonState::NeverAgain { outcome: standing.outcome });
        }
    }
    for draft in drafts {
        for person in draft.stops.iter().flat_map(|stop| &stop.people) {
            let seen = matches!(states.get(person), Some(PersonState::Seen { round, .. }) if *round == draft.number);
            if !seen && !matches!(states.get(person), Some(PersonState::NeverAgain { .. })) {
                states.insert(*person, PersonState::Planned { round: draft.number, label: draft.label.clone() });
            }
        }
    }
    states
}

/// Says whether somebody may be put in a round: she is in none, nothing keeps her from being called, and when she was
/// vaccinated before, the rules let her have a next dose.
#[must_use]
pub fn open(
    relay: &Relay<'_>,
    id: FactName,
    record: &PersonRecord,
    state: Option<&PersonState>,
    asked: &Asked,
) -> bool {
    let standing = || relay.people.view().known.get(&id).and_then(|known| expected::standing(relay, known));
    match state {
        None | Some(PersonState::ToVisit) => true,
        Some(PersonState::Planned { .. } | PersonState::NeverAgain { .. }) => false,
        Some(PersonState::Seen { outcome: Outcome::Vaccinated, .. }) => {
            expected::lines(relay, record, asked).iter().any(|one| one.may_go)
        }
        Some(PersonState::Seen { outcome: Outcome::Moved | Outcome::VaccinatedElsewhere, .. }) => {
            !expected::pass_over(standing().as_ref(), &[], asked.on)
        }
        Some(PersonState::Seen { .. }) => true,
    }
}

/// Returns the telephone in the one form that is dialled, or as somebody typed it when it has none.
#[must_use]
pub fn dialled(record: &PersonRecord) -> Option<String> {
    let typed = record.phone.as_deref()?;
    Some(perron_domain::phone::dialled(typed).unwrap_or_else(|| typed.to_owned()))
}

/// Returns a person as lists show her.
#[must_use]
pub fn line(
    relay: &Relay<'_>,
    id: FactName,
    record: &PersonRecord,
    state: Option<&PersonState>,
    asked: &Asked,
) -> PersonLine {
    let today = relay.today();
    let known = relay.people.view().known.get(&id);
    let standing = known.and_then(|known| expected::standing(relay, known));
    let expected = expected::lines(relay, record, asked);
    let wish = |wish: &perron_domain::people::Wish| WishLine {
        product: wish.product.clone(),
        name: relay.product_short(&wish.product),
        rank: wish.rank,
    };
    PersonLine {
        id,
        name: record.display_name(),
        birth_name: record.birth_name.clone(),
        birth: record.birth,
        age: record.birth.map(|birth| today.years_since(birth.latest())),
        sex: record.sex,
        phone: dialled(record),
        address: record.address.line.clone(),
        town: format!("{} {}", record.address.postcode, record.address.city).trim().to_owned(),
        street: place::street(&record.address.line).to_owned(),
        iris: record.address.iris.clone(),
        located: record.address.lon.is_some() && record.address.lat.is_some(),
        household: record.household.clone(),
        priorities: record.priorities.clone(),
        audience: record.audience,
        wishes: record.wishes.iter().map(wish).collect(),
        notes: record.notes.clone(),
        state: state.cloned().unwrap_or(PersonState::ToVisit),
        alerts: known.map(|known| expected::alerts(relay, known)).unwrap_or_default(),
        pass_over: expected::pass_over(standing.as_ref(), &expected, asked.on),
        standing,
        expected,
    }
}

/// Returns the name that JSON gives a priority.
#[must_use]
pub fn priority_code(priority: Priority) -> &'static str {
    match priority {
        Priority::VeryHighRisk => "very_high_risk",
        Priority::Elder => "elder",
        Priority::Immunocompromised => "immunocompromised",
        Priority::Comorbidity => "comorbidity",
        Priority::Pregnant => "pregnant",
    }
}

/// Returns the name that JSON gives an audience.
#[must_use]
pub fn audience_code(audience: Audience) -> &'static str {
    match audience {
        Audience::Precarious => "precarious",
        Audience::Young => "young",
        Audience::ElderlyIsolated => "elderly_isolated",
        Audience::ReducedMobility => "reduced_mobility",
        Audience::NoFamilyDoctor => "no_family_doctor",
        Audience::Collective => "collective",
    }
}

/// What a list of people is looked through for.
struct Wanted<'a> {
    query: &'a PeopleQuery,
    words: &'a [String],
    /// What the street is known by, however it is written.
    street: Option<String>,
    asked: &'a Asked,
}

fn street_key(address: &Address) -> String {
    place::street_key(place::street(&address.line))
}

fn matches(
    relay: &Relay<'_>,
    wanted: &Wanted<'_>,
    id: FactName,
    record: &PersonRecord,
    state: Option<&PersonState>,
) -> bool {
    let Wanted { query, words, asked, .. } = wanted;
    let wanted_state = || match query.state.as_str() {
        "open" => open(relay, id, record, state, asked),
        "planned" => matches!(state, Some(PersonState::Planned { .. })),
        "seen" => matches!(state, Some(PersonState::Seen { .. })),
        "never" => matches!(state, Some(PersonState::NeverAgain { .. })),
        _ => true,
    };
    let is = |asked: &str, has: bool| asked.is_empty() || has;
    is(&query.priority, record.priorities.iter().any(|one| priority_code(*one) == query.priority))
        && is(&query.audience, record.audience.is_some_and(|one| audience_code(one) == query.audience))
        && is(&query.product, record.wishes.iter().any(|wish| wish.product == query.product))
        && is(&query.street, wanted.street.as_deref() == Some(street_key(&record.address).as_str()))
        && is(&query.iris, record.address.iris.as_deref() == Some(query.iris.as_str()))
        && (words.is_empty() || has_words(words, record))
        && wanted_state()
}

/// Returns the words of a search; what stands beside each other and may be a telephone number is one word.
fn searched(typed: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut number = false;
    for word in typed.split_whitespace() {
        let digits = word.chars().all(|one| one.is_ascii_digit() || "+.-/()".contains(one));
        match words.last_mut() {
            Some(last) if digits && number => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        number = digits;
    }
    words
}

/// Says whether a person has all the words of a search, wherever; figures may be her telephone number or her birth date, or
/// stand in her address one by one.
fn has_words(words: &[String], record: &PersonRecord) -> bool {
    let parts = [
        record.birth_name.as_str(),
        record.used_name.as_deref().unwrap_or_default(),
        &record.given_names,
        &record.address.line,
        &record.address.postcode,
        &record.address.city,
        record.household.as_deref().unwrap_or_default(),
    ];
    let text = fold(&parts.join(" "));
    let has_text = |word: &String| fold(word).split(' ').all(|part| text.contains(part));
    let has_phone = |word: &String| record.phone.as_deref().is_some_and(|phone| has_part(phone, word));
    let born = |word: &String| record.birth.is_some_and(|birth| birth::is_meant(birth, word));
    words.iter().all(|word| has_text(word) || has_phone(word) || born(word))
}

/// Returns the people that a query asks for, by street, house number and name, and what one may filter by.
#[must_use]
pub fn page(relay: &Relay<'_>, drafts: &[RoundDraft], query: &PeopleQuery) -> PeoplePage {
    let states = states(relay, drafts);
    let on = query.on;
    let asked = on.map_or_else(|| Asked::today(relay), |on| Asked::on(relay, on));
    let words = searched(&query.q);
    let persons = &relay.people.view().persons;
    let street = Some(&query.street).filter(|street| !street.is_empty()).map(|street| place::street_key(street));
    let wanted = Wanted { query, words: &words, street, asked: &asked };
    let mut found: Vec<(&FactName, &PersonRecord)> =
        persons.iter().filter(|(name, record)| matches(relay, &wanted, **name, record, states.get(name))).collect();
    found.sort_by_cached_key(|(_, record)| {
        let address = &record.address.line;
        let number: u32 = address.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0);
        (place::street_key(place::street(address)), number, fold(&record.birth_name))
    });
    let limit = query.limit.unwrap_or(100).min(MOST);
    let lines = found
        .iter()
        .skip(query.offset)
        .take(limit)
        .map(|(name, record)| line(relay, **name, record, states.get(name), &asked))
        .collect();
    // What one may filter by is counted among those that the state leaves, so that no choice leads to an empty list
    // before another filter is set.
    let only_state = PeopleQuery { state: query.state.clone(), ..PeopleQuery::default() };
    let only_state = Wanted { query: &only_state, words: &[], street: None, asked: &asked };
    let mut facets = Facets::default();
    for (name, record) in persons {
        if matches(relay, &only_state, *name, record, states.get(name)) {
            facets.count(record);
        }
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    PeoplePage {
        total: count(persons.len()),
        found: count(found.len()),
        persons: lines,
        streets: plain(facets.streets.into_values().filter_map(spelled).collect()),
        iris: plain(facets.iris),
        products: facets
            .products
            .into_iter()
            .map(|(code, count)| Facet { label: relay.product_name(&code), value: code, count })
            .collect(),
        audiences: plain(facets.audiences),
        priorities: plain(facets.priorities),
    }
}

#[derive(Default)]
struct Facets {
    /// How often a street is spelled how, by what it is known by.
    streets: BTreeMap<String, BTreeMap<String, u32>>,
    iris: BTreeMap<String, u32>,
    products: BTreeMap<String, u32>,
    audiences: BTreeMap<String, u32>,
    priorities: BTreeMap<String, u32>,
}

impl Facets {
    fn count(&mut self, record: &PersonRecord) {
        fn more(facet: &mut BTreeMap<String, u32>, value: &str) {
            match facet.get_mut(value) {
                Some(count) => *count += 1,
                None => {
                    facet.insert(value.to_owned(), 1);
                }
            }
        }
        let spelled = self.streets.entry(street_key(&record.address)).or_default();
        more(spelled, place::street(&record.address.line));
        if let Some(iris) = &record.address.iris {
            more(&mut self.iris, iris);
        }
        for wish in &record.wishes {
            more(&mut self.products, &wish.product);
        }
        if let Some(audience) = record.audience {
            more(&mut self.audiences, audience_code(audience));
        }
        for priority in &record.priorities {
            more(&mut self.priorities, priority_code(*priority));
        }
    }
}

/// Returns a street as most spell it, and how many live there.
fn spelled(ways: BTreeMap<String, u32>) -> Option<(String, u32)> {
    let all = ways.values().sum();
    let (way, _) = ways.into_iter().max_by(|(way, count), (other, others)| count.cmp(others).then(other.cmp(way)))?;
    Some((way, all))
}

fn plain(facet: BTreeMap<String, u32>) -> Vec<Facet> {
    facet.into_iter().map(|(value, count)| Facet { label: value.clone(), value, count }).collect()
}
