//! Reads a text as a form.

use perron_desk_api::{AgreementForm, ConditionForm, DirectiveForm, QuestionForm, RuleForm, TranslationForm};
use perron_domain::rules::Outcome;
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

/// Returns the text as a form; none while it is no TOML at all. What is missing or of another shape is empty.
#[must_use]
pub fn form_of(text: &str) -> Option<DirectiveForm> {
    let document: DocumentMut = text.parse().ok()?;
    let root = document.as_table();
    let source = root.get("source").and_then(Item::as_table_like);
    let of_source =
        |key: &str| source.and_then(|source| source.get(key)).and_then(Item::as_str).unwrap_or("").to_owned();
    let version = tables(root, "versions").next();
    let of_version = |key: &str| version.map(|table| string(table, key)).unwrap_or_default();
    Some(DirectiveForm {
        id: string(root, "id"),
        version: of_version("version"),
        from: of_version("from"),
        until: of_version("until"),
        territory: string(root, "territory"),
        families: strings(root.get("families")),
        title_fr: string(root, "title_fr"),
        title_en: string(root, "title_en"),
        source: of_source("title"),
        source_date: of_source("date"),
        source_link: of_source("link"),
        observation_minutes: root
            .get("observation_minutes")
            .and_then(Item::as_integer)
            .map_or_else(String::new, |m| m.to_string()),
        rules: tables(root, "rules").map(rule_of).collect(),
        agreements: tables(root, "agreements").map(agreement_of).collect(),
        questions: tables(root, "questions").map(question_of).collect(),
    })
}

pub(super) fn rule_of(table: &Table) -> RuleForm {
    RuleForm {
        code: string(table, "code"),
        when: condition_of(table.get("when")),
        outcome: Outcome::ALL
            .into_iter()
            .find(|outcome| outcome.code() == string(table, "outcome"))
            .unwrap_or(Outcome::Judge),
        deferred: table.get("deferred").and_then(Item::as_value).map(plain).unwrap_or_default(),
        instead: strings(table.get("instead")),
        fr: string(table, "fr"),
        en: string(table, "en"),
        source: string(table, "source"),
        verified: flag(table, "verified", false),
        advice: flag(table, "advice", false),
        absolute: flag(table, "absolute", false),
    }
}

pub(super) fn agreement_of(table: &Table) -> AgreementForm {
    AgreementForm {
        code: string(table, "code"),
        when: condition_of(table.get("when")),
        by: strings(table.get("by")),
        count: table.get("count").and_then(Item::as_integer).and_then(|count| u8::try_from(count).ok()).unwrap_or(0),
        or_judge: strings(table.get("or_judge")),
        how: strings(table.get("how")),
        fr: string(table, "fr"),
        en: string(table, "en"),
        source: string(table, "source"),
        verified: flag(table, "verified", false),
    }
}

pub(super) fn question_of(table: &Table) -> QuestionForm {
    QuestionForm {
        code: string(table, "code"),
        asked: condition_of(table.get("asked")),
        fr: string(table, "fr"),
        en: string(table, "en"),
        required: flag(table, "required", true),
        order: table.get("order").and_then(Item::as_integer).and_then(|order| u16::try_from(order).ok()).unwrap_or(0),
        about: string(table, "about"),
        pictogram: string(table, "pictogram"),
        translations: translations_of(table.get("translations")),
    }
}

/// Reads translations, written as a list of inline tables or as tables of their own.
pub(super) fn translations_of(item: Option<&Item>) -> Vec<TranslationForm> {
    let one = |table: &dyn TableLike| {
        let text = |key: &str| table.get(key).and_then(Item::as_str).unwrap_or_default().to_owned();
        let validated = table.get("validated").and_then(Item::as_bool).unwrap_or(false);
        TranslationForm { lang: text("lang"), text: text("text"), validated }
    };
    match item {
        Some(Item::ArrayOfTables(tables)) => tables.iter().map(|table| one(table)).collect(),
        Some(Item::Value(Value::Array(list))) => {
            list.iter().filter_map(Value::as_inline_table).map(|table| one(table)).collect()
        }
        _ => Vec::new(),
    }
}

/// Reads a condition: known keys of simple shape into their fields, everything else as it is written.
fn condition_of(item: Option<&Item>) -> ConditionForm {
    let mut form = ConditionForm::default();
    let Some(table) = item.and_then(Item::as_table_like) else { return form };
    let mut more = Vec::new();
    for (key, item) in table.iter() {
        let Some(written) = item.as_value() else { continue };
        let text = written.as_str();
        match (key, text) {
            ("age", Some(range)) if range.contains("..") => {
                let (from, below) = range.split_once("..").unwrap_or_default();
                form.age_from = from.to_owned();
                form.age_below = below.to_owned();
            }
            ("product", _) => form.products = strings(Some(item)),
            ("yes", _) => form.yes = strings(Some(item)),
            ("person", _) => form.person = strings(Some(item)),
            ("rank", Some(rank)) => form.rank = rank.to_owned(),
            ("rank", None) => form.rank = plain(written),
            _ => more.push(format!("{key} = {}", plain(written))),
        }
    }
    form.more = more.join(", ");
    form
}

/// Returns a value as it is written, without the blanks and comments around it.
pub(super) fn plain(written: &Value) -> String {
    let mut bare = written.clone();
    bare.decor_mut().clear();
    bare.to_string().trim().to_owned()
}

fn tables<'a>(root: &'a Table, key: &str) -> impl Iterator<Item = &'a Table> {
    root.get(key).and_then(Item::as_array_of_tables).into_iter().flatten()
}

pub(super) fn string(table: &Table, key: &str) -> String {
    table.get(key).and_then(Item::as_str).unwrap_or("").to_owned()
}

/// Returns one text or a list of texts as a list.
fn strings(item: Option<&Item>) -> Vec<String> {
    match item.and_then(Item::as_value) {
        Some(Value::String(one)) => vec![one.value().clone()],
        Some(Value::Array(list)) => list.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

fn flag(table: &Table, key: &str, absent: bool) -> bool {
    table.get(key).and_then(Item::as_bool).unwrap_or(absent)
}
