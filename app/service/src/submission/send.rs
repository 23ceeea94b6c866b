//! Submitting a manifest in one step, as a partner's program does.

use kwanus_domain::{
    account::{IdempotencyKey, Scope},
    manifest::{Lint, Manifest, ManifestFile},
    partner::Slug,
};
use kwanus_store::{Db, Tx, declaration, partner};

use super::{
    draft::{Draft, catalogue, context, granted},
    lookup::{Submission, read},
    start::{Begun, begin},
    submit::hand_over,
};
use crate::{
    Caller, Error, Result,
    account::{Earlier, NamedRequest},
    retrying,
};

/// What is sent.
#[derive(Clone, Debug)]
pub struct SendManifest<'s> {
    /// For which integration of the caller's partner.
    pub integration: &'s Slug,
    /// All that it declares.
    pub manifest: &'s ManifestFile,
    /// The name of the request, by which it may be sent again.
    pub key: Option<&'s IdempotencyKey>,
    /// The request as it came, by which it is told from another of the same name.
    pub body: &'s [u8],
    /// The status of the answer, and the answer itself, once the boards have the submission.
    pub status: u16,
    /// How a submission is told.
    pub answer: fn(&Submission) -> String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The boards have it.
    Submitted {
        /// The status that is answered.
        status: u16,
        /// What is answered.
        answer: String,
        /// Whether that was answered before, and nothing was done now.
        is_again: bool,
    },
    /// Something stands in the way; nothing is kept.
    Refused(Lint),
    /// The name of the request is that of another one.
    Reused,
}

/// Starts a submission with all that the manifest declares, and hands it to the boards: both or neither, in one transaction.
/// One that is open already is in the way.
pub async fn send(db: &Db, caller: &Caller, input: &SendManifest<'_>) -> Result<Sent> {
    let own = caller.partner(Scope::WriteSubmissions)?;
    let named = NamedRequest::new(caller, input.key, &[input.body]);
    retrying(|| async {
        let mut tx = db.write().await?;
        // Held first: of two requests of one name, the second finds what the first was answered.
        partner::lookup_for_update(&mut tx, own.id).await?.ok_or(Error::NotFound)?;
        if let Some(named) = &named
            && let Some(earlier) = named.earlier(&mut tx).await?
        {
            return Ok(match earlier {
                Earlier::Same { status, answer } => Sent::Submitted { status, answer, is_again: true },
                Earlier::Other => Sent::Reused,
            });
        }
        let draft = match begin(&mut tx, caller, input.integration).await? {
            Begun::Now(draft) => draft,
            Begun::Before(open) => {
                let what = format!("{} has a submission that is not decided yet: {open}", input.integration);
                return Err(Error::Conflict(what));
            }
        };
        if let Some(lint) = declare(&mut tx, &draft, input.manifest).await? {
            return Ok(Sent::Refused(lint));
        }
        hand_over(&mut tx, &draft, caller.actor(), caller.origin()).await?;
        let answer = (input.answer)(&read(&mut tx, own, draft.case.reference).await?);
        if let Some(named) = &named {
            named.keep(&mut tx, input.status, &answer).await?;
        }
        tx.commit().await?;
        Ok(Sent::Submitted { status: input.status, answer, is_again: false })
    })
    .await
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
