//! Giving a draft up.

use kwanus_domain::{
    audit::{EventKind, Subject},
    case::CaseRef,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    case, declaration,
};
use serde_json::json;

use super::draft::find;
use crate::{Caller, Result, retrying};

/// Deletes a draft with all that it declares, as the caller saw it at `revision`. The reference of a first draft is never
/// given again; a draft of another revision leaves the one before the boards as it is.
pub async fn delete(db: &Db, caller: &Caller, reference: CaseRef, revision: i64) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let draft = find(&mut tx, caller, reference).await?;
        draft.require_revision(revision)?;
        declaration::delete_draft(&mut tx, draft.declaration.id).await?;
        case::delete_draft(&mut tx, draft.case.id).await?;
        let event = Event {
            kind: EventKind::DraftDeleted,
            actor: caller.actor(),
            subject: Subject::Case(draft.case.id),
            origin: caller.origin(),
            details: json!({ "reference": reference.to_string(), "revision": draft.declaration.number }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
