//! `kwanus-governance migrate`

use std::sync::Arc;

use kwanus_service::{Caller, Db, installation};

use super::Outcome;
use crate::{cli::Migrate, environment::System};

/// Creates the database or brings its tables up to date. A new one is for real people from then on: no demo takes it.
pub async fn migrate(arguments: Migrate) -> Outcome {
    let url = arguments.database.url()?;
    let db = Db::open(&url, Arc::new(System)).await?;
    let claimed = installation::claim(&db, &Caller::Operator).await;
    db.close().await;
    claimed.map_err(|error| error.chain())?;
    println!("The database {url} is up to date.");
    Ok(())
}
