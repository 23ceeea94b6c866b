//! What happens next with what the boards have got.

use chrono::NaiveDate;
use kwanus_domain::{
    account::Scope,
    case::{CaseRef, CaseState},
};
use kwanus_store::{Db, precedent};

use super::{
    list::likely,
    lookup::{Submission, read},
};
use crate::{Caller, Error, Result};

/// A submission that the boards have got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The submission.
    pub submission: Submission,
    /// The day by which the boards likely decide, by what they took for such cases.
    pub likely_by: Option<NaiveDate>,
}

/// The caller's submission of that reference, once it was submitted. Another's is not there, nor is a first draft.
pub async fn receipt(db: &Db, caller: &Caller, reference: CaseRef) -> Result<Receipt> {
    let own = caller.partner(Scope::ReadSubmissions)?;
    let mut tx = db.read().await?;
    let submission = read(&mut tx, own, reference).await?;
    if submission.state == CaseState::Draft {
        return Err(Error::NotFound);
    }
    let paces = precedent::list_paces(&mut tx).await?;
    let now = tx.now();
    let boards = submission.boards.iter().map(|state| &state.board);
    let likely_by = submission.submitted_at.and_then(|at| likely(at, boards, &paces, now));
    Ok(Receipt { submission, likely_by })
}
