//! What the relay learned of the round's people since it was published: who was taken out, whose dossier changed.

use leptos::prelude::*;
use perron_domain::told_since;

use super::super::visit::link::Link;
use crate::{
    components::{Notice, Tone},
    i18n::t_string,
    pages::words,
};

/// Says it before the team leaves; nothing where nothing changed.
#[component]
pub fn ToldSince(
    /// The replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let lines = Memo::new(move |_| {
        link.round(|round| {
            let mut lines = Vec::new();
            for told in told_since(round) {
                let Some(visit) = round.people.get(&told.dossier) else { continue };
                let name = visit.record.display_name();
                if let Some(out) = told.out {
                    let outcome = words::outcome_text(i18n, out);
                    lines.push(t_string!(i18n, tour.told_out, name = name.clone(), outcome = outcome));
                }
                if told.identity {
                    lines.push(t_string!(i18n, tour.told_identity, name = name.clone()));
                }
                if told.history {
                    lines.push(t_string!(i18n, tour.told_history, name = name));
                }
            }
            lines
        })
    });
    move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warning title=move || Some(t_string!(i18n, tour.told_title).to_owned())>
                    <ul class="plain" data-testid="told-since">
                        {lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                    </ul>
                </Notice>
            }
        })
    }
}
