//! What both sides are told of conditions that bind.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    ballot::{ConditionAct, PositionId},
    board::BoardKey,
    case::CaseRef,
    notice::News,
    permission::PermissionKey,
    request::Side,
};
use kwanus_store::{Tx, ballot::BindingRow, case::CaseRow};

use super::{about_request::tell_partner, tell::tell};
use crate::Result;

/// Tells those who own a condition that somebody else named it with a position.
pub(crate) async fn tell_named(
    tx: &mut Tx,
    case: CaseRef,
    board: &BoardKey,
    position: PositionId,
    owners: Vec<PersonId>,
) -> Result<()> {
    tell(tx, owners, &News::ConditionNamed { case, board: board.clone(), position }).await
}

/// Tells those who judge a condition that its partner supplied evidence, as the step of that number.
pub(crate) async fn tell_supplied(
    tx: &mut Tx,
    case: CaseRef,
    number: i64,
    steps: usize,
    judges: Vec<PersonId>,
) -> Result<()> {
    tell(tx, judges, &News::ConditionSupplied { case, number, steps }).await
}

/// Tells the partner that a board accepted a condition as met, or returned what was supplied.
pub(crate) async fn tell_judged(
    tx: &mut Tx,
    case: &CaseRow,
    row: &BindingRow,
    act: ConditionAct,
    steps: usize,
) -> Result<()> {
    let (board, number, is_met) = (row.board_key.clone(), row.number, act == ConditionAct::Accept);
    tell_partner(tx, case, &News::ConditionJudged { case: case.reference, board, number, is_met, steps }).await
}

/// Tells both sides that a condition is overdue, and when it suspends grants, if it does.
pub(crate) async fn tell_overdue(
    tx: &mut Tx,
    case: &CaseRow,
    number: i64,
    suspends_at: Option<DateTime<Utc>>,
    members: Vec<PersonId>,
) -> Result<()> {
    let news = |side| News::ConditionOverdue { case: case.reference, number, suspends_at, side };
    tell(tx, members, &news(Side::Board)).await?;
    tell_partner(tx, case, &news(Side::Partner)).await
}

/// Tells both sides that grants were suspended for a condition that is overdue.
pub(crate) async fn tell_withheld(
    tx: &mut Tx,
    case: &CaseRow,
    number: i64,
    named: Vec<PermissionKey>,
    members: Vec<PersonId>,
) -> Result<()> {
    let news = |named, side| News::ConditionSuspended { case: case.reference, number, named, side };
    tell(tx, members, &news(named.clone(), Side::Board)).await?;
    tell_partner(tx, case, &news(named, Side::Partner)).await
}

/// Tells the partner that what was suspended for conditions of a case is restored.
pub(crate) async fn tell_restored(tx: &mut Tx, case: &CaseRow, number: i64, named: Vec<PermissionKey>) -> Result<()> {
    tell_partner(tx, case, &News::ConditionRestored { case: case.reference, number, named }).await
}
