//! Bringing unopened doses back to the relay: never an opened vial, and only with an unbroken cold chain.

use leptos::prelude::*;
use perron_domain::{command::Command, name::FactName};

use super::{Desk, item::Item};
use crate::{
    components::{Card, Glyph, MainAction, Notice, Stepper, Tone},
    i18n::{say, t, t_string},
    pages::visit::link::Problem,
};

/// The form.
#[component]
pub fn BringBack(
    /// The page.
    desk: Desk,
    /// The load.
    load: FactName,
    /// What is known of it.
    item: Memo<Option<Item>>,
    /// Called once it is saved.
    done: Callback<()>,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let units = Signal::derive(move || {
        item.with(|item| item.as_ref().map_or(0, |item| item.units.unwrap_or(item.left).unsigned_abs()))
    });
    let vials = untrack(|| item.with(|item| item.as_ref().is_some_and(Item::unopened)));
    let form = link.form(format!("doses/{load}/return"));
    let count = form.count("units", units.get_untracked().max(1));
    let save = move |()| {
        let units = u16::try_from(count.now()).unwrap_or(u16::MAX);
        link.write(vec![Command::Return { load, units }], move || {
            form.done();
            done.run(());
        });
    };
    view! {
        <Card>
            <Stepper
                label=move || {
                    if vials { t_string!(i18n, stock.returned_vials) } else { t_string!(i18n, stock.returned_syringes) }
                }
                value=count.signal()
                on_change=move |units| count.set(units)
                min=1
                max=units
                testid="return-count"
            />
        </Card>
        <Notice tone=Tone::Info>
            <p>{t!(i18n, stock.return_text)}</p>
        </Notice>
        <Problem link=link />
        <MainAction
            label=say!(i18n, stock.bring_back)
            icon=Glyph::Home
            busy=link.busy
            on_press=save
            testid="return-save"
        />
    }
}
