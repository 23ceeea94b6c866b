//! Another revision answers everything that was asked of the one before it.

use kwanus_domain::{
    account::PersonId,
    case::CaseId,
    request::{RequestState, Said, Side},
};
use kwanus_store::{Tx, request};

use crate::{Result, notice};

/// Answers every request of a case that waits for its partner, by the revision that this person submits; gives their numbers.
/// The caller holds the case, and logs what was submitted.
pub(crate) async fn answer_by_revision(tx: &mut Tx, case: CaseId, revision: i64, person: PersonId) -> Result<Vec<i64>> {
    let mut answered = Vec::new();
    for row in request::list_unresolved(tx, &[case]).await? {
        if row.state == RequestState::Open {
            request::insert_entry(tx, row.id, Side::Partner, person, &Said::Revision(revision)).await?;
            request::answer(tx, row.id).await?;
            notice::tell_answered_by_revision(tx, case, &row, revision).await?;
            answered.push(row.number);
        }
    }
    Ok(answered)
}
