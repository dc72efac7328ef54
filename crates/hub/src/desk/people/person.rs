//! One person's page: what came back from rounds, by whom and from where, and what is possible next.

use crate::desk::people::expected;
use crate::desk::people::expected::Asked;
use crate::desk::people::page::{line, states};
use crate::desk::relay::Relay;
use perron_desk_api::{BackKind, BackLine, PersonFile, RoundDraft};
use perron_domain::date::PartialDate;
use perron_domain::fact::{Back, Learned};
use perron_domain::name::FactName;
use perron_domain::state::{CameBack, Person};

/// Returns a person's page. None when the relay does not know her.
#[must_use]
pub fn file(relay: &Relay<'_>, drafts: &[RoundDraft], name: FactName) -> Option<PersonFile> {
    // Whoever was joined into another record is found under both names.
    let name = relay.people.view().now(name);
    let (record, known) = (relay.person(name)?, relay.people.view().known.get(&name)?);
    let asked = Asked::today(relay);
    let states = states(relay, drafts);
    Some(PersonFile {
        line: line(relay, name, record, states.get(&name), &asked),
        back: known.back.values().rev().map(|one| back(relay, known, one)).collect(),
        next: expected::next(relay, record, &asked),
        agreed_on: known.agreed_on(),
    })
}

fn back(relay: &Relay<'_>, known: &Person, one: &CameBack) -> BackLine {
    let device = relay.common.devices.get(&one.source.device).map(|device| device.label.clone());
    let mut line = BackLine {
        at: one.at,
        by: relay.common.account_name(one.by),
        round: one.source.round,
        label: relay.label(one.source.round),
        device: device.unwrap_or_else(|| one.source.device.0.to_string()),
        kind: BackKind::Met,
        product: None,
        lot: None,
        rank: None,
        outcome: None,
        day: None,
        details: Vec::new(),
        settled: known.settled.contains(&one.name) && !matches!(one.what, Back::Dose { .. }),
    };
    let short = |code: &String| relay.product_short(code);
    line.kind = match &one.what {
        Back::Met { .. } => BackKind::Met,
        Back::Dose { product, lot, on, rank, error } => {
            (line.product, line.lot, line.rank, line.day) = (Some(short(product)), Some(lot.clone()), *rank, Some(*on));
            line.details.extend(error.clone());
            BackKind::Dose
        }
        Back::Identity { birth_name, given_names, birth, .. } => {
            line.details.extend(birth_name.iter().chain(given_names).cloned());
            line.details.extend(birth.map(date));
            BackKind::Identity
        }
        Back::History { learned } => {
            line.details = details(relay, learned);
            BackKind::History
        }
        Back::Incident { product, text, on, .. } => {
            (line.product, line.day) = (product.as_ref().map(short), Some(*on));
            line.details.extend(Some(text.clone()).filter(|text| !text.is_empty()));
            BackKind::Incident
        }
        Back::Outcome { outcome, product, again_on, .. } => {
            (line.outcome, line.product, line.day) = (Some(*outcome), product.as_ref().map(short), *again_on);
            BackKind::Outcome
        }
        Back::NextDate { on, product } => {
            (line.product, line.day) = (product.as_ref().map(short), Some(*on));
            BackKind::NextDate
        }
    };
    line
}

/// Returns what was learned of somebody's history, each thing in a few words.
fn details(relay: &Relay<'_>, learned: &Learned) -> Vec<String> {
    let dated = |name: String, on: Option<PartialDate>| match on {
        Some(on) => format!("{name} ({})", date(on)),
        None => name,
    };
    let doses = learned.doses.iter().map(|dose| dated(relay.product_short(&dose.product), dose.on));
    let infections = learned.infections.iter().map(|one| dated("COVID-19".to_owned(), one.on));
    let question = |code: &str| {
        let mut asked = relay.common.directives.iter().flat_map(|one| &one.questions);
        asked.rfind(|one| one.code == code).map_or_else(|| code.to_owned(), |one| one.fr.clone())
    };
    let reactions = learned
        .reactions
        .iter()
        .map(|one| dated(format!("{} {}", question(&one.question), relay.product_short(&one.product)), one.on));
    let lasting = learned.lasting.iter().map(|one| {
        let word = if one.yes { "oui" } else { "non" };
        format!("{} {word}", question(&one.question))
    });
    doses.chain(infections).chain(reactions).chain(lasting).collect()
}

/// Writes a date as people of the relay do.
fn date(on: PartialDate) -> String {
    match on {
        PartialDate::Day(day) => day.0.format("%d/%m/%Y").to_string(),
        other => other.to_string(),
    }
}
