//! The round was signed: what is written now is not in what was signed, and every page on which something can be written says so.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    components::{Glyph, LinkButton, Notice, Show, Tone, Weight},
    i18n::{label, t_string, use_i18n},
    pages::words,
    state::{Phase, use_replica},
};

/// Where the signature itself is shown, or nothing of the round is written.
const ELSEWHERE: [&str; 7] = ["/cloture", "/plus", "/reglages", "/urgence", "/enrolement", "/choix", "/messages"];

/// The notice of a signed round.
#[component]
pub fn AfterSigning() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let path = use_location().pathname;
    let here = move || path.with(|path| !ELSEWHERE.iter().any(|start| path.starts_with(start)));
    let signed = Memo::new(move |_| {
        if replica.phase().get() != Phase::Ready {
            return None;
        }
        replica.see_round(|round| round.view().closed_at)
    });
    let text = move || {
        let at = signed.get()?;
        Some(replica.see_common(|common| {
            let hour = words::moment(i18n, common, at, replica.now().get_untracked());
            t_string!(i18n, close.after_signing, hour = hour)
        }))
    };
    view! {
        <Show when=move || here() && signed.get().is_some()>
            <Notice tone=Tone::Warning>
                <div class="row-between">
                    <p data-testid="after-signing">{text}</p>
                    <LinkButton
                        label=label!(i18n, close.title)
                        href="/cloture"
                        icon=Glyph::Pen
                        weight=Weight::Quiet
                        testid="after-signing-close"
                    />
                </div>
            </Notice>
        </Show>
    }
}
