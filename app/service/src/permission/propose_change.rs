//! Proposing a change of the catalogue.

use kwanus_domain::{
    Violation,
    audit::{EventKind, Subject},
    ballot::Reason,
    catalogue::{Change, ChangeInput, ProposalId, What, differences},
    permission::Catalogue,
    proposal::MOST_OPEN,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    permission::{self, ProposalData},
};
use serde_json::json;

use crate::{Caller, Error, Result, notice, retrying};

/// Proposes what was typed on a form that was made from the version `seen`. Nothing changes before another administrator
/// approves it.
pub async fn propose_change(
    db: &Db,
    caller: &Caller,
    (what, input): (What, &ChangeInput),
    reason: &str,
    seen: i64,
) -> Result<ProposalId> {
    caller.require_administrator()?;
    let person = caller.person()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        permission::lock(&mut tx).await?;
        let catalogue = permission::lookup_newest(&mut tx).await?;
        // A version that is none of ours was never seen.
        let base = permission::lookup_version(&mut tx, seen).await?.ok_or(Error::NotFound)?;
        // Told before what is wrong with it: the form that is filled in again bears the version of today.
        if input.is_stale(what, &base, &catalogue) {
            return Err(Error::Conflict("The catalogue was changed here while you were writing".to_owned()));
        }
        let (change, next, reason) = read(what, input, reason, &catalogue).map_err(Error::Invalid)?;
        let open = permission::list_open(&mut tx).await?;
        // Sent twice, it is proposed once.
        if let Some(same) = open.iter().find(|row| row.change == change && row.proposed_by == person.id()) {
            return Ok(same.id);
        }
        if open.len() >= MOST_OPEN {
            let what = format!("{MOST_OPEN} proposals are open. Decide on some of them first");
            return Err(Error::Conflict(what));
        }
        let said = differences(&catalogue, &next);
        let details = json!({ "change": change.subject(), "differences": said, "reason": reason });
        let data = ProposalData {
            based_on: catalogue.version,
            change: &change,
            differences: said,
            reason,
            proposed_by: person.id(),
        };
        let id = permission::insert(&mut tx, data).await?;
        let event = Event {
            kind: EventKind::CatalogueChangeProposed,
            actor: caller.actor(),
            subject: Subject::Proposal(id),
            origin: caller.origin(),
            details,
        };
        audit::append(&mut tx, event).await?;
        notice::tell_proposed(&mut tx, id, &change, person.id()).await?;
        tx.commit().await?;
        Ok(id)
    })
    .await
}

/// What was typed, and the catalogue after it; everything that is wrong is told at once.
fn read(
    what: What,
    input: &ChangeInput,
    reason: &str,
    catalogue: &Catalogue,
) -> Result<(Change, Catalogue, Reason), Vec<Violation>> {
    let change = input.read(what, catalogue).and_then(|change| change.check(catalogue).map(|next| (change, next)));
    match (change, Reason::parse(reason)) {
        (Ok((change, next)), Ok(reason)) => Ok((change, next, reason)),
        (change, reason) => Err(change.err().into_iter().flatten().chain(reason.err()).collect()),
    }
}
