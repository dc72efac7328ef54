//! The widgets in a real browser, in the words of the screen.
//!
//! `wasm-bindgen-test-runner` runs them: `cargo xtask test --wasm`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::Duration;

use leptos::{mount::mount_to, prelude::*};
use perron_ui::{
    components::{Answer, AnswerBanner, MainAction, Stepper, TouchGuard, YesNo},
    i18n::{I18nContextProvider, Locale, use_i18n},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

/// Mounts a view in French on a fresh part of the page, and returns that part.
fn show<V: IntoView + 'static>(view: impl FnOnce() -> V + Send + 'static) -> HtmlElement {
    let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&place).unwrap();
    mount_to(place.clone(), move || {
        view! {
            <I18nContextProvider>
                <French />
                {view()}
            </I18nContextProvider>
        }
    })
    .forget();
    place
}

#[component]
fn French() -> impl IntoView {
    let i18n = use_i18n();
    i18n.set_locale(Locale::fr);
    Effect::new(move |_| i18n.set_locale(Locale::fr));
}

/// Taps like a finger: a click that has a position, unlike one made by a keyboard.
fn tap(place: &HtmlElement, selector: &str) {
    let target = place.query_selector(selector).unwrap().expect(selector);
    js_sys::Function::new_with_args(
        "target",
        "target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }))",
    )
    .call1(&wasm_bindgen::JsValue::NULL, &target)
    .unwrap();
}

fn text(place: &HtmlElement, selector: &str) -> String {
    place.query_selector(selector).unwrap().expect(selector).text_content().unwrap_or_default()
}

async fn wait(milliseconds: u64) {
    gloo_timers::future::sleep(Duration::from_millis(milliseconds)).await;
}

#[wasm_bindgen_test]
async fn a_tap_meant_for_the_screen_before_is_not_believed() {
    let taps = RwSignal::new(0);
    let guard = RwSignal::new(None::<TouchGuard>);
    let word = RwSignal::new("Accord : Grippe".to_owned());
    let label = Signal::derive(move || word.get());
    let place = show(move || {
        let touch = TouchGuard::provide();
        guard.set(Some(touch));
        view! {
            <div on:pointerdown:capture=move |_| touch.begin() on:click:capture=move |event| touch.filter(&event)>
                <MainAction label=label on_press=move |()| taps.update(|taps| *taps += 1) />
            </div>
        }
    });
    wait(20).await;
    tap(&place, "[data-testid=main-action]");
    assert_eq!(taps.get_untracked(), 0, "the button has just come");
    wait(450).await;
    tap(&place, "[data-testid=main-action]");
    assert_eq!(taps.get_untracked(), 1);
    word.set("Accord : Comirnaty".to_owned());
    wait(20).await;
    tap(&place, "[data-testid=main-action]");
    assert_eq!(taps.get_untracked(), 1, "the tap turned it into another button");
    wait(450).await;

    guard.get_untracked().unwrap().arm();
    tap(&place, "[data-testid=main-action]");
    assert_eq!(taps.get_untracked(), 1, "a tap just after the screen changed");

    wait(450).await;
    tap(&place, "[data-testid=main-action]");
    assert_eq!(taps.get_untracked(), 2);
}

#[wasm_bindgen_test]
async fn a_question_is_unanswered_until_it_is_touched() {
    let answer = RwSignal::new(None::<bool>);
    let place = show(move || {
        view! {
            <YesNo question="Fièvre aujourd’hui ?" value=answer on_change=move |said| answer.set(Some(said)) testid="fever" />
        }
    });
    wait(20).await;
    let checked = || place.query_selector_all(":checked").unwrap().length();
    assert_eq!(checked(), 0);
    tap(&place, "[data-testid=fever-no]");
    wait(20).await;
    assert_eq!(answer.get_untracked(), Some(false));
    assert_eq!(checked(), 1);
    tap(&place, "[data-testid=fever-yes]");
    wait(20).await;
    assert_eq!(answer.get_untracked(), Some(true));
    assert_eq!(checked(), 1);
}

#[wasm_bindgen_test]
async fn a_count_never_goes_below_nothing_nor_above_what_is_there() {
    let count = RwSignal::new(1u32);
    let place = show(move || {
        view! { <Stepper label="Doses tirées" value=count on_change=move |now| count.set(now) max=2u32 testid="drawn" /> }
    });
    wait(20).await;
    for _ in 0..3 {
        tap(&place, "[data-testid=drawn-less]");
        wait(10).await;
    }
    assert_eq!(text(&place, "[data-testid=drawn]"), "0");
    for _ in 0..4 {
        tap(&place, "[data-testid=drawn-more]");
        wait(10).await;
    }
    assert_eq!(text(&place, "[data-testid=drawn]"), "2");
}

#[wasm_bindgen_test]
async fn the_answer_says_its_word_in_french_and_changes_with_it() {
    let answer = RwSignal::new(Answer::ConsentMissing);
    let place = show(move || view! { <AnswerBanner answer=answer change="Il manque un second titulaire" /> });
    wait(20).await;
    assert_eq!(text(&place, "[data-testid=answer]"), "Accord manquant");
    let shape = |place: &HtmlElement| {
        let drawing: Element = place.query_selector(".answer-shape svg").unwrap().unwrap();
        drawing.inner_html()
    };
    let before = shape(&place);
    answer.set(Answer::Eligible);
    wait(20).await;
    assert_eq!(text(&place, "[data-testid=answer]"), "Vaccination possible");
    assert_ne!(shape(&place), before, "the shape changes with the word: colour never speaks alone");
}

/// What the domain counts in tenths is read in degrees and litres.
#[wasm_bindgen_test]
async fn a_refusal_speaks_in_the_units_of_the_screen() {
    use perron_domain::refusal::{Field, Refusal};
    let says = |field, min, max| {
        move || {
            let i18n = use_i18n();
            let refusal = Refusal::OutOfRange { field, min, max };
            view! { <p>{move || perron_ui::words::refusal(i18n, perron_domain::zone::PARIS, str::to_owned, &refusal)}</p> }
        }
    };
    let (cold, bag) = (show(says(Field::Temperature, -400, 600)), show(says(Field::Volume, 1, 10_000)));
    wait(50).await;
    assert_eq!(text(&cold, "p"), "Température\u{a0}: entre \u{2212}40,0\u{a0}°C et 60,0\u{a0}°C.");
    assert_eq!(text(&bag, "p"), "Volume\u{a0}: entre 0,1\u{a0}l et 1\u{202f}000,0\u{a0}l.");
}
