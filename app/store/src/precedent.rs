//! What was granted and decided before, beside what is asked for now. Each question is one query for all the permissions of a
//! case, and reads a bounded number of rows by an index, however much was decided.

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

/// How many of the cases that were decided last are looked at.
pub const LOOKED_AT: i64 = 200;

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
    /// How the case is called.
    #[sqlx(flatten, try_from = "ReferenceRow")]
    pub reference: CaseRef,
    /// How it was decided.
    #[sqlx(try_from = "String")]
    pub state: CaseState,
    /// When the boards got the revision that they decided on.
    pub submitted_at: DateTime<Utc>,
    /// When they decided.
    pub decided_at: DateTime<Utc>,
    /// How many decided cases were looked at for it.
    pub looked_at: i64,
}

/// Of the [`LOOKED_AT`] justifications that were decided last by an instant, other than `case`, those that declared one of these
/// permissions in the revision that was decided on: the newest decision first.
pub async fn list_decided(
    tx: &mut Tx,
    case: CaseId,
    by: DateTime<Utc>,
    keys: &[PermissionKey],
) -> Result<Vec<DecidedRow>> {
    // CROSS JOIN, so that SQLite begins with the few cases and not with everything that ever declared the permission.
    tx.query(
        "WITH recent AS (
            SELECT id, kind, year, number, revision, state, submitted_at, decided_at FROM review_case
            WHERE kind = 'PJ' AND decided_at IS NOT NULL AND decided_at <= $1 AND id <> $2 AND state <> 'withdrawn'
            ORDER BY decided_at DESC, id DESC LIMIT $3)
         SELECT declared_permission.permission_key, recent.kind, recent.year, recent.number, recent.state,
            recent.submitted_at, recent.decided_at, (SELECT COUNT(*) FROM recent) AS looked_at
         FROM recent CROSS JOIN declaration CROSS JOIN declared_permission
         WHERE declaration.case_id = recent.id AND declaration.number = recent.revision
            AND declared_permission.declaration_id = declaration.id AND declared_permission.permission_key",
    )
    .bind(by)
    .bind(case)
    .bind(LOOKED_AT)
    .among(keys.iter().cloned())
    .append_text(" ORDER BY recent.decided_at DESC, recent.id DESC")
    .all()
    .await
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

/// How long the boards took for each of the [`LOOKED_AT`] justifications that were decided last, the newest decision first.
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
    .bind(LOOKED_AT)
    .all()
    .await
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{
        ballot::{Deadline, Outcome, Part, Threshold},
        board::BoardKey,
        case::CaseKind,
    };

    use super::*;
    use crate::{
        ballot::{self, BallotData},
        case, declaration, grant,
        testing::{Fixed, on_both_databases_with_clock, register},
    };

    fn key(text: &str) -> PermissionKey {
        PermissionKey::parse(text).unwrap()
    }

    /// A case that declares the permission, goes to two boards, is decided so many days later, and granted if it is carried.
    async fn decided(
        tx: &mut Tx,
        clock: &Fixed,
        integration: IntegrationId,
        (permission, days, outcome): (&str, i64, Outcome),
    ) -> (CaseId, CaseRef) {
        let (id, reference) = case::insert(tx, CaseKind::PermissionJustification, integration).await.unwrap();
        let declaration = declaration::insert(tx, id, integration).await.unwrap();
        let declared = declaration::add_permission(tx, declaration, &key(permission)).await.unwrap();
        let revision = declaration::lookup_newest(tx, id).await.unwrap().unwrap().number;
        case::submit(tx, id, revision, None).await.unwrap();
        for board in ["tsc", "sco"] {
            let data = BallotData {
                board: BoardKey::parse(board).unwrap(),
                part: Part::Decides,
                threshold: Threshold::Majority,
                deadline: Deadline::after(tx.now(), 14),
            };
            ballot::insert(tx, id, &data).await.unwrap();
        }
        clock.advance(Duration::days(days));
        case::decide(tx, id, outcome).await.unwrap();
        if outcome == Outcome::Carried {
            let ends_at = tx.now() + Duration::days(300);
            grant::end_all(tx, integration, id, EndCause::Superseded).await.unwrap();
            grant::insert(tx, integration, id, declared, ends_at).await.unwrap();
        }
        (id, reference)
    }

    #[tokio::test]
    async fn what_was_granted_and_decided_before_is_found_by_permission() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (orbit, own) = register(&mut tx, "orbit", &["one", "two"]).await;
            let (helio, others) = register(&mut tx, "helio", &["one"]).await;
            let (status, kind) = ("read:items.status", "read:items.type");
            let mut cases = Vec::new();
            for (integration, what) in [
                (own[0], (status, 3, Outcome::Carried)),
                (own[0], (status, 4, Outcome::Carried)),
                (own[1], (status, 5, Outcome::Carried)),
                (others[0], (status, 6, Outcome::Declined)),
                (others[0], (kind, 7, Outcome::Carried)),
            ] {
                cases.push(decided(&mut tx, &clock, integration, what).await);
            }
            let (now, keys) = (tx.now(), [key(status), key(kind)]);
            let (last, _) = *cases.last().unwrap();
            let granted = list_granted(&mut tx, (orbit, last), now, &keys).await.unwrap();
            let said: Vec<_> = granted.iter().map(|row| (row.reference, row.total, row.integration_id)).collect();
            assert_eq!(said, [(cases[2].1, 3, own[1]), (cases[1].1, 3, own[0]), (cases[0].1, 3, own[0])]);
            assert_eq!(granted[2].ended().unwrap().map(|(_, cause)| cause), Some(EndCause::Superseded));
            assert_eq!(granted[0].ended().unwrap(), None);
            assert_eq!(list_granted(&mut tx, (helio, last), now, &keys).await.unwrap(), [], "not by the case itself");
            let early = now - Duration::days(20);
            assert_eq!(list_granted(&mut tx, (orbit, last), early, &keys).await.unwrap().len(), 1);

            let holders = count_holders(&mut tx, helio, &keys).await.unwrap();
            assert_eq!((holders[&keys[0]], holders[&keys[1]]), (Count::of(2), Count::of(0)));
            let holders = count_holders(&mut tx, orbit, &keys).await.unwrap();
            assert_eq!((holders[&keys[0]], holders[&keys[1]]), (Count::of(0), Count::of(1)));

            let found = list_decided(&mut tx, last, now, &keys).await.unwrap();
            let said: Vec<_> = found.iter().map(|row| (row.reference, row.state)).collect();
            let expected = [
                (cases[3].1, CaseState::Declined),
                (cases[2].1, CaseState::Carried),
                (cases[1].1, CaseState::Carried),
                (cases[0].1, CaseState::Carried),
            ];
            assert_eq!(said, expected);
            assert_eq!((found[0].looked_at, found[0].decided_at - found[0].submitted_at), (4, Duration::days(6)));
            assert_eq!(list_decided(&mut tx, last, now, &[]).await.unwrap(), []);

            let paces = list_paces(&mut tx).await.unwrap();
            let days: Vec<_> = paces.iter().map(|row| (row.decided_at - row.submitted_at).num_days()).collect();
            assert_eq!((days, paces[0].boards.as_str()), (vec![7, 6, 5, 4, 3], "sco tsc"));
        })
        .await;
    }
}
