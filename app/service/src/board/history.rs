//! How the rules came about.

use kwanus_store::{
    Db,
    board::{self, VersionRow},
};

use crate::{Caller, Page, Result, proposal::reader};

/// How many versions stand on a page.
const PAGE: u8 = 20;

/// The versions of the rules by which boards decide, for administrators and auditors: the newest first, after `after`.
pub async fn history(db: &Db, caller: &Caller, after: Option<i64>) -> Result<Page<VersionRow, i64>> {
    reader(caller)?;
    let rows = board::list_versions(&mut db.read().await?, after, PAGE + 1).await?;
    Ok(Page::of(rows, PAGE, |row| row.number))
}
