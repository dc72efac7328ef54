//! What every screen must say when it happens: another tab writes, a new version waits, the clock was set. Nothing here
//! happens by itself: a form that is open stays as it is until somebody agrees.

use leptos::{prelude::*, task::spawn_local};

use super::{
    clocks::{ClockIsOff, ClockSet},
    copies::{CopyBehind, CopyMended, DataGone, DosesTakenFrom},
    given_up::GivenUp,
    signed::AfterSigning,
    told::Told,
};
use crate::{
    components::{Button, Glyph, Notice, Show, Tone, Weight, fr},
    i18n::{label, t, t_string, use_i18n},
    state::{Writer, use_replica},
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
