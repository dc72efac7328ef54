//! The directives that ship: they load, and every worked example holds.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed read or a problem fails the test")]

mod files;

use files::shipped;
use perron_directives::grid::{days, grid};
use perron_directives::{check_examples, load, load_dir_bytes, screen_line};
use perron_domain::rules::{Directive, Family};

#[test]
fn the_shipped_directives_load_and_their_worked_examples_hold() {
    let loaded = load(&shipped()).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    });
    assert!(loaded.examples.len() > 70, "only {} examples", loaded.examples.len());
    let failed: Vec<String> = check_examples(&loaded).iter().map(ToString::to_string).collect();
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

#[test]
fn no_age_rank_or_competence_is_left_without_an_answer() {
    let loaded = load(&shipped()).unwrap();
    let findings = grid(&loaded.directives, "FR-93", &days(&loaded.directives));
    let lines: Vec<String> = findings.iter().map(|finding| format!("{finding:?}")).collect();
    assert!(findings.is_empty(), "\n{}", lines.join("\n"));
}

#[test]
fn a_child_of_13_with_both_parents_in_september_2021_is_eligible_by_the_relays_layer_too() {
    let directives = load_dir_bytes(&shipped()).unwrap();
    let line = r#"{"id":"c1","on":"2021-09-20","territory":"FR-93","product":"comirnaty-30-purple","rank":2,
        "person":{"birth_date":"2008-01-02","sex":"F","very_high_risk":false,"immunocompromised":false,
                  "pregnant":false,"health_worker":false},
        "previous":[{"product":"comirnaty-30-purple","on":"2021-08-20"}],
        "answers":{"allergy_component":false,"anaphylaxis_previous_dose":false,"myocarditis_after_mrna":false,
                   "fever":false},
        "consents":[{"by":"self"},{"by":"parent"},{"by":"parent"}],
        "prescription":null,
        "nurse":{"prescriber_trained":true},
        "relay_protocol":true}"#;
    let answer: serde_json::Value = serde_json::from_str(&screen_line(&directives, line)).unwrap();
    assert_eq!((&answer["id"], &answer["outcome"], &answer["until"]), (&"c1".into(), &"eligible".into(), &().into()));
    assert_eq!(answer["reasons"][0]["layer"], "relay");
    assert_eq!(answer["pending"].as_array().unwrap().len(), 0);
}

#[test]
fn a_worked_example_that_does_not_hold_is_refused_with_its_line() {
    let mut files = shipped();
    for (_, bytes) in files.iter_mut().filter(|(name, _)| name == "rsv-2025.toml") {
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes =
            text.replace("from-75\"\nwhen = { age = \"75y..\",", "from-75\"\nwhen = { age = \"76y..\",").into_bytes();
    }
    let problems = load_dir_bytes(&files).unwrap_err();
    assert!(problems.iter().any(|problem| problem.file == "rsv-2025.toml" && problem.line.is_some()), "{problems:?}");
}

#[test]
fn a_file_that_cannot_be_understood_is_refused_with_the_place_and_a_sentence() {
    let influenza = shipped().into_iter().find(|(name, _)| name == "1/influenza-2025.toml").unwrap();
    let text = String::from_utf8(influenza.1).unwrap();
    for (old, new, said) in [
        ("use = \"season\", all", "use = \"saison\", all", "no definition is called saison"),
        ("season = { from", "season = { use = \"season\", from", "a loop"),
        ("age = \"..6m\"", "age = \"9y..6m\"", "it can never be true"),
        ("age = \"..6m\"", "age = \"6 months\"", "ages are written"),
        ("outcome = \"judge\"", "outcome = \"perhaps\"", "perhaps"),
        ("product = \"influenza-standard\" }", "product = \"influenza\" }", "no product is called influenza"),
        ("code = \"season-over\"", "code = \"target\"", "stands twice"),
        (
            "[[versions]]",
            "[[versions]]\nversion = \"x\"\nfrom = \"2026-01-01\"\n\n[[versions]]",
            "in the order of their days",
        ),
        ("deferred = { after_dose", "until_when = { after_dose", "until_when"),
        ("age = \"..6m\"", "age = \"..6m\", not = { age = \"..6m\" }", "can never be true"),
        ("age = \"..6m\"", "age = \"..6m\", from = \"2019-01-01\", until = \"2019-02-01\"", "can never be true"),
        ("age = \"..6m\"", "yes = \"fevre\"", "no question is called fevre"),
        ("title_en = ", "title_zz = ", "title_zz"),
    ] {
        assert!(text.contains(old), "{old}");
        let mut files: Vec<_> = shipped().into_iter().filter(|(name, _)| name != "1/influenza-2025.toml").collect();
        files.push(("1/influenza-2025.toml".to_owned(), text.replacen(old, new, 1).into_bytes()));
        let Err(problems) = load(&files) else { panic!("{new} is not refused") };
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(lines.iter().any(|line| line.contains("influenza") && line.contains(said)), "{said}: {lines:?}");
        assert!(problems.iter().all(|problem| problem.line.is_some() && !problem.fr.is_empty()), "{problems:?}");
    }
}

#[test]
fn every_file_keeps_the_schema_and_a_wrong_one_does_not() {
    let schema = jsonschema::validator_for(&perron_directives::schema()).unwrap();
    let read = |text: &str| toml::from_str::<serde_json::Value>(text).unwrap();
    for (name, bytes) in shipped() {
        let text = String::from_utf8(bytes).unwrap();
        let wrong: Vec<String> = schema.iter_errors(&read(&text)).map(|error| format!("{name}: {error}")).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
    let (_, bytes) = shipped().into_iter().find(|(name, _)| name == "rsv-2025.toml").unwrap();
    let text = String::from_utf8(bytes).unwrap();
    for (old, new) in [("75y..", "75 ans"), ("outcome = \"eligible\"", "outcome = \"oui\""), ("layer = ", "couche = ")]
    {
        assert!(!schema.is_valid(&read(&text.replacen(old, new, 1))), "{old} → {new}");
    }
}

#[test]
fn the_same_child_at_three_dates_gets_three_different_explained_answers() {
    let directives = load_dir_bytes(&shipped()).unwrap();
    let answer = |on: &str, product: &str| {
        let line = format!(
            r#"{{"id":"{on}","on":"{on}","territory":"FR-93","product":"{product}","rank":1,
                "person":{{"birth_date":"2008-01-02"}},"consents":[{{"by":"self"}},{{"by":"parent"}}],
                "answers":{{"allergy_component":false,"anaphylaxis_previous_dose":false,
                            "myocarditis_after_mrna":false,"fever":false}}}}"#
        );
        let answer: serde_json::Value = serde_json::from_str(&screen_line(&directives, &line)).unwrap();
        let reasons = answer["reasons"].as_array().unwrap();
        assert!(reasons.iter().all(|reason| !reason["fr"].as_str().unwrap().is_empty()), "{answer}");
        answer["outcome"].as_str().unwrap().to_owned()
    };
    let three = [
        answer("2021-06-20", "comirnaty-30-purple"),
        answer("2021-09-20", "comirnaty-30-purple"),
        answer("2026-01-20", "comirnaty-lp81-30"),
    ];
    assert_eq!(three, ["consent_missing", "eligible", "judge"]);
}

/// The directives that correct others, and those that came with them.
fn corrected(directives: &[Directive]) -> impl Iterator<Item = &Directive> {
    directives.iter().filter(|directive| directive.evaluator.0 == 2)
}

#[test]
fn no_sentence_for_nurses_carries_a_note_of_its_author_and_each_one_ends() {
    let directives = load(&shipped()).unwrap().directives;
    let mut sentences = Vec::new();
    for directive in corrected(&directives) {
        sentences.extend(directive.rules.iter().map(|rule| (&rule.code, &rule.fr)));
        sentences.extend(directive.agreements.iter().map(|need| (&need.code, &need.fr)));
        sentences.extend(directive.questions.iter().map(|question| (&question.code, &question.fr)));
    }
    assert!(sentences.len() > 200, "only {} sentences", sentences.len());
    let notes = ["confirmer", "revérifier", "à valider", "de mémoire", "texte à", "presse", "DGS"];
    let wrong: Vec<_> = sentences
        .iter()
        .filter(|(_, fr)| !fr.ends_with(['.', '?']) || notes.iter().any(|note| fr.to_lowercase().contains(note)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_correction_counts_on_every_day_of_what_it_corrects() {
    let directives = load(&shipped()).unwrap().directives;
    let names: std::collections::BTreeSet<&str> = corrected(&directives).map(|one| one.id.as_str()).collect();
    let old: Vec<&Directive> = directives.iter().filter(|one| one.evaluator.0 == 1).collect();
    assert!(old.len() > 20, "only {} of the first evaluator", old.len());
    for one in old {
        assert!(names.contains(one.id.as_str()), "{} is not corrected", one.id);
        let same_day = corrected(&directives).any(|other| {
            other.id == one.id
                && other.from == one.from
                && perron_domain::rules::version_order(&other.version, &one.version).is_gt()
        });
        assert!(same_day, "no correction of {} {} begins on {}", one.id, one.version, one.from);
    }
}

#[test]
fn families_that_came_later_stand_in_files_of_their_own() {
    let later = |family: &Family| {
        !matches!(
            family,
            Family::Covid
                | Family::Influenza
                | Family::Pneumococcus
                | Family::Shingles
                | Family::Rsv
                | Family::Mmr
                | Family::Other
        )
    };
    for directive in &load(&shipped()).unwrap().directives {
        let families: Vec<bool> = directive
            .families
            .iter()
            .chain(directive.products.iter().map(|product| &product.family))
            .map(later)
            .collect();
        assert!(families.iter().all(|one| Some(one) == families.first()), "{} mixes families", directive.id);
    }
}
