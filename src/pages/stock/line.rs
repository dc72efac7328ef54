//! One fact of stock in one plain line.

use crate::pages::words::product_short;
use perron_domain::{
    fact::Body,
    name::{FactName, Numbering},
    state::{Common, Round},
};

use super::words::{call_line, container_word, form_word, kilograms, litres, one, stream_word};
use crate::{
    components::fr,
    i18n::t_string,
    pages::{visit::link::Link, words},
};

/// Returns what a fact says. References are read as those of `chain`.
#[must_use]
pub fn line(link: Link, round: &Round, common: &Common, body: &Body, chain: Numbering<'_>) -> String {
    let i18n = link.i18n;
    let hour = |at| words::moment(i18n, common, at, link.now_once());
    let reasoned = |text: String, reason: &Option<String>| match reason {
        Some(reason) => format!("{text} · {reason}"),
        None => text,
    };
    let source = |name: FactName| source_line(link, round, common, name);
    let container = |name: FactName| {
        round.containers.get(&name).map_or_else(
            || t_string!(i18n, stock.unknown_container).to_owned(),
            |one| format!("{} · {}", container_word(i18n, one.kind), litres(i18n, one.volume_dl)),
        )
    };
    match body {
        Body::DosesLoaded(fact) => {
            let product = product_short(common, &fact.product, link.today());
            let what = t_string!(
                i18n,
                stock.line_loaded,
                units = fact.units,
                form = form_word(i18n, fact.form),
                product = product,
                lot = fact.lot.clone()
            );
            let from = fact.received_from.as_ref().map(|from| t_string!(i18n, stock.line_from, from = from.clone()));
            reasoned(what, &from)
        }
        Body::VialOpened(fact) => {
            t_string!(i18n, stock.line_opened, hour = hour(fact.at), source = source(fact.load.name(chain)))
        }
        Body::VialDrawn(fact) => reasoned(
            t_string!(i18n, stock.line_drawn, count = fact.drawn, source = source(fact.vial.name(chain))),
            &fact.reason,
        ),
        Body::DosesWasted(fact) => reasoned(
            {
                let source = source(fact.source.name(chain));
                if one(i32::from(fact.count)) {
                    t_string!(i18n, stock.line_wasted_single, count = fact.count, source = source)
                } else {
                    t_string!(i18n, stock.line_wasted_several, count = fact.count, source = source)
                }
            },
            &Some(fact.reason.clone()),
        ),
        Body::DosesCeded(fact) => {
            let (source, to) = (source(fact.source.name(chain)), fact.to.clone());
            if one(i32::from(fact.count)) {
                t_string!(i18n, stock.line_ceded_single, count = fact.count, to = to, source = source)
            } else {
                t_string!(i18n, stock.line_ceded_several, count = fact.count, to = to, source = source)
            }
        }
        Body::DosesReturned(fact) => {
            let source = source(fact.load.name(chain));
            if one(i32::from(fact.units)) {
                t_string!(i18n, stock.line_returned_single, count = fact.units, source = source)
            } else {
                t_string!(i18n, stock.line_returned_several, count = fact.units, source = source)
            }
        }
        Body::TemperatureRead(fact) => reasoned(
            t_string!(
                i18n,
                stock.line_read,
                degrees = fr::celsius(i18n.get_locale(), i32::from(fact.tenths)),
                hour = hour(fact.at)
            ),
            &fact.reason,
        ),
        Body::IsolationDecided(fact) => {
            let word = if fact.usable { t_string!(i18n, stock.released) } else { t_string!(i18n, stock.to_destroy) };
            format!("{word} · {} · {}", source(fact.load.name(chain)), fact.reason)
        }
        Body::PhoneDecisionNoted(fact) => {
            let about: Vec<String> = fact.sources.iter().map(|one| source(one.name(chain))).collect();
            format!("{} · {}", call_line(i18n, common, fact), about.join(", "))
        }
        Body::PhoneDecisionAnswered(fact) => {
            let word = if fact.confirmed {
                t_string!(i18n, stock.call_confirmed)
            } else {
                t_string!(i18n, stock.call_contradicted)
            };
            reasoned(word.to_owned(), &fact.reason)
        }
        Body::ContainerOpened(fact) => t_string!(
            i18n,
            stock.line_container_opened,
            what = format!("{} · {}", container_word(i18n, fact.kind), litres(i18n, fact.volume_dl)),
            hour = hour(fact.at)
        ),
        Body::WasteTallied(fact) => t_string!(
            i18n,
            stock.line_tallied,
            stream = stream_word(i18n, fact.stream),
            delta = format!("{:+}", fact.delta)
        ),
        Body::ContainerFilled(fact) => {
            t_string!(i18n, stock.line_filled, what = container(fact.container.name(chain)), percent = fact.percent)
        }
        Body::ContainerClosed(fact) => {
            t_string!(i18n, stock.line_closed, what = container(fact.container.name(chain)), hour = hour(fact.at))
        }
        Body::ContainerHandedOver(fact) => t_string!(
            i18n,
            stock.line_handed,
            what = container(fact.container.name(chain)),
            weight = kilograms(i18n, fact.grams),
            to = fact.to.clone()
        ),
        other => other.kind_name().to_owned(),
    }
}

/// Returns a vial or load in a few words: product and lot.
fn source_line(link: Link, round: &Round, common: &Common, name: FactName) -> String {
    let load = round.vials.get(&name).map_or(name, |vial| vial.load);
    round.loads.get(&load).map_or_else(
        || t_string!(link.i18n, stock.unknown_source).to_owned(),
        |load| {
            let product = product_short(common, &load.loaded.product, link.today());
            format!("{product} · {}", load.loaded.lot)
        },
    )
}
