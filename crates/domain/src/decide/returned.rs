//! The way back: what a round learned of people becomes facts of the relay's people.
//!
//! Nothing is remembered of what was brought back before: what the round says now is compared with what the people's scope
//! holds of it. So a crash, a restart, a restore or the same push again bring back each fact once, and corrections and
//! erasures are followed whenever they arrive.

use super::{Context, amend};
use crate::date::Day;
use crate::fact::{AccountNo, Answered, Back, Body, Corrected, Erasure, Fact, Learned, Returned, RoundFact};
use crate::name::{FactName, FactRef};
use crate::order::gather;
use crate::people::{Known, PersonRecord, Reaction, TraitKnown};
use crate::rules::{About, Question, Trait};
use crate::state::{Common, CommonState, Effective, Log, PeopleState, RoundState};
use crate::time::Wall;
use crate::zone::{PARIS, Zone};
use std::collections::{BTreeMap, BTreeSet};

/// What a fact of a round comes to in the relay's people.
struct Found<'a> {
    fact: &'a Fact,
    dossier: FactName,
    at: Wall,
    by: AccountNo,
    what: Back,
}

/// Returns the facts to append to the people's scope so that it says of round `number` what the round says: new ones,
/// corrections and erasures. None when nothing has changed.
#[must_use]
pub fn bring_back(
    number: u32,
    round: &RoundState,
    common: &CommonState,
    people: &PeopleState,
    context: &Context,
) -> Vec<Body> {
    let found = found(round, common, people);
    let mut facts = Vec::new();
    let mut met: BTreeMap<FactName, FactName> = BTreeMap::new();
    let mut wanted: BTreeSet<RoundFact> = BTreeSet::new();
    let mut withdrawn: Option<BTreeMap<RoundFact, FactName>> = None;
    for one in found {
        let source = RoundFact::new(number, one.fact.name);
        let dossier = RoundFact::new(number, one.dossier);
        if people.forgotten.contains(&source) || people.forgotten.contains(&dossier) {
            continue;
        }
        let known = people.came_back(source);
        let begins = matches!(one.what, Back::Met { .. });
        let person = if begins { None } else { whose(number, round, people, one.dossier, &met) };
        if person.is_none() && !begins {
            continue;
        }
        wanted.insert(source);
        let same = known.is_some_and(|(of, known)| {
            person.is_none_or(|person| person == of)
                && (known.at, known.by, known.dossier) == (one.at, one.by, dossier)
                && known.what == one.what
        });
        if same {
            continue;
        }
        // What was withdrawn is not in the fold any more, and is not written a second time either.
        let before = known
            .map(|(_, known)| known.name)
            .or_else(|| withdrawn.get_or_insert_with(|| all(people.log())).get(&source).copied());
        let back: Body = Returned {
            person: person.map(|person| FactRef::to(person, context.device)),
            source,
            dossier,
            clock: one.fact.hlc,
            at: one.at,
            by: one.by,
            what: one.what,
        }
        .into();
        match before {
            Some(name) => {
                if begins {
                    met.insert(one.dossier, name);
                }
                facts.push(corrected(people.log(), name, Some(back), context));
            }
            None => {
                if begins {
                    let place = u32::try_from(facts.len()).unwrap_or(u32::MAX);
                    met.insert(one.dossier, FactName::new(context.device, context.next.saturating_add(place)));
                }
                facts.push(back);
            }
        }
    }
    facts.extend(gone(number, round, people, &wanted, context));
    facts
}

/// Returns what is to be said of facts that came back and that the round does not say any more.
fn gone(
    number: u32,
    round: &RoundState,
    people: &PeopleState,
    wanted: &BTreeSet<RoundFact>,
    context: &Context,
) -> Vec<Body> {
    let of_round = RoundFact::new(number, FactName::new(crate::name::DeviceId(0), 0))
        ..=RoundFact::new(number, FactName::new(crate::name::DeviceId(u32::MAX), u32::MAX));
    let mut erased_there: Option<BTreeSet<FactName>> = None;
    let mut facts = Vec::new();
    let mut erased = BTreeSet::new();
    let mut sources = Vec::new();
    for source in people.returned.range(of_round).map(|(source, _)| *source) {
        let Some((_, known)) = people.came_back(source) else { continue };
        // A fact that this round does not hold says nothing about what came back from it.
        let (false, Some(fact)) = (wanted.contains(&source), round.log().get(source.name())) else { continue };
        let there = erased_there.get_or_insert_with(|| erasures(round.log()));
        if matches!(fact.body, Body::Erased) || there.contains(&source.name()) {
            erased.extend(people.log().family(known.name).into_iter().map(|fact| fact.name));
            sources.push(source);
        } else {
            facts.push(corrected(people.log(), known.name, None, context));
        }
    }
    if !erased.is_empty() {
        let named = erased.into_iter().map(|name| FactRef::to(name, context.device)).collect();
        facts.push(Erasure { facts: named, sources: Some(sources) }.into());
    }
    facts
}

pub(super) fn corrected(log: &Log, name: FactName, new: Option<Body>, context: &Context) -> Body {
    let of = amend::candidates(log, name).into_iter().map(|name| FactRef::to(name, context.device)).collect();
    let kind = new.as_ref().map(Body::kind);
    let body = new.map(|new| new.to_cbor().into());
    Corrected { of, kind, body, reason: None }.into()
}

/// Returns everything that ever came back, withdrawn or not.
fn all(log: &Log) -> BTreeMap<RoundFact, FactName> {
    let mut all = BTreeMap::new();
    for fact in log.iter() {
        if let Body::Returned(returned) = &fact.body {
            all.entry(returned.source).or_insert(fact.name);
        }
    }
    all
}

fn erasures(log: &Log) -> BTreeSet<FactName> {
    let named = log.iter().filter_map(|fact| match &fact.body {
        Body::Erasure(erasure) => {
            let chain = log.reading(fact.name);
            Some(erasure.facts.iter().map(move |target| target.name(chain)))
        }
        _ => None,
    });
    gather(named.flatten())
}

/// Returns the person whose dossier it is; none when she is nobody of the list, or was erased from it.
fn whose(
    number: u32,
    round: &RoundState,
    people: &PeopleState,
    dossier: FactName,
    met: &BTreeMap<FactName, FactName>,
) -> Option<FactName> {
    if let Some(person) = round.people.get(&dossier)?.person.map(|person| people.now(person))
        && people.persons.contains_key(&person)
    {
        return Some(person);
    }
    let begun = people.came_back(RoundFact::new(number, dossier)).map(|(person, _)| person);
    met.get(&dossier).copied().or(begun)
}

/// Returns what a round learned of people, in the order in which it counts. What the hub itself wrote there is known.
fn found<'a>(round: &'a RoundState, common: &CommonState, people: &PeopleState) -> Vec<Found<'a>> {
    let (effective, _) = round.log().effective();
    let questions = Questions::of(common);
    let mut records: BTreeMap<FactName, PersonRecord> = BTreeMap::new();
    let mut last_given: BTreeMap<FactName, String> = BTreeMap::new();
    let mut found = Vec::new();
    for one in &effective {
        let Some(dossier) = dossier_of(round, one) else { continue };
        let Some((at, by, what)) = what(round, common, people, one, dossier, &mut records, &mut last_given, &questions)
        else {
            continue;
        };
        if !told_by_hub(one.fact) || matches!(what, Back::Met { .. }) {
            found.push(Found { fact: one.fact, dossier, at, by, what });
        }
    }
    found
}

/// Says whether the hub wrote a fact of itself, in nobody's name: it told the round what the relay knew already. What the
/// desk enters after the round stands in somebody's name.
pub(super) fn told_by_hub(fact: &Fact) -> bool {
    fact.name.device.is_hub() && fact.author == AccountNo::default()
}

fn dossier_of(round: &RoundState, one: &Effective<'_>) -> Option<FactName> {
    let name = match one.body.as_ref() {
        Body::DossierAdded(_) => one.fact.name,
        body => body.subject()?.name(one.device),
    };
    let dossier = round.acts.get(&name).map_or(name, |act| act.person);
    round.people.contains_key(&dossier).then_some(dossier)
}

#[expect(clippy::too_many_arguments, reason = "one step of one fold, with what it keeps between steps")]
fn what(
    round: &RoundState,
    common: &CommonState,
    people: &PeopleState,
    one: &Effective<'_>,
    dossier: FactName,
    records: &mut BTreeMap<FactName, PersonRecord>,
    last_given: &mut BTreeMap<FactName, String>,
    questions: &Questions<'_>,
) -> Option<(Wall, AccountNo, Back)> {
    let said = |what| Some((one.fact.wall, one.fact.author, what));
    match one.body.as_ref() {
        Body::DossierAdded(added) => {
            records.insert(dossier, added.record.clone());
            let listed = round.people.get(&dossier)?.person.map(|person| people.log().get(person).is_some());
            // Somebody whose place in the list a restore lost begins again here, as if met on the spot.
            let begins =
                if let Some(listed) = listed { !listed } else { added.walk_in || !one.fact.name.device.is_hub() };
            if begins { said(Back::Met { record: Box::new(added.record.clone()) }) } else { None }
        }
        Body::IdentityCorrected(corrected) => said(Back::Identity {
            birth_name: corrected.birth_name.clone(),
            given_names: corrected.given_names.clone(),
            birth: corrected.birth,
            sex: corrected.sex,
        }),
        Body::HistoryNoted(noted) => {
            let record = records.get_mut(&dossier)?;
            let before = record.clone();
            record.learn(&noted.history);
            said(Back::History { learned: lasting(Learned::between(&before, record))? })
        }
        Body::ScreeningAnswered(answered) => {
            let product = &round.acts.get(&answered.act.name(one.device))?.wish.product;
            let learned = questions.learned(&answered.answers, product);
            let record = records.get_mut(&dossier)?;
            let before = record.clone();
            learned.teach(record);
            said(Back::History { learned: lasting(Learned::between(&before, record))? })
        }
        Body::DoseGiven(given) => {
            last_given.insert(dossier, given.product.clone());
            let what = Back::Dose {
                product: given.product.clone(),
                lot: given.lot.clone(),
                on: day(round, common, given.done_at),
                rank: given.rank,
                error: given.error.as_ref().map(|error| error.what.clone()),
            };
            Some((given.done_at, given.injected_by, what))
        }
        Body::IncidentReported(reported) => {
            use crate::fact::IncidentKind;
            // A needle-stick is the nurse's, a closed door nobody's.
            let hers = matches!(reported.kind, IncidentKind::Reaction | IncidentKind::Faint | IncidentKind::Emergency);
            let what = Back::Incident {
                kind: reported.kind,
                product: last_given.get(&dossier).cloned(),
                on: day(round, common, reported.at),
                text: reported.text.clone(),
            };
            hers.then_some((reported.at, one.fact.author, what))
        }
        Body::AdrenalineGiven(given) => {
            let what = Back::Incident {
                kind: crate::fact::IncidentKind::Emergency,
                product: last_given.get(&dossier).cloned(),
                on: day(round, common, given.at),
                text: "Adrénaline".to_owned(),
            };
            Some((given.at, one.fact.author, what))
        }
        Body::OutcomeRecorded(recorded) => {
            let act = recorded.act.and_then(|act| round.acts.get(&act.name(one.device)));
            said(Back::Outcome {
                outcome: recorded.outcome,
                product: act.map(|act| act.wish.product.clone()),
                call_again: recorded.call_again,
                again_on: recorded.again_on,
            })
        }
        Body::NextDateGiven(next) => said(Back::NextDate { on: next.on, product: next.product.clone() }),
        _ => None,
    }
}

/// Says whether a trait is true of a person beyond the visit: a pregnancy is asked about each time.
fn lasts(which: Trait) -> bool {
    which != Trait::Pregnant
}

/// Leaves out what is of the day; none when nothing is left.
fn lasting(mut learned: Learned) -> Option<Learned> {
    learned.traits.retain(|one| lasts(one.which));
    (!learned.is_empty()).then_some(learned)
}

/// Returns the day on which the rules count what was done at that hour: in a relay of demonstration the round's own.
fn day(round: &RoundState, common: &Common, at: Wall) -> Day {
    match (&common.relay, &round.plan) {
        (Some(relay), Some(plan)) if relay.demo => plan.on,
        (relay, _) => relay.as_ref().map_or(PARIS, Zone::of).day(at),
    }
}

/// What the answer to each question belongs to, as the relay's directives say it.
struct Questions<'a>(BTreeMap<&'a str, &'a Question>);

impl<'a> Questions<'a> {
    fn of(common: &'a Common) -> Self {
        let asked = common.directives.iter().flat_map(|directive| &directive.questions);
        // The first directives did not say what an answer belongs to: that says nothing of later days.
        Self(gather(asked.filter(|one| one.about.is_some()).map(|one| (one.code.as_str(), one))))
    }

    /// Returns what answers for a product say of the person beyond today.
    fn learned(&self, answers: &[Answered], product: &str) -> Learned {
        let mut learned = Learned::default();
        for answer in answers {
            let Some(question) = self.0.get(answer.question.as_str()) else { continue };
            if let Some(which) = question.asks_trait.filter(|which| lasts(*which)) {
                let known = if answer.yes { Known::Yes } else { Known::No };
                learned.traits.push(TraitKnown { which, known });
            }
            match question.about {
                Some(About::Always) => learned.lasting.push(answer.clone()),
                Some(About::Product | About::Family) if answer.yes => learned.reactions.push(Reaction {
                    question: answer.question.clone(),
                    product: product.to_owned(),
                    on: None,
                }),
                _ => {}
            }
        }
        learned
    }
}
