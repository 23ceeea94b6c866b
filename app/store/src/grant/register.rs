//! What the boards granted, by integration.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    case::{CaseId, CaseKind, CaseRef},
    declaration::DeclaredPermissionId,
    grant::{EndCause, GrantId},
    integration::IntegrationId,
    permission::{FieldName, PermissionKey},
};
use uuid::Uuid;

use crate::{Error, Result, Sql, Tx};

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(try_from = "Uuid")]
    id: GrantId,
    #[sqlx(try_from = "Uuid")]
    declared_permission_id: DeclaredPermissionId,
    #[sqlx(try_from = "String")]
    permission_key: PermissionKey,
    fields: String,
    #[sqlx(try_from = "String")]
    case_kind: CaseKind,
    case_year: i64,
    case_number: i64,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    end_cause: Option<String>,
    suspended_at: Option<DateTime<Utc>>,
    withheld_at: Option<DateTime<Utc>>,
    suspending_kind: Option<String>,
    suspending_year: Option<i64>,
    suspending_number: Option<i64>,
    withholding_kind: Option<String>,
    withholding_year: Option<i64>,
    withholding_number: Option<i64>,
}

/// A grant as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRow {
    /// Its identifier.
    pub id: GrantId,
    /// What was declared for it.
    pub declared: DeclaredPermissionId,
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
}

/// Grants a declared permission of a case.
pub async fn insert(
    tx: &mut Tx,
    integration: IntegrationId,
    case: CaseId,
    declared: DeclaredPermissionId,
    ends_at: DateTime<Utc>,
) -> Result<GrantId> {
    let id: GrantId = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO permission_grant
            (id, integration_id, case_id, declared_permission_id, starts_at, ends_at, permission_key, partner_id)
         SELECT $1, integration.id, $2, declared_permission.id, $3, $4, declared_permission.permission_key,
            integration.partner_id
         FROM declared_permission CROSS JOIN integration WHERE declared_permission.id = $5 AND integration.id = $6",
    )
    .bind(id)
    .bind(case)
    .bind(now)
    .bind(ends_at)
    .bind(declared)
    .bind(integration)
    .execute()
    .await?;
    Ok(id)
}

/// Ends a grant that has not ended yet, by a case.
pub async fn end(tx: &mut Tx, id: GrantId, by: CaseId, cause: EndCause) -> Result<()> {
    let now = tx.now();
    tx.query(
        "UPDATE permission_grant SET ended_at = $1, ended_by = $2, end_cause = $3 WHERE id = $4 AND ended_at IS NULL",
    )
    .bind(now)
    .bind(by)
    .bind(cause)
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

macro_rules! select_grant {
    () => {
        "SELECT permission_grant.id, permission_grant.declared_permission_id, declared_permission.permission_key,
            declared_permission.fields, review_case.kind AS case_kind, review_case.year AS case_year,
            review_case.number AS case_number, permission_grant.starts_at, permission_grant.ends_at,
            permission_grant.ended_at, permission_grant.end_cause, permission_grant.suspended_at,
            suspending.kind AS suspending_kind, suspending.year AS suspending_year,
            suspending.number AS suspending_number, permission_grant.withheld_at, withholding.kind AS withholding_kind,
            withholding.year AS withholding_year, withholding.number AS withholding_number
         FROM permission_grant
         JOIN declared_permission ON declared_permission.id = permission_grant.declared_permission_id
         JOIN review_case ON review_case.id = permission_grant.case_id
         LEFT JOIN review_case AS suspending ON suspending.id = permission_grant.suspended_by
         LEFT JOIN review_case AS withholding ON withholding.id = permission_grant.withheld_by"
    };
}

/// The grants of an integration that nothing has ended before their time and whose time is not over, by permission.
pub async fn list_current(tx: &mut Tx, integration: IntegrationId) -> Result<Vec<GrantRow>> {
    let now = tx.now();
    list_at(tx, integration, now).await
}

/// The grants whose time was running at an instant and that nothing had ended by then, by permission.
pub async fn list_at(tx: &mut Tx, integration: IntegrationId, at: DateTime<Utc>) -> Result<Vec<GrantRow>> {
    let query = tx.query(concat!(
        select_grant!(),
        " WHERE permission_grant.integration_id = $1 AND permission_grant.starts_at <= $2 AND permission_grant.ends_at > $3
            AND (permission_grant.ended_at IS NULL OR permission_grant.ended_at > $4)
         ORDER BY declared_permission.permission_key"
    ));
    read(query.bind(integration).bind(at).bind(at).bind(at).all().await?)
}

/// The grants that a case brought about, and those that it ended, by permission.
pub async fn list_of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<GrantRow>> {
    let query = tx.query(concat!(
        select_grant!(),
        " WHERE permission_grant.case_id = $1 OR permission_grant.ended_by = $2
         ORDER BY declared_permission.permission_key, permission_grant.id"
    ));
    read(query.bind(case).bind(case).all().await?)
}

/// Up to `limit` grants of an integration that are over, the newest first.
pub async fn list_past(tx: &mut Tx, integration: IntegrationId, limit: u8) -> Result<Vec<GrantRow>> {
    let now = tx.now();
    let query = tx.query(concat!(
        select_grant!(),
        " WHERE permission_grant.integration_id = $1
            AND (permission_grant.ended_at IS NOT NULL OR permission_grant.ends_at <= $2)
         ORDER BY permission_grant.id DESC LIMIT $3"
    ));
    read(query.bind(integration).bind(now).bind(i64::from(limit)).all().await?)
}

/// The grants that a review ended, by permission.
pub async fn list_reduced(tx: &mut Tx, by: CaseId) -> Result<Vec<GrantRow>> {
    let query = tx.query(concat!(
        select_grant!(),
        " WHERE permission_grant.ended_by = $1 AND permission_grant.end_cause = $2
         ORDER BY declared_permission.permission_key"
    ));
    read(query.bind(by).bind(EndCause::Reduced).all().await?)
}

/// Ends every grant of an integration that has not ended, by a case; answers which permissions ended.
pub async fn end_all(
    tx: &mut Tx,
    integration: IntegrationId,
    by: CaseId,
    cause: EndCause,
) -> Result<Vec<PermissionKey>> {
    let current = list_current(tx, integration).await?;
    for grant in &current {
        end(tx, grant.id, by, cause).await?;
    }
    Ok(current.into_iter().map(|grant| grant.key).collect())
}

/// Holds the grants of an integration to the end of the transaction: taken after the lock of the case, so that two cases
/// of one integration never decide on them at once.
pub async fn lock(tx: &mut Tx, integration: IntegrationId) -> Result<()> {
    let sql = Sql::pair(
        "SELECT 1 FROM integration WHERE id = $1",
        "SELECT 1 FROM integration WHERE id = $1 FOR NO KEY UPDATE",
    );
    tx.query(sql).bind(integration).optional::<(i32,)>().await?;
    Ok(())
}

fn read(rows: Vec<Stored>) -> Result<Vec<GrantRow>> {
    let one = |row: Stored| {
        let inconsistent = |what: String| Error::Inconsistent(format!("grant {}: {what}", row.id));
        let fields =
            row.fields.split(',').filter(|name| !name.is_empty()).map(|name| FieldName::try_from(name.to_owned()));
        let cause = row.end_cause.map(EndCause::try_from).transpose().map_err(inconsistent)?;
        let named = |kind: Option<String>, year: Option<i64>, number: Option<i64>| match (kind, year, number) {
            (Some(kind), Some(year), Some(number)) => {
                CaseKind::try_from(kind).map(|kind| Some(reference(kind, year, number))).map_err(inconsistent)
            }
            _ => Ok(None),
        };
        let suspending = named(row.suspending_kind, row.suspending_year, row.suspending_number)?;
        let withholding = named(row.withholding_kind, row.withholding_year, row.withholding_number)?;
        Ok(GrantRow {
            fields: fields.collect::<Result<_, _>>().map_err(inconsistent)?,
            id: row.id,
            declared: row.declared_permission_id,
            key: row.permission_key,
            case: reference(row.case_kind, row.case_year, row.case_number),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            ended: row.ended_at.zip(cause),
            suspended: row.suspended_at.zip(suspending),
            withheld: row.withheld_at.zip(withholding),
        })
    };
    rows.into_iter().map(one).collect()
}

fn reference(kind: CaseKind, year: i64, number: i64) -> CaseRef {
    CaseRef { kind, year: i32::try_from(year).unwrap_or_default(), number }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::{
        Db,
        account::{
            person,
            token::tests::{a_token, somebody},
        },
        case, declaration, partner,
        testing::{Fixed, Fresh, START, on_both_databases_with_clock, register},
    };

    #[tokio::test]
    async fn a_grant_is_current_until_its_time_is_over_or_it_is_ended() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["timeline"]).await;
            let integration = integrations[0];
            let (case, reference) =
                case::insert(&mut tx, CaseKind::PermissionJustification, integration).await.unwrap();
            let declaration = declaration::insert(&mut tx, case, integration).await.unwrap();
            let mut grants = Vec::new();
            for key in ["read:items.status", "read:items.type"] {
                let key = PermissionKey::parse(key).unwrap();
                let id = declaration::add_permission(&mut tx, declaration, &key).await.unwrap();
                let ends_at = tx.now() + Duration::days(30);
                grants.push(insert(&mut tx, integration, case, id, ends_at).await.unwrap());
            }
            lock(&mut tx, integration).await.unwrap();
            let current = list_current(&mut tx, integration).await.unwrap();
            let keys: Vec<_> = current.iter().map(|grant| (grant.key.as_str(), grant.case, &grant.ended)).collect();
            assert_eq!(keys, [("read:items.status", reference, &None), ("read:items.type", reference, &None)]);
            clock.advance(Duration::days(1));
            end(&mut tx, grants[0], case, EndCause::Reduced).await.unwrap();
            clock.advance(Duration::days(1));
            end(&mut tx, grants[0], case, EndCause::Superseded).await.unwrap();
            let reduced = list_reduced(&mut tx, case).await.unwrap();
            assert_eq!(reduced.iter().map(|grant| grant.id).collect::<Vec<_>>(), [grants[0]]);
            assert_eq!(list_current(&mut tx, integration).await.unwrap().len(), 1);
            assert_eq!(list_of_case(&mut tx, case).await.unwrap().len(), 2, "whatever became of them");
            let past = list_past(&mut tx, integration, 10).await.unwrap();
            assert_eq!(past[0].ended, Some((tx.now() - Duration::days(1), EndCause::Reduced)), "an end stays as it is");
            clock.advance(Duration::days(28));
            assert_eq!(list_current(&mut tx, integration).await.unwrap(), []);
            assert_eq!(list_past(&mut tx, integration, 10).await.unwrap().len(), 2);
        })
        .await;
    }

    /// On Postgres alone: on SQLite whoever writes waits for whoever does.
    #[tokio::test]
    async fn who_refers_to_what_somebody_holds_does_not_wait_for_them() {
        let fresh = Fresh::postgres().await;
        let db = Db::open(&fresh.url, Fixed::at(START)).await.unwrap();
        let mut tx = db.write().await.unwrap();
        let (of, integrations) = register(&mut tx, "orbit", &["timeline"]).await;
        let ada = somebody(&mut tx, "ada@kwanus.example").await;
        let (case, _) = case::insert(&mut tx, CaseKind::PermissionJustification, integrations[0]).await.unwrap();
        let declaration = declaration::insert(&mut tx, case, integrations[0]).await.unwrap();
        let key = PermissionKey::parse("read:items.status").unwrap();
        let declared = declaration::add_permission(&mut tx, declaration, &key).await.unwrap();
        tx.commit().await.unwrap();

        let mut holder = db.write().await.unwrap();
        partner::lookup_for_update(&mut holder, of).await.unwrap();
        lock(&mut holder, integrations[0]).await.unwrap();
        person::lookup_for_update(&mut holder, ada).await.unwrap();
        let refer = async {
            let mut tx = db.write().await.unwrap();
            let now = tx.now();
            insert(&mut tx, integrations[0], case, declared, now).await.unwrap();
            a_token(&mut tx, ada, b"one").await.unwrap();
            tx.commit().await.unwrap();
        };
        tokio::time::timeout(std::time::Duration::from_secs(10), refer).await.expect("nobody is waited for");
        holder.commit().await.unwrap();
        db.close().await;
    }
}
