//! The secretary of a meeting records the position of a member who was present.

use chrono::NaiveDate;
use kwanus_domain::{
    account::PersonId,
    board::BoardKey,
    case::CaseRef,
    meeting::{MeetingState, Recording, may_record},
};
use kwanus_store::{Db, case, meeting};

use super::{
    agenda::of_meeting,
    right::{is_secretary, lock},
};
use crate::{
    Caller, Error, Result,
    ballot::{PositionInput, Recorded, Voice, is_recused, load, require_open, take},
    notice, retrying,
};

/// Records a position on an item of a meeting that was held, on behalf of a member who was present, by the rules of the member's
/// own, and decides the case if that allows it. The member is told, and can take another position in its place.
pub async fn record_position(
    db: &Db,
    caller: &Caller,
    (board, day): (&BoardKey, NaiveDate),
    reference: CaseRef,
    member: PersonId,
    input: &PositionInput,
) -> Result<Recorded> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        let row = lock(&mut tx, board, day).await?;
        let items = of_meeting(&mut tx, &row).await?;
        if !items.iter().any(|item| item.case == case.id) {
            return Err(Error::NotFound);
        }
        let ballots = load(&mut tx, (&case).into()).await?;
        let seat = ballots.iter().find(|ballot| ballot.board == *board).and_then(|ballot| ballot.seat(member));
        let asked = Recording {
            state: row.state,
            is_secretary: is_secretary(person, &row),
            is_present: meeting::list_present(&mut tx, row.id).await?.iter().any(|(id, _)| *id == member),
            is_own: member == person.id,
            is_deputy: seat.is_some_and(|seat| seat.deputy.as_ref().is_some_and(|(id, _)| *id == person.id)),
            is_recused: seat.is_some_and(|seat| seat.recusal.is_some()),
        };
        if let Err(told) = may_record(&asked) {
            let is_past = row.state != MeetingState::Held;
            return Err(if is_past { Error::Conflict(told.to_owned()) } else { Error::Forbidden(told) });
        }
        require_open(&case)?;
        // Whoever does not read what is said of a case writes nothing into it either.
        if is_recused(person.id, case.proposer(), &ballots) {
            return Err(Error::Forbidden("You take no part in this case"));
        }
        let voice = Voice::Minuted(member, row.id);
        let (recorded, position) = take(&mut tx, caller, &case, board, input, voice).await?;
        if let Some(position) = position {
            let what = (position, recorded.stance);
            notice::tell_recorded(&mut tx, member, what, (reference, board, day), &person.name).await?;
        }
        tx.commit().await?;
        Ok(recorded)
    })
    .await
}
