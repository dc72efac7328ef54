//! Decisions about waste and the closing (R31–R36).

use super::{Desk, filled, optional, within};
use crate::closing;
use crate::fact::{
    AccountNo, Body, ContainerClosed, ContainerFilled, ContainerHandedOver, ContainerKind, ContainerOpened,
    DifficultyReported, EntriesCounted, Explained, GapExplained, NoticeRead, RoundClosed, TeamSatisfaction,
    WasteStream, WasteTallied,
};
use crate::name::FactName;
use crate::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn open_container(&self, kind: ContainerKind, volume_dl: u16) -> Result<Vec<Body>, Refusal> {
        within("volume", i64::from(volume_dl), 1, 10_000)?;
        Ok(vec![ContainerOpened { kind, volume_dl, at: self.context.now }.into()])
    }

    pub(super) fn tally(&self, stream: WasteStream, delta: i16) -> Result<Vec<Body>, Refusal> {
        within("delta", i64::from(delta), -200, 200)?;
        if self.round.tally(stream).total() + i32::from(delta) < 0 {
            return Err(Refusal::NotEnough { left: self.round.tally(stream).total() });
        }
        Ok(vec![WasteTallied { stream, delta }.into()])
    }

    pub(super) fn fill(&self, container: FactName, percent: u8) -> Result<Vec<Body>, Refusal> {
        within("percent", i64::from(percent), 0, 100)?;
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
        within("weight", i64::from(grams), 1, 100_000)?;
        let (to, at) = (filled(&to, "to")?, self.context.now);
        Ok(vec![ContainerHandedOver { container: self.reference(container), grams, to, at }.into()])
    }

    pub(super) fn report_difficulty(&self, text: String) -> Result<Vec<Body>, Refusal> {
        Ok(vec![DifficultyReported { text: filled(&text, "text")? }.into()])
    }

    pub(super) fn read_notice(&self, notice: FactName) -> Result<Vec<Body>, Refusal> {
        if !self.common.notices.contains_key(&notice) {
            return Err(Refusal::Unknown(notice));
        }
        if self.round.notices_read.contains_key(&notice) {
            return Ok(Vec::new());
        }
        Ok(vec![NoticeRead { device: notice.device, number: notice.number }.into()])
    }

    pub(super) fn team_satisfaction(&self, score: u8) -> Result<Vec<Body>, Refusal> {
        within("satisfaction", i64::from(score), 1, 5)?;
        Ok(vec![TeamSatisfaction { score }.into()])
    }

    pub(super) fn count_entries(
        &self,
        account: AccountNo,
        entered: u16,
        not_due: u16,
        reason: Option<String>,
    ) -> Result<Vec<Body>, Refusal> {
        self.account(account)?;
        let reason = optional(reason);
        if not_due > 0 && reason.is_none() {
            return Err(Refusal::ReasonNeeded { what: "not_due" });
        }
        Ok(vec![EntriesCounted { account, entered, not_due, reason }.into()])
    }

    pub(super) fn explain_gap(&self, gap: String, text: &str) -> Result<Vec<Body>, Refusal> {
        let text = filled(text, "explanation")?;
        let open = closing::gaps(self.round, self.common).into_iter().find(|one| one.code() == closing::folded(&gap));
        let open = open.filter(|one| self.round.closed_at.is_some() || one.is_heads()).ok_or(Refusal::NoSuchGap)?;
        Ok(vec![GapExplained { gap, text, figures: open.figures() }.into()])
    }

    pub(super) fn close_round(&self, explained: Vec<Explained>, with_gaps: bool) -> Result<Vec<Body>, Refusal> {
        for one in &explained {
            filled(&one.text, "explanation")?;
        }
        let open_gaps: Vec<String> = closing::gaps(self.round, self.common)
            .iter()
            .map(closing::Gap::code)
            .filter(|code| explained.iter().all(|one| closing::folded(&one.gap) != *code))
            .collect();
        if !open_gaps.is_empty() && !with_gaps {
            return Err(Refusal::Gaps { codes: open_gaps });
        }
        Ok(vec![RoundClosed { by: self.context.author, explained, open_gaps }.into()])
    }
}
