//! What the rules would answer for people, before anybody is called, and what must be seen beside their names.

use crate::desk::draft::change;
use crate::desk::relay::Relay;
use perron_desk_api::{AlertKind, AlertLine, Doubt, ExpectedLine, PersonCheck, RoundDraft, StandingLine};
use perron_domain::date::Day;
use perron_domain::expected::{self, Expected, Visiting};
use perron_domain::fact::{AccountNo, IncidentKind, Outcome};
use perron_domain::name::FactName;
use perron_domain::people::{PersonRecord, Wish};
use perron_domain::state::{Alert, Person, Standing};

/// For how long somebody whom others vaccinated is left alone, in days: half a year, as between two doses of a season.
const ELSEWHERE_DAYS: i64 = 182;

/// When and by whom people would be visited.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The day.
    pub on: Day,
    /// Whether the relay's own layer applies.
    pub relay_protocol: bool,
    /// The nurse.
    pub nurse: AccountNo,
}

impl Asked {
    /// Asks about a visit of today.
    #[must_use]
    pub fn today(relay: &Relay<'_>) -> Self {
        Self::on(relay, relay.today())
    }

    /// Asks about a visit of some day, by any nurse of the relay.
    #[must_use]
    pub fn on(relay: &Relay<'_>, on: Day) -> Self {
        let accounts = relay.common.accounts.values();
        let nurse = accounts.filter(|one| one.roles.contains(&perron_domain::fact::Role::Nurse));
        // One who may prescribe, where there is one: the desk chooses who goes.
        let nurse = nurse.max_by_key(|one| one.prescriber_trained).map(|one| one.account).unwrap_or_default();
        Self { on, relay_protocol: false, nurse }
    }

    /// Asks about a round that is being prepared.
    #[must_use]
    pub fn by(relay: &Relay<'_>, draft: &RoundDraft) -> Self {
        let trained = |one: &&AccountNo| relay.common.accounts.get(one).is_some_and(|known| known.prescriber_trained);
        let nurse = draft.nurses.iter().find(trained).or_else(|| draft.nurses.first()).copied();
        let any = Self::on(relay, draft.on);
        Self { on: draft.on, relay_protocol: draft.relay_protocol, nurse: nurse.unwrap_or(any.nurse) }
    }

    fn visiting<'a>(&self, relay: &Relay<'a>) -> Visiting<'a> {
        let territory = relay.common.relay.as_ref().map_or("FR", |known| known.territory.as_str());
        Visiting { on: self.on, territory, relay_protocol: self.relay_protocol, nurse: self.nurse }
    }
}

/// Returns what the rules would answer for each wish of a person.
#[must_use]
pub fn lines(relay: &Relay<'_>, record: &PersonRecord, asked: &Asked) -> Vec<ExpectedLine> {
    let visiting = asked.visiting(relay);
    let answer = |wish: &Wish| line(relay, wish, asked.on, expected::expected(relay.common, record, wish, visiting));
    record.wishes.iter().map(answer).collect()
}

/// Returns from which day on a dose is possible, by product wished or given before.
#[must_use]
pub fn next(relay: &Relay<'_>, record: &PersonRecord, asked: &Asked) -> Vec<ExpectedLine> {
    let mut wishes = record.wishes.clone();
    for dose in &record.doses {
        if dose.product != "other" && wishes.iter().all(|wish| wish.product != dose.product) {
            wishes.push(Wish { product: dose.product.clone(), rank: None });
        }
    }
    let visiting = asked.visiting(relay);
    let answer = |wish: &Wish| {
        let next = expected::next_possible(relay.common, record, wish, visiting);
        line(relay, wish, asked.on, next.map_or_else(|refused| refused, Some))
    };
    wishes.iter().map(answer).collect()
}

fn line(relay: &Relay<'_>, wish: &Wish, on: Day, answer: Option<Expected>) -> ExpectedLine {
    let (product, name) = (wish.product.clone(), relay.product_short(&wish.product));
    let Some(answer) = answer else {
        return ExpectedLine {
            product,
            name,
            on,
            outcome: None,
            may_go: true,
            until: None,
            fr: "La date de naissance n’est pas connue.".to_owned(),
            en: "The birth date is not known.".to_owned(),
            instead: Vec::new(),
        };
    };
    ExpectedLine {
        product,
        name,
        on: answer.on,
        outcome: Some(answer.outcome),
        may_go: answer.may_go(),
        until: answer.until,
        instead: answer.instead.iter().map(|code| relay.product_short(code)).collect(),
        fr: answer.fr,
        en: answer.en,
    }
}

/// Returns why somebody is not called, or only after a look.
#[must_use]
pub fn standing(relay: &Relay<'_>, known: &Person) -> Option<StandingLine> {
    let standing = known.standing(None)?;
    Some(StandingLine {
        outcome: standing.outcome,
        forbids: standing.forbids(),
        never: standing.never,
        on: relay.zone().day(standing.at),
        round: standing.source.round,
        label: relay.label(standing.source.round),
    })
}

/// Returns what must be seen beside a person's name.
#[must_use]
pub fn alerts(relay: &Relay<'_>, known: &Person) -> Vec<AlertLine> {
    known.alerts().into_iter().map(|alert| alert_line(relay, alert)).collect()
}

fn alert_line(relay: &Relay<'_>, alert: Alert) -> AlertLine {
    match alert {
        Alert::Reaction { question, product, on } => {
            let mut asked = relay.common.directives.iter().flat_map(|one| &one.questions);
            let found = asked.rfind(|one| one.code == question);
            AlertLine {
                kind: AlertKind::Reaction,
                fr: found.map_or_else(|| question.clone(), |one| statement(&one.fr)),
                en: found.map_or_else(|| question.clone(), |one| statement(&one.en)),
                product: Some(relay.product_short(&product)),
                on,
            }
        }
        Alert::Incident { kind, product, on, text } => {
            let (fr, en) = match kind {
                IncidentKind::Faint => ("Malaise", "Faint"),
                IncidentKind::Emergency => ("Urgence", "Emergency"),
                _ => ("Réaction", "Reaction"),
            };
            let with = |word: &str| if text.is_empty() { word.to_owned() } else { format!("{word}\u{a0}: {text}") };
            AlertLine {
                kind: AlertKind::Incident,
                fr: with(fr),
                en: if text.is_empty() { en.to_owned() } else { format!("{en}: {text}") },
                product: product.map(|code| relay.product_short(&code)),
                on: Some(perron_domain::date::PartialDate::Day(on)),
            }
        }
        Alert::Refuses { product } => AlertLine {
            kind: AlertKind::Refuses,
            fr: "Refuse ce vaccin, ne plus proposer".to_owned(),
            en: "Refuses this vaccine, do not offer it again".to_owned(),
            product: Some(relay.product_short(&product)),
            on: None,
        },
    }
}

/// Returns what a question that was answered with yes states: «Y a-t-il eu une réaction ?» is «Une réaction».
fn statement(question: &str) -> String {
    const ASKED: [&str; 6] =
        ["Y a-t-il déjà eu ", "Y a-t-il eu ", "Y a-t-il ", "Was there ever ", "Was there ", "Is there "];
    let text = question.trim_end_matches(['?', ' ', '\u{a0}', '\u{202f}']);
    let text = ASKED.iter().find_map(|asked| text.strip_prefix(asked)).unwrap_or(text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Says whether «tick all» passes somebody over.
#[must_use]
pub fn pass_over(standing: Option<&StandingLine>, expected: &[ExpectedLine], on: Day) -> bool {
    let away = |one: &StandingLine| {
        one.forbids
            || one.outcome == Outcome::Hospitalised
            || one.outcome == Outcome::VaccinatedElsewhere && on.days_since(one.on) < ELSEWHERE_DAYS
    };
    standing.is_some_and(away) || !expected.is_empty() && expected.iter().all(|one| !one.may_go)
}

/// Returns who of a draft cannot be visited, or would be called for nothing. Of a round that is published only those who are new:
/// what is known of the others its team hears anyway.
#[must_use]
pub fn checks(relay: &Relay<'_>, draft: &RoundDraft) -> Vec<PersonCheck> {
    let asked = Asked::by(relay, draft);
    let there = change::there(relay, draft.number);
    let people = draft.stops.iter().flat_map(|stop| &stop.people).filter(|person| !there.contains(person));
    people.flat_map(|person| of_person(relay, draft, &asked, *person)).collect()
}

fn of_person(relay: &Relay<'_>, draft: &RoundDraft, asked: &Asked, person: FactName) -> Vec<PersonCheck> {
    let (Some(record), Some(known)) = (relay.person(person), relay.people.view().known.get(&person)) else {
        return Vec::new();
    };
    let check = |code, blocks| PersonCheck {
        person,
        name: record.display_name(),
        code,
        blocks,
        on: None,
        label: None,
        expected: None,
    };
    let mut checks = Vec::new();
    if let Some(standing) = known.standing(None) {
        let on = relay.zone().day(standing.at);
        if let Some((code, blocks)) = of_standing(&standing, draft.on.days_since(on)) {
            let label = Some(relay.label(standing.source.round));
            checks.push(PersonCheck { on: Some(on), label, ..check(code, blocks) });
        }
    }
    let elsewhere = relay.planned().find(|(number, round)| {
        *number != draft.number
            && round.closed_at.is_none()
            && round.cancelled.is_none()
            && round.people.iter().any(|(dossier, visit)| {
                relay.person_of(*number, *dossier, visit) == Some(person) && round.outcome_of(*dossier).is_none()
            })
    });
    if let Some((_, round)) = elsewhere {
        let plan = round.plan.as_ref();
        let (on, label) = (plan.map(|plan| plan.on), plan.map(|plan| plan.label.clone()));
        checks.push(PersonCheck { on, label, ..check(Doubt::ElsewherePlanned, false) });
    }
    match record.birth {
        None => checks.push(check(Doubt::NoBirth, false)),
        // What publishing would refuse without a name.
        Some(birth) if birth.earliest() > draft.on || draft.on.years_since(birth.latest()) > 130 => {
            checks.push(check(Doubt::Birth, true));
        }
        Some(_) => {
            let lines = lines(relay, record, asked);
            let refused = lines.into_iter().filter(|line| !line.may_go);
            checks.extend(refused.map(|line| PersonCheck { expected: Some(line), ..check(Doubt::Rules, false) }));
        }
    }
    checks
}

/// Returns what a standing comes to for a round so many days later: its code, and whether it keeps the round back.
fn of_standing(standing: &Standing, days: i64) -> Option<(Doubt, bool)> {
    match standing.outcome {
        _ if standing.never => Some((Doubt::Never, true)),
        Outcome::Deceased => Some((Doubt::Deceased, true)),
        Outcome::Moved => Some((Doubt::Moved, true)),
        Outcome::VaccinatedElsewhere if days < ELSEWHERE_DAYS => Some((Doubt::Elsewhere, true)),
        Outcome::Hospitalised => Some((Doubt::Hospitalised, false)),
        Outcome::Refused => Some((Doubt::Refused, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::statement;

    #[test]
    fn a_question_answered_with_yes_is_told_as_a_statement() {
        assert_eq!(statement("Y a-t-il eu une réaction après ce vaccin\u{202f}?"), "Une réaction après ce vaccin");
        assert_eq!(statement("Was there ever a faint at an injection?"), "A faint at an injection");
        assert_eq!(statement("Malaise"), "Malaise");
    }
}
