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

/// Deletes a draft with all that it declares. Its reference is never given again.
pub async fn delete(db: &Db, caller: &Caller, reference: CaseRef) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let draft = find(&mut tx, caller, reference).await?;
        declaration::delete_draft(&mut tx, draft.declaration).await?;
        case::delete_draft(&mut tx, draft.case.id).await?;
        let event = Event {
            kind: EventKind::DraftDeleted,
            actor: caller.actor(),
            subject: Subject::Case(draft.case.id),
            origin: caller.origin(),
            details: json!({ "reference": reference.to_string() }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
