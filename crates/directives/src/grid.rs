//! The whole grid: every completed age from 0 to 120, each birthday and the days beside it, each rank and unknown, each
//! competence. A cell that only the evaluator's last resort answers is a gap; a cell that asks more questions than a
//! screen holds is too long; two openings that say different things in one directive overlap.

use chrono::Months;
use perron_domain::date::Day;
use perron_domain::rules::{
    Age, By, Case, Condition, Consent, Directive, How, Layer, Nurse, Outcome, Person, Prescriber, Prescription,
    Product, Protection, evaluate, questions,
};
use std::collections::BTreeMap;

/// The most questions that the screen shows.
pub const MOST_QUESTIONS: usize = 6;

/// What is wrong with some cells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// No rule of any directive says anything.
    Gap,
    /// Rules of one directive open it in two different ways.
    Overlap,
    /// More questions than the screen holds.
    TooManyQuestions,
}

/// Cells with the same fault, of one product on one day.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Finding {
    /// What is wrong.
    pub fault: Fault,
    /// The day.
    pub on: Day,
    /// The product.
    pub product: String,
    /// The rank, none when it is unknown.
    pub rank: Option<u8>,
    /// Whether the person is at risk.
    pub at_risk: bool,
    /// The youngest and the oldest age of the cells, in completed years.
    pub ages: (u16, u16),
    /// The rules concerned, or how many questions.
    pub about: String,
}

/// Returns the days on which some rule begins to speak or falls silent: those that a grid must look at.
#[must_use]
pub fn days(directives: &[Directive]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for directive in &latest(directives) {
        days.push(directive.from);
        days.extend(directive.until.map(|until| until.plus_days(1)));
        for condition in directive.conditions() {
            condition.visit(&mut |node| {
                if let Condition::Date { from, until } = node {
                    days.extend(from.iter().copied().chain(until.map(|until| until.plus_days(1))));
                }
            });
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}

/// Returns every fault of the grid of these days. A product is looked at on the days on which a team may take it and on
/// which some rule of the national layer is about its family.
#[must_use]
pub fn grid(directives: &[Directive], territory: &str, days: &[Day]) -> Vec<Finding> {
    let directives = &latest(directives);
    let mut findings = Vec::new();
    let turns = self::days(directives);
    let mut of_family: BTreeMap<&str, Vec<Day>> = BTreeMap::new();
    for day in days {
        for product in directives.iter().flat_map(|directive| &directive.products).filter(|p| p.takeable(*day)) {
            // On a day on which only rules of other families change, a product that could be taken before answers as then.
            let own = of_family.entry(product.family.code()).or_insert_with(|| self::days(&about(directives, product)));
            let before = days.iter().take_while(|other| *other < day).any(|other| product.takeable(*other));
            if before && turns.contains(day) && !own.contains(day) {
                continue;
            }
            if has_campaign(directives, product, *day) {
                of_product(directives, territory, *day, product, &mut findings);
            }
        }
    }
    findings
}

/// Returns the directives without those that a file for a later evaluator corrects: they answer nothing any more.
fn latest(directives: &[Directive]) -> Vec<Directive> {
    let corrected =
        |one: &Directive| directives.iter().any(|other| other.id == one.id && other.evaluator > one.evaluator);
    directives.iter().filter(|one| !corrected(one)).cloned().collect()
}

fn about(directives: &[Directive], product: &Product) -> Vec<Directive> {
    directives.iter().filter(|d| d.families.is_empty() || d.families.contains(&product.family)).cloned().collect()
}

fn has_campaign(directives: &[Directive], product: &Product, on: Day) -> bool {
    directives.iter().any(|directive| {
        directive.layer == Layer::National
            && directive.families.contains(&product.family)
            && directive.from <= on
            && directive.until.is_none_or(|until| on <= until)
            && directive.rules.iter().any(|rule| rule.outcome == Outcome::Eligible && !rule.advice)
    })
}

fn of_product(directives: &[Directive], territory: &str, on: Day, product: &Product, findings: &mut Vec<Finding>) {
    let looks_at = |wanted: fn(&Condition) -> bool| {
        let about = directives.iter().filter(|d| d.families.is_empty() || d.families.contains(&product.family));
        let mut found = false;
        about.flat_map(Directive::conditions).for_each(|one| one.visit(&mut |node| found |= wanted(node)));
        found
    };
    let by_rank = looks_at(|node| matches!(node, Condition::Rank { .. } | Condition::RankUnknown));
    let by_competence = looks_at(|node| matches!(node, Condition::NursePrescriber));
    let ranks: &[Option<u8>] = if by_rank { &[None, Some(1), Some(2), Some(3), Some(4)] } else { &[None] };
    let competences: &[bool] = if by_competence { &[false, true] } else { &[false] };
    let births = births(directives, product, on);
    for rank in ranks {
        for at_risk in [false, true] {
            let mut found: BTreeMap<(Fault, String), (u16, u16)> = BTreeMap::new();
            for birth in &births {
                let years = u16::try_from(on.years_since(*birth)).unwrap_or(0);
                for trained in competences {
                    let case = case(on, territory, product, *birth, *rank, at_risk, *trained);
                    for fault in faults(directives, &case) {
                        let ages = found.entry(fault).or_insert((years, years));
                        *ages = (ages.0.min(years), ages.1.max(years));
                    }
                }
            }
            findings.extend(found.into_iter().map(|((fault, about), ages)| Finding {
                fault,
                on,
                product: product.code.clone(),
                rank: *rank,
                at_risk,
                ages,
                about,
            }));
        }
    }
}

fn faults(directives: &[Directive], case: &Case) -> Vec<(Fault, String)> {
    let answer = evaluate(directives, case);
    let mut faults = Vec::new();
    if answer.reasons.iter().any(|reason| reason.directive == "perron" && reason.rule == "nothing-opens") {
        let closed = answer.reasons.iter().any(|reason| {
            reason.directive != "perron" && matches!(reason.outcome, Outcome::NotConcerned | Outcome::Contraindicated)
        });
        if !closed {
            faults.push((Fault::Gap, String::new()));
        }
    }
    for directive in directives {
        let opens = |outcome: Outcome| {
            directive
                .rules
                .iter()
                .filter(move |rule| rule.outcome == outcome && !rule.advice)
                .map(|rule| rule.code.as_str())
                .find(|code| {
                    answer.reasons.iter().any(|reason| {
                        reason.rule == *code && reason.directive == directive.id && reason.version == directive.version
                    })
                })
        };
        if let (Some(eligible), Some(judge)) = (opens(Outcome::Eligible), opens(Outcome::Judge)) {
            faults.push((Fault::Overlap, format!("{}: {eligible}, {judge}", directive.id)));
        }
    }
    let asked = questions(directives, case).len();
    if asked > MOST_QUESTIONS {
        faults.push((Fault::TooManyQuestions, asked.to_string()));
    }
    faults
}

/// Every birth date that the grid tries: each completed age on its birthday, each age that some condition names with
/// the day before and the day after, and the same for birth dates.
fn births(directives: &[Directive], product: &Product, on: Day) -> Vec<Day> {
    let born = |months: u32| on.0.checked_sub_months(Months::new(months)).map(Day);
    let mut births: Vec<Day> = (0..=120).filter_map(|years| born(years * 12)).collect();
    let about = directives.iter().filter(|d| d.families.is_empty() || d.families.contains(&product.family));
    let beside = |day: Day| [day.plus_days(-1), day, day.plus_days(1)];
    for condition in about.flat_map(Directive::conditions) {
        condition.visit(&mut |node| match node {
            Condition::Age { from, below } => {
                let turns = [*from, *below].into_iter().flatten().filter_map(|age| match age {
                    Age::Years(years) => born(u32::from(years) * 12),
                    Age::Months(months) => born(months.into()),
                    Age::Days(days) => Some(on.plus_days(-i64::from(days))),
                });
                births.extend(turns.flat_map(beside));
            }
            Condition::Born { from, until } => births.extend([*from, *until].into_iter().flatten().flat_map(beside)),
            _ => {}
        });
    }
    births.retain(|birth| *birth <= on);
    births.sort_unstable();
    births.dedup();
    births
}

/// A case to which everything was given that rules may wait for, so that only age, rank and product decide.
fn case(
    on: Day,
    territory: &str,
    product: &Product,
    birth: Day,
    rank: Option<u8>,
    at_risk: bool,
    trained: bool,
) -> Case {
    let agreed = |by: By| Consent { by, given: true, how: Some(How::Present) };
    Case {
        on,
        territory: territory.to_owned(),
        product: product.code.clone(),
        rank,
        person: Person {
            birth_date: perron_domain::date::PartialDate::Day(birth),
            sex: None,
            at_risk,
            very_high_risk: false,
            immunocompromised: false,
            pregnant: false,
            health_worker: false,
            protection: Protection::None,
            unable: false,
        },
        previous: Vec::new(),
        infections: Vec::new(),
        answers: BTreeMap::new(),
        consents: vec![agreed(By::Person), agreed(By::Parent), agreed(By::Parent)],
        objections: Vec::new(),
        prescription: Some(Prescription {
            by: Prescriber::Physician,
            rpps: "10000000017".to_owned(),
            product: product.code.clone(),
            on,
        }),
        physician_decision: None,
        nurse: Nurse { prescriber_trained: trained },
        relay_protocol: true,
        kit_checked: Some(true),
        not_understood: Vec::new(),
        unknown: Vec::new(),
        reactions: Vec::new(),
        overtaken: Vec::new(),
    }
}
