//! Editing what the register says of an integration.

use kwanus_domain::{
    Violation,
    audit::{EventKind, Subject},
    case::CaseState,
    partner::Slug,
};
use kwanus_store::{
    Db, Error as StoreError,
    audit::{self, Event},
    case,
    integration::{self, IntegrationData},
    partner,
};
use serde_json::json;

use super::{IntegrationInput, input::taken};
use crate::{Caller, Error, Result, error::say_now, retrying};

/// Keeps what was typed of the integration, which the editor saw at `revision`; answers its name in URLs.
pub async fn edit(
    db: &Db,
    caller: &Caller,
    (partner, slug): (&Slug, &Slug),
    input: &IntegrationInput,
    revision: i64,
) -> Result<Slug> {
    caller.require_administrator()?;
    let data = input.parse()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let partner = partner::lookup_by_slug(&mut tx, partner).await?.ok_or(Error::NotFound)?;
        let before = integration::lookup_by_slug(&mut tx, partner.id, slug).await?.ok_or(Error::NotFound)?;
        let is_same = data
            == IntegrationData {
                slug: before.slug.clone(),
                name: before.name.clone(),
                description: before.description.clone(),
                layers: before.layers.clone(),
            };
        if is_same && before.revision == revision {
            return Ok(data.slug.clone());
        }
        // An open case was routed by the layers that it was brought with.
        integration::lock(&mut tx, before.id).await?;
        let submission = case::lookup_unfinished(&mut tx, before.id).await?.filter(|case| case.state == CaseState::Open);
        let open = submission.or(case::lookup_open_transition(&mut tx, before.id).await?);
        if let Some(open) = open.filter(|_| data.layers != before.layers) {
            let message = format!("{} is before the boards: change the layers once it is decided", open.reference);
            return Err(Violation::with_message("layers", "open_case", message).into());
        }
        match integration::update(&mut tx, before.id, &data, revision).await {
            Ok(true) => {}
            Ok(false) => {
                return Err(Error::Changed {
                    what: "Somebody else edited this integration while you were writing".to_owned(),
                    now: say_now([
                        ("name", data.name == before.name, before.name.to_string()),
                        ("slug", data.slug == before.slug, before.slug.to_string()),
                        ("layers", data.layers == before.layers, before.layers.to_string()),
                        ("description", data.description == before.description, before.description.to_string()),
                    ]),
                });
            }
            Err(StoreError::Conflict(_)) => return Err(taken().into()),
            Err(error) => return Err(error.into()),
        }
        let event = Event {
            kind: EventKind::IntegrationEdited,
            actor: caller.actor(),
            subject: Subject::Integration(before.id),
            origin: caller.origin(),
            details: json!({
                "from": { "slug": before.slug, "name": before.name, "layers": before.layers.to_string(), "description": before.description },
                "to": { "slug": data.slug, "name": data.name, "layers": data.layers.to_string(), "description": data.description },
            }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(data.slug.clone())
    })
    .await
}
