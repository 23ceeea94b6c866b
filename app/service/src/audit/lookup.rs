//! One event of the log.

use kwanus_domain::audit::AuditEventId;
use kwanus_store::{Db, audit};

use super::list::{LogEntry, authorise};
use crate::{Caller, Error, Result};

/// The event of that identifier.
pub async fn lookup(db: &Db, caller: &Caller, id: AuditEventId) -> Result<LogEntry> {
    authorise(caller)?;
    let row = audit::lookup(&mut db.read().await?, id).await?.ok_or(Error::NotFound)?;
    Ok(LogEntry::of(row))
}
