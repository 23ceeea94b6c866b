//! Handing a draft to the boards.

use kwanus_domain::{
    Violation,
    audit::{EventKind, Subject},
    case::CaseRef,
    policy::{Context, RULES_VERSION, may_submit},
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    case, declaration, permission,
};
use serde_json::json;

use super::{draft::find, lookup::evaluated};
use crate::{Caller, Result, retrying};

/// Submits a draft. The rules are asked once more, under the lock of the case, and what they find is kept with it. What is
/// forbidden or incomplete is not submitted.
pub async fn submit(db: &Db, caller: &Caller, reference: CaseRef) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let draft = find(&mut tx, caller, reference).await?;
        let (entries, classes) = (permission::list_entries(&mut tx).await?, permission::list_classes(&mut tx).await?);
        let context = Context { tier: draft.partner.tier, today: tx.now().date_naive() };
        let permissions = evaluated(&mut tx, draft.declaration, (&entries, &classes), context).await?;
        if permissions.is_empty() {
            return Err(Violation::new("permissions", "missing", "Declare at least one permission").into());
        }
        let blocked: Vec<_> = permissions.iter().filter(|(_, each)| !may_submit(&each.findings)).collect();
        if !blocked.is_empty() {
            let keys = blocked.iter().map(|(_, each)| each.permission.key.as_str()).collect::<Vec<_>>().join(", ");
            let message = format!("Mend what stands in the way of {keys}");
            return Err(Violation::with_message("permissions", "blocked", message).into());
        }
        for (id, each) in &permissions {
            declaration::insert_findings(&mut tx, *id, &each.findings).await?;
        }
        declaration::submit(&mut tx, draft.declaration, RULES_VERSION).await?;
        case::open(&mut tx, draft.case.id).await?;
        let keys: Vec<_> = permissions.iter().map(|(_, each)| &each.permission.key).collect();
        let event = Event {
            kind: EventKind::Submitted,
            actor: caller.actor(),
            subject: Subject::Case(draft.case.id),
            origin: caller.origin(),
            details: json!({ "reference": reference.to_string(), "permissions": keys, "rules": RULES_VERSION }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
