//! Accord: who is needed, who has given it, how, and who is against. An objection outweighs every agreement.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    fact::{ConsentBy, ConsentGiven, ConsentManner, ObjectionRaised, Outcome},
    name::FactName,
    rules::{By, ConsentNeed, How},
};

use super::{Door, consent_form::AgreementForm, link::Problem, objection::ObjectionForm};
use crate::{
    components::{Button, Card, EmptyState, Glyph, ListRow, MainAction, Notice, Show, StatusPill, Tone, Weight, live},
    i18n::{I18n, label, t, t_string},
    pages::{withdraw::Withdraw, words},
};

/// What the step shows.
#[derive(Clone, PartialEq)]
enum Mode {
    /// Who is needed, who has agreed.
    Overview,
    /// Somebody's agreement is being written down.
    Agreement(Box<ConsentNeed>),
    /// Somebody objects.
    Objection,
}

/// The step of the agreements of one act.
#[component]
pub fn Consent(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
) -> impl IntoView {
    let mode = RwSignal::new(Mode::Overview);
    let back = Callback::new(move |()| mode.set(Mode::Overview));
    // A form that was left half filled has everything again once it is opened.
    live(move || match mode.get() {
        Mode::Overview => view! { <Overview door=door act=act mode=mode /> }.into_any(),
        Mode::Agreement(need) => view! { <AgreementForm door=door act=act need=*need back=back /> }.into_any(),
        Mode::Objection => view! { <ObjectionForm door=door act=act back=back /> }.into_any(),
    })
}

/// Says whether a person may agree by word of mouth.
fn oral(need: &ConsentNeed) -> bool {
    need.by == By::Person && (need.how.is_empty() || need.how.contains(&How::Oral))
}

/// Who is needed, who has given it, how; objection.
#[component]
fn Overview(door: Door, act: FactName, mode: RwSignal<Mode>) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let the_act = link.act(Some(act));
    let answered = link.answer(Some(act));
    let needs = Memo::new(move |_| {
        answered.with(|all| {
            let Some((case, _)) = all else { return Vec::new() };
            link.both(|round, common| perron_domain::door::consents_needed(round, common, case))
        })
    });
    let first_open = move || needs.with(|needs| needs.iter().find(|need| !need.met).cloned());
    let objections = move || {
        the_act
            .with(|act| act.as_ref().map(|act| act.objections.clone()))
            .unwrap_or_default()
            .into_iter()
            .collect::<Vec<_>>()
    };
    let consents = move || {
        the_act
            .with(|act| act.as_ref().map(|act| act.consents.clone()))
            .unwrap_or_default()
            .into_iter()
            .collect::<Vec<_>>()
    };
    let against = move || the_act.with(|act| act.as_ref().is_some_and(|act| !act.objections.is_empty()));
    let refuse = move || {
        let reason = the_act.with_untracked(|act| {
            act.as_ref().and_then(|act| act.objections.values().find_map(|objection| objection.reason.clone()))
        });
        link.write(vec![door.end(Some(act), Outcome::Refused, reason, true, None)], move || door.done.run(()));
    };
    // Named: the page of the next vaccine looks the same.
    let vaccine = move || {
        let product = the_act.with(|act| act.as_ref().map(|act| act.wish.product.clone())).unwrap_or_default();
        link.common(|common| words::product_named(common, &product, link.today()))
    };
    let label = move || match first_open() {
        _ if against() => t_string!(i18n, visit.record_refusal).to_owned(),
        None => t_string!(i18n, visit.go_on).to_owned(),
        Some(need) if oral(&need) => t_string!(i18n, visit.own_consent, vaccine = vaccine()),
        Some(_) => t_string!(i18n, visit.take_consent, vaccine = vaccine()),
    };
    let press = move |()| match untrack(first_open) {
        _ if untrack(against) => refuse(),
        None => door.done.run(()),
        Some(need) if oral(&need) => {
            let command =
                Command::Consent { act, by: ConsentBy::Own, name: None, relation: None, manner: ConsentManner::Oral };
            let others = needs.with_untracked(|needs| needs.iter().filter(|need| !need.met).count());
            link.write(vec![command], move || {
                if others <= 1 {
                    door.done.run(());
                }
            });
        }
        Some(need) => mode.set(Mode::Agreement(Box::new(need))),
    };
    let need_row = move |need: ConsentNeed| {
        let (tone, word) = if need.met {
            (Tone::Good, t_string!(i18n, visit.given))
        } else {
            (Tone::Warning, t_string!(i18n, visit.missing))
        };
        let title = if need.count > 1 {
            let who = capital(words::by_word(i18n, need.by));
            t_string!(i18n, visit.need_several, who = who, given = need.given.min(need.count), count = need.count)
        } else {
            capital(words::by_word(i18n, need.by))
        };
        let detail = words::sentence(i18n, &need.reason);
        let title = Signal::stored(title);
        let detail = Signal::stored(Some(detail));
        let trail = move || view! { <StatusPill tone=tone label=Signal::stored(word.to_owned()) /> };
        if need.met || need.by == By::Person && oral(&need) {
            view! { <ListRow title=title detail=detail trail=trail testid="need" /> }.into_any()
        } else {
            view! {
                <ListRow
                    title=title
                    detail=detail
                    trail=trail
                    on_press=Callback::new(move |()| mode.set(Mode::Agreement(Box::new(need.clone()))))
                    testid="need"
                />
            }
            .into_any()
        }
    };
    let form = link.form(format!("visit/{act}/consent-withdraw"));
    let why = form.text("reason", "");
    let withdraw = move |fact: FactName| {
        Callback::new(move |_| {
            let reason = Some(why.get_untracked());
            link.write(vec![Command::Correct { fact, by: None, reason }], move || form.done());
        })
    };
    view! {
        <Show
            when=move || needs.with(|needs| !needs.is_empty()) || against()
            fallback=move || {
                view! { <EmptyState glyph=Glyph::Hands title=label!(i18n, visit.no_consent_needed) /> }
            }
        >
            <Card>
                <div class="list">{move || needs.get().into_iter().map(need_row).collect_view()}</div>
            </Card>
        </Show>
        <Show when=move || !consents().is_empty()>
            <Card title=Signal::derive(move || t_string!(i18n, visit.agreed).to_owned())>
                <ul class="stack">
                    {move || {
                        consents()
                            .into_iter()
                            .map(|(name, given)| {
                                view! {
                                    <li class="row-between" data-testid="agreed">
                                        <span>{consent_line(i18n, &given)}</span>
                                        <Withdraw
                                            link=link
                                            what=Signal::stored(consent_line(i18n, &given))
                                            reason=why
                                            disabled=Signal::derive(move || link.busy.get())
                                            on_withdraw=withdraw(name)
                                        />
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
            </Card>
        </Show>
        {move || {
            objections()
                .into_iter()
                .map(|(name, raised)| {
                    view! {
                        <Notice tone=Tone::Danger>
                            <div class="row-between" data-testid="objection">
                                <p>{objection_line(i18n, &raised)}</p>
                                <Withdraw
                                    link=link
                                    what=Signal::stored(objection_line(i18n, &raised))
                                    reason=why
                                    disabled=Signal::derive(move || link.busy.get())
                                    on_withdraw=withdraw(name)
                                />
                            </div>
                        </Notice>
                    }
                })
                .collect_view()
        }}
        <p class="muted">{t!(i18n, visit.consent_note)}</p>
        <Problem link=link />
        <MainAction
            label=label
            icon=Glyph::Hands
            busy=link.busy
            on_press=press
            testid="consent-main"
        >
            <Button
                label=label!(i18n, visit.objects)
                icon=Glyph::ConsentMissing
                on_press=move |()| mode.set(Mode::Objection)
                testid="object"
            />
            <Button
                label=label!(i18n, visit.refusal)
                icon=Glyph::Cross
                weight=Weight::Danger
                on_press=move |()| refuse()
                testid="refuse"
            />
        </MainAction>
    }
}

/// Returns the text with its first letter in capitals.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns an agreement in one line: who, in which quality, how.
#[must_use]
pub fn consent_line(i18n: I18n, given: &ConsentGiven) -> String {
    let by = words::by_word(i18n, words::rules_by(given.by));
    let mut line = match (&given.name, &given.relation) {
        (Some(name), Some(relation)) => format!("{name} ({relation})"),
        (Some(name), None) => format!("{name} ({by})"),
        (None, _) => capital(by),
    };
    line.push_str(" · ");
    line.push_str(words::manner_word(i18n, &given.manner));
    if let ConsentManner::PhoneWitnessed { number, witness, .. } = &given.manner {
        line.push_str(&format!(" · {number} · {}", t_string!(i18n, visit.witnessed_by, who = witness.clone())));
    }
    line
}

/// Returns an objection in one line.
#[must_use]
pub fn objection_line(i18n: I18n, raised: &ObjectionRaised) -> String {
    let who = raised.name.clone().unwrap_or_else(|| capital(words::who_word(i18n, words::rules_by(raised.by))));
    match &raised.reason {
        Some(reason) => t_string!(i18n, visit.objects_because, who = who, reason = reason.clone()),
        None => t_string!(i18n, visit.objects_who, who = who),
    }
}
