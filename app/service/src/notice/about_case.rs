//! What members are told of a case, and its partner of what it submitted.

use kwanus_domain::{
    account::PersonId,
    appeal::Window,
    ballot::{Ask, Outcome},
    case::{CaseId, CaseKind, CaseRef},
    notice::News,
};
use kwanus_store::{
    Tx, appeal,
    case::{self, CaseRow},
    notice::list_users,
    revisit::RevisitRow,
};

use super::tell::{about, tell};
use crate::{
    Error, Result,
    ballot::{BoardBallot, SeatPosition, load},
};

/// Who may take a position on these ballots: nobody who brought the case before the boards.
fn voters(ballots: &[BoardBallot]) -> impl Iterator<Item = &SeatPosition> {
    ballots.iter().flat_map(|ballot| &ballot.seats).filter(|seat| seat.may_vote())
}

/// Tells the members of the boards that decide or advise that a case, or another revision of it, is before them.
pub(crate) async fn tell_submitted(tx: &mut Tx, case: CaseId) -> Result<()> {
    let case = case::lookup_by_id(tx, case).await?.ok_or(Error::NotFound)?;
    let ballots = load(tx, (&case).into()).await?;
    let (_, about) = about(tx, case.integration_id).await?;
    let news = News::CaseSubmitted { case: case.reference, revision: case.revision, about };
    tell(tx, voters(&ballots).map(|seat| seat.person), &news).await
}

/// The same of a case that began before the boards. A round of reviews opens one for each integration, and stands on a page of
/// its own: nobody is told of each.
pub(crate) async fn tell_opened(tx: &mut Tx, kind: CaseKind, case: CaseId) -> Result<()> {
    match kind.ask() {
        Ask::Approval => tell_submitted(tx, case).await,
        Ask::Ladder => Ok(()),
    }
}

/// Tells the members of the boards that a case was decided, and its partner where it submitted it.
pub(crate) async fn tell_decided(tx: &mut Tx, case: &CaseRow, outcome: Outcome, ballots: &[BoardBallot]) -> Result<()> {
    let (partner, about) = about(tx, case.integration_id).await?;
    let seats = ballots.iter().flat_map(|ballot| &ballot.seats).filter(|seat| seat.is_in_term);
    let members: Vec<PersonId> = seats.map(|seat| seat.person).collect();
    tell(tx, members, &News::CaseDecided { case: case.reference, outcome, about: about.clone() }).await?;
    if case.reference.kind == CaseKind::PermissionJustification {
        let users = list_users(tx, partner).await?;
        let decision = case::lookup_decision(tx, case.id).await?.filter(|_| outcome == Outcome::Declined);
        let appeal_until = decision.map(|decision| Window::of(decision.decided_at).last_day());
        tell(tx, users, &News::SubmissionDecided { case: case.reference, outcome, about, appeal_until }).await?;
    } else if let Some(appeal) = appeal::lookup(tx, case.id).await? {
        let appealed = case::lookup_by_id(tx, appeal.appealed_id).await?.ok_or(Error::NotFound)?.reference;
        let users = list_users(tx, partner).await?;
        tell(tx, users, &News::AppealDecided { case: case.reference, outcome, appealed, about }).await?;
    }
    Ok(())
}

/// Tells the members of the boards that have a case in the place of one that was decided, and its partner.
pub(crate) async fn tell_reopened(tx: &mut Tx, decided: CaseRef, opened: CaseId) -> Result<()> {
    let case = case::lookup_by_id(tx, opened).await?.ok_or(Error::NotFound)?;
    let (partner, about) = about(tx, case.integration_id).await?;
    let ballots = load(tx, (&case).into()).await?;
    let news = |is_own| News::CaseReopened { case: decided, opened: case.reference, about: about.clone(), is_own };
    tell(tx, voters(&ballots).map(|seat| seat.person), &news(false)).await?;
    let users = list_users(tx, partner).await?;
    tell(tx, users, &news(true)).await
}

/// Tells the members of the boards that decided a case that the day has come on which they look at it again.
pub(crate) async fn tell_revisit(tx: &mut Tx, case: &CaseRow, row: &RevisitRow) -> Result<()> {
    let (_, about) = about(tx, case.integration_id).await?;
    let ballots = load(tx, case.into()).await?;
    let news = News::RevisitDue { case: case.reference, about, day: row.on_date, reason: row.reason.clone() };
    tell(tx, voters(&ballots).map(|seat| seat.person), &news).await
}

/// Tells the members who took a position on a case that its partner withdrew it.
pub(crate) async fn tell_withdrawn(tx: &mut Tx, case: &CaseRow) -> Result<()> {
    let ballots = load(tx, case.into()).await?;
    let seats =
        ballots.iter().flat_map(|ballot| &ballot.seats).filter(|seat| seat.is_in_term && seat.position.is_some());
    let members: Vec<PersonId> = seats.map(|seat| seat.person).collect();
    let (_, about) = about(tx, case.integration_id).await?;
    tell(tx, members, &News::CaseWithdrawn { case: case.reference, about }).await
}

/// Tells the members who have taken no position on a ballot that passed its date that it is extended. Looked at again, they are
/// not told again.
pub(crate) async fn tell_extended(tx: &mut Tx, case: &CaseRow) -> Result<()> {
    let now = tx.now();
    for ballot in load(tx, case.into()).await? {
        if ballot.ask != Ask::Approval || !ballot.deadline.is_overdue(now) || ballot.deadline.is_over(now) {
            continue;
        }
        let is_silent = |seat: &&SeatPosition| seat.position.as_ref().is_none_or(|position| position.is_stale);
        let silent = voters(std::slice::from_ref(&ballot)).filter(is_silent).map(|seat| seat.person);
        let news = News::BallotExtended {
            case: case.reference,
            board: ballot.board.clone(),
            ends_at: ballot.deadline.ends_at(),
        };
        tell(tx, silent, &news).await?;
    }
    Ok(())
}
