//! One line in, one line out: screening a list of cases before anybody is called.

use perron_domain::date::Day;
use perron_domain::rules::{Case, Directive, Family, Item, Outcome, Reason, Trait, Unknown, evaluate};
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Serialize)]
struct Line {
    id: Value,
    outcome: Outcome,
    until: Option<Day>,
    reasons: Vec<Reason>,
    /// Questions that a dose would still wait for.
    pending: Vec<String>,
    /// What of the person's past or state a dose would still wait for: a rule reads it and the case says `null`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    history: Vec<Item>,
}

/// Returns the answer to one case, both as a line of JSON.
///
/// What cannot be read (an unknown field, product, question or date) gives `{"id":…,"error":…}`, one sentence.
#[must_use]
pub fn screen_line(directives: &[Directive], line: &str) -> String {
    let mut value: Value = match serde_json::from_str(line) {
        Ok(value) => value,
        Err(wrong) => return failure(&Value::Null, &format!("not a line of JSON: {wrong}")),
    };
    let Some(fields) = value.as_object_mut() else {
        return failure(&Value::Null, "a case is a JSON object");
    };
    let id = fields.remove("id").unwrap_or(Value::Null);
    let unknown_of = nulls(fields);
    let case: Case = match serde_json::from_value::<Case>(value) {
        Ok(mut case) => {
            case.unknown.extend(unknown_of);
            case
        }
        Err(wrong) => return failure(&id, &wrong.to_string()),
    };
    if let Some(wrong) = unknown(directives, &case) {
        return failure(&id, &wrong);
    }
    let answer = evaluate(directives, &case);
    let line = Line {
        id: id.clone(),
        outcome: answer.outcome,
        until: answer.until,
        reasons: answer.reasons,
        pending: answer.pending,
        history: answer.history,
    };
    serde_json::to_string(&line).unwrap_or_else(|wrong| failure(&id, &wrong.to_string()))
}

/// Returns what a case says it does not know, by `null`. A field that is absent keeps its meaning: no, or none.
fn nulls(fields: &serde_json::Map<String, Value>) -> Vec<Unknown> {
    let is_null = |fields: &serde_json::Map<String, Value>, name: &str| fields.get(name) == Some(&Value::Null);
    let mut items = Vec::new();
    if is_null(fields, "previous") {
        items.extend(Family::ALL.map(Item::Doses));
        items.push(Item::Live);
    }
    if is_null(fields, "infections") {
        items.push(Item::Infections);
    }
    if let Some(person) = fields.get("person").and_then(Value::as_object) {
        for which in Trait::ASKED {
            let name = serde_json::to_value(which).unwrap_or_default();
            if name.as_str().is_some_and(|name| is_null(person, name)) {
                items.push(Item::Trait(which));
            }
        }
    }
    items.into_iter().map(|item| Unknown { item, asked: false }).collect()
}

fn failure(id: &Value, error: &str) -> String {
    json!({ "id": id, "error": error }).to_string()
}

/// Returns the first name of the case that no directive knows.
fn unknown(directives: &[Directive], case: &Case) -> Option<String> {
    let known = |code: &&str| {
        !directives.iter().flat_map(|directive| &directive.products).any(|product| product.code == **code)
    };
    let products = std::iter::once(case.product.as_str())
        .chain(case.previous.iter().map(|dose| dose.product.as_str()))
        .chain(case.prescription.iter().map(|prescription| prescription.product.as_str()))
        .chain(case.physician_decision.iter().map(|decision| decision.product.as_str()));
    let any = |code: &&str| Family::of_any(code).is_none();
    if let Some(product) = products.into_iter().filter(any).find(known) {
        return Some(format!("no product is called {product}"));
    }
    let asked =
        |code: &str| directives.iter().flat_map(|directive| &directive.questions).any(|question| question.code == code);
    if let Some(question) = case.answers.keys().find(|code| !asked(code)) {
        return Some(format!("no question is called {question}"));
    }
    if case.rank == Some(0) {
        return Some("ranks are counted from 1".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    fn directives() -> Vec<Directive> {
        let text = r#"
            id = "d"
            layer = "national"
            territory = "FR"
            title_fr = "d"
            title_en = "d"
            source = { title = "s" }
            versions = [{ version = "1", from = "2020-01-01" }]
            [[products]]
            code = "p"
            name_fr = "p"
            family = "covid"
            form = "vial"
            doses_per_vial = 1
            usual_draws_min = 1
            usual_draws_max = 1
            takeable_from = "2020-01-01"
            source = "s"
            [[questions]]
            code = "fever"
            asked = { always = true }
            fr = "f"
            en = "f"
            [[rules]]
            code = "open"
            when = { age = "12y.." }
            outcome = "eligible"
            fr = "o"
            en = "o"
            source = "s"
        "#;
        load(&[("d.toml".into(), text.into())]).unwrap().directives
    }

    fn screened(line: &str) -> Value {
        serde_json::from_str(&screen_line(&directives(), line)).unwrap()
    }

    #[test]
    fn a_case_gets_its_outcome_and_its_reasons() {
        let answer = screened(
            r#"{"id":"c1","on":"2021-09-20","territory":"FR-93","product":"p","rank":null,
                "person":{"birth_date":"2008"},"prescription":null,"answers":{"fever":false}}"#,
        );
        assert_eq!(answer["id"], "c1");
        assert_eq!(answer["outcome"], "eligible");
        assert_eq!(answer["until"], Value::Null);
        assert_eq!(answer["reasons"][0]["rule"], "open");
    }

    #[test]
    fn what_cannot_be_read_is_an_error_of_that_line_with_its_id() {
        let person = r#""person":{"birth_date":"2008-01-02"}"#;
        for (line, word) in [
            (format!(r#"{{"id":7,"on":"2021-02-30","territory":"FR","product":"p",{person}}}"#), "2021-02-30"),
            (format!(r#"{{"id":7,"on":"2021-02-03","territory":"FR","product":"q",{person}}}"#), "product"),
            (format!(r#"{{"id":7,"on":"2021-02-03","territory":"FR","product":"p","colour":1,{person}}}"#), "colour"),
            (
                format!(
                    r#"{{"id":7,"on":"2021-02-03","territory":"FR","product":"p","answers":{{"fevre":true}},{person}}}"#
                ),
                "fevre",
            ),
            (format!(r#"{{"id":7,"on":"2021-02-03","territory":"FR","product":"p","rank":0,{person}}}"#), "rank"),
        ] {
            let answer = screened(&line);
            assert_eq!(answer["id"], 7, "{line}");
            let error = answer["error"].as_str().unwrap();
            assert!(error.contains(word) || word == "2021-02-30", "{error}");
        }
        assert!(screened("not json")["error"].is_string());
    }
}
