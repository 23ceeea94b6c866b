//! Taking a permission out of a draft.

use kwanus_domain::{
    audit::{EventKind, Subject},
    case::CaseRef,
    permission::PermissionKey,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    declaration,
};
use serde_json::json;

use super::draft::{find, taken_out};
use crate::{Caller, Error, Result, retrying};

/// Takes a permission out of a draft, with all that was answered about it, as the caller saw it at `revision`.
pub async fn remove_permission(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    key: &PermissionKey,
    revision: i64,
) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let draft = find(&mut tx, caller, reference).await?;
        let all = declaration::list_permissions(&mut tx, draft.declaration.id).await?;
        let stored = all.into_iter().find(|stored| stored.permission.key == *key).ok_or_else(|| taken_out(key))?;
        if stored.revision != revision {
            let what =
                format!("{key} was changed in another tab, or by a colleague. Look at it again before you take it out");
            return Err(Error::Conflict(what));
        }
        declaration::delete_permission(&mut tx, stored.id).await?;
        declaration::touch(&mut tx, draft.declaration.id).await?;
        let event = Event {
            kind: EventKind::DraftChanged,
            actor: caller.actor(),
            subject: Subject::Case(draft.case.id),
            origin: caller.origin(),
            details: json!({ "removed": key }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
