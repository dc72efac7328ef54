//! The desk's frame in a real browser: an address of the relay shows its page inside the side bar, another the way back.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use perron_desk::app::App;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// Goes to an address, opens the app on a fresh part of the page, and returns what stands there.
async fn shown_at(path: &str) -> String {
    let window = web_sys::window().unwrap();
    window.history().unwrap().push_state_with_url(&"".into(), "", Some(path)).unwrap();
    let page = window.document().unwrap();
    let place: HtmlElement = page.create_element("div").unwrap().unchecked_into();
    page.body().unwrap().append_child(&place).unwrap();
    let app = leptos::mount::mount_to(place.clone(), App);
    gloo_timers::future::TimeoutFuture::new(200).await;
    let text = place.inner_text();
    drop(app);
    place.remove();
    text
}

#[wasm_bindgen_test]
async fn an_address_of_the_relay_shows_its_page_and_another_the_way_back() {
    let settings = shown_at("/relais/reglages").await;
    for words in ["Tournées", "Personnes", "Lots", "Réglages", "Affichage"] {
        assert!(settings.contains(words), "«{words}» is not on the screen: {settings}");
    }
    assert!(!settings.contains("Bouton principal"), "nobody holds a computer in one hand");
    let nowhere = shown_at("/relais/nulle-part").await;
    assert!(nowhere.contains("n’existe pas"), "{nowhere}");
}
