//! A meeting as its pages show it: its agenda, who was present, and its minutes.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{ConcernName, Condition, Reason, Stance},
    board::BoardKey,
    case::{CaseId, CaseState},
    meeting::{MeetingState, MinutesNote},
};
use kwanus_store::{
    Db, Tx, ballot,
    board::{self, BoardRow},
    meeting::{self, MeetingRow},
};

use super::{
    agenda::{AgendaItem, of_meeting, reads},
    right::{find_board, is_secretary, may_plan, secretaries},
};
use crate::{Caller, Error, Result};

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a right of its own")]
pub struct Meeting {
    /// Of which board.
    pub board: BoardRow,
    /// When and where it is held, and how far it is.
    pub row: MeetingRow,
    /// Who keeps its minutes.
    pub secretary: Option<PersonName>,
    /// Why it was cancelled, if it was.
    pub cancelled: Option<Reason>,
    /// Its agenda, in order.
    pub items: Vec<Item>,
    /// The members of the board whose term covers it, the chairs first.
    pub members: Vec<(PersonId, PersonName)>,
    /// Who was present.
    pub present: Vec<(PersonId, PersonName)>,
    /// Whether the reader plans, moves and cancels it.
    pub may_plan: bool,
    /// Whether the reader can mark it held now.
    pub may_hold: bool,
    /// Whether the reader writes its minutes now.
    pub may_write: bool,
    /// Whether the reader can approve its minutes now.
    pub may_approve: bool,
    /// Whom the reader can name as its secretary; nobody unless they chair the board.
    pub secretaries: Vec<(PersonId, PersonName)>,
}

/// An item of its agenda, with what the minutes say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What stands on the agenda. For whoever takes no part in the case, without who deferred it and why.
    pub on_agenda: AgendaItem,
    /// How far the case is now.
    pub state: CaseState,
    /// Whether the reader reads what is said of the case.
    pub is_for_reader: bool,
    /// What the minutes say of it.
    pub note: Option<MinutesNote>,
    /// The positions that were recorded at the meeting.
    pub positions: Vec<Minuted>,
}

/// A position that was recorded at a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minuted {
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: PersonName,
    /// On which case.
    pub case: CaseId,
    /// What it says.
    pub stance: Stance,
    /// Why.
    pub reason: Option<Reason>,
    /// What it is made with: the concerns of an objection.
    pub concerns: Vec<ConcernName>,
    /// The conditions that were named.
    pub conditions: Vec<Condition>,
    /// Who recorded it.
    pub recorder: PersonName,
    /// When.
    pub at: DateTime<Utc>,
}

/// The meeting of a board on that day, for everybody who reads what the boards read.
pub async fn lookup(db: &Db, caller: &Caller, board: &BoardKey, day: NaiveDate) -> Result<Meeting> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let found = find_board(&mut tx, board).await?;
    let row = meeting::lookup(&mut tx, board, day).await?.ok_or(Error::NotFound)?;
    let mut notes = meeting::list_notes(&mut tx, row.id).await?;
    let mut positions: HashMap<CaseId, Vec<Minuted>> = HashMap::new();
    for position in minuted(&mut tx, &row).await? {
        positions.entry(position.case).or_default().push(position);
    }
    let mut items = Vec::new();
    for mut on_agenda in of_meeting(&mut tx, &row).await? {
        let (state, is_for_reader) = reads(&mut tx, person, on_agenda.case).await?;
        let (mut note, mut said) = (notes.remove(&on_agenda.case), positions.remove(&on_agenda.case));
        if !is_for_reader {
            on_agenda.missing.clone_from(&on_agenda.missing_unnamed);
            on_agenda.deferred.clear();
            (note, said) = (None, None);
        }
        items.push(Item { on_agenda, state, is_for_reader, note, positions: said.unwrap_or_default() });
    }
    let (may_plan, is_secretary) = (may_plan(person, board), is_secretary(person, &row));
    let is_chair = person.chairs().contains(board);
    let is_planned = row.state == MeetingState::Planned;
    Ok(Meeting {
        secretary: row.secretary_name()?,
        cancelled: row.cancel_reason()?,
        items,
        members: members(&mut tx, &row).await?,
        present: meeting::list_present(&mut tx, row.id).await?,
        may_plan: may_plan && is_planned,
        may_hold: is_planned && row.starts_at <= tx.now() && (may_plan || is_secretary),
        may_write: row.state == MeetingState::Held && is_secretary,
        may_approve: row.state == MeetingState::Held && is_chair,
        secretaries: if is_chair && is_planned { secretaries(&mut tx, board).await? } else { vec![] },
        board: found,
        row,
    })
}

/// The members of a meeting's board whose term covers its beginning.
pub(super) async fn members(tx: &mut Tx, row: &MeetingRow) -> Result<Vec<(PersonId, PersonName)>> {
    let roster = board::roster(tx, row.starts_at).await?;
    let members = roster.into_iter().filter(|member| member.board_key == row.board_key);
    Ok(members.map(|member| (member.person_id, member.name)).collect())
}

/// The positions that were recorded at a meeting, in their order. Those that were superseded since were recorded all the same.
pub(super) async fn minuted(tx: &mut Tx, row: &MeetingRow) -> Result<Vec<Minuted>> {
    if !row.state.was_held() {
        return Ok(vec![]);
    }
    let cases: Vec<_> = of_meeting(tx, row).await?.into_iter().map(|item| item.case).collect();
    let rows = ballot::list_positions(tx, &cases).await?;
    let mut names = HashMap::new();
    for concern in ballot::list_concerns(tx, &cases).await? {
        names.insert(concern.id, concern.name);
    }
    let mut cases_of = HashMap::new();
    for ballot in ballot::list_of_cases(tx, &cases).await? {
        cases_of.insert(ballot.id, ballot.case_id);
    }
    let mut said = Vec::new();
    for position in rows {
        let Some(minuted) = position.minuted.filter(|minuted| minuted.meeting == row.id) else { continue };
        let Some(case) = cases_of.get(&position.ballot) else { continue };
        said.push(Minuted {
            person: position.person,
            name: position.name,
            case: *case,
            stance: position.stance,
            reason: position.reason,
            concerns: position.concerns.iter().filter_map(|id| names.get(id).cloned()).collect(),
            conditions: position.conditions,
            recorder: minuted.recorder,
            at: position.taken_at,
        });
    }
    Ok(said)
}
