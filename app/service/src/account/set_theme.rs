//! Light or dark.

use kwanus_domain::account::Theme;
use kwanus_store::{Db, account::person};

use crate::{Caller, Result, retrying};

/// Keeps the colours that the caller chose. A taste, not an act: nothing is logged.
pub async fn set_theme(db: &Db, caller: &Caller, theme: Theme) -> Result<()> {
    let person = caller.person()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        person::set_theme(&mut tx, person.id, theme.as_str()).await?;
        Ok(tx.commit().await?)
    })
    .await
}
