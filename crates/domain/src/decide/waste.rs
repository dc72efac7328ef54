//! Decisions about clinical waste (R33–R36).

use super::{Desk, filled, within};
use crate::fact::{
    Body, ContainerClosed, ContainerFilled, ContainerHandedOver, ContainerKind, ContainerOpened, WasteStream,
    WasteTallied,
};
use crate::name::FactName;
use crate::refusal::{Field, Refusal};

impl Desk<'_> {
    pub(super) fn open_container(&self, kind: ContainerKind, volume_dl: u16) -> Result<Vec<Body>, Refusal> {
        within(Field::Volume, i64::from(volume_dl), 1, 10_000)?;
        Ok(vec![ContainerOpened { kind, volume_dl, at: self.context.now }.into()])
    }

    pub(super) fn tally(&self, stream: WasteStream, delta: i16) -> Result<Vec<Body>, Refusal> {
        within(Field::Delta, i64::from(delta), -200, 200)?;
        if self.round.tally(stream).total() + i32::from(delta) < 0 {
            return Err(Refusal::NotEnough { left: self.round.tally(stream).total() });
        }
        Ok(vec![WasteTallied { stream, delta }.into()])
    }

    pub(super) fn fill(&self, container: FactName, percent: u8) -> Result<Vec<Body>, Refusal> {
        within(Field::Percent, i64::from(percent), 0, 100)?;
        if self.container(container)?.closed_at.is_some() {
            return Err(Refusal::ContainerState);
        }
        Ok(vec![ContainerFilled { container: self.reference(container), percent }.into()])
    }

    pub(super) fn close_container(&self, container: FactName) -> Result<Vec<Body>, Refusal> {
        if self.container(container)?.closed_at.is_some() {
            return Err(Refusal::ContainerState);
        }
        Ok(vec![ContainerClosed { container: self.reference(container), at: self.context.now }.into()])
    }

    pub(super) fn hand_over(&self, container: FactName, grams: u32, to: String) -> Result<Vec<Body>, Refusal> {
        let known = self.container(container)?;
        if known.closed_at.is_none() || known.handed_over.is_some() {
            return Err(Refusal::ContainerState);
        }
        within(Field::Weight, i64::from(grams), 1, 100_000)?;
        let (to, at) = (filled(&to, Field::To)?, self.context.now);
        Ok(vec![ContainerHandedOver { container: self.reference(container), grams, to, at }.into()])
    }
}
