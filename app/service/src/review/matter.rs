//! What a review looks at: the grants as they are, what the last review said, and the checks.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    Violation,
    case::CaseRef,
    permission::{FieldName, PermissionKey},
    review::{CampaignKey, Check, Rung, checks},
};
use kwanus_store::{Tx, case::CaseRow, integration, review};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use crate::{Error, Result, grant};

/// How many past reviews are shown.
const PAST: u8 = 9;

/// What a review looks at. The same is shown while it is open, and kept in the record once it is concluded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewMatter {
    /// The campaign.
    pub campaign: CampaignKey,
    /// The day on which its ballots close.
    pub closes_on: NaiveDate,
    /// What is granted.
    pub grants: Vec<ReviewedGrant>,
    /// What is looked at.
    pub checks: Vec<Check>,
    /// The reviews that opened before it or with it, the newest first.
    pub past: Vec<PastReview>,
    /// The one of them that was concluded last, as of this one's conclusion.
    pub last: Option<PastReview>,
    /// What can be recommended of it now.
    pub offered: Vec<Rung>,
}

/// A grant as it is reviewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewedGrant {
    /// Which permission.
    pub key: PermissionKey,
    /// Which fields.
    pub fields: Vec<FieldName>,
    /// By which case.
    pub case: String,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// The first instant at which it no longer holds.
    pub ends_at: DateTime<Utc>,
    /// What it does, in words.
    pub effect: String,
}

/// A review of the integration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastReview {
    /// Its case.
    pub reference: CaseRef,
    /// The campaign.
    pub campaign: CampaignKey,
    /// The day on which its ballots close.
    pub closes_on: NaiveDate,
    /// How it was concluded, and when.
    pub concluded: Option<(Rung, DateTime<Utc>)>,
}

/// What the review of that case looks at now.
pub(crate) async fn lookup(tx: &mut Tx, case: &CaseRow) -> Result<ReviewMatter> {
    let campaign = review::lookup_campaign_of_case(tx, case.id).await?.ok_or(Error::NotFound)?;
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    let (current, _) = grant::list(tx, &integration).await?;
    let is_suspended = integration.suspended_at.is_some();
    let offered =
        Rung::ALL.iter().copied().filter(|rung| rung.is_offered(integration.stage, current.len(), is_suspended));
    let offered = offered.collect();
    let reviewed = |grant: grant::Grant| ReviewedGrant {
        case: grant.case.to_string(),
        effect: grant.effect.label().to_owned(),
        key: grant.key,
        fields: grant.fields,
        starts_at: grant.starts_at,
        ends_at: grant.ends_at,
    };
    let opened_at = case.submitted_at.unwrap_or_else(|| tx.now());
    let mut past = list_past(tx, case.integration_id, opened_at).await?;
    past.retain(|review| review.reference != case.reference);
    let was_known =
        |review: &&PastReview| review.concluded_at().is_some_and(|at| case.decided_at.is_none_or(|end| at < end));
    let last = past.iter().filter(was_known).max_by_key(|review| review.concluded_at()).cloned();
    Ok(ReviewMatter {
        campaign: campaign.key,
        closes_on: campaign.dates().closes_on,
        grants: current.into_iter().map(reviewed).collect(),
        checks: checks(campaign.key),
        past,
        last,
        offered,
    })
}

impl PastReview {
    /// When it was concluded.
    #[must_use]
    pub fn concluded_at(&self) -> Option<DateTime<Utc>> {
        self.concluded.map(|(_, at)| at)
    }
}

/// The last reviews of an integration that had opened by that instant, the newest first.
pub(crate) async fn list_past(
    tx: &mut Tx,
    integration: kwanus_domain::integration::IntegrationId,
    by: DateTime<Utc>,
) -> Result<Vec<PastReview>> {
    let rows = review::list_of_integration(tx, integration, by, PAST).await?;
    let read = |row: review::ReviewRow| PastReview {
        reference: row.reference,
        campaign: row.campaign,
        closes_on: row.closes_on,
        concluded: row.outcome().and_then(kwanus_domain::ballot::Outcome::rung).zip(row.decided_at),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Lets a recommendation pass that can be made of the integration as it is.
pub(crate) async fn check(tx: &mut Tx, case: &CaseRow, rung: Rung, named: &BTreeSet<PermissionKey>) -> Result<()> {
    let matter = lookup(tx, case).await?;
    if !matter.offered.contains(&rung) {
        let message = format!("{} is not possible as the integration is now", rung.label());
        return Err(Violation::with_message("position", "not_offered", message).into());
    }
    let is_granted = |key: &PermissionKey| matter.grants.iter().any(|grant| grant.key == *key);
    match named.iter().find(|key| !is_granted(key)) {
        Some(key) => {
            Err(Violation::with_message("permissions", "not_granted", format!("{key} is not granted any more")).into())
        }
        None => Ok(()),
    }
}
