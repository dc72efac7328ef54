//! One agreement that is not the person's own word: who, in which quality, and how. Signatures only from those present.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    fact::ConsentManner,
    name::FactName,
    rules::{By, ConsentNeed, How},
};

use super::{Door, link::Problem, patient::PatientMode};
use crate::{
    components::{Button, Card, Choice, ChoiceRow, Fold, Glyph, Keys, MainAction, Show, TextField, Weight},
    i18n::{I18n, label, t_string},
    pages::{
        hour::{Hour, HourField},
        whole_name::{WholeName, WholeNameTick},
        words,
    },
};

/// The ways that this screen offers, in its order.
const MANNERS: [How; 5] = [How::Present, How::Phone, How::Attestation, How::CannotSign, How::Written];

const fn key(how: How) -> &'static str {
    match how {
        How::Present => "present",
        How::Phone => "phone",
        How::Attestation => "attestation",
        How::Oral => "oral",
        How::CannotSign => "cannot_sign",
        How::Written => "written",
    }
}

fn word(i18n: I18n, how: How) -> &'static str {
    match how {
        How::Present => t_string!(i18n, visit.how_present),
        How::Phone => t_string!(i18n, visit.how_phone),
        How::Attestation => t_string!(i18n, visit.how_attestation),
        How::Oral => t_string!(i18n, visit.manner_oral),
        How::CannotSign => t_string!(i18n, visit.how_cannot_sign),
        How::Written => t_string!(i18n, visit.how_written),
    }
}

const fn glyph(how: How) -> Glyph {
    match how {
        How::Present => Glyph::Pen,
        How::Phone => Glyph::Phone,
        How::Attestation => Glyph::Paper,
        How::Oral | How::CannotSign => Glyph::Hands,
        How::Written => Glyph::Book,
    }
}

const fn by_key(by: By) -> &'static str {
    match by {
        By::Person => "self",
        By::Parent => "parent",
        By::SoleParent => "sole_parent",
        By::Guardian => "guardian",
        By::Judge => "judge",
        By::Representative => "representative",
    }
}

/// Returns what stands before a quality where a relation ends in its first word: «autre» of «autre titulaire», before
/// «titulaire de l’autorité parentale».
fn joint<'a>(relation: &'a str, quality: &str) -> Option<&'a str> {
    relation.strip_suffix(quality.split(' ').next()?)
}

/// Returns in which capacity somebody signs for another person: it stands in what is signed.
fn capacity(i18n: I18n, by: Option<By>, relation: &str) -> String {
    let quality = by.map_or("", |by| words::by_word(i18n, by));
    let relation = relation.trim().to_lowercase();
    if relation.is_empty() {
        quality.to_owned()
    } else if let Some(start) = joint(&relation, quality) {
        format!("{start}{quality}")
    } else {
        format!("{relation}, {quality}")
    }
}

/// The form of one agreement.
#[component]
pub fn AgreementForm(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
    /// Whose agreement is needed.
    need: ConsentNeed,
    /// Back to who is needed.
    back: Callback<()>,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let form = link.form(format!("visit/{act}/consent"));
    let record =
        link.glance(|round, _| round.people.get(&door.person).map(|visit| visit.record.clone())).unwrap_or_default();
    let qualities: Vec<By> = std::iter::once(need.by).chain(need.or_by.clone()).chain(need.or_judge.clone()).collect();
    let manners: Vec<How> = MANNERS
        .into_iter()
        .filter(|how| need.how.is_empty() || need.how.contains(how))
        .filter(|how| *how != How::Attestation || qualities.contains(&By::Parent))
        .collect();
    let by_text = form.text("by", by_key(need.by));
    let how_text = form.text("how", manners.first().copied().map(key).unwrap_or_default());
    let name = form.text("name", "");
    let relation = form.text("relation", "");
    // The number that was dialled is told, not taken for granted: the one on file is one touch away.
    let number = form.text("number", "");
    let on_file = StoredValue::new(record.phone.clone().filter(|phone| !phone.trim().is_empty()));
    let hour = Hour::done(link, form.text("hour", link.glance(|_, common| words::field_time(common, link.now_once()))));
    let hour_wrong = RwSignal::new(None::<String>);
    let witness = form.text("witness", "");
    let present = form.text("present", "");
    let strokes = form.text("strokes", "");
    let signing = RwSignal::new(false);

    let find_by = StoredValue::new(qualities.clone());
    let by = move || find_by.with_value(|all| all.iter().copied().find(|by| by_text.with(|text| text == by_key(*by))));
    let find_how = StoredValue::new(manners.clone());
    let how =
        move || find_how.with_value(|all| all.iter().copied().find(|how| how_text.with(|text| text == key(*how))));
    let quality =
        move || by().map_or_else(String::new, |by| t_string!(i18n, visit.in_quality, who = words::by_word(i18n, by)));
    let parent = move || matches!(by(), Some(By::Parent | By::SoleParent));
    let own = move || by() == Some(By::Person);

    let relations = move || {
        [
            ("mother", t_string!(i18n, visit.mother)),
            ("father", t_string!(i18n, visit.father)),
            ("other", t_string!(i18n, visit.other_holder)),
        ]
    };
    let relation_choices: Vec<Choice<String>> = relations()
        .iter()
        .enumerate()
        .map(|(index, _)| Choice::new(relations()[index].1.to_owned(), move || relations()[index].1))
        .collect();
    let quality_choices: Vec<Choice<By>> = qualities
        .iter()
        .map(|by| {
            let by = *by;
            Choice::new(by, move || words::by_word(i18n, by))
        })
        .collect();
    let several_qualities = quality_choices.len() > 1;
    let manner_choices: Vec<Choice<How>> = manners
        .iter()
        .map(|how| {
            let how = *how;
            Choice::new(how, move || word(i18n, how)).glyph(glyph(how))
        })
        .collect();

    let save = move |manner: ConsentManner| {
        let Some(by) = untrack(by) else { return };
        let command = Command::Consent {
            act,
            by: words::consent_by(by),
            name: Some(name.get_untracked()),
            relation: Some(relation.get_untracked()),
            manner,
        };
        link.write(vec![command], move || {
            form.done();
            // More may be needed: the overview says so, or the way goes on by itself.
            let open = link.glance(|round, common| {
                let nurse = untrack(|| link.account());
                let answered = perron_domain::door::answer(round, common, act, nurse, link.now_once());
                answered.is_some_and(|(case, _)| {
                    perron_domain::door::consents_needed(round, common, &case).iter().any(|need| !need.met)
                })
            });
            if open { back.run(()) } else { door.done.run(()) }
        });
    };
    let press = move |()| match untrack(how) {
        Some(How::Phone) => {
            let at = untrack(|| hour.read_or_now());
            hour_wrong.set(at.is_none().then(|| t_string!(i18n, visit.hour_wrong).to_owned()));
            let Some(at) = at else { return };
            save(ConsentManner::PhoneWitnessed {
                number: number.get_untracked(),
                at,
                witness: witness.get_untracked(),
            });
        }
        Some(How::CannotSign) => {
            let witness = witness.get_untracked();
            save(ConsentManner::CannotSign { witness: (!witness.trim().is_empty()).then_some(witness) });
        }
        Some(How::Written) => save(ConsentManner::Paper),
        Some(How::Present | How::Attestation) => signing.set(true),
        Some(How::Oral) | None => {}
    };
    // A name that looks unfinished is asked about: what is signed names whoever signs.
    let whole = WholeName::of(form, move || match how() {
        _ if own() => Vec::new(),
        Some(How::Attestation) => vec![name.get(), present.get()],
        Some(How::Phone | How::CannotSign) => vec![name.get(), witness.get()],
        _ => vec![name.get()],
    });
    let missing = move || {
        if own() {
            return None;
        }
        if name.with(|name| name.trim().is_empty()) {
            return Some(t_string!(i18n, visit.name_missing).to_owned());
        }
        if parent() && relation.with(|relation| relation.trim().is_empty()) {
            return Some(t_string!(i18n, visit.relation_missing).to_owned());
        }
        if how() == Some(How::Phone)
            && (number.with(|text| text.trim().is_empty()) || witness.with(|text| text.trim().is_empty()))
        {
            return Some(t_string!(i18n, visit.phone_missing).to_owned());
        }
        if how() == Some(How::Attestation) && present.with(|text| text.trim().is_empty()) {
            return Some(t_string!(i18n, visit.present_missing).to_owned());
        }
        if whole.waits() {
            return Some(t_string!(i18n, visit.name_unfinished).to_owned());
        }
        None
    };
    let signer = Signal::derive(move || {
        if how() == Some(How::Attestation) {
            present.get()
        } else if own() {
            record.display_name()
        } else {
            name.get()
        }
    });
    let text = move || {
        let (person, wish, on) = link.both(|round, common| {
            let on = link.today();
            let person = round.people.get(&door.person).map(|visit| visit.record.display_name()).unwrap_or_default();
            let wish =
                round.acts.get(&act).map(|act| words::product_name(common, &act.wish.product, on)).unwrap_or_default();
            (person, wish, words::day(i18n, on))
        });
        if how() == Some(How::Attestation) {
            t_string!(
                i18n,
                visit.attestation_text,
                present = present.get(),
                absent = name.get(),
                person = person,
                product = wish,
                day = on
            )
        } else if own() {
            t_string!(i18n, visit.own_text, person = person, product = wish, day = on)
        } else {
            t_string!(
                i18n,
                visit.consent_text,
                who = name.get(),
                capacity = capacity(i18n, by(), &relation.get()),
                person = person,
                product = wish,
                day = on
            )
        }
    };
    let label = move || match how() {
        Some(How::Present | How::Attestation) => t_string!(i18n, visit.hand_over),
        _ => t_string!(i18n, visit.record_consent),
    };
    view! {
        <Show
            when=move || signing.get()
            fallback={
                let quality_choices = quality_choices.clone();
                let relation_choices = relation_choices.clone();
                let manner_choices = manner_choices.clone();
                move || {
                    let quality_choices = quality_choices.clone();
                    let relation_choices = relation_choices.clone();
                    let manner_choices = manner_choices.clone();
                    view! {
                        <Card>
                            <div class="stack">
                                <Show when=move || !own()>
                                    <TextField
                                        label=label!(i18n, visit.holder_name)
                                        value=name
                                        testid="consent-name"
                                    />
                                </Show>
                                <Show when=parent>
                                    <ChoiceRow
                                        legend=label!(i18n, visit.field_relation)
                                        choices=relation_choices.clone()
                                        value=Signal::derive(move || Some(relation.get()))
                                        on_change=move |chosen| relation.set(chosen)
                                        quiet_legend=true
                                        testid="consent-relation"
                                    />
                                </Show>
                                <ChoiceRow
                                    legend=label!(i18n, visit.how)
                                    choices=manner_choices
                                    value=Signal::derive(how)
                                    on_change=move |how| how_text.set(key(how).to_owned())
                                    quiet_legend=true
                                    testid="consent-how"
                                />
                                <Show when=move || how() == Some(How::Phone)>
                                    <div class="pair">
                                        <TextField
                                            label=label!(i18n, visit.field_phone_called)
                                            value=number
                                            keys=Keys::Phone
                                            testid="consent-number"
                                        />
                                        <HourField
                                            label=label!(i18n, visit.hour)
                                            hour=hour
                                            error=hour_wrong
                                            testid="consent-hour"
                                        />
                                    </div>
                                    <Show when=move || on_file.with_value(Option::is_some) && number.with(|typed| typed.trim().is_empty())>
                                        <Button
                                            label=move || {
                                                let number = on_file.get_value().unwrap_or_default();
                                                t_string!(i18n, visit.phone_on_file, number = number)
                                            }
                                            icon=Glyph::Phone
                                            on_press=move |()| number.set(on_file.get_value().unwrap_or_default())
                                            testid="consent-number-on-file"
                                        />
                                    </Show>
                                </Show>
                                <Show when=move || matches!(how(), Some(How::Phone | How::CannotSign))>
                                    <TextField
                                        label=label!(i18n, visit.field_witness)
                                        value=witness
                                        testid="consent-witness"
                                    />
                                </Show>
                                <Show when=move || how() == Some(How::Attestation)>
                                    <TextField
                                        label=label!(i18n, visit.present_parent)
                                        value=present
                                        testid="consent-present"
                                    />
                                </Show>
                                <WholeNameTick name=whole />
                                {several_qualities
                                    .then(|| {
                                        view! {
                                            // Chosen before the manner is: fields of an absent parent need the room.
                                            <div hidden=move || matches!(how(), Some(How::Phone | How::Attestation))>
                                            <Fold summary=Signal::derive(quality)>
                                                <ChoiceRow
                                                    legend=label!(i18n, visit.quality)
                                                    quiet_legend=true
                                                    choices=quality_choices
                                                    value=Signal::derive(by)
                                                    on_change=move |by| by_text.set(by_key(by).to_owned())
                                                    testid="consent-by"
                                                />
                                            </Fold>
                                            </div>
                                        }
                                    })}
                            </div>
                        </Card>
                        <Problem link=link />
                        <MainAction
                            label=label
                            icon=Glyph::Hands
                            busy=link.busy
                            disabled=Signal::derive(move || missing().is_some())
                            hint=missing
                            on_press=press
                            testid="consent-save"
                        >
                            <Button
                                label=label!(i18n, common.cancel)
                                weight=Weight::Quiet
                                on_press=back
                                testid="consent-cancel"
                            />
                        </MainAction>
                    }
                }
            }
        >
            <PatientMode
                text=Signal::derive(text)
                who=signer
                kept=strokes
                busy=link.busy
                on_signed=Callback::new(move |strokes| {
                    if untrack(how) == Some(How::Attestation) {
                        save(ConsentManner::Attested { strokes });
                    } else {
                        save(ConsentManner::Signed { strokes });
                    }
                })
                on_back=Callback::new(move |()| {
                    // Given back without a signature: what was drawn is nobody's.
                    strokes.set(String::new());
                    signing.set(false);
                })
            />
            <Problem link=link />
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::joint;

    #[test]
    fn another_holder_is_a_holder_of_what_the_quality_says() {
        let quality = "titulaire de l’autorité parentale";
        assert_eq!(joint("autre titulaire", quality), Some("autre "));
        assert_eq!(joint("mère", quality), None);
    }
}
