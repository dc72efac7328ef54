//! What is typed in a form and not saved yet: kept at the hub within a second, and there again after a reload and on the way
//! back. Another window is told of it, and takes it up when somebody says so.

mod post;
mod window;

use crate::browser::events::{self, Signal as Seen};
use crate::browser::timers::sleep;
use crate::client::{ask, routes};
use crate::components::{Button, Weight};
use crate::i18n::{t_string, use_i18n};
use crate::pages::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_desk_api::TypedForm;
use perron_domain::time::Wall;
use post::Post;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// How long after a key what is typed is sent: the keys of one word go together.
const PAUSE: Duration = Duration::from_millis(600);

/// One field: what it says, and how it is filled.
struct Field {
    name: &'static str,
    says: Box<dyn Fn() -> Value>,
    fill: Box<dyn Fn(Value)>,
}

/// Gathers the fields of a form.
#[must_use]
pub struct Fields {
    key: String,
    fields: Vec<Field>,
}

impl Fields {
    /// Begins with none; the key names the form, and what it is about, without anybody's name.
    pub fn of(key: impl Into<String>) -> Self {
        Self { key: key.into(), fields: Vec::new() }
    }

    /// Adds a field.
    pub fn with<T>(self, name: &'static str, value: RwSignal<T>) -> Self
    where
        T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    {
        let says = move || value.try_get().and_then(|value| serde_json::to_value(value).ok()).unwrap_or_default();
        self.written(name, says, move |said| {
            if let Ok(said) = serde_json::from_value(said) {
                value.try_set(said);
            }
        })
    }

    /// Adds fields of text, each under its name.
    pub fn texts(self, all: impl IntoIterator<Item = (&'static str, RwSignal<String>)>) -> Self {
        all.into_iter().fold(self, |fields, (name, value)| fields.with(name, value))
    }

    /// Adds something that is read and filled by hand.
    pub fn written(
        mut self,
        name: &'static str,
        says: impl Fn() -> Value + 'static,
        fill: impl Fn(Value) + 'static,
    ) -> Self {
        self.fields.push(Field { name, says: Box::new(says), fill: Box::new(fill) });
        self
    }

    /// Fills the form with what was typed before, and keeps what is typed from now on; belongs to the present owner.
    pub fn keep(self) -> Kept {
        Kept::start(self)
    }
}

/// Says whether something was typed in a form in this tab and is not saved.
pub fn is_typed(key: &str) -> bool {
    post::remembered(key).is_some()
}

/// What is shared between the form and what is still to be sent when it is gone.
struct Form {
    fields: Vec<Field>,
    /// What stands in the form when nothing is typed.
    blank: RefCell<Value>,
    /// What stood there when something was last sent, or to be sent.
    last: RefCell<Value>,
    /// Whether a sending waits for the pause to end.
    waits: Cell<bool>,
    post: Rc<Post>,
}

impl Form {
    fn says(&self) -> Value {
        Value::Object(self.fields.iter().map(|field| (field.name.to_owned(), (field.says)())).collect::<Map<_, _>>())
    }

    fn fill(&self, said: &Value) {
        for field in &self.fields {
            if let Some(said) = said.get(field.name) {
                (field.fill)(said.clone());
            }
        }
    }
}

/// A form whose draft is kept.
#[derive(Clone, Copy)]
pub struct Kept {
    form: StoredValue<Rc<Form>, LocalStorage>,
    /// When it was kept last.
    at: RwSignal<Option<Wall>>,
    /// Whether the form was filled with a draft.
    taken_up: RwSignal<bool>,
    /// Whether what is typed could not be kept.
    failing: RwSignal<bool>,
    /// What another window of this account left in the same form.
    elsewhere: RwSignal<Option<TypedForm>>,
}

impl Kept {
    fn start(Fields { key, fields }: Fields) -> Self {
        let (at, failing, taken_up) = (RwSignal::new(None), RwSignal::new(false), RwSignal::new(false));
        let post = Rc::new(Post::new(key.clone(), at, failing));
        let form = Form { fields, blank: RefCell::default(), last: RefCell::default(), waits: Cell::new(false), post };
        let form = Rc::new(form);
        let blank = untrack(|| form.says());
        form.blank.replace(blank.clone());
        form.last.replace(blank);
        let elsewhere = RwSignal::new(None);
        let kept = Self { form: StoredValue::new_local(Rc::clone(&form)), at, taken_up, failing, elsewhere };
        if let Some((said, kept_at)) = form.post.remembered() {
            kept.take_up(&form, said, kept_at);
        } else {
            // What this window asked for once it knows by itself: the hub may not have heard yet that it is saved.
            let first = window::asks_first(&key);
            let form = Rc::clone(&form);
            spawn_local(async move {
                let Ok(found) = ask(routes::TYPED, (key,), ()).await else { return };
                let (here, mut elsewhere): (Vec<_>, Vec<_>) =
                    found.into_iter().partition(|one| one.window == window::id());
                // Whoever has begun to type goes on with that.
                let untouched = untrack(|| form.says()) == *form.blank.borrow();
                if !untouched || at.try_get_untracked().is_none() {
                    return;
                }
                match here.into_iter().next().filter(|_| first) {
                    Some(draft) => kept.take_up(&form, draft.fields, draft.at),
                    None if !elsewhere.is_empty() => {
                        kept.elsewhere.try_set(Some(elsewhere.swap_remove(0)));
                    }
                    None => {}
                }
            });
        }
        kept.follow(form);
        kept
    }

    fn take_up(self, form: &Form, said: Value, at: Option<Wall>) {
        form.post.remember(&said, at);
        form.last.replace(said.clone());
        form.fill(&said);
        self.at.try_set(at);
        self.taken_up.try_set(true);
    }

    /// Sends what is typed after a pause, and at once when the page is left.
    fn follow(self, form: Rc<Form>) {
        let typed = Rc::clone(&form);
        Effect::new(move |_| {
            let now = typed.says();
            if now == *typed.last.borrow() {
                return;
            }
            typed.last.replace(now.clone());
            if now == *typed.blank.borrow() {
                self.taken_up.try_set(false);
                typed.post.forget();
            } else {
                typed.post.keep(now);
            }
            if typed.waits.replace(true) {
                return;
            }
            let typed = Rc::clone(&typed);
            spawn_local(async move {
                sleep(PAUSE).await;
                typed.waits.set(false);
                typed.post.send();
            });
        });
        let left = Rc::clone(&form.post);
        let seen = StoredValue::new_local(events::watch(move |signal| {
            if matches!(signal, Seen::Hidden | Seen::Left) {
                left.send();
            }
        }));
        let post = StoredValue::new_local(Rc::clone(&form.post));
        on_cleanup(move || {
            drop(seen.try_update_value(std::mem::take));
            post.try_with_value(Post::send);
        });
    }

    /// Goes on here with what another window left.
    fn move_here(self, draft: TypedForm) {
        let Some(form) = self.form() else { return };
        self.drop_elsewhere(draft.window);
        form.post.keep(draft.fields.clone());
        form.post.send();
        self.take_up(&form, draft.fields, draft.at);
    }

    /// Forgets what another window left.
    fn drop_elsewhere(self, window: String) {
        self.elsewhere.set(None);
        let Some(key) = self.form().map(|form| form.post.key().to_owned()) else { return };
        // Where it does not arrive, it is offered again.
        spawn_local(async move { drop(ask(routes::DROP_TYPED, (key, window), ()).await) });
    }

    fn form(self) -> Option<Rc<Form>> {
        self.form.try_get_value()
    }

    /// What stands in the form now is saved, or was never typed: no draft of it is kept.
    pub fn settle(self) {
        let Some(form) = self.form() else { return };
        let now = untrack(|| form.says());
        form.blank.replace(now.clone());
        form.last.replace(now);
        self.taken_up.try_set(false);
        form.post.forget();
        form.post.send();
    }

    /// What was never typed stands in the form now, unless somebody typed or a draft was taken up: a day that was proposed.
    pub fn begin(self) {
        let Some(form) = self.form() else { return };
        if !form.post.has_draft() {
            let now = untrack(|| form.says());
            form.blank.replace(now.clone());
            form.last.replace(now);
        }
    }

    /// Empties the form of what was typed, and forgets it.
    pub fn clear(self) {
        let Some(form) = self.form() else { return };
        let blank = form.blank.borrow().clone();
        form.fill(&blank);
        self.settle();
    }
}

/// Says when the draft was kept, and where it was taken up, how to throw it away.
#[component]
pub fn KeptLine(kept: Kept) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        let hour = kept.at.get().map(|at| words::hour(i18n, at));
        match (kept.failing.get(), kept.taken_up.get(), hour) {
            (true, ..) => Some(t_string!(i18n, desk.kt_failing).to_owned()),
            (_, true, Some(hour)) => Some(t_string!(i18n, desk.kt_taken_up, time = hour)),
            (_, true, None) => Some(t_string!(i18n, desk.kt_taken_up_here).to_owned()),
            (_, false, Some(hour)) => Some(t_string!(i18n, desk.kt_kept, time = hour)),
            (_, false, None) => None,
        }
    };
    // Whoever types here does not lose that to what was typed elsewhere.
    let offered = move || kept.elsewhere.get().filter(|_| !kept.taken_up.get() && kept.at.get().is_none());
    let elsewhere = move || {
        offered().map(|draft| {
            let hour = draft.at.map(|at| words::moment(i18n, at)).unwrap_or_default();
            let window = draft.window.clone();
            view! {
                <span class="muted" data-testid="kept-elsewhere">{t_string!(i18n, desk.kt_elsewhere, time = hour)}</span>
                <Button
                    label=move || t_string!(i18n, desk.kt_move_here)
                    on_press=move |()| kept.move_here(draft.clone())
                    testid="kept-move-here"
                />
                <Button
                    label=move || t_string!(i18n, desk.kt_clear)
                    weight=Weight::Quiet
                    on_press=move |()| kept.drop_elsewhere(window.clone())
                    testid="kept-drop-elsewhere"
                />
            }
        })
    };
    view! {
        <div class="row-between" role="status">
            {move || words().map(|text| view! { <span class="muted" data-testid="kept">{text}</span> })}
            <Show when=move || kept.taken_up.get()>
                <Button
                    label=move || t_string!(i18n, desk.kt_clear)
                    weight=Weight::Quiet
                    on_press=move |()| kept.clear()
                    testid="kept-clear"
                />
            </Show>
            {elsewhere}
        </div>
    }
}
