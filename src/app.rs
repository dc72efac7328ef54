//! The tablet's root: contexts, router and shell.
//!
//! A new page: its module in `pages/mod.rs`, its route here.

use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    browser::prefs::provide_prefs,
    i18n::I18nContextProvider,
    pages::{
        add_stop::AddStop,
        address::{AddPersonPage, AddressPage},
        back::BackToObservation,
        choose::Choose,
        close::Closing,
        departure::Departure,
        emergency::Emergency,
        enrol::EnrolPage,
        late::Late,
        more::More,
        settings::Settings,
        stock::{BoxPage, DosesPage, WastePage},
        tour::Tour,
        visit::Visit,
        waiting::Waiting,
    },
    shell::{TabletShell, provide_shell_state},
    state::provide_replica,
};
use perron_ui::{
    pages::{Gallery, NotFound},
    tongue::Tongue,
};

/// The tablet's app.
#[component]
pub fn App() -> impl IntoView {
    provide_prefs();
    provide_replica();
    view! {
        <I18nContextProvider>
            <Tongue />
            <Shelled>
            <Router>
                <Routes fallback=NotFound>
                    <ParentRoute path=path!("") view=TabletShell>
                        <Route path=path!("/") view=Tour />
                        <Route path=path!("/enrolement") view=EnrolPage />
                        <Route path=path!("/choix") view=Choose />
                        <Route path=path!("/depart") view=Departure />
                        <Route path=path!("/nouvelle-adresse") view=AddStop />
                        <Route path=path!("/attente") view=Waiting />
                        <Route path=path!("/cloture") view=Closing />
                        <Route path=path!("/apres-coup") view=Late />
                        <Route path=path!("/adresse/:stop") view=AddressPage />
                        <Route path=path!("/adresse/:stop/ajouter") view=AddPersonPage />
                        <Route path=path!("/visite/:person/:step?/:act?") view=Visit />
                        <Route path=path!("/retour/:round/:person") view=BackToObservation />
                        <Route path=path!("/urgence/:person?") view=Emergency />
                        <Route path=path!("/urgence/adresse/:stop") view=Emergency />
                        <Route path=path!("/doses/:part?/:what?") view=DosesPage />
                        <Route path=path!("/boite/:part?/:what?") view=BoxPage />
                        <Route path=path!("/dasri/:part?/:what?") view=WastePage />
                        <Route path=path!("/plus") view=More />
                        <Route path=path!("/reglages") view=Settings />
                        <Route path=path!("/galerie/:part?") view=Gallery />
                    </ParentRoute>
                </Routes>
            </Router>
            </Shelled>
        </I18nContextProvider>
    }
}

/// Gives the shells what they show on every screen; below the words, which it needs.
#[component]
fn Shelled(children: Children) -> impl IntoView {
    provide_shell_state();
    children()
}
