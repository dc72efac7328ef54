//! The tablet: a strip that says how things stand, the page, five places under the thumb.

use leptos::{html, prelude::*};
use leptos_router::{
    components::{A, Outlet},
    hooks::use_location,
};

use super::{ShellState, notices::Notices, when_open::WhenOpen};
use crate::{
    browser::sight,
    components::{Band, Glyph, Icon, Logo, Show, SyncBadge, TimerBar, TouchGuard},
    i18n::{label, t, use_i18n},
    state::use_replica,
};

/// Pages that take the whole screen: a visit has its own way back, and a patient must not wander off.
const WHOLE_SCREEN: [&str; 4] = ["/visite/", "/enrolement", "/depart", "/urgence"];

/// The frame of every page of the tablet.
#[component]
pub fn TabletShell() -> impl IntoView {
    let i18n = use_i18n();
    let state = ShellState::find();
    let guard = TouchGuard::provide();
    let path = use_location().pathname;
    let main = NodeRef::<html::Main>::new();
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            guard.arm();
            // Another screen begins at its top, not where the one before was left.
            if let Some(main) = main.get_untracked() {
                main.set_scroll_top(0);
            }
            request_animation_frame(sight::keep_the_keyboard);
        }
        now
    });
    // Somebody added at a door is a form of the visit.
    let whole = move || {
        path.with(|path| WHOLE_SCREEN.iter().any(|start| path.starts_with(start)) || path.ends_with("/ajouter"))
    };
    let low = use_replica().low_battery();
    view! {
        <a class="skip" href="#content">{t!(i18n, common.skip_to_content)}</a>
        <div class="tablet" class:tablet-whole=whole class:tablet-dim=move || low.get().is_some() class:tablet-guarded=guard.holding() on:pointerdown:capture=move |_| guard.begin() on:click:capture=move |event| guard.filter(&event)>
            <header class="strip" class:strip-demo=move || state.demo.get() aria-label=label!(i18n, common.status_strip)>
                <A href="/" attr:class="strip-home" attr:aria-label="Perron">
                    <Logo />
                </A>
                <Show when=move || state.demo.get()>
                    <Band />
                </Show>
                <SyncBadge state=state.sync href="/reglages".to_owned() />
            </header>
            <TimerBar timers=state.timers />
            <main id="content" class="page" tabindex="0" node_ref=main>
                <Notices />
                <WhenOpen>
                    <Outlet />
                </WhenOpen>
            </main>
            <Show when=move || !whole()>
                <BottomBar />
            </Show>
        </div>
    }
}

/// The five places.
#[component]
fn BottomBar() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <nav class="bottom" aria-label=label!(i18n, common.nav_main)>
            <A href="/" exact=true>
                <Icon glyph=Glyph::Door />
                <span>{t!(i18n, common.nav_tour)}</span>
            </A>
            <A href="/doses">
                <Icon glyph=Glyph::Vial />
                <span>{t!(i18n, common.nav_doses)}</span>
            </A>
            <A href="/boite">
                <Icon glyph=Glyph::CoolBox />
                <span>{t!(i18n, common.nav_box)}</span>
            </A>
            <A href="/dasri">
                <Icon glyph=Glyph::SharpsBox />
                <span>{t!(i18n, common.nav_waste)}</span>
            </A>
            <A href="/plus">
                <Icon glyph=Glyph::Dots />
                <span>{t!(i18n, common.nav_more)}</span>
            </A>
        </nav>
    }
}
