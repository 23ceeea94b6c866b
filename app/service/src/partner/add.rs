//! Registering a partner.

use kwanus_domain::{
    audit::{EventKind, Subject},
    partner::Slug,
};
use kwanus_store::{
    Db, Error as StoreError,
    audit::{self, Event},
    partner,
};
use serde_json::json;

use super::{PartnerInput, input::taken};
use crate::{Caller, Result, retrying};

/// Registers a partner; answers its name in URLs.
pub async fn add(db: &Db, caller: &Caller, input: &PartnerInput) -> Result<Slug> {
    caller.require_administrator()?;
    let (data, contacts) = input.parse()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let id = match partner::insert(&mut tx, &data).await {
            Err(StoreError::Conflict(_)) => return Err(taken().into()),
            other => other?,
        };
        partner::replace_contacts(&mut tx, id, &contacts).await?;
        let event = Event {
            kind: EventKind::PartnerAdded,
            actor: caller.actor(),
            subject: Subject::Partner(id),
            origin: caller.origin(),
            details: json!({ "name": data.name, "tier": data.tier.number() }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(data.slug.clone())
    })
    .await
}
