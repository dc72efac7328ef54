//! How many doses a vial gave: five, six, seven; a reason when it is unusual.

use leptos::prelude::*;
use perron_domain::{command::Command, door, name::FactName};

use super::{Desk, parts::said};
use crate::{
    components::{Card, Choice, ChoiceRow, Glyph, MainAction, Show, Stepper},
    i18n::{label, t_string},
    pages::{reason::ReasonField, visit::link::Problem},
};

/// The form.
#[component]
pub fn Draw(
    /// The page.
    desk: Desk,
    /// The vial.
    vial: FactName,
    /// Product code.
    product: String,
    /// Called once it is saved.
    done: Callback<()>,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let form = link.form(format!("doses/{vial}/draw"));
    let (expected, drawn, used) = link.glance(|round, _| {
        round.vials.get(&vial).map_or((1, None, 0), |vial| {
            (vial.expected, vial.drawn, u32::from(vial.given) + u32::from(vial.wasted) + u32::from(vial.ceded))
        })
    });
    let usual = link.glance(|_, common| {
        door::product(common, &product, untrack(|| link.today()))
            .map_or(expected..=expected, |product| product.usual_draws_min..=product.usual_draws_max)
    });
    let count = form.count("count", u32::from(drawn.unwrap_or(expected)));
    let reason = form.text("reason", "");
    let tiles: Vec<Choice<u32>> = (expected.saturating_sub(1).max(1)..=expected.saturating_add(1))
        .map(|doses| {
            let tile = Choice::new(u32::from(doses), Signal::stored(doses.to_string()));
            if usual.contains(&doses) { tile } else { tile.note(move || t_string!(i18n, stock.unusual).to_owned()) }
        })
        .collect();
    let unusual = Memo::new(move |_| u8::try_from(count.signal().get()).is_ok_and(|doses| !usual.contains(&doses)));
    let save = move |()| {
        let reason = if unusual.get_untracked() { said(&reason.get_untracked()) } else { None };
        let drawn = u8::try_from(count.now()).unwrap_or(u8::MAX);
        link.write(vec![Command::CountDrawn { vial, drawn, reason }], move || {
            form.done();
            done.run(());
        });
    };
    let max = u32::from(expected) + 2;
    view! {
        <Card>
            <ChoiceRow
                legend=label!(i18n, stock.drawn_how_many)
                choices=tiles
                value=move || Some(count.signal().get())
                on_change=move |doses| count.set(doses)
                testid="draw"
            />
            <Stepper
                label=label!(i18n, stock.other_count)
                value=count.signal()
                on_change=move |doses| count.set(doses)
                min=used
                max=Signal::stored(max)
                testid="draw-count"
            />
        </Card>
        <Show when=move || unusual.get()>
            <Card>
                <ReasonField
                    label=label!(i18n, stock.why_unusual)
                    usual=vec![
                        Signal::derive(move || t_string!(i18n, stock.why_extra).to_owned()),
                        Signal::derive(move || t_string!(i18n, stock.why_short).to_owned()),
                        Signal::derive(move || t_string!(i18n, stock.why_dead_space).to_owned()),
                    ]
                    value=reason
                    testid="draw-reason"
                />
            </Card>
        </Show>
        <Problem link=link />
        <MainAction
            label=label!(i18n, common.save)
            icon=Glyph::Pen
            busy=link.busy
            disabled=Signal::derive(move || unusual.get() && reason.with(|reason| reason.trim().is_empty()))
            hint=move || {
                (unusual.get() && reason.with(|reason| reason.trim().is_empty()))
                    .then(|| t_string!(i18n, stock.reason_needed).to_owned())
            }
            on_press=save
            testid="draw-save"
        />
    }
}
