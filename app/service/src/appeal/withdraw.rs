//! A partner takes its appeal back.

use kwanus_domain::{
    audit::{EventKind, Subject},
    ballot::Reason,
    case::{CaseKind, CaseRef, CaseState},
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    ballot, case,
};
use serde_json::json;

use super::find::{hold, own};
use crate::{Caller, Error, Result, retrying, submission::own_partner};

/// Withdraws an appeal that the boards have, for a reason if one was typed. Their ballots close as they stand, and nothing
/// changes by it; the decision is not appealed again. A partner that is inactive may do so too: it only asks for less.
pub async fn withdraw(db: &Db, caller: &Caller, reference: CaseRef, reason: &str) -> Result<()> {
    own_partner(caller)?;
    if reference.kind != CaseKind::Appeal {
        return Err(Error::NotFound);
    }
    let reason = Reason::parse_optional(reason)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = hold(&mut tx, reference).await?;
        own(&mut tx, caller, &case).await?;
        if case.state != CaseState::Open {
            let how = case.state.label().to_lowercase();
            return Err(Error::Gone(format!("{reference} is not before the boards any more: {how}")));
        }
        case::withdraw(&mut tx, case.id).await?;
        ballot::close_of_case(&mut tx, case.id).await?;
        let event = Event {
            kind: EventKind::AppealWithdrawn,
            actor: caller.actor(),
            subject: Subject::Case(case.id),
            origin: caller.origin(),
            details: json!({ "reference": reference.to_string(), "reason": reason }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
