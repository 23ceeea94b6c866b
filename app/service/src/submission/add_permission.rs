//! Adding a permission to a draft.

use kwanus_domain::{
    Violation,
    audit::{EventKind, Subject},
    case::CaseRef,
    permission::PermissionKey,
    policy::{Asked, ask},
};
use kwanus_store::{
    Db, Error as StoreError,
    audit::{self, Event},
    declaration,
};
use serde_json::json;

use super::draft::{catalogue, find};
use crate::{Caller, Result, retrying};

/// Adds the entry of the catalogue that was typed; answers its key. Anything else is refused with the rule that does and
/// with what may be meant.
pub async fn add_permission(db: &Db, caller: &Caller, reference: CaseRef, text: &str) -> Result<PermissionKey> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let draft = find(&mut tx, caller, reference).await?;
        let key = match ask(text, &catalogue(&mut tx).await?) {
            Asked::Entry(key) => key,
            Asked::Refused { rule, message, instead } => {
                let keys = instead.iter().map(PermissionKey::as_str).collect::<Vec<_>>().join(", ");
                let instead = if keys.is_empty() { keys } else { format!(". You may mean {keys}") };
                let message = format!("{message} ({}){instead}", rule.citation());
                return Err(Violation::with_message("permission", rule.id, message).into());
            }
        };
        match declaration::add_permission(&mut tx, draft.declaration.id, &key).await {
            Err(StoreError::Conflict(_)) => {
                let message = format!("{key} is declared already");
                return Err(Violation::with_message("permission", "twice", message).into());
            }
            other => other?,
        };
        declaration::touch(&mut tx, draft.declaration.id).await?;
        let event = Event {
            kind: EventKind::DraftChanged,
            actor: caller.actor(),
            subject: Subject::Case(draft.case.id),
            origin: caller.origin(),
            details: json!({ "added": key }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(key)
    })
    .await
}
