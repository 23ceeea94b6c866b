//! A submission as its partner sees it, with what the rules find in it now.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    case::{CaseRef, CaseState},
    declaration::DeclaredPermission,
    integration::IntegrationName,
    partner::{Slug, Tier},
    permission::{DataClass, Entry},
    policy::{Context, Finding, evaluate, may_submit},
};
use kwanus_store::{Db, Tx, case, declaration, integration, partner, permission};

use super::draft::own_partner;
use crate::{Caller, Error, Result};

/// A submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// How it is called.
    pub reference: CaseRef,
    /// How far it is.
    pub state: CaseState,
    /// Which revision of what the integration declares.
    pub number: i64,
    /// The integration's name.
    pub integration: IntegrationName,
    /// The integration's name in URLs.
    pub slug: Slug,
    /// The partner's tier.
    pub tier: Tier,
    /// What it declares.
    pub permissions: Vec<SubmittedPermission>,
    /// When the boards got it.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The day, in UTC.
    pub today: NaiveDate,
    /// What can be asked for.
    pub entries: Vec<Entry>,
}

/// A permission of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmittedPermission {
    /// Counts its edits; an edit names the one that it saw.
    pub revision: i64,
    /// What is declared.
    pub permission: DeclaredPermission,
    /// The entry of the catalogue.
    pub entry: Entry,
    /// What the rules find in a draft now, or found as it was submitted.
    pub findings: Vec<Finding>,
}

impl Submission {
    /// Whether nothing stands in the way of submitting.
    #[must_use]
    pub fn may_submit(&self) -> bool {
        self.state == CaseState::Draft
            && !self.permissions.is_empty()
            && self.permissions.iter().all(|permission| may_submit(&permission.findings))
    }
}

/// The caller's submission of that reference. Another's is not there.
pub async fn lookup(db: &Db, caller: &Caller, reference: CaseRef) -> Result<Submission> {
    let own = own_partner(caller)?;
    let mut tx = db.read().await?;
    let case = case::lookup(&mut tx, reference).await?.ok_or(Error::NotFound)?;
    let integration = integration::lookup(&mut tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    if integration.partner_id != own.id {
        return Err(Error::NotFound);
    }
    let partner = partner::lookup(&mut tx, own.id).await?.ok_or(Error::NotFound)?;
    let row = declaration::lookup_newest(&mut tx, case.id).await?.ok_or(Error::NotFound)?;
    let (entries, classes) = (permission::list_entries(&mut tx).await?, permission::list_classes(&mut tx).await?);
    let today = tx.now().date_naive();
    let context = Context { tier: partner.tier, today };
    let mut permissions = evaluated(&mut tx, row.id, (&entries, &classes), context).await?;
    if case.state != CaseState::Draft {
        // What was found then is what the boards go by, whatever the rules would say today.
        for (id, permission) in &mut permissions {
            permission.findings = declaration::list_findings(&mut tx, *id).await?;
        }
    }
    Ok(Submission {
        reference,
        state: case.state,
        number: row.number,
        integration: integration.name,
        slug: integration.slug,
        tier: partner.tier,
        permissions: permissions.into_iter().map(|(_, permission)| permission).collect(),
        submitted_at: case.submitted_at,
        today,
        entries,
    })
}

/// The permissions of a revision, each with what the rules find in it.
pub(super) async fn evaluated(
    tx: &mut Tx,
    declaration: kwanus_domain::declaration::DeclarationId,
    (entries, classes): (&[Entry], &[DataClass]),
    context: Context,
) -> Result<Vec<(kwanus_domain::declaration::DeclaredPermissionId, SubmittedPermission)>> {
    let stored = declaration::list_permissions(tx, declaration).await?;
    let mut permissions = Vec::with_capacity(stored.len());
    for stored in stored {
        // The database holds the key as a reference into the catalogue.
        let entry = entries.iter().find(|entry| entry.key == stored.permission.key).cloned().ok_or(Error::NotFound)?;
        let findings = evaluate(&stored.permission, &entry, classes, context);
        let permission =
            SubmittedPermission { revision: stored.revision, permission: stored.permission, entry, findings };
        permissions.push((stored.id, permission));
    }
    Ok(permissions)
}
