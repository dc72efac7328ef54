//! What happened to the two copies of what this tablet knows, and to doses while one was away.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use perron_domain::name::DeviceId;
use perron_ledger::StoreError;

use super::told::Told;
use crate::{
    components::{Button, Notice, Show, Tone, Weight},
    i18n::{label, t, t_string, use_i18n},
    pages::words,
    state::{Phase, Remade, use_replica},
};

/// One of the two copies was lost or damaged, and was made anew from the other.
#[component]
pub fn CopyMended() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let remade = replica.remade();
    let text = move || match remade.get() {
        Some(Remade::PerhapsNot) => t_string!(i18n, common.mended_lost).to_owned(),
        _ => t_string!(i18n, common.mended_text).to_owned(),
    };
    // Where everything is gone, its own page says so.
    let shows = move || remade.get().is_some() && replica.phase().get() != Phase::NotEnrolled;
    let title = move || shows().then(|| t_string!(i18n, common.mended_title).to_owned());
    let close = move |()| replica.read_remade();
    view! {
        <Told
            tone=Tone::Warning
            title=Signal::derive(title)
            text=Signal::derive(text)
            testid="copy-mended"
            on_close=close
        />
    }
}

/// What this tablet had before its store was lost: who may have been vaccinated since, and doses in its custody again. It stays
/// until somebody says that it was checked.
#[component]
pub fn DataGone() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let (gone, took_over) = (replica.gone(), replica.took_over());
    let path = use_location().pathname;
    // At a door every line of the screen is needed: only what matters before an injection is said there.
    let at_a_door = move || path.with(|path| path.starts_with("/visite/"));
    let text = move || {
        let gone = gone.get().filter(|_| !at_a_door())?;
        Some(match gone.since {
            Some(at) => replica.see_common(|common| {
                let time = words::moment(i18n, common, at, replica.now().get_untracked());
                t_string!(i18n, common.gone_check_since, time = time)
            }),
            None => t_string!(i18n, common.gone_check).to_owned(),
        })
    };
    let shows = move || {
        let asks = gone.get().is_some() || took_over.get() && !at_a_door();
        replica.phase().get() == Phase::Ready && asks
    };
    let title = move || {
        Some(if gone.get().is_some() {
            t_string!(i18n, common.gone_check_title).to_owned()
        } else {
            t_string!(i18n, common.took_over_title).to_owned()
        })
    };
    view! {
        <Show when=shows>
            <Notice tone=Tone::Danger title=title>
                <Show when=move || gone.get().is_some()>
                    <p data-testid="gone-check">{t!(i18n, common.gone_check_first)}</p>
                </Show>
                {move || text().map(|text| view! { <p>{text}</p> })}
                <Show when=move || took_over.get() && !at_a_door()>
                    <p data-testid="doses-taken-over">{t!(i18n, common.took_over_text)}</p>
                </Show>
                <Show when=move || !at_a_door()>
                    <Button
                        label=label!(i18n, common.checked)
                        weight=Weight::Quiet
                        on_press=move |()| replica.read_gone()
                        testid="doses-taken-over-close"
                    />
                </Show>
            </Notice>
        </Show>
    }
}

/// Another tablet took doses over that this one had: the box may be here still.
#[component]
pub fn DosesTakenFrom() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let by = Memo::new(move |_| {
        let own = replica.me().with(|me| me.as_ref().map(|me| me.device))?;
        let (taken, to) = replica.see_round(|round| round.taken_from(own).map(|custody| (custody.name, custody.to)))?;
        let label =
            |device: &DeviceId| replica.see_common(|common| common.devices.get(device).map(|one| one.label.clone()));
        Some((taken, label(&to).unwrap_or_default()))
    });
    let read = RwSignal::new(None);
    let shows = move || by.get().filter(|(taken, _)| read.get() != Some(*taken));
    let title = move || shows().map(|_| t_string!(i18n, common.taken_from_title).to_owned());
    let text = move || shows().map(|(_, name)| t_string!(i18n, common.taken_from_text, name = name));
    let close = move |()| read.set(by.get_untracked().map(|(taken, _)| taken));
    view! {
        <Told
            tone=Tone::Danger
            title=Signal::derive(title)
            text=Signal::derive(move || text().unwrap_or_default())
            testid="doses-taken-from"
            on_close=close
        />
    }
}

/// The second copy cannot be written: steps are saved in the first.
#[component]
pub fn CopyBehind() -> impl IntoView {
    let i18n = use_i18n();
    let behind = use_replica().second_copy_fails();
    let text = move || match behind.get() {
        Some(StoreError::Full) => t_string!(i18n, common.behind_text),
        // Chromium's database may hang until the browser is closed, and then all is well again.
        _ => t_string!(i18n, common.behind_again),
    };
    view! {
        <Show when=move || behind.with(Option::is_some)>
            <Notice tone=Tone::Warning title=move || Some(t_string!(i18n, common.behind_title).to_owned())>
                <p data-testid="copy-behind">{text}</p>
            </Notice>
        </Show>
    }
}
