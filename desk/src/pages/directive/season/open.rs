//! «Ouvrir une saison»: from a campaign that is over, in a form that is filled in already; checked, then adopted.

use super::adopt::{AdoptCard, Adopted, adopted_card};
use super::fields::SeasonFields;
use super::form::SeasonForms;
use super::left_out::LeftOut;
use crate::client::{ask, routes};
use crate::components::{
    Button, Card, EmptyState, Glyph, LinkButton, Notice, PageHeader, SelectField, Tone, Weight, fr,
};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::directive::editor::check::CheckCards;
use crate::pages::directive::editor::keeping::Checked;
use crate::pages::directive::editor::names::Names;
use crate::pages::directive::editor::text::TextCard;
use crate::pages::kept::KeptLine;
use crate::pages::parts::{Work, loaded};
use crate::pages::words::{say, tongue};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_query_map;
use perron_desk_api::{OnDay, SeasonForm, SeasonOver, SeasonsView};
use perron_domain::date::Day;
use perron_domain::fact::Origin;

/// The page: `/relais/directives/saison?campagne=ID`.
#[component]
pub fn SeasonPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    // Read once: what is typed stays, whatever happens at the relay meanwhile.
    let over = LocalResource::new(|| ask(routes::SEASONS, (), OnDay::default()));
    let adopted = RwSignal::new(None::<Adopted>);
    let wanted = move || query.with_untracked(|query| query.get("campagne")).unwrap_or_default();
    view! {
        <PageHeader
            title=move || t_string!(i18n, desk.se_title)
            subtitle=move || Some(t_string!(i18n, desk.se_sub).to_owned())
            back="/relais/directives"
        />
        {move || match adopted.get() {
            Some(one) => adopted_card(i18n, one).into_any(),
            None => loaded(i18n, over, move |found| campaigns(i18n, found, wanted(), adopted)).into_any(),
        }}
    }
}

fn campaigns(i18n: I18n, found: SeasonsView, wanted: String, adopted: RwSignal<Option<Adopted>>) -> impl IntoView {
    let SeasonsView { first_day, campaigns, .. } = found;
    if campaigns.is_empty() {
        return view! {
            <EmptyState
                glyph=Glyph::Calendar
                title=move || t_string!(i18n, desk.se_none)
                text=move || Some(t_string!(i18n, desk.se_none_text).to_owned())
            >
                <LinkButton
                    label=move || t_string!(i18n, desk.sf_title)
                    href="/relais/directives/fichier"
                    icon=Glyph::Upload
                />
            </EmptyState>
        }
        .into_any();
    }
    let options: Vec<(String, String)> = campaigns
        .iter()
        .map(|one| {
            let title = tongue(i18n, one.title_fr.clone(), one.title_en.clone());
            (one.form.id.clone(), say!(i18n, desk.se_over_short, title = title, date = fr::date_short(one.until.0)))
        })
        .collect();
    let first = if options.iter().any(|(id, _)| *id == wanted) {
        wanted
    } else {
        options.first().map(|(id, _)| id.clone()).unwrap_or_default()
    };
    let chosen = RwSignal::new(first);
    let sheet = move || {
        let one = campaigns.iter().find(|one| chosen.with(|id| *id == one.form.id))?.clone();
        Some(view! { <Sheet one=one first_day=first_day adopted=adopted /> })
    };
    view! {
        <Card title=move || t_string!(i18n, desk.se_which)>
            <p class="muted">{t!(i18n, desk.se_which_text)}</p>
            <SelectField
                label=move || t_string!(i18n, desk.se_campaign)
                value=chosen
                options=Signal::stored(options)
                testid="season-campaign"
            />
        </Card>
        {sheet}
    }
    .into_any()
}

#[component]
fn Sheet(one: SeasonOver, first_day: Day, adopted: RwSignal<Option<Adopted>>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let names = Names::read(i18n);
    let fields = SeasonFields::of(&one.form);
    let without = fields.without;
    let kept = fields.keep();
    let form = Memo::new({
        let fields = fields.clone();
        move |_| fields.gather()
    });
    let (text, checked) = (RwSignal::new(String::new()), RwSignal::new(None::<Checked>));
    let to_read = RwSignal::new(Vec::<String>::new());
    // What was checked is what the form said then.
    let sent = RwSignal::new(None::<SeasonForm>);
    let clean =
        Signal::derive(move || checked.with(Option::is_some) && form.with(|form| sent.with(|sent| form == sent)));
    let jump = RwSignal::new(None::<u32>);
    let results = NodeRef::<html::Div>::new();
    let check = move |()| {
        let Some(form) = form.get_untracked() else { return };
        checked.set(None);
        work.run(ask(routes::SEASON_TEXT, (), form.clone()), move |answer| {
            text.set(answer.text.clone());
            to_read.set(answer.to_read);
            checked.set(Some(Checked { text: answer.text, check: answer.check }));
            sent.set(Some(form));
            request_animation_frame(move || {
                if let Some(line) = results.get_untracked() {
                    line.scroll_into_view_with_bool(true);
                }
            });
        });
    };
    let origin = Origin::Season { id: one.form.id.clone(), version: one.version.clone() };
    view! {
        <KeptLine kept=kept />
        <SeasonForms fields=fields known=one.known first_day=first_day />
        <LeftOut without=without />
        <div class="check-line" node_ref=results>
            <Button
                label=move || t_string!(i18n, desk.de_check)
                weight=Weight::Primary
                icon=Glyph::Search
                disabled=Signal::derive(move || work.busy.get() || form.with(Option::is_none))
                on_press=check
                testid="check"
            />
            {move || work.busy.get().then(|| view! { <span role="status">{t!(i18n, desk.de_checking)}</span> })}
        </div>
        {work.failure(i18n)}
        <CheckCards checked=checked names=names on_line=move |line| jump.set(Some(line)) leave_out=without />
        <Show when=move || checked.with(Option::is_some) && to_read.with(|list| !list.is_empty())>
            <Notice tone=Tone::Warning>
                <p>{t!(i18n, desk.se_to_read)}</p>
                <ul data-testid="to-read">
                    {move || to_read.get().into_iter().map(|said| view! { <li>{said}</li> }).collect_view()}
                </ul>
            </Notice>
        </Show>
        <Show when=move || checked.with(Option::is_some)>
            <TextCard text=text checked=checked jump=jump read_only=true />
        </Show>
        <AdoptCard
            checked=checked
            clean=clean
            origin=Signal::stored(Some(origin))
            on_adopted=move |one| {
                kept.settle();
                adopted.set(Some(one));
            }
        />
    }
}
