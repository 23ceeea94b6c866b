//! What members and the partner are told of concerns.

use kwanus_domain::{
    account::PersonId, ballot::ConcernState, board::BoardKey, case::CaseKind, notice::News, request::Side,
};
use kwanus_store::{Tx, ballot::ConcernRow, case::CaseRow};

use super::{about_request::tell_partner, tell::tell};
use crate::{
    Result,
    ballot::{is_recused, load},
};

/// Whether a partner reads the concerns of a case, on the page of what it submitted.
fn is_submission(case: &CaseRow) -> bool {
    case.reference.kind == CaseKind::PermissionJustification
}

/// Who raised a concern, unless they did what is told of, or take no part any more: what the others say is not for them then.
async fn raiser(tx: &mut Tx, case: &CaseRow, row: &ConcernRow, by: Option<PersonId>) -> Result<Option<PersonId>> {
    let ballots = load(tx, case.into()).await?;
    let is_told = by != Some(row.raised_by) && !is_recused(row.raised_by, case.proposer(), &ballots);
    Ok(is_told.then_some(row.raised_by))
}

/// Tells the partner that a board raised a concern.
pub(crate) async fn tell_raised(tx: &mut Tx, case: &CaseRow, board: &BoardKey, number: i64) -> Result<()> {
    if !is_submission(case) {
        return Ok(());
    }
    let board = board.clone();
    tell_partner(tx, case, &News::ConcernRaised { case: case.reference, board, number }).await
}

/// Tells who raised a concern that somebody else said something about it, and the partner where a member did: the entry of its
/// thread of that number.
pub(crate) async fn tell_said(
    tx: &mut Tx,
    case: &CaseRow,
    row: &ConcernRow,
    entries: usize,
    (by, speaker): (Side, PersonId),
) -> Result<()> {
    let news = |side| News::ConcernReplied { case: case.reference, number: row.number, entries, side };
    let raiser = raiser(tx, case, row, Some(speaker)).await?;
    tell(tx, raiser, &news(Side::Board)).await?;
    if by == Side::Board && is_submission(case) {
        tell_partner(tx, case, &news(Side::Partner)).await?;
    }
    Ok(())
}

/// Tells who raised a concern, unless they did it, and the partner that it was closed.
pub(crate) async fn tell_closed(
    tx: &mut Tx,
    case: &CaseRow,
    row: &ConcernRow,
    state: ConcernState,
    by: Option<PersonId>,
) -> Result<()> {
    let news = |side| News::ConcernClosed { case: case.reference, number: row.number, state, side };
    let raiser = raiser(tx, case, row, by).await?;
    tell(tx, raiser, &news(Side::Board)).await?;
    if is_submission(case) {
        tell_partner(tx, case, &news(Side::Partner)).await?;
    }
    Ok(())
}
