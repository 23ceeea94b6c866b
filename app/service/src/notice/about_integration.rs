//! What a partner is told of its integrations.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    case::CaseRef,
    integration::{IntegrationId, Stage},
    notice::News,
    suspension::Extent,
};
use kwanus_store::{Tx, case::CaseRow, notice::list_users};

use super::tell::{about, tell};
use crate::Result;

/// Tells the partner that an integration moved to that stage.
pub(crate) async fn tell_stage(tx: &mut Tx, case: &CaseRow, to: Stage) -> Result<()> {
    let (partner, about) = about(tx, case.integration_id).await?;
    let users = list_users(tx, partner).await?;
    tell(tx, users, &News::StageChanged { case: case.reference, to, about }).await
}

/// Tells the partner that an integration was suspended, or some of its grants; and, where that is so, when it lapses by itself.
pub(crate) async fn tell_suspended(
    tx: &mut Tx,
    (integration, case): (IntegrationId, CaseRef),
    extent: &Extent,
    lapses_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let (partner, about) = about(tx, integration).await?;
    let users = list_users(tx, partner).await?;
    let named = extent.named().cloned().collect();
    tell(tx, users, &News::Suspended { case, about, named, lapses_at }).await
}

/// Tells the partner that the suspension of an integration has ended, or that of some of its grants.
pub(crate) async fn tell_suspension_ended(
    tx: &mut Tx,
    (integration, case): (IntegrationId, CaseRef),
    extent: &Extent,
) -> Result<()> {
    let (partner, about) = about(tx, integration).await?;
    let users = list_users(tx, partner).await?;
    tell(tx, users, &News::SuspensionLifted { case, about, named: extent.named().cloned().collect() }).await
}
