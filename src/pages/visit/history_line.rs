//! One fact of a visit in one plain line.

use perron_domain::{
    fact::{Body, ConsentBy},
    name::{FactRef, Numbering},
    people::{History, Known},
    state::{Common, Round},
};

use super::{
    consent::{consent_line, objection_line},
    link::Link,
};
use crate::{
    i18n::{I18n, t_string},
    pages::words,
};

/// Returns what a fact says. References are read as those of `chain`.
#[must_use]
pub fn line(link: Link, round: &Round, common: &Common, body: &Body, chain: Numbering<'_>) -> String {
    let i18n = link.i18n;
    let product = |code: &str| words::product_short(common, code, link.today());
    let of_act = |act: FactRef, text: String| {
        let wish = round.acts.get(&act.name(chain)).map(|act| product(&act.wish.product));
        match wish {
            Some(wish) => format!("{text} · {wish}"),
            None => text,
        }
    };
    match body {
        Body::IdentityChecked(fact) => words::identity_word(i18n, fact.means).to_owned(),
        Body::IdentityCorrected(fact) => {
            let mut parts: Vec<String> = Vec::new();
            parts.extend(fact.birth_name.clone());
            parts.extend(fact.given_names.clone());
            parts.extend(fact.birth.map(words::partial));
            parts.extend(fact.sex.map(|sex| words::sex_word(i18n, sex).to_owned()));
            t_string!(i18n, visit.line_identity_corrected, what = parts.join(", "))
        }
        Body::ScreeningAnswered(fact) => {
            let yes: Vec<String> = fact
                .answers
                .iter()
                .filter(|answer| answer.yes)
                .map(|answer| question(link, common, &answer.question))
                .collect();
            let text = if yes.is_empty() {
                t_string!(i18n, visit.line_all_no, count = fact.answers.len())
            } else {
                t_string!(i18n, visit.line_yes, what = yes.join(" ; "))
            };
            of_act(fact.act, text)
        }
        Body::HistoryNoted(fact) => history_line(i18n, &fact.history, &product),
        Body::ConsentGiven(fact) if fact.by == ConsentBy::Own => of_act(fact.act, consent_line(i18n, fact)),
        Body::ConsentGiven(fact) => {
            of_act(fact.act, t_string!(i18n, visit.line_consent, what = consent_line(i18n, fact)))
        }
        Body::ObjectionRaised(fact) => of_act(fact.act, objection_line(i18n, fact)),
        Body::PrescriptionSeen(fact) => of_act(
            fact.act,
            t_string!(i18n, visit.line_prescription, who = fact.physician.clone(), product = product(&fact.product)),
        ),
        Body::PhysicianDecided(fact) if fact.allow => of_act(
            fact.act,
            t_string!(i18n, visit.physician_said_yes, who = fact.physician.clone(), text = fact.text.clone()),
        ),
        Body::PhysicianDecided(fact) => of_act(
            fact.act,
            t_string!(i18n, visit.physician_said_no, who = fact.physician.clone(), text = fact.text.clone()),
        ),
        Body::NurseJudged(fact) if fact.vaccinate => {
            of_act(fact.act, t_string!(i18n, visit.nurse_said_yes, text = fact.reason.clone()))
        }
        Body::NurseJudged(fact) => of_act(fact.act, t_string!(i18n, visit.nurse_said_no, text = fact.reason.clone())),
        Body::DoseGiven(fact) => {
            let mut text = t_string!(
                i18n,
                visit.line_dose,
                product = product(&fact.product),
                lot = fact.lot.clone(),
                site = words::site_word(i18n, fact.site),
                hour = words::moment(i18n, common, fact.done_at, link.now_once())
            );
            if let Some(error) = &fact.error {
                text.push_str(&format!(
                    " · {} : {}",
                    t_string!(i18n, visit.mistake),
                    words::mistake_word(i18n, &error.what)
                ));
            }
            text
        }
        Body::ObservationEnded(fact) => {
            let hour = words::moment(i18n, common, fact.at, link.now_once());
            match &fact.early_reason {
                Some(reason) => t_string!(i18n, visit.observation_early, hour = hour, reason = reason.clone()),
                None => t_string!(i18n, visit.observation_ended, hour = hour),
            }
        }
        Body::IncidentReported(fact) => {
            let word = words::incident_word(i18n, fact.kind);
            if fact.text.is_empty() { word.to_owned() } else { format!("{word} · {}", fact.text) }
        }
        Body::AdrenalineGiven(fact) => {
            let hour = words::moment(i18n, common, fact.at, link.now_once());
            t_string!(i18n, visit.adrenaline_given, hour = hour)
        }
        Body::TraceabilityDone(fact) => t_string!(i18n, visit.traced, place = words::trace_word(i18n, fact.means)),
        Body::CertificateGiven(_) => t_string!(i18n, visit.certificate_given).to_owned(),
        Body::NextDateGiven(fact) => t_string!(i18n, visit.next_date_noted, day = words::day(i18n, fact.on)),
        Body::SatisfactionGiven(fact) => t_string!(i18n, visit.line_satisfaction, score = fact.score),
        Body::OutcomeRecorded(fact) => {
            let mut text = words::outcome_text(i18n, fact.outcome).to_owned();
            if let Some(reason) = &fact.reason {
                text.push_str(" · ");
                text.push_str(reason);
            }
            if !fact.call_again {
                text.push_str(" · ");
                text.push_str(t_string!(i18n, visit.not_called_again));
            }
            match fact.act {
                Some(act) => of_act(act, text),
                None => text,
            }
        }
        other => other.kind_name().to_owned(),
    }
}

/// Returns a question's words from its code; the code where no directive knows it any more.
#[must_use]
pub fn question(link: Link, common: &Common, code: &str) -> String {
    let found =
        common.directives.iter().flat_map(|directive| &directive.questions).find(|question| question.code == code);
    found.map_or_else(
        || code.to_owned(),
        |question| match link.i18n.get_locale() {
            crate::i18n::Locale::fr => crate::components::fr::spaced(&question.fr),
            crate::i18n::Locale::en => question.en.clone(),
        },
    )
}

/// Returns what the door learned of a person's history: yes, no, and what nobody knows.
fn history_line(i18n: I18n, history: &History, product: &dyn Fn(&str) -> String) -> String {
    let mut parts: Vec<String> = Vec::new();
    let undated = || t_string!(i18n, visit.date_unknown).to_owned();
    for dose in history.doses.iter().flatten() {
        parts.push(format!("{} · {}", product(&dose.product), dose.on.map_or_else(undated, words::partial)));
    }
    for infection in history.infections.iter().flatten() {
        let on = infection.on.map_or_else(undated, words::partial);
        parts.push(format!("{} · {on}", t_string!(i18n, visit.item_infections)));
    }
    for one in &history.traits {
        let answer = match one.known {
            Known::Yes => t_string!(i18n, common.yes),
            Known::No => t_string!(i18n, common.no),
            Known::NotKnown => t_string!(i18n, visit.past_not_known),
        };
        parts.push(t_string!(i18n, visit.line_told, what = words::trait_word(i18n, one.which), answer = answer));
    }
    for one in &history.lists {
        let answer =
            if one.complete { t_string!(i18n, visit.past_no_other) } else { t_string!(i18n, visit.past_not_known) };
        parts.push(t_string!(
            i18n,
            visit.line_told,
            what = words::item_word(i18n, words::item_of_list(&one.list)),
            answer = answer
        ));
    }
    t_string!(i18n, visit.line_history, what = parts.join(" ; "))
}
