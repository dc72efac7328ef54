//! Says a fact of stock again otherwise: a number, an hour, a lot, a reason. What else it said stays as it was.

use leptos::prelude::*;
use perron_domain::{
    command::{Command, NotePhoneDecision},
    fact::{ContainerKind, DosesLoaded},
    lot,
    time::Wall,
};

use super::{
    container_open::KINDS,
    parts::{read_grams, read_tenths, said},
    words::container_word,
};
use crate::{
    components::{Button, Card, DateField, Glyph, Keys, NumberField, SelectField, TextField, Weight, fr},
    i18n::{I18n, Locale, label, t_string},
    lot_questions::{LotQuestions, Questions},
    pages::{
        form::Form,
        hour::{Hour, HourField},
        loading::doubts,
        visit::link::Link,
        words,
    },
};

/// The texts that a fact can be said again with. Each kind of fact shows those that it has.
#[derive(Clone, Copy)]
struct Texts {
    count: RwSignal<String>,
    hour: RwSignal<String>,
    reason: RwSignal<String>,
    lot: RwSignal<String>,
    expiry: RwSignal<String>,
    kind: RwSignal<String>,
    questions: Questions,
}

impl Texts {
    fn of(link: Link, form: Form, command: &Command) -> Self {
        let hour =
            |at: &Option<Wall>| at.map(|at| link.glance(|_, common| words::field_time(common, at))).unwrap_or_default();
        let blank = String::new;
        let (count, at, reason) = match command {
            Command::Load(loaded) => (loaded.units.to_string(), blank(), blank()),
            Command::OpenVial { at, .. } => (blank(), hour(at), blank()),
            Command::CountDrawn { drawn, reason, .. } => {
                (drawn.to_string(), blank(), reason.clone().unwrap_or_default())
            }
            Command::Waste { count, reason, .. } => (count.to_string(), blank(), reason.clone()),
            Command::Cede { count, to, .. } => (count.to_string(), blank(), to.clone()),
            Command::Return { units, .. } => (units.to_string(), blank(), blank()),
            Command::ReadTemperature { tenths, at, reason } => {
                (written((*tenths).into(), 1), hour(at), reason.clone().unwrap_or_default())
            }
            Command::DecideIsolation { reason, .. } => (blank(), blank(), reason.clone()),
            Command::NotePhoneDecision(note) => (blank(), hour(&note.at), note.reason.clone()),
            Command::OpenContainer { volume_dl, .. } => (written((*volume_dl).into(), 1), blank(), blank()),
            Command::Tally { delta, .. } => (delta.to_string(), blank(), blank()),
            Command::Fill { percent, .. } => (percent.to_string(), blank(), blank()),
            Command::HandOver { grams, to, .. } => (written((*grams).into(), 3), blank(), to.clone()),
            _ => (blank(), blank(), blank()),
        };
        let (lot, expiry) = match command {
            Command::Load(loaded) => (loaded.lot.clone(), fr::date_short(loaded.expiry.0)),
            _ => (blank(), blank()),
        };
        let kind = match command {
            Command::OpenContainer { kind, .. } => KINDS.iter().position(|one| one == kind).unwrap_or(0).to_string(),
            _ => blank(),
        };
        let (lot, expiry) = (form.text("lot-again", lot), form.text("expiry-again", expiry));
        let product = match command {
            Command::Load(loaded) => loaded.product.clone(),
            _ => blank(),
        };
        let doubts = Memo::new(move |_| doubts(link, &product, &lot.get(), &expiry.get()));
        Self {
            count: form.text("count-again", count),
            hour: form.text("hour-again", at),
            reason: form.text("reason-again", reason),
            lot,
            expiry,
            kind: form.text("kind-again", kind),
            questions: Questions::of(doubts, form.text("confirmed-again", "")),
        }
    }

    /// Returns the command with what was typed, or the field that cannot be read.
    fn say(self, link: Link, command: &Command) -> Result<Command, Unread> {
        let count = self.count.get_untracked();
        let reason = self.reason.get_untracked();
        let hour = |first: &Option<Wall>| {
            let first = first.as_ref().copied().ok_or(Unread::Hour)?;
            untrack(|| Hour::corrected(link, self.hour, first).read()).ok_or(Unread::Hour)
        };
        let number = || count.trim().parse::<u16>().map_err(|_| Unread::Count);
        let small = || count.trim().parse::<u8>().map_err(|_| Unread::Count);
        let tenths = || read_tenths(&count).ok_or(Unread::Count);
        Ok(match command.clone() {
            Command::Load(loaded) => Command::Load(DosesLoaded {
                units: number()?,
                lot: self.lot.get_untracked(),
                expiry: lot::read_expiry(&self.expiry.get_untracked()).ok_or(Unread::Expiry)?,
                confirmed: self.questions.confirmed().or(loaded.confirmed),
                ..loaded
            }),
            Command::OpenVial { load, diluted, at } => Command::OpenVial { load, diluted, at: Some(hour(&at)?) },
            Command::CountDrawn { vial, .. } => Command::CountDrawn { vial, drawn: small()?, reason: said(&reason) },
            Command::Waste { source, .. } => Command::Waste { source, count: number()?, reason },
            Command::Cede { source, .. } => Command::Cede { source, count: number()?, to: reason },
            Command::Return { load, .. } => Command::Return { load, units: number()? },
            Command::ReadTemperature { at, .. } => {
                Command::ReadTemperature { tenths: tenths()?, at: Some(hour(&at)?), reason: said(&reason) }
            }
            Command::DecideIsolation { load, usable, by, .. } => Command::DecideIsolation { load, usable, reason, by },
            Command::NotePhoneDecision(note) => {
                Command::NotePhoneDecision(NotePhoneDecision { at: Some(hour(&note.at)?), reason, ..note })
            }
            Command::OpenContainer { .. } => Command::OpenContainer {
                kind: self
                    .kind
                    .get_untracked()
                    .parse()
                    .ok()
                    .and_then(|index: usize| KINDS.get(index).copied())
                    .ok_or(Unread::Count)?,
                volume_dl: u16::try_from(tenths()?).map_err(|_| Unread::Count)?,
            },
            Command::Tally { stream, .. } => Command::Tally { stream, delta: tenths()? / 10 },
            Command::Fill { container, .. } => Command::Fill { container, percent: small()? },
            Command::HandOver { container, .. } => {
                Command::HandOver { container, grams: read_grams(&count).ok_or(Unread::Count)?, to: reason }
            }
            _ => return Err(Unread::Count),
        })
    }
}

/// A field that cannot be read.
enum Unread {
    /// The count.
    Count,
    /// The hour.
    Hour,
    /// The last day of a lot.
    Expiry,
}

/// Returns a number as it is typed: `value` counts its last decimal.
fn written(value: i64, decimals: usize) -> String {
    fr::short_number(Locale::fr, value, decimals).replace('\u{2212}', "-").replace(fr::NNBSP, "")
}

/// Returns what the count of a fact is called, with its unit; none when it has none.
fn count_label(i18n: I18n, command: &Command) -> Option<(&'static str, &'static str)> {
    Some(match command {
        Command::Load(_) => (t_string!(i18n, stock.units), ""),
        Command::CountDrawn { .. } => (t_string!(i18n, stock.drawn_how_many), ""),
        Command::Waste { .. } => (t_string!(i18n, stock.lost_count), ""),
        Command::Cede { .. } => (t_string!(i18n, stock.ceded_count), ""),
        Command::Return { .. } => (t_string!(i18n, stock.units), ""),
        Command::ReadTemperature { .. } => (t_string!(i18n, stock.temperature), "°C"),
        Command::OpenContainer { .. } => (t_string!(i18n, stock.volume), "l"),
        Command::Tally { .. } => (t_string!(i18n, stock.more_or_less), ""),
        Command::Fill { .. } => (t_string!(i18n, stock.filling), "%"),
        Command::HandOver { .. } => (t_string!(i18n, stock.weight), "kg"),
        _ => return None,
    })
}

/// Returns what the words of a fact are called; none when it has none.
fn reason_label(i18n: I18n, command: &Command) -> Option<&'static str> {
    Some(match command {
        Command::CountDrawn { .. } => t_string!(i18n, stock.why_unusual),
        Command::Waste { .. } => t_string!(i18n, stock.why_lost),
        Command::Cede { .. } | Command::HandOver { .. } => t_string!(i18n, stock.to_whom),
        Command::ReadTemperature { .. } => t_string!(i18n, stock.why_outside),
        Command::DecideIsolation { .. } | Command::NotePhoneDecision(_) => t_string!(i18n, stock.decision_reason),
        _ => return None,
    })
}

/// The editor of one fact; nothing for facts that are only withdrawn.
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
    let texts = Texts::of(link, form, &command);
    let wrong = RwSignal::new(None::<String>);
    let (count, why) = (count_label(i18n, &command), reason_label(i18n, &command));
    if count.is_none() && why.is_none() && !matches!(command, Command::OpenVial { .. }) {
        return ().into_any();
    }
    let timed = match &command {
        Command::OpenVial { at, .. } | Command::ReadTemperature { at, .. } => *at,
        Command::NotePhoneDecision(note) => note.at,
        _ => None,
    };
    let loaded = matches!(command, Command::Load(_));
    let container = matches!(command, Command::OpenContainer { .. });
    let kinds = Signal::derive(move || {
        let option =
            |(index, kind): (usize, &ContainerKind)| (index.to_string(), container_word(i18n, *kind).to_owned());
        KINDS.iter().enumerate().map(option).collect::<Vec<_>>()
    });
    let save = move |()| match texts.say(link, &command) {
        Ok(command) => {
            wrong.set(None);
            on_save.run(Some(command));
        }
        Err(unread) => {
            let field = match unread {
                Unread::Count => count_label(i18n, &command).map_or("", |(label, _)| label),
                Unread::Hour => t_string!(i18n, stock.hour),
                Unread::Expiry => t_string!(i18n, stock.expiry),
            };
            wrong.set(Some(t_string!(i18n, stock.field_unread, field = field)));
        }
    };
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, stock.say_otherwise).to_owned()) icon=Glyph::Pen>
            {container
                .then(|| {
                    view! {
                        <SelectField
                            label=label!(i18n, stock.kind)
                            value=texts.kind
                            options=kinds
                            testid="correct-kind"
                        />
                    }
                })}
            <div class="pair">
                {count
                    .map(|(label, unit)| {
                        view! {
                            <NumberField
                                label=Signal::stored(label.to_owned())
                                value=texts.count
                                unit=Signal::stored(unit.to_owned())
                                error=wrong
                                testid="correct-count"
                            />
                        }
                    })}
                {timed
                    .map(|first| {
                        let hour = Hour::corrected(link, texts.hour, first);
                        view! {
                            <HourField label=label!(i18n, stock.hour) hour=hour testid="correct-hour" />
                        }
                    })}
                {loaded
                    .then(|| {
                        view! {
                            <TextField
                                label=label!(i18n, stock.lot_word)
                                value=texts.lot
                                keys=Keys::Code
                                testid="correct-lot"
                            />
                            <DateField
                                label=label!(i18n, stock.expiry)
                                value=texts.expiry
                                expiry=true
                                testid="correct-expiry"
                            />
                        }
                    })}
            </div>
            <LotQuestions
                questions=texts.questions
                product=Callback::new(move |code: String| {
                    link.glance(|_, common| words::product_name(common, &code, link.today()))
                })
                on_same=Callback::new(move |number| texts.lot.set(number))
            />
            {why
                .map(|label| {
                    view! {
                        <TextField label=Signal::stored(label.to_owned()) value=texts.reason testid="correct-why" />
                    }
                })}
            <Button
                label=label!(i18n, stock.save_correction)
                icon=Glyph::Pen
                weight=Weight::Primary
                disabled=link.busy
                on_press=save
                testid="correct-save"
            />
        </Card>
    }
    .into_any()
}
