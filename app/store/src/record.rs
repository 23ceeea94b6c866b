//! Decided cases, by what one looks for.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use kwanus_domain::{
    ballot::Outcome,
    board::BoardKey,
    case::{CaseId, CaseKind, CaseRef},
    partner::PartnerId,
};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{Result, Tx, case::ReferenceRow};

/// What one looks for; everything that is not said is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFilter {
    /// How it was decided.
    pub outcome: Option<Outcome>,
    /// What it was about.
    pub kind: Option<CaseKind>,
    /// A board that it went to.
    pub board: Option<BoardKey>,
    /// Whose integration it was about.
    pub partner: Option<PartnerId>,
    /// Decided on this day or later.
    pub from: Option<NaiveDate>,
    /// Decided on this day or earlier.
    pub until: Option<NaiveDate>,
}

/// Where a page of the records begins: after the one decided then.
pub type RecordPlace = (DateTime<Utc>, CaseId);

/// A record as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RecordRow {
    /// Of which case.
    #[sqlx(try_from = "Uuid")]
    pub case_id: CaseId,
    /// How the case is called.
    #[sqlx(flatten, try_from = "ReferenceRow")]
    pub reference: CaseRef,
    /// How it was decided.
    #[sqlx(try_from = "String")]
    pub outcome: Outcome,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// What it was decided on, frozen then.
    pub facts: Json<serde_json::Value>,
}

/// The first instant of a day.
fn begin(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// Up to `limit` records that the filter lets through, the newest decision first, those before `before`.
pub async fn list(
    tx: &mut Tx,
    filter: &RecordFilter,
    before: Option<RecordPlace>,
    limit: i64,
) -> Result<Vec<RecordRow>> {
    let (at, id) = before.unzip();
    tx.query(
        "SELECT decision.case_id, review_case.kind, review_case.year, review_case.number, decision.outcome,
            decision.decided_at, decision.facts
         FROM decision JOIN review_case ON review_case.id = decision.case_id WHERE TRUE",
    )
    .append_if(" AND decision.outcome = {}", filter.outcome)
    .append_if(" AND review_case.kind = {}", filter.kind)
    .append_if(
        " AND EXISTS (SELECT 1 FROM ballot WHERE ballot.case_id = decision.case_id AND ballot.board_key = {})",
        filter.board.clone(),
    )
    .append_if(
        " AND review_case.integration_id IN (SELECT own.id FROM integration AS own WHERE own.partner_id = {})",
        filter.partner,
    )
    .append_if(" AND decision.decided_at >= {}", filter.from.map(begin))
    .append_if(" AND decision.decided_at < {}", filter.until.and_then(|day| day.succ_opt()).map(begin))
    .append_if(" AND (decision.decided_at, decision.case_id) < ({}, ", at)
    .append_if("{})", id)
    .append(" ORDER BY decision.decided_at DESC, decision.case_id DESC LIMIT {}", limit)
    .all()
    .await
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use serde_json::json;

    use super::*;
    use crate::{
        case,
        testing::{on_both_databases_with_clock, register},
    };

    #[tokio::test]
    async fn records_are_found_by_what_one_looks_for_the_newest_first() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (orbit, integrations) = register(&mut tx, "orbit", &["one", "two"]).await;
            let (_, others) = register(&mut tx, "helio", &["one"]).await;
            for (n, integration) in [integrations[0], integrations[1], others[0]].into_iter().enumerate() {
                let (id, _) = case::insert(&mut tx, CaseKind::PermissionJustification, integration).await.unwrap();
                case::submit(&mut tx, id, 1, None).await.unwrap();
                let outcome = if n == 1 { Outcome::Declined } else { Outcome::Carried };
                case::insert_decision(&mut tx, id, outcome, json!({ "n": n })).await.unwrap();
                case::decide(&mut tx, id, outcome).await.unwrap();
                clock.advance(Duration::days(1));
            }
            let found = async |tx: &mut Tx, filter: RecordFilter, before| {
                let rows = list(tx, &filter, before, 10).await.unwrap();
                rows.into_iter().map(|row| row.reference.number).collect::<Vec<_>>()
            };
            let all = RecordFilter::default();
            assert_eq!(found(&mut tx, all.clone(), None).await, [3, 2, 1]);
            let first = list(&mut tx, &all, None, 1).await.unwrap().remove(0);
            assert_eq!(first.facts.0, json!({ "n": 2 }));
            assert_eq!(found(&mut tx, all, Some((first.decided_at, first.case_id))).await, [2, 1]);
            let carried = RecordFilter { outcome: Some(Outcome::Carried), ..RecordFilter::default() };
            assert_eq!(found(&mut tx, carried, None).await, [3, 1]);
            let own = RecordFilter { partner: Some(orbit), ..RecordFilter::default() };
            assert_eq!(found(&mut tx, own, None).await, [2, 1]);
            let day = |text: &str| Some(text.parse().unwrap());
            let then = RecordFilter { from: day("2026-11-19"), until: day("2026-11-19"), ..RecordFilter::default() };
            assert_eq!(found(&mut tx, then, None).await, [2], "a day ends at 24:00");
            let transition = RecordFilter { kind: Some(CaseKind::LifecycleTransition), ..RecordFilter::default() };
            assert_eq!(found(&mut tx, transition, None).await, [0_i64; 0]);
        })
        .await;
    }
}
