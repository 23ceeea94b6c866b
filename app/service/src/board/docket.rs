//! What waits for a member's position.

use kwanus_domain::{account::Standing, board::BoardKey};
use kwanus_store::{Db, board};

use crate::{Caller, Error, Result, board::Board};

/// A member's docket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Docket {
    /// The boards for which the member takes positions.
    pub boards: Vec<Board>,
}

/// The caller's docket. Only members have one.
pub async fn docket(db: &Db, caller: &Caller) -> Result<Docket> {
    let person = caller.person()?;
    person.require_desk()?;
    if !person.is(Standing::BoardMember) {
        return Err(Error::Forbidden("Only board members have a docket"));
    }
    let mine: Vec<BoardKey> = person.boards();
    let rows = board::list(&mut db.read().await?).await?;
    let boards = rows
        .into_iter()
        .filter(|row| mine.contains(&row.key))
        .map(|row| Board { key: row.key, name: row.name, mandate: row.mandate })
        .collect();
    Ok(Docket { boards })
}
