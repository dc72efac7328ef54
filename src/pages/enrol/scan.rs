//! «Lire le code QR»: the camera instead of the keyboard, where the browser can; a sentence where it cannot.

use std::time::Duration;

use leptos::{html, prelude::*, task::spawn_local};

use crate::{
    browser::{
        camera::{self, Camera, CameraError},
        timers,
    },
    components::{Button, Glyph, Show},
    i18n::{label, t, t_string, use_i18n},
};

/// How often the picture is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// Longer is no code of ours.
const LONGEST: usize = 16;

/// Returns the code that a text carries: a link with the code behind `#`, or the code itself; none for another text.
#[must_use]
pub fn code_in(text: &str) -> Option<String> {
    let code = super::code::code_of(text.rsplit('#').next().unwrap_or(text));
    let plain = |code: &str| code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (!code.is_empty() && code.len() <= LONGEST && plain(&code)).then_some(code)
}

/// The button, then the camera's picture until a code is read.
#[component]
pub fn ScanCode(
    /// Called with the code that was read.
    on_code: Callback<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let on = RwSignal::new(false);
    let problem = RwSignal::new(None::<&'static str>);
    let video = NodeRef::<html::Video>::new();
    let look = move || async move {
        let camera = match Camera::open().await {
            Ok(camera) => camera,
            Err(CameraError::Denied) => return Some(t_string!(i18n, tour.scan_denied)),
            Err(CameraError::Absent) => return Some(t_string!(i18n, tour.scan_absent)),
        };
        on.try_set(true);
        timers::sleep(LOOK).await;
        let shown = video.try_get_untracked().flatten()?;
        camera.show(&shown).await;
        // Until a code is read, somebody stops, or the page is left.
        while on.try_get_untracked() == Some(true) {
            if let Some(text) = camera.read(&shown).await {
                match code_in(&text) {
                    Some(code) => {
                        on_code.run(code);
                        return None;
                    }
                    None => problem.set(Some(t_string!(i18n, tour.scan_other))),
                }
            }
            timers::sleep(LOOK).await;
        }
        None
    };
    let start = move |()| {
        problem.set(None);
        spawn_local(async move {
            let failed = look().await;
            on.try_set(false);
            if failed.is_some() {
                problem.try_set(failed);
            }
        });
    };
    let words = move || problem.get().map(|text| view! { <p data-testid="scan-problem" role="status">{text}</p> });
    if !camera::reads_codes() {
        return view! { <p class="muted" data-testid="scan-unknown">{t!(i18n, tour.scan_unknown)}</p> }.into_any();
    }
    view! {
        <div class="stack">
            <Show
                when=move || on.get()
                fallback=move || {
                    view! {
                        <Button
                            label=label!(i18n, tour.scan)
                            icon=Glyph::Camera
                            wide=true
                            on_press=start
                            testid="scan"
                        />
                    }
                }
            >
                <video class="camera" node_ref=video playsinline=true muted=true data-testid="camera"></video>
                <Button label=label!(i18n, common.cancel) wide=true on_press=move |()| on.set(false) testid="scan-stop" />
            </Show>
            {words}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::code_in;

    #[test]
    fn only_a_code_of_ours_is_taken_from_a_picture() {
        assert_eq!(code_in("http://127.0.0.1:8080/enrolement#abcd-efgh").as_deref(), Some("ABCD-EFGH"));
        assert_eq!(code_in("ABCD-EFGH").as_deref(), Some("ABCD-EFGH"));
        assert_eq!(code_in("https://example.org/menu"), None);
        assert_eq!(code_in("WIFI:S:relais;T:WPA;P:secret;;"), None);
        assert_eq!(code_in(""), None);
    }
}
