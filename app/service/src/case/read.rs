//! A case before somebody who reads it.

use kwanus_domain::{
    audit::AuditEventId,
    case::{CaseRef, CaseState},
};
use kwanus_store::Db;

use super::{Case, MyBallot, lookup};
use crate::{Caller, Result, ballot::note_opened};

/// The same as [`lookup`], for a page on which somebody reads it: of those who may vote on it, it is noted when they first did.
pub async fn read(db: &Db, caller: &Caller, reference: CaseRef, after: Option<AuditEventId>) -> Result<Case> {
    let case = lookup(db, caller, reference, after).await?;
    let may_vote = |ballot: &MyBallot| ballot.refusal.is_none();
    if case.state == CaseState::Open && case.mine.iter().any(may_vote) {
        note_opened(db, caller.person()?.id(), reference, case.revision).await;
    }
    Ok(case)
}
