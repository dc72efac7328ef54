//! What the desk said in the common part, with its corrections; and a lot with all that is known of it.

use crate::desk::relay::Relay;
use crate::desk::round::{cold, view};
use crate::desk::stock::lots;
use perron_desk_api::{LotDose, LotRound, LotView, RoundDraft, Said, SaidVersion, Says};
use perron_domain::fact::{Body, Fact};
use perron_domain::lot::{LotId, LotKey};
use perron_domain::state::{RoundState, replacement};

/// Returns everything that the desk said and can correct, the latest first, as far as `wanted` picks one of its versions.
#[must_use]
pub fn said(relay: &Relay<'_>, wanted: impl Fn(&Says) -> bool) -> Vec<Said> {
    let log = relay.common.log();
    let mut all: Vec<Said> = log
        .iter()
        .filter(|fact| Says::of(&fact.body).is_some())
        .map(|fact| one(relay, fact))
        .filter(|said| said.versions.iter().filter_map(|version| version.says.as_ref()).any(&wanted))
        .collect();
    all.reverse();
    all
}

fn one(relay: &Relay<'_>, first: &Fact) -> Said {
    let log = relay.common.log();
    let history = log.history(first.name);
    let replaced = |name: perron_domain::name::FactName| {
        history.iter().any(|fact| match &fact.body {
            Body::Corrected(corrected) => {
                let chain = log.reading(fact.name);
                corrected.of.iter().any(|of| of.name(chain) == name)
            }
            _ => false,
        })
    };
    let leaves: Vec<_> = history.iter().map(|fact| fact.name).filter(|name| !replaced(*name)).collect();
    let version = |fact: &&Fact| {
        let (says, reason) = match &fact.body {
            Body::Corrected(corrected) => (replacement(corrected), corrected.reason.clone()),
            body => (Some(body.clone()), None),
        };
        SaidVersion {
            fact: fact.name,
            by: relay.common.account_name(fact.author),
            at: fact.wall,
            reason,
            says: says.as_ref().and_then(Says::of),
            stands: leaves.first() == Some(&fact.name),
        }
    };
    Said { fact: first.name, versions: history.iter().map(version).collect(), conflict: leaves.len() > 1 }
}

/// Returns a lot: its line, what was said of it, where its doses are, who received them.
#[must_use]
pub fn lot(relay: &Relay<'_>, drafts: &[RoundDraft], product: Option<&str>, number: &str) -> LotView {
    let key = LotKey::of(number);
    let meant = |id: &LotId| id.number == key && product.is_none_or(|product| id.product == product);
    let stock = lots::stock(relay, drafts, relay.today());
    let line = stock.lots.into_iter().find(|line| meant(&LotId::new(&line.product, &line.lot)));
    let label = |round: &RoundState| round.plan.as_ref().map(|plan| plan.label.clone()).unwrap_or_default();
    let mut given: Vec<LotDose> = Vec::new();
    let mut rounds = Vec::new();
    let mut cold_decisions = Vec::new();
    for (round, state) in relay.planned() {
        cold_decisions.extend(cold::decisions_about(relay, round, state, meant));
        for (id, balance) in state.lot_balances().into_iter().filter(|(id, _)| meant(id)) {
            let (label, left) = (label(state), balance.left);
            let name =
                if product.is_none() { format!("{label} · {}", relay.product_short(&id.product)) } else { label };
            rounds.push(LotRound {
                round,
                label: name,
                taken: balance.taken,
                given: balance.given,
                wasted: balance.wasted,
                left,
            });
        }
        for act in state.acts.values() {
            let doses = act.given.iter().map(|given| &given.dose);
            for dose in doses.filter(|dose| meant(&LotId::new(&dose.product, &dose.lot))) {
                let record = state.people.get(&act.person).map(|visit| &visit.record);
                given.push(LotDose {
                    round,
                    label: label(state),
                    person: view::name_of(state, act.person).unwrap_or_default(),
                    phone: record.and_then(crate::desk::people::page::dialled),
                    at: dose.done_at,
                    written: dose.lot.clone(),
                });
            }
        }
    }
    given.sort_by_key(|dose| std::cmp::Reverse(dose.at));
    cold_decisions.sort_by_key(|line| (line.at, line.id));
    LotView { line, said: said(relay, |says| says.about_lot(product, &key)), rounds, given, cold_decisions }
}
