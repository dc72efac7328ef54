//! What every screen says of the clock: it is off the hub's, or somebody set it.

use leptos::{prelude::*, task::spawn_local};
use perron_domain::time::Wall;

use crate::{
    components::{Button, Notice, Show, Tone, Weight, fr},
    i18n::{I18n, label, t, t_string, use_i18n},
    pages::words,
    state::use_replica,
};

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
pub fn ClockIsOff() -> impl IntoView {
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
pub fn ClockSet() -> impl IntoView {
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
