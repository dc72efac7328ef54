//! What the domain says in codes, as a person reads it.

use perron_domain::{
    fact::{
        AdministrationError, ConsentManner, IdentityMeans, IncidentKind, KitItem, Outcome, Role, Site, Traceability,
    },
    people::{LIVE, Sex},
    rules::{self, By, Family, Item, Trait},
};

use crate::{
    components::{Answer, Tone},
    i18n::{I18n, t_string},
};

/// Returns what a list of what happened before is about: a family's code, live vaccines, or infections.
#[must_use]
pub fn item_of_list(list: &str) -> Item {
    let family = Family::ALL.into_iter().find(|family| family.code() == list).map(Item::Doses);
    family.unwrap_or(if list == LIVE { Item::Live } else { Item::Infections })
}

/// Returns what of a person's past or state is meant.
#[must_use]
pub fn item_word(i18n: I18n, item: Item) -> String {
    match item {
        Item::Doses(family) => t_string!(i18n, visit.item_doses, family = family_word(i18n, family)),
        Item::Live => t_string!(i18n, visit.item_live).to_owned(),
        Item::Infections => t_string!(i18n, visit.item_infections).to_owned(),
        Item::Trait(one) => trait_word(i18n, one).to_owned(),
    }
}

/// Returns in which quality somebody agrees.
#[must_use]
pub fn by_word(i18n: I18n, by: By) -> &'static str {
    match by {
        By::Person => t_string!(i18n, visit.by_person),
        By::Parent => t_string!(i18n, visit.by_parent),
        By::SoleParent => t_string!(i18n, visit.by_sole_parent),
        By::Guardian => t_string!(i18n, visit.by_guardian),
        By::Judge => t_string!(i18n, visit.by_judge),
        By::Representative => t_string!(i18n, visit.by_representative),
    }
}

/// Returns somebody by her quality, as the subject of a sentence.
#[must_use]
pub fn who_word(i18n: I18n, by: By) -> &'static str {
    match by {
        By::Person => t_string!(i18n, visit.the_person),
        other => by_word(i18n, other),
    }
}

/// Returns how an agreement was given.
#[must_use]
pub fn manner_word(i18n: I18n, manner: &ConsentManner) -> &'static str {
    match manner {
        ConsentManner::Oral => t_string!(i18n, visit.manner_oral),
        ConsentManner::Signed { .. } => t_string!(i18n, visit.manner_signed),
        ConsentManner::PhoneWitnessed { .. } => t_string!(i18n, visit.manner_phone),
        ConsentManner::Attested { .. } => t_string!(i18n, visit.manner_attested),
        ConsentManner::CannotSign { .. } => t_string!(i18n, visit.manner_cannot_sign),
        ConsentManner::Paper => t_string!(i18n, visit.manner_paper),
    }
}

/// Returns how an identity was checked.
#[must_use]
pub fn identity_word(i18n: I18n, means: IdentityMeans) -> &'static str {
    match means {
        IdentityMeans::PaperSeen => t_string!(i18n, visit.identity_paper),
        IdentityMeans::Declared => t_string!(i18n, visit.identity_declared),
        IdentityMeans::ThirdParty => t_string!(i18n, visit.identity_third),
        IdentityMeans::Discordant => t_string!(i18n, visit.identity_discordant),
    }
}

/// Returns where a dose goes.
#[must_use]
pub fn site_word(i18n: I18n, site: Site) -> &'static str {
    match site {
        Site::LeftArm => t_string!(i18n, visit.left_arm),
        Site::RightArm => t_string!(i18n, visit.right_arm),
        Site::LeftThigh => t_string!(i18n, visit.left_thigh),
        Site::RightThigh => t_string!(i18n, visit.right_thigh),
    }
}

/// Returns how a visit ended.
#[must_use]
pub fn outcome_text(i18n: I18n, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Vaccinated => t_string!(i18n, visit.outcome_vaccinated),
        Outcome::Refused => t_string!(i18n, visit.outcome_refused),
        Outcome::Absent => t_string!(i18n, visit.outcome_absent),
        Outcome::Postponed => t_string!(i18n, visit.outcome_postponed),
        Outcome::NotEligible => t_string!(i18n, visit.outcome_not_eligible),
        Outcome::Moved => t_string!(i18n, visit.outcome_moved),
        Outcome::Hospitalised => t_string!(i18n, visit.outcome_hospitalised),
        Outcome::Deceased => t_string!(i18n, visit.outcome_deceased),
        Outcome::VaccinatedElsewhere => t_string!(i18n, visit.outcome_elsewhere),
    }
}

/// Returns the tone of an outcome's pill.
#[must_use]
pub const fn outcome_tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Vaccinated | Outcome::VaccinatedElsewhere => Tone::Good,
        Outcome::Absent | Outcome::Postponed => Tone::Info,
        Outcome::Refused | Outcome::NotEligible => Tone::Warning,
        Outcome::Moved | Outcome::Hospitalised | Outcome::Deceased => Tone::Neutral,
    }
}

/// Returns what happened.
#[must_use]
pub fn incident_word(i18n: I18n, kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Reaction => t_string!(i18n, visit.incident_reaction),
        IncidentKind::Faint => t_string!(i18n, visit.incident_faint),
        IncidentKind::NeedleStick => t_string!(i18n, visit.incident_needle),
        IncidentKind::Emergency => t_string!(i18n, visit.incident_emergency),
        IncidentKind::Access => t_string!(i18n, visit.incident_access),
    }
}

/// Returns where a vaccination was entered.
#[must_use]
pub fn trace_word(i18n: I18n, means: Traceability) -> &'static str {
    match means {
        Traceability::VaccinCovid => t_string!(i18n, visit.trace_vaccin_covid),
        Traceability::Record => t_string!(i18n, visit.trace_record),
        Traceability::Certificate => t_string!(i18n, visit.trace_certificate),
        Traceability::Later => t_string!(i18n, visit.trace_later),
    }
}

/// Returns a sex.
#[must_use]
pub fn sex_word(i18n: I18n, sex: Sex) -> &'static str {
    match sex {
        Sex::Unknown => t_string!(i18n, visit.sex_unknown),
        Sex::Female => t_string!(i18n, visit.sex_female),
        Sex::Male => t_string!(i18n, visit.sex_male),
    }
}

/// Returns what went wrong with a dose, from the code that a fact holds.
#[must_use]
pub fn mistake_word(i18n: I18n, what: &str) -> &'static str {
    match what {
        "product" => t_string!(i18n, visit.mistake_product),
        "person" => t_string!(i18n, visit.mistake_person),
        "interval" => t_string!(i18n, visit.mistake_interval),
        "expired" => t_string!(i18n, visit.mistake_expired),
        AdministrationError::INCOMPLETE => t_string!(i18n, visit.mistake_incomplete),
        _ => t_string!(i18n, visit.mistake_other),
    }
}

/// Returns what is known of a person before the door.
#[must_use]
pub fn trait_word(i18n: I18n, one: Trait) -> &'static str {
    match one {
        Trait::AtRisk => t_string!(i18n, visit.trait_at_risk),
        Trait::VeryHighRisk => t_string!(i18n, visit.trait_very_high_risk),
        Trait::Immunocompromised => t_string!(i18n, visit.trait_immunocompromised),
        Trait::Pregnant => t_string!(i18n, visit.trait_pregnant),
        Trait::HealthWorker => t_string!(i18n, visit.trait_health_worker),
        Trait::Unable => t_string!(i18n, visit.trait_unable),
    }
}

/// Returns what a vaccine protects against.
#[must_use]
pub fn family_word(i18n: I18n, family: Family) -> &'static str {
    match family {
        Family::Covid => t_string!(i18n, visit.family_covid),
        Family::Influenza => t_string!(i18n, visit.family_influenza),
        Family::Pneumococcus => t_string!(i18n, visit.family_pneumococcus),
        Family::Shingles => t_string!(i18n, visit.family_shingles),
        Family::Rsv => t_string!(i18n, visit.family_rsv),
        Family::Mmr => t_string!(i18n, visit.family_mmr),
        Family::Other => t_string!(i18n, visit.family_other),
        Family::Dtp => t_string!(i18n, visit.family_dtp),
        Family::Hpv => t_string!(i18n, visit.family_hpv),
        Family::Meningococcus => t_string!(i18n, visit.family_meningococcus),
        Family::HepatitisB => t_string!(i18n, visit.family_hepatitis_b),
        Family::YellowFever => t_string!(i18n, visit.family_yellow_fever),
        Family::Varicella => t_string!(i18n, visit.family_varicella),
        Family::Bcg => t_string!(i18n, visit.family_bcg),
    }
}

/// Returns the name of an item that must be aboard.
#[must_use]
pub fn kit_word(i18n: I18n, item: KitItem) -> &'static str {
    match item {
        KitItem::EmergencyKit => t_string!(i18n, visit.kit_emergency),
        KitItem::Adrenaline => t_string!(i18n, visit.kit_adrenaline),
        KitItem::SignedProtocol => t_string!(i18n, visit.kit_protocol),
        KitItem::SharpsBox => t_string!(i18n, visit.kit_sharps),
        KitItem::YellowBags => t_string!(i18n, visit.kit_yellow),
        KitItem::ProtectiveEquipment => t_string!(i18n, visit.kit_protective),
        KitItem::OnCallNumber => t_string!(i18n, visit.kit_on_call),
        KitItem::Battery => t_string!(i18n, visit.kit_battery),
        KitItem::OfflineStorage => t_string!(i18n, visit.kit_storage),
        KitItem::BoxTemperature => t_string!(i18n, visit.kit_temperature),
        KitItem::Doses => t_string!(i18n, visit.kit_doses),
        KitItem::OrdinaryBag => t_string!(i18n, visit.kit_ordinary),
    }
}

/// Returns the word for what somebody does in the relay.
#[must_use]
pub fn role_word(i18n: I18n, role: Role) -> &'static str {
    match role {
        Role::Nurse => t_string!(i18n, desk.role_nurse),
        Role::Coordinator => t_string!(i18n, desk.role_coordinator),
        Role::Head => t_string!(i18n, desk.role_head),
        Role::Physician => t_string!(i18n, desk.role_physician),
        Role::Preparer => t_string!(i18n, desk.role_preparer),
    }
}

/// Returns the answer that a widget shows for the rules' outcome.
#[must_use]
pub const fn answer_of(outcome: rules::Outcome) -> Answer {
    match outcome {
        rules::Outcome::Contraindicated => Answer::Contraindicated,
        rules::Outcome::NotConcerned => Answer::NotConcerned,
        rules::Outcome::OtherProduct => Answer::OtherProduct,
        rules::Outcome::Deferred => Answer::Deferred,
        rules::Outcome::PrescriptionMissing => Answer::PrescriptionMissing,
        rules::Outcome::ConsentMissing => Answer::ConsentMissing,
        rules::Outcome::Judge => Answer::Judge,
        rules::Outcome::Eligible => Answer::Eligible,
    }
}
