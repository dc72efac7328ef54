//! Decisions about the closing of a round (R31).

use super::{Desk, filled, optional, within};
use crate::fact::{
    AccountNo, Body, DifficultyReported, EntriesCounted, Explained, GapExplained, NoticeRead, RoundClosed,
    TeamSatisfaction,
};
use crate::name::FactName;
use crate::refusal::{Field, Needing, Refusal};
use crate::state::close;

impl Desk<'_> {
    pub(super) fn report_difficulty(&self, text: String) -> Result<Vec<Body>, Refusal> {
        Ok(vec![DifficultyReported { text: filled(&text, Field::Text)? }.into()])
    }

    pub(super) fn read_notice(&self, notice: FactName) -> Result<Vec<Body>, Refusal> {
        if !self.common.notices.contains_key(&notice) {
            return Err(Refusal::Unknown { fact: notice });
        }
        if self.round.notices_read.contains_key(&notice) {
            return Ok(Vec::new());
        }
        Ok(vec![NoticeRead { device: notice.device, number: notice.number }.into()])
    }

    pub(super) fn team_satisfaction(&self, score: u8) -> Result<Vec<Body>, Refusal> {
        within(Field::Satisfaction, i64::from(score), 1, 5)?;
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
            return Err(Refusal::ReasonNeeded { what: Needing::NotDue });
        }
        Ok(vec![EntriesCounted { account, entered, not_due, reason }.into()])
    }

    pub(super) fn explain_gap(&self, gap: String, text: &str) -> Result<Vec<Body>, Refusal> {
        let text = filled(text, Field::Explanation)?;
        let code = crate::lot::folded_code(&gap);
        if self.round.to_follow().iter().any(|one| crate::lot::folded_code(&one.code()) == code) {
            return Ok(vec![GapExplained { gap, text, figures: Vec::new() }.into()]);
        }
        let mut open = close::gaps(self.round, self.common).into_iter().chain(close::perhaps_again(self.round));
        let open = open.find(|one| one.code() == code);
        let open = open.filter(|one| self.round.closed_at.is_some() || one.is_urgent()).ok_or(Refusal::NoSuchGap)?;
        Ok(vec![GapExplained { gap, text, figures: open.figures() }.into()])
    }

    pub(super) fn close_round(&self, explained: Vec<Explained>, with_gaps: bool) -> Result<Vec<Body>, Refusal> {
        for one in &explained {
            filled(&one.text, Field::Explanation)?;
        }
        let open_gaps: Vec<String> = close::gaps(self.round, self.common)
            .iter()
            .map(close::Gap::code)
            .filter(|code| explained.iter().all(|one| crate::lot::folded_code(&one.gap) != *code))
            .collect();
        if !open_gaps.is_empty() && !with_gaps {
            return Err(Refusal::Gaps { codes: open_gaps });
        }
        Ok(vec![RoundClosed { by: self.context.author, explained, open_gaps }.into()])
    }
}
