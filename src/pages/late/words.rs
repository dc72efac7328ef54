//! One fact of the round in one plain line.

use perron_domain::{
    fact::Body,
    name::Numbering,
    state::{Common, Round},
};

use crate::{
    i18n::t_string,
    pages::{visit::link::Link, words},
};

/// Returns what a fact says. References are read as those of `chain`.
#[must_use]
pub fn line(link: Link, round: &Round, common: &Common, body: &Body, chain: Numbering<'_>) -> String {
    let i18n = link.i18n;
    let with = |text: String, more: &Option<String>| match more {
        Some(more) => format!("{text} · {more}"),
        None => text,
    };
    match body {
        Body::KitChecked(fact) => {
            let present = fact.lines.iter().filter(|line| line.present).count();
            t_string!(i18n, close.line_kit, present = present, all = fact.lines.len())
        }
        Body::Departed(fact) => with(
            t_string!(i18n, close.line_departed, hour = words::moment(i18n, common, fact.at, link.now_once())),
            &fact.reason,
        ),
        Body::VacationStarted(fact) => t_string!(i18n, close.line_vacation, who = common.account_name(fact.account)),
        Body::VacationEnded(fact) => t_string!(i18n, close.line_vacation_end, who = common.account_name(fact.account)),
        Body::DifficultyReported(fact) => t_string!(i18n, close.line_difficulty, text = fact.text.clone()),
        Body::TeamSatisfaction(fact) => t_string!(i18n, close.line_satisfaction, score = fact.score),
        Body::EntriesCounted(fact) => {
            let text = t_string!(
                i18n,
                close.line_entries,
                who = common.account_name(fact.account),
                entered = fact.entered,
                not_due = fact.not_due
            );
            with(text, &fact.reason)
        }
        Body::Arrived(fact) => {
            let stop = round.stops.get(&fact.stop.name(chain)).map(|stop| stop.address.line.clone());
            t_string!(i18n, close.line_arrived, place = stop.unwrap_or_default())
        }
        other => other.kind_name().to_owned(),
    }
}
