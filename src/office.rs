//! The desk's root: contexts, router and shell. It is online only and holds no replica.

use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Redirect, Route, Router, Routes},
    path,
};

use crate::{browser::prefs::provide_prefs, i18n::I18nContextProvider, pages::relay, shell::DeskShell};
use perron_ui::{
    pages::{Gallery, NotFound, Settings},
    tongue::Tongue,
};

/// The desk's app.
#[component]
pub fn Office() -> impl IntoView {
    provide_prefs();
    view! {
        <I18nContextProvider>
            <Tongue />
            <Router>
                <Routes fallback=NotFound>
                    <ParentRoute path=path!("/relais") view=DeskShell>
                        <Route path=path!("") view=|| view! { <Redirect path="/relais/tournees" /> } />
                        <Route path=path!("/tournees") view=relay::Rounds />
                        <Route path=path!("/tournees/:number") view=relay::RoundLive />
                        <Route path=path!("/tournees/:number/preparer") view=relay::RoundEditor />
                        <Route path=path!("/personnes") view=relay::PeoplePage />
                        <Route path=path!("/personnes/:person") view=relay::PersonPage />
                        <Route path=path!("/import") view=relay::ImportPage />
                        <Route path=path!("/attente") view=relay::WaitingList />
                        <Route path=path!("/a-traiter") view=relay::Todo />
                        <Route path=path!("/equipe") view=relay::Team />
                        <Route path=path!("/directives") view=relay::Directives />
                        <Route path=path!("/directives/nouvelle") view=relay::DirectiveEditor />
                        <Route path=path!("/directives/saison") view=relay::SeasonPage />
                        <Route path=path!("/directives/fichier") view=relay::DirectiveFilePage />
                        <Route path=path!("/directives/:id/livree/:version") view=relay::HeldPage />
                        <Route path=path!("/directives/:id/modifier") view=relay::DirectiveEditor />
                        <Route path=path!("/messages") view=relay::Messages />
                        <Route path=path!("/lots") view=relay::Lots />
                        <Route path=path!("/lots/:lot") view=relay::LotPage />
                        <Route path=path!("/tablettes") view=relay::Tablets />
                        <Route path=path!("/reglages") view=|| view! { <Settings held=false /> } />
                        <Route path=path!("/galerie/:part?") view=Gallery />
                    </ParentRoute>
                </Routes>
            </Router>
        </I18nContextProvider>
    }
}
