//! What each side is told of a thread.

use chrono::{DateTime, Utc};
use kwanus_domain::{board::BoardKey, case::CaseId, notice::News};
use kwanus_store::{
    Tx,
    case::{self, CaseRow},
    integration,
    notice::list_users,
    request::RequestRow,
};

use super::tell::tell;
use crate::{Error, Result, request::Asked};

/// Tells the users of the partner that a case is about.
pub(super) async fn tell_partner(tx: &mut Tx, case: &CaseRow, news: &News) -> Result<()> {
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    let users = list_users(tx, integration.partner_id).await?;
    tell(tx, users, news).await
}

/// Tells the partner that a board asked for a change.
pub(crate) async fn tell_asked(tx: &mut Tx, case: &CaseRow, board: &BoardKey, asked: Asked) -> Result<()> {
    let (board, number, due_at) = (board.clone(), asked.number, asked.due_at);
    tell_partner(tx, case, &News::ChangesRequested { case: case.reference, board, number, due_at }).await
}

/// Tells the partner that a board replied in a thread that held `entries` before.
pub(crate) async fn tell_replied(
    tx: &mut Tx,
    case: &CaseRow,
    row: &RequestRow,
    entries: usize,
    due_at: DateTime<Utc>,
) -> Result<()> {
    let (board, number) = (row.board.clone(), row.number);
    let news = News::RequestReplied { case: case.reference, board, number, entries: entries + 1, due_at };
    tell_partner(tx, case, &news).await
}

/// Tells who asked that the partner answered in a thread that held `entries` before.
pub(crate) async fn tell_answered(tx: &mut Tx, case: &CaseRow, row: &RequestRow, entries: usize) -> Result<()> {
    let news = News::RequestAnswered { case: case.reference, number: row.number, entries: entries + 1 };
    tell(tx, [row.asked_by], &news).await
}

/// Tells who asked that the partner answered by another revision.
pub(crate) async fn tell_answered_by_revision(
    tx: &mut Tx,
    case: CaseId,
    row: &RequestRow,
    revision: i64,
) -> Result<()> {
    let case = case::lookup_by_id(tx, case).await?.ok_or(Error::NotFound)?;
    let news = News::RequestAnsweredByRevision { case: case.reference, number: row.number, revision };
    tell(tx, [row.asked_by], &news).await
}
