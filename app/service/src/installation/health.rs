//! Whether the database is there, and whether it changed.

use kwanus_domain::audit::AuditEventId;
use kwanus_store::{Db, audit};

use crate::Result;

/// Whether the database answers and its tables are this program's.
pub async fn is_ready(db: &Db) -> bool {
    db.is_ready().await
}

/// A mark of the log: when it differs from the one before, something changed. It says nothing of what.
///
/// The newest event alone would not do: on Postgres one that began earlier can be committed later.
pub async fn newest_change(db: &Db) -> Result<(Option<AuditEventId>, i64)> {
    let mut tx = db.read().await?;
    Ok((audit::newest(&mut tx).await?, audit::count_recent(&mut tx).await?))
}
