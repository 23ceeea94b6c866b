//! The records, for the desk.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::Standing,
    ballot::Outcome,
    board::BoardKey,
    case::{CaseId, CaseKind, CaseRef},
    partner::Slug,
};
use kwanus_store::{
    Db, Tx, partner,
    record::{self, RecordFilter, RecordPlace, RecordRow},
};

use crate::{Caller, Page, Result, case::Facts};

/// How many records stand on a page.
const PAGE: u8 = 25;

/// What one looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordSearch {
    /// How it was decided.
    pub outcome: Option<Outcome>,
    /// What it was about.
    pub kind: Option<CaseKind>,
    /// A board that it went to.
    pub board: Option<BoardKey>,
    /// Whose integration it was about.
    pub partner: Option<Slug>,
    /// Decided on this day or later.
    pub from: Option<NaiveDate>,
    /// Decided on this day or earlier.
    pub until: Option<NaiveDate>,
}

impl RecordSearch {
    /// The filter for the database; none where nobody bears the partner's name.
    pub(super) async fn filter(&self, tx: &mut Tx) -> Result<Option<RecordFilter>> {
        let partner = match &self.partner {
            Some(slug) => match partner::lookup_by_slug(tx, slug).await? {
                Some(partner) => Some(partner.id),
                None => return Ok(None),
            },
            None => None,
        };
        Ok(Some(RecordFilter {
            outcome: self.outcome,
            kind: self.kind,
            board: self.board.clone(),
            partner,
            from: self.from,
            until: self.until,
        }))
    }
}

/// A record in the list, as it was frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRecord {
    /// The case.
    pub reference: CaseRef,
    /// How it was decided.
    pub outcome: Outcome,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// What it was decided on.
    pub facts: Facts,
}

impl ListedRecord {
    pub(super) fn read(row: &RecordRow) -> Result<Self> {
        Ok(Self {
            reference: row.reference,
            outcome: row.outcome,
            decided_at: row.decided_at,
            facts: Facts::from_value(&row.facts.0)?,
        })
    }
}

/// The records that the search finds, the newest decision first, those before `before`; and whether the caller may export
/// them.
pub async fn list(
    db: &Db,
    caller: &Caller,
    search: &RecordSearch,
    before: Option<RecordPlace>,
) -> Result<(Page<ListedRecord, (DateTime<Utc>, CaseId)>, bool)> {
    let person = caller.person()?;
    person.require_desk()?;
    let may_export = person.is(Standing::Administrator);
    let mut tx = db.read().await?;
    let Some(filter) = search.filter(&mut tx).await? else {
        return Ok((Page { rows: vec![], next: None }, may_export));
    };
    let rows = record::list(&mut tx, &filter, before, i64::from(PAGE) + 1).await?;
    let page = Page::of(rows, PAGE, |row| (row.decided_at, row.case_id));
    let rows = page.rows.iter().map(ListedRecord::read).collect::<Result<_>>()?;
    Ok((Page { rows, next: page.next }, may_export))
}
