//! Figures of the whole: counted where the data is.

use chrono::{DateTime, Utc};
use kwanus_domain::{ballot::Outcome, board::BoardKey, integration::Stage, partner::Tier};

use crate::{Result, Sql, Tx};

/// How many integrations of a tier are in a stage.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StageCount {
    /// The partner's tier.
    #[sqlx(try_from = "i64")]
    pub tier: Tier,
    /// The stage.
    #[sqlx(try_from = "String")]
    pub stage: Stage,
    /// How many.
    pub count: i64,
}

/// How many integrations are in which stage, by tier.
pub async fn count_stages(tx: &mut Tx) -> Result<Vec<StageCount>> {
    tx.query(
        "SELECT partner.tier, integration.stage, COUNT(*) AS count
         FROM integration JOIN partner ON partner.id = integration.partner_id
         GROUP BY partner.tier, integration.stage",
    )
    .all()
    .await
}

/// How many ballots of a board are open, and how many of them past their date.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenCount {
    /// The board.
    #[sqlx(try_from = "String")]
    pub key: BoardKey,
    /// Its name.
    pub name: String,
    /// How many are open.
    pub open: i64,
    /// How many of those are overdue.
    pub overdue: i64,
    /// The date of the one that is due first.
    pub first_at: Option<DateTime<Utc>>,
}

/// The open ballots by board, in the order of the boards.
pub async fn count_open(tx: &mut Tx) -> Result<Vec<OpenCount>> {
    let now = tx.now();
    tx.query(
        "SELECT board.key, board.name, COUNT(ballot.id) AS open, COUNT(ballot.id) FILTER (WHERE ballot.closes_at <= $1) AS overdue,
            MIN(ballot.closes_at) AS first_at
         FROM board LEFT JOIN ballot ON ballot.board_key = board.key AND ballot.is_open
         GROUP BY board.key, board.name, board.position ORDER BY board.position",
    )
    .bind(now)
    .all()
    .await
}

/// How many cases were decided so in a month.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MonthCount {
    /// `2026-11`
    pub month: String,
    /// How.
    #[sqlx(try_from = "String")]
    pub outcome: Outcome,
    /// How many.
    pub count: i64,
}

/// The decisions since `since`, by month (UTC) and outcome.
pub async fn count_decisions(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<MonthCount>> {
    let sql = Sql::pair(
        "SELECT SUBSTR(decided_at, 1, 7) AS month, outcome, COUNT(*) AS count FROM decision WHERE decided_at >= $1
         GROUP BY 1, 2 ORDER BY 1, 2",
        "SELECT TO_CHAR(decided_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, outcome, COUNT(*) AS count
         FROM decision WHERE decided_at >= $1 GROUP BY 1, 2 ORDER BY 1, 2",
    );
    tx.query(sql).bind(since).all().await
}

/// The median of the hours from the last revision to the decision, over the cases decided since `since`; the upper one of two.
pub async fn median_hours(tx: &mut Tx, since: DateTime<Utc>) -> Result<Option<i64>> {
    let sql = Sql::pair(
        "WITH taken AS (
            SELECT CAST((JULIANDAY(decided_at) - JULIANDAY(submitted_at)) * 24 AS INTEGER) AS hours
            FROM review_case WHERE decided_at >= $1 AND state <> 'withdrawn')
         SELECT hours FROM taken ORDER BY hours LIMIT 1 OFFSET (SELECT COUNT(*) / 2 FROM taken)",
        "WITH taken AS (
            SELECT CAST(FLOOR(EXTRACT(EPOCH FROM decided_at - submitted_at) / 3600) AS BIGINT) AS hours
            FROM review_case WHERE decided_at >= $1 AND state <> 'withdrawn')
         SELECT hours FROM taken ORDER BY hours LIMIT 1 OFFSET (SELECT COUNT(*) / 2 FROM taken)",
    );
    let row: Option<(i64,)> = tx.query(sql).bind(since).optional().await?;
    Ok(row.map(|(hours,)| hours))
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{
        ballot::{Deadline, Part, Rule},
        case::CaseKind,
    };
    use serde_json::json;

    use super::*;
    use crate::{
        ballot::{self, BallotData},
        case,
        testing::{on_both_databases_with_clock, register},
    };

    #[tokio::test]
    async fn the_figures_are_counted_from_what_is_there() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let since = tx.now() - Duration::days(1);
            assert_eq!(median_hours(&mut tx, since).await.unwrap(), None);
            let (_, integrations) = register(&mut tx, "orbit", &["one", "two", "three"]).await;
            for (n, integration) in integrations.into_iter().enumerate() {
                let (id, _) = case::insert(&mut tx, CaseKind::PermissionJustification, integration).await.unwrap();
                case::submit(&mut tx, id, 1, None).await.unwrap();
                let data = BallotData {
                    board: BoardKey::parse("sco").unwrap(),
                    part: Part::Decides,
                    rule: Rule::majority(14),
                    deadline: Deadline::after(tx.now(), 14),
                };
                ballot::insert(&mut tx, id, &data).await.unwrap();
                if n > 0 {
                    clock.advance(Duration::days(10));
                    case::insert_decision(&mut tx, id, Outcome::Carried, json!({})).await.unwrap();
                    case::decide(&mut tx, id, Outcome::Carried).await.unwrap();
                    ballot::close_of_case(&mut tx, id).await.unwrap();
                }
            }
            // What is withdrawn is no decision.
            let (_, others) = register(&mut tx, "helio", &["one"]).await;
            let (id, _) = case::insert(&mut tx, CaseKind::PermissionJustification, others[0]).await.unwrap();
            case::submit(&mut tx, id, 1, None).await.unwrap();
            case::withdraw(&mut tx, id).await.unwrap();
            let stages = count_stages(&mut tx).await.unwrap();
            assert_eq!(stages, [StageCount { tier: Tier::Two, stage: Stage::Active, count: 4 }]);
            let open = count_open(&mut tx).await.unwrap();
            let sco = open.iter().find(|count| count.key.as_str() == "sco").unwrap();
            assert_eq!((open.len(), sco.open, sco.overdue), (4, 1, 1));
            assert_eq!((open[0].open, open[0].first_at), (0, None));
            let months = count_decisions(&mut tx, since).await.unwrap();
            let said: Vec<_> = months.iter().map(|month| (month.month.as_str(), month.count)).collect();
            assert_eq!(said, [("2026-11", 1), ("2026-12", 1)]);
            assert_eq!(median_hours(&mut tx, since).await.unwrap(), Some(240));
        })
        .await;
    }
}
