//! Whether the database is there, and whether it changed.

use kwanus_domain::audit::AuditEventId;
use kwanus_store::{Db, audit};

use crate::Result;

/// Whether the database answers and its tables are this program's.
pub async fn is_ready(db: &Db) -> bool {
    db.is_ready().await
}

/// The newest event in the log: when it differs from the one before, something changed. It says nothing of what.
pub async fn newest_change(db: &Db) -> Result<Option<AuditEventId>> {
    Ok(audit::newest(&mut db.read().await?).await?)
}
