//! When the caller is away, and who acts for whom.

use kwanus_domain::board::BoardKey;
use kwanus_store::{
    Db,
    board::{self, ColleagueRow, DelegationRow, LeaveRow},
};

use crate::{Caller, Result};

/// How many colleagues are offered as deputies.
const MOST_COLLEAGUES: i64 = 500;

/// When somebody is away, and who acts for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLeave {
    /// The leaves that run or are to come.
    pub leave: Vec<LeaveRow>,
    /// Who acts for them, or will.
    pub deputies: Vec<DelegationRow>,
    /// For whom they act, or will.
    pub acting: Vec<DelegationRow>,
    /// The boards that they sit on, by key and name.
    pub boards: Vec<(BoardKey, String)>,
    /// Whom they may choose as a deputy; whether that goes on these days is told when it is asked.
    pub colleagues: Vec<ColleagueRow>,
}

/// When the caller is away, and who acts for whom. Who sits on no board may act for somebody who does.
pub async fn list_own_leave(db: &Db, caller: &Caller) -> Result<OwnLeave> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let delegations = board::list_delegations_of_person(&mut tx, person.id).await?;
    let (deputies, acting) = delegations.into_iter().partition(|row| row.member_id == person.id);
    let mine = person.boards();
    let boards = board::list(&mut tx).await?.into_iter().filter(|row| mine.contains(&row.key));
    let most = if mine.is_empty() { 0 } else { MOST_COLLEAGUES };
    let mut colleagues = board::list_colleagues(&mut tx, most).await?;
    colleagues.retain(|row| row.id != person.id);
    Ok(OwnLeave {
        leave: board::list_leave_of_person(&mut tx, person.id).await?,
        deputies,
        acting,
        boards: boards.map(|row| (row.key, row.name)).collect(),
        colleagues,
    })
}
