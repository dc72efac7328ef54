//! The directives as pages read them: what is in force, since when, by whom, in which words.

use crate::desk::relay::Relay;
use perron_desk_api::{AdoptedLine, DirectiveView, DirectivesView, QuestionLine, RuleLine, Standing};
use perron_domain::date::Day;
use perron_domain::rules::{Agreement, Directive, Layer, Question, Rule, version_order};

/// Returns every directive, those in force on the day `on` first, then the latest first.
#[must_use]
pub fn directives(relay: &Relay<'_>, shipped: &[(String, Vec<u8>)], on: Day, drafts: Vec<String>) -> DirectivesView {
    let begun_later = |one: &Directive| {
        relay.common.counting().any(|other| {
            let later = other.from.cmp(&one.from).then_with(|| version_order(&other.version, &one.version));
            other.id == one.id && other.from <= on && later.is_gt()
        })
    };
    let counts = |one: &Directive| {
        relay.common.publication(&one.id, &one.version).is_none_or(perron_domain::state::Publication::counts)
    };
    let view = |one: &Directive| directive(relay, shipped, one, one.is_dated(on) && counts(one) && !begun_later(one));
    let mut directives: Vec<DirectiveView> = relay.common.directives.iter().map(view).collect();
    directives.sort_by(|a, b| {
        let place = |one: &DirectiveView| (!one.in_force, one.layer == Layer::Relay, std::cmp::Reverse(one.from));
        place(a).cmp(&place(b)).then_with(|| a.title_fr.cmp(&b.title_fr))
    });
    DirectivesView { on, directives, unreadable: relay.common.unreadable_directives().cloned().collect(), drafts }
}

/// Says how a version stands with the relay.
fn standing(relay: &Relay<'_>, shipped: &[(String, Vec<u8>)], one: &Directive) -> Standing {
    let known = relay.common.publications.get(&(one.id.clone(), one.version.clone()));
    known.map_or_else(Standing::default, |known| Standing {
        published_by: known.text.is_some().then(|| relay.common.account_name(known.by)),
        urgent: known.urgent,
        confirmed: known.confirmed.map(|(physician, at)| (relay.common.account_name(physician), at)),
        adopted: known.adopted.as_ref().map(|adopted| AdoptedLine {
            origin: adopted.origin.clone(),
            by: relay.common.account_name(adopted.by),
            at: adopted.at,
        }),
        waits_for_physician: known.waits_for_physician(),
        waits_for_head: known.is_held(),
        replaced: known.replaced,
        left_out: crate::desk::directive::publish::left_out(relay.common, shipped, one),
    })
}

fn directive(relay: &Relay<'_>, shipped: &[(String, Vec<u8>)], one: &Directive, in_force: bool) -> DirectiveView {
    DirectiveView {
        id: one.id.clone(),
        version: one.version.clone(),
        from: one.from,
        until: one.until,
        in_force,
        layer: one.layer,
        territory: one.territory.clone(),
        title_fr: one.title_fr.clone(),
        title_en: one.title_en.clone(),
        source: one.source.title.clone(),
        source_date: one.source.date,
        link: one.source.link.clone().filter(|link| link.starts_with("https://")),
        validated: one.validated,
        observation_minutes: one.observation_minutes,
        traceability_fr: one.traceability_fr.clone(),
        traceability_en: one.traceability_en.clone(),
        products: one.products.iter().map(|product| product.name_fr.clone()).collect(),
        questions: one.questions.iter().map(question).collect(),
        agreements: one.agreements.iter().map(agreement).collect(),
        rules: one.rules.iter().map(rule).collect(),
        standing: standing(relay, shipped, one),
    }
}

fn question(one: &Question) -> QuestionLine {
    QuestionLine { code: one.code.clone(), fr: one.fr.clone(), en: one.en.clone(), required: one.required }
}

fn agreement(one: &Agreement) -> RuleLine {
    RuleLine {
        outcome: None,
        fr: one.fr.clone(),
        en: one.en.clone(),
        source: one.source.clone(),
        verified: one.verified,
        absolute: false,
    }
}

fn rule(one: &Rule) -> RuleLine {
    RuleLine {
        outcome: Some(one.outcome),
        fr: one.fr.clone(),
        en: one.en.clone(),
        source: one.source.clone(),
        verified: one.verified,
        absolute: one.absolute,
    }
}
