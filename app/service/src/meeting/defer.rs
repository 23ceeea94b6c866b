//! A case is deferred to the next meeting of a board.

use chrono::NaiveDate;
use kwanus_domain::{
    audit::{EventKind, Subject},
    ballot::Reason,
    board::BoardKey,
    case::CaseRef,
    meeting::{MeetingState, may_defer},
    time::show_date,
};
use kwanus_store::{
    Db, case,
    meeting::{self, DeferralData},
};
use serde_json::json;

use super::right::{lock, log, require};
use crate::{
    Caller, Error, Result,
    ballot::{SeatPosition, load, require_open, require_running},
    notice, retrying,
};

/// Puts an open case on the agenda of a board's next planned meeting, as a member who takes part in it, with a reason; answers the
/// day. A board does so once without its chair. The ballot closes when it would have: silence never approves, and clocks run.
pub async fn defer(db: &Db, caller: &Caller, reference: CaseRef, board: &BoardKey, reason: &str) -> Result<NaiveDate> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        require_open(&case)?;
        let ballots = load(&mut tx, (&case).into()).await?;
        let ballot = ballots.iter().find(|ballot| ballot.board == *board).ok_or(Error::NotFound)?;
        let seat = ballot.seat(person.id).filter(|seat| seat.may_vote());
        let seat = seat.ok_or(Error::Forbidden(
            "Only members of the board who take part in the case defer it to the board's meeting",
        ))?;
        require_running(ballot, tx.now())?;
        let reason = Reason::parse(reason)?;
        let Some(day) = meeting::lookup_next(&mut tx, board).await? else {
            return Err(Error::Conflict(format!("{} has no meeting planned", board.monogram())));
        };
        let row = lock(&mut tx, board, day).await?;
        require(&row, MeetingState::Planned)?;
        let before = meeting::list_of_ballot(&mut tx, ballot.id).await?;
        if before.iter().any(|deferral| deferral.day == row.day) {
            let day = show_date(row.day);
            return Err(Error::Gone(format!("{reference} is deferred to the meeting of {day} already")));
        }
        let by_chair = SeatPosition::chairs(seat);
        if !may_defer(by_chair, before.iter().filter(|deferral| !deferral.by_chair).count()) {
            return Err(Error::Forbidden("The board has deferred this case once: only its chair defers it again"));
        }
        let data =
            DeferralData { meeting: row.id, ballot: ballot.id, person: person.id, by_chair, reason: reason.clone() };
        meeting::insert_deferral(&mut tx, &data).await?;
        let details = json!({
            "reference": reference.to_string(),
            "board": board,
            "meeting": row.id,
            "day": row.day,
            "reason": reason,
        });
        log(&mut tx, caller, EventKind::CaseDeferred, Subject::Case(case.id), details).await?;
        notice::tell_deferred(&mut tx, reference, board, row.day, person.id).await?;
        tx.commit().await?;
        Ok(row.day)
    })
    .await
}
