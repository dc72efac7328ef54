//! The box's temperature before leaving: the last reading, and a new one. Outside 2–8 °C it needs a reason.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    temperature::{COLD_MAX, COLD_MIN},
};

use crate::{
    components::{Button, Card, Glyph, NumberField, Show, StatusPill, TextField, Tone, fr},
    i18n::{I18n, label, t_string},
    pages::{
        form::Form,
        visit::link::{Link, Problem},
        words,
    },
};

/// Returns tenths of a degree from «5,2» or «5.2»; none for what is no temperature.
#[must_use]
pub fn tenths(typed: &str) -> Option<i16> {
    let typed = typed.trim().replace(',', ".").replace('\u{2212}', "-");
    let (negative, digits) = match typed.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, typed.strip_prefix('+').unwrap_or(&typed)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let known = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !known(whole) || !known(part) || whole.len() + part.len() == 0 {
        return None;
    }
    let digit = |place: usize| part.as_bytes().get(place).map_or(0, |byte| i32::from(byte - b'0'));
    let whole: i32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    // The second decimal rounds.
    let tenths = whole.checked_mul(10)?.checked_add(digit(0) + i32::from(digit(1) >= 5))?;
    let tenths = i16::try_from(tenths).ok().filter(|tenths| *tenths <= 1_000)?;
    Some(if negative { -tenths } else { tenths })
}

/// A reading as it is typed.
#[derive(Clone, Copy)]
pub struct Typed {
    degrees: RwSignal<String>,
    reason: RwSignal<String>,
    wrong: RwSignal<Option<String>>,
}

impl Typed {
    /// Returns the fields of a form.
    #[must_use]
    pub fn of(form: Form) -> Self {
        Self {
            degrees: form.text("temperature", ""),
            reason: form.text("temperature_reason", ""),
            wrong: RwSignal::new(None),
        }
    }

    /// Says whether a temperature stands in the field that is not read yet.
    #[must_use]
    pub fn waits(self) -> bool {
        self.degrees.with(|typed| tenths(typed).is_some())
    }

    /// Empties the fields: the reading was written.
    pub fn clear(self) {
        self.degrees.set(String::new());
        self.reason.set(String::new());
    }

    /// Returns what is to be written; nothing where the field is empty.
    ///
    /// # Errors
    /// What stands there is no temperature: the field says so.
    pub fn command(self, i18n: I18n) -> Result<Option<Command>, ()> {
        let typed = self.degrees.get_untracked();
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let tenths = tenths(&typed);
        self.wrong.set(tenths.is_none().then(|| t_string!(i18n, tour.temperature_wrong).to_owned()));
        let reason = Some(self.reason.get_untracked()).filter(|reason| !reason.trim().is_empty());
        tenths.map(|tenths| Some(Command::ReadTemperature { tenths, at: None, reason })).ok_or(())
    }
}

/// The card of the temperature.
#[component]
pub fn ColdCard(
    /// The way to the replica.
    link: Link,
    /// What is typed.
    reading: Typed,
) -> impl IntoView {
    let i18n = link.i18n;
    let Typed { degrees: typed, reason, wrong } = reading;
    let last = Memo::new(move |_| {
        link.both(|round, common| {
            let reading = round.readings.last()?;
            let text = format!(
                "{} · {}",
                fr::celsius(i18n.get_locale(), i32::from(reading.read.tenths)),
                words::moment(i18n, common, reading.read.at, link.now_once())
            );
            Some((reading.read.in_range(), text))
        })
    });
    let outside =
        move || typed.with(|typed| tenths(typed)).is_some_and(|tenths| !(COLD_MIN..=COLD_MAX).contains(&tenths));
    let save = move |()| match reading.command(i18n) {
        Ok(Some(command)) => link.write(vec![command], move || reading.clear()),
        Ok(None) => wrong.set(Some(t_string!(i18n, tour.temperature_wrong).to_owned())),
        Err(()) => {}
    };
    view! {
        <Card>
            <div class="ask-line">
                <NumberField
                    label=label!(i18n, tour.temperature_title)
                    value=typed
                    error=wrong
                    testid="temperature"
                />
                <Button
                    label=label!(i18n, tour.read_temperature)
                    icon=Glyph::Thermometer
                    disabled=link.busy
                    on_press=save
                    testid="read-temperature"
                />
                <span class="ask-last" data-testid="last-temperature">
                    {move || {
                        last.get()
                            .map(|(good, text)| {
                                let tone = if good { Tone::Good } else { Tone::Danger };
                                view! { <StatusPill tone=tone label=Signal::stored(text) /> }
                            })
                    }}
                </span>
            </div>
            <Show when=outside>
                <TextField
                    label=label!(i18n, tour.temperature_reason)
                    value=reason
                    testid="temperature-reason"
                />
            </Show>
            <Problem link=link />
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::tenths;

    #[test]
    fn a_temperature_is_typed_with_a_comma_or_a_point() {
        assert_eq!(tenths("5,2"), Some(52));
        assert_eq!(tenths(" 9.1 "), Some(91));
        assert_eq!(tenths("-0,5"), Some(-5));
        assert_eq!(tenths("4"), Some(40));
        assert_eq!(tenths("5,25"), Some(53));
        assert_eq!(tenths(",5"), Some(5));
        assert_eq!(tenths("cinq"), None);
        assert_eq!(tenths("1e9"), None);
    }
}
