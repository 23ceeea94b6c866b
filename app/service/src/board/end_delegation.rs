//! A deputy acts for a member no longer.

use kwanus_domain::{
    audit::{EventKind, Subject},
    board::DelegationId,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    ballot, board,
};
use serde_json::json;

use crate::{Caller, Error, Result, retrying};

/// Ends a delegation at once: its member may, and its deputy. Nobody else has to: whoever may not sign in does not act.
pub async fn end_delegation(db: &Db, caller: &Caller, id: DelegationId) -> Result<()> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let row = board::lookup_delegation(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let is_theirs = [row.member_id, row.deputy_id].contains(&person.id);
        if !is_theirs || !board::end_delegation(&mut tx, id).await? {
            return Err(Error::NotFound);
        }
        let event = Event {
            kind: EventKind::DelegationEnded,
            actor: caller.actor(),
            subject: Subject::Person(row.member_id),
            origin: caller.origin(),
            details: json!({ "delegation": id, "board": row.board_key, "deputy": row.deputy_id }),
        };
        audit::append(&mut tx, event).await?;
        ballot::look_again(&mut tx, &row.board_key).await?;
        Ok(tx.commit().await?)
    })
    .await
}
