//! Recording a version in one step, as a partner's program does.

use kwanus_domain::{
    account::Scope,
    manifest::{ManifestFile, SecurityFix},
    partner::Slug,
};
use kwanus_store::{Db, manifest::VersionRow};

use super::keep::{Kept, keep};
use crate::{
    Caller, Result,
    account::{Answered, Once, ProgramRequest, Reply},
    retrying,
};

/// What is sent.
#[derive(Clone, Debug)]
pub struct SendVersion<'s> {
    /// Of which integration of the caller's partner.
    pub integration: &'s Slug,
    /// Its manifest.
    pub manifest: &'s ManifestFile,
    /// What it mends, if it is a security fix.
    pub security_fix: Option<&'s SecurityFix>,
    /// The request as it came.
    pub request: ProgramRequest<'s>,
    /// How a version is told, and whether it is recorded now or was before.
    pub answer: fn(&VersionRow, bool) -> Reply,
}

/// Records a version of an integration of the caller's partner.
pub async fn send(db: &Db, caller: &Caller, input: &SendVersion<'_>) -> Result<Answered> {
    let own = caller.partner(Scope::WriteSubmissions)?;
    let once = Once::new(caller, &input.request, &format!("versions of {}\n", input.integration));
    retrying(|| async {
        let mut tx = db.write().await?;
        if let Some(answered) = once.before(&mut tx, own.id).await? {
            return Ok(answered);
        }
        let kept = keep(&mut tx, caller, input.integration, input.manifest, input.security_fix).await;
        let outcome = kept.map(|kept| match kept {
            Kept::Now(row) => Ok((input.answer)(&row, true)),
            Kept::Before(row) => Ok((input.answer)(&row, false)),
            Kept::Refused(lint) => Err(lint),
        });
        once.end(tx, outcome).await
    })
    .await
}
