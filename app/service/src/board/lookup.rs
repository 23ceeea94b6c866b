//! A board as its page shows it.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName, Standing},
    ballot::BallotId,
    board::{BoardKey, ConflictId, Days, Forecast, Seat},
};
use kwanus_store::{
    Db, Tx,
    account::person,
    board::{self, BoardRow, DelegationRow, LeaveRow, OpenBallotRow, SeatRow},
};

use super::{conflict::Conflict, diligence::reads_diligence, forecast::forecast_all};
use crate::{Caller, Error, Page, Person, Result};

/// How many past members are shown: the last ones.
const PAST: u8 = 50;
/// How many relations stand on a page.
const CONFLICTS: u8 = 25;
/// How many cases of the forecast stand on a page.
const CASES: u8 = 25;
/// How far the forecast reaches, in days.
const FORECAST_DAYS: i64 = 90;

/// A board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardPage {
    /// The board.
    pub board: BoardRow,
    /// Who sits on it, or will: chairs first, then by name.
    pub members: Vec<Member>,
    /// The terms that are over, the last first.
    pub past: Vec<SeatRow>,
    /// Whether the caller reads what positions on it rest on.
    pub reads_diligence: bool,
    /// What only its chairs, administrators and auditors read.
    pub oversight: Option<Oversight>,
}

/// A member of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: PersonName,
    /// The terms that run or are to come, the first first.
    pub terms: Vec<Seat>,
    /// When they are away, within a year from today.
    pub leave: Vec<Days>,
    /// Who acts for them, from today on.
    pub deputies: Vec<DelegationRow>,
}

impl Member {
    /// The term of that day, or the next one.
    #[must_use]
    pub fn term(&self, day: NaiveDate) -> Option<&Seat> {
        self.terms.iter().find(|seat| seat.covers(day)).or(self.terms.first())
    }
}

/// What the chairs of a board, administrators and auditors read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oversight {
    /// What its members are to partners, the last declared first.
    pub conflicts: Page<Conflict, ConflictId>,
    /// The one that is about to be ended.
    pub ending: Option<Conflict>,
    /// Of whom the caller may add what they are to a partner; nobody for who only reads.
    pub people: Vec<(PersonId, PersonName)>,
    /// The open cases of the next 90 days, the most urgent first.
    pub cases: Page<ForecastCase, (DateTime<Utc>, BallotId)>,
}

/// An open case of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForecastCase {
    /// The case and the board's ballot on it.
    pub row: OpenBallotRow,
    /// Whether the board reaches its quorum on it.
    pub forecast: Forecast,
}

/// Where the lists of the page begin, and what is asked for on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BoardPlace {
    /// The forecast, after this ballot.
    pub case: Option<(DateTime<Utc>, BallotId)>,
    /// The relations, after this one.
    pub conflict: Option<ConflictId>,
    /// The relation to be ended.
    pub ending: Option<ConflictId>,
}

/// A board, for everybody who reads what the boards read; with what its members are to partners and the forecast for its
/// chairs, administrators and auditors.
pub async fn lookup(db: &Db, caller: &Caller, key: &BoardKey, place: BoardPlace) -> Result<BoardPage> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let found = board::list(&mut tx).await?.into_iter().find(|board| board.key == *key);
    let board = found.ok_or(Error::NotFound)?;
    let members = members(&mut tx, key).await?;
    let may_act = person.is(Standing::Administrator) || person.chairs().contains(key);
    let oversight = if may_act || person.is(Standing::Auditor) {
        Some(oversight(&mut tx, person, key, &members, may_act, place).await?)
    } else {
        None
    };
    let past = board::list_past_seats(&mut tx, key, PAST).await?;
    Ok(BoardPage { board, members, past, reads_diligence: reads_diligence(person, key), oversight })
}

async fn members(tx: &mut Tx, key: &BoardKey) -> Result<Vec<Member>> {
    let today = tx.now().date_naive();
    let year = Days { from: today, until: today + chrono::Days::new(365) };
    let leave = board::list_leave_of_board(tx, key, year).await?;
    let delegations = board::list_delegations_of_board(tx, key).await?;
    let mut members: Vec<Member> = Vec::new();
    for row in board::list_seats(tx, key).await? {
        if let Some(member) = members.iter_mut().find(|member| member.person == row.person_id) {
            member.terms.push(row.seat());
            continue;
        }
        let of = |person| person == row.person_id;
        members.push(Member {
            person: row.person_id,
            terms: vec![row.seat()],
            leave: leave.iter().filter(|row| of(row.person_id)).map(LeaveRow::days).collect(),
            deputies: delegations.iter().filter(|row| of(row.member_id)).cloned().collect(),
            name: row.name,
        });
    }
    for member in &mut members {
        member.terms.sort_by_key(|seat| seat.from);
    }
    Ok(members)
}

async fn oversight(
    tx: &mut Tx,
    person: &Person,
    key: &BoardKey,
    members: &[Member],
    may_act: bool,
    place: BoardPlace,
) -> Result<Oversight> {
    let rows = board::list_conflicts_of_board(tx, key, place.conflict, CONFLICTS + 1).await?;
    let mut conflicts = Vec::with_capacity(rows.len());
    for row in rows {
        conflicts.push(as_seen(tx, person, row).await?);
    }
    let ending = match place.ending {
        Some(id) => board::lookup_conflict(tx, id).await?,
        None => None,
    };
    let ending = match ending {
        Some(row) => Some(as_seen(tx, person, row).await?).filter(|conflict| conflict.may_end),
        None => None,
    };
    let mut people: Vec<_> = Vec::new();
    if may_act {
        people.extend(members.iter().map(|member| (member.person, member.name.clone())));
    }
    if person.is(Standing::Administrator) {
        let deputies = members.iter().flat_map(|member| &member.deputies);
        people.extend(deputies.map(|row| (row.deputy_id, row.deputy_name.clone())));
    }
    let by = tx.now() + Duration::days(FORECAST_DAYS);
    let rows = board::list_open(tx, key, by, place.case, CASES + 1).await?;
    let page = Page::of(rows, CASES, |row| (row.closes_at, row.ballot_id));
    let forecasts = forecast_all(tx, key, &page.rows).await?;
    let cases = page.rows.into_iter().zip(forecasts).map(|(row, forecast)| ForecastCase { row, forecast });
    Ok(Oversight {
        conflicts: Page::of(conflicts, CONFLICTS, |conflict| conflict.row.id),
        ending,
        people,
        cases: Page { rows: cases.collect(), next: page.next },
    })
}

/// A relation as the caller sees it.
async fn as_seen(tx: &mut Tx, person: &Person, row: board::ConflictRow) -> Result<Conflict> {
    let today = tx.now().date_naive();
    let whose = person::lookup(tx, row.person_id).await?.ok_or(Error::NotFound)?;
    Ok(Conflict::new(row, person, &whose.roles, today))
}
