//! Who raised a concern says that it is answered.

use kwanus_domain::{
    ballot::{ConcernState, Outcome, Resolver},
    case::CaseRef,
};
use kwanus_store::{Db, case};

use super::{
    super::{
        settle::settle,
        state::{SeatPosition, load},
        take_position::{require_open, require_running},
    },
    close::close,
    open_concern,
};
use crate::{Caller, Error, Result, retrying};

/// Resolves a concern that the caller raised; where who raised it takes no part any more, one that they object with. It
/// decides the case if that allows it. The objection stays as it is: it approves nothing, and holds nothing by this.
pub async fn resolve(db: &Db, caller: &Caller, reference: CaseRef, number: i64) -> Result<Option<Outcome>> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        require_open(&case)?;
        let row = open_concern(&mut tx, &case, number).await?;
        let ballots = load(&mut tx, (&case).into()).await?;
        let ballot = ballots.iter().find(|ballot| ballot.id == row.ballot).ok_or(Error::NotFound)?;
        let seat = ballot.seat_of(person.id).filter(|seat| seat.may_vote());
        let resolver = Resolver {
            has_raised_it: seat.is_some_and(|seat| seat.person == row.raised_by),
            holds_it: seat.is_some_and(|seat| seat.counts_against(number)),
            raiser_takes_part: ballot.seat(row.raised_by).is_some_and(SeatPosition::may_vote),
        };
        if !resolver.may_resolve() {
            return Err(Error::Forbidden(
                "Whoever raised a concern resolves it; two thirds of the board can overrule it",
            ));
        }
        require_running(ballot, tx.now())?;
        let by = Some((person.id, caller.origin()));
        close(&mut tx, &case, (&row, &ballot.board), ConcernState::Resolved, by).await?;
        let outcome = settle(&mut tx, &case, caller.actor(), caller.origin()).await?;
        tx.commit().await?;
        Ok(outcome)
    })
    .await
}
