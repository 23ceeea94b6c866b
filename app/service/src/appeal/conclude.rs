//! What a carried appeal brings about.

use kwanus_domain::{
    audit::{Actor, EventKind, Subject},
    grant::EndCause,
    permission::PermissionKey,
    suspension::Extent,
};
use kwanus_store::{
    Tx,
    audit::{self, Event, Origin},
    case::{self, CaseRow},
    declaration, grant, integration, partner, suspension,
};
use serde_json::{Value, json};

use super::{
    decision::Decision,
    prospect::{Effect, Granted, prospect},
};
use crate::{Error, Result, manifest, notice};

/// Grants what was declined, resumes what was ended, or lifts what was suspended; answers what the log says of it. What is
/// granted names the appeal as its case. What is appealed stays decided as it was.
pub(crate) async fn conclude(tx: &mut Tx, case: &CaseRow, (actor, origin): (Actor, Option<&Origin>)) -> Result<Value> {
    grant::lock(tx, case.integration_id).await?;
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    let partner = partner::lookup(tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
    let decision = Decision::of_appeal(tx, case.id).await?;
    let appealed = &decision.case;
    match prospect(tx, &decision, (&partner, &integration)).await?.effect {
        Effect::Grants(all) => {
            let before = grant::end_all(tx, integration.id, case.id, EndCause::Superseded).await?;
            let granted = issue(tx, case, &all).await?;
            grant::inherit(tx, case.id, case.id).await?;
            case::decide_appealed(tx, case.id, appealed.id).await?;
            let row = declaration::lookup_number(tx, appealed.id, appealed.revision).await?.ok_or(Error::NotFound)?;
            let recorded = manifest::record_approved(tx, case, &row).await?.map(|version| version.to_string());
            let ended: Vec<_> = before.into_iter().filter(|key| !granted.contains(key)).collect();
            Ok(json!({ "granted": granted, "ended": ended, "recorded": recorded }))
        }
        Effect::Resumes(all) => {
            let granted = issue(tx, case, &all).await?;
            grant::inherit(tx, case.id, appealed.id).await?;
            Ok(json!({ "granted": granted }))
        }
        Effect::Lifts(extent) => {
            match &extent {
                Extent::Integration => suspension::end(tx, integration.id).await?,
                Extent::Grants(_) => grant::resume_of(tx, appealed.id).await?,
            }
            let named: Vec<_> = extent.named().collect();
            let effects = json!({ "is_suspended": false, "permissions": named, "case": case.reference.to_string() });
            let subject = Subject::Integration(integration.id);
            let details = effects.clone();
            audit::append(tx, Event { kind: EventKind::SuspensionLifted, actor, subject, origin, details }).await?;
            notice::tell_suspension_ended(tx, (integration.id, case.reference), &extent).await?;
            Ok(effects)
        }
    }
}

async fn issue(tx: &mut Tx, case: &CaseRow, all: &[Granted]) -> Result<Vec<PermissionKey>> {
    for one in all {
        grant::insert(tx, case.integration_id, case.id, one.declared, one.ends_at).await?;
    }
    Ok(all.iter().map(|one| one.key.clone()).collect())
}
