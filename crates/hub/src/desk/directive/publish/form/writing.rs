//! Writes a form into its text.

use super::NotWritten;
use super::reading::{agreement_of, form_of, plain, question_of, rule_of, string, translations_of};
use perron_desk_api::{AgreementForm, ConditionForm, DirectiveForm, QuestionForm, RuleForm, TranslationForm};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TableLike, Value, value};

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

/// Returns the first table of a list, made where there is none.
fn first_table<'a>(root: &'a mut Table, key: &str) -> Option<&'a mut Table> {
    let list = root.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let list = list.as_array_of_tables_mut()?;
    if list.is_empty() {
        list.push(Table::new());
    }
    list.get_mut(0)
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
