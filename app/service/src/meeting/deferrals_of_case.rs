//! To which meetings a case is deferred, and whether the reader can defer it.

use chrono::NaiveDate;
use kwanus_domain::{
    board::BoardKey,
    case::{CaseRef, CaseState},
    meeting::{MeetingState, may_defer},
};
use kwanus_store::{
    Db, case,
    meeting::{self, DeferralRow},
};

use crate::{
    Caller, Error, Result,
    ballot::{SeatPosition, is_recused, load},
};

/// What a board's meetings are to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseDeferral {
    /// Which board.
    pub board: BoardKey,
    /// The day of its next meeting, if one is planned.
    pub next: Option<NaiveDate>,
    /// To which planned meetings the case is deferred, by whom and why.
    pub deferred: Vec<DeferralRow>,
    /// Whether the reader can defer it now.
    pub may_defer: bool,
}

/// What the meetings of its boards are to an open case; nothing once it is decided, and nothing for whoever takes no part.
pub async fn deferrals_of_case(db: &Db, caller: &Caller, reference: CaseRef) -> Result<Vec<CaseDeferral>> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let case = case::lookup(&mut tx, reference).await?.ok_or(Error::NotFound)?;
    if case.state != CaseState::Open {
        return Ok(vec![]);
    }
    let ballots = load(&mut tx, (&case).into()).await?;
    if is_recused(person.id, case.proposer(), &ballots) {
        return Ok(vec![]);
    }
    let now = tx.now();
    let mut deferrals = Vec::with_capacity(ballots.len());
    for ballot in ballots.iter().filter(|ballot| !ballot.is_over(now)) {
        let next = meeting::lookup_next(&mut tx, &ballot.board).await?;
        let all = meeting::list_of_ballot(&mut tx, ballot.id).await?;
        let count = all.iter().filter(|deferral| !deferral.by_chair).count();
        let is_on_it = next.is_some() && all.iter().any(|deferral| Some(deferral.day) == next);
        let seat = ballot.seat(person.id).filter(|seat| seat.may_vote());
        deferrals.push(CaseDeferral {
            board: ballot.board.clone(),
            next,
            may_defer: next.is_some()
                && !is_on_it
                && seat.is_some_and(|seat| may_defer(SeatPosition::chairs(seat), count)),
            deferred: all.into_iter().filter(|deferral| deferral.state == MeetingState::Planned).collect(),
        });
    }
    Ok(deferrals)
}
