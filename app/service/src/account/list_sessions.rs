//! Where one is signed in.

use chrono::{DateTime, Utc};
use kwanus_domain::account::SessionId;
use kwanus_store::{Db, account::session};

use crate::{Caller, Result, session::holder};

/// One of the caller's sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// As it may be named.
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// From which address it began.
    pub address: String,
    /// With which browser it began.
    pub user_agent: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub seen_at: DateTime<Utc>,
}

/// The caller's live sessions, the last used first, and the present.
pub async fn list_sessions(db: &Db, caller: &Caller) -> Result<(Vec<Session>, DateTime<Utc>)> {
    let person = caller.person()?;
    let mut tx = db.read().await?;
    let rows = session::list_live(&mut tx, person.id).await?;
    let sessions = rows
        .into_iter()
        .map(|row| {
            let holder = holder(&row.data.0);
            let (address, user_agent) = holder.map(|holder| (holder.address, holder.user_agent)).unwrap_or_default();
            Session {
                id: row.id,
                is_this: row.id == person.session,
                address,
                user_agent,
                created_at: row.created_at,
                seen_at: row.seen_at,
            }
        })
        .collect();
    Ok((sessions, tx.now()))
}
