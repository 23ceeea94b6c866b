//! Finding the thread in which somebody speaks, and whether they may, under the lock of its case.

use kwanus_domain::{
    account::PersonId,
    board::BoardKey,
    case::{CaseKind, CaseRef, CaseState},
    partner::PartnerStatus,
    request::{IsResolved, MOST_ENTRIES, Remark, Said, Side},
    time::show_instant,
};
use kwanus_store::{
    Tx,
    case::{self, CaseRow},
    integration, partner,
    request::{self, EntryRow, RequestRow},
};

use crate::{Caller, Error, Person, Result, ballot, submission::own_partner};

/// A submission, held to the end of the transaction. Drafts, and cases of other kinds, are asked nothing.
pub(super) async fn submission(tx: &mut Tx, reference: CaseRef) -> Result<CaseRow> {
    let case = case::lookup_for_update(tx, reference).await?.ok_or(Error::NotFound)?;
    let is_submitted = reference.kind == CaseKind::PermissionJustification && case.state != CaseState::Draft;
    if is_submitted { Ok(case) } else { Err(Error::NotFound) }
}

/// The same where it is the caller's partner's own. Another's is not there.
pub(crate) async fn own_submission(tx: &mut Tx, caller: &Caller, reference: CaseRef) -> Result<CaseRow> {
    let own = own_partner(caller)?;
    let case = submission(tx, reference).await?;
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    if integration.partner_id != own.id {
        return Err(Error::NotFound);
    }
    let partner = partner::lookup(tx, own.id).await?.ok_or(Error::NotFound)?;
    if partner.status == PartnerStatus::Inactive {
        return Err(Error::Forbidden("Only users of active partners can answer"));
    }
    Ok(case)
}

/// Refuses what comes after the decision.
pub(super) fn require_open(case: &CaseRow) -> Result<()> {
    if case.state == CaseState::Open {
        return Ok(());
    }
    let (reference, outcome) = (case.reference, case.state.label().to_lowercase());
    Err(Error::Gone(format!("{reference} was decided meanwhile: {outcome}")))
}

/// Lets those pass who speak for a board that decides or advises on the case: its members in term, but for whoever is
/// recused. Nobody of the partner is among them: its users hold no other role.
pub(super) async fn require_seat(tx: &mut Tx, person: &Person, case: &CaseRow, board: &BoardKey) -> Result<()> {
    // The roster is read under the lock: a term that ended a minute ago is over.
    let ballots = ballot::load(tx, case.into()).await?;
    let ballot = ballots.iter().find(|ballot| ballot.board == *board).ok_or(Error::NotFound)?;
    let seat = ballot.seat_of(person.id());
    let seat = seat.ok_or(Error::Forbidden("Only members of the board whose term is running speak in its name"))?;
    if seat.recusal.is_some() {
        return Err(Error::Forbidden("Nobody asks about a case in which they take no part"));
    }
    if ballot.is_over(tx.now()) {
        let closed = show_instant(ballot.deadline.ends_at());
        return Err(Error::Gone(format!("The ballot of {} closed on {closed}", board.monogram())));
    }
    Ok(())
}

/// The thread of that number, with what was said in it.
pub(super) async fn thread(tx: &mut Tx, case: &CaseRow, number: i64) -> Result<(RequestRow, Vec<EntryRow>)> {
    let row = request::lookup(tx, case.id, number).await?.ok_or(Error::NotFound)?;
    let entries = request::list_entries(tx, &[row.id]).await?;
    Ok((row, entries))
}

/// Whether that person has said just this: a form that is sent twice says it once.
pub(super) fn is_said(entries: &[EntryRow], person: PersonId, text: &Remark) -> bool {
    let is_same = |last: &EntryRow| last.person == person && matches!(&last.said, Said::Text(said) if said == text);
    entries.last().is_some_and(is_same)
}

/// Adds an entry, unless the thread is full.
pub(super) async fn say(
    tx: &mut Tx,
    (row, entries): (&RequestRow, &[EntryRow]),
    side: Side,
    person: PersonId,
    text: Remark,
) -> Result<()> {
    if entries.len() >= MOST_ENTRIES {
        let what = format!("Request {} holds {MOST_ENTRIES} entries, and takes no more", row.number);
        return Err(Error::Gone(what));
    }
    request::insert_entry(tx, row.id, side, person, &Said::Text(text)).await?;
    Ok(())
}

/// What is said where a request was resolved meanwhile.
pub(super) fn resolved(row: &RequestRow) -> impl Fn(IsResolved) -> Error {
    let number = row.number;
    move |_| Error::Gone(format!("Request {number} was resolved meanwhile"))
}
