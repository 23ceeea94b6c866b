//! Who may do what about a meeting.

use chrono::NaiveDate;
use kwanus_domain::{
    account::{PersonId, PersonName, Standing},
    audit::{EventKind, Subject},
    board::BoardKey,
    meeting::MeetingState,
};
use kwanus_store::{
    Tx,
    account::person,
    audit::{self, Event},
    board::{self, BoardRow},
    meeting::{self, MeetingRow},
    notice::list_administrators,
};
use serde_json::Value;

use crate::{Caller, Error, Person, Result};

/// The board of that key.
pub(super) async fn find_board(tx: &mut Tx, key: &BoardKey) -> Result<BoardRow> {
    board::list(tx).await?.into_iter().find(|board| board.key == *key).ok_or(Error::NotFound)
}

/// Whether somebody plans, moves and cancels the meetings of a board.
pub(super) fn may_plan(person: &Person, board: &BoardKey) -> bool {
    person.is(Standing::Administrator) || person.chairs().contains(board)
}

/// Lets those pass who do.
pub(super) fn require_planner(person: &Person, board: &BoardKey) -> Result<()> {
    let refusal = Error::Forbidden("Only the chair of the board and administrators plan its meetings");
    if may_plan(person, board) { Ok(()) } else { Err(refusal) }
}

/// Whether somebody keeps the minutes of a meeting: they were named, and are still a member of its board or an administrator.
pub(super) fn is_secretary(person: &Person, meeting: &MeetingRow) -> bool {
    let is_eligible = person.is(Standing::Administrator) || person.boards().contains(&meeting.board_key);
    meeting.secretary() == Some(person.id) && is_eligible
}

/// Lets the secretary of a meeting pass whose minutes are written.
pub(super) fn require_secretary(person: &Person, meeting: &MeetingRow) -> Result<()> {
    if !is_secretary(person, meeting) {
        return Err(Error::Forbidden("Only the secretary of the meeting writes its minutes"));
    }
    require(meeting, MeetingState::Held)
}

/// Refuses what is for a meeting in another state.
pub(super) fn require(meeting: &MeetingRow, state: MeetingState) -> Result<()> {
    meeting.state.require(state).map_err(|told| Error::Conflict(told.to_owned()))
}

/// Who can keep the minutes of a board's meeting: its members in term, then administrators.
pub(super) async fn secretaries(tx: &mut Tx, board: &BoardKey) -> Result<Vec<(PersonId, PersonName)>> {
    let now = tx.now();
    let roster = board::roster(tx, now).await?;
    let members = roster.into_iter().filter(|member| member.board_key == *board);
    let mut people: Vec<_> = members.map(|member| (member.person_id, member.name)).collect();
    for id in list_administrators(tx).await? {
        let administrator = person::lookup(tx, id).await?.filter(|person| person.disabled_at.is_none());
        let is_new = people.iter().all(|(other, _)| *other != id);
        people.extend(administrator.filter(|_| is_new).map(|person| (id, person.name)));
    }
    Ok(people)
}

/// The meeting of a board on that day, held to the end of the transaction.
pub(super) async fn lock(tx: &mut Tx, board: &BoardKey, day: NaiveDate) -> Result<MeetingRow> {
    meeting::lookup_for_update(tx, board, day).await?.ok_or(Error::NotFound)
}

/// Writes into the log what was done about a meeting.
pub(super) async fn log(tx: &mut Tx, caller: &Caller, kind: EventKind, subject: Subject, details: Value) -> Result<()> {
    let event = Event { kind, actor: caller.actor(), subject, origin: caller.origin(), details };
    audit::append(tx, event).await?;
    Ok(())
}
