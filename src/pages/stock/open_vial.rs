//! Opening a vial, and diluting it where the product asks it: from then on the time runs.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    door,
    name::FactName,
    rules::{Temperatures, UseBy},
};

use super::Desk;
use crate::{
    components::{Card, Glyph, MainAction, Notice, Tone, fr},
    i18n::{label, t, t_string},
    pages::{
        hour::{Hour, HourField},
        visit::link::Problem,
        words,
    },
};

/// The form.
#[component]
pub fn OpenVial(
    /// The page.
    desk: Desk,
    /// Out of which load.
    load: FactName,
    /// Product code.
    product: String,
    /// Called once it is saved.
    done: Callback<()>,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let form = link.form(format!("doses/{load}/open"));
    let hour = Hour::done(link, form.text("hour", ""));
    let wrong = RwSignal::new(None::<String>);
    let known = link.glance(|_, common| {
        door::product(common, &product, untrack(|| link.today())).map(|product| {
            let range = product.opened_temperature.clone();
            let with = words::diluent(i18n, product);
            (product.dilution, product.after_opening.clone(), product.doses_per_vial, range, with)
        })
    });
    let (dilution, kept, doses, range, with) =
        known.unwrap_or((false, None::<UseBy>, 0, None::<Temperatures>, None::<String>));
    let keeps = range.map(|range| {
        let degrees = |whole: i8| fr::celsius(i18n.get_locale_untracked(), i32::from(whole) * 10);
        let (min, max) = (degrees(range.min), degrees(range.max));
        if range.verified {
            t_string!(i18n, stock.opened_keeps, min = min, max = max)
        } else {
            t_string!(i18n, stock.opened_keeps_unverified, min = min, max = max)
        }
    });
    let minutes = kept.as_ref().map_or(60, |kept| i64::from(kept.minutes));
    let until = move || {
        let now = link.now();
        let at = if hour.is_empty() { now } else { hour.read()? };
        Some(link.common(|common| words::moment(i18n, common, at.plus_minutes(minutes), now)))
    };
    let save = move |()| {
        let at = untrack(|| hour.read());
        let empty = untrack(|| hour.is_empty());
        if at.is_none() && !empty {
            wrong.set(Some(t_string!(i18n, stock.hour_wrong).to_owned()));
            return;
        }
        wrong.set(None);
        link.write(vec![Command::OpenVial { load, diluted: dilution, at }], move || {
            form.done();
            done.run(());
        });
    };
    let verified = kept.as_ref().is_some_and(|kept| kept.verified);
    let source = kept.as_ref().map(|kept| kept.source.clone());
    view! {
        <Card>
            <div class="dose">
                <p class="muted">{t!(i18n, stock.use_before_label)}</p>
                <p class="dose-product" data-testid="open-until">{move || until().unwrap_or_default()}</p>
                <p>{move || t_string!(i18n, stock.expected_doses, count = doses)}</p>
            </div>
            <HourField
                label=label!(i18n, stock.opened_at)
                hour=hour
                hint=move || Some(t_string!(i18n, stock.empty_is_now).to_owned())
                error=wrong
                testid="open-hour"
            />
            {source.map(|source| view! { <p class="muted">{source}</p> })}
            {keeps.map(|keeps| view! { <p data-testid="open-keeps">{keeps}</p> })}
        </Card>
        {dilution
            .then(|| {
                view! {
                    <Notice tone=Tone::Info>
                        {with.clone().map(|with| view! { <p data-testid="diluent"><strong>{with}</strong></p> })}
                        <p>{t!(i18n, stock.dilute_text)}</p>
                    </Notice>
                }
            })}
        {(!verified)
            .then(|| {
                view! {
                    <Notice tone=Tone::Warning>
                        <p>{t!(i18n, stock.time_unverified)}</p>
                    </Notice>
                }
            })}
        <Problem link=link />
        <MainAction
            label=move || {
                if dilution { t_string!(i18n, stock.open_and_dilute) } else { t_string!(i18n, stock.open_vial) }
            }
            icon=Glyph::Vial
            busy=link.busy
            on_press=save
            testid="open-save"
        />
    }
}
