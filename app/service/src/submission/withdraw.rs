//! Taking back what the boards have not decided yet.

use kwanus_domain::{
    audit::{EventKind, Subject},
    ballot::Reason,
    case::{CaseRef, CaseState},
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    ballot,
    case::{self, CaseRow},
    declaration::{self, DeclarationRow},
    integration,
};
use serde_json::json;

use super::draft::{has_run_out, own_partner, run_out};
use crate::{Caller, Error, Result, notice, retrying};

/// Withdraws a submission that the boards have, as the caller saw it at revision `number`, for a reason if one was typed.
/// Their ballots close as they stand, nothing is granted by it, and a draft of another revision is deleted with it. What was
/// decided first stays decided. A partner that is inactive may do so too: it only asks for less.
pub async fn withdraw(db: &Db, caller: &Caller, reference: CaseRef, number: i64, reason: &str) -> Result<()> {
    let own = own_partner(caller)?;
    let reason = Reason::parse_optional(reason)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        let integration = integration::lookup(&mut tx, case.integration_id).await?.ok_or(Error::NotFound)?;
        if integration.partner_id != own.id {
            return Err(Error::NotFound);
        }
        // What no partner declared is not a partner's to withdraw.
        let newest = declaration::lookup_newest(&mut tx, case.id).await?.ok_or(Error::NotFound)?;
        match case.state {
            CaseState::Open => {}
            CaseState::Draft => {
                return Err(Error::Gone(format!("{reference} is a draft, which the boards do not have: delete it")));
            }
            CaseState::Withdrawn => return Err(Error::Gone(format!("{reference} was withdrawn meanwhile"))),
            decided => {
                let outcome = decided.label().to_lowercase();
                return Err(Error::Gone(format!("{reference} was decided meanwhile: {outcome}")));
            }
        }
        if has_run_out(&mut tx, &case).await? {
            return Err(Error::Gone(run_out(reference)));
        }
        if case.revision != number {
            let what = format!("The boards have revision {} now, and this page showed another", case.revision);
            return Err(Error::Conflict(what));
        }
        if newest.submitted_at.is_none() {
            delete_draft(&mut tx, caller, &case, &newest).await?;
        }
        case::withdraw(&mut tx, case.id).await?;
        ballot::close_of_case(&mut tx, case.id).await?;
        let event = Event {
            kind: EventKind::SubmissionWithdrawn,
            actor: caller.actor(),
            subject: Subject::Case(case.id),
            origin: caller.origin(),
            details: json!({ "reference": reference.to_string(), "revision": case.revision, "reason": reason }),
        };
        audit::append(&mut tx, event).await?;
        notice::tell_withdrawn(&mut tx, &case).await?;
        Ok(tx.commit().await?)
    })
    .await
}

async fn delete_draft(tx: &mut Tx, caller: &Caller, case: &CaseRow, draft: &DeclarationRow) -> Result<()> {
    declaration::delete_draft(tx, draft.id).await?;
    let event = Event {
        kind: EventKind::DraftDeleted,
        actor: caller.actor(),
        subject: Subject::Case(case.id),
        origin: caller.origin(),
        details: json!({ "reference": case.reference.to_string(), "revision": draft.number }),
    };
    audit::append(tx, event).await?;
    Ok(())
}
