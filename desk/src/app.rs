//! The desk's root: contexts, router and shell.
//!
//! A new page: its module in `pages/mod.rs`, its route here, its place in `shell.rs`.

use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Redirect, Route, Router, Routes},
    path,
};

use crate::{browser::prefs::provide_prefs, i18n::I18nContextProvider, pages, shell::Shell};
use perron_ui::{
    pages::{Gallery, NotFound, Settings},
    tongue::Tongue,
};

/// The desk's app.
#[component]
pub fn App() -> impl IntoView {
    provide_prefs();
    view! {
        <I18nContextProvider>
            <Tongue />
            <Router>
                <Routes fallback=NotFound>
                    <ParentRoute path=path!("/relais") view=Shell>
                        <Route path=path!("") view=|| view! { <Redirect path="/relais/tournees" /> } />
                        <Route path=path!("/tournees") view=pages::Rounds />
                        <Route path=path!("/tournees/:number") view=pages::RoundLive />
                        <Route path=path!("/tournees/:number/preparer") view=pages::RoundEditor />
                        <Route path=path!("/personnes") view=pages::PeoplePage />
                        <Route path=path!("/personnes/:person") view=pages::PersonPage />
                        <Route path=path!("/import") view=pages::ImportPage />
                        <Route path=path!("/attente") view=pages::WaitingList />
                        <Route path=path!("/a-traiter") view=pages::Todo />
                        <Route path=path!("/equipe") view=pages::Team />
                        <Route path=path!("/directives") view=pages::Directives />
                        <Route path=path!("/directives/nouvelle") view=pages::DirectiveEditor />
                        <Route path=path!("/directives/saison") view=pages::SeasonPage />
                        <Route path=path!("/directives/fichier") view=pages::DirectiveFilePage />
                        <Route path=path!("/directives/:id/livree/:version") view=pages::HeldPage />
                        <Route path=path!("/directives/:id/modifier") view=pages::DirectiveEditor />
                        <Route path=path!("/messages") view=pages::Messages />
                        <Route path=path!("/lots") view=pages::Lots />
                        <Route path=path!("/lots/:lot") view=pages::LotPage />
                        <Route path=path!("/tablettes") view=pages::Tablets />
                        <Route path=path!("/reglages") view=|| view! { <Settings held=false /> } />
                        <Route path=path!("/galerie/:part?") view=Gallery />
                    </ParentRoute>
                </Routes>
            </Router>
        </I18nContextProvider>
    }
}
