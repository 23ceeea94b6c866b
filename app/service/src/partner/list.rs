//! The register of partners, for the boards, administrators and auditors.

use kwanus_domain::partner::Slug;
use kwanus_store::{Db, partner};

use crate::{Caller, Result};

/// How many partners stand on a page.
const PAGE: u8 = 50;

/// A partner in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its name in URLs.
    pub slug: Slug,
    /// Its name.
    pub name: String,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T, K> {
    /// What stands on it.
    pub rows: Vec<T>,
    /// After which key the next page begins, if there is one.
    pub next: Option<K>,
}

/// The partners after `after`, by slug.
pub async fn list(db: &Db, caller: &Caller, after: Option<&Slug>) -> Result<Page<Partner, Slug>> {
    caller.person()?.require_desk()?;
    let mut rows = partner::list(&mut db.read().await?, after, PAGE + 1).await?;
    let is_more = rows.len() > usize::from(PAGE);
    rows.truncate(usize::from(PAGE));
    let next = rows.last().filter(|_| is_more).map(|row| row.slug.clone());
    Ok(Page { rows: rows.into_iter().map(|row| Partner { slug: row.slug, name: row.name }).collect(), next })
}
