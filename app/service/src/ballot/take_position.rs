//! A member takes a position.

use kwanus_domain::{
    Violation,
    audit::{EventKind, Subject},
    ballot::{Outcome, Reason, Stance},
    board::BoardKey,
    case::{CaseRef, CaseState},
    time::show_instant,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    ballot, board, case,
};
use serde_json::json;

use super::{settle::settle, state::load};
use crate::{Caller, Error, Result, retrying};

/// A position as typed.
#[derive(Clone, Debug, Default)]
pub struct PositionInput {
    /// The word of the stance.
    pub stance: String,
    /// Why.
    pub reason: String,
    /// The revision that the member read.
    pub revision: i64,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// What was recorded.
    pub stance: Stance,
    /// The decision, if this position brought it about.
    pub outcome: Option<Outcome>,
}

impl PositionInput {
    fn parse(&self) -> Result<(Stance, Option<Reason>)> {
        let (stance, reason) = (Stance::parse(&self.stance), Reason::parse_optional(&self.reason));
        match (stance, reason) {
            (Ok(Stance::Object), Ok(None)) => {
                let message = "Say what you object to, and what would let you withdraw it";
                Err(Violation::new("reason", "missing", message).into())
            }
            (Ok(stance), Ok(reason)) => Ok((stance, reason)),
            (stance, reason) => Err(Error::Invalid([stance.err(), reason.err()].into_iter().flatten().collect())),
        }
    }
}

/// Takes a position on a board's ballot, in the place of one's earlier one, and decides the case if that allows it. The
/// position binds to the revision that was read: another one is a conflict.
pub async fn take_position(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    board: &BoardKey,
    input: &PositionInput,
) -> Result<Recorded> {
    let person = caller.person()?;
    person.require_desk()?;
    let (stance, reason) = input.parse()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        match case.state {
            CaseState::Draft => return Err(Error::NotFound),
            CaseState::Open => {}
            decided => {
                return Err(Error::Conflict(format!("{reference} was decided meanwhile: {}", decided.label())));
            }
        }
        // The roster is read under the lock: a term that ended a minute ago is over.
        let roster = board::roster(&mut tx).await?;
        let ballots = load(&mut tx, (case.id, case.revision, case.proposer()), &roster).await?;
        let ballot = ballots.iter().find(|ballot| ballot.board == *board).ok_or(Error::NotFound)?;
        let seat = ballot.seat(person.id).filter(|seat| seat.is_in_term);
        let seat = seat
            .ok_or(Error::Forbidden("Only members of the board whose term is running take positions on its ballot"))?;
        if seat.is_recused {
            return Err(Error::Forbidden("Nobody decides on what they proposed themselves"));
        }
        if ballot.deadline.is_over(tx.now()) {
            let closed = show_instant(ballot.deadline.ends_at());
            return Err(Error::Conflict(format!("The ballot of {} closed on {closed}", board.monogram())));
        }
        if input.revision != case.revision {
            return Err(Error::Conflict(format!(
                "Revision {} is before the boards now, and you read revision {}. Read what changed",
                case.revision, input.revision
            )));
        }
        let before = seat.position.as_ref().filter(|position| !position.is_stale);
        if before.is_some_and(|before| before.stance == stance && before.reason == reason) {
            // Nothing is said anew, but the roster may have changed since.
            let outcome = settle(&mut tx, &case, caller.actor(), caller.origin()).await?;
            tx.commit().await?;
            return Ok(Recorded { stance, outcome });
        }
        ballot::insert_position(&mut tx, ballot.id, person.id, case.revision, stance, reason.as_ref()).await?;
        let event = Event {
            kind: EventKind::PositionTaken,
            actor: caller.actor(),
            subject: Subject::Case(case.id),
            origin: caller.origin(),
            details: json!({
                "reference": reference.to_string(),
                "board": board,
                "stance": stance,
                "before": before.map(|before| before.stance),
                "revision": case.revision,
            }),
        };
        audit::append(&mut tx, event).await?;
        let outcome = settle(&mut tx, &case, caller.actor(), caller.origin()).await?;
        tx.commit().await?;
        Ok(Recorded { stance, outcome })
    })
    .await
}
