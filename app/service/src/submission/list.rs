//! A partner's submissions.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::Scope,
    case::{CaseRef, CaseState},
    integration::IntegrationName,
};
use kwanus_store::{
    Db,
    case::{self, CaseRow},
    declaration, integration,
};

use crate::{Caller, Error, Page, Result};

/// How many submissions stand on a page.
const PAGE: u8 = 20;

/// A submission in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSubmission {
    /// How it is called.
    pub reference: CaseRef,
    /// How far it is.
    pub state: CaseState,
    /// Which revision of what the integration declares.
    pub number: i64,
    /// The integration's name.
    pub integration: IntegrationName,
    /// When it was started.
    pub created_at: DateTime<Utc>,
    /// When the boards got it.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// The submissions of the caller's partner, the newest first, those before `before`.
pub async fn list(db: &Db, caller: &Caller, before: Option<CaseRef>) -> Result<Page<ListedSubmission, CaseRef>> {
    let own = caller.partner(Scope::ReadSubmissions)?;
    let mut tx = db.read().await?;
    let page = Page::of(case::list_of_partner(&mut tx, own.id, before, PAGE + 1).await?, PAGE, CaseRow::reference);
    let mut rows = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        let integration = integration::lookup(&mut tx, row.integration_id).await?.ok_or(Error::NotFound)?;
        let declaration = declaration::lookup_newest(&mut tx, row.id).await?.ok_or(Error::NotFound)?;
        rows.push(ListedSubmission {
            reference: row.reference(),
            state: row.state,
            number: if row.state.is_decided() { row.revision } else { declaration.number },
            integration: integration.name,
            created_at: row.created_at,
            submitted_at: row.submitted_at,
        });
    }
    Ok(Page { rows, next: page.next })
}
