//! What is deprecated: public, since a deprecation is never silent (`PartnerDeprecationSpec`).

use chrono::{DateTime, Utc};
use kwanus_domain::{
    integration::{IntegrationId, IntegrationName, Stage},
    lifecycle::Topic,
    partner::PartnerName,
};
use kwanus_store::{
    Db,
    lifecycle::{self, DeprecationPlace},
};

use crate::{Page, Result};

/// How many deprecations stand on a page.
const PAGE: u8 = 25;

/// A deprecation as anybody may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// The integration's name.
    pub integration: IntegrationName,
    /// Its partner's name.
    pub partner: PartnerName,
    /// Its stage.
    pub stage: Stage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// The notice.
    pub notice: Option<String>,
    /// How people move on.
    pub migration: Option<String>,
    /// What stays readable.
    pub fallback: Option<String>,
    /// The first instant at which support may end.
    pub window_ends_at: Option<DateTime<Utc>>,
}

/// The deprecations, the newest change first, those before `before`.
pub async fn list_deprecations(
    db: &Db,
    before: Option<DeprecationPlace>,
) -> Result<Page<Deprecation, (DateTime<Utc>, IntegrationId)>> {
    let mut tx = db.read().await?;
    let rows = lifecycle::list_deprecated(&mut tx, before, PAGE + 1).await?;
    let page = Page::of(rows, PAGE, |row| (row.stage_since, row.id));
    let mut rows = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        let step = lifecycle::lookup_deprecation(&mut tx, row.id).await?;
        let plan = step.as_ref().and_then(|step| step.plan.as_ref());
        let text = |topic| plan.map(|plan| plan.text(topic).to_string());
        rows.push(Deprecation {
            notice: text(Topic::Notice),
            migration: text(Topic::Migration),
            fallback: text(Topic::Fallback),
            window_ends_at: step.as_ref().and_then(|step| step.window_ends_at),
            integration: row.name,
            partner: row.partner_name,
            stage: row.stage,
            since: row.stage_since,
        });
    }
    Ok(Page { rows, next: page.next })
}
