//! The campaigns that are over today, said plainly, with the way to the next season.

use crate::client::escaped;
use crate::components::{ErrorBlock, Glyph, LinkButton, Notice, Tone, fr};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::pages::parts::Loading;
use crate::pages::words::{say, sentence, tongue};
use leptos::prelude::*;
use perron_desk_api::{SeasonOver, SeasonsView};

/// The notices; `waiting`: directives of which an adopted version waits for the physician, with that version.
#[component]
pub fn SeasonsOver(
    /// What the hub says.
    over: Loading<SeasonsView>,
    /// Directives and versions that wait for the physician.
    waiting: Vec<(String, String)>,
) -> impl IntoView {
    let i18n = use_i18n();
    move || match over.get()? {
        Ok(found) => {
            let notice = |one: SeasonOver| {
                let version = waiting.iter().find(|(id, _)| *id == one.form.id).map(|(_, version)| version.clone());
                notice(i18n, one, version)
            };
            Some(found.campaigns.into_iter().map(notice).collect_view().into_any())
        }
        Err(error) => {
            let message = sentence(i18n, &error);
            Some(view! { <ErrorBlock message=message on_retry=move |()| over.refetch() /> }.into_any())
        }
    }
}

fn notice(i18n: I18n, one: SeasonOver, waiting: Option<String>) -> impl IntoView {
    let title = tongue(i18n, one.title_fr, one.title_en);
    let said = say!(i18n, desk.se_over, title = fr::spaced(&title), date = fr::date_short(one.until.0));
    let next = match waiting {
        Some(version) => view! { <p>{say!(i18n, desk.se_over_waits, version = version)}</p> }.into_any(),
        None => {
            let href = format!("/relais/directives/saison?campagne={}", escaped(&one.form.id));
            view! {
                <div class="actions">
                    <LinkButton
                        label=move || t_string!(i18n, desk.se_title)
                        href=href
                        icon=Glyph::Calendar
                        testid="open-this-season"
                    />
                </div>
            }
            .into_any()
        }
    };
    view! {
        <div data-testid="season-over">
            <Notice tone=Tone::Warning>
                <p>{said}</p>
                {next}
            </Notice>
        </div>
    }
}
