//! Finding the draft that a partner's user may write, under its lock.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::Scope,
    ballot::{Counted, Part, Progress},
    case::{CaseRef, CaseState},
    declaration::DeclaredPermission,
    grant::EndCause,
    partner::PartnerStatus,
    permission::Catalogue,
    policy::Context,
};
use kwanus_store::{
    Db, Tx,
    case::{self, CaseRow},
    declaration::{self, DeclarationRow},
    grant, integration,
    integration::IntegrationRow,
    partner,
    partner::PartnerRow,
    permission,
};

use crate::{Caller, Error, OwnPartner, Result, ballot, retrying};

/// A draft, held to the end of the transaction.
pub(crate) struct Draft {
    pub case: CaseRow,
    pub declaration: DeclarationRow,
    pub integration: IntegrationRow,
    pub partner: PartnerRow,
}

impl Draft {
    /// Refuses what was sent from a page that shows another state of the draft.
    pub(super) fn require_revision(&self, revision: i64) -> Result<()> {
        if self.declaration.revision == revision {
            return Ok(());
        }
        let what = "The draft was changed in another tab, or by a colleague, since this page was shown. It is shown as it is now";
        Err(Error::Conflict(what.to_owned()))
    }
}

/// The partner that a person acts for who has signed in. For everybody else there is nothing here.
pub(crate) fn own_partner(caller: &Caller) -> Result<&OwnPartner> {
    caller.person()?.partner().ok_or(Error::NotFound)
}

/// The caller's draft of that reference, a first one or that of another revision. Another's is not there; one that was
/// submitted or deleted meanwhile is gone.
pub(crate) async fn find(tx: &mut Tx, caller: &Caller, reference: CaseRef) -> Result<Draft> {
    let own = caller.partner(Scope::WriteSubmissions)?;
    let case = case::lookup_for_update(tx, reference).await?.ok_or(Error::NotFound)?;
    // Its layers and its stage are held as well: what is submitted is routed by them.
    grant::lock(tx, case.integration_id).await?;
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    if integration.partner_id != own.id {
        return Err(Error::NotFound);
    }
    let partner = partner::lookup(tx, own.id).await?.ok_or(Error::NotFound)?;
    if partner.status == PartnerStatus::Inactive {
        return Err(Error::Gone(format!(
            "{} is inactive now, and its users can neither declare nor submit",
            partner.name
        )));
    }
    let declaration = declaration::lookup_newest(tx, case.id).await?.ok_or(Error::NotFound)?;
    if case.state == CaseState::Withdrawn {
        return Err(Error::Gone(format!("{reference} was withdrawn meanwhile")));
    }
    if case.state.is_decided() {
        return Err(Error::Gone(format!("{reference} was decided meanwhile: {}", case.state.label().to_lowercase())));
    }
    if declaration.submitted_at.is_some() {
        return Err(Error::Gone(format!("{reference}, revision {}, was submitted meanwhile", declaration.number)));
    }
    if has_run_out(tx, &case).await? {
        return Err(Error::Gone(run_out(reference)));
    }
    Ok(Draft { case, declaration, integration, partner })
}

/// Says whether the caller can write that draft, before anything is said of what they would write.
pub async fn require_draft(db: &Db, caller: &Caller, reference: CaseRef) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        find(&mut tx, caller, reference).await.map(|_| ())
    })
    .await
}

/// Whether a board that decides has let its ballot end without carrying it: then the case is declined, and only waits to be
/// marked so. Boards that are still at work can be answered, whoever has carried it before.
pub(crate) async fn has_run_out(tx: &mut Tx, case: &CaseRow) -> Result<bool> {
    let now = tx.now();
    let ballots = ballot::load(tx, case.into()).await?;
    // A board of too few goes by the ballot that serves for it, which may go on when its own has ended.
    let has_ended =
        |counted: &Counted| counted.part == Part::Decides && counted.is_over && counted.progress != Progress::Carries;
    Ok(ballot::counts(&ballots, now).iter().any(has_ended))
}

/// What is said of such a case.
pub(super) fn run_out(reference: CaseRef) -> String {
    format!("{reference} has run out: a board's ballot ended without carrying it")
}

/// Whether there is a draft under the case that may still be written.
pub(super) fn is_draft(case: &CaseRow, newest: &DeclarationRow) -> bool {
    matches!(case.state, CaseState::Draft | CaseState::Open) && newest.submitted_at.is_none()
}

/// The catalogue as it is now.
pub(crate) async fn catalogue(tx: &mut Tx) -> Result<Catalogue> {
    Ok(permission::lookup_newest(tx).await?)
}

/// What was declared for the grants that an integration held at that instant.
pub(crate) async fn granted(
    tx: &mut Tx,
    integration: &IntegrationRow,
    at: DateTime<Utc>,
) -> Result<Vec<DeclaredPermission>> {
    let grants = grant::list_at(tx, integration.id, at).await?;
    let Some(carried) = declaration::lookup_carried(tx, integration.id, i64::MAX).await? else { return Ok(vec![]) };
    let declared = declaration::list_permissions(tx, carried.id).await?;
    // What a review took away is not held, whatever was submitted before.
    let is_kept = |grant: &grant::GrantRow| !matches!(grant.ended, Some((_, EndCause::Reduced)));
    let is_granted = |id| grants.iter().any(|grant| grant.declared == id && is_kept(grant));
    Ok(declared.into_iter().filter(|stored| is_granted(stored.id)).map(|stored| stored.permission).collect())
}

/// What the rules read a declaration of the integration against.
pub(crate) fn context<'c>(
    tx: &Tx,
    partner: &PartnerRow,
    integration: &'c IntegrationRow,
    granted: &'c [DeclaredPermission],
) -> Context<'c> {
    Context {
        tier: partner.tier,
        layers: &integration.layers,
        stage: integration.stage,
        granted,
        today: tx.now().date_naive(),
    }
}

/// The violation that stands for a permission which is not in the draft any more.
pub(crate) fn taken_out(key: &impl std::fmt::Display) -> Error {
    Error::Gone(format!(
        "{key} was taken out in another tab, or by a colleague. What you typed is kept: add it again to go on with it"
    ))
}
