//! Letting tablets in: codes handed out at the desk, typed on the tablet, used up by its first push.

use super::Hub;
use super::commands::CommandError;
use super::found::enrolled_as;
use super::trust::bound;
use crate::clock;
use crate::enrol_code::EnrolCode;
use crate::store::Claim;
use ed25519_dalek::VerifyingKey;
use perron_domain::CommonCommand;
use perron_domain::fact::{AccountNo, DeviceRetired, RoundAssigned};
use perron_domain::name::DeviceId;
use perron_domain::time::Wall;
use perron_ledger::StoreError;
use perron_ledger::identity::DeviceKey;
use perron_ledger::store::Epoch;
use perron_ledger::sync::{Code, Enrol, EnrolAnswer, Failure};
use serde::Serialize;
use std::sync::PoisonError;
use utoipa::ToSchema;

/// How long a code lets somebody in: one working day, made in the morning for the tablets of the day.
const CODE_MINUTES: i64 = 12 * 60;

/// How many wrong codes may be typed in [`ATTEMPTS_MS`], over all tablets.
const ATTEMPTS: usize = 10;
const ATTEMPTS_MS: i64 = 10 * 60_000;

/// The longest name of a tablet, in characters.
const LABEL: usize = 60;

/// A code to hand to whoever holds the tablet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EnrolmentCode {
    /// As it is read out and typed: `ABCD-EFGH`.
    pub code: String,
    /// What the relay calls the tablet.
    pub label: String,
    /// Until when it lets somebody in, in milliseconds since 1970.
    pub expires_ms: i64,
    /// The number of the tablet that used it up, if one did.
    pub used_by: Option<u32>,
}

/// A tablet as the desk sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Tablet {
    /// Its device number.
    pub device: u32,
    /// What the relay calls it.
    pub label: String,
    /// Why it may not write any more.
    pub retired: Option<String>,
    /// When it was let in, in milliseconds since 1970.
    pub enrolled_ms: Option<i64>,
    /// Its last authenticated request, in milliseconds since 1970.
    pub seen_ms: Option<i64>,
    /// How far its clock was ahead of the hub's then, in milliseconds; negative when behind.
    pub clock_ahead_ms: Option<i64>,
}

impl Hub {
    /// Makes a code for a tablet that the relay will call `label`.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    pub async fn new_code(&self, label: &str, author: AccountNo) -> Result<EnrolmentCode, StoreError> {
        let code = EnrolCode::draw().ok_or_else(|| StoreError::Failed("no randomness for a code".to_owned()))?;
        let now = clock::now();
        let expires = now.plus_minutes(CODE_MINUTES);
        let label = shortened(label);
        self.store.add_code(&code, &label, author.0, now, expires).await?;
        Ok(EnrolmentCode { code: code.to_string(), label, expires_ms: expires.0, used_by: None })
    }

    /// Returns the codes made so far, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn codes(&self) -> Result<Vec<EnrolmentCode>, StoreError> {
        let shown = |code: String| code.parse::<EnrolCode>().map_or(code, |code| code.to_string());
        let rows = self.store.codes().await?.into_iter();
        Ok(rows
            .map(|row| EnrolmentCode {
                code: shown(row.code),
                label: row.label,
                expires_ms: row.expires_ms,
                used_by: row.used_by,
            })
            .collect())
    }

    /// Returns the relay's tablets by device number, the hub's own device left out.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn tablets(&self) -> Result<Vec<Tablet>, StoreError> {
        let rows = self.store.devices().await?;
        let known = self.read(|cache| cache.common.devices.clone());
        let tablets = known.into_iter().filter(|(device, _)| !device.is_hub()).map(|(device, known)| {
            let row = rows.iter().find(|row| row.number == device.0);
            let met = self.met(device);
            Tablet {
                device: device.0,
                label: known.label,
                retired: known.retired,
                enrolled_ms: row.map(|row| row.enrolled_ms),
                seen_ms: met.map(|met| met.at.0).or(row.and_then(|row| row.seen_ms)),
                clock_ahead_ms: met.map(|met| met.clock_ahead_ms),
            }
        });
        Ok(tablets.collect())
    }

    /// Lets a tablet in by the code that was typed on it.
    pub(crate) async fn enrol(&self, request: &Enrol) -> Result<EnrolAnswer, Failure> {
        let key = request.verify()?;
        let now = clock::now();
        self.may_try(now)?;
        let Ok(code) = request.code.parse::<EnrolCode>() else { return Err(self.wrong(now)) };
        let claim = self.store.claim_code(&code, &request.public_key, now).await.map_err(unavailable)?;
        let (device, label) = match claim {
            Claim::Granted { device, label, .. } => (device, label),
            Claim::Unknown => return Err(self.wrong(now)),
            Claim::Expired => return Err(Code::CodeExpired.into()),
            Claim::Used => return Err(Code::CodeUsed.into()),
        };
        let label = if label.is_empty() { shortened(&request.label) } else { label };
        let device = self.bind(device, &key, label).await.map_err(unavailable)?;
        self.hand_over_demo(device.device).await.map_err(unavailable)?;
        let hub = DeviceKey::bind(self.relay, DeviceId::HUB, &self.keys.hub.verifying_key(), &self.keys.relay);
        let relay_key = self.keys.relay.verifying_key().to_bytes();
        let epoch: Epoch = self.epoch;
        Ok(EnrolAnswer { relay: self.relay.0, relay_key, device, hub, epoch })
    }

    /// Gives a new tablet of a demonstration every round, so that one can set out at once. Elsewhere the desk does it.
    async fn hand_over_demo(&self, device: DeviceId) -> Result<(), CommandError> {
        let _writing = self.writing().await;
        let rounds: Vec<RoundAssigned> = self.read(|cache| {
            let demo = cache.common.relay.as_ref().is_some_and(|relay| relay.demo);
            let rounds = cache.common.rounds.values().filter(|round| demo && !round.devices.contains(&device));
            rounds.cloned().collect()
        });
        for mut round in rounds {
            round.devices.push(device);
            self.common_command_under_lock(AccountNo(0), CommonCommand::AssignRound(round)).await?;
        }
        Ok(())
    }

    /// Binds a number to a key by a fact, unless the fact is there already, and returns the binding.
    async fn bind(&self, device: DeviceId, key: &VerifyingKey, label: String) -> Result<DeviceKey, CommandError> {
        let _writing = self.writing().await;
        self.bind_under_lock(device, key, label).await
    }

    /// As [`Hub::bind`], for whoever holds the writing lock already.
    pub(crate) async fn bind_under_lock(
        &self,
        device: DeviceId,
        key: &VerifyingKey,
        label: String,
    ) -> Result<DeviceKey, CommandError> {
        let there = self.read(|cache| cache.common.devices.get(&device).and_then(|known| bound(device, known)));
        if let Some(there) = there {
            return Ok(there);
        }
        let bound = DeviceKey::bind(self.relay, device, key, &self.keys.relay);
        self.common_command_under_lock(AccountNo(0), CommonCommand::EnrolDevice(enrolled_as(&bound, label))).await?;
        Ok(bound)
    }

    /// Returns what the relay calls a device; its number when it does not know it.
    pub(crate) fn label(&self, device: DeviceId) -> String {
        let label = self.read(|cache| cache.common.devices.get(&device).map(|known| known.label.clone()));
        label.unwrap_or_else(|| device.0.to_string())
    }

    /// Uses up the code that let a device in, at its first push; other devices of the same code are shut out by a fact.
    pub(crate) async fn settle_code(&self, device: DeviceId) -> Result<(), Failure> {
        if self.let_in.lock().unwrap_or_else(PoisonError::into_inner).contains(&device) {
            return Ok(());
        }
        let settled = self.store.use_up_code(device, clock::now()).await.map_err(unavailable)?;
        if !settled.is_first {
            return Err(Code::CodeUsed.into());
        }
        for other in settled.others {
            let open = self.read(|cache| cache.common.devices.get(&other).is_some_and(|known| known.retired.is_none()));
            if open {
                let reason = "Le code d’inscription a été utilisé par une autre tablette.".to_owned();
                let retire = CommonCommand::RetireDevice(DeviceRetired { device: other, reason });
                self.common_command(AccountNo(0), retire).await.map_err(unavailable)?;
            }
        }
        self.let_in.lock().unwrap_or_else(PoisonError::into_inner).insert(device);
        Ok(())
    }

    /// Refuses when too many wrong codes were typed lately.
    fn may_try(&self, now: Wall) -> Result<(), Failure> {
        let mut wrong = self.wrong_codes.lock().unwrap_or_else(PoisonError::into_inner);
        while wrong.front().is_some_and(|first| now.since(*first) > ATTEMPTS_MS) {
            wrong.pop_front();
        }
        let Some(first) = wrong.front().filter(|_| wrong.len() >= ATTEMPTS) else { return Ok(()) };
        let seconds = u32::try_from((ATTEMPTS_MS - now.since(*first)) / 1000 + 1).unwrap_or(1);
        Err(Failure { after_seconds: Some(seconds), ..Code::TooManyAttempts.into() })
    }

    fn wrong(&self, now: Wall) -> Failure {
        self.wrong_codes.lock().unwrap_or_else(PoisonError::into_inner).push_back(now);
        Code::CodeUnknown.into()
    }
}

/// Logs what failed inside; the tablet tries again later.
pub(crate) fn unavailable(error: impl std::fmt::Display) -> Failure {
    tracing::error!(%error, "a tablet was not served");
    Failure { after_seconds: Some(5), ..Code::Unavailable.into() }
}

fn shortened(label: &str) -> String {
    label.trim().chars().filter(|c| !c.is_control()).take(LABEL).collect()
}
