//! Why a rule applies, in words: its condition as a tree, each line with what is known of the person.

use perron_domain::{
    date::PartialDate,
    rules::{Age, By, Case, Condition, Doses, Interval, Protection, Sex, Trace, Trait},
    state::Common,
};

use super::{by_word, day, family_word, partial, product_name, trait_word};
use crate::{
    components::{WhyLine, fr},
    i18n::{I18n, Locale, t_string},
};

/// Returns the lines of a traced condition, outermost first. Of alternatives only those that hold are told.
#[must_use]
pub fn why_lines(i18n: I18n, common: &Common, case: &Case, trace: &Trace) -> Vec<WhyLine> {
    let mut lines = Vec::new();
    walk(i18n, common, case, trace, 0, &mut lines);
    lines
}

fn walk(i18n: I18n, common: &Common, case: &Case, trace: &Trace, depth: u8, lines: &mut Vec<WhyLine>) {
    let mut line = |text: String| lines.push(WhyLine { depth, holds: trace.holds, text });
    match &trace.node {
        Condition::All(_) => {
            for part in &trace.parts {
                walk(i18n, common, case, part, depth, lines);
            }
        }
        Condition::Any(_) => {
            let held: Vec<&Trace> = trace.parts.iter().filter(|part| part.holds == trace.holds).collect();
            if let [only] = held.as_slice() {
                walk(i18n, common, case, only, depth, lines);
                return;
            }
            line(t_string!(i18n, visit.why_any).to_owned());
            for part in held {
                walk(i18n, common, case, part, depth.saturating_add(1), lines);
            }
        }
        Condition::Not(_) => match trace.parts.as_slice() {
            [part] if part.parts.is_empty() => {
                line(format!("{} {}", t_string!(i18n, visit.why_not), leaf(i18n, common, case, &part.node)));
            }
            parts => {
                line(t_string!(i18n, visit.why_not).to_owned());
                for part in parts {
                    walk(i18n, common, case, part, depth.saturating_add(1), lines);
                }
            }
        },
        node => line(leaf(i18n, common, case, node)),
    }
}

/// Returns one condition in words, then what is known: «Âge : dès 12 ans, moins de 16 ans — 13 ans».
fn leaf(i18n: I18n, common: &Common, case: &Case, node: &Condition) -> String {
    let products = |codes: &[String]| {
        let names: Vec<String> = codes.iter().map(|code| product_name(common, code, case.on)).collect();
        names.join(t_string!(i18n, visit.or_between))
    };
    let (label, wanted, known) = match node {
        Condition::Always | Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {
            (t_string!(i18n, visit.why_always), String::new(), String::new())
        }
        Condition::Age { from, below } => (
            t_string!(i18n, visit.why_age),
            ages(i18n, *from, *below),
            super::age(i18n, case.person.birth_date, case.on),
        ),
        Condition::Born { from, until } => {
            (t_string!(i18n, visit.why_born), days(i18n, *from, *until), partial(case.person.birth_date))
        }
        Condition::Date { from, until } => {
            (t_string!(i18n, visit.why_day), days(i18n, *from, *until), day(i18n, case.on))
        }
        Condition::Territory(places) => (t_string!(i18n, visit.why_place), places.join(", "), case.territory.clone()),
        Condition::Product(codes) => (t_string!(i18n, visit.why_product), products(codes), String::new()),
        Condition::Family(families) => {
            let names: Vec<&str> = families.iter().map(|family| family_word(i18n, *family)).collect();
            (t_string!(i18n, visit.why_family), names.join(", "), String::new())
        }
        Condition::Mrna => (t_string!(i18n, visit.why_mrna), String::new(), String::new()),
        Condition::LiveAttenuated => (t_string!(i18n, visit.why_live), String::new(), String::new()),
        Condition::Rank { from, to } => {
            let known = case.rank.map(|rank| rank.to_string()).unwrap_or_default();
            (t_string!(i18n, visit.why_rank), numbers(*from, *to), known)
        }
        Condition::RankUnknown => (t_string!(i18n, visit.why_rank_unknown), String::new(), String::new()),
        Condition::PreviousDoses { of, from, to } => (
            t_string!(i18n, visit.why_doses),
            format!("{}{}", numbers(*from, *to), which(i18n, common, case, of)),
            doses(i18n, common, case),
        ),
        Condition::DoseWithin { of, interval, .. } => {
            let wanted = format!("{}{}", span(i18n, *interval), which(i18n, common, case, of));
            (t_string!(i18n, visit.why_dose_within), wanted, doses(i18n, common, case))
        }
        Condition::DoseSince { since, .. } => {
            (t_string!(i18n, visit.why_dose_since), day(i18n, *since), doses(i18n, common, case))
        }
        Condition::DoseDateUnknown(_) => {
            (t_string!(i18n, visit.why_dose_undated), String::new(), doses(i18n, common, case))
        }
        Condition::InfectionWithin(interval) => {
            (t_string!(i18n, visit.why_infection_within), span(i18n, *interval), infections(i18n, case))
        }
        Condition::Infected => (t_string!(i18n, visit.why_infected), String::new(), infections(i18n, case)),
        Condition::InfectionDateUnknown => (t_string!(i18n, visit.why_infection_undated), String::new(), String::new()),
        Condition::Answer { question, is } => {
            let answer = if *is { t_string!(i18n, common.yes) } else { t_string!(i18n, common.no) };
            return format!("{} {answer}", question_words(i18n, common, question));
        }
        Condition::AfterAnother(_) => (t_string!(i18n, visit.why_after_another), String::new(), String::new()),
        Condition::Person(traits) => {
            let held = traits.iter().filter(|one| has(case, **one)).map(|one| trait_word(i18n, *one));
            let all = traits.iter().map(|one| trait_word(i18n, *one));
            let known = held.collect::<Vec<_>>().join(", ");
            let wanted = if known.is_empty() { all.collect::<Vec<_>>().join(", ") } else { known };
            (t_string!(i18n, visit.why_person), wanted, String::new())
        }
        Condition::Sex(sex) => {
            let word = match sex {
                Sex::F => t_string!(i18n, visit.sex_female),
                Sex::M => t_string!(i18n, visit.sex_male),
            };
            (t_string!(i18n, visit.why_sex), word.to_owned(), String::new())
        }
        Condition::Protection(measures) => {
            let words: Vec<&str> = measures.iter().map(|measure| protection_word(i18n, *measure)).collect();
            (t_string!(i18n, visit.why_protection), words.join(", "), String::new())
        }
        Condition::Agreed { by, count, .. } => {
            let wanted = if *count > 1 { format!("{count} × {}", people(i18n, by)) } else { people(i18n, by) };
            (t_string!(i18n, visit.why_agreed), wanted, String::new())
        }
        Condition::Opposed(by) => (t_string!(i18n, visit.why_opposed), people(i18n, by), String::new()),
        Condition::Refused(by) => (t_string!(i18n, visit.why_refused), people(i18n, by), String::new()),
        Condition::Prescribed(_) => (t_string!(i18n, visit.why_prescribed), String::new(), String::new()),
        Condition::PrescriptionOlder(interval) => {
            let known = case.prescription.as_ref().map(|seen| day(i18n, seen.on)).unwrap_or_default();
            (t_string!(i18n, visit.why_prescription_older), span(i18n, *interval), known)
        }
        Condition::PrescriptionEntered => (t_string!(i18n, visit.why_prescription), String::new(), String::new()),
        Condition::NursePrescriber => (t_string!(i18n, visit.why_prescriber), String::new(), String::new()),
        Condition::KitNotChecked => (t_string!(i18n, visit.why_kit), String::new(), String::new()),
    };
    let mut text = label.to_owned();
    if !wanted.is_empty() {
        text.push_str(t_string!(i18n, visit.why_colon));
        text.push_str(&wanted);
    }
    if !known.is_empty() {
        text.push_str(" — ");
        text.push_str(&known);
    }
    text
}

/// Returns a question in the language of the screen; its code when no directive asks it.
#[must_use]
pub fn question_words(i18n: I18n, common: &Common, code: &str) -> String {
    let mut questions = common.directives.iter().flat_map(|directive| &directive.questions);
    match questions.find(|question| question.code == code) {
        None => code.to_owned(),
        Some(question) if i18n.get_locale() == Locale::fr => fr::spaced(&question.fr),
        Some(question) => question.en.clone(),
    }
}

fn ages(i18n: I18n, from: Option<Age>, below: Option<Age>) -> String {
    let one = |age: Age| match age {
        Age::Years(years) => format!("{years}\u{a0}{}", t_string!(i18n, visit.why_years)),
        Age::Months(months) => format!("{months}\u{a0}{}", t_string!(i18n, visit.why_months)),
        Age::Days(days) => format!("{days}\u{a0}{}", t_string!(i18n, visit.why_days)),
    };
    let from = from.map(|age| format!("{} {}", t_string!(i18n, visit.why_from), one(age)));
    let below = below.map(|age| format!("{} {}", t_string!(i18n, visit.why_below), one(age)));
    from.into_iter().chain(below).collect::<Vec<_>>().join(", ")
}

fn days(i18n: I18n, from: Option<perron_domain::date::Day>, until: Option<perron_domain::date::Day>) -> String {
    let from = from.map(|from| format!("{} {}", t_string!(i18n, visit.why_since), day(i18n, from)));
    let until = until.map(|until| format!("{} {}", t_string!(i18n, visit.why_until), day(i18n, until)));
    from.into_iter().chain(until).collect::<Vec<_>>().join(", ")
}

fn numbers(from: Option<u8>, to: Option<u8>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (Some(from), None) => format!("≥\u{a0}{from}"),
        (None, Some(to)) => format!("≤\u{a0}{to}"),
        (None, None) => String::new(),
    }
}

fn span(i18n: I18n, interval: Interval) -> String {
    let (number, unit) = match interval {
        Interval::Days(days) => (days, t_string!(i18n, visit.why_days)),
        Interval::Months(months) => (months, t_string!(i18n, visit.why_months)),
        Interval::Years(years) => (years, t_string!(i18n, visit.why_years)),
    };
    format!("{number}\u{a0}{unit}")
}

/// Returns which doses are meant, in brackets; nothing where all are.
fn which(i18n: I18n, common: &Common, case: &Case, of: &Doses) -> String {
    let mut names: Vec<String> = of.products.iter().map(|code| product_name(common, code, case.on)).collect();
    names.extend(of.families.iter().map(|family| family_word(i18n, *family).to_owned()));
    if of.live_attenuated {
        names.push(t_string!(i18n, visit.why_live).to_owned());
    }
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

fn doses(i18n: I18n, common: &Common, case: &Case) -> String {
    let one = |dose: &perron_domain::rules::PreviousDose| {
        let name = product_name(common, &dose.product, case.on);
        let name = name.split(" (").next().unwrap_or(&name).to_owned();
        format!("{name}, {}", date(i18n, dose.on))
    };
    let doses: Vec<String> = case.previous.iter().map(one).collect();
    if doses.is_empty() { t_string!(i18n, visit.why_none).to_owned() } else { doses.join(" ; ") }
}

fn infections(i18n: I18n, case: &Case) -> String {
    case.infections.iter().map(|infection| date(i18n, infection.on)).collect::<Vec<_>>().join(", ")
}

fn date(i18n: I18n, on: Option<PartialDate>) -> String {
    on.map_or_else(|| t_string!(i18n, visit.why_undated).to_owned(), partial)
}

fn people(i18n: I18n, by: &[By]) -> String {
    by.iter().map(|one| by_word(i18n, *one)).collect::<Vec<_>>().join(t_string!(i18n, visit.or_between))
}

const fn has(case: &Case, one: Trait) -> bool {
    let person = &case.person;
    match one {
        Trait::AtRisk => person.at_risk,
        Trait::VeryHighRisk => person.very_high_risk,
        Trait::Immunocompromised => person.immunocompromised,
        Trait::Pregnant => person.pregnant,
        Trait::HealthWorker => person.health_worker,
        Trait::Unable => person.unable,
    }
}

fn protection_word(i18n: I18n, measure: Protection) -> &'static str {
    match measure {
        Protection::None => t_string!(i18n, visit.protection_none),
        Protection::Curatelle => t_string!(i18n, visit.protection_curatelle),
        Protection::Tutelle => t_string!(i18n, visit.protection_tutelle),
    }
}
