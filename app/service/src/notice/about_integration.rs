//! What a partner is told of its integrations.

use kwanus_domain::{integration::Stage, notice::News};
use kwanus_store::{Tx, case::CaseRow, notice::list_users};

use super::tell::{about, tell};
use crate::Result;

/// Tells the partner that an integration moved to that stage.
pub(crate) async fn tell_stage(tx: &mut Tx, case: &CaseRow, to: Stage) -> Result<()> {
    let (partner, about) = about(tx, case.integration_id).await?;
    let users = list_users(tx, partner).await?;
    tell(tx, users, &News::StageChanged { case: case.reference, to, about }).await
}

/// Tells the partner that an integration was suspended, or that this was lifted.
pub(crate) async fn tell_suspension(tx: &mut Tx, case: &CaseRow, is_lift: bool) -> Result<()> {
    let (partner, about) = about(tx, case.integration_id).await?;
    let users = list_users(tx, partner).await?;
    let case = case.reference;
    let news = if is_lift { News::SuspensionLifted { case, about } } else { News::Suspended { case, about } };
    tell(tx, users, &news).await
}
