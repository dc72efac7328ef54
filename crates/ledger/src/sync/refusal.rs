//! Why the other side said no: one number per reason, stable for ever, described in `docs/protocol.md`.

use minicbor::{Decode, Encode};

/// The reason of a refusal, of a whole request or of one batch of facts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Decode, thiserror::Error)]
#[cbor(index_only)]
pub enum Code {
    /// The body is not the CBOR message of this endpoint.
    #[n(1)]
    #[error("the body is not the CBOR message of this endpoint")]
    NotAMessage,
    /// The body, a batch or a fact is larger than the limit.
    #[n(2)]
    #[error("larger than the limit")]
    TooLarge,
    /// This client speaks a version that may still push but no longer pull.
    #[n(3)]
    #[error("this client is too old to receive: update it")]
    TooOld,
    /// The request is for another relay.
    #[n(4)]
    #[error("another relay")]
    OtherRelay,
    /// No such device was enrolled.
    #[n(5)]
    #[error("unknown device")]
    UnknownDevice,
    /// The device was enrolled and is blocked now (lost or stolen).
    #[n(6)]
    #[error("this device is blocked")]
    DeviceBlocked,
    /// The signature of the request or of the head is not the device's.
    #[n(7)]
    #[error("false signature")]
    FalseSignature,
    /// This device may not write into, or read, this scope.
    #[n(8)]
    #[error("this scope is not open to this device")]
    ScopeNotAllowed,
    /// The facts do not lead to the head that was signed.
    #[n(9)]
    #[error("the facts do not lead to the signed head")]
    BrokenHead,
    /// The chain exists with different content; see the fork in the answer.
    #[n(10)]
    #[error("the chain exists with different content")]
    Forked,
    /// Facts before these are missing; these wait.
    #[n(11)]
    #[error("facts before these are missing")]
    Hole,
    /// Too many batches of this chain wait behind a hole already.
    #[n(12)]
    #[error("too much waits behind a hole already")]
    TooMuchWaiting,
    /// The hub could not store just now; nothing was kept; try again later.
    #[n(13)]
    #[error("could not store just now")]
    Unavailable,
    /// The enrolment code is unknown.
    #[n(14)]
    #[error("unknown enrolment code")]
    CodeUnknown,
    /// The enrolment code is no longer valid.
    #[n(15)]
    #[error("the enrolment code is no longer valid")]
    CodeExpired,
    /// The enrolment code was used up by another device.
    #[n(16)]
    #[error("the enrolment code is used up")]
    CodeUsed,
    /// Too many attempts; wait.
    #[n(17)]
    #[error("too many attempts")]
    TooManyAttempts,
}

impl Code {
    /// Returns the number that stands for this reason in messages.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::NotAMessage => 1,
            Self::TooLarge => 2,
            Self::TooOld => 3,
            Self::OtherRelay => 4,
            Self::UnknownDevice => 5,
            Self::DeviceBlocked => 6,
            Self::FalseSignature => 7,
            Self::ScopeNotAllowed => 8,
            Self::BrokenHead => 9,
            Self::Forked => 10,
            Self::Hole => 11,
            Self::TooMuchWaiting => 12,
            Self::Unavailable => 13,
            Self::CodeUnknown => 14,
            Self::CodeExpired => 15,
            Self::CodeUsed => 16,
            Self::TooManyAttempts => 17,
        }
    }

    /// Returns the HTTP status of an answer that refuses the whole request for this reason.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::NotAMessage | Self::BrokenHead => 400,
            Self::UnknownDevice | Self::FalseSignature => 401,
            Self::DeviceBlocked | Self::ScopeNotAllowed => 403,
            Self::CodeUnknown => 404,
            Self::OtherRelay | Self::Forked | Self::Hole | Self::CodeUsed => 409,
            Self::CodeExpired => 410,
            Self::TooLarge => 413,
            Self::TooOld => 426,
            Self::TooManyAttempts | Self::TooMuchWaiting => 429,
            Self::Unavailable => 503,
        }
    }

    /// Says whether sending the same thing again later can help without anybody doing something.
    #[must_use]
    pub const fn is_passing(self) -> bool {
        matches!(self, Self::Hole | Self::TooMuchWaiting | Self::Unavailable | Self::TooManyAttempts)
    }
}

/// Every reason, in the order of the numbers.
pub const CODES: [Code; 17] = [
    Code::NotAMessage,
    Code::TooLarge,
    Code::TooOld,
    Code::OtherRelay,
    Code::UnknownDevice,
    Code::DeviceBlocked,
    Code::FalseSignature,
    Code::ScopeNotAllowed,
    Code::BrokenHead,
    Code::Forked,
    Code::Hole,
    Code::TooMuchWaiting,
    Code::Unavailable,
    Code::CodeUnknown,
    Code::CodeExpired,
    Code::CodeUsed,
    Code::TooManyAttempts,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_is_sent_as_its_number() {
        for (place, code) in (1u16..).zip(CODES) {
            assert_eq!(code.number(), place);
            let bytes = minicbor::to_vec(code).unwrap();
            assert_eq!(minicbor::decode::<u16>(&bytes).unwrap(), place);
            assert_eq!(minicbor::decode::<Code>(&bytes).unwrap(), code);
        }
    }
}
