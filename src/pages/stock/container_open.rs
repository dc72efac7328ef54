//! Opening a container: its kind, its volume.

use leptos::prelude::*;
use perron_domain::{command::Command, fact::ContainerKind};

use super::{
    Desk,
    parts::read_tenths,
    words::{container_glyph, container_standard, container_word, litres},
};
use crate::{
    components::{Card, Choice, ChoiceRow, Glyph, MainAction, NumberField, PageHeader},
    i18n::{say, t_string},
    pages::visit::link::Problem,
};

/// Every kind, the one asked for first at the front.
pub const KINDS: [ContainerKind; 5] = [
    ContainerKind::SharpsBox,
    ContainerKind::YellowBag,
    ContainerKind::Drum,
    ContainerKind::Carton,
    ContainerKind::OrdinaryBag,
];

/// Returns the volumes that a kind is usually sold in, tenths of a litre.
#[must_use]
pub const fn usual_volumes(kind: ContainerKind) -> &'static [u16] {
    match kind {
        ContainerKind::SharpsBox => &[6, 10, 20, 30],
        ContainerKind::YellowBag | ContainerKind::OrdinaryBag => &[100, 200, 300, 500],
        ContainerKind::Drum => &[300, 500, 600],
        ContainerKind::Carton => &[120, 250, 500],
    }
}

/// The form.
#[component]
pub fn OpenContainer(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let form = link.form("waste/open");
    let kind = form.text("kind", "0");
    let volume = form.text("volume", "0,6");
    let wrong = RwSignal::new(None::<String>);
    let chosen = move || kind.with(|kind| kind.parse().ok().and_then(|index: usize| KINDS.get(index).copied()));
    let now = move || chosen().unwrap_or(ContainerKind::SharpsBox);
    let kinds: Vec<Choice<ContainerKind>> =
        KINDS.map(|kind| Choice::new(kind, move || container_word(i18n, kind)).glyph(container_glyph(kind))).to_vec();
    let volumes = Signal::derive(move || {
        usual_volumes(now())
            .iter()
            .map(|volume| Choice::new(*volume, Signal::stored(litres(i18n, *volume))))
            .collect::<Vec<_>>()
    });
    let typed = move || {
        volume.with(|text| read_tenths(text)).and_then(|volume| u16::try_from(volume).ok()).filter(|volume| *volume > 0)
    };
    let save = move |()| {
        let Some(volume_dl) = untrack(typed) else {
            wrong.set(Some(t_string!(i18n, stock.volume_wrong).to_owned()));
            return;
        };
        wrong.set(None);
        link.write(vec![Command::OpenContainer { kind: untrack(now), volume_dl }], move || {
            form.done();
            desk.go.run("/dasri".to_owned());
        });
    };
    let written = move |volume: u16| litres(i18n, volume).replace([crate::components::fr::NBSP, 'l'], "");
    view! {
        <PageHeader title=say!(i18n, stock.open_container) back="/dasri" />
        <Card>
            <ChoiceRow
                legend=say!(i18n, stock.kind)
                choices=kinds
                value=Signal::derive(chosen)
                on_change=move |chosen: ContainerKind| {
                    let index = KINDS.iter().position(|one| *one == chosen).unwrap_or(0);
                    kind.set(index.to_string());
                    volume.set(usual_volumes(chosen).first().map(|first| written(*first)).unwrap_or_default());
                }
                testid="container-kind"
            />
            <p class="muted">{move || container_standard(now())}</p>
        </Card>
        <Card>
            <ChoiceRow
                legend=say!(i18n, stock.volume)
                choices=volumes
                value=Signal::derive(typed)
                on_change=move |chosen| volume.set(written(chosen))
                testid="container-volume"
            />
            <NumberField
                label=say!(i18n, stock.other_volume)
                value=volume
                unit=Signal::stored("l".to_owned())
                error=wrong
                testid="container-litres"
            />
        </Card>
        <Problem link=link />
        <MainAction
            label=say!(i18n, stock.open_container_short)
            icon=Glyph::Plus
            busy=link.busy
            on_press=save
            testid="container-save"
        />
    }
}
