//! Registering an integration.

use kwanus_domain::{
    Violation,
    audit::{EventKind, Subject},
    partner::{PartnerStatus, Slug},
};
use kwanus_store::{
    Db, Error as StoreError,
    audit::{self, Event},
    integration, partner,
};
use serde_json::json;

use super::{IntegrationInput, input::taken};
use crate::{Caller, Error, Result, retrying};

/// Registers an integration of a partner, in its first stage and without a grant; answers its name in URLs.
pub async fn add(db: &Db, caller: &Caller, partner: &Slug, input: &IntegrationInput) -> Result<Slug> {
    caller.require_administrator()?;
    let data = input.parse()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let partner = partner::lookup_by_slug(&mut tx, partner).await?.ok_or(Error::NotFound)?;
        if partner.status == PartnerStatus::Inactive {
            let inactive = Violation::new("name", "inactive", "Make the partner active before it gets an integration");
            return Err(inactive.into());
        }
        let id = match integration::insert(&mut tx, partner.id, &data).await {
            Err(StoreError::Conflict(_)) => return Err(taken().into()),
            other => other?,
        };
        let event = Event {
            kind: EventKind::IntegrationAdded,
            actor: caller.actor(),
            subject: Subject::Integration(id),
            origin: caller.origin(),
            details: json!({ "partner": partner.id, "name": data.name, "layers": data.layers.to_string() }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(data.slug.clone())
    })
    .await
}
