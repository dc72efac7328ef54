//! From the bytes of the files to directives: one directive a version, and the worked examples.

use crate::examples::check_examples;
use crate::file::{File, FileVersion};
use crate::loaded::{Example, Loaded};
use crate::problem::{Place, Problem, quoted, say};
use crate::structure;
use crate::typography::french;
use crate::when::{Unclear, lower};
use perron_domain::date::Day;
use perron_domain::rules::{Agreement, Directive, Least, Product, Question, Rule};

/// Returns the directives of these files (name, bytes) when every one is well formed and every worked example holds.
///
/// # Errors
/// All the problems found, each with its file and place.
pub fn load_dir_bytes(files: &[(String, Vec<u8>)]) -> Result<Vec<Directive>, Vec<Problem>> {
    let loaded = load(files)?;
    let failed = check_examples(&loaded);
    if failed.is_empty() { Ok(loaded.directives) } else { Err(failed) }
}

/// Returns the directives and examples of these files (name, bytes), well formed; the examples are not tried.
///
/// # Errors
/// All the problems found, each with its file and place.
pub fn load(files: &[(String, Vec<u8>)]) -> Result<Loaded, Vec<Problem>> {
    let mut loaded = Loaded::default();
    let mut problems = Vec::new();
    for (name, bytes) in files {
        if let Err(found) = load_one(name, bytes, &mut loaded) {
            problems.extend(found);
        }
    }
    if problems.is_empty() {
        problems.extend(structure::check(&loaded, &[]));
    }
    if problems.is_empty() { Ok(loaded) } else { Err(problems) }
}

/// Returns the directives and examples of one file that is to stand beside `known` ones, well formed; what `known`
/// directives describe and ask may be named. The examples are not tried.
///
/// # Errors
/// All the problems found, each with its place.
pub fn load_beside(name: &str, text: &str, known: &[Directive]) -> Result<Loaded, Vec<Problem>> {
    let mut loaded = Loaded::default();
    load_one(name, text.as_bytes(), &mut loaded)?;
    let problems = structure::check(&loaded, known);
    if problems.is_empty() { Ok(loaded) } else { Err(problems) }
}

fn load_one(name: &str, bytes: &[u8], loaded: &mut Loaded) -> Result<(), Vec<Problem>> {
    let text = std::str::from_utf8(bytes).map_err(|wrong| {
        let place = Place { file: name, text: "" };
        let (en, fr) = ("not UTF-8 after byte", "le texte n’est plus de l’UTF-8 après l’octet");
        let at = wrong.valid_up_to();
        vec![place.at(None, "", say(format!("{en} {at}"), format!("{fr} {at}")))]
    })?;
    let place = Place { file: name, text };
    let file: File = toml::from_str(text)
        .map_err(|wrong| vec![place.at(wrong.span().map(|span| span.start), "", quoted(wrong.message().trim()))])?;
    let mut problems = Vec::new();
    let parts = Parts::of(&file, &place, &mut problems);
    for (index, version) in file.versions.iter().enumerate() {
        let next = file.versions.get(index + 1).map(|next| next.from);
        match (version.until, next) {
            (Some(until), Some(next)) if until >= next => problems.push(place.at(
                Some(version.version.span().start),
                format!("version {}", version.version.get_ref()),
                say("is still in force when the next one begins", "est encore en vigueur quand la suivante commence"),
            )),
            (None, Some(next)) if next <= version.from => problems.push(place.at(
                Some(version.version.span().start),
                format!("version {}", version.version.get_ref()),
                say(
                    "versions must be in the order of their days",
                    "les versions se suivent dans l’ordre de leurs jours",
                ),
            )),
            _ => {}
        }
        let until = version.until.or(next.map(|next| next.plus_days(-1)));
        let named = (file.id.get_ref().clone(), version.version.get_ref().clone());
        loaded.evaluators.insert(named, file.evaluator);
        loaded.directives.push(parts.version(&file, version, until));
    }
    parts.check_windows(&file, &place, &mut problems);
    note_places(name, &place, &file, loaded);
    for example in &file.examples {
        match Example::read(name, &place, &file, example) {
            Ok(example) => loaded.examples.push(example),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Notes where everything stands, for what is found later.
fn note_places(name: &str, place: &Place<'_>, file: &File, loaded: &mut Loaded) {
    let mut note = |what: String, offset: usize| {
        loaded.places.insert((file.id.get_ref().clone(), what), (name.to_owned(), place.line(offset)));
    };
    note(String::new(), file.id.span().start);
    for version in &file.versions {
        note(format!("version {}", version.version.get_ref()), version.version.span().start);
    }
    file.rules.iter().for_each(|one| note(format!("rule {}", one.code.get_ref()), one.code.span().start));
    file.agreements.iter().for_each(|one| note(format!("agreement {}", one.code.get_ref()), one.code.span().start));
    file.questions.iter().for_each(|one| note(format!("question {}", one.code.get_ref()), one.code.span().start));
    file.products.iter().for_each(|one| note(format!("product {}", one.get_ref().code), one.span().start));
}

fn named(product: &Product) -> Product {
    Product { name_fr: french(&product.name_fr), ..product.clone() }
}

/// Days between which a rule stands in the file.
#[derive(Clone, Copy)]
struct Window {
    from: Option<Day>,
    until: Option<Day>,
    offset: usize,
}

impl Window {
    fn meets(self, from: Day, until: Option<Day>) -> bool {
        self.from.is_none_or(|start| until.is_none_or(|until| start <= until))
            && self.until.is_none_or(|end| from <= end)
    }
}

/// Everything of a file with its conditions understood.
struct Parts {
    questions: Vec<Question>,
    agreements: Vec<(Window, Agreement)>,
    rules: Vec<(Window, Rule)>,
}

impl Parts {
    fn of(file: &File, place: &Place<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut unclear = |what: String, start: usize, unclear: Unclear| {
            problems.push(place.at(Some(unclear.offset.unwrap_or(start)), what, unclear.said));
        };
        let mut parts = Self { questions: Vec::new(), agreements: Vec::new(), rules: Vec::new() };
        for question in &file.questions {
            let code = question.code.get_ref().clone();
            match lower(&question.asked, &file.define) {
                Err(wrong) => unclear(format!("question {code}"), question.code.span().start, wrong),
                Ok(asked) => parts.questions.push(Question {
                    code,
                    fr: french(&question.fr),
                    en: question.en.clone(),
                    translations: question.translations.clone(),
                    pictogram: question.pictogram.clone(),
                    asked,
                    required: question.required,
                    order: question.order,
                    about: question.about,
                    asks_trait: question.asks_trait,
                }),
            }
        }
        for need in &file.agreements {
            let code = need.code.get_ref().clone();
            let window = Window { from: need.from, until: need.until, offset: need.code.span().start };
            match lower(&need.when, &file.define) {
                Err(wrong) => unclear(format!("agreement {code}"), window.offset, wrong),
                Ok(when) => parts.agreements.push((
                    window,
                    Agreement {
                        code,
                        when,
                        by: need.by.clone(),
                        count: need.count,
                        or_judge: need.or_judge.clone(),
                        how: need.how.clone(),
                        fr: french(&need.fr),
                        en: need.en.clone(),
                        source: french(&need.source),
                        verified: need.verified,
                    },
                )),
            }
        }
        for rule in &file.rules {
            let code = rule.code.get_ref().clone();
            let window = Window { from: rule.from, until: rule.until, offset: rule.code.span().start };
            match lower(&rule.when, &file.define) {
                Err(wrong) => unclear(format!("rule {code}"), window.offset, wrong),
                Ok(when) => parts.rules.push((
                    window,
                    Rule {
                        code,
                        when,
                        outcome: rule.outcome,
                        until: rule.deferred.as_ref().map(crate::file::FileUntil::until),
                        instead: rule.instead.clone(),
                        fr: french(&rule.fr),
                        en: rule.en.clone(),
                        source: french(&rule.source),
                        verified: rule.verified,
                        absolute: rule.absolute,
                        advice: rule.advice,
                    },
                )),
            }
        }
        parts
    }

    fn version(&self, file: &File, version: &FileVersion, until: Option<Day>) -> Directive {
        let alive = |window: Window| window.meets(version.from, until);
        Directive {
            id: file.id.get_ref().clone(),
            version: version.version.get_ref().clone(),
            from: version.from,
            until,
            territory: file.territory.clone(),
            layer: file.layer,
            families: file.families.clone(),
            title_fr: french(&file.title_fr),
            title_en: file.title_en.clone(),
            source: version.source.clone().unwrap_or_else(|| file.source.clone()),
            validated: file.validated,
            observation_minutes: file.observation_minutes,
            products: file.products.iter().map(|product| named(product.get_ref())).collect(),
            questions: self.questions.clone(),
            agreements: self.agreements.iter().filter(|(window, _)| alive(*window)).map(|(_, a)| a.clone()).collect(),
            rules: self.rules.iter().filter(|(window, _)| alive(*window)).map(|(_, rule)| rule.clone()).collect(),
            traceability_fr: version
                .traceability_fr
                .as_ref()
                .or(file.traceability_fr.as_ref())
                .map(|text| french(text)),
            traceability_en: version.traceability_en.clone().or_else(|| file.traceability_en.clone()),
            evaluator: Least(file.evaluator),
        }
    }

    /// A rule begins and ends with a version: otherwise one version would say two things.
    fn check_windows(&self, file: &File, place: &Place<'_>, problems: &mut Vec<Problem>) {
        let begins: Vec<Day> = file.versions.iter().map(|version| version.from).collect();
        let ends: Vec<Day> = file
            .versions
            .iter()
            .filter_map(|version| version.until)
            .chain(begins.iter().map(|day| day.plus_days(-1)))
            .collect();
        let rules = self.rules.iter().map(|(window, rule)| (window, &rule.code));
        let agreements = self.agreements.iter().map(|(window, need)| (window, &need.code));
        for (window, code) in rules.chain(agreements) {
            let from_fits = window.from.is_none_or(|day| begins.contains(&day));
            let until_fits = window.until.is_none_or(|day| ends.contains(&day));
            if !from_fits || !until_fits {
                problems.push(place.at(
                    Some(window.offset),
                    code.clone(),
                    say(
                        "begins or ends on a day on which no version begins or ends",
                        "commence ou finit un jour où aucune version ne commence ni ne finit",
                    ),
                ));
            }
        }
    }
}
