//! Says a fact of the round again otherwise: its number, its words, its hour; whichever of them it has.

use leptos::prelude::*;
use perron_domain::{command::Command, time::Wall};

use crate::{
    components::{Button, Card, Glyph, NumberField, TextField, TimeField, Weight, fr},
    i18n::{I18n, Locale, t_string},
    pages::{departure::tenths, visit::link::Link, words},
};

/// What of a command can be said otherwise: a number with its unit, a text, an hour.
struct Parts {
    number: Option<(&'static str, String, &'static str)>,
    text: Option<(&'static str, String)>,
    at: Option<Wall>,
}

fn parts(i18n: I18n, command: &Command) -> Option<Parts> {
    let plain = |number: i64| number.to_string();
    let decimal = |tenths: i32| {
        let text = fr::number(Locale::fr, f64::from(tenths) / 10.0, 1);
        text.replace('\u{2212}', "-")
    };
    let count = t_string!(i18n, close.count);
    let reason = t_string!(i18n, close.reason);
    let to = t_string!(i18n, close.to);
    let parts = |number, text, at| Some(Parts { number, text, at });
    match command {
        Command::ReadTemperature { tenths, at, reason: why } => parts(
            Some((t_string!(i18n, close.temperature), decimal(i32::from(*tenths)), "°C")),
            Some((reason, why.clone().unwrap_or_default())),
            *at,
        ),
        Command::OpenVial { at, .. } => parts(None, None, *at),
        Command::CountDrawn { drawn, reason: why, .. } => {
            parts(Some((count, plain(i64::from(*drawn)), "")), Some((reason, why.clone().unwrap_or_default())), None)
        }
        Command::Waste { count: doses, reason: why, .. } => {
            parts(Some((count, plain(i64::from(*doses)), "")), Some((reason, why.clone())), None)
        }
        Command::Cede { count: doses, to: team, .. } => {
            parts(Some((count, plain(i64::from(*doses)), "")), Some((to, team.clone())), None)
        }
        Command::Return { units, .. } => parts(Some((count, plain(i64::from(*units)), "")), None, None),
        Command::Load(loaded) => parts(
            Some((count, plain(i64::from(loaded.units)), "")),
            Some((t_string!(i18n, tour.lot), loaded.lot.clone())),
            None,
        ),
        Command::Fill { percent, .. } => parts(Some((count, plain(i64::from(*percent)), "%")), None, None),
        Command::Tally { delta, .. } => parts(Some((count, plain(i64::from(*delta)), "")), None, None),
        Command::OpenContainer { volume_dl, .. } => {
            parts(Some((t_string!(i18n, close.volume), decimal(i32::from(*volume_dl)), "l")), None, None)
        }
        Command::HandOver { grams, to: whom, .. } => {
            parts(Some((t_string!(i18n, close.weight), plain(i64::from(*grams)), "g")), Some((to, whom.clone())), None)
        }
        Command::ReportDifficulty(text) => parts(None, Some((t_string!(i18n, close.difficulty), text.clone())), None),
        Command::TeamSatisfaction(score) => {
            parts(Some((t_string!(i18n, close.team_satisfaction), plain(i64::from(*score)), "/ 5")), None, None)
        }
        Command::CountEntries { entered, reason: why, .. } => parts(
            Some((t_string!(i18n, close.entered), plain(i64::from(*entered)), "")),
            Some((reason, why.clone().unwrap_or_default())),
            None,
        ),
        _ => None,
    }
}

/// Returns the command with its number, text and hour as they are typed; none when the number cannot be read.
fn changed(command: Command, number: &str, text: &str, hour: Option<Wall>) -> Option<Command> {
    let text = text.trim().to_owned();
    let why = Some(text.clone()).filter(|why| !why.is_empty());
    let number = number.trim();
    Some(match command {
        Command::ReadTemperature { at, .. } => {
            Command::ReadTemperature { tenths: tenths(number)?, at: hour.or(at), reason: why }
        }
        Command::OpenVial { load, diluted, at } => Command::OpenVial { load, diluted, at: hour.or(at) },
        Command::CountDrawn { vial, .. } => Command::CountDrawn { vial, drawn: number.parse().ok()?, reason: why },
        Command::Waste { source, .. } => Command::Waste { source, count: number.parse().ok()?, reason: text },
        Command::Cede { source, .. } => Command::Cede { source, count: number.parse().ok()?, to: text },
        Command::Return { load, .. } => Command::Return { load, units: number.parse().ok()? },
        Command::Load(mut loaded) => {
            loaded.units = number.parse().ok()?;
            loaded.lot = text;
            Command::Load(loaded)
        }
        Command::Fill { container, .. } => Command::Fill { container, percent: number.parse().ok()? },
        Command::Tally { stream, .. } => Command::Tally { stream, delta: number.trim_start_matches('+').parse().ok()? },
        Command::OpenContainer { kind, .. } => {
            Command::OpenContainer { kind, volume_dl: u16::try_from(tenths(number)?).ok()? }
        }
        Command::HandOver { container, .. } => Command::HandOver { container, grams: number.parse().ok()?, to: text },
        Command::ReportDifficulty(_) => Command::ReportDifficulty(text),
        Command::TeamSatisfaction(_) => Command::TeamSatisfaction(number.parse().ok()?),
        Command::CountEntries { account, not_due, .. } => {
            Command::CountEntries { account, entered: number.parse().ok()?, not_due, reason: why }
        }
        other => other,
    })
}

/// The editor of one fact; nothing for facts that are only withdrawn and said anew.
#[component]
pub fn Editor(
    /// The way to the replica.
    link: Link,
    /// What the fact says now.
    command: Command,
    /// What it is to say.
    on_save: Callback<Option<Command>>,
) -> impl IntoView {
    let i18n = link.i18n;
    let parts = untrack(|| parts(i18n, &command))?;
    let number = RwSignal::new(parts.number.as_ref().map(|(_, number, _)| number.clone()).unwrap_or_default());
    let text = RwSignal::new(parts.text.as_ref().map(|(_, text)| text.clone()).unwrap_or_default());
    let before = parts.at.map(|at| link.glance(|_, common| words::field_time(common, at))).unwrap_or_default();
    let hour = RwSignal::new(before.clone());
    let wrong = RwSignal::new(None::<String>);
    let at = parts.at;
    let save = move |()| {
        let typed = hour.get_untracked();
        // The hour belongs to the day of the fact, not to the day of the correction.
        let moved =
            at.filter(|_| typed != before).and_then(|at| link.glance(|_, common| words::read_time(common, at, &typed)));
        match changed(command.clone(), &number.get_untracked(), &text.get_untracked(), moved) {
            Some(command) => on_save.run(Some(command)),
            None => wrong.set(Some(t_string!(i18n, close.number_wrong).to_owned())),
        }
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
                                testid="correct-number"
                            />
                        }
                    })}
                {parts
                    .at
                    .map(|_| {
                        view! {
                            <TimeField label=move || t_string!(i18n, close.hour) value=hour testid="correct-hour" />
                        }
                    })}
                {parts
                    .text
                    .map(|(label, _)| {
                        view! {
                            <TextField label=Signal::stored(label.to_owned()) value=text testid="correct-text" />
                        }
                    })}
                <div class="actions">
                    <Button
                        label=move || t_string!(i18n, close.save_correction)
                        icon=Glyph::Check
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
    use perron_domain::name::{DeviceId, FactName};

    #[test]
    fn a_correction_changes_what_was_typed_and_keeps_the_rest() {
        let source = FactName::new(DeviceId(3), 7);
        let wasted = Command::Waste { source, count: 1, reason: "cassée".to_owned() };
        let again = changed(wasted.clone(), "2", " tombée ", None);
        assert_eq!(again, Some(Command::Waste { source, count: 2, reason: "tombée".to_owned() }));
        assert_eq!(changed(wasted, "deux", "", None), None);
    }

    #[test]
    fn a_reading_keeps_its_hour_unless_another_was_typed() {
        let read = Command::ReadTemperature { tenths: 91, at: Some(Wall(7)), reason: None };
        let again = changed(read.clone(), "5,2", "", None);
        assert_eq!(again, Some(Command::ReadTemperature { tenths: 52, at: Some(Wall(7)), reason: None }));
        let moved = changed(read, "5,2", "", Some(Wall(9)));
        assert_eq!(moved, Some(Command::ReadTemperature { tenths: 52, at: Some(Wall(9)), reason: None }));
    }
}
