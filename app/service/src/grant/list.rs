//! What an integration may do, and what it might once.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    case::CaseRef,
    grant::{Effect, EndCause, Rests, effect},
    permission::{FieldName, PermissionKey},
};
use kwanus_store::{Tx, grant, grant::GrantRow, integration::IntegrationRow};

use crate::Result;

/// How many grants that are over are shown.
const PAST: u8 = 20;

/// A grant as its integration's page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Which permission.
    pub key: PermissionKey,
    /// Which fields.
    pub fields: Vec<FieldName>,
    /// By which case.
    pub case: CaseRef,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// The first instant at which it no longer holds.
    pub ends_at: DateTime<Utc>,
    /// When it was ended before its time, and why.
    pub ended: Option<(DateTime<Utc>, EndCause)>,
    /// Since when it rests by itself, and by which case, while it does.
    pub suspended: Option<(DateTime<Utc>, CaseRef)>,
    /// Since when it rests for conditions that are overdue, and of which case, while it does.
    pub withheld: Option<(DateTime<Utc>, CaseRef)>,
    /// What it does now.
    pub effect: Effect,
}

/// The grants of an integration: those whose time is running, and the last ones that are over.
pub async fn list(tx: &mut Tx, integration: &IntegrationRow) -> Result<(Vec<Grant>, Vec<Grant>)> {
    let now = tx.now();
    let read = |row: GrantRow| Grant {
        effect: effect(
            row.key.kind(),
            integration.stage,
            (row.starts_at, row.ends_at),
            row.ended.map(|(at, _)| at),
            Rests {
                integration: integration.suspended_at.is_some(),
                grant: row.suspended.is_some(),
                condition: row.withheld.is_some(),
            },
            now,
        ),
        key: row.key,
        fields: row.fields,
        case: row.case,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        ended: row.ended,
        suspended: row.suspended,
        withheld: row.withheld,
    };
    let current = grant::list_current(tx, integration.id).await?.into_iter().map(read).collect();
    let past = grant::list_past(tx, integration.id, PAST).await?.into_iter().map(read).collect();
    Ok((current, past))
}
