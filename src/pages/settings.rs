//! «Réglages» on a tablet: beside what both apps have, what waits to be sent, the clock and the room.

use leptos::prelude::*;
use perron_ui::pages::Settings as Page;

use crate::{
    components::{Button, Card, Glyph, Show, SyncBadge, fr},
    i18n::{label, t_string, use_i18n},
    shell::ShellState,
    state::{Phase, use_replica},
};

/// One sentence about this tablet, while there is something to say.
#[component]
fn Line(
    /// The sentence.
    #[prop(into)]
    text: Signal<Option<String>>,
    testid: &'static str,
) -> impl IntoView {
    view! {
        <Show when=move || text.with(Option::is_some)>
            <Card>
                <p data-testid=testid>{move || text.get()}</p>
            </Card>
        </Show>
    }
}

/// What waits to be sent, and the button that tries now: where a touch on the strip's badge leads.
#[component]
fn SyncLine() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let sync = ShellState::find().sync;
    view! {
        <Show when=move || replica.phase().get() == Phase::Ready>
            <Card>
                <div class="row-between">
                    <SyncBadge state=sync />
                    <Button
                        label=label!(i18n, tour.sync_now)
                        icon=Glyph::Sync
                        on_press=move |()| replica.sync_now()
                        testid="settings-sync"
                    />
                </div>
            </Card>
        </Show>
    }
}

/// The page of settings.
#[component]
pub fn Settings() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let room = replica.room();
    // How this tablet's clock stands to the relay's, as the last contact found it; nothing before the first one.
    let clock = move || {
        let offset_ms = replica.hub_offset().get()?;
        let time = fr::duration(i18n.get_locale(), offset_ms / 1000);
        Some(match offset_ms {
            ..=-60_000 => t_string!(i18n, common.clock_ahead, time = time),
            60_000.. => t_string!(i18n, common.clock_behind, time = time),
            _ => t_string!(i18n, common.clock_same).to_owned(),
        })
    };
    // How much is taken, by both copies of what is saved and the app itself, and how much is left.
    let room = move || {
        let room = room.get()?;
        let (used, left) = (fr::bytes(i18n.get_locale(), room.used), fr::bytes(i18n.get_locale(), room.left()));
        Some(t_string!(i18n, common.room_line, used = used, left = left))
    };
    view! {
        <Page held=true>
            <SyncLine />
            <Line text=Signal::derive(clock) testid="clock-line" />
            <Line text=Signal::derive(room) testid="room-line" />
        </Page>
    }
}
