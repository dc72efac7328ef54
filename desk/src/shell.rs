//! The desk: places on the left, the page on the right.

use leptos::prelude::*;
use leptos_router::components::{A, Outlet};

use crate::{
    client::{get, routes},
    components::{Band, Glyph, Icon, Logo, Show},
    i18n::{label, t, t_string, use_i18n},
    pages,
};

/// The frame of every page of the desk.
#[component]
pub fn Shell() -> impl IntoView {
    let i18n = use_i18n();
    pages::listen_to_news();
    let found = LocalResource::new(|| get(routes::RELAY));
    let waits = LocalResource::new(|| get(routes::TODO_COUNT));
    pages::on_news(move || {
        found.refetch();
        waits.refetch();
    });
    let name = Memo::new(move |_| found.get().and_then(Result::ok).map(|known| known.name));
    // No page is drawn before the relay's own clock is known: every hour on it is the relay's.
    let known = Memo::new(move |_| {
        let answer = found.get()?;
        if let Ok(relay) = &answer {
            pages::know(relay);
        }
        Some(())
    });
    let count = Memo::new(move |_| waits.get().and_then(Result::ok).map_or(0, |waits| waits.lines));
    let counter = move || {
        let lines = count.get();
        (lines > 0).then(|| {
            let said = t_string!(i18n, desk.nav_todo_count, count = lines);
            view! { <span class="nav-count" data-testid="todo-count" aria-label=said>{lines}</span> }
        })
    };
    view! {
        <a class="skip" href="#content">{t!(i18n, common.skip_to_content)}</a>
        <div class="desk">
            <header class="side">
                <div class="side-head">
                    <Logo />
                    <span class="side-name">
                        <strong>{t!(i18n, common.app_name)}</strong>
                        <span>{move || name.get().unwrap_or_else(|| t_string!(i18n, desk.title).to_owned())}</span>
                    </span>
                </div>
                <nav aria-label=label!(i18n, common.nav_main)>
                    <A href="/relais/tournees">
                        <Icon glyph=Glyph::Route />
                        <span>{t!(i18n, desk.nav_rounds)}</span>
                    </A>
                    <A href="/relais/a-traiter">
                        <Icon glyph=Glyph::Triangle />
                        <span>{t!(i18n, desk.todo_title)}</span>
                        {counter}
                    </A>
                    <A href="/relais/personnes">
                        <Icon glyph=Glyph::People />
                        <span>{t!(i18n, desk.nav_people)}</span>
                    </A>
                    <A href="/relais/import">
                        <Icon glyph=Glyph::Upload />
                        <span>{t!(i18n, desk.nav_import)}</span>
                    </A>
                    <A href="/relais/lots">
                        <Icon glyph=Glyph::Vial />
                        <span>{t!(i18n, desk.nav_lots)}</span>
                    </A>
                    <A href="/relais/tablettes">
                        <Icon glyph=Glyph::Tablet />
                        <span>{t!(i18n, desk.nav_tablets)}</span>
                    </A>
                    <A href="/relais/directives">
                        <Icon glyph=Glyph::Book />
                        <span>{t!(i18n, desk.nav_directives)}</span>
                    </A>
                    <A href="/relais/messages">
                        <Icon glyph=Glyph::Paper />
                        <span>{t!(i18n, desk.ms_title)}</span>
                    </A>
                    <A href="/relais/equipe">
                        <Icon glyph=Glyph::Building />
                        <span>{t!(i18n, desk.nav_relay)}</span>
                    </A>
                </nav>
                <A href="/relais/reglages" attr:class="side-settings">
                    <Icon glyph=Glyph::Gear />
                    <span>{t!(i18n, common.nav_settings)}</span>
                </A>
            </header>
            <div class="desk-body">
                // Until access control is there, the people of every relay are invented.
                <section class="demo-line" aria-label=label!(i18n, common.demo_short)>
                    <Band />
                </section>
                <main id="content" class="page page-desk" tabindex="0">
                    <Show
                        when=move || known.get().is_some()
                        fallback=move || view! { <p class="muted" role="status">{t!(i18n, common.loading)}</p> }
                    >
                        <Outlet />
                    </Show>
                </main>
            </div>
        </div>
    }
}
