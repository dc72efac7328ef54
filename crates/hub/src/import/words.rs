//! The words of a list and what they mean here: sex, protection, priorities, audiences, origins.
//!
//! Each table reads folded words (no accents, no case). A word that stands in no table is never guessed: the row goes
//! in with the word kept in its notes, and the coordinator is told.

use super::fold::fold;
use perron_domain::people::{Audience, Origin, Priority, Protection, Sex};

/// Meanings, each with the words that say it.
pub type Table<T> = &'static [(T, &'static [&'static str])];

/// Why somebody comes first (R10, R52).
pub const PRIORITIES: Table<Priority> = &[
    (Priority::VeryHighRisk, &["tres haut risque", "thr", "haut risque"]),
    (
        Priority::Elder,
        &["aine", "ainee", "aines", "nos aines", "vaccinons nos aines", "age", "agee", "personne agee", "elder"],
    ),
    (Priority::Immunocompromised, &["immunodeprime", "immunodeprimee", "immunodepression", "immunocompromised"]),
    (
        Priority::Comorbidity,
        &["comorbidite", "comorbidites", "a risque", "risque", "ald", "maladie chronique", "diabete", "comorbidity"],
    ),
    (Priority::Pregnant, &["enceinte", "grossesse", "femme enceinte", "pregnant"]),
];

/// Audiences of an outreach action (R44, R52).
pub const AUDIENCES: Table<Audience> = &[
    (Audience::Precarious, &["precaire", "precarite", "precaires", "sans domicile", "sdf", "precarious"]),
    (Audience::Young, &["jeune", "jeunes", "young"]),
    (
        Audience::ElderlyIsolated,
        &[
            "age isole",
            "agee isolee",
            "personne agee isolee",
            "personnes agees isolees",
            "ages isoles",
            "aine isole",
            "isole",
            "isolee",
        ],
    ),
    (Audience::ReducedMobility, &["mobilite reduite", "pmr", "a mobilite reduite"]),
    (Audience::NoFamilyDoctor, &["sans medecin traitant", "sans medecin", "pas de medecin traitant"]),
    (
        Audience::Collective,
        &["foyer", "collectif", "residence", "ehpad", "hebergement", "hebergement collectif", "collective"],
    ),
];

/// Where a request comes from (R4, R48).
pub const ORIGINS: Table<Origin> = &[
    (
        Origin::GreenNumber,
        &["numero vert", "n vert", "no vert", "plateforme", "plateforme telephonique", "green number"],
    ),
    (
        Origin::Partner,
        &[
            "partenaire",
            "association",
            "ccas",
            "mairie",
            "croix rouge",
            "restos du coeur",
            "secours populaire",
            "crous",
            "ars",
            "cpam",
            "partner",
        ],
    ),
    (
        Origin::TrustedThirdParty,
        &["tiers de confiance", "tiers", "voisin", "voisine", "gardien", "gardienne", "famille", "aidant", "aidante"],
    ),
    (
        Origin::Professional,
        &[
            "medecin",
            "medecin traitant",
            "generaliste",
            "pharmacien",
            "pharmacie",
            "infirmier",
            "infirmiere",
            "idel",
            "hopital",
            "professional",
        ],
    ),
    (Origin::Relay, &["relais", "equipe", "sur place", "relay"]),
];

/// Legal protection of an adult (code civil, art. 425 and following).
pub const PROTECTIONS: Table<Protection> = &[
    (Protection::None, &["non", "aucune", "neant", "sans", "0", "n", "none"]),
    (
        Protection::Curatelle,
        &[
            "curatelle",
            "curatelle simple",
            "curatelle renforcee",
            "sauvegarde",
            "sauvegarde de justice",
            "mesure aux biens",
        ],
    ),
    (Protection::Tutelle, &["tutelle", "sous tutelle", "habilitation familiale", "mandat de protection future"]),
];

/// Sex, as on the papers.
pub const SEXES: Table<Sex> = &[
    (Sex::Female, &["f", "femme", "feminin", "fille", "madame", "mme", "mlle", "2"]),
    (Sex::Male, &["m", "h", "homme", "masculin", "garcon", "monsieur", "mr", "1"]),
    (Sex::Unknown, &["inconnu", "indetermine", "i", "nsp"]),
];

/// Returns what `word` says in `table`, or `None`.
#[must_use]
pub fn meaning<T: Copy>(table: Table<T>, word: &str) -> Option<T> {
    let folded = fold(word);
    table.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(meaning, _)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_without_accents_and_case() {
        assert_eq!(meaning(PRIORITIES, "Très haut risque"), Some(Priority::VeryHighRisk));
        assert_eq!(meaning(PRIORITIES, "« vaccinons nos aînés »"), Some(Priority::Elder));
        assert_eq!(meaning(PROTECTIONS, "Curatelle renforcée"), Some(Protection::Curatelle));
        assert_eq!(meaning(SEXES, "Mme"), Some(Sex::Female));
        assert_eq!(meaning(SEXES, "?"), None);
    }

    fn check<T: Copy>(table: Table<T>) {
        let mut words: Vec<&str> = table.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        for word in &words {
            assert_eq!(fold(word), *word, "words of the tables are folded");
        }
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }

    #[test]
    fn no_word_has_two_meanings_in_one_table() {
        check(PRIORITIES);
        check(AUDIENCES);
        check(ORIGINS);
        check(PROTECTIONS);
        check(SEXES);
    }
}
