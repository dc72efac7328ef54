//! Everything that is looked at before a text is published.

use super::affected::{Waiting, affected, waiting};
use super::differences::differences;
use super::form::form_of;
use crate::desk::relay::Relay;
use perron_desk_api::{DirectiveCheck, DirectiveProblem, ExampleLine, GridLine};
use perron_directives::grid::{Fault, Finding, days, grid};
use perron_directives::{Problem, load_beside, try_examples};
use perron_domain::date::Day;
use perron_domain::rules::{Directive, Layer, Product, version_order};
use std::collections::{BTreeMap, BTreeSet};

/// The name under which problems speak of the text.
const NAME: &str = "texte";

/// What a text is looked at against: taken out of the relay, so that nothing is locked meanwhile.
#[derive(Debug)]
pub struct Ground {
    /// Those that the rules go by.
    directives: Vec<Directive>,
    /// Every version, those that wait or were replaced too.
    known: Vec<Directive>,
    /// Versions that stand in nobody's way: they wait for the head of the relay, or were replaced.
    aside: BTreeSet<(String, String)>,
    waiting: Vec<Waiting>,
    territory: String,
    first_day: Day,
    names: BTreeMap<String, String>,
}

impl Ground {
    /// Takes what is needed out of the relay; `first_day` is the first day on which a version may take effect.
    #[must_use]
    pub fn of(relay: &Relay<'_>, first_day: Day) -> Self {
        let codes = relay.common.directives.iter().flat_map(|directive| &directive.products);
        Self {
            directives: relay.common.counting().cloned().collect(),
            known: relay.common.directives.clone(),
            aside: relay
                .common
                .publications
                .iter()
                .filter(|(_, known)| known.is_held() || known.replaced)
                .map(|(name, _)| name.clone())
                .collect(),
            waiting: waiting(relay),
            territory: relay.common.relay.as_ref().map_or_else(|| "FR".to_owned(), |one| one.territory.clone()),
            first_day,
            names: codes.map(|product| (product.code.clone(), product.name_fr.clone())).collect(),
        }
    }
}

/// What came out.
#[derive(Debug)]
pub struct Checked {
    /// For the page.
    pub check: DirectiveCheck,
    /// The version, when the text may be published.
    pub directive: Option<Directive>,
}

/// Whose a text is to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    /// The relay's own layer.
    Own,
    /// A national version that the relay adopts.
    Adopted,
}

/// The name of an adopted version ends like this, so that none that ships has it.
pub const OF_THE_RELAY: &str = "-relais";

/// Looks at a text from every side.
#[must_use]
pub fn check(ground: &Ground, text: &str, whose: Whose) -> Checked {
    let form = form_of(text);
    let refused = |problems: Vec<DirectiveProblem>| Checked {
        check: DirectiveCheck { problems, form: form.clone(), ..DirectiveCheck::default() },
        directive: None,
    };
    let loaded = match load_beside(NAME, text, &ground.known) {
        Ok(loaded) => loaded,
        Err(problems) => return refused(problems.iter().map(problem).collect()),
    };
    let [new] = loaded.directives.as_slice() else {
        return refused(vec![said(
            text,
            "[[versions]]",
            "Un texte publié dit une seule version.",
            "A text that is published holds one version.",
        )]);
    };
    let problems = of_version(ground, text, new, whose);
    if !problems.is_empty() {
        return refused(problems);
    }
    let before: Option<&Directive> = ground
        .directives
        .iter()
        .filter(|known| known.id == new.id && known.from <= new.from)
        .max_by(|one, other| one.from.cmp(&other.from).then_with(|| version_order(&one.version, &other.version)));
    let mut after = ground.directives.clone();
    after.push(new.clone());
    let tried = try_examples(&after, &loaded.examples);
    let examples: Vec<ExampleLine> = tried
        .iter()
        .map(|one| ExampleLine {
            name: one.example.name.clone(),
            line: one.example.line.and_then(|line| u32::try_from(line).ok()),
            expected: one.example.expect,
            found: one.answer.outcome,
            holds: one.holds(),
        })
        .collect();
    let findings = new_findings(ground, new, &after);
    let publishable = findings.is_empty() && examples.iter().all(|example| example.holds);
    let check = DirectiveCheck {
        problems: Vec::new(),
        form,
        differences: differences(before, new),
        examples,
        findings,
        affected: affected(&ground.waiting, &ground.directives, &after),
        publishable,
    };
    Checked { check, directive: publishable.then(|| new.clone()) }
}

/// What the desk would be refused anyway, said with its line before anybody touches «Publier».
fn of_version(ground: &Ground, text: &str, new: &Directive, whose: Whose) -> Vec<DirectiveProblem> {
    let mut problems = Vec::new();
    let adopted = whose == Whose::Adopted;
    if adopted && new.layer != Layer::National {
        problems.push(said(
            text,
            "layer",
            "Une directive qui s’adopte est nationale : layer = \"national\". Le protocole du relais s’écrit à part.",
            "A directive that is adopted is national: layer = \"national\". The relay’s protocol is written apart.",
        ));
    }
    if adopted && !new.version.contains(OF_THE_RELAY) {
        problems.push(said(
            text,
            "version",
            &format!("Une version adoptée porte un nom à elle : « {}{OF_THE_RELAY} ».", new.version),
            &format!("An adopted version has a name of its own: “{}{OF_THE_RELAY}”.", new.version),
        ));
    }
    if !adopted && new.layer != Layer::Relay {
        problems.push(said(
            text,
            "layer",
            "Le relais ne publie que sa propre couche : layer = \"relay\".",
            "The relay publishes its own layer only: layer = \"relay\".",
        ));
    }
    let says_nothing = new.rules.is_empty()
        && new.agreements.is_empty()
        && new.questions.is_empty()
        && new.products.is_empty()
        && new.observation_minutes.is_none()
        && new.traceability_fr.is_none();
    if says_nothing {
        problems.push(said(
            text,
            "[[versions]]",
            "Cette version est vide : elle n’a ni règle, ni accord, ni question, ni vaccin.",
            "This version is empty: it has no rule, agreement, question or vaccine.",
        ));
    }
    let known = || ground.known.iter().filter(|known| known.id == new.id);
    if known().any(|known| known.layer != new.layer) {
        let (fr, en) = if adopted {
            ("Ce nom est celui d’une directive du relais.", "A directive of the relay has this name.")
        } else {
            ("Ce nom est celui d’une directive nationale.", "A national directive has this name.")
        };
        problems.push(said(text, "id", fr, en));
    }
    let first = ground.first_day;
    if new.from < first {
        problems.push(said(
            text,
            "from",
            &format!("La date d’effet est passée : au plus tôt le {first}."),
            &format!("The date of effect is past: {first} at the earliest."),
        ));
    }
    let aside = |known: &Directive| ground.aside.contains(&(known.id.clone(), known.version.clone()));
    if let Some(later) = known().find(|known| known.from > new.from && !aside(known)) {
        problems.push(said(
            text,
            "from",
            &format!(
                "La version {} commence déjà le {} : choisir ce jour ou un jour d’après.",
                later.version, later.from
            ),
            &format!("Version {} already begins on {}: choose that day or a later one.", later.version, later.from),
        ));
    }
    if let Some(last) = known().find(|known| version_order(&known.version, &new.version).is_ge()) {
        problems.push(said(
            text,
            "version",
            &format!("La version {} existe : le nom de la nouvelle vient après.", last.version),
            &format!("Version {} exists: the new one’s name comes after it.", last.version),
        ));
    }
    problems
}

/// Cells of the grid that fall out of place with the new version, on the days on which it changes something.
fn new_findings(ground: &Ground, new: &Directive, after: &[Directive]) -> Vec<GridLine> {
    let looked_at: Vec<Day> =
        days(std::slice::from_ref(new)).into_iter().filter(|day| *day >= new.from).chain([new.from]).collect();
    // Only vaccines of its own families can be answered otherwise.
    let concerned = |list: &[Directive]| -> Vec<Directive> {
        let mut list = list.to_vec();
        if !new.families.is_empty() {
            let of_its_own = |product: &Product| new.families.contains(&product.family);
            list.iter_mut().for_each(|one| one.products.retain(of_its_own));
        }
        list
    };
    let old = grid(&concerned(&ground.directives), &ground.territory, &looked_at);
    let mut found: Vec<Finding> = grid(&concerned(after), &ground.territory, &looked_at);
    found.retain(|one| !old.contains(one));
    found.dedup();
    let line = |one: Finding| GridLine {
        fault: match one.fault {
            Fault::Gap => "gap",
            Fault::Overlap => "overlap",
            Fault::TooManyQuestions => "too_many_questions",
        }
        .to_owned(),
        on: one.on,
        product: ground.names.get(&one.product).cloned().unwrap_or(one.product),
        rank: one.rank,
        at_risk: one.at_risk,
        ages: one.ages,
        about: one.about,
    };
    found.into_iter().map(line).collect()
}

fn problem(one: &Problem) -> DirectiveProblem {
    DirectiveProblem {
        line: one.line.and_then(|line| u32::try_from(line).ok()),
        place: one.place.clone(),
        fr: one.fr.clone(),
        en: one.message.clone(),
    }
}

/// Says something about the first line of the text that begins with a word.
fn said(text: &str, begins: &str, fr: &str, en: &str) -> DirectiveProblem {
    let line = text.lines().position(|line| {
        let rest = line.trim_start().strip_prefix(begins);
        rest.is_some_and(|rest| !rest.starts_with(|sign: char| sign.is_alphanumeric() || sign == '_'))
    });
    DirectiveProblem {
        line: line.and_then(|line| u32::try_from(line + 1).ok()),
        place: String::new(),
        fr: fr.to_owned(),
        en: en.to_owned(),
    }
}
