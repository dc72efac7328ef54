//! A text as a form, and a form written back into its text: what did not change keeps its place, words and comments.

mod reading;
mod writing;

pub use reading::form_of;
pub use writing::with_form;

/// Why a form cannot be written into a text, in French.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotWritten(pub String);

#[cfg(test)]
mod tests {
    use super::*;
    use perron_desk_api::ConditionForm;

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
