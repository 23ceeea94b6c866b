//! Talking about a concern: the boards among themselves and with the partner.

use kwanus_domain::{
    account::PersonId,
    audit::{EventKind, Subject},
    case::{CaseKind, CaseRef},
    request::{MOST_ENTRIES, Remark, Side},
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
        state::{SeatPosition, load},
        take_position::require_open,
    },
    open_concern,
};
use crate::{Caller, Error, Result, notice, request::own_submission, retrying};

/// What came of a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remarked {
    /// The number of the concern.
    pub number: i64,
}

/// Says something about an open concern for the boards: whoever takes part in a ballot on its case may.
pub async fn reply(db: &Db, caller: &Caller, reference: CaseRef, number: i64, text: &str) -> Result<Remarked> {
    let person = caller.person()?;
    person.require_desk()?;
    let text = Remark::parse(text)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        require_open(&case)?;
        let ballots = load(&mut tx, (&case).into()).await?;
        let takes_part = |seat: &SeatPosition| seat.may_vote();
        if !ballots.iter().any(|ballot| ballot.seat_of(person.id).is_some_and(takes_part)) {
            return Err(Error::Forbidden("Only members who take part in a ballot on the case talk about its concerns"));
        }
        say(&mut tx, caller, &case, number, (Side::Board, person.id, &text)).await?;
        tx.commit().await?;
        Ok(Remarked { number })
    })
    .await
}

/// Says something about an open concern for the partner whose submission it is about.
pub async fn reply_as_partner(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    number: i64,
    text: &str,
) -> Result<Remarked> {
    if reference.kind != CaseKind::PermissionJustification {
        return Err(Error::NotFound);
    }
    let person = caller.person()?;
    let text = Remark::parse(text)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = own_submission(&mut tx, caller, reference).await?;
        require_open(&case)?;
        say(&mut tx, caller, &case, number, (Side::Partner, person.id, &text)).await?;
        tx.commit().await?;
        Ok(Remarked { number })
    })
    .await
}

/// Adds to the thread; a form that is sent twice says it once.
async fn say(
    tx: &mut Tx,
    caller: &Caller,
    case: &CaseRow,
    number: i64,
    (side, person, text): (Side, PersonId, &Remark),
) -> Result<()> {
    let row = open_concern(tx, case, number).await?;
    let entries = ballot::list_concern_entries(tx, &[row.id]).await?;
    if entries.last().is_some_and(|last| last.person_id == person && last.text == *text) {
        return Ok(());
    }
    if entries.len() >= MOST_ENTRIES {
        return Err(Error::Gone(format!("Concern {number} holds {MOST_ENTRIES} entries, and takes no more")));
    }
    ballot::insert_concern_entry(tx, row.id, side, person, text).await?;
    let event = Event {
        kind: EventKind::ConcernReplied,
        actor: caller.actor(),
        subject: Subject::Case(case.id),
        origin: caller.origin(),
        details: json!({
            "reference": case.reference.to_string(),
            "number": number,
            "concern": row.name,
            "side": side,
        }),
    };
    audit::append(tx, event).await?;
    notice::tell_said(tx, case, &row, entries.len() + 1, (side, person)).await
}
