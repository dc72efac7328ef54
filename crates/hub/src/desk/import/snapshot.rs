//! What a list is read against, copied out of the relay: reading a long list takes seconds, and nobody waits for it.

use crate::desk::relay::Relay;
use crate::import::outcome::{Known, Source};
use crate::import::products::ProductNames;
use perron_domain::date::Day;
use perron_domain::fact::Body;
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;
use perron_domain::rules::{Directive, Product};
use std::collections::BTreeMap;

/// What the relay knows, as it was at one moment.
#[derive(Debug)]
pub struct Snapshot {
    /// Today, where the relay is.
    pub today: Day,
    /// The products that a row may name.
    pub products: ProductNames,
    /// What lists call them, by code.
    pub short: BTreeMap<String, String>,
    /// Everybody whom the relay knows.
    pub known: Vec<Known>,
}

fn products<'a>(products: impl Iterator<Item = (&'a str, &'a Product)> + Clone) -> ProductNames {
    let names = products.clone().map(|(code, product)| (code, product.name_fr.as_str()));
    ProductNames::new(names).with_families(products.map(|(code, product)| (code.to_owned(), product.family)))
}

impl Snapshot {
    /// Copies what a list needs of the relay.
    #[must_use]
    pub fn of(relay: &Relay<'_>) -> Self {
        let described = relay.products();
        let people = relay.people;
        let view = people.view();
        // Records that became part of another one.
        let mut parts: BTreeMap<FactName, Vec<FactName>> = BTreeMap::new();
        for part in view.joined.keys() {
            parts.entry(view.now(*part)).or_default().push(*part);
        }
        let source = |name: &FactName, record: &PersonRecord| match people.log().get(*name).map(|fact| &fact.body) {
            Some(Body::PersonAdded(added)) if !added.source_key.is_empty() => Some(Source {
                key: added.source_key.clone(),
                said: Some(&added.record).filter(|said| *said != record).cloned(),
            }),
            _ => None,
        };
        let known = view.persons.iter().map(|(name, record)| {
            let names = std::iter::once(name).chain(parts.get(name).into_iter().flatten());
            let sources = names.filter_map(|name| source(name, record)).collect();
            Known { name: *name, sources, record: record.clone() }
        });
        Self {
            today: relay.today(),
            products: products(described.iter().map(|(code, product)| (*code, *product))),
            short: described.keys().map(|code| ((*code).to_owned(), relay.product_short(code))).collect(),
            known: known.collect(),
        }
    }

    /// Returns what a list is read against without a relay: products of directives, and nobody known.
    #[must_use]
    pub fn alone(directives: &[Directive], today: Day) -> Self {
        let described: BTreeMap<&str, &Product> =
            directives.iter().flat_map(|one| &one.products).map(|product| (product.code.as_str(), product)).collect();
        let short = |name: &str| name.split(" (").next().unwrap_or(name).to_owned();
        Self {
            today,
            products: products(described.iter().map(|(code, product)| (*code, *product))),
            short: described.iter().map(|(code, product)| ((*code).to_owned(), short(&product.name_fr))).collect(),
            known: Vec::new(),
        }
    }

    /// Returns what lists call a product.
    #[must_use]
    pub fn short(&self, code: &str) -> String {
        self.short.get(code).cloned().unwrap_or_else(|| code.to_owned())
    }
}
