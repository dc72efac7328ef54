//! Names of vaccines in a list, and the format of earlier doses.
//!
//! A cell of earlier doses reads `comirnaty-30-purple@2021-01-15#AB1234|janssen@?`: product, `@`, date (whole, partial, `?`,
//! or `jamais`), `#` and the lot where it is known, `|` between doses. Infections are dates alone, separated by `|`; `?` or «oui» is one of unknown date.

use super::fold::fold;
use perron_domain::rules::Family;
use std::collections::HashMap;

/// Products that an earlier dose may name although no relay can take them.
const ONLY_EARLIER: [(&str, &[&str]); 3] = [
    ("vaxzevria", &["vaxzevria", "astrazeneca", "astra zeneca", "az"]),
    ("janssen", &["janssen", "johnson", "johnson johnson", "j j"]),
    ("other", &["other", "autre", "autres", "inconnu"]),
];

/// What lists call the products, beside their codes and names.
const EVERYDAY: [(&str, &[&str]); 8] = [
    ("comirnaty-30-purple", &["pfizer", "comirnaty", "comirnaty 30", "pfizer 30"]),
    ("comirnaty-10-orange", &["comirnaty 10", "pfizer enfant", "pfizer pediatrique", "comirnaty pediatrique"]),
    ("comirnaty-lp81-30", &["comirnaty lp 8 1", "comirnaty lp 8 1 30", "covid", "covid 19", "covid19"]),
    ("spikevax-02", &["spikevax", "moderna"]),
    ("influenza-standard", &["grippe", "antigrippal", "influenza"]),
    ("prevenar20", &["prevenar 20", "prevenar", "pneumocoque"]),
    ("shingrix", &["shingrix", "zona"]),
    ("nuvaxovid", &["nuvaxovid", "novavax"]),
];

/// The products that a file may name, by every name they have.
#[derive(Debug, Default, Clone)]
pub struct ProductNames {
    codes: HashMap<String, String>,
    families: HashMap<String, Family>,
}

impl ProductNames {
    /// Builds the index from (code, name) pairs; everyday names are added for the codes that are there.
    #[must_use]
    pub fn new<'a>(products: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut codes: HashMap<String, String> = HashMap::new();
        for (code, name) in products {
            codes.insert(fold(code), code.to_owned());
            codes.entry(fold(name)).or_insert_with(|| code.to_owned());
        }
        for (code, words) in EVERYDAY {
            if codes.contains_key(&fold(code)) {
                for word in words {
                    codes.entry((*word).to_owned()).or_insert_with(|| code.to_owned());
                }
            }
        }
        Self { codes, families: HashMap::new() }
    }

    /// Adds which family each product is of, by its code.
    #[must_use]
    pub fn with_families(mut self, families: impl IntoIterator<Item = (String, Family)>) -> Self {
        self.families.extend(families);
        self
    }

    /// Returns the family of a product that the relay knows.
    #[must_use]
    pub fn family(&self, code: &str) -> Option<Family> {
        self.families.get(code).copied()
    }

    /// Returns the code of a product to be given, or `None`.
    #[must_use]
    pub fn wished(&self, name: &str) -> Option<&str> {
        let folded = fold(name);
        self.codes.get(&folded).or_else(|| self.codes.get(&bare(&folded))).map(String::as_str)
    }

    /// Returns the code of a product given earlier, or `None`.
    #[must_use]
    pub fn earlier(&self, name: &str) -> Option<&str> {
        let folded = fold(name);
        self.codes
            .get(&folded)
            .map(String::as_str)
            .or_else(|| ONLY_EARLIER.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(code, _)| *code))
    }
}

/// Returns a folded name without the words that stand before any vaccine: «rappel contre la grippe» is «grippe».
fn bare(folded: &str) -> String {
    const LITTLE: [&str; 12] =
        ["vaccin", "vaccins", "vaccination", "rappel", "contre", "anti", "de", "du", "la", "le", "l", "dose"];
    folded.split(' ').filter(|word| !LITTLE.contains(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_found_by_code_name_and_everyday_word() {
        let names = ProductNames::new([("comirnaty-30-purple", "Comirnaty 30 µg (violet)"), ("shingrix", "Shingrix")]);
        for name in ["comirnaty-30-purple", "Comirnaty 30 µg (violet)", "PFIZER"] {
            assert_eq!(names.wished(name), Some("comirnaty-30-purple"), "{name}");
        }
        assert_eq!(names.wished("Grippe"), None, "a product that the relay does not have");
        assert_eq!(names.wished("Janssen"), None);
        assert_eq!(names.wished("vaccin contre le zona"), Some("shingrix"));
        assert_eq!(names.earlier("Janssen"), Some("janssen"));
    }
}
