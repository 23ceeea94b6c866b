//! Binding conditions as they are read, with what was done about each.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    ballot::{ConditionAct, ConditionState, ConditionText, Judging},
    board::BoardKey,
    evidence::EvidenceLink,
    request::Remark,
};
use kwanus_store::{
    Tx,
    ballot::{self, BindingRow, ConditionStepRow},
    case::CaseRow,
};

use super::{super::concern::Reader, judges::Judges};
use crate::Result;

/// A condition that binds, what was done about it, and what the reader may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundCondition {
    /// Its number within the case.
    pub number: i64,
    /// Whose board named it.
    pub board: BoardKey,
    /// The board's name.
    pub board_name: String,
    /// What the partner must do.
    pub text: ConditionText,
    /// Who named it, where the reader may know.
    pub named_by: Option<String>,
    /// Who says whether it is met, where the reader may know.
    pub owner: Option<String>,
    /// The last day on which it can be met, which ends at 24:00 UTC.
    pub due_on: NaiveDate,
    /// How far it is.
    pub state: ConditionState,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Whether it is overdue.
    pub is_overdue: bool,
    /// When it suspends grants, left as it is: where it is overdue and the rule says so.
    pub suspends_at: Option<DateTime<Utc>>,
    /// Since when it suspends grants, while it does.
    pub suspended_at: Option<DateTime<Utc>>,
    /// What was done, in that order.
    pub steps: Vec<ConditionStep>,
    /// Whether the reader may supply evidence.
    pub may_supply: bool,
    /// In what part the reader may accept what was supplied, or return it.
    pub judging: Option<Judging>,
}

/// Something that was done about a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionStep {
    /// What.
    pub act: ConditionAct,
    /// Who did it, where the reader may know.
    pub who: Option<String>,
    /// Whether the board's chair judged in the place of its owner.
    pub is_in_place: bool,
    /// What was supplied, or why it was returned.
    pub text: Option<Remark>,
    /// Where more of what was supplied stands.
    pub link: Option<EvidenceLink>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The conditions that bind a case, by number; none before it is decided.
pub(crate) async fn bound(tx: &mut Tx, case: &CaseRow, reader: Reader) -> Result<Vec<BoundCondition>> {
    let rows = ballot::list_bindings(tx, case.id).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let steps = ballot::list_condition_steps(tx, &ids).await?;
    let judges = Judges::read(tx, case).await?;
    let now = tx.now();
    let read = |row: BindingRow| {
        let binding = row.binding();
        let is_overdue = binding.is_overdue(now);
        let (is_named, judging) = match reader {
            Reader::Desk(me) => (true, judges.of(&row, me).judges().filter(|_| binding.state == ConditionState::Shown)),
            Reader::Partner => (false, None),
        };
        let suspends = is_overdue && row.suspends_overdue && row.suspended_at.is_none();
        BoundCondition {
            steps: steps.iter().filter(|step| step.condition == row.id).map(|step| told(step, reader)).collect(),
            number: row.number,
            board: row.board_key,
            board_name: row.board_name,
            text: row.text,
            named_by: is_named.then(|| row.named_by.to_string()),
            owner: is_named.then(|| row.owner.to_string()),
            due_on: binding.due_on,
            state: binding.state,
            since: binding.since,
            is_overdue,
            suspends_at: suspends.then(|| binding.suspends_at()),
            suspended_at: row.suspended_at,
            may_supply: reader == Reader::Partner && binding.state == ConditionState::Open,
            judging,
        }
    };
    Ok(rows.into_iter().map(read).collect())
}

fn told(step: &ConditionStepRow, reader: Reader) -> ConditionStep {
    let may_know = reader != Reader::Partner || step.act == ConditionAct::Supply;
    ConditionStep {
        act: step.act,
        who: may_know.then(|| step.name.to_string()),
        is_in_place: may_know && step.is_in_place,
        text: step.text.clone(),
        link: step.link.clone(),
        at: step.taken_at,
    }
}
