//! Forgetting e-mails that were sent.

use chrono::Duration;
use kwanus_store::{Db, notice};

use crate::{Caller, Result, retrying};

/// How long an e-mail is known after it was written.
const MEMORY: Duration = Duration::days(30);

/// Deletes the e-mails of long ago that were sent or given up. What they told stays in the inbox.
pub async fn purge(db: &Db, caller: &Caller) -> Result<()> {
    caller.require_operator()?;
    // A batch at a time, so that nobody who writes waits long.
    loop {
        let mails = retrying(|| async {
            let mut tx = db.write().await?;
            let limit = tx.now() - MEMORY;
            let mails = notice::purge(&mut tx, limit).await?;
            tx.commit().await?;
            Ok(mails)
        })
        .await?;
        if mails == 0 {
            return Ok(());
        }
        tracing::info!(mails, "purged");
    }
}
