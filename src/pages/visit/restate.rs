//! From a fact back to the command that says it: so that a correction can say it again otherwise, and one of two
//! candidates can be kept.

use perron_domain::{
    command::{Command, GiveDose},
    fact::Body,
    name::{FactName, Numbering},
    state::Visit,
};

/// Returns the command that would say this fact again; none for what is not said at the door.
#[must_use]
pub fn restate(body: &Body, chain: Numbering<'_>) -> Option<Command> {
    Some(match body.clone() {
        Body::IdentityChecked(fact) => Command::CheckIdentity { person: fact.person.name(chain), means: fact.means },
        Body::IdentityCorrected(fact) => Command::CorrectIdentity {
            person: fact.person.name(chain),
            birth_name: fact.birth_name,
            given_names: fact.given_names,
            birth: fact.birth,
            sex: fact.sex,
        },
        Body::ScreeningAnswered(fact) => Command::Answer { act: fact.act.name(chain), answers: fact.answers },
        Body::ConsentGiven(fact) => Command::Consent {
            act: fact.act.name(chain),
            by: fact.by,
            name: fact.name,
            relation: fact.relation,
            manner: fact.manner,
        },
        Body::ObjectionRaised(fact) => {
            Command::Object { act: fact.act.name(chain), by: fact.by, name: fact.name, reason: fact.reason }
        }
        Body::PrescriptionSeen(fact) => Command::Prescribe {
            act: fact.act.name(chain),
            physician: fact.physician,
            rpps: fact.rpps,
            on: fact.on,
            product: fact.product,
        },
        Body::PhysicianDecided(fact) => Command::PhysicianDecides {
            act: fact.act.name(chain),
            physician: fact.physician,
            rpps: fact.rpps.unwrap_or_default(),
            allow: fact.allow,
            text: fact.text,
            lifts: fact.lifts.unwrap_or_default(),
            on: fact.on,
            until: fact.until,
        },
        Body::HistoryNoted(fact) => Command::NoteHistory { person: fact.person.name(chain), history: fact.history },
        Body::NurseJudged(fact) => {
            Command::Judge { act: fact.act.name(chain), vaccinate: fact.vaccinate, reason: fact.reason }
        }
        Body::DoseGiven(fact) => Command::Give(GiveDose {
            act: fact.act.name(chain),
            source: fact.source.map(|source| source.name(chain)),
            lot: Some(fact.lot),
            product: Some(fact.product),
            site: fact.site,
            done_at: fact.done_at,
            injected_by: fact.injected_by,
            prepared_by: fact.prepared_by,
            error: fact.error,
        }),
        Body::ObservationEnded(fact) => {
            Command::EndObservation { person: fact.person.name(chain), early_reason: fact.early_reason }
        }
        Body::IncidentReported(fact) => {
            Command::Report { person: fact.person.map(|person| person.name(chain)), kind: fact.kind, text: fact.text }
        }
        Body::AdrenalineGiven(fact) => {
            Command::NoteAdrenaline { person: fact.person.map(|person| person.name(chain)), at: Some(fact.at) }
        }
        Body::TraceabilityDone(fact) => Command::Trace { person: fact.person.name(chain), means: fact.means },
        Body::CertificateGiven(fact) => Command::GiveCertificate(fact.person.name(chain)),
        Body::NextDateGiven(fact) => {
            Command::GiveNextDate { person: fact.person.name(chain), on: fact.on, product: fact.product }
        }
        Body::SatisfactionGiven(fact) => Command::Satisfy { person: fact.person.name(chain), score: fact.score },
        Body::OutcomeRecorded(fact) => Command::End {
            person: fact.person.name(chain),
            act: fact.act.map(|act| act.name(chain)),
            outcome: fact.outcome,
            reason: fact.reason,
            call_again: fact.call_again,
            again_on: fact.again_on,
        },
        _ => return None,
    })
}

/// Says whether a fact of that chain is about this person's visit.
#[must_use]
pub fn is_about(body: &Body, chain: Numbering<'_>, person: FactName, visit: &Visit) -> bool {
    let of_act = |act: FactName| visit.acts.contains(&act);
    match restate(body, chain) {
        Some(
            Command::CheckIdentity { person: whose, .. }
            | Command::NoteHistory { person: whose, .. }
            | Command::CorrectIdentity { person: whose, .. }
            | Command::EndObservation { person: whose, .. }
            | Command::Trace { person: whose, .. }
            | Command::GiveCertificate(whose)
            | Command::GiveNextDate { person: whose, .. }
            | Command::Satisfy { person: whose, .. }
            | Command::End { person: whose, .. },
        ) => whose == person,
        Some(Command::Report { person: whose, .. } | Command::NoteAdrenaline { person: whose, .. }) => {
            whose == Some(person)
        }
        Some(
            Command::Answer { act, .. }
            | Command::Consent { act, .. }
            | Command::Object { act, .. }
            | Command::Prescribe { act, .. }
            | Command::PhysicianDecides { act, .. }
            | Command::Judge { act, .. },
        ) => of_act(act),
        Some(Command::Give(give)) => of_act(give.act),
        _ => false,
    }
}
