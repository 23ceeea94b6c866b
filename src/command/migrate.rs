//! `kwanus-governance migrate`

use std::sync::Arc;

use kwanus_service::Db;

use super::Outcome;
use crate::{cli::Migrate, environment::System};

/// Creates the database or brings its tables up to date.
pub async fn migrate(arguments: Migrate) -> Outcome {
    let url = arguments.database.url()?;
    let db = Db::open(&url, Arc::new(System)).await?;
    db.close().await;
    println!("The database {url} is up to date.");
    Ok(())
}
