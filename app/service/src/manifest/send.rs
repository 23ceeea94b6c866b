//! Recording a version in one step, as a partner's program does.

use kwanus_domain::{
    account::{IdempotencyKey, Scope},
    manifest::{Lint, ManifestFile, SecurityFix},
    partner::Slug,
};
use kwanus_store::{Db, manifest::VersionRow, partner};

use super::keep::{Kept, keep};
use crate::{
    Caller, Error, Result,
    account::{Earlier, NamedRequest},
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
    /// The name of the request, by which it may be sent again.
    pub key: Option<&'s IdempotencyKey>,
    /// The request as it came, by which it is told from another of the same name.
    pub body: &'s [u8],
    /// The status of the answer where it is recorded now, and where it was before.
    pub statuses: (u16, u16),
    /// How a version is told.
    pub answer: fn(&VersionRow) -> String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SentVersion {
    /// It is on record.
    Recorded {
        /// The status that is answered.
        status: u16,
        /// What is answered.
        answer: String,
        /// Whether that was answered before to the same request, and nothing was done now.
        is_again: bool,
    },
    /// The manifest is refused; nothing is kept.
    Refused(Lint),
    /// The name of the request is that of another one.
    Reused,
}

/// Records a version of an integration of the caller's partner.
pub async fn send(db: &Db, caller: &Caller, input: &SendVersion<'_>) -> Result<SentVersion> {
    let own = caller.partner(Scope::WriteSubmissions)?;
    // What is sent to another address is another request.
    let address = format!("versions of {}\n", input.integration);
    let named = NamedRequest::new(caller, input.key, &[address.as_bytes(), input.body]);
    retrying(|| async {
        let mut tx = db.write().await?;
        // Held first: of two requests of one name, the second finds what the first was answered.
        partner::lookup_for_update(&mut tx, own.id).await?.ok_or(Error::NotFound)?;
        if let Some(named) = &named
            && let Some(earlier) = named.earlier(&mut tx).await?
        {
            return Ok(match earlier {
                Earlier::Same { status, answer } => SentVersion::Recorded { status, answer, is_again: true },
                Earlier::Other => SentVersion::Reused,
            });
        }
        let (now, before) = input.statuses;
        let (status, row) = match keep(&mut tx, caller, input.integration, input.manifest, input.security_fix).await? {
            Kept::Now(row) => (now, row),
            Kept::Before(row) => (before, row),
            Kept::Refused(lint) => return Ok(SentVersion::Refused(lint)),
        };
        let answer = (input.answer)(&row);
        if let Some(named) = &named {
            named.keep(&mut tx, status, &answer).await?;
        }
        tx.commit().await?;
        Ok(SentVersion::Recorded { status, answer, is_again: false })
    })
    .await
}
