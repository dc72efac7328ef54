//! The sentences of a version of a directive: where it comes from and who answers for it; its rules.

use crate::components::{Answer, Icon, StatusPill, Tone};
use crate::i18n::I18n;
use crate::pages::words::{self, tongue};
use leptos::prelude::*;
use perron_desk_api::{AdoptedLine, RuleLine, Standing};
use perron_domain::fact::Origin;

/// Who published or adopted it, how, and who confirmed it.
pub fn standing(i18n: I18n, one: &Standing) -> Vec<String> {
    let mut said = match (&one.adopted, &one.published_by) {
        (Some(adopted), _) => vec![origin(i18n, adopted), adopter(i18n, adopted)],
        (None, Some(name)) => vec![words::say!(i18n, desk.d_published_by, name = name.clone())],
        (None, None) => vec![words::say!(i18n, desk.d_shipped).to_owned()],
    };
    if one.urgent {
        said.push(words::say!(i18n, desk.d_urgent_text).to_owned());
    }
    if let Some((name, at)) = &one.confirmed {
        said.push(words::say!(i18n, desk.d_confirmed, name = name.clone(), when = words::moment(i18n, *at)));
    }
    if one.waits_for_physician && !one.replaced {
        said.push(words::say!(i18n, desk.se_waits_physician).to_owned());
    }
    if one.waits_for_head {
        said.push(words::say!(i18n, desk.se_waits_head).to_owned());
    }
    if one.replaced {
        said.push(words::say!(i18n, desk.se_replaced).to_owned());
    }
    said
}

fn origin(i18n: I18n, adopted: &AdoptedLine) -> String {
    match &adopted.origin {
        Origin::Season { id, version } => {
            words::say!(i18n, desk.se_from_season, id = id.clone(), version = version.clone())
        }
        Origin::File { name, given_by } => {
            words::say!(i18n, desk.se_from_file, name = name.clone(), giver = given_by.clone())
        }
    }
}

fn adopter(i18n: I18n, adopted: &AdoptedLine) -> String {
    words::say!(i18n, desk.se_adopted_by, name = adopted.by.clone(), when = words::moment(i18n, adopted.at))
}

/// Rules or agreements under a title; nothing when there are none.
pub fn rules(i18n: I18n, title: &'static str, lines: Vec<RuleLine>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        view! {
            <h3>{title}</h3>
            <ul class="plain">{lines.into_iter().map(|line| rule(i18n, line)).collect_view()}</ul>
        }
    })
}

fn rule(i18n: I18n, line: RuleLine) -> impl IntoView {
    let answer = line.outcome.map(|outcome| {
        let answer = Answer::from(outcome);
        view! {
            <span class="rule-answer" data-answer=answer.name()>
                <Icon glyph=answer.glyph() />
                {untrack(|| answer.word(i18n))}
            </span>
        }
    });
    let doubtful = (!line.verified).then(|| {
        view! { <StatusPill tone=Tone::Warning label=words::say!(i18n, desk.d_unverified) /> }
    });
    let absolute = line.absolute.then(|| words::say!(i18n, desk.d_absolute));
    view! {
        <li class="rule">
            {answer}
            <div>
                {tongue(i18n, line.fr, line.en)}
                <div class="cell-note">{line.source} " " {absolute} " " {doubtful}</div>
            </div>
        </li>
    }
}
