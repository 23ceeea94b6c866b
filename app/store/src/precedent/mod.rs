//! What was granted and decided before, beside what is asked for now. Each question is asked for all the permissions of a case
//! at once, and reads a bounded number of rows by an index, however much was decided.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kwanus_domain::{
    Count,
    case::{CaseId, CaseRef, CaseState},
    grant::EndCause,
    integration::{IntegrationId, IntegrationName},
    partner::PartnerId,
    permission::PermissionKey,
};
use uuid::Uuid;

use crate::{Error, Result, Tx, case::ReferenceRow};

/// How many of the justifications that were decided last say how long the boards take.
const PACES: i64 = 200;

/// A grant that a partner had before.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct GrantedRow {
    /// Of which permission.
    #[sqlx(try_from = "String")]
    pub permission_key: PermissionKey,
    /// To which integration.
    #[sqlx(try_from = "Uuid")]
    pub integration_id: IntegrationId,
    /// The integration's name.
    #[sqlx(try_from = "String")]
    pub integration_name: IntegrationName,
    /// How the case is called.
    #[sqlx(flatten, try_from = "ReferenceRow")]
    pub reference: CaseRef,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// The first instant at which it no longer holds.
    pub ends_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    end_cause: Option<String>,
    /// How many such grants of the permission there were.
    pub total: i64,
}

impl GrantedRow {
    /// When it was ended before its time, and why.
    pub fn ended(&self) -> Result<Option<(DateTime<Utc>, EndCause)>> {
        let cause = self.end_cause.clone().map(EndCause::try_from).transpose().map_err(Error::Inconsistent)?;
        Ok(self.ended_at.zip(cause))
    }
}

/// The three newest grants of each of these permissions that a partner had by an instant, the newest first; without those by
/// the case itself.
pub async fn list_granted(
    tx: &mut Tx,
    (partner, case): (PartnerId, CaseId),
    by: DateTime<Utc>,
    keys: &[PermissionKey],
) -> Result<Vec<GrantedRow>> {
    tx.query(
        "SELECT granted.permission_key, granted.integration_id, integration.name AS integration_name, review_case.kind,
            review_case.year, review_case.number, granted.starts_at, granted.ends_at, granted.ended_at,
            granted.end_cause, granted.total
         FROM (
            SELECT permission_key, integration_id, case_id, starts_at, ends_at, ended_at, end_cause,
                COUNT(*) OVER (PARTITION BY permission_key) AS total,
                ROW_NUMBER() OVER (PARTITION BY permission_key ORDER BY starts_at DESC, id DESC) AS place
            FROM permission_grant WHERE partner_id = $1 AND case_id <> $2 AND starts_at <= $3 AND permission_key",
    )
    .bind(partner)
    .bind(case)
    .bind(by)
    .among(keys.iter().cloned())
    .append_text(
        ") AS granted
         CROSS JOIN integration CROSS JOIN review_case
         WHERE granted.place <= 3 AND integration.id = granted.integration_id AND review_case.id = granted.case_id
         ORDER BY granted.permission_key, granted.place",
    )
    .all()
    .await
}

/// How many integrations of other partners hold each of these permissions now.
pub async fn count_holders(
    tx: &mut Tx,
    partner: PartnerId,
    keys: &[PermissionKey],
) -> Result<HashMap<PermissionKey, Count>> {
    let now = tx.now();
    let rows: Vec<(String, i64)> = tx
        .query(
            "SELECT permission.key, (SELECT COUNT(*) FROM (
                SELECT 1 FROM permission_grant
                WHERE permission_grant.permission_key = permission.key AND permission_grant.ended_at IS NULL
                    AND permission_grant.ends_at > $1 AND permission_grant.partner_id <> $2 LIMIT $3) AS held)
             FROM permission WHERE permission.key",
        )
        .bind(now)
        .bind(partner)
        .bind(Count::LIMIT)
        .among(keys.iter().cloned())
        .all()
        .await?;
    let read = |(key, count): (String, i64)| {
        let key = PermissionKey::try_from(key).map_err(Error::Inconsistent)?;
        Ok::<_, Error>((key, Count::of(count)))
    };
    rows.into_iter().map(read).collect()
}

/// A decided case that declared a permission.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DecidedRow {
    /// Which permission.
    #[sqlx(try_from = "String")]
    pub permission_key: PermissionKey,
    /// Which case.
    #[sqlx(try_from = "Uuid")]
    pub case_id: CaseId,
    /// How it was decided.
    #[sqlx(try_from = "String")]
    pub state: CaseState,
    /// When the boards got the revision that they decided on.
    pub submitted_at: DateTime<Utc>,
    /// When they decided.
    pub decided_at: DateTime<Utc>,
}

/// Of each of these permissions the cases, other than `case`, that were decided by an instant and declared it in the revision
/// that was decided on: up to `limit` of each, the newest decision first.
pub async fn list_decided(
    tx: &mut Tx,
    case: CaseId,
    by: DateTime<Utc>,
    keys: &[PermissionKey],
    limit: u8,
) -> Result<Vec<DecidedRow>> {
    let mut rows = Vec::new();
    // A query each, which reads the end of the index where the newest are. To rank those of several permissions in one, either
    // database would read all that there are.
    for key in keys {
        let query = tx.query(
            "SELECT permission_key, case_id, state, submitted_at, decided_at FROM decided_permission
             WHERE permission_key = $1 AND decided_at <= $2 AND case_id <> $3
             ORDER BY decided_at DESC, case_id DESC LIMIT $4",
        );
        let of_key = query.bind(key.clone()).bind(by).bind(case).bind(i64::from(limit));
        rows.extend(of_key.all::<DecidedRow>().await?);
    }
    Ok(rows)
}

#[derive(sqlx::FromRow)]
struct CalledRow {
    #[sqlx(try_from = "Uuid")]
    id: CaseId,
    #[sqlx(flatten, try_from = "ReferenceRow")]
    reference: CaseRef,
}

/// How these cases are called.
pub async fn list_references(tx: &mut Tx, cases: &[CaseId]) -> Result<HashMap<CaseId, CaseRef>> {
    let query = tx.query("SELECT id, kind, year, number FROM review_case WHERE id");
    let rows: Vec<CalledRow> = query.among(cases.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row.reference)).collect())
}

/// How long the boards took for a justification.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PaceRow {
    /// When they got the revision that they decided on.
    pub submitted_at: DateTime<Utc>,
    /// When they decided.
    pub decided_at: DateTime<Utc>,
    /// The keys of the boards that it went to, by key and with a space between.
    pub boards: String,
}

/// How long the boards took for each of the justifications that were decided last, the newest decision first.
pub async fn list_paces(tx: &mut Tx) -> Result<Vec<PaceRow>> {
    tx.query(
        "SELECT recent.submitted_at, recent.decided_at, STRING_AGG(ballot.board_key, ' ' ORDER BY ballot.board_key) AS boards
         FROM (
            SELECT id, submitted_at, decided_at FROM review_case
            WHERE kind = 'PJ' AND decided_at IS NOT NULL AND state <> 'withdrawn'
            ORDER BY decided_at DESC, id DESC LIMIT $1) AS recent
         CROSS JOIN ballot WHERE ballot.case_id = recent.id
         GROUP BY recent.id, recent.submitted_at, recent.decided_at
         ORDER BY recent.decided_at DESC, recent.id DESC",
    )
    .bind(PACES)
    .all()
    .await
}

#[cfg(test)]
mod tests;
