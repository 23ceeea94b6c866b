//! A chair closes a ballot after its date.

use kwanus_domain::{
    audit::{EventKind, Subject},
    ballot::{Ask, Outcome, Progress, Reason},
    board::BoardKey,
    case::CaseRef,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    ballot, case,
};
use serde_json::json;

use super::{
    settle::settle,
    state::{SeatPosition, load},
    take_position::require_open,
};
use crate::{Caller, Error, Result, retrying};

/// Closes the ballot of a board that the caller chairs, after its date and before the end of its extension, with a reason. It
/// carries nothing by this: what is short or blocked then stands as declined, and advice is waited for no longer.
pub async fn close(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    board: &BoardKey,
    reason: &str,
) -> Result<Option<Outcome>> {
    let person = caller.person()?;
    person.require_desk()?;
    let reason = Reason::parse(reason)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        require_open(&case)?;
        let ballots = load(&mut tx, (&case).into()).await?;
        let ballot = ballots.iter().find(|ballot| ballot.board == *board).ok_or(Error::NotFound)?;
        let seat = ballot.seat(person.id);
        if seat.is_some_and(|seat| seat.is_chair && seat.is_behind_decision) {
            return Err(Error::Forbidden("Who stands behind the decision does not lead its appeal: they take a position, and do not close the ballot"));
        }
        if !seat.is_some_and(SeatPosition::chairs) {
            return Err(Error::Forbidden("Only the chair of the board closes its ballot, and not on a case of a partner with which they have a conflict"));
        }
        let now = tx.now();
        let monogram = board.monogram();
        if ballot.ask == Ask::Ladder {
            return Err(Error::Conflict("A review waits until the boards have spoken: nobody closes it".to_owned()));
        }
        if ballot.is_over(now) {
            return Err(Error::Gone(format!("The ballot of {monogram} has closed")));
        }
        if !ballot.deadline.is_overdue(now) {
            return Err(Error::Conflict(format!("The ballot of {monogram} can be closed once its date has passed")));
        }
        if ballot.progress() == Progress::Carries {
            return Err(Error::Conflict(format!("{monogram} carries it: there is nothing to close")));
        }
        ballot::close(&mut tx, ballot.id, person.id, &reason).await?;
        let event = Event {
            kind: EventKind::BallotClosed,
            actor: caller.actor(),
            subject: Subject::Case(case.id),
            origin: caller.origin(),
            details: json!({ "reference": reference.to_string(), "board": board, "reason": reason }),
        };
        audit::append(&mut tx, event).await?;
        let outcome = settle(&mut tx, &case, caller.actor(), caller.origin()).await?;
        tx.commit().await?;
        Ok(outcome)
    })
    .await
}
