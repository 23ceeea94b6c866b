//! Taking records out.

use chrono::{DateTime, Utc};
use kwanus_domain::audit::{EventKind, Subject};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    record::{self, RecordFilter, RecordPlace},
};
use serde::Serialize;
use serde_json::json;

use super::list::{ListedRecord, RecordSearch};
use crate::{Caller, Result, case::Facts, retrying};

/// How many records are read at a time: an export of any length takes the memory of these.
const BATCH: i64 = 200;

/// A record on its way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportedRecord {
    /// The case.
    pub reference: String,
    /// `carried` or `declined`.
    pub outcome: &'static str,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// What it was decided on.
    pub facts: Facts,
}

/// The records of one export, read from one state of the database, a batch at a time.
pub struct Records {
    tx: Tx,
    filter: Option<RecordFilter>,
    after: Option<RecordPlace>,
}

impl Records {
    /// The next batch, the newest decision first; empty at the end.
    pub async fn next(&mut self) -> Result<Vec<ExportedRecord>> {
        let Some(filter) = &self.filter else { return Ok(vec![]) };
        let rows = record::list(&mut self.tx, filter, self.after, BATCH).await?;
        self.after = rows.last().map(|row| (row.decided_at, row.case_id));
        if rows.is_empty() {
            self.filter = None;
        }
        let out = |row| {
            let record = ListedRecord::read(row)?;
            Ok(ExportedRecord {
                reference: record.reference.to_string(),
                outcome: record.outcome.as_str(),
                decided_at: record.decided_at,
                facts: record.facts,
            })
        };
        rows.iter().map(out).collect()
    }
}

/// Opens an export of the records that the search finds, for administrators and the operator. That it was taken is in the log
/// before the first of them leaves.
pub async fn export(db: &Db, caller: &Caller, search: &RecordSearch, format: &str) -> Result<Records> {
    caller.require_administrator()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let event = Event {
            kind: EventKind::RecordsExported,
            actor: caller.actor(),
            subject: Subject::None,
            origin: caller.origin(),
            details: json!({
                "format": format,
                "outcome": search.outcome,
                "kind": search.kind,
                "board": search.board,
                "partner": search.partner,
                "from": search.from,
                "until": search.until,
            }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await?;
    let mut tx = db.read().await?;
    let filter = search.filter(&mut tx).await?;
    Ok(Records { tx, filter, after: None })
}
