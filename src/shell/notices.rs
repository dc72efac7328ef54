//! What every screen must say when it happens: another tab writes, a new version waits, the clock was set. Nothing here
//! happens by itself: a form that is open stays as it is until somebody agrees.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;
use perron_domain::{name::DeviceId, time::Wall};
use perron_ledger::StoreError;

use super::{given_up::GivenUp, signed::AfterSigning};
use crate::{
    components::{Button, Glyph, Notice, Show, Tone, Weight, fr},
    i18n::{I18n, label, t, t_string, use_i18n},
    pages::words,
    state::{Phase, Remade, Writer, use_replica},
};

/// The notices of the tablet's frame; nothing most of the time.
#[component]
pub fn Notices() -> impl IntoView {
    view! {
        <OtherTab />
        <CopyMended />
        <DataGone />
        <DosesTakenFrom />
        <GivenUp />
        <AfterSigning />
        <CopyBehind />
        <NewVersion />
        <ClockSet />
        <ClockIsOff />
        <LittleRoom />
        <LowBattery />
    }
}

/// Another tab of this tablet writes; this one only shows.
#[component]
fn OtherTab() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let elsewhere = move || replica.writer().get() == Writer::Elsewhere;
    view! {
        <Show when=elsewhere>
            <Notice tone=Tone::Warning title=move || Some(t_string!(i18n, common.other_tab_title).to_owned())>
                <p data-testid="other-tab">{t!(i18n, common.other_tab_text)}</p>
                <Button
                    label=label!(i18n, common.write_here)
                    icon=Glyph::Pen
                    on_press=move |()| replica.take_over()
                    testid="write-here"
                />
            </Notice>
        </Show>
    }
}

/// A notice of one sentence that somebody reads and closes. It shows while it has a title.
#[component]
fn Told(
    tone: Tone,
    #[prop(into)] title: Signal<Option<String>>,
    #[prop(into)] text: Signal<String>,
    /// The sentence's test id; the button's is the same with «-close».
    testid: &'static str,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Show when=move || title.with(Option::is_some)>
            <Notice tone=tone title=title>
                <p data-testid=testid>{move || text.get()}</p>
                <Button
                    label=label!(i18n, common.close)
                    weight=Weight::Quiet
                    on_press=on_close
                    testid=format!("{testid}-close")
                />
            </Notice>
        </Show>
    }
}

/// One of the two copies was lost or damaged, and was made anew from the other.
#[component]
fn CopyMended() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let remade = replica.remade();
    let text = move || match remade.get() {
        Some(Remade::PerhapsNot) => t_string!(i18n, common.mended_lost).to_owned(),
        _ => t_string!(i18n, common.mended_text).to_owned(),
    };
    // Where everything is gone, its own page says so.
    let shows = move || remade.get().is_some() && replica.phase().get() != Phase::NotEnrolled;
    let title = move || shows().then(|| t_string!(i18n, common.mended_title).to_owned());
    let close = move |()| replica.read_remade();
    view! {
        <Told
            tone=Tone::Warning
            title=Signal::derive(title)
            text=Signal::derive(text)
            testid="copy-mended"
            on_close=close
        />
    }
}

/// What this tablet had before its store was lost: who may have been vaccinated since, and doses in its custody again. It stays
/// until somebody says that it was checked.
#[component]
fn DataGone() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let (gone, took_over) = (replica.gone(), replica.took_over());
    let path = use_location().pathname;
    // At a door every line of the screen is needed: only what matters before an injection is said there.
    let at_a_door = move || path.with(|path| path.starts_with("/visite/"));
    let text = move || {
        let gone = gone.get().filter(|_| !at_a_door())?;
        Some(match gone.since {
            Some(at) => replica.see_common(|common| {
                let time = words::moment(i18n, common, at, replica.now().get_untracked());
                t_string!(i18n, common.gone_check_since, time = time)
            }),
            None => t_string!(i18n, common.gone_check).to_owned(),
        })
    };
    let shows = move || {
        let asks = gone.get().is_some() || took_over.get() && !at_a_door();
        replica.phase().get() == Phase::Ready && asks
    };
    let title = move || {
        Some(if gone.get().is_some() {
            t_string!(i18n, common.gone_check_title).to_owned()
        } else {
            t_string!(i18n, common.took_over_title).to_owned()
        })
    };
    view! {
        <Show when=shows>
            <Notice tone=Tone::Danger title=title>
                <Show when=move || gone.get().is_some()>
                    <p data-testid="gone-check">{t!(i18n, common.gone_check_first)}</p>
                </Show>
                {move || text().map(|text| view! { <p>{text}</p> })}
                <Show when=move || took_over.get() && !at_a_door()>
                    <p data-testid="doses-taken-over">{t!(i18n, common.took_over_text)}</p>
                </Show>
                <Show when=move || !at_a_door()>
                    <Button
                        label=label!(i18n, common.checked)
                        weight=Weight::Quiet
                        on_press=move |()| replica.read_gone()
                        testid="doses-taken-over-close"
                    />
                </Show>
            </Notice>
        </Show>
    }
}

/// Another tablet took doses over that this one had: the box may be here still.
#[component]
fn DosesTakenFrom() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let by = Memo::new(move |_| {
        let own = replica.me().with(|me| me.as_ref().map(|me| me.device))?;
        let (taken, to) = replica.see_round(|round| round.taken_from(own).map(|custody| (custody.name, custody.to)))?;
        let label =
            |device: &DeviceId| replica.see_common(|common| common.devices.get(device).map(|one| one.label.clone()));
        Some((taken, label(&to).unwrap_or_default()))
    });
    let read = RwSignal::new(None);
    let shows = move || by.get().filter(|(taken, _)| read.get() != Some(*taken));
    let title = move || shows().map(|_| t_string!(i18n, common.taken_from_title).to_owned());
    let text = move || shows().map(|(_, name)| t_string!(i18n, common.taken_from_text, name = name));
    let close = move |()| read.set(by.get_untracked().map(|(taken, _)| taken));
    view! {
        <Told
            tone=Tone::Danger
            title=Signal::derive(title)
            text=Signal::derive(move || text().unwrap_or_default())
            testid="doses-taken-from"
            on_close=close
        />
    }
}

/// The second copy cannot be written: steps are saved in the first.
#[component]
fn CopyBehind() -> impl IntoView {
    let i18n = use_i18n();
    let behind = use_replica().second_copy_fails();
    let text = move || match behind.get() {
        Some(StoreError::Full) => t_string!(i18n, common.behind_text),
        // Chromium's database may hang until the browser is closed, and then all is well again.
        _ => t_string!(i18n, common.behind_again),
    };
    view! {
        <Show when=move || behind.with(Option::is_some)>
            <Notice tone=Tone::Warning title=move || Some(t_string!(i18n, common.behind_title).to_owned())>
                <p data-testid="copy-behind">{text}</p>
            </Notice>
        </Show>
    }
}

/// A new version of the app is stored and waits to be let in.
#[component]
fn NewVersion() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let later = RwSignal::new(false);
    let let_in = move |()| spawn_local(async move { replica.let_update_in().await });
    view! {
        <Show when=move || replica.update_waiting().get() && !later.get()>
            <Notice tone=Tone::Info title=move || Some(t_string!(i18n, common.update_title).to_owned())>
                <p data-testid="update-waits">{t!(i18n, common.update_text)}</p>
                <div class="actions">
                    <Button
                        label=label!(i18n, common.update_now)
                        icon=Glyph::Sync
                        on_press=let_in
                        testid="update-now"
                    />
                    <Button
                        label=label!(i18n, common.update_later)
                        weight=Weight::Quiet
                        on_press=move |()| later.set(true)
                        testid="update-later"
                    />
                </div>
            </Notice>
        </Show>
    }
}

/// Soon nothing more can be saved: said while there is still time to make room.
#[component]
fn LittleRoom() -> impl IntoView {
    let i18n = use_i18n();
    let room = use_replica().room();
    // Said once: the step that finds no room says so too.
    let told = RwSignal::new(false);
    let little = move || room.get().filter(|room| room.is_little() && !told.get());
    let title = move || {
        let left = fr::bytes(i18n.get_locale(), little()?.left());
        Some(t_string!(i18n, common.room_title, left = left))
    };
    let close = move |()| told.set(true);
    view! {
        <Told
            tone=Tone::Warning
            title=Signal::derive(title)
            text=label!(i18n, common.room_text)
            testid="little-room"
            on_close=close
        />
    }
}

/// The battery runs low: everything is saved, and another tablet can go on.
#[component]
fn LowBattery() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let low = replica.low_battery();
    // Said once: at a door the whole screen is needed. The screen stays dim.
    let told = RwSignal::new(false);
    view! {
        <Show when=move || low.get().is_some() && !told.get()>
            <Notice
                tone=Tone::Warning
                title=move || low.get().map(|percent| t_string!(i18n, common.battery_title, percent = percent))
            >
                <p data-testid="low-battery">{t!(i18n, common.battery_text)}</p>
                <div class="actions">
                    <Button
                        label=label!(i18n, tour.sync_now)
                        icon=Glyph::Sync
                        on_press=move |()| replica.sync_now()
                        testid="hand-over-round"
                    />
                    <Button
                        label=label!(i18n, common.close)
                        weight=Weight::Quiet
                        on_press=move |()| told.set(true)
                        testid="low-battery-close"
                    />
                </div>
            </Notice>
        </Show>
    }
}

fn jump_title(i18n: I18n, by_ms: i64) -> String {
    let time = fr::duration(i18n.get_locale(), by_ms / 1000);
    if by_ms < 0 {
        t_string!(i18n, common.clock_back, time = time)
    } else {
        t_string!(i18n, common.clock_forward, time = time)
    }
}

/// The clock is off the hub's: said with both hours, and asked about once. Countdowns follow the hub meanwhile.
#[component]
fn ClockIsOff() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let failed = RwSignal::new(false);
    let title = move || {
        // One question at a time: a jump that nobody answered yet is the same difference.
        let off = replica.clock_off().get().filter(|_| replica.clock_jump().with(Option::is_none));
        off.map(|off| {
            let time = fr::duration(i18n.get_locale(), off.offset_ms / 1000);
            // What must be taken away from the tablet's hour is what it is ahead.
            if off.offset_ms < 0 {
                t_string!(i18n, common.clock_ahead, time = time)
            } else {
                t_string!(i18n, common.clock_behind, time = time)
            }
        })
    };
    let hours = move || {
        let off = replica.clock_off().get()?;
        let minutes = replica.now().get().0.div_euclid(60_000);
        let here = Wall(minutes * 60_000);
        let there = here.plus_minutes(off.offset_ms.div_euclid(60_000));
        Some(replica.see_common(|common| {
            let (here, there) = (words::moment(i18n, common, here, there), words::hour(i18n, common, there));
            t_string!(i18n, common.clock_hours, here = here, there = there)
        }))
    };
    let say = move |words: String| {
        spawn_local(async move {
            let answered = replica.answer_clock_off(words).await;
            failed.try_set(answered.is_err());
        });
    };
    view! {
        <Show when=move || title().is_some()>
            <Notice tone=Tone::Warning title=title>
                <p data-testid="clock-off">{hours}</p>
                <p>{t!(i18n, common.clock_off_text)}</p>
                <Show when=move || failed.get()>
                    <p>{t!(i18n, common.error_title)}</p>
                </Show>
                <div class="actions">
                    <Button
                        label=label!(i18n, common.clock_tablet_wrong)
                        on_press=move |()| say(t_string!(i18n, common.clock_tablet_wrong).to_owned())
                        testid="clock-tablet-wrong"
                    />
                    <Button
                        label=label!(i18n, common.clock_tablet_right)
                        on_press=move |()| say(t_string!(i18n, common.clock_tablet_right).to_owned())
                        testid="clock-tablet-right"
                    />
                    <Button
                        label=label!(i18n, common.clock_unknown)
                        weight=Weight::Quiet
                        on_press=move |()| say(t_string!(i18n, common.clock_unknown).to_owned())
                        testid="clock-off-unknown"
                    />
                </div>
            </Notice>
        </Show>
    }
}

/// The wall clock was set while the app was open: somebody says what happened, or leaves it unsaid.
#[component]
fn ClockSet() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let title = move || replica.clock_jump().get().map(|jump| jump_title(i18n, jump.by_ms));
    let failed = RwSignal::new(false);
    let say = move |words: String| {
        spawn_local(async move {
            let answered = replica.answer_clock_jump(words).await;
            failed.try_set(answered.is_err());
        });
    };
    view! {
        <Show when=move || title().is_some()>
            <Notice tone=Tone::Warning title=title>
                <p data-testid="clock-set">{t!(i18n, common.clock_text)}</p>
                <Show when=move || failed.get()>
                    <p>{t!(i18n, common.error_title)}</p>
                </Show>
                <div class="actions">
                    <Button
                        label=label!(i18n, common.clock_by_itself)
                        on_press=move |()| say(t_string!(i18n, common.clock_by_itself).to_owned())
                        testid="clock-by-itself"
                    />
                    <Button
                        label=label!(i18n, common.clock_by_hand)
                        on_press=move |()| say(t_string!(i18n, common.clock_by_hand).to_owned())
                        testid="clock-by-hand"
                    />
                    <Button
                        label=label!(i18n, common.clock_unknown)
                        weight=Weight::Quiet
                        on_press=move |()| replica.dismiss_clock_jump()
                        testid="clock-unknown"
                    />
                </div>
            </Notice>
        </Show>
    }
}
