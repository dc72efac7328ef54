//! A text as a form, and a form written back into its text: what did not change keeps its place, words and comments.

use perron_desk_api::{AgreementForm, ConditionForm, DirectiveForm, QuestionForm, RuleForm, TranslationForm};
use perron_domain::rules::Outcome;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TableLike, Value, value};

/// Why a form cannot be written into a text, in French.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotWritten(pub String);

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

/// Returns the text with the form written into it.
///
/// # Errors
/// [`NotWritten`] when the text is no TOML, or a condition of the form cannot be read.
pub fn with_form(text: &str, form: &DirectiveForm) -> Result<String, NotWritten> {
    let mut document: DocumentMut =
        text.parse().map_err(|wrong: toml_edit::TomlError| NotWritten(format!("Le texte ne se lit pas : {wrong}")))?;
    let before = form_of(text).unwrap_or_default();
    let root = document.as_table_mut();
    for (key, old, new) in [
        ("id", &before.id, &form.id),
        ("territory", &before.territory, &form.territory),
        ("title_fr", &before.title_fr, &form.title_fr),
        ("title_en", &before.title_en, &form.title_en),
    ] {
        if old != new {
            set(root, key, value(new));
        }
    }
    if before.families != form.families {
        set(root, "families", array(&form.families));
    }
    if before.observation_minutes != form.observation_minutes {
        match form.observation_minutes.trim().parse::<i64>() {
            Ok(minutes) => set(root, "observation_minutes", value(minutes)),
            Err(_) if form.observation_minutes.trim().is_empty() => drop(root.remove("observation_minutes")),
            Err(_) => return Err(NotWritten("Les minutes de surveillance s’écrivent en chiffres.".to_owned())),
        }
    }
    let source = root.entry("source").or_insert_with(|| Item::Table(Table::new()));
    if let Some(source) = source.as_table_like_mut() {
        for (key, old, new) in [
            ("title", &before.source, &form.source),
            ("date", &before.source_date, &form.source_date),
            ("link", &before.source_link, &form.source_link),
        ] {
            if old != new {
                set_or_remove(source, key, new);
            }
        }
    }
    let Some(version) = first_table(root, "versions") else {
        return Err(NotWritten("« versions » n’est pas écrit en [[versions]] : modifiez le texte.".to_owned()));
    };
    for (key, old, new) in [
        ("version", &before.version, &form.version),
        ("from", &before.from, &form.from),
        ("until", &before.until, &form.until),
    ] {
        if old != new {
            set_or_remove(version, key, new);
        }
    }
    write_list(root, "rules", &form.rules, |rule| &rule.code, rule_of, write_rule)?;
    write_list(root, "agreements", &form.agreements, |need| &need.code, agreement_of, write_agreement)?;
    write_list(root, "questions", &form.questions, |question| &question.code, question_of, write_question)?;
    Ok(document.to_string())
}

/// Writes a list: entries that are gone are removed, those that differ are written anew, new ones come last.
fn write_list<T: PartialEq>(
    root: &mut Table,
    key: &str,
    wanted: &[T],
    code: impl Fn(&T) -> &String,
    read: impl Fn(&Table) -> T,
    write: impl Fn(&T, &mut Table) -> Result<(), NotWritten>,
) -> Result<(), NotWritten> {
    if root.get(key).is_some_and(|item| !item.is_array_of_tables()) {
        return Err(NotWritten(format!("« {key} » n’est pas écrit en [[{key}]] : modifiez le texte.")));
    }
    let list = root.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(list) = list.as_array_of_tables_mut() else { return Ok(()) };
    list.retain(|table| wanted.iter().any(|one| *code(one) == string(table, "code")));
    for one in wanted {
        if code(one).trim().is_empty() {
            return Err(NotWritten("Chaque règle, accord ou question a un code.".to_owned()));
        }
        if let Some(table) = list.iter_mut().find(|table| string(table, "code") == *code(one)) {
            if read(table) != *one {
                write(one, table)?;
            }
            continue;
        }
        let mut table = Table::new();
        set(&mut table, "code", value(code(one)));
        write(one, &mut table)?;
        list.push(table);
    }
    if list.is_empty() {
        root.remove(key);
    }
    Ok(())
}

fn rule_of(table: &Table) -> RuleForm {
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

fn write_rule(rule: &RuleForm, table: &mut Table) -> Result<(), NotWritten> {
    set(table, "when", condition(&rule.when, &rule.code)?);
    set(table, "outcome", value(rule.outcome.code()));
    match rule.deferred.trim() {
        "" => drop(table.remove("deferred")),
        text => set(table, "deferred", parsed(text, &rule.code)?),
    }
    set_list(table, "instead", &rule.instead);
    texts(table, &rule.fr, &rule.en, Some(&rule.source));
    set_flag(table, "verified", rule.verified, false);
    set_flag(table, "advice", rule.advice, false);
    set_flag(table, "absolute", rule.absolute, false);
    Ok(())
}

fn agreement_of(table: &Table) -> AgreementForm {
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

fn write_agreement(need: &AgreementForm, table: &mut Table) -> Result<(), NotWritten> {
    set(table, "when", condition(&need.when, &need.code)?);
    set(table, "by", array(&need.by));
    set(table, "count", value(i64::from(need.count)));
    set_list(table, "or_judge", &need.or_judge);
    set_list(table, "how", &need.how);
    texts(table, &need.fr, &need.en, Some(&need.source));
    set_flag(table, "verified", need.verified, false);
    Ok(())
}

fn question_of(table: &Table) -> QuestionForm {
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
fn translations_of(item: Option<&Item>) -> Vec<TranslationForm> {
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

fn write_translations(translations: &[TranslationForm], table: &mut Table) {
    if translations_of(table.get("translations")) == translations {
        return;
    }
    let mut list = toml_edit::Array::new();
    for one in translations {
        let mut written = toml_edit::InlineTable::new();
        written.insert("lang", one.lang.trim().into());
        written.insert("text", one.text.trim().into());
        if one.validated {
            written.insert("validated", true.into());
        }
        list.push(written);
    }
    if list.is_empty() {
        table.remove("translations");
    } else {
        set(table, "translations", value(list));
    }
}

fn write_question(question: &QuestionForm, table: &mut Table) -> Result<(), NotWritten> {
    set(table, "asked", condition(&question.asked, &question.code)?);
    texts(table, &question.fr, &question.en, None);
    set_flag(table, "required", question.required, true);
    if question.order == 0 {
        table.remove("order");
    } else {
        set(table, "order", value(i64::from(question.order)));
    }
    set_or_remove(table, "about", &question.about);
    set_or_remove(table, "pictogram", &question.pictogram);
    write_translations(&question.translations, table);
    Ok(())
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

fn condition(form: &ConditionForm, code: &str) -> Result<Item, NotWritten> {
    let mut parts = Vec::new();
    if !form.age_from.trim().is_empty() || !form.age_below.trim().is_empty() {
        parts.push(format!("age = {}", quoted(&format!("{}..{}", form.age_from.trim(), form.age_below.trim()))));
    }
    let rank = form.rank.trim();
    if !rank.is_empty() {
        let number = rank.parse::<u8>().is_ok();
        parts.push(format!("rank = {}", if number { rank.to_owned() } else { quoted(rank) }));
    }
    for (key, codes) in [("product", &form.products), ("yes", &form.yes), ("person", &form.person)] {
        match codes.as_slice() {
            [] => {}
            [one] => parts.push(format!("{key} = {}", quoted(one))),
            several => {
                let codes: Vec<String> = several.iter().map(|one| quoted(one)).collect();
                parts.push(format!("{key} = [{}]", codes.join(", ")));
            }
        }
    }
    if !form.more.trim().is_empty() {
        parts.push(form.more.trim().trim_end_matches(',').to_owned());
    }
    parsed(&format!("{{ {} }}", parts.join(", ")), code)
}

/// Reads a value as it is written in a file.
fn parsed(text: &str, code: &str) -> Result<Item, NotWritten> {
    let wrong = || NotWritten(format!("« {code} » : « {text} » ne se lit pas."));
    if text.contains('\n') {
        return Err(wrong());
    }
    let document: DocumentMut = format!("x = {text}").parse().map_err(|_| wrong())?;
    match (document.get("x").cloned(), document.len()) {
        (Some(item), 1) => Ok(item),
        _ => Err(wrong()),
    }
}

fn quoted(text: &str) -> String {
    plain(&Value::from(text))
}

/// Returns a value as it is written, without the blanks and comments around it.
fn plain(written: &Value) -> String {
    let mut bare = written.clone();
    bare.decor_mut().clear();
    bare.to_string().trim().to_owned()
}

fn tables<'a>(root: &'a Table, key: &str) -> impl Iterator<Item = &'a Table> {
    root.get(key).and_then(Item::as_array_of_tables).into_iter().flatten()
}

/// Returns the first table of a list, made where there is none.
fn first_table<'a>(root: &'a mut Table, key: &str) -> Option<&'a mut Table> {
    let list = root.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let list = list.as_array_of_tables_mut()?;
    if list.is_empty() {
        list.push(Table::new());
    }
    list.get_mut(0)
}

fn string(table: &Table, key: &str) -> String {
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

fn array(texts: &[String]) -> Item {
    value(texts.iter().collect::<toml_edit::Array>())
}

/// Sets a key; a value that stands there already keeps the comment behind it.
fn set(table: &mut dyn TableLike, key: &str, new: Item) {
    let decor = table.get(key).and_then(Item::as_value).map(|old| old.decor().clone());
    let new = match (new, decor) {
        (Item::Value(mut new), Some(decor)) => {
            *new.decor_mut() = decor;
            Item::Value(new)
        }
        (new, _) => new,
    };
    table.insert(key, new);
}

fn set_or_remove(table: &mut dyn TableLike, key: &str, text: &str) {
    match text.trim() {
        "" => drop(table.remove(key)),
        text => set(table, key, value(text)),
    }
}

fn set_list(table: &mut Table, key: &str, codes: &[String]) {
    if codes.is_empty() {
        table.remove(key);
    } else {
        set(table, key, array(codes));
    }
}

fn set_flag(table: &mut Table, key: &str, on: bool, absent: bool) {
    if on == absent {
        table.remove(key);
    } else {
        set(table, key, value(on));
    }
}

fn texts(table: &mut Table, fr: &str, en: &str, source: Option<&str>) {
    for (key, text) in [("fr", Some(fr)), ("en", Some(en)), ("source", source)] {
        if let Some(text) = text
            && string(table, key) != text
        {
            set(table, key, value(text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"# Le protocole.
id = "p"
layer = "relay"
territory = "FR"
title_fr = "t"
title_en = "t"
observation_minutes = 15 # comme partout

[source]
title = "S1"

[[versions]]
version = "1"
from = "2021-05-31"

# Les parents d'abord.
[[rules]]
code = "a"
when = { age = "12y..16y", product = "p", not = { prescribed = "physician" } }
outcome = "judge"
fr = "f"
en = "e"
source = "s"

[[rules]]
code = "b"
when = { rank = 2, yes = ["x", "y"] }
outcome = "deferred"
deferred = { age = "12y" }
fr = "f"
en = "e"
source = "s"
"#;

    #[test]
    fn a_form_that_says_the_same_changes_nothing() {
        let form = form_of(TEXT).unwrap();
        assert_eq!(with_form(TEXT, &form).unwrap(), TEXT);
        assert_eq!((form.rules[0].when.age_from.as_str(), form.rules[0].when.age_below.as_str()), ("12y", "16y"));
        assert_eq!(form.rules[0].when.more, r#"not = { prescribed = "physician" }"#);
        assert_eq!((form.rules[1].when.rank.as_str(), form.rules[1].deferred.as_str()), ("2", r#"{ age = "12y" }"#));
    }

    #[test]
    fn what_changes_is_written_and_the_rest_keeps_its_comments() {
        let mut form = form_of(TEXT).unwrap();
        form.observation_minutes = "30".into();
        form.rules[0].when.age_below = "18y".into();
        form.rules.remove(1);
        let mut third = form.rules[0].clone();
        third.code = "c".into();
        third.when = ConditionForm { person: vec!["pregnant".into()], ..ConditionForm::default() };
        form.rules.push(third);
        let text = with_form(TEXT, &form).unwrap();
        assert!(text.contains("observation_minutes = 30 # comme partout"), "{text}");
        assert!(text.contains("# Les parents d'abord.\n[[rules]]\ncode = \"a\""), "{text}");
        assert!(
            text.contains(r#"when = { age = "12y..18y", product = "p", not = { prescribed = "physician" } }"#),
            "{text}"
        );
        assert!(!text.contains("code = \"b\"") && text.contains(r#"when = { person = "pregnant" }"#), "{text}");
        assert_eq!(form_of(&text).unwrap(), form);
    }

    #[test]
    fn translations_are_read_in_both_shapes_and_written_without_touching_the_rest() {
        let question =
            "\n# Pour tous.\n[[questions]]\ncode = \"q\"\nasked = { always = true }\nfr = \"f\"\nen = \"e\" # e\n";
        let inline = "translations = [{ lang = \"ta\", text = \"t\" }]\n";
        let tables = "\n[[questions.translations]]\nlang = \"ta\"\ntext = \"t\"\n";
        for shape in [inline, tables] {
            let text = format!("{TEXT}{question}{shape}");
            let mut form = form_of(&text).unwrap();
            assert_eq!(with_form(&text, &form).unwrap(), text, "nothing changed");
            form.questions[0].translations[0].validated = true;
            form.questions[0].pictogram = "fever".into();
            form.questions[0].about = "today".into();
            let written = with_form(&text, &form).unwrap();
            assert!(written.contains("# Pour tous.\n[[questions]]") && written.contains("en = \"e\" # e"), "{written}");
            assert!(written.contains(r#"translations = [{ lang = "ta", text = "t", validated = true }]"#), "{written}");
            assert_eq!(form_of(&written).unwrap(), form);
            form.questions[0].translations.clear();
            form.questions[0].pictogram.clear();
            let bare = with_form(&written, &form).unwrap();
            assert!(!bare.contains("translations") && !bare.contains("pictogram"), "{bare}");
        }
    }

    #[test]
    fn a_condition_that_cannot_be_read_is_said_and_nothing_slips_in() {
        for wrong in ["not = {", "a = 1 }\nlayer = \"national\"\ny = {", "a = 1 }, b = {"] {
            let mut form = form_of(TEXT).unwrap();
            form.rules[0].when.more = wrong.into();
            let error = with_form(TEXT, &form).unwrap_err();
            assert!(error.0.contains("« a »"), "{error}");
        }
    }
}
