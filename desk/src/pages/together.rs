//! Two windows on one form: what the other one says differently, and which of both counts.

use crate::browser::sight;
use crate::components::{Button, Notice, Tone, Weight, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::together::shown;
use perron_domain::date::Day;
use serde::Serialize;
use serde_json::Value;

/// One field that two windows changed differently, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Differs {
    what: String,
    here: String,
    there: String,
}

impl Differs {
    /// Returns the fields of these names, as they stand here and there.
    pub fn all(i18n: I18n, names: &[String], here: &impl Serialize, there: &impl Serialize) -> Vec<Self> {
        let one = |name: &String| Self {
            what: field(i18n, name),
            here: value(i18n, name, shown(here, name)),
            there: value(i18n, name, shown(there, name)),
        };
        names.iter().map(one).collect()
    }

    /// Returns in one line what a field would say instead of what it says there.
    pub fn changed(&self, i18n: I18n) -> String {
        let Self { what, here, there } = self;
        words::say!(i18n, desk.i_change, what = what.clone(), here = here.clone(), there = there.clone())
    }
}

/// Shows what differs, and asks which counts.
#[component]
pub fn Choose(
    /// What differs.
    differs: Vec<Differs>,
    /// Something is being sent.
    busy: Signal<bool>,
    /// Somebody has chosen: what stands on this page counts, or what the other window says.
    #[prop(into)]
    on_choose: Callback<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |one: Differs| {
        let text = words::say!(i18n, desk.t_line, what = one.what, here = one.here, there = one.there);
        view! { <li data-testid="differs">{text}</li> }
    };
    // Saved by a button far above or below, it would be missed.
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            request_animation_frame(move || sight::bring(&node));
        }
    });
    view! {
        <div node_ref=node>
        <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, desk.tw_title).to_owned())>
            <p>{t!(i18n, desk.t_text)}</p>
            <ul class="stack">{differs.into_iter().map(line).collect_view()}</ul>
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.t_keep)
                    weight=Weight::Primary
                    disabled=busy
                    on_press=move |()| on_choose.run(true)
                    testid="keep-here"
                />
                <Button
                    label=move || t_string!(i18n, desk.t_take)
                    disabled=busy
                    on_press=move |()| on_choose.run(false)
                    testid="take-there"
                />
            </div>
        </Notice>
        </div>
    }
}

/// Returns what a form calls a field.
fn field(i18n: I18n, name: &str) -> String {
    untrack(|| {
        match name {
            "birth_name" => t_string!(i18n, desk.a_birth_name),
            "used_name" => t_string!(i18n, desk.a_used_name),
            "given_names" => t_string!(i18n, desk.a_given),
            "birth" => t_string!(i18n, desk.a_birth),
            "sex" => t_string!(i18n, desk.a_sex),
            "phone" => t_string!(i18n, desk.a_phone),
            "address" => t_string!(i18n, desk.a_line),
            "floor" => t_string!(i18n, desk.a_floor),
            "door_code" => t_string!(i18n, desk.a_code),
            "household" => t_string!(i18n, desk.a_household),
            "priorities" => t_string!(i18n, desk.a_situation),
            "health_worker" => t_string!(i18n, desk.a_worker),
            "family_doctor" => t_string!(i18n, desk.a_doctor),
            "language" => t_string!(i18n, desk.a_language),
            "mobility" => t_string!(i18n, desk.a_mobility),
            "protection" => t_string!(i18n, desk.a_protection),
            "unable" => t_string!(i18n, desk.a_unable),
            "wishes" => t_string!(i18n, desk.a_wish),
            "doses" => t_string!(i18n, desk.a_doses),
            "audience" => t_string!(i18n, desk.f_audience),
            "notes" => t_string!(i18n, desk.a_notes),
            "label" => t_string!(i18n, desk.r_name),
            "on" => t_string!(i18n, desk.r_day),
            "team" => t_string!(i18n, desk.e_team),
            "nurses" => t_string!(i18n, desk.e_nurses),
            "devices" => t_string!(i18n, desk.e_tablets),
            "start_place" => t_string!(i18n, desk.e_place),
            "start_minute" => t_string!(i18n, desk.e_hour),
            "modality" => t_string!(i18n, desk.e_modality),
            "relay_protocol" => t_string!(i18n, desk.e_protocol),
            "lots" => t_string!(i18n, desk.e_doses),
            "stops" => t_string!(i18n, desk.e_order),
            _ => t_string!(i18n, desk.t_other),
        }
        .to_owned()
    })
}

/// Returns what a field says, as far as one line can.
fn value(i18n: I18n, name: &str, said: Option<Value>) -> String {
    match said {
        None | Some(Value::Null) => "–".to_owned(),
        Some(Value::String(text)) if text.is_empty() => "–".to_owned(),
        Some(Value::String(code)) if name == "audience" => words::audience_code(i18n, &code),
        Some(Value::String(text)) => match text.parse::<Day>() {
            Ok(day) => fr::date_short(day.0),
            Err(_) => text,
        },
        Some(Value::Bool(yes)) => {
            untrack(|| if yes { t_string!(i18n, common.yes) } else { t_string!(i18n, common.no) }).to_owned()
        }
        Some(Value::Number(number)) if name == "start_minute" => {
            number.as_u64().and_then(|minute| u16::try_from(minute).ok()).map(words::clock_text).unwrap_or_default()
        }
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Object(parts)) => {
            let part = |name: &str| parts.get(name).and_then(Value::as_str).unwrap_or_default();
            [part("line"), part("postcode"), part("city")].join(" ").trim().to_owned()
        }
        Some(Value::Array(all)) if name == "priorities" && !all.is_empty() => {
            let codes = all.iter().filter_map(Value::as_str);
            codes.map(|code| words::priority_code(i18n, code)).collect::<Vec<_>>().join(", ")
        }
        Some(Value::Array(all)) if name == "wishes" && !all.is_empty() => {
            let codes = all.iter().filter_map(|wish| wish.get("product")?.as_str());
            codes.map(words::product).collect::<Vec<_>>().join(", ")
        }
        Some(Value::Array(all)) => words::say!(i18n, desk.t_items, count = all.len()),
    }
}
