//! Why something was refused, in plain words, at a door and at the desk alike.

use perron_domain::{
    refusal::{Field, Needing, Refusal},
    time::Wall,
    zone::Zone,
};

use super::{answer_of, day, item_word, kit_word, minute, role_word};
use crate::{
    components::fr,
    i18n::{I18n, t_string},
    lot_questions,
};

/// Returns a refusal in plain words; `zone` is where its hours are, `name` names a product by its code.
#[must_use]
pub fn refusal(i18n: I18n, zone: Zone, name: impl Fn(&str) -> String, refusal: &Refusal) -> String {
    let hour = |at: Wall| minute(i18n, zone.minute(at));
    match refusal {
        Refusal::Unknown { .. } => t_string!(i18n, visit.refusal_unknown).to_owned(),
        Refusal::UnknownAccount => t_string!(i18n, visit.refusal_unknown_account).to_owned(),
        Refusal::UnknownProduct { product } => {
            t_string!(i18n, visit.refusal_unknown_product, product = product.clone())
        }
        Refusal::Empty { field } => t_string!(i18n, visit.refusal_empty, field = field_word(i18n, *field)),
        Refusal::ReasonNeeded { what } => match what {
            Needing::Observation => t_string!(i18n, visit.refusal_reason_observation).to_owned(),
            Needing::Temperature => t_string!(i18n, visit.refusal_reason_temperature).to_owned(),
            Needing::Drawn => t_string!(i18n, visit.refusal_reason_drawn).to_owned(),
            Needing::TakenDose => t_string!(i18n, visit.refusal_reason_taken).to_owned(),
            Needing::NotDue | Needing::Contradiction | Needing::Withdrawal => {
                t_string!(i18n, visit.refusal_reason).to_owned()
            }
        },
        Refusal::OutOfRange { field: Field::Lot, max, .. } => t_string!(i18n, visit.refusal_lot_long, max = *max),
        Refusal::OutOfRange { field, min, max } => {
            let (min, max) = (bound(i18n, *field, *min), bound(i18n, *field, *max));
            t_string!(i18n, visit.refusal_range, field = fr::capital(field_word(i18n, *field)), min = min, max = max)
        }
        Refusal::ImpossibleBirth => t_string!(i18n, visit.refusal_birth).to_owned(),
        Refusal::EndsBeforeItBegan => t_string!(i18n, visit.refusal_crossed).to_owned(),
        Refusal::InTheFuture => t_string!(i18n, visit.refusal_future).to_owned(),
        Refusal::LastCoordinator => t_string!(i18n, visit.refusal_last_coordinator).to_owned(),
        Refusal::NotAName { field } => {
            t_string!(i18n, visit.refusal_name, field = fr::capital(field_word(i18n, *field)))
        }
        Refusal::NotAPhone => t_string!(i18n, visit.refusal_phone).to_owned(),
        Refusal::NotRpps => t_string!(i18n, visit.refusal_rpps).to_owned(),
        Refusal::LotExpired { lot, expiry } => {
            t_string!(i18n, visit.refusal_lot_expired, lot = lot.clone(), day = day(i18n, *expiry))
        }
        Refusal::LotIsolated { lot, reason } => {
            t_string!(i18n, visit.refusal_lot_isolated, lot = lot.clone(), reason = reason.clone())
        }
        Refusal::LotDoubtful { doubts, .. } => {
            let asked: Vec<String> = doubts.iter().map(|doubt| lot_questions::question(i18n, doubt, &name)).collect();
            asked.join(" ")
        }
        Refusal::NotTakeable { product } => t_string!(i18n, visit.refusal_not_takeable, product = name(product)),
        Refusal::SetApart => t_string!(i18n, visit.refusal_set_apart).to_owned(),
        Refusal::NotSetApart => t_string!(i18n, visit.refusal_not_set_apart).to_owned(),
        Refusal::AlreadyAnswered => t_string!(i18n, visit.refusal_answered).to_owned(),
        Refusal::RoleNeeded { role } => t_string!(i18n, visit.refusal_role, role = role_word(i18n, *role)),
        Refusal::PastUseBy { use_by } => t_string!(i18n, visit.refusal_use_by, hour = hour(*use_by)),
        Refusal::NotReadyYet { ready_at } => {
            t_string!(i18n, visit.refusal_not_ready, hour = hour(*ready_at))
        }
        Refusal::KeepsShorter { latest } => t_string!(i18n, visit.refusal_keeps, hour = hour(*latest)),
        Refusal::NotEnough { left } => t_string!(i18n, visit.refusal_not_enough, left = (*left).max(0)),
        Refusal::NotInCustody => t_string!(i18n, visit.refusal_custody).to_owned(),
        Refusal::OwnCustody => t_string!(i18n, visit.refusal_own_custody).to_owned(),
        Refusal::NothingToTake => t_string!(i18n, visit.refusal_nothing_to_take).to_owned(),
        Refusal::AlreadyTaken { by } => t_string!(i18n, visit.refusal_already_taken, number = by.0),
        Refusal::NoFreeDose => t_string!(i18n, visit.refusal_no_free_dose).to_owned(),
        Refusal::WrongForm => t_string!(i18n, visit.refusal_form).to_owned(),
        Refusal::CannotReturn => t_string!(i18n, visit.refusal_return).to_owned(),
        Refusal::ColdChainBroken => t_string!(i18n, visit.refusal_cold_chain).to_owned(),
        Refusal::AnswerForbids { outcome } => {
            t_string!(i18n, visit.refusal_answer, answer = answer_of(*outcome).word(i18n))
        }
        Refusal::QuestionsPending { codes } => t_string!(i18n, visit.refusal_questions, count = codes.len()),
        Refusal::HistoryPending { items } => {
            let names: Vec<String> = items.iter().map(|item| item_word(i18n, *item)).collect();
            t_string!(i18n, visit.refusal_history, items = names.join(", "))
        }
        Refusal::SameFamily => t_string!(i18n, visit.refusal_same_family).to_owned(),
        Refusal::ImpossiblePast => t_string!(i18n, visit.refusal_past).to_owned(),
        Refusal::DecisionOver => t_string!(i18n, visit.refusal_decision_over).to_owned(),
        Refusal::JudgementNeeded => t_string!(i18n, visit.refusal_judgement).to_owned(),
        Refusal::IdentityNeeded => t_string!(i18n, visit.refusal_identity).to_owned(),
        Refusal::OtherProduct => t_string!(i18n, visit.refusal_other_product).to_owned(),
        Refusal::AgreedAlready { name, relation } => {
            let relation = relation.to_lowercase();
            t_string!(i18n, visit.refusal_agreed_already, name = name.clone(), relation = relation)
        }
        Refusal::AlreadyGiven => t_string!(i18n, visit.refusal_already_given).to_owned(),
        Refusal::NoDose => t_string!(i18n, visit.refusal_no_dose).to_owned(),
        Refusal::FollowsFromDose => t_string!(i18n, visit.refusal_follows).to_owned(),
        Refusal::TooManyPeople => t_string!(i18n, visit.refusal_people).to_owned(),
        Refusal::NotPublished => t_string!(i18n, visit.refusal_not_published).to_owned(),
        Refusal::Missing { items } => {
            let items: Vec<&str> = items.iter().map(|item| kit_word(i18n, *item)).collect();
            t_string!(i18n, visit.refusal_missing, items = items.join(", "))
        }
        Refusal::ContainerState => t_string!(i18n, visit.refusal_container).to_owned(),
        Refusal::Gaps { codes } => t_string!(i18n, visit.refusal_gaps, count = codes.len()),
        Refusal::UpdateNeeded { .. } => t_string!(i18n, visit.refusal_update).to_owned(),
        Refusal::RelaysOwn => t_string!(i18n, visit.refusal_relays_own).to_owned(),
        Refusal::CannotCorrect => t_string!(i18n, visit.refusal_correct).to_owned(),
        Refusal::RoundOver => t_string!(i18n, desk.ref_over).to_owned(),
        Refusal::TeamLeft => t_string!(i18n, desk.ref_left).to_owned(),
        Refusal::AlreadyBegun { name } => t_string!(i18n, desk.ref_begun, name = name.clone()),
        Refusal::NoSuchGap => t_string!(i18n, desk.ref_no_gap).to_owned(),
        Refusal::MustKeep => t_string!(i18n, desk.ref_keep).to_owned(),
        Refusal::StillPlanned => t_string!(i18n, desk.ref_planned).to_owned(),
        Refusal::NotYourLayer => t_string!(i18n, desk.ref_layer).to_owned(),
        Refusal::EffectInThePast { first } => t_string!(i18n, desk.ref_past, day = day(i18n, *first)),
        Refusal::LaterVersion { version, from } => {
            t_string!(i18n, desk.ref_later, version = version.clone(), day = day(i18n, *from))
        }
        Refusal::VersionOrder { last } => t_string!(i18n, desk.ref_order, last = last.clone()),
        Refusal::UnknownDirective { .. } => t_string!(i18n, desk.ref_directive).to_owned(),
    }
}

/// Returns the end of a range in the unit that a person reads: the domain counts in tenths and grams.
fn bound(i18n: I18n, field: Field, value: i64) -> String {
    let locale = i18n.get_locale();
    match field {
        Field::Temperature => fr::celsius(locale, i32::try_from(value).unwrap_or_default()),
        Field::Volume => format!("{}\u{a0}l", fr::number(locale, value, 1)),
        Field::Weight => format!("{}\u{a0}g", fr::number(locale, value, 0)),
        Field::Percent => format!("{value}\u{a0}%"),
        _ => fr::number(locale, value, 0),
    }
}

/// Returns the name of a field that a refusal speaks of.
fn field_word(i18n: I18n, field: Field) -> &'static str {
    match field {
        Field::Reason | Field::Explanation => t_string!(i18n, visit.field_reason),
        Field::Text => t_string!(i18n, visit.field_text),
        Field::Physician => t_string!(i18n, visit.field_physician),
        Field::Name => t_string!(i18n, visit.field_name),
        Field::Relation => t_string!(i18n, visit.field_relation),
        Field::Signature => t_string!(i18n, visit.signature),
        Field::Number | Field::Phone => t_string!(i18n, visit.field_phone),
        Field::Witness => t_string!(i18n, visit.field_witness),
        Field::BirthName => t_string!(i18n, visit.birth_name),
        Field::GivenNames => t_string!(i18n, visit.given_names),
        Field::UsedName => t_string!(i18n, visit.used_name),
        Field::Identity => t_string!(i18n, visit.step_identity),
        Field::Address => t_string!(i18n, visit.field_address),
        Field::Label | Field::Title => t_string!(i18n, visit.field_label),
        Field::Product => t_string!(i18n, visit.field_product),
        Field::Lot => t_string!(i18n, visit.field_lot),
        Field::Source | Field::Sources => t_string!(i18n, visit.field_source),
        Field::Diluted => t_string!(i18n, visit.field_diluted),
        Field::Answers => t_string!(i18n, visit.step_questions),
        Field::NextDate => t_string!(i18n, visit.field_next_date),
        Field::Satisfaction => t_string!(i18n, visit.satisfaction),
        Field::Temperature => t_string!(i18n, visit.field_temperature),
        Field::Drawn => t_string!(i18n, visit.field_drawn),
        Field::Count | Field::Doses | Field::DosesPerUnit | Field::Units | Field::Delta => {
            t_string!(i18n, visit.field_count)
        }
        Field::Percent => t_string!(i18n, visit.field_percent),
        Field::Volume => t_string!(i18n, visit.field_volume),
        Field::Weight => t_string!(i18n, visit.field_weight),
        Field::To => t_string!(i18n, visit.field_to),
        Field::PreparedBy | Field::Preparation => t_string!(i18n, visit.field_prepared_by),
        Field::SignedBy => t_string!(i18n, visit.field_signed_by),
        Field::DecidedBy => t_string!(i18n, visit.field_decided_by),
        Field::History | Field::Kit => t_string!(i18n, visit.field_other),
    }
}
