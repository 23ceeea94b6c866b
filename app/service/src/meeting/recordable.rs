//! What the secretary of a meeting can record for a member.

use chrono::NaiveDate;
use kwanus_domain::{
    account::{PersonId, PersonName},
    board::BoardKey,
    case::{CaseRef, CaseState},
};
use kwanus_store::{Db, meeting};

use super::{agenda::of_meeting, right::require_secretary};
use crate::{
    Caller, Error, Result,
    case::{self, MyBallot, ballot_of_member},
};

/// The ballot of a meeting's board on an item of its agenda, as it is for a member who was present, with the revision before the
/// boards; for the meeting's secretary. There is nothing where nothing can be recorded: the case is decided, or the member takes
/// no part in it.
pub async fn recordable(
    db: &Db,
    caller: &Caller,
    (board, day): (&BoardKey, NaiveDate),
    reference: CaseRef,
    member: PersonId,
) -> Result<(PersonName, i64, MyBallot)> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let row = meeting::lookup(&mut tx, board, day).await?.ok_or(Error::NotFound)?;
    require_secretary(person, &row)?;
    let present = meeting::list_present(&mut tx, row.id).await?;
    let (_, name) = present.into_iter().find(|(id, _)| *id == member).ok_or(Error::NotFound)?;
    let items = of_meeting(&mut tx, &row).await?;
    let now = tx.now();
    drop(tx);
    let is_on_it = items.iter().any(|item| item.reference == reference.to_string());
    if !is_on_it || member == person.id {
        return Err(Error::NotFound);
    }
    let case = case::lookup(db, caller, reference, None).await?;
    if case.state != CaseState::Open {
        return Err(Error::NotFound);
    }
    let ballot = ballot_of_member(&case.ballots, board, member, &case.matter, now).ok_or(Error::NotFound)?;
    Ok((name, case.revision, ballot))
}
