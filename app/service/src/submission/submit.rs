//! Handing a draft to the boards.

use std::collections::BTreeSet;

use kwanus_domain::{
    Violation,
    audit::{Actor, EventKind, Subject},
    case::{CaseRef, RouteKey},
    policy::{RULES_VERSION, may_submit},
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event, Origin},
    case, declaration,
};
use serde_json::json;

use super::{
    draft::{Draft, catalogue, context, find, granted},
    lookup::{Evaluated, evaluated},
};
use crate::{Caller, Result, ballot, notice, request, retrying};

/// Submits a draft, as the caller checked it at `revision`, and sends it to the boards that its route names. The rules are
/// asked once more, under the lock of the case, and what they find is kept with it. What is forbidden or incomplete is not
/// submitted. Another revision of what is before the boards already takes its place: positions on that one count no more, and what was
/// asked of it is answered.
pub async fn submit(db: &Db, caller: &Caller, reference: CaseRef, revision: i64) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let draft = find(&mut tx, caller, reference).await?;
        draft.require_revision(revision)?;
        hand_over(&mut tx, &draft, caller.actor(), caller.origin()).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Hands a draft over, in the name of a person.
pub(crate) async fn hand_over(tx: &mut Tx, draft: &Draft, actor: Actor, origin: Option<&Origin>) -> Result<()> {
    let now = tx.now();
    let granted = granted(tx, &draft.integration, now).await?;
    let context = context(tx, &draft.partner, &draft.integration, &granted);
    let catalogue = catalogue(tx).await?;
    let Evaluated { permissions, findings, .. } = evaluated(tx, draft.declaration.id, &catalogue, context).await?;
    if permissions.is_empty() {
        return Err(Violation::new("permissions", "missing", "Declare at least one permission").into());
    }
    let blocked = permissions.iter().filter(|(_, each)| !may_submit(&each.findings));
    let mut blocked: Vec<_> = blocked.map(|(_, each)| each.permission.key.to_string()).collect();
    let parts = findings.iter().filter(|finding| !finding.verdict().may_submit());
    let parts: BTreeSet<_> = parts.filter_map(|finding| finding.place.part.kind()).collect();
    let within = |label: &str| format!("{}{}", label[..1].to_lowercase(), &label[1..]);
    blocked.extend(parts.into_iter().map(|(kind, _)| within(kind.label())));
    blocked.dedup();
    if !blocked.is_empty() {
        let message = format!("Mend what stands in the way of {}", blocked.join(", "));
        return Err(Violation::with_message("permissions", "blocked", message).into());
    }
    for (id, each) in &permissions {
        declaration::insert_findings(tx, *id, &each.findings).await?;
    }
    declaration::insert_part_findings(tx, draft.declaration.id, &findings).await?;
    declaration::submit(tx, draft.declaration.id, RULES_VERSION, catalogue.version).await?;
    case::submit(tx, draft.case.id, draft.declaration.number, actor.person()).await?;
    let layers = &draft.integration.layers;
    let keys = permissions.iter().flat_map(|(_, each)| RouteKey::of_permission(&each.entry, layers)).collect();
    let boards = ballot::open(tx, draft.case.id, &keys, layers, None).await?;
    let answers = match actor.person() {
        Some(person) => request::answer_by_revision(tx, draft.case.id, draft.declaration.number, person).await?,
        None => vec![],
    };
    notice::tell_submitted(tx, draft.case.id).await?;
    let keys: Vec<_> = permissions.iter().map(|(_, each)| &each.permission.key).collect();
    let event = Event {
        kind: EventKind::Submitted,
        actor,
        subject: Subject::Case(draft.case.id),
        origin,
        details: json!({ "reference": draft.case.reference.to_string(), "revision": draft.declaration.number, "permissions": keys, "rules": RULES_VERSION, "catalogue": catalogue.version, "boards": boards, "answers": answers }),
    };
    audit::append(tx, event).await?;
    Ok(())
}
