//! Whom a fact is about.

use super::Body;
use crate::name::FactRef;

impl Body {
    /// Returns the dossier or the act that a fact of a visit is about; none for what is about nobody, and for the facts
    /// that begin a dossier themselves or stand for another fact.
    ///
    /// Every kind is named, so that a new one cannot be forgotten.
    #[must_use]
    pub fn subject(&self) -> Option<FactRef> {
        match self {
            Self::ActPlanned(one) => Some(one.person),
            Self::ActChanged(one) => Some(one.act),
            Self::IdentityChecked(one) => Some(one.person),
            Self::IdentityCorrected(one) => Some(one.person),
            Self::ScreeningAnswered(one) => Some(one.act),
            Self::ConsentGiven(one) => Some(one.act),
            Self::ObjectionRaised(one) => Some(one.act),
            Self::PrescriptionSeen(one) => Some(one.act),
            Self::PhysicianDecided(one) => Some(one.act),
            Self::NurseJudged(one) => Some(one.act),
            Self::AnswerRecorded(one) => Some(one.act),
            Self::DoseGiven(one) => Some(one.person),
            Self::ObservationEnded(one) => Some(one.person),
            Self::IncidentReported(one) => one.person,
            Self::TraceabilityDone(one) => Some(one.person),
            Self::CertificateGiven(one) => Some(one.person),
            Self::NextDateGiven(one) => Some(one.person),
            Self::SatisfactionGiven(one) => Some(one.person),
            Self::OutcomeRecorded(one) => Some(one.person),
            Self::PersonAdded(_) | Self::DossierAdded(_) | Self::WaitingListed(_) | Self::Corrected(_) => None,
            Self::RelayCreated(_)
            | Self::DeviceEnrolled(_)
            | Self::DeviceRetired(_)
            | Self::AccountAdded(_)
            | Self::DirectivePublished(_)
            | Self::DirectiveConfirmed(_)
            | Self::LotReceived(_)
            | Self::LotIsolated(_)
            | Self::LotReleased(_)
            | Self::ProtocolSigned(_)
            | Self::RoundAssigned(_)
            | Self::NoticePublished(_)
            | Self::OnCallNamed(_)
            | Self::RoundPlanned(_)
            | Self::StopPlanned(_)
            | Self::StopsOrdered(_)
            | Self::RoundPublished(_)
            | Self::RoundCancelled(_)
            | Self::KitChecked(_)
            | Self::Departed(_)
            | Self::VacationStarted(_)
            | Self::VacationEnded(_)
            | Self::DosesLoaded(_)
            | Self::VialOpened(_)
            | Self::VialDrawn(_)
            | Self::DosesWasted(_)
            | Self::DosesCeded(_)
            | Self::DosesReturned(_)
            | Self::Arrived(_)
            | Self::TemperatureRead(_)
            | Self::IsolationDecided(_)
            | Self::ContainerOpened(_)
            | Self::WasteTallied(_)
            | Self::ContainerFilled(_)
            | Self::ContainerClosed(_)
            | Self::ContainerHandedOver(_)
            | Self::DifficultyReported(_)
            | Self::TeamSatisfaction(_)
            | Self::RoundClosed(_)
            | Self::EntriesCounted(_)
            | Self::GapExplained(_)
            | Self::NoticeRead(_)
            | Self::Erasure(_)
            | Self::QuarantineDecided(_)
            | Self::ChainForked(_)
            | Self::ChainTaken(_)
            | Self::ClockJumped(_)
            | Self::Erased
            | Self::Unknown { .. } => None,
        }
    }
}
