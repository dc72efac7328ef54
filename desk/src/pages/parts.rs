//! What several pages of the desk share: loading, working, news.

use crate::browser::live;
use crate::client::{DeskError, routes};
use crate::components::{ErrorBlock, Notice, Tone, dialog_open};
use crate::i18n::{I18n, t};
use crate::pages::kept::Kept;
use crate::pages::words::sentence;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What a page reads from the hub.
pub type Loading<T> = LocalResource<Result<T, DeskError>>;

/// Shows what was read; while it is being read, that; when it failed, why and a way to try again. A failed reading never
/// looks like an empty list.
pub fn loaded<T, V>(i18n: I18n, reading: Loading<T>, show: impl Fn(T) -> V + Send + 'static) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    // News that change nothing here leave the page as it is: what is typed in it, and where.
    let found = Memo::new(move |_| reading.get());
    move || match found.get() {
        None => view! { <p class="muted" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
        Some(Ok(found)) => show(found).into_any(),
        Some(Err(error)) => view! {
            <ErrorBlock message=move || sentence(i18n, &error) on_retry=move |()| reading.refetch() />
        }
        .into_any(),
    }
}

/// Something that is being sent, and why the last one came to nothing.
#[derive(Clone, Copy)]
pub struct Work {
    /// Whether something is on its way.
    pub busy: RwSignal<bool>,
    /// Why the last one failed.
    pub error: RwSignal<Option<DeskError>>,
    /// The form that is sent: once it arrived, no draft of it is kept.
    form: StoredValue<Option<Kept>, LocalStorage>,
}

impl Work {
    /// Starts with nothing on its way.
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), error: RwSignal::new(None), form: StoredValue::new_local(None) }
    }

    /// Says which form is sent: its draft is forgotten as soon as it arrived.
    pub fn sends(self, form: Kept) {
        self.form.set_value(Some(form));
    }

    /// Sends something, unless something else is on its way; `then` gets the answer. What fails leaves the form as it is.
    pub fn run<T: 'static>(
        self,
        what: impl Future<Output = Result<T, DeskError>> + 'static,
        then: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let answer = what.await;
            // The page may be gone by now: then nobody waits for the answer.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => {
                    if let Some(form) = self.form.try_get_value().flatten() {
                        form.settle();
                    }
                    then(answer);
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// Shows why the last one failed.
    pub fn failure(self, i18n: I18n) -> impl IntoView {
        move || {
            self.error.get().map(|error| {
                view! {
                    <Notice tone=Tone::Danger>
                        <p>{sentence(i18n, &error)}</p>
                    </Notice>
                }
            })
        }
    }
}

/// How often news came since the desk was opened: one connection for the whole desk, of the six that a browser gives.
#[derive(Clone, Copy)]
struct News(RwSignal<u32>);

/// Listens to the hub for as long as the desk is open, for every page in it.
pub fn listen_to_news() {
    let heard = RwSignal::new(0_u32);
    let count = move || {
        heard.try_update(|times| *times = times.wrapping_add(1));
    };
    let news = StoredValue::new_local(live::listen(routes::LIVE.entry.path, count));
    on_cleanup(move || drop(news.try_update_value(Option::take)));
    provide_context(News(heard));
}

/// Calls `heard` whenever the relay's facts change, as long as the page is open. While somebody writes in a dialog it waits: a page
/// that is drawn anew would take away what was typed.
pub fn on_news(heard: impl Fn() + Clone + 'static) {
    let Some(News(times)) = use_context::<News>() else { return };
    let told = StoredValue::new(times.get_untracked());
    Effect::new(move |_| {
        let now = times.get();
        if !dialog_open() && told.get_value() != now {
            told.set_value(now);
            heard();
        }
    });
}
