//! Two thirds of those who may take part overrule a concern.

use kwanus_domain::{
    audit::{EventKind, Subject},
    ballot::{ConcernState, Outcome, Reason, is_overruled},
    case::CaseRef,
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    ballot,
    case::{self, CaseRow},
};
use serde_json::json;

use super::{
    super::{
        settle::settle,
        state::{BoardBallot, SeatPosition, load},
        take_position::{require_open, require_running},
    },
    close::close,
    open_concern,
};
use crate::{Caller, Error, Result, retrying};

/// Says that the caller would overrule a concern, with a reason. Once two thirds of those who may take part have, it holds the
/// board no longer, and the case is decided if that allows it. Under unanimity nothing is overruled.
pub async fn overrule(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    number: i64,
    reason: &str,
) -> Result<Option<Outcome>> {
    let person = caller.person()?;
    person.require_desk()?;
    let reason = Reason::parse(reason)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        require_open(&case)?;
        let row = open_concern(&mut tx, &case, number).await?;
        let ballots = load(&mut tx, (&case).into()).await?;
        let ballot = ballots.iter().find(|ballot| ballot.id == row.ballot).ok_or(Error::NotFound)?;
        let seat = ballot.seat_of(person.id).filter(|seat| seat.may_vote());
        let seat = seat.ok_or(Error::Forbidden("Only members of the board who take part overrule its concerns"))?;
        require_running(ballot, tx.now())?;
        if ballot.rule.threshold.is_unanimous() {
            return Err(Error::Forbidden("Where nobody may object, no concern is overruled"));
        }
        if seat.holds(number) || row.raised_by == seat.person {
            return Err(Error::Forbidden("Nobody overrules a concern of their own: resolve it"));
        }
        if ballot::insert_overruling(&mut tx, row.id, seat.person, &reason).await? {
            let event = Event {
                kind: EventKind::ConcernDisputed,
                actor: caller.actor(),
                subject: Subject::Case(case.id),
                origin: caller.origin(),
                details: json!({
                    "reference": reference.to_string(),
                    "board": ballot.board,
                    "number": number,
                    "concern": row.name,
                    "reason": reason,
                }),
            };
            audit::append(&mut tx, event).await?;
        }
        let outcome = settle(&mut tx, &case, caller.actor(), caller.origin()).await?;
        tx.commit().await?;
        Ok(outcome)
    })
    .await
}

/// Closes the open concerns of a case, held by the caller's transaction, that two thirds of those would overrule who may take
/// part now. Answers whether there were any.
pub(in crate::ballot) async fn overrule_due(tx: &mut Tx, case: &CaseRow, ballots: &[BoardBallot]) -> Result<bool> {
    let is_open = |ballot: &BoardBallot| ballot.concerns.iter().any(|concern| concern.state.is_open());
    if !ballots.iter().any(is_open) {
        return Ok(false);
    }
    let rows = ballot::list_concerns(tx, &[case.id]).await?;
    let ids: Vec<_> = rows.iter().filter(|row| row.state.is_open()).map(|row| row.id).collect();
    let said = ballot::list_overrulings(tx, &ids).await?;
    let mut has_closed = false;
    for row in rows.iter().filter(|row| row.state.is_open()) {
        let Some(ballot) = ballots.iter().find(|ballot| ballot.id == row.ballot) else { continue };
        if ballot.rule.threshold.is_unanimous() {
            continue;
        }
        let takes_part = |id| ballot.seat(id).is_some_and(SeatPosition::may_vote);
        let for_it = said.iter().filter(|one| one.concern_id == row.id && takes_part(one.person_id)).count();
        if is_overruled(for_it, ballot.tally.eligible) {
            close(tx, case, (row, &ballot.board), ConcernState::Overruled, None).await?;
            has_closed = true;
        }
    }
    Ok(has_closed)
}
