//! Submitting a manifest in one step, as a partner's program does.

use kwanus_domain::{
    account::Scope,
    manifest::{Lint, Manifest, ManifestFile},
    partner::Slug,
};
use kwanus_store::{Db, Tx, declaration};

use super::{
    draft::{Draft, catalogue, context, granted},
    lookup::{Submission, read},
    start::{Begun, begin},
    submit::hand_over,
};
use crate::{
    Caller, Error, OwnPartner, Result,
    account::{Answered, Once, ProgramRequest, Reply},
    retrying,
};

/// What is sent.
#[derive(Clone, Debug)]
pub struct SendManifest<'s> {
    /// For which integration of the caller's partner.
    pub integration: &'s Slug,
    /// All that it declares.
    pub manifest: &'s ManifestFile,
    /// The request as it came.
    pub request: ProgramRequest<'s>,
    /// How a submission is told, once the boards have it.
    pub answer: fn(&Submission) -> Reply,
}

/// Starts a submission with all that the manifest declares, and hands it to the boards: both or neither, in one transaction.
/// One that is open already is in the way.
pub async fn send(db: &Db, caller: &Caller, input: &SendManifest<'_>) -> Result<Answered> {
    let own = caller.partner(Scope::WriteSubmissions)?;
    let once = Once::new(caller, &input.request, "");
    retrying(|| async {
        let mut tx = db.write().await?;
        if let Some(answered) = once.before(&mut tx, own.id).await? {
            return Ok(answered);
        }
        let outcome = submit(&mut tx, caller, own, input).await;
        once.end(tx, outcome).await
    })
    .await
}

/// Answers what is submitted, or what in the manifest stands in the way.
async fn submit(
    tx: &mut Tx,
    caller: &Caller,
    own: &OwnPartner,
    input: &SendManifest<'_>,
) -> Result<Result<Reply, Lint>> {
    let draft = match begin(tx, caller, input.integration).await? {
        Begun::Now(draft) => draft,
        Begun::Before(open) => {
            let what = format!("{} has a submission that is not decided yet: {open}", input.integration);
            return Err(Error::Conflict(what));
        }
    };
    if let Some(lint) = declare(tx, &draft, input.manifest).await? {
        return Ok(Err(lint));
    }
    hand_over(tx, &draft, caller.actor(), caller.origin()).await?;
    let submission = read(tx, own, draft.case.reference).await?;
    Ok(Ok((input.answer)(&submission)))
}

/// Puts everything that the manifest declares into the draft; or answers what stands in the way of submitting it.
async fn declare(tx: &mut Tx, draft: &Draft, file: &ManifestFile) -> Result<Option<Lint>> {
    let now = tx.now();
    let catalogue = catalogue(tx).await?;
    let manifest = Manifest::of(file, &catalogue);
    let granted = granted(tx, &draft.integration, now).await?;
    let context = context(tx, &draft.partner, &draft.integration, &granted);
    let mut lint = manifest.lint(&catalogue, context);
    lint.faults.extend(manifest.misfits());
    if !lint.may_submit() {
        return Ok(Some(lint));
    }
    for permission in &manifest.declaration.permissions {
        let id = declaration::add_permission(tx, draft.declaration.id, &permission.key).await?;
        declaration::update_permission(tx, id, permission, 1).await?;
    }
    declaration::update_parts(tx, draft.declaration.id, &manifest.declaration).await?;
    Ok(None)
}
