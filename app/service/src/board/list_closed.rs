//! Proposals of which something became.

use kwanus_domain::board::ProposalId;
use kwanus_store::{
    Db,
    board::{self, ProposalRow},
};

use crate::{Caller, Page, Result, proposal::reader};

/// How many stand on a page.
const PAGE: u8 = 20;

/// What was proposed of the boards, and confirmed, declined or withdrawn, for administrators and auditors: the newest first,
/// after `after`.
pub async fn list_closed(db: &Db, caller: &Caller, after: Option<ProposalId>) -> Result<Page<ProposalRow, ProposalId>> {
    reader(caller)?;
    let rows = board::list_closed_proposals(&mut db.read().await?, after, PAGE + 1).await?;
    Ok(Page::of(rows, PAGE, |row| row.id))
}
