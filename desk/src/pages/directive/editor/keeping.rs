//! The draft that a page shows: its text and its form, which are never let disagree, and what the checks say of it.

use super::fields::FormFields;
use crate::browser::clock;
use crate::client::{DeskError, ask, routes};
use crate::i18n::I18n;
use crate::pages::kept::{Fields, Kept};
use crate::pages::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_desk_api::{DirectiveCheck, DirectiveDraft, DirectiveForm, DirectiveFormIn, DirectiveText};
use perron_domain::date::Day;
use perron_domain::time::Wall;

/// The two ways to write a directive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Field by field.
    Form,
    /// The text itself.
    Text,
}

/// What does not change while a draft is written.
#[derive(Clone, PartialEq, Debug)]
pub struct Frame {
    /// Which directive; empty for a new one.
    pub id: String,
    /// The version in force, and its first day.
    pub in_force: Option<(String, Day)>,
    /// The first day on which it may take effect.
    pub first_day: Day,
    /// Whether a draft is kept at the hub.
    pub kept: bool,
}

/// What the checks said, and of which text.
#[derive(Clone, PartialEq, Debug)]
pub struct Checked {
    /// The text that was checked.
    pub text: String,
    /// What they said.
    pub check: DirectiveCheck,
}

/// The draft on a page.
#[derive(Clone, Copy)]
pub struct Editor {
    i18n: I18n,
    /// Fields live as long as the page, whoever makes them.
    owner: StoredValue<Owner>,
    /// What does not change; nothing while it is being read.
    pub frame: RwSignal<Option<Frame>>,
    /// The way that is on the screen.
    pub mode: RwSignal<Mode>,
    /// The text, as the text area holds it or as the form was read from.
    pub text: RwSignal<String>,
    /// The form; none while the text cannot be read as one.
    pub fields: RwSignal<Option<FormFields>>,
    /// The form as it was read from the text.
    read: RwSignal<Option<DirectiveForm>>,
    /// The checks of the text as it was sent.
    pub checked: RwSignal<Option<Checked>>,
    /// When the draft was kept from this page.
    pub kept_at: RwSignal<Option<Wall>>,
    /// Whether something is on its way.
    pub busy: RwSignal<bool>,
    /// Why the last request came to nothing.
    pub error: RwSignal<Option<DeskError>>,
    /// Whether nothing on the page differs from what was checked.
    pub clean: Memo<bool>,
}

/// Returns the name under which the hub keeps the draft of a directive; without identifier, of a new one.
pub(super) fn draft_of(id: &str) -> String {
    if id.is_empty() { "new" } else { id }.to_owned()
}

impl Editor {
    /// Starts with nothing; belongs to the present owner.
    pub fn new(i18n: I18n) -> Self {
        let text = RwSignal::new(String::new());
        let fields = RwSignal::new(None::<FormFields>);
        let read = RwSignal::new(None::<DirectiveForm>);
        let checked = RwSignal::new(None::<Checked>);
        let clean = Memo::new(move |_| {
            let same_text =
                checked.with(|checked| checked.as_ref().is_some_and(|checked| text.with(|text| *text == checked.text)));
            same_text && fields.get().map(FormFields::gather) == read.get()
        });
        Self {
            i18n,
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            frame: RwSignal::new(None),
            mode: RwSignal::new(Mode::Form),
            text,
            fields,
            read,
            checked,
            kept_at: RwSignal::new(None),
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            clean,
        }
    }

    /// Makes signals that live as long as the page.
    pub fn within<T>(self, make: impl FnOnce() -> T) -> T {
        self.owner.with_value(|owner| owner.with(make))
    }

    /// Reads the draft from the hub.
    pub fn load(self, id: String) {
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let answer = ask(routes::DIRECTIVE_DRAFT, (draft_of(&id),), ()).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(draft) => self.show(draft),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// Shows a draft as the hub has it, whatever stood on the page.
    fn show(self, draft: DirectiveDraft) {
        let DirectiveDraft { id, text, in_force, first_day, kept, check } = draft;
        self.mode.set(if check.form.is_some() { self.mode.get_untracked() } else { Mode::Text });
        self.read.set(check.form.clone());
        self.fields.set(self.spread(check.form.as_ref()));
        self.text.set(text.clone());
        self.checked.set(Some(Checked { text, check }));
        self.frame.set(Some(Frame { id, in_force, first_day, kept }));
    }

    fn spread(self, form: Option<&DirectiveForm>) -> Option<FormFields> {
        form.map(|form| self.within(|| FormFields::of(self.i18n, form)))
    }

    /// Keeps what is typed at the hub before it is checked; belongs to the present owner.
    pub(super) fn keep_typed(self) -> Kept {
        let id = self.frame.with_untracked(|frame| frame.as_ref().map(|frame| frame.id.clone()).unwrap_or_default());
        let form = move || {
            let form = self.fields.try_get().flatten().map(FormFields::gather);
            serde_json::to_value(form).unwrap_or_default()
        };
        let fill = move |said| {
            if let Ok(form) = serde_json::from_value::<Option<DirectiveForm>>(said)
                && untrack(|| self.fields.get().map(FormFields::gather)) != form
            {
                self.fields.set(self.spread(form.as_ref()));
            }
        };
        let by_text = move || (self.mode.try_get() == Some(Mode::Text)).into();
        let turn = move |said: serde_json::Value| {
            self.mode.set(if said.as_bool() == Some(true) { Mode::Text } else { Mode::Form });
        };
        let fields = Fields::of(format!("directive-{}", draft_of(&id)));
        let kept = fields.with("text", self.text).written("form", form, fill).written("by_text", by_text, turn).keep();
        // What was checked is kept as a draft of the directive already.
        Effect::new(move |_| {
            if self.clean.get() {
                kept.settle();
            }
        });
        kept
    }

    /// Writes the form into the text, keeps the draft and checks it; `then` is called when all of it went well.
    pub fn settle(self, then: impl FnOnce() + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        let Some(frame) = self.frame.get_untracked() else { return };
        self.busy.set(true);
        self.error.set(None);
        let form = untrack(|| self.fields.get().map(FormFields::gather));
        let changed = self.mode.get_untracked() == Mode::Form && form != self.read.get_untracked();
        let typed = self.text.get_untracked();
        spawn_local(async move {
            let text = match form.clone() {
                Some(form) if changed => {
                    ask(routes::WRITE_FORM, (), DirectiveFormIn { text: typed.clone(), form }).await.map(|it| it.text)
                }
                _ => Ok(typed.clone()),
            };
            let kept = match text {
                Ok(text) => ask(routes::KEEP_DIRECTIVE, (draft_of(&frame.id),), DirectiveText { text }).await,
                Err(error) => Err(error),
            };
            // The page may be gone by now.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match kept {
                Ok(draft) => {
                    self.take(draft, &typed, form.as_ref());
                    then();
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// Takes what the hub answers to the text `typed` and the form `sent`; what was typed meanwhile stays.
    fn take(self, draft: DirectiveDraft, typed: &str, sent: Option<&DirectiveForm>) {
        let DirectiveDraft { text, in_force, first_day, check, .. } = draft;
        let still = untrack(|| self.fields.get().map(FormFields::gather));
        if self.mode.get_untracked() == Mode::Text || still.as_ref() == sent {
            // Fields that say the same already keep their place and what is open.
            if still != check.form {
                self.fields.set(self.spread(check.form.as_ref()));
            }
        }
        self.read.set(check.form.clone());
        if self.text.with_untracked(|now| now == typed) {
            self.text.set(text.clone());
        }
        self.checked.set(Some(Checked { text, check }));
        self.kept_at.set(Some(clock::wall()));
        // What is known of a new directive stays under «new» until it is published.
        self.frame.update(|frame| {
            if let Some(frame) = frame {
                *frame = Frame { id: std::mem::take(&mut frame.id), in_force, first_day, kept: true };
            }
        });
    }

    /// Goes to the other way of writing, once both say the same.
    pub fn turn_to(self, mode: Mode) {
        if self.mode.get_untracked() == mode {
            return;
        }
        let readable = move || self.fields.with_untracked(Option::is_some);
        if self.clean.get_untracked() {
            if mode == Mode::Text || readable() {
                self.mode.set(mode);
            }
            return;
        }
        self.settle(move || {
            if mode == Mode::Text || readable() {
                self.mode.set(mode);
            }
        });
    }

    /// Returns the day and hour at which the draft was kept, in words.
    pub fn kept_words(self) -> Option<String> {
        self.kept_at.get().map(|at| words::hour(self.i18n, at))
    }
}
