//! Cases, by their reference.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Utc};
use kwanus_domain::{
    account::PersonId,
    ballot::{Outcome, Stance},
    case::{CaseId, CaseKind, CaseRef, CaseState},
    integration::IntegrationId,
    partner::PartnerId,
};
use uuid::Uuid;

use super::ReferenceRow;
use crate::{Result, Sql, Tx};

/// A case as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CaseRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: CaseId,
    /// How the case is called.
    #[sqlx(flatten, try_from = "ReferenceRow")]
    pub reference: CaseRef,
    /// What it is about.
    #[sqlx(try_from = "Uuid")]
    pub integration_id: IntegrationId,
    /// How far it is.
    #[sqlx(try_from = "String")]
    pub state: CaseState,
    /// When its draft was started.
    pub created_at: DateTime<Utc>,
    /// When the boards got it, as it is now.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The revision before the boards; 0 before there is one.
    pub revision: i64,
    proposer_id: Option<Uuid>,
    /// When it was decided, or withdrawn.
    pub decided_at: Option<DateTime<Utc>>,
}

impl CaseRow {
    /// When its partner withdrew it, if so.
    #[must_use]
    pub fn withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.decided_at.filter(|_| self.state == CaseState::Withdrawn)
    }

    /// Who brought it before the boards.
    #[must_use]
    pub fn proposer(&self) -> Option<PersonId> {
        self.proposer_id.map(PersonId::from)
    }
}

macro_rules! select_case {
    () => {
        "SELECT review_case.id, review_case.kind, review_case.year, review_case.number, review_case.integration_id,
            review_case.state, review_case.created_at, review_case.submitted_at, review_case.revision,
            review_case.proposer_id, review_case.decided_at FROM review_case"
    };
}

/// Adds a case in its first state, under the next reference of its kind and of this year.
pub async fn insert(tx: &mut Tx, kind: CaseKind, integration: IntegrationId) -> Result<(CaseId, CaseRef)> {
    let now = tx.now();
    let year = now.year();
    let (number,): (i64,) = tx
        .query(
            "INSERT INTO case_counter (kind, year, last) VALUES ($1, $2, 1)
             ON CONFLICT (kind, year) DO UPDATE SET last = case_counter.last + 1 RETURNING last",
        )
        .bind(kind)
        .bind(i64::from(year))
        .one()
        .await?;
    let id: CaseId = tx.new_id();
    tx.query(
        "INSERT INTO review_case (id, kind, year, number, integration_id, state, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(kind)
    .bind(i64::from(year))
    .bind(number)
    .bind(integration)
    .bind(CaseState::Draft)
    .bind(now)
    .execute()
    .await?;
    Ok((id, CaseRef { kind, year, number }))
}

/// The case of that reference.
pub async fn lookup(tx: &mut Tx, case: CaseRef) -> Result<Option<CaseRow>> {
    select(tx, concat!(select_case!(), " WHERE kind = $1 AND year = $2 AND number = $3").into(), case).await
}

/// The case with that identifier.
pub async fn lookup_by_id(tx: &mut Tx, id: CaseId) -> Result<Option<CaseRow>> {
    tx.query(concat!(select_case!(), " WHERE id = $1")).bind(id).optional().await
}

/// The case of that reference, held to the end of the transaction. It is the first lock of whatever changes a case.
pub async fn lookup_for_update(tx: &mut Tx, case: CaseRef) -> Result<Option<CaseRow>> {
    let sql = Sql::pair(
        concat!(select_case!(), " WHERE kind = $1 AND year = $2 AND number = $3"),
        concat!(select_case!(), " WHERE kind = $1 AND year = $2 AND number = $3 FOR UPDATE"),
    );
    select(tx, sql, case).await
}

async fn select(tx: &mut Tx, sql: Sql, case: CaseRef) -> Result<Option<CaseRow>> {
    tx.query(sql).bind(case.kind).bind(i64::from(case.year)).bind(case.number).optional().await
}

/// Whose integrations these cases are about.
pub async fn list_partners(tx: &mut Tx, cases: &[CaseId]) -> Result<HashMap<CaseId, PartnerId>> {
    let rows: Vec<(Uuid, Uuid)> = tx
        .query(
            "SELECT review_case.id, integration.partner_id
             FROM review_case JOIN integration ON integration.id = review_case.integration_id WHERE review_case.id",
        )
        .among(cases.iter().copied())
        .all()
        .await?;
    Ok(rows.into_iter().map(|(case, partner)| (case.into(), partner.into())).collect())
}

/// The submission of an integration that is not decided yet, if there is one.
pub async fn lookup_unfinished(tx: &mut Tx, integration: IntegrationId) -> Result<Option<CaseRow>> {
    tx.query(concat!(select_case!(), " WHERE integration_id = $1 AND kind = 'PJ' AND state IN ('draft', 'open')"))
        .bind(integration)
        .optional()
        .await
}

/// The submissions of these integrations that are not decided yet.
pub async fn list_unfinished(tx: &mut Tx, integrations: &[IntegrationId]) -> Result<Vec<CaseRow>> {
    tx.query(concat!(select_case!(), " WHERE kind = 'PJ' AND state IN ('draft', 'open') AND integration_id"))
        .among(integrations.iter().copied())
        .all()
        .await
}

/// How many submissions of a partner are not decided yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct UnfinishedRow {
    /// How many are drafts.
    pub drafts: i64,
    /// How many are before the boards.
    pub open: i64,
    /// In how many of those a board waits for the partner.
    pub asked: i64,
}

/// How many submissions of a partner are not decided yet, and what is asked of it there.
pub async fn count_unfinished(tx: &mut Tx, partner: PartnerId) -> Result<UnfinishedRow> {
    // CROSS JOIN, so that SQLite begins with the partner and not with every submission.
    tx.query(
        "SELECT COUNT(*) FILTER (WHERE review_case.state = 'draft') AS drafts,
            COUNT(*) FILTER (WHERE review_case.state = 'open') AS open,
            COUNT(*) FILTER (WHERE review_case.state = 'open' AND EXISTS (SELECT 1 FROM change_request
                WHERE change_request.case_id = review_case.id AND change_request.state = 'open')) AS asked
         FROM integration CROSS JOIN review_case
         WHERE integration.partner_id = $1 AND review_case.integration_id = integration.id AND review_case.kind = 'PJ' AND review_case.state IN ('draft', 'open')",
    )
    .bind(partner)
    .one()
    .await
}

/// The submissions of a partner before the boards to which somebody objects as they are, and of which no other revision is
/// written. Whether whoever objects still sits on the board is counted from its roster.
pub async fn list_objected(tx: &mut Tx, partner: PartnerId) -> Result<Vec<CaseRow>> {
    tx.query(concat!(
        select_case!(),
        " WHERE kind = 'PJ' AND state IN ('draft', 'open')
            AND integration_id IN (SELECT integration.id FROM integration WHERE integration.partner_id = $1)
            AND EXISTS (SELECT 1 FROM ballot JOIN position ON position.ballot_id = ballot.id
                WHERE ballot.case_id = review_case.id AND position.stance = $2 AND position.superseded_at IS NULL
                    AND position.revision = review_case.revision)
            AND NOT EXISTS (SELECT 1 FROM declaration
                WHERE declaration.case_id = review_case.id AND declaration.submitted_at IS NULL)"
    ))
    .bind(partner)
    .bind(Stance::Object)
    .all()
    .await
}

/// The step to another stage that is before the boards, if there is one.
pub async fn lookup_open_transition(tx: &mut Tx, integration: IntegrationId) -> Result<Option<CaseRow>> {
    tx.query(concat!(select_case!(), " WHERE integration_id = $1 AND kind = 'LT' AND state = 'open'"))
        .bind(integration)
        .optional()
        .await
}

/// The cases about a suspension of an integration that are before the boards, the oldest first.
pub async fn list_open_suspensions(tx: &mut Tx, integration: IntegrationId) -> Result<Vec<CaseRow>> {
    tx.query(concat!(
        select_case!(),
        " WHERE integration_id = $1 AND kind = 'EM' AND state = 'open' ORDER BY year, number"
    ))
    .bind(integration)
    .all()
    .await
}

/// Up to `limit` cases of an integration that took something from it, the newest decision first: suspensions that were carried,
/// and reviews that ended grants. Among them are liftings of suspensions, which the case itself tells.
pub async fn list_revoking(tx: &mut Tx, integration: IntegrationId, limit: u8) -> Result<Vec<CaseRow>> {
    tx.query(concat!(
        select_case!(),
        " WHERE integration_id = $1 AND ((kind = 'EM' AND state = 'carried')
            OR (kind IN ('QR', 'AR') AND state = 'reviewed' AND EXISTS (SELECT 1 FROM permission_grant
                WHERE permission_grant.ended_by = review_case.id AND permission_grant.end_cause = 'reduced')))
         ORDER BY decided_at DESC, id DESC LIMIT $2"
    ))
    .bind(integration)
    .bind(i64::from(limit))
    .all()
    .await
}

/// Up to `limit` submissions of a partner, the newest first, those before `before`.
pub async fn list_of_partner(
    tx: &mut Tx,
    partner: PartnerId,
    before: Option<CaseRef>,
    limit: u8,
) -> Result<Vec<CaseRow>> {
    let (year, number) = before.map_or((i64::MAX, i64::MAX), |case| (i64::from(case.year), case.number));
    tx.query(concat!(
        select_case!(),
        " JOIN integration ON integration.id = review_case.integration_id
         WHERE integration.partner_id = $1 AND kind = 'PJ' AND (year < $2 OR (year = $3 AND number < $4))
         ORDER BY year DESC, number DESC LIMIT $5"
    ))
    .bind(partner)
    .bind(year)
    .bind(year)
    .bind(number)
    .bind(i64::from(limit))
    .all()
    .await
}

/// Puts a revision of the case before the boards.
pub async fn submit(tx: &mut Tx, id: CaseId, revision: i64, proposer: Option<PersonId>) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE review_case SET state = $1, submitted_at = $2, revision = $3, proposer_id = $4 WHERE id = $5")
        .bind(CaseState::Open)
        .bind(now)
        .bind(revision)
        .bind(proposer)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// Marks a case as decided, and the permissions with it that the revision before the boards declares.
pub async fn decide(tx: &mut Tx, id: CaseId, outcome: Outcome) -> Result<()> {
    let now = tx.now();
    let decided = tx
        .query("UPDATE review_case SET state = $1, decided_at = $2 WHERE id = $3 AND state = 'open'")
        .bind(CaseState::from(outcome))
        .bind(now)
        .bind(id)
        .execute()
        .await?;
    if decided == 0 {
        return Ok(());
    }
    tx.query(
        "INSERT INTO decided_permission (case_id, permission_key, state, submitted_at, decided_at)
         SELECT review_case.id, declared_permission.permission_key, review_case.state, review_case.submitted_at,
            review_case.decided_at
         FROM review_case
         JOIN declaration ON declaration.case_id = review_case.id AND declaration.number = review_case.revision
         JOIN declared_permission ON declared_permission.declaration_id = declaration.id
         WHERE review_case.id = $1",
    )
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

/// Marks the permissions that are granted by an appeal as decided with it.
pub async fn decide_appealed(tx: &mut Tx, appeal: CaseId, appealed: CaseId) -> Result<()> {
    tx.query(
        "INSERT INTO decided_permission (case_id, permission_key, state, submitted_at, decided_at)
         SELECT review_case.id, decided_permission.permission_key, review_case.state, review_case.submitted_at,
            review_case.decided_at
         FROM review_case CROSS JOIN decided_permission
         WHERE review_case.id = $1 AND decided_permission.case_id = $2",
    )
    .bind(appeal)
    .bind(appealed)
    .execute()
    .await?;
    Ok(())
}

/// Marks a case as withdrawn.
pub async fn withdraw(tx: &mut Tx, id: CaseId) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE review_case SET state = $1, decided_at = $2 WHERE id = $3 AND state = 'open'")
        .bind(CaseState::Withdrawn)
        .bind(now)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// Deletes a draft, after what it declares.
pub async fn delete_draft(tx: &mut Tx, id: CaseId) -> Result<()> {
    tx.query("DELETE FROM review_case WHERE id = $1 AND state = 'draft'").bind(id).execute().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::{
        Error,
        testing::{on_both_databases_with_clock, register},
    };

    const PJ: CaseKind = CaseKind::PermissionJustification;

    #[tokio::test]
    async fn references_count_up_within_a_year_and_are_never_given_twice() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one", "two", "three"]).await;
            let (first, reference) = insert(&mut tx, PJ, integrations[0]).await.unwrap();
            assert_eq!(reference.to_string(), "PJ-2026-0001");
            delete_draft(&mut tx, first).await.unwrap();
            let (_, reference) = insert(&mut tx, PJ, integrations[0]).await.unwrap();
            assert_eq!(reference.to_string(), "PJ-2026-0002");
            assert_eq!(lookup(&mut tx, reference).await.unwrap().unwrap().reference, reference);
            clock.advance(Duration::days(60));
            let (_, reference) = insert(&mut tx, PJ, integrations[1]).await.unwrap();
            assert_eq!(reference.to_string(), "PJ-2027-0001");
        })
        .await;
    }

    #[tokio::test]
    async fn an_integration_has_one_unfinished_submission() {
        on_both_databases_with_clock(async |db, _| {
            let mut tx = db.write().await.unwrap();
            let (orbit, integrations) = register(&mut tx, "orbit", &["one"]).await;
            let (id, reference) = insert(&mut tx, PJ, integrations[0]).await.unwrap();
            let counted = |drafts, open| UnfinishedRow { drafts, open, asked: 0 };
            assert_eq!(count_unfinished(&mut tx, orbit).await.unwrap(), counted(1, 0));
            submit(&mut tx, id, 1, None).await.unwrap();
            assert_eq!(count_unfinished(&mut tx, orbit).await.unwrap(), counted(0, 1));
            assert_eq!(list_unfinished(&mut tx, &integrations).await.unwrap().len(), 1);
            let unfinished = lookup_unfinished(&mut tx, integrations[0]).await.unwrap().unwrap();
            assert_eq!((unfinished.reference, unfinished.state), (reference, CaseState::Open));
            assert!(unfinished.submitted_at.is_some() && unfinished.revision == 1);
            delete_draft(&mut tx, id).await.unwrap();
            assert!(lookup(&mut tx, reference).await.unwrap().is_some(), "what was submitted is no draft");
            decide(&mut tx, id, Outcome::Declined).await.unwrap();
            let decided = lookup(&mut tx, reference).await.unwrap().unwrap();
            assert!(decided.state == CaseState::Declined && decided.decided_at.is_some());
            assert_eq!(lookup_unfinished(&mut tx, integrations[0]).await.unwrap(), None);
            assert_eq!(list_unfinished(&mut tx, &integrations).await.unwrap(), []);
            assert_eq!(count_unfinished(&mut tx, orbit).await.unwrap(), counted(0, 0));
            insert(&mut tx, PJ, integrations[0]).await.unwrap();
            assert!(matches!(insert(&mut tx, PJ, integrations[0]).await, Err(Error::Conflict(_))));
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_withdrawn_stays_so_and_makes_room_for_another() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one"]).await;
            let (id, reference) = insert(&mut tx, PJ, integrations[0]).await.unwrap();
            withdraw(&mut tx, id).await.unwrap();
            assert_eq!(lookup(&mut tx, reference).await.unwrap().unwrap().state, CaseState::Draft);
            submit(&mut tx, id, 1, None).await.unwrap();
            withdraw(&mut tx, id).await.unwrap();
            let at = tx.now();
            clock.advance(Duration::days(1));
            decide(&mut tx, id, Outcome::Carried).await.unwrap();
            let withdrawn = lookup(&mut tx, reference).await.unwrap().unwrap();
            assert_eq!((withdrawn.state, withdrawn.withdrawn_at()), (CaseState::Withdrawn, Some(at)));
            assert_eq!(lookup_unfinished(&mut tx, integrations[0]).await.unwrap(), None);
            insert(&mut tx, PJ, integrations[0]).await.unwrap();
        })
        .await;
    }

    #[tokio::test]
    async fn a_partners_submissions_are_listed_the_newest_first_a_page_at_a_time() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (orbit, integrations) = register(&mut tx, "orbit", &["one", "two", "three"]).await;
            let (_, others) = register(&mut tx, "helio", &["one"]).await;
            for integration in [integrations[0], others[0], integrations[1]] {
                insert(&mut tx, PJ, integration).await.unwrap();
            }
            clock.advance(Duration::days(60));
            insert(&mut tx, PJ, integrations[2]).await.unwrap();
            let page = list_of_partner(&mut tx, orbit, None, 2).await.unwrap();
            let names = |rows: &[CaseRow]| rows.iter().map(|row| row.reference.to_string()).collect::<Vec<_>>();
            assert_eq!(names(&page), ["PJ-2027-0001", "PJ-2026-0003"]);
            let rest = list_of_partner(&mut tx, orbit, Some(page[1].reference), 2).await.unwrap();
            assert_eq!(names(&rest), ["PJ-2026-0001"]);
        })
        .await;
    }
}
