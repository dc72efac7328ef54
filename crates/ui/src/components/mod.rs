//! Widgets: signals in, callbacks out, no I/O. The reference for whoever writes a page.
//!
//! Words come in as `Signal<String>`: `label=label!(i18n, visit.inject)`; a closure is enough too. Optional texts
//! are `Signal<Option<String>>` and take the same closure. Callbacks take a closure: `on_press=move |()| …`. Widgets use
//! the words of `common` for what they say by themselves.
//!
//! A page of the tablet is `PageHeader`, then content, then at most one `MainAction` as its last child:
//! ```ignore
//! view! {
//!     <PageHeader title=label!(i18n, visit.identity) back="/adresse/3" />
//!     <AnswerBanner answer=answer reason=reason change=change reasons=reasons />
//!     <Card>…</Card>
//!     <MainAction label=label!(i18n, visit.conforms) on_press=confirm />
//! }
//! ```
//!
//! | Widget | Props (`?` optional) |
//! |---|---|
//! | [`MainAction`] | `label, on_press: ()`, `icon?: Glyph, disabled?, busy?: Signal<bool>, hint?: Signal<Option<String>>, danger?, testid?`, children? = lesser buttons |
//! | [`Button`] | `label, on_press: ()`, `weight?: Weight, icon?, icon_only?, disabled?, wide?, testid?` |
//! | [`LinkButton`] | `label, href`, `weight?, icon?, wide?, download?, testid?` |
//! | [`Icon`] | `glyph: Glyph`, `label?, large?` |
//! | [`PageHeader`] | `title`, `subtitle?, back?: href, on_back?: ()`, children? at the end of the line |
//! | [`Card`] | children, `title?, tone?: Tone, icon?, aside?` |
//! | [`ListRow`] | `title`, `detail?, href?, on_press?, lead?, trail? (views), current?, done?, testid?` |
//! | [`Fold`] | `summary`, children, `open?` |
//! | [`EmptyState`] | `title`, `glyph?, text?`, children? = a button |
//! | [`ErrorBlock`] | `message`, `on_retry?` |
//! | [`Notice`] | `tone`, children, `title?` |
//! | [`Toast`] | `message: Signal<Option<(Tone, String)>>` |
//! | [`StatusPill`] | `tone, label`, `glyph?` |
//! | [`KeyFigure`] | `value, label`, `tone?, icon?` — wrap several in `<div class="figures">` |
//! | [`Progress`] | `percent: u8, label`, `tone?` |
//! | [`AnswerBanner`] | `answer: Answer`, `reason?, change?, reasons?: Vec<Reason>, about?` |
//! | [`AnswerPill`] | `answer` |
//! | [`StepTrail`] | `names: Vec<String>, current: usize` |
//! | [`YesNo`] | `question, value: Option<bool>, on_change: bool`, `note?, yes_warns?, testid?` |
//! | [`ChoiceRow`] | `legend, choices: Vec<Choice<T>>, value: Option<T>, on_change: T`, `column?, quiet_legend?, testid?` |
//! | [`Tick`] | `label, value: bool, on_change: bool`, `note?, testid?` |
//! | [`Stepper`] | `label, value: u32, on_change: u32`, `min?, max?, quiet_label?, testid?` |
//! | [`Tally`] | `stream: Stream, label, count: u32, on_change: u32`, `detail?, filling?: Option<u8>, testid?` — wrap three in `<div class="tallies">` |
//! | [`TextField`] | `label, value: RwSignal<String>`, `hint?, error?, keys?: Keys, optional?, placeholder?, disabled?, on_change?, testid?` |
//! | [`NumberField`] | `label, value: RwSignal<String>`, `unit?, hint?, error?, whole?, optional?, testid?` |
//! | [`DateField`] | `label, value: RwSignal<String>`, `partial?, expiry?, brief?, error?, optional?, on_change?, testid?` |
//! | [`TimeField`] | `label, value: RwSignal<String>` (`HH:MM`), `hint?, error?, optional?, testid?` |
//! | [`TextArea`] | `label, value: RwSignal<String>`, `hint?, error?, optional?, testid?` |
//! | [`SelectField`] | `label, value: RwSignal<String>, options: Vec<(String, String)>`, `empty?, hint?, error?, optional?, on_change?, testid?` |
//! | [`SignaturePad`] | `who, strokes: RwSignal<Vec<Stroke>>`, `testid?` |
//! | [`TimerBar`] | `timers: Vec<TimerView>` — the shell shows it already |
//! | [`Countdown`] | `label, left: i64 (s)`, `warn_below?, over?, ends_well?` |
//! | [`SyncBadge`] | `state: SyncView`, `href?` — the shell shows it already |
//! | [`Dialog`] | `open: bool, on_close: (), title`, `tone?, actions? (view)`, children |
//! | [`Confirm`] | `open: bool, on_close: (), title, does, on_do: (), testid`, `tone?, disabled?`, children: a [`Dialog`] that asks whether to do one thing |
//! | [`DataTable`] | `caption, columns: Vec<String>` (`#` = number), `show_caption?`, children = rows |
//! | [`QrCode`] | `text`, `label?` |
//! | [`Band`] | – |
//!
//! [`fr`] writes hours, numbers, volumes, ranks and dates. [`TouchGuard`] is armed by the shell at each change of
//! address and by each [`MainAction`] as it comes; a page with several screens at one address and no such button calls
//! `TouchGuard::find().arm()` itself.
//!
//! Layout classes: `stack` (one under the other), `row-between`, `pair` (two columns from 600 px on), `figures`,
//! `tallies`, `list` (around `ListRow`s), `actions` (buttons in a line), `muted`, `number`, `visually-hidden`.

mod answer;
mod button;
mod card;
mod choice;
mod confirm;
mod count;
mod dialog;
mod field;
pub mod fr;
mod guard;
mod icon;
mod live;
mod logo;
mod qr;
mod signature;
mod status;
mod steps;
mod sync;
mod table;
mod timer;

pub use answer::*;
pub use button::*;
pub use card::*;
pub use choice::{Choice, ChoiceRow, ChoiceRowProps, Tick, TickProps, YesNo, YesNoProps};
pub use confirm::*;
pub use count::*;
pub use dialog::*;
pub use field::*;
pub use guard::*;
pub use icon::*;
pub use live::*;
pub use logo::*;
pub use qr::*;
pub use signature::*;
pub use status::*;
pub use steps::*;
pub use sync::*;
pub use table::*;
pub use timer::*;
