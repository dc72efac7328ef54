//! What is known of somebody, beside her name: who must not be called, reactions, and what the rules would answer.

use crate::components::{StatusPill, Tone, fr};
use crate::i18n::I18n;
use crate::pages::words::{self, say};
use leptos::prelude::*;
use perron_desk_api::{AlertLine, Doubt, ExpectedLine, PersonCheck, PersonLine, StandingLine};
use perron_domain::fact::Outcome as Ended;
use perron_domain::rules::Outcome;

/// Pills with everything that whoever chooses her must see; what is possible is said only where `calm`.
pub fn pills(i18n: I18n, person: &PersonLine, calm: bool) -> AnyView {
    let mut pills: Vec<(Tone, String)> = person.standing.iter().map(|one| standing(i18n, one)).collect();
    pills.extend(person.alerts.iter().map(|one| (Tone::Danger, alert(i18n, one))));
    let answers = person.expected.iter().filter(|one| calm || !one.may_go);
    pills.extend(answers.map(|one| expected(i18n, one)));
    pills_of(pills)
}

/// Shows states beside each other.
fn pills_of(pills: Vec<(Tone, String)>) -> AnyView {
    if pills.is_empty() {
        return ().into_any();
    }
    view! {
        <span class="pills" data-testid="known">
            {pills.into_iter().map(|(tone, label)| view! { <StatusPill tone=tone label=label /> }).collect_view()}
        </span>
    }
    .into_any()
}

/// Returns why somebody is not called, or only after a look.
pub fn standing(i18n: I18n, one: &StandingLine) -> (Tone, String) {
    let tone = if one.forbids { Tone::Danger } else { Tone::Warning };
    (tone, ended(i18n, one.outcome, one.never, fr::date_short(one.on.0), &one.label))
}

fn ended(i18n: I18n, outcome: Ended, never: bool, date: String, label: &str) -> String {
    match outcome {
        _ if never => say!(i18n, desk.k_never, date = date, label = label),
        Ended::Deceased => say!(i18n, desk.k_deceased, date = date, label = label),
        Ended::Moved => say!(i18n, desk.k_moved, date = date, label = label),
        Ended::Hospitalised => say!(i18n, desk.k_hospitalised, date = date, label = label),
        Ended::VaccinatedElsewhere => say!(i18n, desk.k_elsewhere, date = date, label = label),
        _ => say!(i18n, desk.k_refused, date = date, label = label),
    }
}

/// Returns an alert: what happened, after which product, when.
pub fn alert(i18n: I18n, one: &AlertLine) -> String {
    let what = words::tongue(i18n, one.fr.clone(), one.en.clone());
    let parts = [Some(what), one.product.clone(), one.on.map(words::partial)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Returns what the rules would answer, in a few words after the product's name.
pub fn expected(i18n: I18n, one: &ExpectedLine) -> (Tone, String) {
    let (tone, word) = match (one.outcome, one.until) {
        (None, _) => (Tone::Warning, say!(i18n, desk.k_no_birth).to_owned()),
        (Some(Outcome::Eligible | Outcome::ConsentMissing), _) => (Tone::Good, say!(i18n, desk.k_possible).to_owned()),
        (Some(Outcome::Judge), _) => (Tone::Info, say!(i18n, desk.k_judge).to_owned()),
        (Some(Outcome::PrescriptionMissing), _) => (Tone::Info, say!(i18n, desk.k_prescription).to_owned()),
        (Some(Outcome::Deferred), Some(until)) => {
            (Tone::Warning, say!(i18n, desk.k_until, date = fr::date_short(until.0)))
        }
        (Some(Outcome::Deferred), None) => (Tone::Warning, say!(i18n, desk.k_deferred).to_owned()),
        (Some(Outcome::OtherProduct), _) if !one.instead.is_empty() => {
            (Tone::Warning, say!(i18n, desk.k_instead, names = one.instead.join(", ")))
        }
        (Some(Outcome::OtherProduct), _) => (Tone::Warning, say!(i18n, desk.k_other).to_owned()),
        (Some(Outcome::NotConcerned), _) => (Tone::Warning, say!(i18n, desk.k_not_open).to_owned()),
        (Some(Outcome::Contraindicated), _) => (Tone::Danger, say!(i18n, desk.k_contraindicated).to_owned()),
    };
    (tone, format!("{}\u{a0}: {word}", one.name))
}

/// Returns why somebody of a draft needs a look, with her name.
pub fn check(i18n: I18n, one: &PersonCheck) -> (Tone, String) {
    let date = one.on.map(|on| fr::date_short(on.0)).unwrap_or_default();
    let label = one.label.as_deref().unwrap_or_default();
    let of = |outcome, never| ended(i18n, outcome, never, date.clone(), label);
    let why = match one.code {
        Doubt::Never => of(Ended::Refused, true),
        Doubt::Deceased => of(Ended::Deceased, false),
        Doubt::Moved => of(Ended::Moved, false),
        Doubt::Elsewhere => of(Ended::VaccinatedElsewhere, false),
        Doubt::Hospitalised => of(Ended::Hospitalised, false),
        Doubt::Refused => of(Ended::Refused, false),
        Doubt::ElsewherePlanned => say!(i18n, desk.k_planned, label = label, date = date.clone()),
        Doubt::Birth => say!(i18n, desk.k_birth).to_owned(),
        Doubt::NoBirth => say!(i18n, desk.k_no_birth).to_owned(),
        Doubt::Rules => match &one.expected {
            Some(line) => {
                let (_, word) = expected(i18n, line);
                format!("{word}. {}", words::tongue(i18n, line.fr.clone(), line.en.clone()))
            }
            None => String::new(),
        },
    };
    let tone = if one.blocks { Tone::Danger } else { Tone::Warning };
    (tone, format!("{}\u{a0}: {why}", one.name))
}
