//! The catalogue as those see it who change it.

use kwanus_domain::permission::Catalogue;
use kwanus_store::{
    Db,
    permission::{self, ProposalRow, VersionRow},
};

use crate::{Caller, Page, Result, proposal::reader};

/// How many versions stand on a page.
const PAGE: u8 = 20;

/// The catalogue, what is proposed of it, and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueDesk {
    /// The catalogue as it is now.
    pub catalogue: Catalogue,
    /// What waits for a second administrator, the first one first.
    pub proposals: Vec<ProposalRow>,
    /// Its versions, the newest first.
    pub versions: Page<VersionRow, i64>,
    /// Whether the caller may propose and decide.
    pub may_act: bool,
}

/// The catalogue for administrators and auditors, with the page of its versions after `after`.
pub async fn lookup_catalogue(db: &Db, caller: &Caller, after: Option<i64>) -> Result<CatalogueDesk> {
    let (_, may_act) = reader(caller)?;
    let mut tx = db.read().await?;
    let versions = permission::list_versions(&mut tx, after, PAGE + 1).await?;
    Ok(CatalogueDesk {
        catalogue: permission::lookup_newest(&mut tx).await?,
        proposals: permission::list_open(&mut tx).await?,
        versions: Page::of(versions, PAGE, |row| row.number),
        may_act,
    })
}
