//! Concerns as they are read, with what was said about them.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    ballot::{ConcernName, ConcernState, Resolver, overruling},
    board::BoardKey,
    case::CaseState,
    permission::PermissionKey,
    request::{Remark, Side},
};
use kwanus_store::{
    Tx,
    ballot::{self, ConcernEntryRow, ConcernRow, OverrulingRow},
    case::CaseRow,
};

use super::super::state::{BoardBallot, SeatPosition};
use crate::Result;

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Somebody of the desk.
    Desk(PersonId),
    /// A user of the partner: they know boards, and never their members.
    Partner,
}

/// A concern, what was said about it, and what the reader may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernThread {
    /// Its number within the case.
    pub number: i64,
    /// On whose ballot.
    pub board: BoardKey,
    /// The board's name.
    pub board_name: String,
    /// What it is called.
    pub name: ConcernName,
    /// The permission that it is about; nothing where it is about the whole case.
    pub permission: Option<PermissionKey>,
    /// The revision that it was raised on.
    pub revision: i64,
    /// What became of it.
    pub state: ConcernState,
    /// When it did.
    pub closed_at: Option<DateTime<Utc>>,
    /// Who raised it, where the reader may know.
    pub raiser: Option<String>,
    /// Who else objects with it, where the reader may know.
    pub seconded_by: Vec<String>,
    /// Whether it holds its board now.
    pub holds_board: bool,
    /// What was said, in the order in which it was; first why it was raised.
    pub entries: Vec<ConcernEntry>,
    /// Who would overrule it, and why, where the reader may know.
    pub overruled_by: Vec<(String, String)>,
    /// How many must, for it to be overruled; nothing where no concern is.
    pub overruling: Option<usize>,
    /// What the reader may do about it.
    pub may: May,
}

/// What somebody may do about an open concern; nothing about one that is closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct May {
    /// Say something.
    pub reply: bool,
    /// Say that it is answered.
    pub resolve: bool,
    /// Overrule it.
    pub overrule: bool,
}

/// Something that was said about a concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernEntry {
    /// For whose side.
    pub side: Side,
    /// Who, where the reader may know.
    pub who: Option<String>,
    /// What.
    pub text: Remark,
    /// When.
    pub at: DateTime<Utc>,
}

/// The concerns of a case, in the order in which they were raised.
pub(crate) async fn threads(
    tx: &mut Tx,
    case: &CaseRow,
    ballots: &[BoardBallot],
    reader: Reader,
) -> Result<Vec<ConcernThread>> {
    let rows = ballot::list_concerns(tx, &[case.id]).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let entries = ballot::list_concern_entries(tx, &ids).await?;
    let overrulings = ballot::list_overrulings(tx, &ids).await?;
    let is_open = case.state == CaseState::Open;
    let takes_part = |id: PersonId| ballots.iter().any(|ballot| ballot.seat_of(id).is_some_and(SeatPosition::may_vote));
    let thread = |row: ConcernRow| {
        let ballot = ballots.iter().find(|ballot| ballot.id == row.ballot)?;
        let said = entries.iter().filter(|entry| entry.concern_id == row.id).map(|entry| read(entry, reader));
        let against: Vec<_> = overrulings.iter().filter(|one| one.concern_id == row.id).collect();
        let is_open = is_open && row.state.is_open();
        let may = match reader {
            Reader::Desk(me) => May { reply: takes_part(me), ..May::of(me, &row, ballot, &against) },
            Reader::Partner => May { reply: true, resolve: false, overrule: false },
        };
        let is_named = reader != Reader::Partner;
        let seconds = ballot.objections().filter(|seat| seat.person != row.raised_by && seat.holds(row.number));
        let holds = ballot.tally.blocking(&ballot.rule) > 0;
        Some(ConcernThread {
            board: ballot.board.clone(),
            board_name: ballot.name.clone(),
            raiser: is_named.then(|| row.raiser.to_string()),
            seconded_by: seconds.filter(|_| is_named).map(|seat| seat.name.to_string()).collect(),
            holds_board: holds && ballot.open_concerns().any(|open| open.number == row.number),
            entries: said.collect(),
            overruled_by: against
                .iter()
                .filter(|_| is_named)
                .map(|one| (one.name.to_string(), one.reason.to_string()))
                .collect(),
            overruling: (!ballot.rule.threshold.is_unanimous()).then(|| overruling(ballot.tally.eligible)),
            may: if is_open { may } else { May::default() },
            number: row.number,
            name: row.name,
            permission: row.permission,
            revision: row.revision,
            state: row.state,
            closed_at: row.closed_at,
        })
    };
    Ok(rows.into_iter().filter_map(thread).collect())
}

fn read(entry: &ConcernEntryRow, reader: Reader) -> ConcernEntry {
    let may_know = reader != Reader::Partner || entry.side == Side::Partner;
    ConcernEntry {
        side: entry.side,
        who: may_know.then(|| entry.name.to_string()),
        text: entry.text.clone(),
        at: entry.created_at,
    }
}

impl May {
    fn of(me: PersonId, row: &ConcernRow, ballot: &BoardBallot, against: &[&OverrulingRow]) -> Self {
        let seat = ballot.seat_of(me).filter(|seat| seat.may_vote());
        let holds_it = seat.is_some_and(|seat| seat.holds(row.number));
        let resolver = Resolver {
            has_raised_it: seat.is_some_and(|seat| seat.person == row.raised_by),
            holds_it: seat.is_some_and(|seat| seat.counts_against(row.number)),
            raiser_takes_part: ballot.seat(row.raised_by).is_some_and(SeatPosition::may_vote),
        };
        let has_said_so = seat.is_some_and(|seat| against.iter().any(|one| one.person_id == seat.person));
        let is_own = holds_it || seat.is_some_and(|seat| seat.person == row.raised_by);
        let is_possible = !ballot.rule.threshold.is_unanimous() && seat.is_some();
        Self {
            reply: seat.is_some(),
            resolve: resolver.may_resolve(),
            overrule: is_possible && !is_own && !has_said_so,
        }
    }
}
