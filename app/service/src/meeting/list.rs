//! The meetings of a board.

use chrono::NaiveDate;
use kwanus_domain::{
    account::{PersonId, PersonName},
    board::BoardKey,
};
use kwanus_store::{
    Db,
    board::BoardRow,
    meeting::{self, MeetingRow},
};

use super::right::{find_board, may_plan, secretaries};
use crate::{Caller, Page, Result};

/// How many meetings stand on a page of each list.
const PAGE: u8 = 25;

/// The meetings of a board as their page shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meetings {
    /// Which board.
    pub board: BoardRow,
    /// Those that are planned, the next first.
    pub planned: Page<MeetingRow, NaiveDate>,
    /// Those that were held or cancelled, the last first.
    pub past: Page<MeetingRow, NaiveDate>,
    /// Whether the reader plans meetings of it.
    pub may_plan: bool,
    /// Whom the reader can name as their secretary; nobody unless they chair the board.
    pub secretaries: Vec<(PersonId, PersonName)>,
}

/// The meetings of a board, for everybody who reads what the boards read: the planned ones after a day, the past ones before one.
pub async fn list(
    db: &Db,
    caller: &Caller,
    board: &BoardKey,
    (after, before): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Meetings> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let found = find_board(&mut tx, board).await?;
    let planned = meeting::list_planned(&mut tx, board, after, PAGE + 1).await?;
    let past = meeting::list_past(&mut tx, board, before, PAGE + 1).await?;
    let is_chair = person.chairs().contains(board);
    Ok(Meetings {
        board: found,
        planned: Page::of(planned, PAGE, |row| row.day),
        past: Page::of(past, PAGE, |row| row.day),
        may_plan: may_plan(person, board),
        secretaries: if is_chair { secretaries(&mut tx, board).await? } else { vec![] },
    })
}
