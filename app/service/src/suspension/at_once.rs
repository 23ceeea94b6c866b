//! Suspending at once, before any vote.

use chrono::{DateTime, Duration, Utc};
use kwanus_domain::{
    case::CaseRef,
    integration::IntegrationName,
    partner::{PartnerName, Slug},
    suspension::{Act, AtOnceInput, Offered, RATIFICATION_DAYS},
};
use kwanus_store::{
    Db, Tx, board, grant, integration, integration::IntegrationRow, partner::PartnerRow, suspension::SuspensionRow,
};

use super::open::{has_ended, open_case, suspendable};
use crate::{Caller, Error, Result, case::Proposer, grant::Grant, partner::find, retrying};

/// What the form shows that suspends at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtOnceForm {
    /// The partner's name.
    pub partner: PartnerName,
    /// The integration's name.
    pub integration: IntegrationName,
    /// What can be suspended.
    pub offered: Offered,
    /// What is granted, with what each grant does now.
    pub grants: Vec<Grant>,
    /// When it would lapse, were it sent now.
    pub lapses_at: DateTime<Utc>,
    /// Why nothing can be suspended now, if so.
    pub obstacle: Option<String>,
}

/// Whether the caller chairs a board that suspends at once.
pub(crate) async fn chairs(tx: &mut Tx, caller: &Caller) -> Result<bool> {
    let person = caller.person()?.id();
    let boards: Vec<_> = board::list(tx).await?.into_iter().filter(|board| board.suspends_at_once).collect();
    let now = tx.now();
    let is_one = |member: &board::MemberRow| {
        member.is_chair && member.person_id == person && boards.iter().any(|board| board.key == member.board_key)
    };
    Ok(board::roster(tx, now).await?.iter().any(is_one))
}

/// What can be suspended at once, or why nothing can be. Whatever else is before the boards, a leak does not wait for it.
pub(crate) async fn offered_at_once(tx: &mut Tx, integration: &IntegrationRow) -> Result<(Offered, Option<String>)> {
    if let Some(obstacle) = has_ended(integration) {
        return Ok((Offered::default(), Some(obstacle)));
    }
    let offered = suspendable(tx, integration).await?;
    let obstacle = offered.is_empty().then(|| "The integration is suspended already, and every grant rests".to_owned());
    Ok((offered, obstacle))
}

/// The integration, for whoever may suspend it at once. A partner's user learns nothing of it.
async fn locate(tx: &mut Tx, caller: &Caller, partner: &Slug, slug: &Slug) -> Result<(PartnerRow, IntegrationRow)> {
    caller.person()?.require_desk()?;
    let partner = find(tx, caller, partner).await?;
    let integration = integration::lookup_by_slug(tx, partner.id, slug).await?.ok_or(Error::NotFound)?;
    if chairs(tx, caller).await? {
        Ok((partner, integration))
    } else {
        Err(Error::Forbidden("Only the chair of the board for security and compliance suspends at once"))
    }
}

/// What the form shows, for whoever may suspend an integration, or its grants, at once.
pub async fn lookup_at_once(db: &Db, caller: &Caller, (partner, slug): (&Slug, &Slug)) -> Result<AtOnceForm> {
    let mut tx = db.read().await?;
    let (partner, integration) = locate(&mut tx, caller, partner, slug).await?;
    let (offered, obstacle) = offered_at_once(&mut tx, &integration).await?;
    let (grants, _) = crate::grant::list(&mut tx, &integration).await?;
    Ok(AtOnceForm {
        lapses_at: tx.now() + Duration::days(RATIFICATION_DAYS),
        partner: partner.name,
        integration: integration.name,
        offered,
        grants,
        obstacle,
    })
}

/// Suspends an integration, or grants of it, from this moment on, and opens the case in which that is ratified or lapses;
/// answers its reference.
pub async fn suspend_at_once(
    db: &Db,
    caller: &Caller,
    (partner, slug): (&Slug, &Slug),
    input: &AtOnceInput,
) -> Result<CaseRef> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let (_, integration) = locate(&mut tx, caller, partner, slug).await?;
        // Two who do so at once wait for each other here.
        grant::lock(&mut tx, integration.id).await?;
        let integration = integration::lookup(&mut tx, integration.id).await?.ok_or(Error::NotFound)?;
        let (offered, obstacle) = offered_at_once(&mut tx, &integration).await?;
        if let Some(obstacle) = obstacle {
            return Err(Error::Conflict(obstacle));
        }
        let (extent, reason) = input.parse(&offered).map_err(Error::Invalid)?;
        let row = SuspensionRow { act: Act::AtOnce, extent, reason };
        let by = Proposer::Person(caller.person()?.id(), caller.origin());
        let reference = open_case(&mut tx, &integration, &row, by).await?;
        tx.commit().await?;
        Ok(reference)
    })
    .await
}
