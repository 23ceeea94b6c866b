//! The events of the log.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{Email, Standing},
    audit::{AuditEventId, EventKind},
    case::CaseRef,
};
use kwanus_store::{
    Db,
    account::person,
    audit::{self, AuditFilter, LogRow},
    case,
};

use crate::{Caller, Error, Page, Result};

/// How many events stand on a page.
const PAGE: u8 = 50;

/// What one looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditSearch {
    /// What happened.
    pub kind: Option<EventKind>,
    /// The e-mail address of who did it.
    pub who: Option<Email>,
    /// About which case.
    pub case: Option<CaseRef>,
    /// On this day or later.
    pub from: Option<NaiveDate>,
    /// On this day or earlier.
    pub until: Option<NaiveDate>,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its identifier, by which it has an address.
    pub id: AuditEventId,
    /// When.
    pub at: DateTime<Utc>,
    /// What happened.
    pub kind: EventKind,
    /// Who did it.
    pub who: String,
    /// About what: a reference where there is one, otherwise what kind of thing.
    pub about: String,
    /// The case, if it is about one.
    pub case: Option<CaseRef>,
    /// What else there is to know.
    pub details: serde_json::Value,
}

impl LogEntry {
    pub(super) fn of(row: LogRow) -> Self {
        let reference = row.details.0.get("reference").and_then(|text| text.as_str()).map(str::to_owned);
        let who = row.actor_name.unwrap_or_else(|| match row.actor_kind.as_str() {
            "operator" => "Operator".to_owned(),
            "system" => "KWANUS Governance".to_owned(),
            _ => "Somebody unknown".to_owned(),
        });
        let about = match (&reference, row.subject_kind.as_str()) {
            (Some(reference), _) => reference.clone(),
            (None, "none") => String::new(),
            (None, kind) => kind.to_owned(),
        };
        Self {
            id: row.id,
            at: row.occurred_at,
            // A draft is its partner's alone: that it was written is told, and what it says is not.
            details: if is_draft(row.kind) { serde_json::Value::Null } else { row.details.0 },
            case: reference.as_deref().and_then(CaseRef::parse).filter(|_| !is_draft(row.kind)),
            kind: row.kind,
            who,
            about,
        }
    }
}

const fn is_draft(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::DraftStarted
            | EventKind::DraftChanged
            | EventKind::DraftDeleted
            | EventKind::EvidenceAttached
            | EventKind::EvidenceRemoved
    )
}

/// Lets those pass who check the log: auditors and administrators. It speaks of accounts as well.
pub(crate) fn authorise(caller: &Caller) -> Result<()> {
    let person = caller.person()?;
    person.require_desk()?;
    let may = person.is(Standing::Auditor) || person.is(Standing::Administrator);
    may.then_some(()).ok_or(Error::Forbidden("Only auditors and administrators read the log"))
}

/// The events that the search finds, the newest first, those before `before`.
pub async fn list(
    db: &Db,
    caller: &Caller,
    search: &AuditSearch,
    before: Option<AuditEventId>,
) -> Result<Page<LogEntry, AuditEventId>> {
    authorise(caller)?;
    let mut tx = db.read().await?;
    let nothing = Page { rows: vec![], next: None };
    let actor = match &search.who {
        Some(email) => match person::lookup_by_email(&mut tx, email).await? {
            Some(person) => Some(person.id),
            None => return Ok(nothing),
        },
        None => None,
    };
    let subject = match search.case {
        Some(reference) => match case::lookup(&mut tx, reference).await? {
            Some(case) => Some(case.id.into()),
            None => return Ok(nothing),
        },
        None => None,
    };
    let filter = AuditFilter { kind: search.kind, actor, subject, from: search.from, until: search.until };
    let rows = audit::list(&mut tx, &filter, before, PAGE + 1).await?;
    let page = Page::of(rows, PAGE, |row| row.id);
    Ok(Page { rows: page.rows.into_iter().map(LogEntry::of).collect(), next: page.next })
}
