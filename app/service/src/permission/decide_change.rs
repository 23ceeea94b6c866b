//! What becomes of a proposed change: another administrator approves or declines it, or its author withdraws it.

use kwanus_domain::{
    account::PersonId,
    audit::{EventKind, Subject},
    ballot::Reason,
    catalogue::ProposalId,
    permission::Catalogue,
    proposal::Ruling,
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    case, declaration,
    permission::{self, ProposalRow},
};
use serde_json::json;

use crate::{
    Caller, Error, Result,
    ballot::decline_if_overtaken,
    proposal::{self, Author, refused},
    retrying,
};

/// Rules on a proposal; answers the version of the catalogue from then on. To decline wants a reason. Approving reads the
/// change against the catalogue as it is now: what does not apply any more stays open, and changes nothing. It declines what is
/// before the boards and asks for what is withdrawn: no vote could carry it. Who was let in by the author does not approve. Of
/// two who rule at once, the second is told what the first said.
pub async fn decide_change(db: &Db, caller: &Caller, id: ProposalId, ruling: Ruling, answer: &str) -> Result<i64> {
    caller.require_administrator()?;
    let person = caller.person()?;
    let answer = match ruling {
        Ruling::Decline => Some(Reason::parse(answer)?),
        Ruling::Approve | Ruling::Withdraw => Reason::parse_optional(answer)?,
    };
    retrying(|| async {
        let mut tx = db.write().await?;
        permission::lock(&mut tx).await?;
        let row = permission::lookup(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let state = row.state.rule(ruling, row.proposed_by == person.id()).map_err(refused)?;
        if ruling == Ruling::Approve
            && let Some(why) = dependence(&mut tx, &row, person.id()).await?
        {
            return Err(Error::Gone(why));
        }
        let catalogue = permission::lookup_newest(&mut tx).await?;
        let mut declined = Vec::new();
        permission::decide(&mut tx, id, state, person.id(), answer.clone()).await?;
        let (kind, version) = match ruling {
            Ruling::Approve => {
                let next = applied(&mut tx, &row, &catalogue).await?.map_err(Error::Gone)?;
                permission::insert_version(&mut tx, &next, id).await?;
                declined = decline(&mut tx, &catalogue, &next).await?;
                (EventKind::CatalogueChangeApproved, next.version)
            }
            Ruling::Decline => (EventKind::CatalogueChangeDeclined, catalogue.version),
            Ruling::Withdraw => (EventKind::CatalogueChangeWithdrawn, catalogue.version),
        };
        let event = Event {
            kind,
            actor: caller.actor(),
            subject: Subject::Proposal(id),
            origin: caller.origin(),
            details: json!({
                "change": row.change.subject(), "differences": row.differences, "reason": answer, "version": version,
                "declined": declined,
            }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(version)
    })
    .await
}

/// Declines what is before the boards and asks for what the next version withdraws; answers the references.
async fn decline(tx: &mut Tx, now: &Catalogue, next: &Catalogue) -> Result<Vec<String>> {
    let mut declined = Vec::new();
    for id in declaration::list_asking(tx, &now.withdrawn_in(next), None).await? {
        let Some(open) = case::lookup_by_id(tx, id).await? else { continue };
        if decline_if_overtaken(tx, &open).await? {
            declined.push(open.reference.to_string());
        }
    }
    Ok(declined)
}

/// Why somebody is no second administrator beside the author of a proposal, if they are none.
pub(super) async fn dependence(tx: &mut Tx, row: &ProposalRow, person: PersonId) -> Result<Option<String>> {
    let author = Author { id: row.proposed_by, name: &row.author, proposed_at: row.proposed_at };
    proposal::dependence(tx, author, person).await
}

/// The catalogue after a proposal; or why it does not apply any more, in a sentence without a full stop.
pub(super) async fn applied(tx: &mut Tx, row: &ProposalRow, now: &Catalogue) -> Result<Result<Catalogue, String>> {
    let base = permission::lookup_version(tx, row.based_on).await?.ok_or(Error::NotFound)?;
    if row.change.is_stale(&base, now) {
        let what = "It no longer applies: what it changes was changed since. Propose it anew from how it stands now";
        return Ok(Err(what.to_owned()));
    }
    Ok(row.change.check(now).map_err(|wrong| {
        let wrong: Vec<_> = wrong.iter().map(|violation| &*violation.message).collect();
        format!("It no longer applies: {}", wrong.join("; "))
    }))
}
