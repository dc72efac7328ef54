//! Says a fact of the round again otherwise: its number, its words; whichever of them it has.

use leptos::prelude::*;
use perron_domain::command::Command;

use crate::{
    components::{Button, Card, Glyph, NumberField, TextField, Weight},
    i18n::{I18n, label, t_string},
    pages::{form::Form, visit::link::Link},
};

/// What of a command can be said otherwise: a number with its unit, a text; each with its label.
struct Parts {
    number: Option<(&'static str, String, &'static str)>,
    text: Option<(&'static str, String)>,
}

fn parts(i18n: I18n, command: &Command) -> Option<Parts> {
    Some(match command {
        Command::ReportDifficulty(text) => {
            Parts { number: None, text: Some((t_string!(i18n, close.difficulty), text.clone())) }
        }
        Command::TeamSatisfaction(score) => {
            Parts { number: Some((t_string!(i18n, close.team_satisfaction), score.to_string(), "/ 5")), text: None }
        }
        Command::CountEntries { entered, reason, .. } => Parts {
            number: Some((t_string!(i18n, close.entered), entered.to_string(), "")),
            text: Some((t_string!(i18n, close.not_due_reason), reason.clone().unwrap_or_default())),
        },
        _ => return None,
    })
}

/// Returns the command with its number and text as they are typed; none when the number cannot be read.
fn changed(command: Command, number: &str, text: &str) -> Option<Command> {
    let text = text.trim().to_owned();
    let number = number.trim();
    Some(match command {
        Command::ReportDifficulty(_) => Command::ReportDifficulty(text),
        Command::TeamSatisfaction(_) => Command::TeamSatisfaction(number.parse().ok()?),
        Command::CountEntries { account, not_due, .. } => {
            let reason = Some(text).filter(|reason| !reason.is_empty());
            Command::CountEntries { account, entered: number.parse().ok()?, not_due, reason }
        }
        other => other,
    })
}

/// The editor of one fact; nothing for facts that are only withdrawn and said anew.
#[component]
pub fn Editor(
    /// The way to the replica.
    link: Link,
    /// The form of the correction.
    form: Form,
    /// What the fact says now.
    command: Command,
    /// What it is to say.
    on_save: Callback<Option<Command>>,
) -> impl IntoView {
    let i18n = link.i18n;
    let parts = untrack(|| parts(i18n, &command))?;
    let number = form.text("number", parts.number.as_ref().map(|(_, number, _)| number.clone()).unwrap_or_default());
    let text = form.text("text", parts.text.as_ref().map(|(_, text)| text.clone()).unwrap_or_default());
    let wrong = RwSignal::new(None::<String>);
    let save = move |()| match changed(command.clone(), &number.get_untracked(), &text.get_untracked()) {
        Some(command) => on_save.run(Some(command)),
        None => wrong.set(Some(untrack(|| t_string!(i18n, close.number_wrong).to_owned()))),
    };
    Some(view! {
        <Card>
            <div class="stack">
                {parts
                    .number
                    .map(|(label, _, unit)| {
                        view! {
                            <NumberField
                                label=Signal::stored(label.to_owned())
                                value=number
                                unit=Signal::stored(unit.to_owned())
                                error=wrong
                                whole=true
                                testid="correct-number"
                            />
                        }
                    })}
                {parts
                    .text
                    .map(|(label, _)| {
                        view! { <TextField label=Signal::stored(label.to_owned()) value=text testid="correct-text" /> }
                    })}
                <div class="actions">
                    <Button
                        label=label!(i18n, close.save_correction)
                        icon=Glyph::Pen
                        weight=Weight::Primary
                        disabled=link.busy
                        on_press=save
                        testid="correct-save"
                    />
                </div>
            </div>
        </Card>
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::fact::AccountNo;

    #[test]
    fn a_correction_changes_what_was_typed_and_keeps_the_rest() {
        let counted = Command::CountEntries { account: AccountNo(2), entered: 12, not_due: 1, reason: None };
        let again = changed(counted.clone(), "13", " enfant sans carte ");
        let reason = Some("enfant sans carte".to_owned());
        assert_eq!(again, Some(Command::CountEntries { account: AccountNo(2), entered: 13, not_due: 1, reason }));
        assert_eq!(changed(counted, "treize", ""), None);
    }
}
