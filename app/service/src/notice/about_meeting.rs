//! What members are told of the meetings of their boards.

use chrono::NaiveDate;
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{PositionId, Reason, Stance},
    board::BoardKey,
    case::CaseRef,
    notice::News,
};
use kwanus_store::{Tx, board, meeting::MeetingData};

use super::tell::tell;
use crate::Result;

/// Tells the members of a board but the one who did it.
async fn tell_members(tx: &mut Tx, board: &BoardKey, by: PersonId, news: &News) -> Result<()> {
    let now = tx.now();
    let roster = board::roster(tx, now).await?;
    let members = roster.into_iter().filter(|member| member.board_key == *board && member.person_id != by);
    let members: Vec<_> = members.map(|member| member.person_id).collect();
    tell(tx, members, news).await
}

/// Tells the members of a board that it meets, or meets at another time or place than it was to.
pub(crate) async fn tell_planned(
    tx: &mut Tx,
    board: &BoardKey,
    data: &MeetingData,
    before: Option<NaiveDate>,
    by: PersonId,
) -> Result<()> {
    let (starts_at, place) = (data.starts_at, data.place.to_string());
    tell_members(tx, board, by, &News::MeetingPlanned { board: board.clone(), starts_at, place, before }).await
}

/// Tells the members of a board that a meeting is cancelled.
pub(crate) async fn tell_cancelled(
    tx: &mut Tx,
    board: &BoardKey,
    day: NaiveDate,
    reason: &Reason,
    by: PersonId,
) -> Result<()> {
    let news = News::MeetingCancelled { board: board.clone(), day, reason: reason.to_string() };
    tell_members(tx, board, by, &news).await
}

/// Tells the members of a board that a case is deferred to its meeting of that day.
pub(crate) async fn tell_deferred(
    tx: &mut Tx,
    case: CaseRef,
    board: &BoardKey,
    day: NaiveDate,
    by: PersonId,
) -> Result<()> {
    tell_members(tx, board, by, &News::CaseDeferred { case, board: board.clone(), day }).await
}

/// Tells a member that the secretary of the meeting of that day recorded their position.
pub(crate) async fn tell_recorded(
    tx: &mut Tx,
    member: PersonId,
    (position, stance): (PositionId, Stance),
    (case, board, day): (CaseRef, &BoardKey, NaiveDate),
    by: &PersonName,
) -> Result<()> {
    let news = News::PositionRecorded { position, case, board: board.clone(), day, stance, by: by.clone() };
    tell(tx, [member], &news).await
}
